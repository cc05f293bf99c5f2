"""Requests that were looked at again with nothing new to find: which of them is published as before but for that day.

The day of the last look alone decides whether an answer that has not come is overdue, and likewise the outcome of a
review (``parsers.clock``). Where what was told by the last day is told by the new one too, one column is written.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

from scraper.publishing.became.basis import day_of

_LOOKED = """
SELECT t.request_id, r.last_checked_at FROM touched AS t JOIN requests AS r ON r.id = t.request_id
WHERE t.looked > 0 AND t.looked > ?1 AND t.number <= ?1
"""
_TOLD = """
SELECT l.id, l.at, r.last_checked_at, c.request_id, c.answered_on, c.timing, c.school, c.due_on, c.due_at_latest, (
    SELECT json_group_array(json_array(v.timing, v.due_at_latest)) FROM main.reviews AS v
    WHERE v.request_id = l.id AND v.outcome = 'open')
FROM temp.looked AS l JOIN main.requests AS r ON r.id = l.id LEFT JOIN main.clocks AS c ON c.request_id = l.id
"""
_WRITE = """
UPDATE main.requests SET last_checked_at = l.at FROM temp.looked AS l WHERE l.id = requests.id
"""


def gather(public: sqlite3.Connection, archive: sqlite3.Connection, *, since: int) -> None:
    """Put those that were only looked at since that change into ``temp.looked``, and the others of which the look
    tells something else into ``temp.changed``."""
    public.execute("CREATE TEMP TABLE looked (id INTEGER PRIMARY KEY, at TEXT)")
    public.executemany("INSERT INTO temp.looked VALUES (?, ?)", archive.execute(_LOOKED, [since]))
    public.executemany("INSERT OR IGNORE INTO temp.changed VALUES (?)", _moved(public))
    public.execute("DELETE FROM temp.looked WHERE id IN (SELECT id FROM temp.changed)")


def write(public: sqlite3.Connection) -> None:
    """Tell of those in ``temp.looked`` when they were looked at."""
    public.execute(_WRITE)
    public.execute("DROP TABLE temp.looked")


def _moved(public: sqlite3.Connection) -> Iterator[tuple[int]]:
    for identity, at, before, clock, *told, reviews in public.execute(_TOLD):
        day = day_of(at)
        known = day is not None and day_of(before) is not None
        if not known or not (clock is None or _stays(day, *told)) or not _reviews_stay(day, reviews):
            yield (identity,)


def _stays(
    day: date | None, answered: str | None, timing: str, school: int, due: str | None, latest: str | None
) -> bool:
    """Whether a clock says on that day what it says; of some that it would say, nobody need be sure."""
    if answered is not None or timing == "on_hold":
        return True
    return not school if timing == "not_known" else _silent(day, timing, due, latest)


def _reviews_stay(day: date | None, told: str) -> bool:
    reviews: list[list[Any]] = json.loads(told)
    return all(latest is None or _silent(day, timing, latest, latest) for timing, latest in reviews)


def _silent(day: date | None, timing: str, due: str | None, latest: str | None) -> bool:
    if day is None or due is None or latest is None:
        return False
    return (timing == "open" and day.isoformat() <= due) or (timing == "overdue" and day.isoformat() > latest)
