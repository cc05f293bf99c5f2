"""Hours of the day in which a crawl may run, by the clock of the United Kingdom, whose summer time they follow."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

_SPAN = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")

_DAY = 24 * 60


@dataclass(frozen=True, kw_only=True)
class Hours:
    """From ``first`` to ``last``, in minutes after midnight, the last not included; over midnight where it is less."""

    first: int
    last: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Hours written as ``22:00-06:00``; ``None`` for what is not, and for a span of no length."""
        found = _SPAN.fullmatch(text)
        if found is None:
            return None
        from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
        hours = cls(first=from_hour * 60 + from_minute, last=to_hour * 60 + to_minute)
        return hours if hours.first != hours.last else None

    def __str__(self) -> str:
        """As it is written in wdtk.toml."""
        return "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (self.first, self.last))

    @property
    def minutes(self) -> int:
        """How long they are."""
        return (self.last - self.first) % _DAY

    def hold(self, moment: datetime) -> bool:
        """Whether ``moment``, which has an offset, is within these hours."""
        here = uk_time(moment)
        minute = here.hour * 60 + here.minute
        if self.first < self.last:
            return self.first <= minute < self.last
        return minute >= self.first or minute < self.last

    def opens(self, moment: datetime) -> datetime:
        """The first moment of these hours that is not before ``moment``, in UTC to the minute."""
        at = moment.astimezone(UTC).replace(second=0, microsecond=0)
        while not self.hold(at):  # minute by minute, since clocks may change on the way
            at += timedelta(minutes=1)
        return at


def uk_time(moment: datetime) -> datetime:
    """``moment`` as clocks in the United Kingdom show it, without an offset.

    Summer time is from the last Sunday of March to the last of October, changing at 01:00 UTC (Summer Time Act 1972,
    section 1, as set by the Summer Time Order 2002).
    """
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    summer = _last_sunday(utc.year, 3) <= utc < _last_sunday(utc.year, 10)
    return utc + timedelta(hours=1) if summer else utc


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1)  # noqa: DTZ001 - UTC without its name, as in uk_time
    return last - timedelta(days=(last.weekday() + 1) % 7)
