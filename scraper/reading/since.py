"""Which requests a run of ``wdtk read`` has to look at: all, or those that changed since a run that read everything.

To ask of each letter of a large archive whether its reading is stale takes minutes. Triggers note every request of
which anything changes that a reading depends on (``archive/touched.sql``), so after a run that came to its end these
alone are asked about. A reading may also depend on the program, and on whether words in pictures are recognised: where
either is another, all are. What a run stores counts as a change, and so the next one looks at it once more.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from scraper.source import program

TOGETHER = 100
"""Requests whose letters are in memory at a time."""
MARK = "read_up_to"
"""Row of ``about``: the newest change that such a run had seen when it began, and by what it read."""
FILL = "INSERT INTO temp.changed SELECT request_id FROM touched INDEXED BY touched_number WHERE number > ?"
EVERY = "SELECT id FROM requests WHERE id > ? ORDER BY id LIMIT ?"
CHANGED = "SELECT request_id FROM temp.changed WHERE request_id > ? ORDER BY request_id LIMIT ?"


@dataclass(frozen=True, kw_only=True)
class Span:
    """What a run looks at."""

    since: int | None
    """The number of the newest change that was read; ``None`` where every request is to be looked at."""
    until: int
    """The number of the newest change when the run began."""
    by: str
    """The program, and whether it recognises words in pictures."""


def span(connection: sqlite3.Connection, *, again: bool, with_engine: bool) -> Span:
    """What is to be looked at now; everything where it is to be read ``again``."""
    (until,) = connection.execute("SELECT number FROM touches").fetchone()
    by = f"{program()} {with_engine}"
    row = connection.execute("SELECT value FROM about WHERE key = ?", [MARK]).fetchone()
    told = json.loads(row[0]) if row else {}
    known = told.get("by") == by and not again
    return Span(since=told["number"] if known else None, until=until, by=by)


def finish(connection: sqlite3.Connection, done: Span) -> None:
    """Enter that everything was read that had changed when the run began; to be called inside a transaction."""
    if done.since == done.until:
        return
    told = json.dumps({"number": done.until, "by": done.by})
    connection.execute("INSERT OR REPLACE INTO about (key, value) VALUES (?, ?)", [MARK, told])


def gather(connection: sqlite3.Connection, looked_at: Span) -> None:
    """Gather the requests that have changed by now in ``temp.changed``; nothing where all are looked at.

    In a table, as what is read changes their numbers, and in one that SQLite keeps out of memory, as they may be many.
    """
    connection.execute("DROP TABLE IF EXISTS temp.changed")
    connection.execute("CREATE TEMP TABLE changed (request_id INTEGER PRIMARY KEY) STRICT")
    if looked_at.since is not None:
        connection.execute(FILL, [looked_at.since])


def requests(connection: sqlite3.Connection, looked_at: Span) -> Iterator[list[int]]:
    """The requests to look at, some at a time, in the order of their numbers; ``gather`` comes first."""
    last, statement = -1, EVERY if looked_at.since is None else CHANGED
    while rows := connection.execute(statement, [last, TOGETHER]).fetchall():
        yield [number for (number,) in rows]
        last = rows[-1][0]
