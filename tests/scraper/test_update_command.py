"""``wdtk update`` as a timer runs it: what it asks for, what it says, and how it ends."""

import fcntl
import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.database import open_archive
from scraper.updating import stages
from scraper.updating.stages import Plan
from tests.patience import until
from tests.scraper.pages import CHALLENGE, HIDDEN, Reply, file, text
from tests.scraper.scripted import ScriptedSite, rows, scrapy, wdtk


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with ScriptedSite() as running:
        running.request("grit_bins", 7, files={"a.pdf": file(b"%PDF-1.4 letter")})
        running.request("road_works", 8)
        yield running


def update(site: ScriptedSite, folder: Path) -> "subprocess.CompletedProcess[str]":
    site.asked.clear()
    return wdtk("update", "--site", site.base, "--archive", "a", "--public", "public.db", cwd=folder)


def make_due(folder: Path, *, whole: bool = False) -> None:
    """As if the time had come."""
    with closing(sqlite3.connect(folder / "a" / "archive.db", isolation_level=None)) as connection:
        why = "whole" if whole else "settled"
        connection.execute("UPDATE checks SET next_check_at = '2001-01-01T00:00:00Z', why = ?", [why])


def test_it_fills_an_archive_reads_and_publishes_it(site: ScriptedSite, tmp_path: Path) -> None:
    done = update(site, tmp_path)
    told = [line.partition(":")[0] for line in done.stdout.splitlines()]
    assert told == [
        "authorities", "lists", "due", "second looks", "erase", "read", "publish", "checks", "alarms",
    ]  # fmt: skip
    assert "2 fetched (2 new or changed)" in done.stdout
    assert rows(tmp_path / "a", "SELECT id FROM requests ORDER BY id") == [(7,), (8,)]
    assert (tmp_path / "public.db").is_file()
    assert rows(tmp_path / "a", "SELECT count(*) FROM checks WHERE whole_at IS NOT NULL") == [(2,)]


def test_what_is_not_due_is_not_asked_for(site: ScriptedSite, tmp_path: Path) -> None:
    update(site, tmp_path)
    update(site, tmp_path)
    assert not [path for path in site.paths() if path.startswith("/request/")]
    assert len(site.paths()) <= 2


def test_what_is_due_is_looked_at_by_its_json_alone_when_nothing_has_happened(
    site: ScriptedSite, tmp_path: Path
) -> None:
    update(site, tmp_path)
    make_due(tmp_path)
    done = update(site, tmp_path)
    assert sorted(path for path in site.paths() if path.startswith("/request/")) == [
        "/request/grit_bins.json",
        "/request/road_works.json",
    ]
    assert "2 looked at and as before, 0 fetched" in done.stdout


def test_a_whole_look_asks_for_page_and_files(site: ScriptedSite, tmp_path: Path) -> None:
    update(site, tmp_path)
    make_due(tmp_path, whole=True)
    update(site, tmp_path)
    assert [path for path in site.paths() if "grit_bins" in path] == [
        "/request/grit_bins.json",
        "/request/grit_bins",
        "/request/grit_bins/response/7/attach/2/a.pdf",
    ]


def test_one_stage_that_fails_costs_only_itself(site: ScriptedSite, tmp_path: Path) -> None:
    update(site, tmp_path)
    (tmp_path / "public.db").unlink()
    site.say("/robots.txt", CHALLENGE)
    done = update(site, tmp_path)
    assert done.returncode == 1
    assert "challenge" in done.stdout + done.stderr
    assert (tmp_path / "public.db").is_file()


def test_a_page_in_place_of_robots_txt_needs_a_person_and_nothing_is_asked(site: ScriptedSite, tmp_path: Path) -> None:
    site.say("/robots.txt", text("Down for maintenance, back soon: sorry.", "text/html"))
    done = update(site, tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("a page instead of rules") == 1
    assert "alarm: The site gave something else in place of its rules for robots" in done.stderr
    assert [one.path for one in site.asked] == ["/robots.txt"]
    assert rows(tmp_path / "a", "SELECT page_kind FROM fetches") == [("robots",)]


def test_a_hidden_request_is_gone_after_the_look_that_finds_it(site: ScriptedSite, tmp_path: Path) -> None:
    update(site, tmp_path)
    make_due(tmp_path)
    site.say("/request/grit_bins.json", Reply(status=403))
    site.say("/request/grit_bins", HIDDEN)
    update(site, tmp_path)
    assert rows(tmp_path / "a", "SELECT count(*) FROM requests WHERE id = 7") == [(0,)]
    assert rows(tmp_path / "a", "SELECT state FROM withdrawals WHERE subject = 'request/7'") == [("hidden",)]


def test_what_is_sure_to_be_removed_is_gone_before_anything_is_fetched(site: ScriptedSite, tmp_path: Path) -> None:
    update(site, tmp_path)
    make_due(tmp_path)
    with closing(sqlite3.connect(tmp_path / "a" / "archive.db", isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at, evidence, confirmed_at)"
            " SELECT 'request/7', 7, 'hidden', started_at, started_at, 'removal_page', started_at FROM runs LIMIT 1"
        )
    done = update(site, tmp_path)
    told = [line.partition(":")[0] for line in done.stdout.splitlines()]
    assert told[:4] == ["erase", "publish", "lists", "due"]
    assert not [path for path in site.paths() if "grit_bins" in path]


def test_a_run_of_which_the_time_is_over_goes_on_in_the_next_part(site: ScriptedSite, tmp_path: Path) -> None:
    for number in range(20, 26):
        site.request(f"request_{number}", number)
    update(site, tmp_path)
    make_due(tmp_path)
    site.say("/robots.txt", text("User-agent: *\nCrawl-delay: 0.3\n"))
    site.asked.clear()
    scrapy("due", site=site, archive=tmp_path / "a", WDTK_UNTIL=time.monotonic() + 1)
    assert rows(tmp_path / "a", "SELECT finish_reason FROM runs ORDER BY id DESC LIMIT 1") == [("hours",)]
    site.say("/robots.txt", text("User-agent: *\n"))
    scrapy("due", site=site, archive=tmp_path / "a")
    asked = [path for path in site.paths() if path.startswith("/request/")]
    assert len(asked) == len(set(asked)) == 8


def test_a_long_update_erases_between_its_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []
    told = [[("lists", 9, False), ("due", 30, True)], [("due", 4, False)]]
    confirmed = (
        "INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at, evidence, confirmed_at)"
        " VALUES ('request/7', 7, 'hidden', 'x', 'x', 'removal_page', 'x')"
    )

    def child(arguments: list[str]) -> tuple[int, list[str]]:
        with closing(sqlite3.connect(tmp_path / "a" / "archive.db", isolation_level=None)) as connection:
            if arguments[0] != "fetch":
                connection.execute("UPDATE withdrawals SET erased_at = 'x'")
                return 0, [f"{arguments[0]} it"]
            asked.append(json.loads(arguments[1]))
            if len(asked) == 1:
                connection.execute(confirmed)
        lines = [
            {"stage": stage, "line": "", "well": True, "note": "", "asked": number, "more": more}
            for stage, number, more in told[len(asked) - 1]
        ]
        return 0, [json.dumps(line) for line in lines]

    monkeypatch.setattr(stages, "_child", child)
    with open_archive(tmp_path / "a", create=True) as archive:
        found = [one.stage for one in stages.stages(Plan(archive=tmp_path / "a", public=tmp_path / "p.db"), archive)]
    assert found == ["lists", "due", "erase", "due", "erase", "read"]
    assert [(part["done"], part["asked"]) for part in asked] == [([], 0), (["lists"], 39)]


def test_nothing_runs_beside_another_job(site: ScriptedSite, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with (tmp_path / "a" / "job.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = update(site, tmp_path)
    assert done.returncode == 1
    assert "Another job has the archive" in done.stderr
    assert site.asked == []


def test_ctrl_c_ends_it_with_a_sentence(site: ScriptedSite, tmp_path: Path) -> None:
    site.say("/robots.txt", text("User-agent: *\nCrawl-delay: 1\n"))
    site.holds = "/request/grit_bins.json"
    command = [sys.executable, "-m", "scraper", "update", "--site", site.base, "--archive", "a"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: site.holds in site.paths(), "the request is not asked for")
        process.send_signal(signal.SIGINT)
        site.go_on.set()
        said = process.communicate(timeout=240)[1]
    assert process.returncode == 130
    assert said.endswith("Stopped. Nothing that was stored is lost; run the same command again to go on.\n")
    assert "Traceback" not in said


def test_a_site_that_may_not_be_asked_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = wdtk("update", "--archive", "a", "--public", "public.db", cwd=tmp_path)
    assert done.returncode == 1
    assert "is not crawled without an access record" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
