"""Working days and deadlines, by the law that a request is answered under.

A working day of FOIA and of the EIR is any day but a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday
in any part of the United Kingdom (FOIA s.10(6); EIR reg.2(1)). A working day of FOISA and of the Scottish EIR leaves
out the bank holidays of Scotland alone (FOISA s.73; EISR reg.2(1)). Bank holidays come from the package ``holidays``.
"""

import functools
from calendar import isleap
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import Literal

from holidays.countries.united_kingdom import UnitedKingdom

from parsers.records import Tag

Nation = Literal["england", "scotland", "wales", "northern_ireland", "uk"]
AccessRegime = Literal["FOIA", "EIR", "FOISA", "EISR"]

ANSWER_WITHIN = 20
"""Working days for a first answer: FOIA s.10(1), EIR reg.5(2), FOISA s.10(1), EISR reg.5(2)(a)."""

_NATIONS: dict[Nation, tuple[str, ...]] = {
    "england": ("ENG",),
    "wales": ("WLS",),
    "scotland": ("SCT",),
    "northern_ireland": ("NIR",),
    "uk": ("ENG", "NIR", "SCT", "WLS"),
}
"""The subdivisions of ``holidays`` that a nation is; of the whole Kingdom a day that is one in any part."""
COUNTED_IN: dict[AccessRegime, Nation] = {"FOIA": "uk", "EIR": "uk", "FOISA": "scotland", "EISR": "scotland"}
"""Where a bank holiday must be for it to be no working day of a law."""
_FIRST_ST_ANDREWS = 2007
"""The St Andrew's Day Bank Holiday (Scotland) Act is of 2007; ``holidays`` has the day from 2006."""
_SATURDAY = 5
_NATION_TAGS: dict[str, Nation] = {
    "england": "england",
    "scotland": "scotland",
    "wales": "wales",
    "northern_ireland": "northern_ireland",
    "nireland": "northern_ireland",
    "ni": "northern_ireland",
}
_NO_INFORMATION_LAW = frozenset({"foi_no", "nsbody"})
"""Not subject to FOIA; and the North/South bodies of Ireland, which have a code of their own."""


def nation_of(tags: Iterable[Tag]) -> Nation:
    """The nation that an authority's tags name; ``uk`` where they name none, or more than one.

    The site tags Scottish, Welsh and Northern Irish authorities; those of England and of the whole Kingdom seldom
    bear such a tag.
    """
    named = {_NATION_TAGS[name] for name, _ in tags if name in _NATION_TAGS}
    return named.pop() if len(named) == 1 else "uk"


def regimes_of(tags: Iterable[Tag]) -> tuple[AccessRegime, ...]:
    """The laws an authority answers under, by its tags; empty for one that is subject to none.

    ``eir_only`` leaves the environmental regulations alone, even beside ``foi_no``, which the site gives to all
    authorities outside the Act.
    """
    tags = tuple(tags)
    names = {name for name, _ in tags}
    regimes: tuple[AccessRegime, ...] = ("FOISA", "EISR") if nation_of(tags) == "scotland" else ("FOIA", "EIR")
    if "eir_only" in names:
        return regimes[1:]
    return () if names & _NO_INFORMATION_LAW else regimes


def regime_of(law_used: str, tags: Iterable[Tag]) -> AccessRegime | None:
    """The law of one request: the site says ``foi`` or ``eir`` (alaveteli.md 2.1), the tags say whose.

    None where the authority is subject to neither.
    """
    regimes = regimes_of(tags)
    return (regimes[-1] if law_used == "eir" else regimes[0]) if regimes else None


@functools.cache
def bank_holidays(year: int, regime: AccessRegime) -> frozenset[date]:
    """Christmas Day, Good Friday and the bank holidays that count for ``regime``, with their substitute days."""
    return bank_holidays_in(year, COUNTED_IN[regime])


@functools.cache
def bank_holidays_in(year: int, nation: Nation) -> frozenset[date]:
    """Christmas Day, Good Friday and the bank holidays of a nation, with their substitute days; of ``uk``, of any part.

    Days that fall on a weekend may be there beside those kept in their stead.
    """
    found = {day for part in _NATIONS[nation] for day in _in_part(year, part)}
    return frozenset(day for day in found if (day.month, day.day) != (11, 30) or year >= _FIRST_ST_ANDREWS)


def is_working_day(day: date, *, regime: AccessRegime) -> bool:
    """Whether ``day`` counts towards a deadline under ``regime``."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year, regime)


@functools.lru_cache(maxsize=8192)
def due_day(received: date, *, regime: AccessRegime, within: int = ANSWER_WITHIN) -> date:
    """The last day for an answer: the ``within``-th working day after the day of receipt.

    The day of receipt is day 0 and need not be a working day. Extensions, clarifications and the longer time of
    schools are not known here. ValueError where ``within`` is less than 1.
    """
    if within < 1:
        raise ValueError(f"a deadline is at least one working day away, not {within}")
    day = received
    while within:
        day += timedelta(days=1)
        within -= is_working_day(day, regime=regime)
    return day


def working_days_between(start: date, end: date, *, regime: AccessRegime) -> int:
    """How many working days were taken: those after ``start`` up to and with ``end``; 0 where ``end`` is not later."""
    if end <= start:
        return 0
    years = sum(_working_days(year, regime)[-1] for year in range(start.year, end.year))
    return (
        years
        + _working_days(end.year, regime)[_day_of_year(end)]
        - _working_days(start.year, regime)[_day_of_year(start)]
    )


@functools.cache
def _working_days(year: int, regime: AccessRegime) -> tuple[int, ...]:
    """How many working days a year has up to each of its days; the first number, of no day, is 0."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range(366 if isleap(year) else 365))
    return tuple(accumulate((is_working_day(day, regime=regime) for day in days), initial=0))


def _day_of_year(day: date) -> int:
    return day.toordinal() - date(day.year, 1, 1).toordinal() + 1


def local_day(moment: str) -> date:
    """The day in the United Kingdom of a time as the site prints it, such as ``2024-06-01T23:30:00Z`` (2 June).

    Summer time is reckoned by the rule in force since 1996: from 01:00 UTC on the last Sunday of March to 01:00 UTC
    on the last Sunday of October. A day alone is that day; a time without an offset is taken for local. ValueError
    where ``moment`` is no time.
    """
    told = datetime.fromisoformat(moment)
    if told.tzinfo is None:
        return told.date()
    universal = told.astimezone(UTC)
    begins, ends = _summer(universal.year)
    return (universal + timedelta(hours=1 if begins <= universal < ends else 0)).date()


def _in_part(year: int, part: str) -> Iterable[date]:
    days: Iterable[date] = UnitedKingdom(subdiv=part, years=year)  # type: ignore[no-untyped-call] # has no types
    return days


@functools.cache
def _summer(year: int) -> tuple[datetime, datetime]:
    return _last_sunday_at_one(year, 3), _last_sunday_at_one(year, 10)


def _last_sunday_at_one(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
