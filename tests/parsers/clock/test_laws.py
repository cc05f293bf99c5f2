"""The times of each law, by the worked examples of acts, regulations and guidance."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.clock import AccessRegime, due_day, is_working_day
from parsers.clock.buckets import extension_bucket, review_bucket
from parsers.clock.laws import EXTENSION, REVIEW, answer_within, is_school
from parsers.clock.records import Basis
from parsers.clock.reviews import ReviewHappening, reviews
from parsers.law.table import exists


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2025-01-02", "2 January is a holiday in Scotland"),
        ("2025-03-17", "St Patrick's Day, in Northern Ireland"),
        ("2024-07-12", "the Battle of the Boyne, in Northern Ireland"),
        ("2025-08-04", "the first Monday of August, in Scotland"),
        ("2023-11-30", "St Andrew's Day, in Scotland"),
        ("2025-04-21", "Easter Monday, everywhere but in Scotland"),
        ("2025-04-18", "Good Friday"),
        ("2023-12-25", "Christmas Day"),
        ("2011-04-29", "the royal wedding"),
        ("2012-06-04", "the spring holiday, moved"),
        ("2012-06-05", "the Diamond Jubilee"),
        ("2020-05-08", "the early May holiday, moved"),
        ("2022-06-02", "the spring holiday, moved"),
        ("2022-06-03", "the Platinum Jubilee"),
        ("2022-09-19", "the State Funeral"),
        ("2023-05-08", "the Coronation"),
        ("2026-06-15", "the World Cup, in Scotland"),
    ],
)
def test_a_holiday_in_any_part_lengthens_the_time_of_every_english_council(day: str, why: str) -> None:
    assert not is_working_day(date.fromisoformat(day), regime="FOIA"), why
    assert not is_working_day(date.fromisoformat(day), regime="EIR"), why


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        ("2025-01-02", True),
        ("2025-08-04", True),
        ("2023-11-30", True),
        ("2025-04-18", True),
        ("2025-04-21", False),
        ("2025-03-17", False),
        ("2024-07-12", False),
        ("2025-08-25", False),
        # Moved to 4 June, the spring holiday left 28 May a working day; so did that of early May in 2020.
        ("2012-05-28", False),
        ("2020-05-04", False),
    ],
)
def test_scotland_leaves_out_its_own_holidays_alone(day: str, holiday: bool) -> None:
    assert is_working_day(date.fromisoformat(day), regime="FOISA") is not holiday
    assert is_working_day(date.fromisoformat(day), regime="EISR") is not holiday


def test_days_on_which_an_office_alone_is_closed_count() -> None:
    assert is_working_day(date(2024, 12, 24), regime="FOIA")
    assert is_working_day(date(2024, 12, 27), regime="FOIA")


@pytest.mark.parametrize(
    ("regime", "extended", "within"),
    [("FOIA", False, 20), ("FOIA", True, 40), ("EIR", True, 40), ("EISR", True, 40), ("FOISA", True, 20)],
)
def test_how_long_an_answer_may_take(regime: AccessRegime, extended: bool, within: int) -> None:
    assert answer_within(regime, school=False, extended=extended) == (within, within)


def test_a_school_has_sixty_working_days_at_the_latest() -> None:
    assert answer_within("FOIA", school=True) == (20, 60)
    assert answer_within("FOIA", school=True, extended=True) == (40, 80)


@pytest.mark.parametrize(
    ("tag", "regime", "school"),
    [
        ("school", "FOIA", True),
        ("academy_trust", "FOIA", True),
        ("school", "EIR", False),
        ("school", "FOISA", False),
        ("university", "FOIA", False),
    ],
)
def test_schools_have_it_under_the_act_alone(tag: str, regime: AccessRegime, school: bool) -> None:
    assert is_school([(tag, None)], regime=regime) is school


def test_every_provision_that_is_named_is_one_of_the_law_table() -> None:
    assert all(exists(regime, extension.provision) for regime, extension in EXTENSION.items())
    assert all(exists(regime, time.provision) for regime, time in REVIEW.items())


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(0, "5 or less"), (5, "5 or less"), (6, "6 to 10"), (20, "16 to 20"), (21, "21 to 30"), (40, "31 to 40"),
     (60, "41 to 60"), (100, "81 to 100"), (101, "More than 100")],
)  # fmt: skip
def test_extensions_are_counted_in_the_steps_of_the_official_table(days: int, bucket: str) -> None:
    assert extension_bucket(days) == bucket


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(0, "10 or less"), (10, "10 or less"), (11, "11 to 20"), (20, "11 to 20"), (21, "21 to 40"), (41, "41 to 60"),
     (100, "81 to 100"), (101, "More than 100")],
)  # fmt: skip
def test_reviews_are_counted_in_the_steps_of_the_official_table(days: int, bucket: str) -> None:
    assert review_bucket(days) == bucket


ASKED = date(2024, 6, 3)
"""A Monday: the 20th working day after it is 1 July, the 40th 30 July, for FOISA 29 July."""


def asked(day: date | None = ASKED) -> ReviewHappening:
    return ReviewHappening(kind="asked", day=day, basis=Basis(message="outgoing-2"))


def decided(day: date) -> ReviewHappening:
    return ReviewHappening(kind="decided", day=day, basis=Basis(message="incoming-3"), outcome="upheld")


@pytest.mark.parametrize(
    ("regime", "day", "timing", "due", "latest"),
    [
        ("FOIA", "2024-07-01", "in_time", "2024-07-01", "2024-07-30"),
        ("FOIA", "2024-07-30", "permitted_extension", "2024-07-01", "2024-07-30"),
        ("FOIA", "2024-07-31", "late", "2024-07-01", "2024-07-30"),
        ("EIR", "2024-07-30", "in_time", "2024-07-30", "2024-07-30"),
        ("EIR", "2024-07-31", "late", "2024-07-30", "2024-07-30"),
        ("FOISA", "2024-07-01", "in_time", "2024-07-01", "2024-07-01"),
        ("FOISA", "2024-07-02", "late", "2024-07-01", "2024-07-01"),
        ("EISR", "2024-07-02", "late", "2024-07-01", "2024-07-01"),
    ],
)
def test_how_long_a_review_may_take(regime: AccessRegime, day: str, timing: str, due: str, latest: str) -> None:
    (review,) = reviews([asked(), decided(date.fromisoformat(day))], regime=regime, looked=None)
    assert (review.timing, str(review.due), str(review.due_at_latest)) == (timing, due, latest)


def test_a_further_message_chases_a_review_and_asks_for_no_other() -> None:
    later = asked(date(2024, 7, 15))
    (review,) = reviews([asked(), later, decided(date(2024, 7, 20))], regime="FOIA", looked=None)
    assert review.asked == asked()
    two = reviews([asked(), decided(date(2024, 7, 10)), later], regime="FOIA", looked=date(2024, 7, 20))
    assert [one.outcome for one in two] == ["upheld", "open"]
    assert two[1].timing == "open"


def test_a_review_is_overdue_where_guidance_has_run_out() -> None:
    assert [one.timing for one in reviews([asked()], regime="FOIA", looked=date(2024, 7, 30))] == ["open"]
    assert [one.timing for one in reviews([asked()], regime="FOIA", looked=date(2024, 7, 31))] == ["overdue"]
    assert [one.timing for one in reviews([asked()], regime=None, looked=date(2024, 7, 31))] == ["not_known"]


def test_an_outcome_that_nobody_is_seen_to_have_asked_for_is_a_review_all_the_same() -> None:
    (review,) = reviews([decided(date(2024, 7, 10))], regime="FOIA", looked=None)
    assert (review.asked, review.outcome, review.timing, review.working_days) == (None, "upheld", "not_known", None)


@given(st.lists(st.sampled_from(["asked", "decided", "answered"]), max_size=8))
def test_each_outcome_belongs_to_one_review_and_none_is_lost(kinds: list[str]) -> None:
    told = [
        ReviewHappening(kind=kind, day=ASKED, basis=Basis(message=str(number)))  # type: ignore[arg-type]  # of the list above
        for number, kind in enumerate(kinds)
    ]
    found = reviews(told, regime="FOIA", looked=due_day(ASKED, regime="FOIA"))
    assert sum(one.decided is not None and one.decided.kind == "decided" for one in found) == kinds.count("decided")
    assert sum(one.outcome == "open" for one in found) <= 1
    messages = [one.basis.message for review in found for one in (review.asked, review.decided) if one]
    assert len(messages) == len(set(messages))
