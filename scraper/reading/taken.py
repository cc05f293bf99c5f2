"""Which files this run has taken up, so that none is taken up twice: in a table that nobody else sees.

Millions of names would fill the memory of a process; of this table SQLite keeps in memory what it needs, and the rest
in a file of its own that ends with the run.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

NOT_TAKEN = "NOT EXISTS (SELECT 1 FROM temp.taken t WHERE t.sha256 = {column})"
"""For a condition of a statement on files whose SHA-256 is in ``column``."""


@contextmanager
def taken(connection: sqlite3.Connection) -> Iterator[None]:
    """While this lasts, files can be marked as taken up."""
    connection.execute("DROP TABLE IF EXISTS temp.taken")
    connection.execute("CREATE TEMP TABLE taken (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
    yield
    connection.execute("DROP TABLE temp.taken")


def take(connection: sqlite3.Connection, files: Sequence[str]) -> None:
    """Mark files, by their SHA-256."""
    connection.executemany("INSERT OR IGNORE INTO temp.taken VALUES (?)", [(sha256,) for sha256 in files])
