"""`wdtk demo` when it cannot go on; that it works is seen by every test that uses the demo."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.cli import cli
from scraper.commands import demo

ROOT = Path(__file__).parents[2]


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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_that_it_started_outlives_it(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "scraper", "demo", "--no-serve"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        assert running.stdout is not None
        assert any("Crawling" in line for line in running.stdout)
        running.send_signal(number)
        assert running.wait(timeout=60) == 130
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a process that the demo started is still there")
