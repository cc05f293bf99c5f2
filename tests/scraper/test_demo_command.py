"""`wdtk demo` when it cannot go on; that it works is seen by every test that uses the demo."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.cli import cli
from scraper.commands import demo
from tests.patience import at_some_pace, until
from tests.scraper.reading.leaks import children, is_running

ROOT = Path(__file__).parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="who runs is read from /proc, which only Linux has")


def test_a_taken_port_is_said_before_any_work_and_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setattr(demo, "PORT", other.getsockname()[1])
        done = CliRunner().invoke(cli, ["demo"])
    assert done.exit_code == 1
    assert "where something else is running. Stop that, or run `wdtk demo --no-serve`" in done.output
    assert list(tmp_path.iterdir()) == []


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_that_it_started_outlives_it(tmp_path: Path, number: signal.Signals) -> None:
    with _demo(tmp_path) as running:
        assert running.stdout is not None
        assert any("Crawling" in line for line in running.stdout)
        running.send_signal(number)
        assert running.wait(timeout=240) == 130
    _expect_nobody(running.pid)


@linux
def test_not_even_where_it_can_end_nothing_itself(tmp_path: Path) -> None:
    killed = []

    def attempt(number: int) -> None:
        folder = tmp_path / str(number)
        folder.mkdir()
        with _demo(folder) as running:
            assert running.stdout is not None
            assert any("Crawling" in line for line in running.stdout)
            until((folder / "data/demo/archive/archive.db").exists, "the demo stores nothing")
            crawling = [process for process in children(str(running.pid)) if "crawl" in _words(process)]
            running.kill()
        killed.append(running.pid)
        assert len(crawling) == 1, "the crawl was over before this test looked"

    at_some_pace(attempt)
    for process in killed:
        _expect_nobody(process)


def _demo(folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "scraper", "demo", "--no-serve"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )


def _expect_nobody(group: int) -> None:
    """That every process of the group is gone; a zombie is gone but for those who should have taken note of it."""

    def members() -> list[str]:
        return [
            place.name for place in Path("/proc").glob("[0-9]*") if _group(place) == group and is_running(place.name)
        ]

    until(lambda: not members(), "a process that the demo started is still there")


def _group(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[2])
    except (FileNotFoundError, ProcessLookupError):
        return None


def _words(process: str) -> list[str]:
    try:
        return Path("/proc", process, "cmdline").read_text(encoding="utf-8").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []
