"""A year that goes well is quiet; each thing that goes wrong is told, says since when, and what to do."""

import dataclasses
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.watch.alarms import alarms
from scraper.watch.model import AlarmKind, Facts, Session, Stage, Waiting
from tests.scraper.watch.years import BEGIN, Year, text

pytestmark = pytest.mark.long

Wrong = Callable[[int, dict[str, Any]], None]
DAY = 100


def kinds(facts: Facts) -> set[str]:
    return {alarm.kind for alarm in alarms(facts)}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("size", "budget"), [(40_000, 4_000), (1_200, 1_000), (600_000, 10_000)])
def test_a_year_that_goes_well_raises_no_alarm(seed: int, size: int, budget: int) -> None:
    year = Year(seed, size=size, budget=budget)
    for day in range(365):
        year.round(day)
        assert [alarm.sentence for alarm in alarms(year.facts())] == []


@pytest.mark.parametrize("seed", range(3))
def test_three_years_of_weekly_runs_raise_no_alarm(seed: int) -> None:
    year = Year(seed, every=7)
    for day in range(0, 3 * 365, 7):
        year.round(day)
        assert [alarm.sentence for alarm in alarms(year.facts(access_until=None))] == []


def scaled(name: str, by: float) -> Wrong:
    return lambda _, values: values.update({name: int(values[name] * by)})


def growing(name: str, by: int) -> Wrong:
    return lambda day, values: values.update({name: values[name] + by * (day - DAY)})


def fixed(**wrong: Any) -> Wrong:
    return lambda _, values: values.update(wrong)


@pytest.mark.parametrize(
    ("kind", "within", "wrong"),
    [
        ("fill_fell", 3, scaled("with_attachments", 0.1)),
        ("fill_fell", 3, scaled("with_messages", 0.5)),
        ("fill_fell", 3, scaled("with_readings", 0.2)),
        ("fill_fell", 3, scaled("with_citations", 0.1)),
        ("fill_fell", 3, lambda _, values: values.update(failed_pages=2 * values["looked"])),
        ("unknown_things", 3, fixed(unknown_values=300)),
        ("unknown_things", 3, lambda _, values: values.update(unexplained=values["looked"] // 2)),
        ("unreadable_rose", 3, fixed(unreadable_share=0.5)),
        ("bulk_removals", 1, lambda _, values: values.update(withdrawn=values["looked"] // 3)),
        ("backlog_grows", 15, growing("unread", 200)),
        ("backlog_grows", 15, growing("unfetched", 50)),
        ("backlog_grows", 15, growing("late", 50)),
        ("found_nothing", 1, fixed(found=0, changed=0)),
        ("found_nothing", 4, fixed(changed=0)),
        ("challenge", 1, fixed(reasons={"finished", "challenge"})),
        ("runs_fail", 3, fixed(reasons={"unreachable"})),
        ("budget_exhausted", 3, lambda day, values: values.update(reasons={"budget"}, due=3_000 + 100 * (day - DAY))),
        ("disk_fills", 20, lambda day, values: values.update(disk_free=int(100e9 - 5e9 * (day - DAY)))),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_told_soon_and_until_it_is_right_again(kind: AlarmKind, within: int, wrong: Wrong) -> None:
    year, told = Year(7), []
    for day in range(DAY + 16):
        year.round(day, wrong if day >= DAY else None)
        found = [alarm for alarm in alarms(year.facts()) if alarm.kind == kind]
        assert not found or day >= DAY
        told += [day] if found else []
    assert told
    assert told[0] < DAY + within
    assert told == list(range(told[0], DAY + 16))
    for day in range(DAY + 16, DAY + 60):
        year.round(day)
    assert kind not in kinds(year.facts())


def test_quiet_days_of_a_small_archive_are_no_alarm() -> None:
    chance, year = random.Random(4), Year(1, size=100)  # noqa: S311 - invented days
    for day in range(365):
        found = chance.choice([0, 0, 1, 3]) if day else 3
        year.round(day, lambda _, values, found=found: values.update(found=found, changed=min(found, 1)))  # type: ignore[misc]
        assert "found_nothing" not in kinds(year.facts())
    for day in range(365, 395):
        year.round(day, fixed(found=0, changed=0))
    assert "found_nothing" in kinds(year.facts())


def test_an_archive_that_never_found_anything_is_told() -> None:
    year = Year(1)
    year.round(0, fixed(found=0, changed=0))
    assert "found_nothing" in kinds(year.facts())


def test_an_alarm_says_since_when() -> None:
    year = Year(3)
    for day in range(60):
        year.round(day, scaled("with_readings", 0.1) if day >= 50 else None)
    (alarm,) = (one for one in alarms(year.facts()) if one.kind == "fill_fell")
    assert alarm.since == year.sessions[50].started_at
    assert f"Since {alarm.since[:10]}" in alarm.sentence


def test_a_young_archive_raises_nothing() -> None:
    assert alarms(Facts(now=BEGIN)) == []
    year = Year(1)
    for day in range(3):
        year.round(day, scaled("with_readings", 0.0) if day == 2 else None)
    assert alarms(year.facts(published_at=None)) == []


def test_an_outage_taken_for_removals_is_told_of_a_young_archive_too() -> None:
    year = Year(1)
    year.round(0, lambda _, values: values.update(withdrawn=values["looked"]))
    assert kinds(year.facts()) == {"bulk_removals"}


def running(days: int = 20) -> Year:
    year = Year(5)
    for day in range(days):
        year.round(day)
    return year


def test_no_run_for_longer_than_the_schedule_is_told() -> None:
    facts = running().facts()
    last = datetime.fromisoformat(facts.sessions[-1].ended_at or "")
    assert kinds(dataclasses.replace(facts, now=last + timedelta(hours=30))) == set()
    assert kinds(dataclasses.replace(facts, now=last + timedelta(hours=50))) == {"no_run"}


def test_an_archive_that_was_updated_once_and_left_is_told() -> None:
    facts = running(1).facts()
    began = datetime.fromisoformat(facts.sessions[0].started_at)
    assert kinds(dataclasses.replace(facts, now=began + timedelta(days=14))) == set()
    assert kinds(dataclasses.replace(facts, now=began + timedelta(days=16))) == {"no_run"}
    assert kinds(dataclasses.replace(facts, now=began + timedelta(days=16), stages=())) == set()


def test_a_run_that_never_ends_is_told() -> None:
    facts = running().facts()
    last = dataclasses.replace(facts.sessions[-1], ended_at=None, reasons=frozenset())
    began = datetime.fromisoformat(last.started_at)
    hung = dataclasses.replace(facts, sessions=(*facts.sessions[:-1], last))
    assert kinds(dataclasses.replace(hung, now=began + timedelta(hours=20))) == set()
    assert kinds(dataclasses.replace(hung, now=began + timedelta(hours=60))) == {"no_run"}


def test_the_permission_is_told_before_it_ends_and_afterwards() -> None:
    facts = running().facts()
    today = facts.now.date()
    assert kinds(dataclasses.replace(facts, access_until=today + timedelta(days=15))) == set()
    assert kinds(dataclasses.replace(facts, access_until=today + timedelta(days=14))) == {"access_ends"}
    assert kinds(dataclasses.replace(facts, access_until=today)) == {"access_ends"}
    assert kinds(dataclasses.replace(facts, access_until=today - timedelta(days=1))) == {"access_ended"}


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        (["failed", "finished"], True),
        (["archive_failed"], True),
        ([None, "failed"], True),  # one is under way; the last that ended failed
        (["finished", "failed"], False),
        (["killed", "finished"], False),
        (["killed", "killed"], True),
        (["interrupted", "finished"], False),
        ([], False),
    ],
)
def test_a_stage_that_fails_is_told(reasons: list[str | None], told: bool) -> None:
    runs = tuple((text(BEGIN - timedelta(days=number)), reason) for number, reason in enumerate(reasons))
    facts = Facts(now=BEGIN, stages=(Stage(command="publish", runs=runs),))
    assert kinds(facts) == ({"runs_fail"} if told else set())


def test_removals_that_wait_are_told_after_four_hours() -> None:
    facts = running().facts()
    for hours, told in ((3, set()), (5, {"removals_wait"})):
        waiting = Waiting(count=2, since=text(facts.now - timedelta(hours=hours)))
        assert kinds(dataclasses.replace(facts, suspected=waiting)) == told
        assert kinds(dataclasses.replace(facts, unerased=waiting)) == told


def test_what_pages_lack_may_wait_for_the_next_update_be_it_in_a_week() -> None:
    facts = running().facts()
    for days, told in ((7.5, set()), (9, {"removals_wait"})):
        waiting = Waiting(count=1, since=text(facts.now - timedelta(days=days)))
        assert kinds(dataclasses.replace(facts, lacking=waiting)) == told


def test_removals_that_are_doubted_are_told_at_once() -> None:
    facts = running().facts()
    waiting = Waiting(count=9, since=text(facts.now))
    assert kinds(dataclasses.replace(facts, doubted=waiting)) == {"bulk_removals"}


def test_a_published_database_that_is_behind_is_told() -> None:
    facts = running().facts()
    behind = dataclasses.replace(facts, published_at=facts.sessions[-2].ended_at)
    assert kinds(behind) == set()  # the publish may be under way
    assert kinds(dataclasses.replace(behind, now=facts.now + timedelta(hours=12))) == {"publish_behind"}
    later = text(facts.now + timedelta(days=300))  # by a clock that was wrong, once, some runs ago
    strange = dataclasses.replace(facts.sessions[-9], started_at=later, ended_at=later)
    sessions = (*facts.sessions[:-9], strange, *facts.sessions[-8:])
    odd = dataclasses.replace(behind, sessions=sessions, now=facts.now + timedelta(hours=12))
    assert kinds(odd) == {"publish_behind"}
    erased = dataclasses.replace(behind, erased_at=facts.sessions[-1].started_at)
    assert kinds(dataclasses.replace(erased, now=facts.now + timedelta(hours=4))) == {"publish_behind"}


def test_a_disk_nearly_full_is_told() -> None:
    assert kinds(Facts(now=BEGIN, disk_free=100_000_000, archive_bytes=1)) == {"disk_fills"}
    assert kinds(Facts(now=BEGIN, disk_free=5_000_000_000, archive_bytes=40_000_000_000)) == {"disk_fills"}
    assert kinds(Facts(now=BEGIN, disk_free=50_000_000_000, archive_bytes=40_000_000_000)) == set()


COUNT = st.integers(0, 10**7)
TIME = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(text)  # noqa: DTZ001 - made UTC by its text
NAMES = ["asked", "changed", "unknown_values", "looked", "unexplained", "with_readings", "failed_pages", "withdrawn",
         "due", "listed_missing", "late", "unread", "disk_free"]  # fmt: skip
REASON = st.sampled_from(["finished", "budget", "challenge", "failed", "killed", "unreachable", "anything"])
SESSION = st.builds(
    Session,
    run_id=COUNT,
    started_at=TIME,
    ended_at=st.none() | TIME,
    reasons=st.frozensets(REASON),
    counts=st.dictionaries(st.sampled_from(NAMES), COUNT),
    found=COUNT,
    measures=st.dictionaries(st.sampled_from(NAMES), COUNT),
)
FACTS = st.builds(
    Facts,
    now=TIME.map(datetime.fromisoformat),
    sessions=st.lists(SESSION, max_size=40).map(tuple),
    read_batches=st.lists(st.tuples(TIME, st.dictionaries(st.sampled_from(["read", "damaged"]), COUNT))).map(tuple),
    published_at=st.none() | TIME,
    erased_at=st.none() | TIME,
    suspected=st.builds(Waiting, count=COUNT, since=st.none() | TIME),
    lacking=st.builds(Waiting, count=COUNT, since=st.none() | TIME),
    doubted=st.builds(Waiting, count=COUNT, since=st.none() | TIME),
    unerased=st.builds(Waiting, count=COUNT, since=st.none() | TIME),
    access_until=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    disk_free=st.none() | COUNT,
    archive_bytes=st.none() | COUNT,
)


@settings(max_examples=80, deadline=None)
@given(FACTS)
def test_whatever_the_facts_the_rules_end_in_sentences_of_known_kinds(facts: Facts) -> None:
    for alarm in alarms(facts):
        assert alarm.kind in get_args(AlarmKind)
        assert alarm.what.endswith(".")
        assert alarm.do.endswith((".", "`."))
        assert "None" not in alarm.sentence
        assert "\n" not in alarm.sentence


@settings(max_examples=60, deadline=None)
@given(FACTS)
def test_without_history_only_what_is_so_now_is_told(facts: Facts) -> None:
    young = dataclasses.replace(facts, sessions=(), read_batches=(), published_at=None)
    assert kinds(young) <= {"access_ends", "access_ended", "bulk_removals", "disk_fills", "removals_wait"}
