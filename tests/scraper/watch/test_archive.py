"""What is measured in an archive, and what an archive alone tells the rules."""

import json
import re
import sqlite3
from datetime import date, timedelta
from email.utils import format_datetime

import pytest

from scraper.archive.database import Archive
from scraper.config import AccessRecord, Config
from scraper.watch import facts, measures, state
from scraper.watch.alarms import after_run, alarms, clock
from tests.scraper.publishing.archives import REFUSAL, Seeds, refused
from tests.scraper.watch.conftest import ago, run, update

LARGE = {"requests", "messages", "attachments", "fetches", "checks", "listed", "documents", "files", "pages", "events",
         "withdrawals", "readings"}  # fmt: skip


def told(archive: Archive, run_id: int, config: Config | None = None) -> set[str]:
    return {alarm.kind for alarm in after_run(archive, run_id, config=config)}


def test_an_archive_with_nothing_in_it_is_well(archive: Archive) -> None:
    assert after_run(archive, run(archive, "update", ago(hours=1), None, None)) == []


def test_measures_say_what_was_looked_at_and_what_waits(archive: Archive, seeds: Seeds) -> None:
    seeds.authority(requests_count=9)
    refused(seeds, 7, last_checked_at=ago(minutes=10))
    refused(seeds, 8, last_checked_at=ago(minutes=5), unexplained='["a box"]')
    seeds.request(9, last_checked_at=ago(days=3))
    seeds.attachment(1, "incoming-72", seeds.file(b"a letter"))
    seeds.attachment(2, "incoming-72")
    seeds.attachment(3, "incoming-82", seeds.document([REFUSAL]))
    for number, due in ((7, ago(hours=-5)), (8, ago(hours=5)), (9, ago(days=9))):
        seeds.insert("checks", request_id=number, next_check_at=due, why="waiting", weight=0.5)
    run_id = run(archive, "update", ago(hours=1), None, None)
    listed: list[tuple[str, int | None]] = [("request_7", 7), ("another", None)]
    for slug, held in listed:
        times = {"run_id": run_id, "first_listed_at": ago(days=1), "last_listed_at": ago(days=1)}
        seeds.insert("listed", slug=slug, request_id=held, **times)
    after_run(archive, run_id)
    found = measures.kept(archive.connection, run_id)
    expected = {
        "held": 3, "known": 9, "listed": 2, "listed_missing": 1, "planned": 3, "due": 2, "late": 1, "unread": 1,
        "unfetched": 1, "looked": 2, "with_messages": 2, "with_attachments": 2, "with_readings": 2, "with_citations": 2,
        "unexplained": 1, "failed_pages": 0, "withdrawn": 0,
    }  # fmt: skip
    assert found.items() >= expected.items()
    assert found["disk_free"] > 0


def test_a_publish_by_a_wrong_clock_is_not_the_newest_for_years(archive: Archive) -> None:
    run(archive, "publish", ago(days=-3_000), ago(days=-3_000))
    of_late = ago(days=3)
    run(archive, "publish", of_late, of_late)
    update(archive, 1, counts={"asked": 9, "listed": 4})
    archive.connection.execute("DELETE FROM runs WHERE command = 'publish' AND id > 2")
    found = facts.gather(archive.connection, now=clock())
    assert found.published_at == of_late
    assert "publish_behind" in {alarm.kind for alarm in alarms(found)}


def test_what_was_asked_by_a_clock_that_was_ahead_is_counted_when_the_site_says_it_was(
    archive: Archive, seeds: Seeds
) -> None:
    run_id = run(archive, "crawl", ago(hours=2), ago(hours=1), counts={"asked": 5})
    run(archive, "crawl", ago(days=-900), ago(days=-900), counts={"asked": 70})
    now = clock()
    of_late, of_before = (format_datetime(now - timedelta(days=days), usegmt=True) for days in (0.5, 2))
    times = [(ago(hours=2), None), (ago(days=2), of_late), (ago(days=-900), of_late), (ago(days=-900), of_before)]
    for fetched_at, said in [*times, (ago(days=-900), None)]:
        headers = json.dumps({"date": said} if said else {})
        row = {"run_id": run_id, "url": "x", "fetched_at": fetched_at, "status": 200, "page_kind": "request"}
        seeds.insert("fetches", **row, headers=headers)
    assert state.state_of(archive.path.parent, Config(), now=now).asked == 2


def test_a_killed_update_is_not_told_of_what_the_next_one_met(archive: Archive) -> None:
    run(archive, "update", ago(hours=9), None, "killed")
    update(archive, 0.2, reason="challenge", counts={"asked": 9})
    first, second = facts.gather(archive.connection, now=clock()).sessions
    assert set(first.reasons) == {"killed"}
    assert "challenge" in second.reasons


def test_a_removal_that_was_seen_by_a_wrong_clock_does_not_wait_in_silence(archive: Archive, seeds: Seeds) -> None:
    seeds.insert("withdrawals", subject="request/7", state="hidden", first_seen_at=ago(days=-3_000),
                 last_seen_at=ago(days=-3_000))  # fmt: skip
    assert "removals_wait" in {alarm.kind for alarm in alarms(facts.gather(archive.connection, now=clock()))}


def test_measuring_once_more_replaces_what_was_measured(archive: Archive, seeds: Seeds) -> None:
    run_id = run(archive, "update", ago(hours=1), None, None)
    after_run(archive, run_id)
    seeds.authority()
    refused(seeds, 7)
    after_run(archive, run_id)
    assert measures.kept(archive.connection, run_id)["held"] == 1


def test_an_update_is_judged_together_with_the_crawls_in_it(archive: Archive) -> None:
    for days in (3, 2, 1):
        run(archive, "crawl", ago(days=days, minutes=-1), ago(days=days, minutes=-2),
            arguments={"spider": "authorities"}, counts={"authorities": 4, "asked": 1})  # fmt: skip
        update(archive, days, counts={"requests_stored": 5, "asked": 20})
    run(archive, "crawl", ago(hours=8), ago(hours=7), arguments={"spider": "requests"}, counts={"asked": 9})
    found = facts.gather(archive.connection, now=clock())
    assert [session.counts["asked"] for session in found.sessions] == [20, 20, 20]
    assert [session.found for session in found.sessions] == [5, 5, 5]


def test_without_updates_each_crawl_is_judged(archive: Archive) -> None:
    run(archive, "crawl", ago(days=1), ago(hours=23), arguments={"spider": "authorities"}, counts={"asked": 1})
    run(archive, "crawl", ago(days=1), ago(hours=22), "challenge", arguments={"spider": "requests"})
    found = facts.gather(archive.connection, now=clock())
    assert [session.reasons for session in found.sessions] == [{"challenge"}]


def test_a_challenge_in_the_crawl_of_an_update_is_told(archive: Archive) -> None:
    update(archive, 2, counts={"requests_stored": 5, "asked": 20})
    head = update(archive, 0.2, reason="challenge", counts={"asked": 1})
    assert told(archive, head) == {"challenge"}
    archive.connection.execute("UPDATE runs SET finish_reason = 'failed' WHERE command = 'update'")
    assert told(archive, head) == {"challenge"}, "to run it again at once would be bad advice"


def test_a_crawl_that_found_nothing_is_told_and_lists_count_as_found(archive: Archive, seeds: Seeds) -> None:
    head = update(archive, 0.2, counts={"asked": 12})
    assert told(archive, head) == {"found_nothing"}
    row = {"url": "https://source.invalid/list/all", "began_at": ago(hours=4), "pages": 1, "rows": 25}
    seeds.insert("enumerations", run_id=head + 1, **row)
    assert told(archive, head) == set()


def test_the_first_updates_of_what_was_crawled_by_hand_may_be_quiet(archive: Archive, seeds: Seeds) -> None:
    seeds.authority()
    seeds.request()
    for days in range(25, 6, -1):
        assert "found_nothing" not in told(archive, update(archive, days, counts={"asked": 2}))
    assert "found_nothing" in told(archive, update(archive, 6, counts={"asked": 2}))


def test_removals_that_nobody_looked_at_again_are_told(archive: Archive, seeds: Seeds) -> None:
    times = {"first_seen_at": ago(hours=5), "last_seen_at": ago(hours=5)}
    seeds.insert("withdrawals", subject="request/7", request_id=7, state="not_found", **times)
    run_id = run(archive, "update", ago(hours=1), None, None)
    assert told(archive, run_id) == {"removals_wait"}
    archive.connection.execute("UPDATE withdrawals SET confirmed_at = ?", [ago(hours=5)])
    assert told(archive, run_id) == {"removals_wait"}
    archive.connection.execute("UPDATE withdrawals SET erased_at = ?", [ago(hours=1)])
    assert told(archive, run_id) == set()


def test_what_a_page_lacked_last_night_waits_for_the_next(archive: Archive, seeds: Seeds) -> None:
    run_id = run(archive, "update", ago(hours=1), None, None)
    given = {"subject": "comment-2", "request_id": 7, "state": "absent", "evidence": "not_listed"}
    seeds.insert("withdrawals", **given, first_seen_at=ago(hours=20), last_seen_at=ago(hours=20))
    assert told(archive, run_id) == set()
    archive.connection.execute("UPDATE withdrawals SET first_seen_at = ?", [ago(days=9)])
    assert told(archive, run_id) == {"removals_wait"}


def test_what_was_forgotten_here_waits_for_nothing(archive: Archive, seeds: Seeds) -> None:
    times = {"first_seen_at": ago(hours=50), "last_seen_at": ago(hours=50)}
    seeds.insert("withdrawals", subject="request/7", request_id=7, state="forgotten", **times)
    assert told(archive, run(archive, "update", ago(hours=1), None, None)) == set()


def test_the_permission_is_judged_for_a_site_elsewhere_alone(archive: Archive) -> None:
    run_id = run(archive, "update", ago(hours=1), None, None)
    record = AccessRecord(permission_from="the site's staff", until=date(2020, 1, 1))
    assert told(archive, run_id, Config(access=record)) == {"access_ended"}
    assert told(archive, run_id, Config(access=record, site="http://127.0.0.1:9")) == set()


@pytest.mark.parametrize("counts", ["[]", "{", '{"asked": "many", "documents read": null}'])
def test_counts_that_make_no_sense_are_left_out(archive: Archive, counts: str) -> None:
    run_id = run(archive, "crawl", ago(hours=2), ago(hours=1))
    archive.connection.execute("UPDATE runs SET counts = ?", [counts])
    assert told(archive, run_id) == set()


def plans(connection: sqlite3.Connection, statement: str) -> list[str]:
    values = dict.fromkeys(re.findall(r":([a-z]+)", statement), "2026-01-01T00:00:00Z")
    found = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values or ["x"] * statement.count("?"))
    return [row[3] for row in found]


STATEMENTS = [
    *measures._BACKLOG.values(), measures._LOOKED, state._LAST_RUNS, state._MEASURED, state._ASKED, state._ASKED_LATER,
    state._CHECKED, facts._PUBLISHED, facts._ROWS, facts._RUNS, facts._STAGE,
]  # fmt: skip


@pytest.mark.parametrize("statement", STATEMENTS)
def test_status_goes_through_no_large_table(archive: Archive, statement: str) -> None:
    scanned = [
        re.match(r"SCAN (\w+)(?! USING (?:COVERING|PARTIAL)? ?INDEX)", plan)
        for plan in plans(archive.connection, statement)
    ]
    whole = {match[1] for match in scanned if match} - {"looked"}
    indexed = {plan.split()[1] for plan in plans(archive.connection, statement) if " INDEX " in plan}
    assert (whole - indexed) & LARGE <= {"checks"}
