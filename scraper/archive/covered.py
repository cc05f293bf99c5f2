"""Which days of an authority's requests have been wholly gone through, by what the lists read so far came to.

A list covers its days up to the one before it was read, as that one was not over. One that was parted covers what all
its parts cover together: by days each covers its own; by kind of event, state or authority only all of them do.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scraper.archive.database import Archive

FIRST_DAY = date(2001, 1, 1)
"""Where the site itself begins (alaveteli.md 1.2)."""
_DAY = timedelta(days=1)
_LISTS = """
SELECT id, parent_id, authority, after, before, narrowed, began_at, result FROM enumerations ORDER BY id DESC
"""


@dataclass(frozen=True, kw_only=True, order=True)
class Days:
    """From a first to a last day, both inside it (UTC)."""

    first: date
    last: date


class Covered:
    """The days covered, authority by authority; reads the archive once."""

    def __init__(self, archive: Archive) -> None:
        self._of_all: list[Days] = []
        self._own: dict[str, list[Days]] = {}
        self._read(archive)
        self._of_all = _merged(self._of_all)

    def of(self, authority: str) -> Days | None:
        """The longest stretch without a gap of days wholly gone through, the newest of these; ``None`` where none."""
        own = self._own.get(authority)
        stretches = _merged([*self._of_all, *own]) if own else self._of_all
        return max(stretches, key=lambda days: (days.last - days.first, days.last), default=None)

    def _read(self, archive: Archive) -> None:
        parts: dict[int, list[tuple[tuple[str | None, str | None], list[Days]]]] = {}
        for number, parent, authority, after, before, narrowed, began_at, result in archive.connection.execute(_LISTS):
            below = parts.pop(number, [])  # a part has a higher number than its whole
            days: list[Days] = []
            if result == "whole":
                days = _until_read(after, before, began_at)
            elif result == "parted":
                days = _together((after, before), below)
            if parent is not None:
                parts.setdefault(parent, []).append(((after, before), days))
            if days and not json.loads(narrowed):
                (self._own.setdefault(authority, []) if authority else self._of_all).extend(days)


def covered(archive: Archive, authority: str) -> Days | None:
    """From which day to which day the lists read so far wholly cover an authority (by its name in addresses)."""
    return Covered(archive).of(authority)


def _until_read(after: str | None, before: str | None, began_at: str) -> list[Days]:
    first = date.fromisoformat(after) if after else FIRST_DAY
    over = date.fromisoformat(began_at[:10]) - _DAY
    last = min(date.fromisoformat(before), over) if before else over
    return [Days(first=first, last=last)] if first <= last else []


def _together(
    own: tuple[str | None, str | None], below: Sequence[tuple[tuple[str | None, str | None], list[Days]]]
) -> list[Days]:
    if any(days_of != own for days_of, _ in below):
        return _merged(days for _, covers in below for days in covers)
    common: list[Days] | None = None
    for _, covers in below:
        common = covers if common is None else _both(common, covers)
    return common or []


def _both(left: Iterable[Days], right: Sequence[Days]) -> list[Days]:
    shared = [(max(one.first, other.first), min(one.last, other.last)) for one in left for other in right]
    return [Days(first=first, last=last) for first, last in shared if first <= last]


def _merged(stretches: Iterable[Days]) -> list[Days]:
    merged: list[Days] = []
    for days in sorted(stretches):
        if merged and days.first <= merged[-1].last + _DAY:
            merged[-1] = Days(first=merged[-1].first, last=max(merged[-1].last, days.last))
        else:
            merged.append(days)
    return merged
