"""Every working day from 2008 to 2028 in all four nations, beside calendars that others made.

For 2012 to 2028 that is the list of GOV.UK, as the package ``govuk-bank-holidays`` holds a copy. The list begins with
2012; for 2008 to 2011 the days are written out below as the government announced them for each nation.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from parsers.clock import AccessRegime, bank_holidays_in, due_day, is_working_day

ENGLAND_AND_WALES = """
2008: 1 Jan, 21 Mar, 24 Mar, 5 May, 26 May, 25 Aug, 25 Dec, 26 Dec
2009: 1 Jan, 10 Apr, 13 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec
2010: 1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec
2011: 3 Jan, 22 Apr, 25 Apr, 29 Apr, 2 May, 30 May, 29 Aug, 26 Dec, 27 Dec
"""
SCOTLAND = """
2008: 1 Jan, 2 Jan, 21 Mar, 5 May, 26 May, 4 Aug, 1 Dec, 25 Dec, 26 Dec
2009: 1 Jan, 2 Jan, 10 Apr, 4 May, 25 May, 3 Aug, 30 Nov, 25 Dec, 28 Dec
2010: 1 Jan, 4 Jan, 2 Apr, 3 May, 31 May, 2 Aug, 30 Nov, 27 Dec, 28 Dec
2011: 3 Jan, 4 Jan, 22 Apr, 29 Apr, 2 May, 30 May, 1 Aug, 30 Nov, 26 Dec, 27 Dec
"""
NORTHERN_IRELAND_BESIDE = """
2008: 17 Mar, 14 Jul
2009: 17 Mar, 13 Jul
2010: 17 Mar, 12 Jul
2011: 17 Mar, 12 Jul
"""
"""Beside the days of England and Wales."""
SINCE_THE_COPY = {"scotland": {date(2026, 6, 15)}}
"""Appointed by the proclamation of 4 February 2026 under section 1(3) of the Banking and Financial Dealings Act 1971,
after the package took its copy."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NATIONS = {
    "england": (BankHolidays.ENGLAND_AND_WALES, ENGLAND_AND_WALES),
    "wales": (BankHolidays.ENGLAND_AND_WALES, ENGLAND_AND_WALES),
    "scotland": (BankHolidays.SCOTLAND, SCOTLAND),
    "northern_ireland": (BankHolidays.NORTHERN_IRELAND, ENGLAND_AND_WALES + NORTHERN_IRELAND_BESIDE),
}
EVERY_DAY = [date(2008, 1, 1) + timedelta(days=number) for number in range((date(2029, 1, 1) - date(2008, 1, 1)).days)]
COUNTS_FOR: dict[AccessRegime, tuple[str, ...]] = {
    "FOIA": tuple(NATIONS),
    "EIR": tuple(NATIONS),
    "FOISA": ("scotland",),
    "EISR": ("scotland",),
}


def written(text: str) -> Iterable[date]:
    for line in text.strip().splitlines():
        if line:
            year, days = line.split(": ")
            for day in days.split(", "):
                number, month = day.split(" ")
                yield date(int(year), MONTHS.index(month) + 1, int(number))


@pytest.fixture(scope="module")
def official() -> dict[str, set[date]]:
    """The bank holidays of each nation."""
    copy = BankHolidays(use_cached_holidays=True)
    return {
        nation: {holiday["date"] for holiday in copy.get_holidays(division=division)}
        | set(written(text))
        | SINCE_THE_COPY.get(nation, set())
        for nation, (division, text) in NATIONS.items()
    }


def test_the_lists_cover_every_year(official: dict[str, set[date]]) -> None:
    for days in official.values():
        assert {day.year for day in days} == set(range(2008, 2029))


@pytest.mark.parametrize("regime", COUNTS_FOR)
def test_each_day_is_a_working_day_as_the_official_lists_have_it(
    official: dict[str, set[date]], regime: AccessRegime
) -> None:
    holidays = set[date]().union(*(official[nation] for nation in COUNTS_FOR[regime]))
    wrong = [
        day for day in EVERY_DAY if is_working_day(day, regime=regime) != (day.weekday() < 5 and day not in holidays)
    ]
    assert wrong == []


@pytest.mark.parametrize("regime", COUNTS_FOR)
def test_each_due_day_is_twenty_days_of_the_official_lists_away(
    official: dict[str, set[date]], regime: AccessRegime
) -> None:
    holidays = set[date]().union(*(official[nation] for nation in COUNTS_FOR[regime]))
    working = [day for day in EVERY_DAY if day.weekday() < 5 and day not in holidays]
    place = 0
    for day in EVERY_DAY:
        while place < len(working) and working[place] <= day:
            place += 1
        if place + 19 < len(working):
            assert due_day(day, regime=regime) == working[place + 19], day


@pytest.mark.parametrize("nation", NATIONS)
def test_each_nation_has_the_bank_holidays_of_its_official_list(
    official: dict[str, set[date]], nation: Literal["england", "wales", "scotland", "northern_ireland"]
) -> None:
    kept = {day for day in EVERY_DAY if day in bank_holidays_in(day.year, nation) and day.weekday() < 5}
    assert kept == {day for day in official[nation] if day.weekday() < 5}
