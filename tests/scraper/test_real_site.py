"""The whole of a captured Alaveteli site, crawled and compared with what its database held (../shared/site)."""

import json
import random
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.compare import Contents, contents, differences
from scraper.archive.database import open_archive
from tests.patience import at_some_pace, until
from tests.scraper.real_facts import assert_same, found_facts, true_facts
from tests.scraper.scripted import rows, wdtk

pytestmark = [pytest.mark.real, pytest.mark.long]

UNLISTED = "backpage_request"
HIDDEN = ("holding_pen", "hidden_request_about_personal_ma", "requester_only_request")
EMBARGOED = "embargoed_pro_request"


@contextmanager
def replaying(shared: Path, *options: str) -> Iterator[str]:
    """The address of a replay of the captured site."""
    site = shared / "site"
    command = [sys.executable, str(site / "replay.py"), str(site / "dev.warc.gz"), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate(timeout=240)


def control(base: str, command: str) -> dict[str, Any]:
    """Change the replay while it runs."""
    address = f"{base}/__replay__/{command}"
    with closing(urllib.request.urlopen(address, timeout=240)) as answer:  # noqa: S310 - our own, on loopback
        told: dict[str, Any] = json.load(answer)
        return told


def crawl(base: str, archive: Path, *what: str) -> "subprocess.CompletedProcess[str]":
    config = archive.parent / "names.toml"
    config.write_text("[archive]\nkeep_requester_names = true\n", encoding="utf-8")
    return wdtk("crawl", "--site", base, "--archive", str(archive), "--config", str(config), *what, cwd=archive.parent)


def crawl_all(base: str, archive: Path) -> None:
    """All that is listed, and the one request that is to be had and not listed."""
    for what in (["--all"], ["--request", UNLISTED]):
        done = crawl(base, archive, *what)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def replay(shared: Path) -> Iterator[str]:
    with replaying(shared) as base:
        yield base


@pytest.fixture(scope="module")
def truth(shared: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((shared / "site" / "truth.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(scope="module")
def whole(replay: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of everything, made without troubles."""
    archive = tmp_path_factory.mktemp("whole") / "archive"
    control(replay, "reset")
    crawl_all(replay, archive)
    return archive


def test_everything_a_visitor_gets_is_in_the_archive_and_nothing_else(whole: Path, truth: dict[str, Any]) -> None:
    assert_same(found_facts(whole), true_facts(truth))


def test_what_is_hidden_is_told_when_it_is_named_and_leaves_nothing_behind(
    replay: str, whole: Path, truth: dict[str, Any], tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    named = [part for slug in (*HIDDEN, EMBARGOED) for part in ("--request", slug)]
    done = crawl(replay, archive, *named)
    assert done.returncode == 1
    assert [f"The request {slug} is hidden at the source" in done.stderr for slug in HIDDEN] == [True] * 3
    assert f"The request {EMBARGOED} is not at this site" in done.stderr
    assert rows(archive, "SELECT * FROM requests") == []
    told = " ".join(reason for (reason,) in rows(archive, "SELECT reason FROM refusals ORDER BY reason"))
    assert told == "hidden hidden hidden not_found"
    secrets = [secret for request in truth["requests"] for secret in request["visitor"]["secrets"]]
    assert secrets
    for place in (archive, whole):
        assert [secret for secret in secrets if secret.encode() in everything(place)] == []


def everything(archive: Path) -> bytes:
    """All that an archive holds, in one: its tables and its stored bodies."""
    with open_archive(archive) as opened:
        bodies = b"\n".join(opened.files.get(sha256) for sha256 in opened.files.hashes())
        return bodies + "\n".join(opened.connection.iterdump()).encode()


def test_a_second_crawl_asks_with_validators_and_changes_nothing_but_times(replay: str, whole: Path) -> None:
    before = held(whole)
    done = crawl(replay, whole, "--all")
    assert done.returncode == 0
    assert "335 fetched (0 new or changed, 335 unchanged)" in done.stdout  # the one that no list shows among them
    assert differences(before, held(whole)) == []
    ((unchanged, asked),) = rows(
        whole,
        "SELECT sum(status = 304), count(*) FROM fetches"
        " WHERE page_kind NOT IN ('robots', 'listing') AND run_id = (SELECT max(id) FROM runs)",
    )
    assert unchanged == asked > 700


def held(archive: Path) -> Contents:
    with open_archive(archive) as opened:
        return contents(opened)


TROUBLES = ("error-rate=0.05", "reset-rate=0.05")
CALM = ("error-rate=0", "reset-rate=0", "rate-limit=0", "latency=0")


def test_errors_and_cut_connections_change_nothing(replay: str, whole: Path, tmp_path: Path) -> None:
    control(replay, "reset")
    control(replay, f"set?{'&'.join(TROUBLES)}")
    try:
        crawl_all(replay, tmp_path / "archive")
        statuses = control(replay, "stats")["statuses"]
    finally:
        control(replay, f"set?{'&'.join(CALM)}")
    assert {"500", "502", "503"} <= statuses.keys()
    assert differences(held(whole), held(tmp_path / "archive")) == []


def test_a_rate_limit_is_waited_for(replay: str, tmp_path: Path) -> None:
    def attempt(scale: int) -> None:
        archive = tmp_path / str(scale) / "archive"
        archive.parent.mkdir()
        control(replay, "reset")
        control(replay, f"set?rate-limit={16 // scale}")  # which a slow machine may keep without being told
        try:
            done = crawl(replay, archive, "--all", "--limit", "20")
            statuses = control(replay, "stats")["statuses"]
        finally:
            control(replay, f"set?{'&'.join(CALM)}")
        assert done.returncode == 0
        assert statuses.get("429", 0) > 0
        assert rows(archive, "SELECT count(*) FROM requests") == [(20,)]

    at_some_pace(attempt)


def test_a_crawl_that_is_killed_again_and_again_ends_as_one_that_was_not(
    replay: str, whole: Path, tmp_path: Path
) -> None:
    archive, dice = tmp_path / "archive", random.Random(4)  # noqa: S311 - a test that can be repeated
    control(replay, "reset")
    control(replay, "set?latency=0.02")
    try:
        for _ in range(4):
            kill_crawl(replay, archive, after=dice.randint(5, 60))
    finally:
        control(replay, f"set?{'&'.join(CALM)}")
    killed = rows(archive, "SELECT count(*) FROM requests")[0][0]
    assert 0 < killed < 334
    done = crawl(replay, archive, "--all")
    assert done.returncode == 0
    assert "Already fetched by the crawl that was stopped" in done.stdout
    assert crawl(replay, archive, "--request", UNLISTED).returncode == 0
    assert differences(held(whole), held(archive)) == []


def kill_crawl(base: str, archive: Path, *, after: int) -> None:
    """Kill a crawl once it has entered ``after`` more answers."""
    config = archive.parent / "names.toml"
    config.write_text("[archive]\nkeep_requester_names = true\n", encoding="utf-8")
    command = ["crawl", "--site", base, "--all", "--archive", str(archive), "--config", str(config)]
    before = fetched(archive)
    with subprocess.Popen(
        [sys.executable, "-m", "scraper", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        until(lambda: fetched(archive) >= before + after or process.poll() is not None, "nothing is fetched")
        process.kill()


def fetched(archive: Path) -> int:
    try:
        return int(rows(archive, "SELECT count(*) FROM fetches")[0][0])
    except sqlite3.OperationalError:  # not made yet
        return 0


def test_lists_cut_after_three_pages_lose_nothing(shared: Path, truth: dict[str, Any], tmp_path: Path) -> None:
    with replaying(shared, "--max-pages", "3", "--noisy-counts", "0.15") as base:
        crawl_all(base, tmp_path / "archive")
        assert_same(found_facts(tmp_path / "archive"), true_facts(truth))
        assert lists_and_rows(tmp_path / "archive", truth) < 0.6
        body, listed = max(by_authority(truth).items(), key=lambda item: len(item[1]))
        assert len(listed) > 75
        assert crawl(base, tmp_path / "one", "--authority", body).returncode == 0
    assert {number for (number,) in rows(tmp_path / "one", "SELECT id FROM requests")} == listed
    assert rows(tmp_path / "one", "SELECT * FROM refusals") == []


def lists_and_rows(archive: Path, truth: dict[str, Any]) -> float:
    """Requests spent on lists for each request found, where every list was read to its end and shows what is so."""
    assert rows(archive, "SELECT DISTINCT result FROM enumerations ORDER BY 1") == [("parted",), ("whole",)]
    listed = {number for numbers in by_authority(truth).values() for number in numbers}
    assert {number for (number,) in rows(archive, "SELECT request_id FROM listed")} == listed
    ((pages,),) = rows(archive, "SELECT count(*) FROM fetches WHERE page_kind = 'listing'")
    return float(pages / len(listed))


def by_authority(truth: dict[str, Any]) -> dict[str, set[int]]:
    """Ids of the requests in lists, by authority."""
    found: dict[str, set[int]] = {}
    for request in truth["requests"]:
        if request["visitor"]["listed"]:
            found.setdefault(request["public_body"], set()).add(request["id"])
    return found


def test_days_are_those_of_the_events(replay: str, truth: dict[str, Any], tmp_path: Path) -> None:
    first, last = "2012-01-01", "2013-06-30"
    expected = {
        request["id"]
        for request in truth["requests"]
        for event in request["visitor"].get("events", ())
        if request["visitor"]["listed"]
        and event["type"] in {"sent", "followup_sent", "response", "comment"}
        and first <= datetime.fromisoformat(event["created_at"]).astimezone(UTC).date().isoformat() <= last
    }
    assert len(expected) > 10
    assert crawl(replay, tmp_path / "archive", "--since", first, "--until", last).returncode == 0
    assert {number for (number,) in rows(tmp_path / "archive", "SELECT id FROM requests")} == expected
