"""A clock that is wrong, and rules for robots that cannot be read: told once, with what to do, until they are right."""

import dataclasses
from datetime import timedelta

import pytest

from scraper.archive.database import Archive
from scraper.watch.alarms import after_run, alarms
from scraper.watch.model import Alarm, Facts, Stage
from tests.scraper.watch.conftest import ago, run
from tests.scraper.watch.years import BEGIN, Year, text


def told(facts: Facts) -> list[tuple[str, str]]:
    return [(alarm.kind, alarm.what) for alarm in alarms(facts)]


def a_week() -> Facts:
    year = Year(5)
    for day in range(7):
        year.round(day)
    return year.facts()


def test_a_clock_set_back_is_told_until_some_runs_have_begun_by_it() -> None:
    facts = a_week()
    last = dataclasses.replace(facts.sessions[-1], reasons=frozenset({"finished"}))
    wrong = dataclasses.replace(last, started_at=text(facts.now + timedelta(days=900)), ended_at=None)
    for runs_since in range(6):
        later = tuple(
            dataclasses.replace(last, started_at=text(facts.now + timedelta(days=number)), ended_at=None)
            for number in range(runs_since)
        )
        now = facts.now + timedelta(days=max(0, runs_since - 1), hours=1)
        found = dataclasses.replace(facts, sessions=(*facts.sessions, wrong, *later), now=now, published_at=text(now))
        expected = [("clock_wrong", "1 run began later than it is now, so this machine's clock is wrong, or was.")]
        assert told(found) == (expected if runs_since < 4 else [])


def test_clocks_apart_are_told_once_and_no_longer_when_they_agree(archive: Archive) -> None:
    for days, apart in ((2.0, 0), (1.0, 1), (0.1, 0)):
        head = run(archive, "update", ago(days=days), ago(days=days, hours=-2), "failed" if apart else "finished")
        counts = {"asked": 9, "listed": 4, **({"clocks_apart": 1} if apart else {})}
        run(archive, "crawl", ago(days=days), ago(days=days, hours=-1), arguments={"spider": "requests"}, counts=counts)
        found: list[Alarm] = after_run(archive, head)
        assert [one.kind for one in found if one.kind in {"clock_wrong", "runs_fail"}] == ["clock_wrong"] * apart
        assert all("timedatectl" in one.do for one in found if one.kind == "clock_wrong")


@pytest.mark.parametrize("reason", ["robots_unreadable", "robots_refuse_all"])
def test_rules_for_robots_that_stop_everything_are_told_once_since_they_did(reason: str) -> None:
    ends = [reason, reason, "failed", "finished"]
    stages = (
        Stage(command="update", runs=tuple((text(BEGIN - timedelta(days=day)), "failed") for day in range(3))),
        Stage(command="crawl", runs=tuple((text(BEGIN - timedelta(days=day)), end) for day, end in enumerate(ends))),
    )
    (alarm,) = alarms(Facts(now=BEGIN, stages=stages))
    assert (alarm.kind, alarm.since) == ("runs_fail", text(BEGIN - timedelta(days=1)))
    assert "robots.txt" in alarm.do
    right = (Stage(command="crawl", runs=((text(BEGIN), "finished"), *stages[1].runs)),)
    assert alarms(Facts(now=BEGIN, stages=right)) == []
