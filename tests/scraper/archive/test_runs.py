"""One row a run, also of those that were killed."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scraper.archive import runs
from scraper.archive.database import Archive, open_archive


def stored(archive: Archive) -> list[tuple[object, ...]]:
    return archive.connection.execute(
        "SELECT command, finish_reason, ended_at IS NOT NULL, counts FROM runs ORDER BY id"
    ).fetchall()


def test_a_run_tells_what_it_was_asked_and_what_it_counted(archive: Archive) -> None:
    with runs.run(archive, "read", {"again": True, "folder": Path("data")}) as run:
        run.counts["documents"] += 3
    assert stored(archive) == [("read", "finished", 1, '{"documents": 3}')]
    (arguments,) = archive.connection.execute("SELECT arguments FROM runs").fetchone()
    assert json.loads(arguments) == {"again": True, "folder": "data"}


def test_a_reason_given_early_stays(archive: Archive) -> None:
    with runs.run(archive, "crawl", {}) as run:
        run.finish("challenge")
    assert stored(archive) == [("crawl", "challenge", 1, "{}")]


@pytest.mark.parametrize(("error", "reason"), [(ValueError, "failed"), (KeyboardInterrupt, "interrupted")])
def test_a_run_that_breaks_says_how(archive: Archive, error: type[BaseException], reason: str) -> None:
    def work() -> None:
        with runs.run(archive, "publish", {}) as run:
            run.counts["rows"] = 2
            raise error

    with pytest.raises(error):
        work()
    assert stored(archive) == [("publish", reason, 1, '{"rows": 2}')]


def test_counts_are_saved_on_the_way(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    run = runs.start(archive, "crawl", {})
    run.counts["pages"] = 1
    run.save_if_due()
    assert stored(archive) == [("crawl", None, 0, "{}")]
    monkeypatch.setattr(runs, "_SAVE_EVERY", 0.0)
    run.save_if_due()
    assert stored(archive) == [("crawl", None, 0, '{"pages": 1}')]


def test_a_killed_run_is_marked_at_the_next_opening_but_a_running_one_is_not(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        runs.start(archive, "crawl", {})
        with open_archive(tmp_path) as other:
            assert stored(other) == [("crawl", None, 0, "{}")]
    with open_archive(tmp_path) as archive:
        assert stored(archive) == [("crawl", "killed", 0, "{}")]


_WRITING = """
import sys
from pathlib import Path
from scraper.archive.database import open_archive
from scraper.archive.runs import run
archive = open_archive(Path(sys.argv[1]))
with run(archive, "crawl", {}):
    print("ready", flush=True)
    while True:
        with archive.transaction() as connection:
            connection.execute("UPDATE runs SET counts = '{}'")
"""


@pytest.mark.parametrize("_attempt", range(6))
def test_an_interrupt_in_any_statement_is_told_as_one(archive: Archive, _attempt: int) -> None:
    command = [sys.executable, "-c", _WRITING, str(archive.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writing:
        assert writing.stdout is not None
        writing.stdout.readline()
        time.sleep(random.uniform(0.02, 0.1))  # noqa: S311 - other moments each time
        writing.send_signal(signal.SIGINT)
        _, errors = writing.communicate(timeout=240)
    assert errors.decode().splitlines()[-1] == "KeyboardInterrupt"
    assert [row[:3] for row in stored(archive)] == [("crawl", "interrupted", 1)]
