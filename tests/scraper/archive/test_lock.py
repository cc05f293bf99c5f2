"""One job at a time: who comes second is told who is there, and no lock is left over."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from scraper.archive.database import only_one
from scraper.archive.errors import ArchiveError

ROOT = Path(__file__).parents[3]
HOLD = """
import sys
from pathlib import Path
from scraper.archive.database import only_one
with only_one(Path(sys.argv[1]), "wdtk crawl"):
    print("held", flush=True)
    sys.stdin.read()
"""
BETWEEN = (
    "import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', sys.argv[1], sys.argv[2]]).returncode)"
)


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_job_is_told_which_holds_the_archive_since_when_and_what_to_do(tmp_path: Path) -> None:
    with holder(tmp_path) as process, pytest.raises(ArchiveError) as caught, only_one(tmp_path, "wdtk read"):
        pass
    said = caught.value.message
    assert f"`wdtk crawl` has had the archive in {tmp_path} since 20" in said
    assert f"(process {process.pid})" in said
    assert f"`kill {process.pid}`" in said


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_job_that_was_killed_leaves_no_lock(tmp_path: Path, how: signal.Signals) -> None:
    with holder(tmp_path) as process:
        process.send_signal(how)
        process.wait()
        assert (tmp_path / "job.lock").read_text()  # what it said is still there and means nothing
        with only_one(tmp_path, "wdtk read"):
            assert f'"pid": {os.getpid()}' in (tmp_path / "job.lock").read_text()
    assert (tmp_path / "job.lock").read_text() == ""


def test_a_job_calls_others_in_its_own_process_and_in_its_children_but_not_further(tmp_path: Path) -> None:
    enter = HOLD.replace("sys.stdin.read()", "pass")
    with only_one(tmp_path, "wdtk update"), only_one(tmp_path, "wdtk crawl"):
        subprocess.run([sys.executable, "-c", enter, str(tmp_path)], cwd=ROOT, check=True)
        further = [sys.executable, "-c", BETWEEN, enter, str(tmp_path)]
        stranger = subprocess.run(further, cwd=ROOT, check=False, capture_output=True, text=True)
        assert stranger.returncode == 1
        assert "`wdtk update` has had the archive" in stranger.stderr


def test_the_lock_ends_with_the_outermost_job_and_with_an_error(tmp_path: Path) -> None:
    with only_one(tmp_path, "wdtk update"), suppress(KeyError), only_one(tmp_path, "wdtk read"):
        raise KeyError
    with holder(tmp_path):
        pass


def test_a_folder_that_is_not_there_is_made_only_when_asked(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with pytest.raises(ArchiveError, match="There is no archive"), only_one(folder, "wdtk read"):
        pass
    assert not folder.exists()
    with only_one(folder, "wdtk crawl", create=True):
        assert folder.stat().st_mode & 0o077 == 0


def test_what_the_file_says_does_not_matter_where_it_is_no_sense(tmp_path: Path) -> None:
    with holder(tmp_path):
        for nonsense in ("", "{", "[1]", "\x00" * 10_000):
            (tmp_path / "job.lock").write_text(nonsense)
            with pytest.raises(ArchiveError, match="Another job has the archive"), only_one(tmp_path, "wdtk read"):
                pass
