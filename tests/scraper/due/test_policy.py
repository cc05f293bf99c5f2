"""When a request is looked at next: never before now, never later than promised, sooner the more it changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.due.policy import (
    EXPLAINED,
    LONGEST_DELAY,
    LONGEST_WHOLE,
    SHORTEST,
    WHYS,
    Removal,
    Situation,
    next_check,
    rate,
    retry,
)

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
STATES = (
    "waiting_response",
    "waiting_response_overdue",
    "waiting_classification",
    "internal_review",
    "successful",
    "new",
)
moments = st.datetimes(datetime(2001, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants bounds without a zone
counts = st.integers(0, 10_000)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    looks = draw(counts)
    return Situation(
        at=draw(moments),
        status=draw(st.sampled_from(STATES)),
        due_on=draw(st.none() | st.dates()),
        quiet_since=draw(st.none() | moments),
        looks=looks,
        changes=draw(st.integers(0, looks)),
        unchanged=draw(counts),
        whole_at=draw(st.none() | moments),
        files_wanted=draw(st.booleans()),
        removal=draw(st.none() | st.sampled_from(get_args(Removal))),
    )


@given(situations())
def test_it_is_never_before_the_look_and_never_later_than_promised(known: Situation) -> None:
    check = next_check(known)
    assert known.at < check.at <= known.at + LONGEST_DELAY
    assert check.why in WHYS
    assert 0 <= check.weight <= 1


@given(situations())
def test_its_page_and_files_are_due_within_their_promise(known: Situation) -> None:
    """Looks that are never whole lead to one that is due whole before the promise is over."""
    known = replace(known, removal=None, whole_at=known.at)
    first = known.at
    for _ in range(1_000):
        check = next_check(known)
        if check.why == "whole":
            break
        known = replace(known, at=check.at, unchanged=known.unchanged + 1, looks=known.looks + 1)
    assert check.why == "whole"
    assert check.at - first <= LONGEST_WHOLE + timedelta(days=1)


@given(situations(), st.integers(1, 100))
def test_the_more_of_its_looks_found_a_change_the_sooner_it_comes(known: Situation, more: int) -> None:
    often = replace(known, looks=known.looks + more, changes=known.changes + more)
    seldom = replace(known, looks=known.looks + more)
    assert next_check(often).at <= next_check(seldom).at
    assert rate(often) >= rate(seldom) > 0


@given(situations(), st.integers(1, 2_000))
def test_the_longer_it_was_quiet_the_later_it_comes(known: Situation, days: int) -> None:
    known = replace(known, due_on=None, whole_at=known.at)
    young = replace(known, quiet_since=known.at)
    old = replace(known, quiet_since=known.at - timedelta(days=days))
    assert next_check(young).at <= next_check(old).at


def test_open_ones_come_often_and_long_closed_ones_rarely() -> None:
    fresh = Situation(at=AT, status="waiting_classification", quiet_since=AT, whole_at=AT)
    old = replace(fresh, status="successful", quiet_since=AT - timedelta(days=3_000))
    assert next_check(fresh).at - AT <= timedelta(days=2)
    assert next_check(fresh).why == "label"
    assert next_check(old).at - AT >= timedelta(days=60)
    assert next_check(old).why == "settled"


@pytest.mark.parametrize(
    ("status", "due_on", "day"),
    [
        ("waiting_response", date(2026, 3, 4), date(2026, 3, 5)),
        ("waiting_response_overdue", date(2026, 2, 3), date(2026, 3, 4)),  # 20 working days later it is long overdue
        ("waiting_response", date(2026, 3, 1), None),
        ("successful", date(2026, 3, 4), None),
    ],
)
def test_the_clock_of_the_site_is_known_to_the_day(status: str, due_on: date, day: date | None) -> None:
    known = Situation(at=AT, status=status, due_on=due_on, quiet_since=AT - timedelta(days=20), whole_at=AT)
    check = next_check(known)
    if day is None:
        assert check.why != "deadline"
    else:
        assert (check.why, check.at) == ("deadline", datetime(day.year, day.month, day.day, 6, tzinfo=UTC))


def test_a_removal_that_is_in_doubt_is_looked_at_again_the_same_day() -> None:
    doubted = next_check(Situation(at=AT, status="successful", removal="suspected"))
    assert (doubted.why, doubted.weight) == ("second_look", 1.0)
    assert doubted.at - AT < timedelta(days=1)
    assert next_check(Situation(at=AT, status="successful", removal="confirmed")).at == AT + LONGEST_DELAY


def test_a_file_that_could_not_be_had_is_asked_for_again_later_and_later() -> None:
    known = Situation(
        at=AT, status="successful", quiet_since=AT - timedelta(days=3_000), whole_at=AT, files_wanted=True
    )
    waits = [next_check(replace(known, unchanged=tries)).at - AT for tries in range(8)]
    assert waits[0] == SHORTEST
    assert waits == sorted(waits)
    assert timedelta(days=29) < waits[-1] == retry(AT, 10**9).at - AT <= timedelta(days=30)


def test_what_is_due_each_night_is_due_again_when_the_next_begins_earlier() -> None:
    late_in_the_night, next_begins = AT + timedelta(hours=3), AT + timedelta(hours=23, minutes=50)
    answered_today = Situation(
        at=late_in_the_night, status="waiting_classification", quiet_since=AT, whole_at=AT, looks=20, changes=20
    )
    assert next_check(answered_today).at <= next_begins
    assert retry(late_in_the_night, 0).at <= next_begins


def test_every_reason_is_explained() -> None:
    assert set(EXPLAINED) == set(WHYS)
