"""The bank holidays of each nation, as the government announced them: calendars that others made.

From 2012 the list of GOV.UK, as the package ``govuk-bank-holidays`` holds a copy. The list begins with 2012; for 2008
to 2011 the days are written out as they were announced for each nation.
"""

import functools
from collections.abc import Iterable
from datetime import date

from govuk_bank_holidays.bank_holidays import BankHolidays

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


def written(text: str) -> Iterable[date]:
    for line in text.strip().splitlines():
        if line:
            year, days = line.split(": ")
            for day in days.split(", "):
                number, month = day.split(" ")
                yield date(int(year), MONTHS.index(month) + 1, int(number))


@functools.cache
def official() -> dict[str, frozenset[date]]:
    """The bank holidays of each nation."""
    copy = BankHolidays(use_cached_holidays=True)
    return {
        nation: frozenset(
            {holiday["date"] for holiday in copy.get_holidays(division=division)}
            | set(written(text))
            | SINCE_THE_COPY.get(nation, set())
        )
        for nation, (division, text) in NATIONS.items()
    }


def holidays_of(regime: str) -> frozenset[date]:
    """Those that count for a law: of any nation, or of Scotland alone."""
    days = official()
    return days["scotland"] if regime in {"FOISA", "EISR"} else frozenset[date]().union(*days.values())
