"""What an archive says, without when it was learnt: two crawls of an unchanged site must agree."""

import hashlib
import sqlite3

from scraper.archive.database import Archive
from scraper.archive.errors import ArchiveError
from scraper.archive.rows import Value

LEDGER = frozenset(
    {
        "fetches",
        "runs",
        "checks",
        "measures",
        "enumerations",
        "imports",
        "changes",
        "about",
        "touches",
        "touched",
        "_sqlite_migrations",
    }
)
"""Tables that tell what was done rather than what was found."""
TIMES = frozenset(
    {
        "first_seen_at",
        "last_seen_at",
        "last_checked_at",
        "read_at",
        "probed_at",
        "first_listed_at",
        "last_listed_at",
        "run_id",
        "looks",
        "confirmed_at",
        "erased_at",
    }
)
"""Columns that tell when, or in which run."""

Contents = dict[str, list[dict[str, Value]]]


def contents(archive: Archive) -> Contents:
    """Every table's rows in the order of their keys, but for the ledger and the times; and the files themselves.

    ``"stored files"`` has one row for each row of the table ``files``, with the SHA-256 that its bytes really
    have, or ``None`` where they are missing or damaged. All of it is held in memory.
    """
    names = archive.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    tables = [name for (name,) in names if name not in LEDGER and not name.startswith("sqlite_")]
    found = {table: _rows(archive.connection, table) for table in tables}
    found["stored files"] = [_stored(archive, str(row["sha256"])) for row in found["files"]]
    return found


def differences(left: Contents, right: Contents) -> list[str]:
    """One line for each row that only one of the two has, such as ``messages: only left has {...}``; empty if equal."""
    lines = []
    for table in sorted(left.keys() | right.keys()):
        ours, theirs = ({repr(row) for row in side.get(table, [])} for side in (left, right))
        lines += [f"{table}: only left has {row}" for row in sorted(ours - theirs)]
        lines += [f"{table}: only right has {row}" for row in sorted(theirs - ours)]
    return lines


def _rows(connection: sqlite3.Connection, table: str) -> list[dict[str, Value]]:
    described = connection.execute("SELECT name, pk FROM pragma_table_info(?)", [table]).fetchall()
    columns = [name for name, _ in described if name not in TIMES]
    key = [name for name, place in sorted(described, key=lambda one: one[1]) if place]
    listed, order = (", ".join(f'"{name}"' for name in names) for names in (columns, key))
    rows = connection.execute(f'SELECT {listed} FROM "{table}" ORDER BY {order}')  # noqa: S608 - names from the schema
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _stored(archive: Archive, sha256: str) -> dict[str, Value]:
    try:
        actual = hashlib.sha256(archive.files.get(sha256)).hexdigest()
    except ArchiveError:
        actual = None
    return {"sha256": sha256, "stored": actual}
