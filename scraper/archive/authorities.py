"""Rows of public bodies, which reach us in part from several pages.

A blank never erases what another page said, because the CSV, the JSON and the page each leave some things out.
"""

import sqlite3

from parsers.records import Authority
from scraper.archive.rows import Row, Value, free_name, json_list, store_tags, upsert
from scraper.archive.times import same_second

_COLUMNS = (
    "name",
    "short_name",
    "home_page",
    "publication_scheme",
    "disclosure_log",
    "notes",
    "created_at",
    "updated_at",
    "requests_count",
)
_TIMES = ("created_at", "updated_at")


def store_authority(connection: sqlite3.Connection, authority: Authority, checked_at: str) -> int | None:
    """Store what ``authority`` says and give its id; ``None`` where it has none and its name is not known here."""
    identity = authority.id if authority.id is not None else _id_of(connection, authority.url_name)
    if identity is None:
        return None
    old = _stored(connection, identity)
    free_name(connection, "authorities", "url_name", authority.url_name, identity)
    row: Row = {
        "id": identity,
        "url_name": authority.url_name,
        **{column: _choose(column, getattr(authority, column), old.get(column)) for column in _COLUMNS},
        "unexplained": json_list(authority.unexplained),
        "last_checked_at": checked_at,
    }
    upsert(connection, "authorities", [row], key=["id"])
    if authority.id is not None:  # a page without the id shows no tags either
        store_tags(connection, "authority_tags", "authority_id", identity, authority.tags)
    return identity


def _id_of(connection: sqlite3.Connection, url_name: str) -> int | None:
    found = connection.execute("SELECT id FROM authorities WHERE url_name = ?", [url_name]).fetchone()
    return found[0] if found else None


def _stored(connection: sqlite3.Connection, identity: int) -> dict[str, Value]:
    names = ", ".join(_COLUMNS)
    found = connection.execute(f"SELECT {names} FROM authorities WHERE id = ?", [identity]).fetchone()  # noqa: S608 - names from code
    return dict(zip(_COLUMNS, found, strict=True)) if found else {}


def _choose(column: str, new: Value, old: Value) -> Value:
    if new is None or new == "":
        return old
    if column in _TIMES and same_second(str(new), str(old)):
        return old
    return new
