"""Writing very many rows into an empty archive: without a journal, and with the indexes made at the end."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from scraper.archive.database import open_archive

_CACHE_KIB = 24_576
_NUMBERED = frozenset({"fetches", "changes"})
"""Tables whose ids are given by SQLite."""
_SHARED = """
WITH RECURSIVE wanted(sha256) AS (
  SELECT value FROM json_each(?) UNION
  SELECT p.sha256 FROM wanted JOIN kernel.document_parts p ON p.parent = wanted.sha256 WHERE p.sha256 IS NOT NULL
)
"""
_NAMED = f"{_SHARED} SELECT sha256 FROM wanted"  # noqa: S608 - of this module
_COPIED = {
    "files": "sha256",
    "documents": "sha256",
    "pages": "sha256",
    "probes": "sha256",
    "findings": "sha256",
    "document_parts": "parent",
}


_LATE = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type"
"""What is made when all rows are there."""
_TOUCHED = (
    "INSERT INTO touched (request_id, number) SELECT id, row_number() OVER (ORDER BY id) FROM requests",
    "UPDATE touches SET number = (SELECT count(*) FROM requests)",
)
"""As triggers tell of rows that are written one request after the other."""


class Bulk:
    """An archive that is being filled."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._inserts: dict[str, str] = {}
        self.written: dict[str, int] = {}
        """Rows by table."""

    def write(self, rows: dict[str, list[tuple[Any, ...]]]) -> None:
        """Insert the rows, in the order of their columns, and empty the lists."""
        for table, values in rows.items():
            if values:
                self._connection.executemany(self._insert(table), values)
                self.written[table] = self.written.get(table, 0) + len(values)
                values.clear()

    def _insert(self, table: str) -> str:
        if table not in self._inserts:
            told = self._connection.execute("SELECT name FROM pragma_table_info(?)", [table])
            columns = [f'"{name}"' for (name,) in told if not (name == "id" and table in _NUMBERED)]
            marks = ", ".join("?" * len(columns))
            self._inserts[table] = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - of the schema
        return self._inserts[table]

    def take_over(self, kernel: Path, files: Collection[str]) -> list[str]:
        """Copy what another archive knows of these files and of those in them; gives the SHA-256 of all."""
        connection, wanted = self._connection, json.dumps(sorted(files))
        connection.execute("ATTACH ? AS kernel", [str(kernel)])
        for table, column in _COPIED.items():
            statement = f"INSERT INTO main.{table} {_SHARED} SELECT * FROM kernel.{table} WHERE {column} IN wanted"  # noqa: S608 - of this module
            connection.execute(statement, [wanted])
        found = connection.execute(_NAMED, [wanted]).fetchall()
        return [sha256 for (sha256,) in found]


@contextmanager
def filling(folder: Path) -> Iterator[Bulk]:
    """The empty archive in ``folder``; its indexes and triggers are made anew when the block ends."""
    for byte in range(256):
        (folder / "files" / f"{byte:02x}").mkdir(exist_ok=True)
    with closing(sqlite3.connect(folder / "archive.db", isolation_level=None)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KIB}"):
            connection.execute(f"PRAGMA {pragma}")
        late = connection.execute(_LATE).fetchall()
        for kind, name, _ in late:
            connection.execute(f"DROP {kind} {name}")
        connection.execute("BEGIN")
        yield Bulk(connection)
        for statement in _TOUCHED if _has_touches(connection) else ():
            connection.execute(statement)
        connection.execute("COMMIT")
        for *_, sql in late:
            connection.execute(sql)
        connection.execute("ANALYZE")
    with open_archive(folder) as archive:  # sets the journal right again
        archive.connection.execute("PRAGMA optimize")


def _has_touches(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'touched'").fetchone() is not None
