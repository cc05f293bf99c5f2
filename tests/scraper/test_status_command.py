"""``wdtk status`` as a person and a program meet it."""

import hashlib
import json
import os
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.database import Archive, open_archive
from scraper.archive.lock import only_one
from tests import warm
from tests.scraper.publishing.archives import Seeds, refused
from tests.scraper.watch.conftest import ago, run, update

LOCAL = 'site = "http://127.0.0.1:8099"\n'


def status(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    line = ["status", "--archive", str(folder / "archive"), *options]
    return warm.run_text("scraper", line, cwd=folder, timeout=240)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a settings file and an archive that is well kept."""
    (tmp_path / "wdtk.toml").write_text(LOCAL, encoding="utf-8")
    with open_archive(tmp_path / "archive", create=True) as archive:
        seeds = Seeds(archive=archive)
        seeds.authority(requests_count=20)
        refused(seeds, 7, last_checked_at=ago(hours=3))
        seeds.insert("checks", request_id=7, next_check_at=ago(days=-3), why="waiting", weight=0.5)
        for days in (3.2, 2.2, 1.2, 0.2):
            update(archive, days, counts={"requests_stored": 4, "changed": 2, "asked": 20})
    return tmp_path


def opened(folder: Path) -> Archive:
    return open_archive(folder / "archive")


def test_all_well_is_said_with_exit_code_0(folder: Path) -> None:
    told = status(folder)
    assert (told.returncode, told.stderr) == (0, "")
    assert "1 request of 20 that the site is known to have" in told.stdout
    assert "100.0% of the requests were looked at when they should be" in told.stdout
    assert "no limit, as the site is on this machine" in told.stdout
    assert "every request looked at within 90 days: kept" in told.stdout
    assert "with its page and files within 360 days: kept" in told.stdout
    assert "1 request a day keeps both; no limit" in told.stdout
    assert told.stdout.endswith("All is well: nothing needs a person.\n")


def test_what_needs_a_person_is_said_with_exit_code_1(folder: Path) -> None:
    with opened(folder) as archive:
        update(archive, 0.1, reason="challenge", counts={"asked": 1})
    told = status(folder)
    assert told.returncode == 1
    assert "challenge" in told.stdout.splitlines()[-1]
    assert "Do not try to get round it" in told.stdout


def test_programs_get_one_object(folder: Path) -> None:
    told = json.loads(status(folder, "--json").stdout)
    assert (told["well"], told["alarms"], told["fresh"], told["budget_left"]) == (True, [], 1.0, None)
    assert told["counts"].items() >= {"held": 1, "known": 20, "due": 0, "late": 0, "unread": 0}.items()
    assert [one["command"] for one in told["runs"][:4]] == ["publish", "read", "crawl", "update"]
    with opened(folder) as archive:
        update(archive, 0.1, reason="challenge", counts={"asked": 1})
    failing = status(folder, "--json")
    (alarm,) = json.loads(failing.stdout)["alarms"]
    assert failing.returncode == 1
    assert alarm["kind"] == "challenge"
    assert alarm["since"] is not None
    assert alarm["sentence"].startswith(alarm["what"])


def test_promises_that_are_not_kept_are_told_with_what_they_take(folder: Path) -> None:
    (folder / "wdtk.toml").write_text("[crawl]\ndaily_budget = 1000\n", encoding="utf-8")
    with opened(folder) as archive:
        archive.connection.execute("UPDATE checks SET looked_at = ?, whole_at = ?", [ago(days=95), ago(days=400)])
    told = status(folder).stdout
    assert f"within 90 days: not kept of 1 of 1 request, the oldest of {ago(days=95)[:10]}" in told
    assert f"within 360 days: not kept of 1 of 1 request, the oldest of {ago(days=400)[:10]}" in told
    assert "of 1,000 that may be made, which is enough" in told
    promised = json.loads(status(folder, "--json").stdout)["promised"]
    assert [promised[name]["kept"] for name in ("looked", "whole")] == [False, False]
    assert promised["looked"].items() >= {"days": 90, "behind": 1, "of": 1}.items()
    assert (promised["budget_per_day"], promised["within_budget"]) == (1000, True)
    assert 0 < promised["needed_per_day"] < 1


def test_the_budget_left_counts_what_every_run_of_the_last_day_asked_and_nothing_imported(folder: Path) -> None:
    (folder / "wdtk.toml").write_text("[crawl]\ndaily_budget = 1000\n", encoding="utf-8")
    with opened(folder) as archive:
        crawl = run(archive, "crawl", ago(hours=2), ago(hours=1), counts={"asked": 30, "requests_stored": 9})
        for number in range(25):
            Seeds(archive=archive).insert("fetches", run_id=crawl, url=f"https://a.invalid/{number}", status=200,
                                          fetched_at=ago(hours=1.5), page_kind="request", headers="{}")  # fmt: skip
        others = run(archive, "import", ago(hours=2), ago(hours=1))
        Seeds(archive=archive).insert("fetches", run_id=others, url="https://a.invalid/saved", status=200,
                                      fetched_at=ago(hours=1.5), page_kind="request", headers="{}")  # fmt: skip
    told = json.loads(status(folder, "--json").stdout)
    assert (told["asked"], told["budget_left"]) == (30 + 20, 950)
    assert "50 requests in the last 24 hours, 950 of 1,000 left" in status(folder).stdout


def contents(folder: Path) -> dict[str, Any]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith("-shm")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.stat().st_size}


def test_nothing_is_changed_by_asking(folder: Path) -> None:
    with opened(folder) as archive:
        archive.connection.execute("UPDATE runs SET ended_at = NULL, finish_reason = NULL WHERE id = 1")
    before = contents(folder / "archive")
    assert status(folder).returncode == 0
    assert contents(folder / "archive") == before


def test_it_answers_while_another_job_writes(folder: Path) -> None:
    with only_one(folder / "archive", "wdtk crawl"), opened(folder) as archive, archive.transaction() as connection:
        connection.execute("UPDATE requests SET title = 'half written'")
        told = status(folder)
    assert told.returncode == 0
    assert "Running    wdtk crawl, since 20" in told.stdout
    assert "Running" not in status(folder).stdout


def test_another_process_with_the_number_of_a_dead_job_is_no_job(folder: Path) -> None:
    lock = folder / "archive" / "job.lock"
    for pid in (os.getpid(), 2**70, True, -1):
        lock.write_text(json.dumps({"job": "wdtk update", "pid": pid, "since": ago(days=40)}), encoding="utf-8")
        long_ago = time.time() - 40 * 86_400
        os.utime(lock, (long_ago, long_ago))
        told = status(folder)
        assert (told.returncode, told.stderr) == (0, "")
        assert "Running" not in told.stdout


def test_no_archive_and_no_configuration_are_said_in_a_sentence(tmp_path: Path) -> None:
    told = status(tmp_path)
    assert told.returncode == 1
    assert "There is no archive in" in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "archive").exists()


def test_a_database_of_another_program_is_not_taken_for_an_old_archive(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    with closing(sqlite3.connect(tmp_path / "archive" / "archive.db")) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    told = status(tmp_path)
    assert told.returncode == 1
    assert "is a database, but not an archive of wdtk-archive" in told.stderr


def test_tables_of_an_older_version_are_left_alone(folder: Path) -> None:
    with opened(folder) as archive:
        archive.connection.execute("DELETE FROM _sqlite_migrations WHERE name = '0010_measures'")
    told = status(folder)
    assert told.returncode == 1
    assert "older version (0010_measures missing)" in told.stderr


def test_a_damaged_archive_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "archive.db").write_bytes(b"no database" * 1000)
    told = status(tmp_path)
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
