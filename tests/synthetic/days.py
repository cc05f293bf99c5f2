"""Days and times that move with a copy: every time of a thread is moved by the same number of whole weeks.

So weekdays stay what letters say they are. The site prints local times with their offset, which follows the season.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from scraper.standin.calendar import at

_FIRST, _LAST = date(1970, 1, 1), date(2059, 12, 31)
ZERO = _FIRST.toordinal()
_ALL = [_FIRST + timedelta(days=number) for number in range((_LAST - _FIRST).days + 1)]
ISO = [day.isoformat() for day in _ALL]
"""Each day as text, by its number from ``ZERO``."""
OFFSETS = [at(day, 12).isoformat()[-6:] for day in _ALL]
"""What a time of that day ends with."""
_MONTHS = tuple(date(2000, month, 1).strftime("%B") for month in range(1, 13))
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})(T[\d:.]+)(?:[+-]\d{2}:\d{2})")
_WRITTEN = re.compile(
    rf"(?<![\w/])(?:(?P<day>\d{{1,2}})(?P<suffix>st|nd|rd|th)? (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})"
    r"|(?P<numbers>\d{2}/\d{2}/\d{4}))(?![\w/])"
)
Form = Literal["long", "ordinal", "numbers"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of the site: its day by number, and the rest of it."""

    day: int
    rest: str

    def moved(self, days: int) -> str:
        """So many days later, or earlier."""
        day = self.day + days
        return f"{ISO[day]}{self.rest}{OFFSETS[day]}"


@dataclass(frozen=True, slots=True)
class Written:
    """A day as a letter has it."""

    day: int
    form: Form

    def moved(self, days: int) -> str:
        """So many days later, in the same form."""
        day = _ALL[self.day + days]
        if self.form == "numbers":
            return day.strftime("%d/%m/%Y")
        suffix = _suffix(day.day) if self.form == "ordinal" else ""
        return f"{day.day}{suffix} {_MONTHS[day.month - 1]} {day.year}"


def number_of(day: str) -> int:
    """The number of an ISO day."""
    return date.fromisoformat(day).toordinal() - ZERO


def moment(text: str) -> Moment:
    """A time as the site prints it; ``ValueError`` for what is none."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(f"no time of the site: {text!r}")
    return Moment(number_of(match[1]), match[2])


def utc(text: str) -> str:
    """A time of the site as the archive writes its own."""
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def written(text: str) -> Iterator[tuple[str, Written]]:
    """The days in a text as they stand there, each form once."""
    seen = set()
    for match in _WRITTEN.finditer(text):
        found = _read(match)
        if match[0] not in seen and found is not None and found.moved(0) == match[0]:
            seen.add(match[0])
            yield match[0], found


def _read(match: re.Match[str]) -> Written | None:
    try:
        if match["numbers"]:
            day = datetime.strptime(match["numbers"], "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
            form: Form = "numbers"
        else:
            day = date(int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"]))
            form = "ordinal" if match["suffix"] else "long"
    except ValueError:
        return None
    return Written(day.toordinal() - ZERO, form) if 0 <= day.toordinal() - ZERO < len(_ALL) else None


def _suffix(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
