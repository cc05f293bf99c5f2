"""The public database as it stands at one moment, whatever is published meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from scraper.errors import WdtkError
from scraper.exporting.parts import Part
from scraper.publishing.schema.model import quoted
from scraper.publishing.schema.whole import SCHEMA_VERSION, TABLES

Rows = list[tuple[Any, ...]]

_AT_ONCE = 4096
_AT_ONCE_WITH_PROSE = 512
"""Rows in memory as Python has them; a page of a letter may be long."""
_CACHE_KIB = 65536
_ASKED = "CREATE TEMP TABLE asked AS SELECT year, id FROM main.requests"
_ORDERED = "CREATE INDEX temp.asked_in ON asked (year, id)"
_WITHIN = ("position", "number")
"""Columns that put the rows of a request in order, where a table has one."""


class Snapshot:
    """Rows of the public database, all of one moment."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.about: dict[str, str] = dict(connection.execute("SELECT key, value FROM about").fetchall())
        """What the database says of itself."""
        connection.execute(_ASKED)
        connection.execute(_ORDERED)
        found = connection.execute("SELECT DISTINCT year FROM temp.asked ORDER BY year").fetchall()
        self.years: list[int | None] = [year for (year,) in found] or [None]
        """Years in which requests were sent, ``None`` among them where that is not known of some; at least one."""

    def count(self, part: Part) -> int:
        """How many rows the table has."""
        (count,) = self._connection.execute(f"SELECT count(*) FROM main.{quoted(part.name)}").fetchone()  # noqa: S608 - a name of the schema
        return int(count)

    def rows(self, part: Part, year: int | None = None) -> Iterator[Rows]:
        """The rows of the table in a fixed order, some at a time; of one that is divided, those of ``year``."""
        cursor = self._connection.execute(_select(part), [year] if part.request else [])
        wide = any(column.holds == "prose" for column in part.columns)
        while rows := cursor.fetchmany(_AT_ONCE_WITH_PROSE if wide else _AT_ONCE):
            yield rows


@contextmanager
def snapshot(public: Path) -> Iterator[Snapshot]:
    """Open ``public`` to read. WdtkError where it is missing, no database of ours, or of another version.

    A publish renames a new file over it, so that this one stays as it is for as long as it is open here; whoever
    would change it in place waits for the end of the transaction.
    """
    if not public.is_file():
        raise WdtkError(f"There is no {public}. Run `wdtk publish` to build it, or name another file with --public.")
    address = f"{public.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        try:
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.execute("BEGIN")
            _check(connection, public)
            yield Snapshot(connection)
        except sqlite3.DatabaseError as error:
            raise WdtkError(_unreadable(public, error)) from error


def _unreadable(public: Path, error: sqlite3.DatabaseError) -> str:
    if str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_FULL"):
        return f"The disk with temporary files is full ({error}). Free some space, or name another with SQLITE_TMPDIR."
    return f"{public} cannot be read as a database made by `wdtk publish` ({error}). Build it again with that command."


def _check(connection: sqlite3.Connection, public: Path) -> None:
    row = connection.execute("SELECT value FROM about WHERE key = 'schema_version'").fetchone()
    found = row[0] if row else "unknown"
    if found.isdecimal() and int(found) > int(SCHEMA_VERSION):
        raise WdtkError(
            f"{public} has version {found} of the tables, and this program knows version {SCHEMA_VERSION}: a newer "
            "wdtk-archive made it. Export it with that one."
        )
    if found != SCHEMA_VERSION:
        raise WdtkError(
            f"{public} has version {found} of the tables, and exports are made of version {SCHEMA_VERSION}. "
            "Run `wdtk publish` to build it again."
        )
    if missing := _missing(connection):
        raise WdtkError(
            f"{public} has no {missing} yet: an older wdtk-archive made it. Run `wdtk publish` to renew it."
        )


def _missing(connection: sqlite3.Connection) -> str | None:
    """The first table or column of the schema that is not there: additions do not change the version."""
    for table in TABLES:
        known = {name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", [table.name])}
        if not known:
            return f"table {table.name}"
        for column in table.columns:
            if column.name not in known:
                return f"column {table.name}.{column.name}"
    return None


def _select(part: Part) -> str:
    names = ", ".join(f"t.{quoted(column.name)}" for column in part.columns)
    within = [name for name in _WITHIN if part.request and any(column.name == name for column in part.columns)]
    ordered = [f"t.{quoted(name)}" for name in (*within, *part.table.key) if name != part.request]
    if part.request is None:
        return f"SELECT {names} FROM main.{quoted(part.name)} AS t ORDER BY {', '.join(ordered)}"  # noqa: S608 - names of the schema
    # CROSS JOIN has SQLite go by request, as the rows lie in the file, and so without sorting a whole table.
    return (
        f"SELECT {names} FROM temp.asked AS s CROSS JOIN main.{quoted(part.name)} AS t"  # noqa: S608 - names of the schema
        f" ON t.{quoted(part.request)} = s.id WHERE s.year IS ? ORDER BY {', '.join(['s.id', *ordered])}"
    )
