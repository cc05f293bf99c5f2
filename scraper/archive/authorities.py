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
    """Store what ``authority`` says and give its id; ``None`` where it has none and its name is not known here.

    What is older than what is known, as an import may bring it, fills gaps and replaces nothing.
    """
    identity = authority.id if authority.id is not None else _id_of(connection, authority.url_name)
    if identity is None:
        return None
    old = _stored(connection, identity)
    if old and str(old["last_checked_at"]) > checked_at:
        _fill_gaps(connection, identity, authority, old)
        return identity
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
    columns = (*_COLUMNS, "last_checked_at")
    found = connection.execute(f"SELECT {', '.join(columns)} FROM authorities WHERE id = ?", [identity]).fetchone()  # noqa: S608 - names from code
    return dict(zip(columns, found, strict=True)) if found else {}


def _fill_gaps(connection: sqlite3.Connection, identity: int, authority: Authority, old: Row) -> None:
    row: Row = {
        "id": identity,
        **{column: _choose(column, old[column], getattr(authority, column)) for column in _COLUMNS},
    }
    settings = ", ".join(f"{column} = :{column}" for column in _COLUMNS)
    connection.execute(f"UPDATE authorities SET {settings} WHERE id = :id", row)  # noqa: S608 - names from code


def _choose(column: str, new: Value, old: Value) -> Value:
    if new is None or new == "":
        return old
    if column in _TIMES and same_second(str(new), str(old)):
        # One time printed twice: the more exact, whichever came first, so that no order of pages shows.
        return max(str(new), str(old), key=lambda text: (len(text), text))
    return new
