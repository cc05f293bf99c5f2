"""Every working day from 2008 to 2028 in all four nations, beside the official lists."""

from datetime import date, timedelta
from typing import Literal

import pytest

from parsers.clock import AccessRegime, bank_holidays_in, due_day, is_working_day
from tests.parsers.clock.official import NATIONS, holidays_of, official

EVERY_DAY = [date(2008, 1, 1) + timedelta(days=number) for number in range((date(2029, 1, 1) - date(2008, 1, 1)).days)]
REGIMES = ("FOIA", "EIR", "FOISA", "EISR")


def test_the_lists_cover_every_year() -> None:
    for days in official().values():
        assert {day.year for day in days} == set(range(2008, 2029))


@pytest.mark.parametrize("regime", REGIMES)
def test_each_day_is_a_working_day_as_the_official_lists_have_it(regime: AccessRegime) -> None:
    holidays = holidays_of(regime)
    wrong = [
        day for day in EVERY_DAY if is_working_day(day, regime=regime) != (day.weekday() < 5 and day not in holidays)
    ]
    assert wrong == []


@pytest.mark.parametrize("regime", REGIMES)
def test_each_due_day_is_twenty_days_of_the_official_lists_away(regime: AccessRegime) -> None:
    holidays = holidays_of(regime)
    working = [day for day in EVERY_DAY if day.weekday() < 5 and day not in holidays]
    place = 0
    for day in EVERY_DAY:
        while place < len(working) and working[place] <= day:
            place += 1
        if place + 19 < len(working):
            assert due_day(day, regime=regime) == working[place + 19], day


@pytest.mark.parametrize("nation", NATIONS)
def test_each_nation_has_the_bank_holidays_of_its_official_list(
    nation: Literal["england", "wales", "scotland", "northern_ireland"],
) -> None:
    kept = {day for day in EVERY_DAY if day in bank_holidays_in(day.year, nation) and day.weekday() < 5}
    assert kept == {day for day in official()[nation] if day.weekday() < 5}
