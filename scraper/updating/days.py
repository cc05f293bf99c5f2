"""Which lists an update reads: those of the days that no list has wholly covered, and of a few before them."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from scraper.archive.covered import FIRST_DAY

OVERLAP = timedelta(days=3)
"""Lists lag behind events, and rows move while they are read (alaveteli.md 4.2, 4.4): these days are read again."""
_MOST_FAILURES = 3
"""In so many runs a list may fail before it holds up no others."""
_ROOTS = """
SELECT authority, run_id, after, before, began_at FROM enumerations INDEXED BY enumerations_roots
WHERE parent_id IS NULL AND narrowed = '{}' ORDER BY authority
"""
_OPEN_RUNS = """
SELECT run_id FROM enumerations WHERE result IS NULL
UNION SELECT run_id FROM enumerations WHERE result = 'failed' AND url NOT IN
  (SELECT url FROM enumerations WHERE result = 'failed' GROUP BY url HAVING count(*) >= :most)
"""
"""Every other result is one that reading again would not better, or not soon: for one such list nobody reads all days
each night. What it may lack is told by ``refusals`` and ``coverage``."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What is listed: the days from ``since`` on, of the authorities named or, without any, of the whole site."""

    since: date
    authorities: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A list of one run: its days (``None`` for all), when it was read, and whether it was read to its end."""

    after: date | None
    before: date | None
    began: date
    done: bool


def scope(connection: sqlite3.Connection) -> Scope | None:
    """What earlier lists were of, from where they left off; ``None`` for an archive that was made without lists.

    An archive that holds nothing yet is to hold the whole site.
    """
    names, days = [], []
    for authority, lists in _lists(connection):
        if authority is None:  # those of the whole site, which come first
            return Scope(since=since(lists))
        names.append(authority)
        days.append(since(lists))
    if names:
        return Scope(since=min(days), authorities=tuple(names))
    held = connection.execute("SELECT 1 FROM requests LIMIT 1").fetchone()
    return None if held else Scope(since=FIRST_DAY)


def since(lists: Iterable[Listed]) -> date:
    """The first day to list: ``OVERLAP`` before the end of what is covered without a gap, or where it all begins."""
    lists = list(lists)
    begin = min(one.after or FIRST_DAY for one in lists)
    covered = begin - timedelta(days=1)
    for one in sorted((one for one in lists if one.done), key=lambda one: one.after or FIRST_DAY):
        if (one.after or FIRST_DAY) <= covered + timedelta(days=1):
            # The day on which a list was read was not over.
            covered = max(covered, min(one.before or date.max, one.began - timedelta(days=1)))
    return max(begin, covered - OVERLAP)


def _lists(connection: sqlite3.Connection) -> Iterator[tuple[str | None, list[Listed]]]:
    """Lists by authority in the order of their names; those of the whole site first, under ``None``."""
    open_runs = {run for (run,) in connection.execute(_OPEN_RUNS, {"most": _MOST_FAILURES})}
    for authority, rows in groupby(connection.execute(_ROOTS), key=lambda row: row[0]):
        yield authority, [_listed(row, done=row[1] not in open_runs) for row in rows]


def _listed(row: tuple[str | None, int, str | None, str | None, str], *, done: bool) -> Listed:
    _, _, after, before, began_at = row
    return Listed(after=_day(after), before=_day(before), began=date.fromisoformat(began_at[:10]), done=done)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
