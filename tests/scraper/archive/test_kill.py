"""``kill -9`` while a crawl is being stored."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scraper.archive.compare import contents, differences
from scraper.archive.database import Archive, open_archive
from tests.scraper.archive.writer import EVENTS, ITEMS, MESSAGES, REQUESTS

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[3]
KILLS = 8


def start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.scraper.archive.writer", str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def finish(folder: Path) -> None:
    with start(folder) as process:
        stored, _ = process.communicate()
        assert (process.returncode, len(stored.splitlines())) == (0, ITEMS)


def kill(folder: Path, *, after: int, pause: float) -> None:
    """Start the crawl, and kill it some seconds after it has stored so many items."""
    with start(folder) as process:
        assert process.stdout is not None
        for _ in range(after):
            process.stdout.readline()
        time.sleep(pause)
        process.kill()
    assert process.returncode == -signal.SIGKILL


def assert_consistent(archive: Archive) -> int:
    """Every request whole, every reference good, every file there; gives the number of requests."""
    connection = archive.connection
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    whole = connection.execute(
        "SELECT (SELECT count(*) FROM messages WHERE request_id = requests.id),"
        " (SELECT count(*) FROM events WHERE request_id = requests.id) FROM requests"
    ).fetchall()
    assert set(whole) <= {(MESSAGES, EVENTS)}
    for (sha256,) in connection.execute("SELECT sha256 FROM files").fetchall():
        archive.files.get(sha256)  # checks the hash
    return len(whole)


def test_a_kill_at_any_moment_leaves_whole_requests_and_going_on_ends_where_an_undisturbed_crawl_does(
    tmp_path: Path,
) -> None:
    finish(tmp_path / "undisturbed")
    dice = random.Random()  # noqa: S311 - another moment each time; printed where it fails
    moments = [(dice.randrange(ITEMS - 50), dice.uniform(0, 0.01)) for _ in range(KILLS)]
    print("kills after so many items and seconds:", moments)  # noqa: T201
    kept = []
    for after, pause in moments:
        kill(tmp_path / "killed", after=after, pause=pause)
        with open_archive(tmp_path / "killed", create=True) as archive:
            kept.append(assert_consistent(archive))
            assert kept[-1] >= after // 3
            assert {reason for (reason,) in archive.connection.execute("SELECT finish_reason FROM runs")} <= {"killed"}
            assert not list((tmp_path / "killed" / "files").glob(".*"))
    assert kept == sorted(kept)

    finish(tmp_path / "killed")
    with open_archive(tmp_path / "killed") as killed, open_archive(tmp_path / "undisturbed") as undisturbed:
        assert differences(contents(killed), contents(undisturbed)) == []
        assert assert_consistent(killed) == REQUESTS
