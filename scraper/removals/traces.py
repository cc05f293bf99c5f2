"""What the ledger keeps of a request beside its rows: answers by address, and addresses that tell titles and names.

``cover`` leaves of a request, or of a name that it no longer has, one address for all: ``/request/ID``. When an answer
came and what status it had stays; its body, its headers and what the address said go.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from parsers.errors import ParseError
from parsers.wdtk.urls import attachment_place, path_of

_FIRST = "SELECT min(url) FROM fetches WHERE url > ?"
_OF_THE_PAGE = """
(url = :page OR (url > :page || '.' AND url < :page || '/')
  OR (url > :page || '/' AND url < :page || '0') OR (url > :page || '?' AND url < :page || '@'))
"""
_TABLES = ("fetches", "validators", "refusals")
_STATEMENTS = {table: f"SELECT url FROM {table} WHERE {_OF_THE_PAGE}" for table in _TABLES}  # noqa: S608 - names above
_WITH_BODY = {
    table: f"SELECT 1 FROM {table} WHERE {_OF_THE_PAGE} AND sha256 IS NOT NULL LIMIT 1"  # noqa: S608 - likewise
    for table in ("fetches", "validators")
}


def origins(connection: sqlite3.Connection) -> list[str]:
    """The sites, as ``https://host``, that the archive has answers of: copies on this machine change their ports."""
    found: list[str] = []
    url = connection.execute(_FIRST, [""]).fetchone()[0]
    while url:
        parts = urlsplit(url)
        found.append(f"{parts.scheme}://{parts.netloc}")
        url = connection.execute(_FIRST, [f"{found[-1]}0"]).fetchone()[0]  # past every address that goes on with "/"
    return found


def cover(connection: sqlite3.Connection, request_id: int, names: Iterable[str]) -> set[str]:
    """Leave nothing of the addresses of a request under these slugs; gives the bodies that they had."""
    bodies: set[str] = set()
    slugs = {name for name in names if not name.startswith("#")}
    for origin in origins(connection):
        covered = f"{origin}/request/{request_id}"
        for name in [*slugs, str(request_id)]:
            bodies |= _cover(connection, f"{origin}/request/{name}", covered)
    for slug in slugs:
        _cover_words(connection, slug, f"request-{request_id}")
        connection.execute("DELETE FROM listed WHERE slug = ?", [slug])
    return bodies


def _cover(connection: sqlite3.Connection, page: str, covered: str) -> set[str]:
    bodies: set[str] = set()
    for url in _addressed(connection, "fetches", page):
        bodies |= _drop(connection, url)
        connection.execute("UPDATE fetches SET url = ?, headers = '{}' WHERE url = ?", [covered, url])
    for url in _addressed(connection, "validators", page):
        bodies |= _drop(connection, url)
    for url in _addressed(connection, "refusals", page):
        connection.execute("UPDATE OR REPLACE refusals SET url = ?, detail = NULL WHERE url = ?", [covered, url])
    return bodies


def keep_only(connection: sqlite3.Connection, pages: Collection[str]) -> set[str]:
    """Drop answers of a request's page in other forms than ``pages``, the addresses just read, the first its JSON.

    Quoted parts that are folded no more, or the table of events, would keep words that the page no longer shows.
    Files have addresses of their own and are left. Gives the bodies dropped.
    """
    bodies: set[str] = set()
    for page in {url.partition("?")[0].removesuffix(".json") for url in pages}:
        for url in _addressed(connection, "fetches", page):
            if url not in pages and "/response/" not in url:
                bodies |= _drop(connection, url)
    return bodies


def drop_pages(connection: sqlite3.Connection, slug: str) -> set[str]:
    """Drop all answers of a request's page, its JSON and its files aside; gives the bodies dropped."""
    bodies: set[str] = set()
    for origin in origins(connection):
        for table in ("fetches", "validators"):
            for url in _addressed(connection, table, f"{origin}/request/{slug}"):
                if "/response/" not in url and not url.endswith(".json"):
                    bodies |= _drop(connection, url)
    return bodies


def keep_files(connection: sqlite3.Connection, request_id: int, slug: str) -> set[str]:
    """Drop answers of files that a request no longer lists, or not with those bytes; gives the bodies dropped.

    The address of a file that is gone loses its name.
    """
    rows = connection.execute(
        "SELECT url, sha256 FROM attachments JOIN messages ON messages.id = message_id"
        " WHERE request_id = ? AND state = 'file' AND url IS NOT NULL",
        [request_id],
    )
    listed = {path_of(url): sha256 for url, sha256 in rows}
    bodies: set[str] = set()
    for origin in origins(connection):
        for table in ("fetches", "validators", "refusals"):
            for url in _addressed(connection, table, f"{origin}/request/{slug}"):
                if "/response/" in url:
                    bodies |= _keep_file(connection, table, url, listed)
    return bodies


def _keep_file(connection: sqlite3.Connection, table: str, url: str, listed: dict[str, str | None]) -> set[str]:
    path = path_of(url)
    sha256 = listed.get(path)
    if path in listed and sha256 is not None:
        return set()
    bodies = _drop(connection, url) if table != "refusals" else set()
    if path not in listed:
        shorter = _nameless(url)
        if table == "fetches":
            connection.execute("UPDATE fetches SET url = ?, headers = '{}' WHERE url = ?", [shorter, url])
        elif table == "refusals":
            connection.execute("UPDATE OR REPLACE refusals SET url = ?, detail = NULL WHERE url = ?", [shorter, url])
    return bodies


def _nameless(url: str) -> str:
    """The address of a file up to its number: its name may say what was removed."""
    with suppress(ParseError):
        place = attachment_place(url)
        return f"{url.partition('/response/')[0]}/response/{place.message_number}/attach/{place.part}"
    return url.partition("/response/")[0]


def _drop(connection: sqlite3.Connection, url: str) -> set[str]:
    """Forget the bodies of an address, and what a conditional request would need."""
    bodies = {
        sha256
        for table in ("fetches", "validators")
        for (sha256,) in connection.execute(
            f"SELECT sha256 FROM {table} WHERE url = ? AND sha256 IS NOT NULL",  # noqa: S608 - names above
            [url],
        )
    }
    connection.execute("UPDATE fetches SET sha256 = NULL WHERE url = ? AND sha256 IS NOT NULL", [url])
    connection.execute("DELETE FROM validators WHERE url = ?", [url])
    return bodies


def _addressed(connection: sqlite3.Connection, table: str, page: str) -> list[str]:
    """Addresses of a request's page, in every form, and of what lies below it."""
    return sorted({url for (url,) in connection.execute(_STATEMENTS[table], {"page": page})})


def _cover_words(connection: sqlite3.Connection, slug: str, covered: str) -> None:
    """Take a slug out of what people typed: arguments of runs and names of imported files."""
    found = connection.execute("SELECT id, arguments FROM runs WHERE instr(arguments, ?)", [slug]).fetchall()
    for identity, arguments in found:
        told = json.dumps(_without(json.loads(arguments), slug, covered), sort_keys=True, ensure_ascii=False)
        connection.execute("UPDATE runs SET arguments = ? WHERE id = ?", [told, identity])
    connection.execute("UPDATE imports SET name = ? WHERE instr(name, ?)", [covered, slug])


def _without(value: Any, slug: str, covered: str) -> Any:
    if isinstance(value, str):
        return covered if value == slug or f"/request/{slug}" in value else value
    if isinstance(value, list):
        return [_without(one, slug, covered) for one in value]
    if isinstance(value, dict):
        return {key: _without(one, slug, covered) for key, one in value.items()}
    return value


def with_body(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Those of these requests of which the ledger has a body at the address that ``cover`` leaves, and its table."""
    places = origins(connection)
    for number in numbers:
        for table, statement in _WITH_BODY.items():
            for origin in places:
                if connection.execute(statement, {"page": f"{origin}/request/{number}"}).fetchone():
                    yield number, table


def addresses(connection: sqlite3.Connection, slug: str) -> Iterator[str]:
    """Every address of the ledger under a slug, for those who look whether any is left."""
    for origin in origins(connection):
        for table in _STATEMENTS:
            yield from _addressed(connection, table, f"{origin}/request/{slug}")
