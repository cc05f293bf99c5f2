"""On the stand-in site: a crawl may die at any moment, and lists may be cut short, and nothing is lost."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.archive.compare import Contents, contents, differences
from scraper.archive.database import open_archive
from scraper.standin import running
from tests.patience import at_some_pace, until
from tests.scraper.scripted import rows, wdtk

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def standin() -> Iterator[str]:
    with running(requests=24, latency=0.02) as base:
        yield base


def crawl(base: str, archive: Path) -> "subprocess.CompletedProcess[str]":
    return wdtk("crawl", "--site", base, "--all", "--archive", str(archive), cwd=archive.parent)


def held(archive: Path) -> Contents:
    with open_archive(archive) as opened:
        return contents(opened)


def fetched(archive: Path) -> int:
    try:
        return int(rows(archive, "SELECT count(*) FROM fetches")[0][0])
    except sqlite3.OperationalError:  # not made yet
        return 0


def kill_crawl(base: str, archive: Path, *, after: int) -> None:
    """Kill a crawl once it has entered ``after`` more answers, and make it anew where it was quicker than this."""
    command = ["crawl", "--site", base, "--all", "--archive", str(archive)]
    as_before = archive.with_name("as-before")
    if archive.exists():
        shutil.copytree(archive, as_before)

    def attempt(_: int) -> None:
        shutil.rmtree(archive, ignore_errors=True)
        if as_before.exists():
            shutil.copytree(as_before, archive)
        before = fetched(archive)
        with subprocess.Popen(
            [sys.executable, "-m", "scraper", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            until(lambda: fetched(archive) >= before + after or process.poll() is not None, "nothing is fetched")
            process.kill()
        assert process.returncode == -signal.SIGKILL

    at_some_pace(attempt)
    shutil.rmtree(as_before, ignore_errors=True)


@pytest.mark.parametrize("seed", [1])
def test_a_crawl_killed_at_any_moment_ends_as_one_that_was_not(standin: str, tmp_path: Path, seed: int) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert crawl(standin, whole).returncode == 0
    dice = random.Random(seed)  # noqa: S311 - a test that can be repeated
    for _ in range(3):
        kill_crawl(standin, killed, after=dice.randint(1, 25))
    reasons = [reason for (reason,) in rows(killed, "SELECT finish_reason FROM runs")]
    done = crawl(standin, killed)
    assert done.returncode == 0, done.stderr
    assert None in reasons or "killed" in reasons
    assert differences(held(whole), held(killed)) == []


def test_a_crawl_that_was_killed_is_taken_up_where_it_stopped(standin: str, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    kill_crawl(standin, archive, after=40)
    ((whole,),) = rows(
        archive,
        "SELECT count(*) FROM requests WHERE id NOT IN (SELECT request_id FROM messages JOIN attachments"
        " ON message_id = messages.id WHERE state = 'file' AND url IS NOT NULL AND fetch_status = 'not_fetched')",
    )
    assert whole > 2
    done = crawl(standin, archive)
    (resumed,) = [line for line in done.stdout.splitlines() if line.startswith("Already fetched")]
    assert int(resumed.rpartition(" ")[2].rstrip(".")) == whole
    again = crawl(standin, archive)
    assert "Already fetched" not in again.stdout


def test_short_lists_lose_nothing(tmp_path: Path) -> None:
    found = []
    for pages in (20, 1):
        archive = tmp_path / str(pages)
        with running(requests=80, max_pages=pages) as base:
            assert crawl(base, archive).returncode == 0
        found.append(rows(archive, "SELECT id FROM requests ORDER BY id"))
    assert found[0] == found[1]
    assert len(found[0]) > 60
