"""What every command of `wdtk` does alike."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scraper.scripted import wdtk

ROOT = Path(__file__).parents[2]


def test_a_command_that_is_interrupted_says_so_and_shows_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(
        "We rely on section 40(2) of the Freedom of Information Act 2000.", encoding="utf-8"
    )
    line = [sys.executable, "-m", "scraper", "letter", str(tmp_path / "one.txt"), "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(line, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline().startswith('{"id": "one"')  # now it waits for its standard input
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=240)
    assert running.returncode == 130
    assert errors == "\nStopped. Nothing that was stored is lost; run the same command again to go on.\n"


@pytest.mark.parametrize("line", [["init", "--granted-on", "soon"], ["crawl", "--all", "--since", "2026-13-01"]])
def test_a_day_that_is_none_is_refused_in_words(line: list[str]) -> None:
    done = wdtk(*line, cwd=ROOT)
    assert done.returncode == 2
    assert f"{line[-1]!r} is not a day such as 2026-01-31." in done.stderr


@pytest.mark.parametrize("command", ["crawl", "import", "update", "read", "publish", "export", "forget", "verify"])
def test_a_job_can_be_told_of_in_a_log(command: str, tmp_path: Path) -> None:
    """One that cannot be written is refused before anything else is done."""
    needed = {
        "import": [str(ROOT / "README.md")],
        "export": ["--format", "warc", "x"],
        "forget": ["7"],
        "crawl": ["--all"],
    }
    line = [command, *needed.get(command, []), "--log", str(ROOT / "README.md" / "log")]
    done = wdtk(*line, cwd=tmp_path)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert not (tmp_path / "data").exists()
