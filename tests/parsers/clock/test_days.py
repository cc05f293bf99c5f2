"""Deadlines, by hand-checked examples and by what must hold for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.clock import (
    AccessRegime,
    bank_holidays,
    due_day,
    is_working_day,
    local_day,
    nation_of,
    regime_of,
    regimes_of,
    working_days_between,
)
from parsers.records import Tag

DAYS = st.dates(min_value=date(2005, 1, 1), max_value=date(2034, 12, 31))
REGIMES = st.sampled_from(["FOIA", "EIR", "FOISA", "EISR"])


@pytest.mark.parametrize(
    ("received", "regime", "due"),
    [
        # No holiday on the way: four weeks to the day.
        ("2024-06-03", "FOIA", "2024-07-01"),
        # Received on a Saturday: the Monday is day 1.
        ("2024-06-01", "FOIA", "2024-06-28"),
        # 12 July is a holiday in Northern Ireland, and so lengthens everybody's time but Scotland's.
        ("2024-06-20", "FOIA", "2024-07-19"),
        ("2024-06-20", "FOISA", "2024-07-18"),
        # St Patrick's Day fell on a Sunday, so Monday 18 March; Good Friday 29 March; Easter Monday 1 April.
        ("2024-03-14", "FOIA", "2024-04-16"),
        # Easter Monday is a working day in Scotland.
        ("2024-03-14", "FOISA", "2024-04-12"),
        # 25 and 26 December, 1 January, and 2 January for Scotland's sake.
        ("2023-12-15", "EIR", "2024-01-18"),
        ("2023-12-15", "EISR", "2024-01-18"),
        # Christmas Day 2021 was a Saturday: Monday 27 and Tuesday 28 instead; 3 January; 4 January in Scotland.
        ("2021-12-10", "FOIA", "2022-01-13"),
        # The Platinum Jubilee: Thursday 2 and Friday 3 June, in place of the last Monday of May.
        ("2022-05-09", "FOIA", "2022-06-08"),
        # The State Funeral of 19 September 2022.
        ("2022-09-01", "EIR", "2022-09-30"),
        # The Coronation, 8 May 2023, after 1 May; 29 May.
        ("2023-04-14", "FOIA", "2023-05-16"),
        # The first Monday of August in Scotland, 5 August; the last, 26 August, elsewhere.
        ("2024-08-01", "FOIA", "2024-09-02"),
        ("2024-08-01", "FOISA", "2024-08-30"),
        # St Andrew's Day fell on a Saturday: Monday 2 December instead.
        ("2024-11-11", "FOISA", "2024-12-10"),
        # Before the Act of 2007 it was no bank holiday.
        ("2006-11-13", "FOISA", "2006-12-11"),
    ],
)
def test_due_day_by_hand(received: str, regime: AccessRegime, due: str) -> None:
    assert due_day(date.fromisoformat(received), regime=regime).isoformat() == due


@given(DAYS, REGIMES, st.integers(1, 65))
def test_a_deadline_is_the_working_day_that_counting_back_confirms(
    day: date, regime: AccessRegime, within: int
) -> None:
    due = due_day(day, regime=regime, within=within)
    assert is_working_day(due, regime=regime)
    assert working_days_between(day, due, regime=regime) == within
    assert working_days_between(day, due - timedelta(days=1), regime=regime) == within - 1


@given(DAYS, DAYS, REGIMES)
def test_a_later_request_is_never_due_sooner(one: date, other: date, regime: AccessRegime) -> None:
    first, second = sorted((one, other))
    assert due_day(first, regime=regime) <= due_day(second, regime=regime)


@given(DAYS)
def test_scotland_never_has_longer_than_the_rest(day: date) -> None:
    assert due_day(day, regime="FOISA") <= due_day(day, regime="FOIA")
    assert due_day(day, regime="FOISA") == due_day(day, regime="EISR")
    assert due_day(day, regime="FOIA") == due_day(day, regime="EIR")


@given(DAYS, DAYS, DAYS, REGIMES)
def test_working_days_add_up(one: date, two: date, three: date, regime: AccessRegime) -> None:
    first, second, third = sorted((one, two, three))
    parts = working_days_between(first, second, regime=regime) + working_days_between(second, third, regime=regime)
    assert parts == working_days_between(first, third, regime=regime)


@given(st.integers(2005, 2034), REGIMES)
def test_christmas_day_and_a_good_friday_are_in_every_calendar(year: int, regime: AccessRegime) -> None:
    days = bank_holidays(year, regime)
    assert date(year, 12, 25) in days
    assert any(day.weekday() == 4 and date(year, 3, 20) <= day <= date(year, 4, 23) for day in days)


def test_no_days_are_taken_by_an_answer_on_the_day_or_before() -> None:
    assert working_days_between(date(2024, 6, 3), date(2024, 6, 3), regime="FOIA") == 0
    assert working_days_between(date(2024, 6, 3), date(2024, 5, 3), regime="FOIA") == 0


def test_a_deadline_of_no_days_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        due_day(date(2024, 6, 3), regime="FOIA", within=0)


@pytest.mark.parametrize(
    ("tags", "nation", "regimes"),
    [
        ([], "uk", ("FOIA", "EIR")),
        ([("local_council", None)], "uk", ("FOIA", "EIR")),
        ([("scotland", None), ("health", "x")], "scotland", ("FOISA", "EISR")),
        ([("wales", None)], "wales", ("FOIA", "EIR")),
        ([("nireland", None)], "northern_ireland", ("FOIA", "EIR")),
        ([("scotland", None), ("wales", None)], "uk", ("FOIA", "EIR")),
        ([("eir_only", None)], "uk", ("EIR",)),
        ([("eir_only", None), ("foi_no", None)], "uk", ("EIR",)),
        ([("eir_only", None), ("scotland", None)], "scotland", ("EISR",)),
        ([("foi_no", None)], "uk", ()),
    ],
)
def test_tags_tell_nation_and_law(tags: list[Tag], nation: str, regimes: tuple[str, ...]) -> None:
    assert nation_of(tags) == nation
    assert regimes_of(tags) == regimes


@pytest.mark.parametrize(
    ("law_used", "tags", "regime"),
    [
        ("foi", [], "FOIA"),
        ("eir", [], "EIR"),
        ("foi", [("scotland", None)], "FOISA"),
        ("eir", [("scotland", None)], "EISR"),
        ("foi", [("eir_only", None)], "EIR"),
        ("foi", [("foi_no", None)], None),
    ],
)
def test_the_law_of_a_request(law_used: str, tags: list[Tag], regime: str | None) -> None:
    assert regime_of(law_used, tags) == regime


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-06-01T23:30:00Z", "2024-06-02"),
        ("2024-06-01T23:30:00.123+00:00", "2024-06-02"),
        ("2024-06-02T00:30:00+01:00", "2024-06-02"),
        ("2024-12-01T23:30:00Z", "2024-12-01"),
        ("2024-03-31T00:59:59Z", "2024-03-31"),
        ("2024-10-27T00:30:00Z", "2024-10-27"),
        ("2024-10-27T23:30:00Z", "2024-10-27"),
        ("2024-10-26T23:30:00Z", "2024-10-27"),
        ("2024-06-30", "2024-06-30"),
    ],
)
def test_the_day_of_a_moment_is_the_day_in_the_united_kingdom(moment: str, day: str) -> None:
    assert local_day(moment).isoformat() == day


def test_what_is_no_time_is_an_error() -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        local_day("yesterday")
