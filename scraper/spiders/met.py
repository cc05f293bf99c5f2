"""What a run has met already: in a database without a name, which SQLite keeps out of memory where it is large.

A crawl of everything meets a million requests, and sets of their names would take hundreds of megabytes.
"""

import sqlite3

from scraper.archive.rows import sound


class Met:
    """Names or numbers, each once."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)  # a file that is gone with the process
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute("CREATE TABLE met (one ANY PRIMARY KEY) STRICT, WITHOUT ROWID")

    def add(self, one: str | int) -> None:
        """Count it as met; twice does no harm."""
        self._connection.execute("INSERT OR IGNORE INTO met VALUES (?)", [sound(one)])

    def __contains__(self, one: str | int | None) -> bool:
        return self._connection.execute("SELECT 1 FROM met WHERE one = ?", [sound(one)]).fetchone() is not None
