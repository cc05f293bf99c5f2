"""Which lists an update reads: those of the days that no list has wholly covered, and of a few before them."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from scraper.archive.covered import FIRST_DAY

OVERLAP = timedelta(days=3)
"""Lists lag behind events, and rows move while they are read (alaveteli.md 4.2, 4.4): these days are read again."""
_DONE = ("whole", "parted", "capped", "not_found", "refused", "stuck")
"""Results of lists that reading again would not better, or not soon: for one of them nobody reads all days each night.
What they may lack is told by ``refusals`` and ``coverage``."""
_MOST_FAILURES = 3
"""In so many runs a list may fail before it holds up no others."""
_ROOTS = """
SELECT run_id, authority, after, before, began_at FROM enumerations
WHERE parent_id IS NULL AND narrowed = '{}' ORDER BY id
"""
_OPEN_RUNS = """
SELECT DISTINCT run_id FROM enumerations
WHERE coalesce(result, '') NOT IN (SELECT value FROM json_each(:done)) AND NOT (result IS 'failed' AND url IN
  (SELECT url FROM enumerations WHERE result = 'failed' GROUP BY url HAVING count(*) >= :most))
"""


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
    lists = _lists(connection)
    if not lists:
        held = connection.execute("SELECT 1 FROM requests LIMIT 1").fetchone()
        return None if held else Scope(since=FIRST_DAY)
    if whole := lists.get(None):
        return Scope(since=since(whole))
    names = tuple(sorted(name for name in lists if name))
    return Scope(since=min(since(lists[name]) for name in names), authorities=names)


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


def _lists(connection: sqlite3.Connection) -> dict[str | None, list[Listed]]:
    """Lists by authority; those of the whole site under ``None``."""
    found: dict[str | None, list[Listed]] = defaultdict(list)
    given = {"done": json.dumps(_DONE), "most": _MOST_FAILURES}
    undone = {run for (run,) in connection.execute(_OPEN_RUNS, given)}
    for run, authority, after, before, began_at in connection.execute(_ROOTS):
        began, done = date.fromisoformat(began_at[:10]), run not in undone
        found[authority].append(Listed(after=_day(after), before=_day(before), began=began, done=done))
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
