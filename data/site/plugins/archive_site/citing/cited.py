"""What an address of the site stands for, as a record that can be cited."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from datasette.utils import tilde_decode

from archive_site.citing.forms import Record, key_of, row_hash
from archive_site.links import BLOCK, Links
from archive_site.store import Row, about, database_name, row, rows
from archive_site.wording import labels

REQUEST = """
SELECT r.*, a.name AS authority FROM requests AS r JOIN authorities AS a ON a.id = r.authority_id WHERE r.id = :key"""
CITATION = """
SELECT c.request_id, c.message_id, c.attachment_id, c.page, c.quote, c.regime, c.provision, c.role, m.sent_at, m.url,
  a.name AS authority, r.title, r.last_checked_at, f.name AS file, f.url AS file_url
FROM citations AS c JOIN messages AS m ON m.id = c.message_id JOIN requests AS r ON r.id = c.request_id
JOIN authorities AS a ON a.id = r.authority_id LEFT JOIN attachments AS f ON f.id = c.attachment_id
WHERE c.id = :key"""
PLACE = """
SELECT m.id AS message_id, m.direction, m.sent_at, m.url, m.request_id, a.name AS authority, r.title, r.last_checked_at,
  f.id AS file_id, f.name AS file, f.sha256, f.url AS file_url
FROM messages AS m JOIN requests AS r ON r.id = m.request_id JOIN authorities AS a ON a.id = r.authority_id
LEFT JOIN attachments AS f ON f.id = :file
WHERE m.id = coalesce((SELECT message_id FROM attachments WHERE id = :file), :key)"""
PAGES = {
    "": "The archive, its figures and its questions",
    "search": "Search of the archive",
    "method": "How the archive is made, what it covers and how well it reads",
    "dictionary": "Data dictionary",
    "authorities": "Public authorities",
    "families": "Families of requests and of refusals",
    "provisions": "Provisions of the law",
    "runs": "How the archive is kept up",
}
LONGEST_TITLE = 300
NOT_HASHED = frozenset({"_size", "_stream", "_bom", "_dl", "_header", "_trace"})
"""What would make the answer that is hashed a whole table, or another than the one described."""


class Citer:
    """Makes the records of one answer."""

    def __init__(self, datasette: Any, request: Any, facts: dict[str, str]) -> None:
        self.datasette, self._request, self._built = datasette, request, facts.get("built_at", "")
        self.links, self.facts = Links(datasette=datasette), facts

    def record(self, path: str, **more: Any) -> Record:
        """A record for the page at ``path``, an address below the base of the site."""
        more.setdefault("key", key_of(path.partition("?")[0]))
        more["title"] = (more["title"] or "Without a title")[:LONGEST_TITLE]
        address = self.links.path("/" + path)
        return Record(url=self._whole(address), here=self.links.cited(address), built_at=self._built, **more)

    def _whole(self, address: str) -> str:
        return self.links.whole(self._request, address)

    async def request(self, key: str) -> Record | None:
        """A whole thread."""
        found = await row(self.datasette, REQUEST, key=int(key))
        if found is None:
            return None
        own = await self._row_of("requests", "id", int(key))
        return self.record(
            f"request/{key}",
            title=found["title"],
            what=f"Freedom of Information request {key} to {found['authority']}",
            issued=found["asked_on"],
            retrieved_at=found["last_checked_at"],
            source=found["url"],
            sha256=row_hash(own),
            hashed="its row in the table requests",
            notes=("Each message and file has a record of its own, with its own hash.",),
        )

    async def citation(self, key: str) -> Record | None:
        """The words with which a letter cites a provision."""
        found = await row(self.datasette, CITATION, key=key)
        if found is None:
            return None
        own = await self._row_of("citations", "id", key)
        name, page = labels.provision(found["regime"], found["provision"]), found["page"]
        where = f"page {page} of {found['file'] or 'a file'}" if found["attachment_id"] else "a message"
        return self.record(
            f"citation/{key}",
            title=found["quote"],
            author=found["authority"],
            what=f"{name}, {labels.words(found['role'], labels.ROLES)}, in {where}, answering “{found['title']}”",
            issued=found["sent_at"],
            retrieved_at=found["last_checked_at"],
            source=found["file_url"] or found["url"],
            csl_type="document",
            sha256=row_hash(own),
            hashed="its row in the table citations",
        )

    async def place(self, key: str) -> Record | None:
        """A message, a file, or one page of a file."""
        page = await row(self.datasette, "SELECT * FROM pages WHERE id = :key", key=key)
        file = page["attachment_id"] if page else key
        found = await row(self.datasette, PLACE, key=key, file=file)
        if found is None:
            return None
        is_file = found["file_id"] is not None
        table = "attachments" if is_file else "messages"
        own = await self._row_of(table, "id", found["file_id"] or found["message_id"])
        part = f"page {page['number']} of " if page else ""
        what = f"{part}{'a file' if is_file else 'a message'}, in the Freedom of Information request “{found['title']}”"
        return self.record(
            f"place/{key}",
            title=(found["file"] or "A file without a name") if is_file else _message(found),
            author=found["authority"] if found["direction"] == "incoming" else None,
            what=what,
            issued=found["sent_at"],
            retrieved_at=found["last_checked_at"],
            source=found["file_url"] if is_file else found["url"],
            csl_type="document",
            sha256=found["sha256"] or row_hash(own),
            hashed="the file as it was received" if found["sha256"] else f"its row in the table {table}",
        )

    async def authority(self, key: str) -> Record | None:
        """All that the archive says of one authority."""
        own = await self._row_of("authorities", "url_name", key)
        if not own:
            return None
        what, hashed = "Freedom of Information requests to one authority", "its row in the table authorities"
        return self.record(
            f"authority/{quote(key)}", title=own[0]["name"], what=what, sha256=row_hash(own), hashed=hashed,
            retrieved_at=self.facts.get("last_checked_at"), source=own[0]["url"], csl_type="dataset",
        )  # fmt: skip

    async def provision(self, regime: str, provision: str) -> Record | None:
        """All that the archive says of one provision of the law."""
        sql = "SELECT * FROM provisions WHERE regime = :regime AND provision = :provision ORDER BY id"
        own = await rows(self.datasette, sql, regime=regime, provision=provision)
        if not own:
            return None
        return self.record(
            f"provision/{quote(regime)}/{quote(provision)}",
            title=f"{labels.provision(regime, provision)}: {own[-1]['short_title']}",
            what="How public authorities rely on a provision of the law", csl_type="dataset",
            sha256=row_hash(own), hashed="its rows in the table provisions", source=own[-1]["source_url"],
        )  # fmt: skip

    async def family(self, key: str) -> Record | None:
        """One text that several authorities were sent, or that several wrote."""
        own = await self._row_of("families", "id", key)
        if not own:
            return None
        return self.record(
            f"family/{quote(key)}", title=own[0]["title"], what="A family of near-identical texts",
            issued=own[0]["first_day"], sha256=row_hash(own), hashed="its row in the table families",
            csl_type="dataset",
        )  # fmt: skip

    async def data(self, path: str, query: str) -> Record | None:
        """A row, a table, a view, or the answer to a question in SQL."""
        parts = [tilde_decode(part) for part in path.split("/")][1:]
        if len(parts) == 2:
            return await self._table_row(path, *parts)
        asked = [(name, value) for name, value in parse_qsl(query) if name not in NOT_HASHED]
        answer = await self.datasette.client.get("/" + path + ".csv", params=[*asked, ("_size", "max")])
        if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/csv"):
            return None
        told = self.datasette.metadata(database=database_name(self.datasette)) or {}
        named = parts[0] if parts else ""
        query_told = (await self.datasette.get_canned_query(database_name(self.datasette), named, None)) or {}
        sql = dict(parse_qsl(query)).get("sql", "")
        described = told.get("tables", {}).get(named, {}).get("description")
        return self.record(
            path + (f"?{query}" if query else ""),
            title=query_told.get("title") or (f"{named}: {described.partition('.')[0]}" if described else named or sql),
            what="A question to the archive and its answer" if query_told or not named else "Rows of a table",
            csl_type="dataset",
            retrieved_at=self.facts.get("last_checked_at"),
            sha256=hashlib.sha256(answer.content).hexdigest(),
            hashed=f"the answer as CSV (at most {self.datasette.setting('max_returned_rows'):,} rows)",
        )

    async def _table_row(self, path: str, table: str, key: str) -> Record | None:
        answer = await self.datasette.client.get(f"/{path}.json", params={"_shape": "objects"})
        own = answer.json().get("rows") if answer.status_code == 200 else None
        if not own:
            return None
        return self.record(
            path, title=f"{table}: {key}", what=f"A row of the table {table}", csl_type="dataset",
            retrieved_at=own[0].get("last_checked_at"), source=own[0].get("url"),
            sha256=row_hash(own), hashed=f"the row in the table {table}",
        )  # fmt: skip

    async def page(self, name: str, query: str) -> Record:
        """A page of the site itself; a search is cited by its words."""
        told = [{"key": key, "value": value} for key, value in sorted(self.facts.items())]
        return self.record(
            name + (f"?{query}" if query else ""), title=PAGES.get(name, "The tables of the archive"),
            what="A page about the archive",
            issued=self._built, sha256=row_hash(told), hashed="the table about, which says what this copy is",
        )  # fmt: skip

    async def _row_of(self, table: str, column: str, key: str | int) -> list[Row]:
        sql = f"SELECT * FROM {table} WHERE {column} = :key"  # noqa: S608 - names of this module, never data
        return await rows(self.datasette, sql, key=key)


async def citer(datasette: Any, request: Any) -> Citer:
    """A maker of records for one answer."""
    return Citer(datasette, request, await about(datasette))


_KINDS: tuple[tuple[re.Pattern[str], Callable[..., Awaitable[Record | None]]], ...] = (
    (re.compile(r"request/(\d{1,18})"), Citer.request),
    (re.compile(rf"request/\d{{1,18}}/({BLOCK})"), Citer.place),
    (re.compile(rf"citation/({BLOCK}/citation/\d{{1,9}})"), Citer.citation),
    (re.compile(rf"place/({BLOCK})"), Citer.place),
    (re.compile(r"authority/([^/]{1,300})"), Citer.authority),
    (re.compile(r"provision/([A-Za-z0-9]{1,20})/([^/]{1,80})"), Citer.provision),
    (re.compile(r"family/([^/]{1,200})"), Citer.family),
)


async def record_of(made: Citer, path: str, query: str) -> Record | None:
    """The record of the page at ``path``, or None where there is nothing to cite."""
    for pattern, make in _KINDS:
        if found := pattern.fullmatch(path):
            return await make(made, *map(unquote, found.groups()))
    database = database_name(made.datasette)
    asks = path == database and "sql" in dict(parse_qsl(query))
    if asks or (path.startswith(f"{database}/") and path.count("/") <= 2):
        return await made.data(path, query)
    return await made.page(path, query) if path in PAGES or path == database else None


def _message(found: Row) -> str:
    return f"Message of {labels.day(found['sent_at'])}" if found["sent_at"] else "Message without a date"
