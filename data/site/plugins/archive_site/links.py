"""Where things are: every address of the site's own pages is made here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from datasette.utils import tilde_encode

from archive_site.store import database_name

BLOCK = r"(?:incoming|outgoing|attachment)-\d{1,18}(?:/\d{1,9})?(?:\.\d{1,4}){0,6}(?:/\d{1,9})?"
"""The id of a message, an attachment, a file inside one, or a page: incoming-7, incoming-7/2, attachment-8.2/1."""
CITATION_ID = re.compile(rf"({BLOCK})/citation/\d{{1,9}}")
BLOCK_ID = re.compile(BLOCK)


@dataclass(frozen=True, kw_only=True)
class Links:
    """Addresses below the site's base."""

    datasette: Any

    @property
    def database(self) -> str:
        """The name of the public database, which is part of the addresses of tables."""
        return database_name(self.datasette)

    def path(self, path: str) -> str:
        """An address of this site, with the base that it is served under."""
        return str(self.datasette.urls.path(path))

    def request(self, request_id: int, *, show: str | None = None, anchor: str | None = None) -> str:
        """The page of a request; ``show`` is a message or page that must be on it, ``anchor`` the place to go to."""
        query = f"?{urlencode({'show': show}, safe='/')}" if show else ""
        fragment = f"#{quote(anchor, safe='/-')}" if anchor else ""
        return self.path(f"/request/{request_id}{query}{fragment}")

    def block(self, request_id: int, block: str, *, start: int = 0) -> str:
        """One message or one page of a document on a page of its own, from character ``start``."""
        return self.path(f"/request/{request_id}/{quote(block)}" + (f"?from={start}" if start else ""))

    def citation(self, citation: str) -> str:
        """The lasting address of a citation: it leads to its sentence in the request's page."""
        return self.path(f"/citation/{quote(citation)}")

    def place(self, block: str) -> str:
        """The lasting address of a message, attachment or page."""
        return self.path(f"/place/{quote(block)}")

    def search(self, q: str = "", **more: str | int) -> str:
        """The search page; ``more`` are its other parameters: a filter, ``in``, ``sort``, ``page``."""
        given = {key: value for key, value in {"q": q, **more}.items() if value}
        return self.path("/search" + (f"?{urlencode(given)}" if given else ""))

    def search_as(self, form: str, q: str = "", **more: str | int) -> str:
        """The answer to a search as ``json``, ``csv`` or ``atom``."""
        return self.search(q, **more).replace("/search", f"/search.{form}", 1)

    def family(self, family: str, *, page: int = 1) -> str:
        """The page of a family: the same request to many authorities, or the same words in many refusals."""
        return self.path(f"/family/{quote(family, safe='')}" + (f"?page={page}" if page > 1 else ""))

    def families(self, kind: str = "", *, page: int = 1) -> str:
        """The list of families, the largest first; ``kind`` is ``round_robin`` or ``template``."""
        given = {"kind": kind, "page": page if page > 1 else ""}
        query = urlencode({key: value for key, value in given.items() if value})
        return self.path("/families" + (f"?{query}" if query else ""))

    def method(self, part: str = "") -> str:
        """How the archive is made, what it covers and how well it reads; ``part`` is a heading on that page."""
        return self.path("/method" + (f"#{part}" if part else ""))

    def dictionary(self, table: str = "") -> str:
        """What every table and column holds; ``table`` is the one to go to."""
        return self.path("/dictionary" + (f"#{quote(table)}" if table else ""))

    def cite(self, kind: str, key: str | int = "") -> str:
        """How to cite a page; ``kind`` and ``key`` are those of its address, as in ``cite("request", 101)``."""
        return self.path(f"/cite/{kind}" + (f"/{quote(str(key))}" if key != "" else ""))

    def cited(self, address: str) -> str:
        """How to cite the page at ``address``, a path of this site with its query."""
        return self.path("/cite/" + address.removeprefix(self.path("/")).lstrip("/"))

    def cited_page(self, request: Any) -> str | None:
        """How to cite the page that was asked for; None for a page that is not one to cite."""
        path, query = request.path.removeprefix(self.path("/")).strip("/"), request.query_string
        if path.startswith(("cite/", "-/")) or path == "cite":
            return None
        return self.cited("/" + path + (f"?{query}" if query else ""))

    def authority(self, url_name: str, *, page: int = 1, year: int | None = None, anchor: str = "") -> str:
        """The page of an authority by its name in the source's addresses; ``page`` and ``year`` choose requests."""
        given = {key: value for key, value in (("year", year), ("page", page if page > 1 else None)) if value}
        query = f"?{urlencode(given)}" if given else ""
        return self.path(f"/authority/{quote(url_name, safe='')}{query}{f'#{anchor}' if anchor else ''}")

    def authority_of(self, authority_id: int) -> str:
        """The page of the authority with that number at the source."""
        return self.path(f"/authority/id/{authority_id}")

    def authorities(self, **chosen: str | int | None) -> str:
        """The list of authorities, narrowed by ``q``, ``letter``, ``nation``, ``sector`` or ``tag``."""
        given = {key: value for key, value in chosen.items() if value}
        return self.path("/authorities" + (f"?{urlencode(given)}" if given else ""))

    def provision(self, regime: str, provision: str, *, anchor: str = "", **chosen: str | int | None) -> str:
        """The page of a provision; ``authority`` (a name in addresses), ``year`` and ``page`` choose its sentences."""
        given = {key: value for key, value in chosen.items() if value}
        query = f"?{urlencode(given)}" if given else ""
        address = f"/provision/{quote(regime, safe='')}/{quote(provision, safe='()')}"
        return self.path(f"{address}{query}{f'#{anchor}' if anchor else ''}")

    def provisions(self, law: str = "") -> str:
        """The list of provisions; ``law`` is the one to show."""
        return self.path("/provisions" + (f"?{urlencode({'law': law})}" if law else ""))

    def sql(self, sql: str, form: str = "", **parameters: str | int | None) -> str:
        """A question in SQL with its parameters, to change or, with ``csv`` or ``json`` as its form, to take away."""
        given = {"sql": sql.strip(), **{key: value for key, value in parameters.items() if value is not None}}
        more = {"_shape": "array"} if form == "json" else {"_size": "max"} if form == "csv" else {}
        return f"{self.datasette.urls.database(self.database, format=form or None)}?{urlencode({**given, **more})}"

    def sources(self, sql: str, **parameters: str | int | None) -> tuple[tuple[str, str], ...]:
        """The same rows as CSV, as JSON and as SQL that one can change: name and address of each."""
        forms = (("CSV", "csv"), ("JSON", "json"), ("SQL", ""))
        return tuple((name, self.sql(sql, form, **parameters)) for name, form in forms)

    def one_row(self, table: str, columns: Sequence[str], key: Sequence[str]) -> str:
        """The question in SQL for a row; ``table`` and ``columns`` are names of the schema."""
        named = " AND ".join(f"{_quoted(column)} = :{column}" for column in columns)
        sql = f"SELECT * FROM {_quoted(table)} WHERE {named}"  # noqa: S608 - quoted names; values are parameters
        return self.sql(sql, **dict(zip(columns, key, strict=True)))

    def row(self, table: str, *key: str | int) -> str:
        """The row of a table by its key, which may have several parts."""
        return str(self.datasette.urls.row(self.database, table, ",".join(tilde_encode(str(part)) for part in key)))

    @property
    def address(self) -> str | None:
        """The lasting address that the operator gives the site: ``address`` of the plugin ``archive-site``."""
        named = (self.datasette.plugin_config("archive-site") or {}).get("address")
        return str(named).rstrip("/") if named else None

    def whole(self, request: Any, address: str) -> str:
        """An address of this site with its host: the one that the operator names, or the one that was asked."""
        return self.address + address if self.address else str(self.datasette.absolute_url(request, address))

    def table(self, table: str, **filters: str | int) -> str:
        """A table, filtered."""
        query = f"?{urlencode(filters)}" if filters else ""
        return f"{self.datasette.urls.table(self.database, table)}{query}"

    def query(self, name: str, **parameters: str | int | None) -> str:
        """A canned query with its parameters; those that are None or empty are left out."""
        given = {key: value for key, value in parameters.items() if value not in (None, "")}
        return f"{self.datasette.urls.query(self.database, name)}" + (f"?{urlencode(given)}" if given else "")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def anchor_of(citation: str) -> str:
    """The ``id`` of a citation's element: ``citation-attachment-8-3``."""
    return "citation-" + citation.replace("/citation/", "-")


def web(address: str | None) -> str | None:
    """An address that may be linked to: of the web, and nothing else; None for every other."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.netloc else None
