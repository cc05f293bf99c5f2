"""`wdtk read` as its user meets it."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.archive.database import open_archive
from scraper.cli import cli
from tests import warm
from tests.scraper.reading.archives import fill

ROOT = Path(__file__).parents[2]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    fill(tmp_path / "archive")
    return tmp_path / "archive"


def wdtk(*arguments: str) -> subprocess.CompletedProcess[str]:
    return warm.run_text("scraper", ["read", *arguments], cwd=ROOT, timeout=240)


def test_it_says_what_became_of_everything_and_then_that_nothing_is_new(archive: Path) -> None:
    first, second = wdtk("--archive", str(archive), "--workers", "2"), wdtk("--archive", str(archive))
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines() == [
        "Documents: 4 read, 2 no_text, 1 damaged, 1 encrypted.",
        "Probes: 6 probed.",
        "Letters: 5 read.",
    ]
    assert second.stdout.splitlines() == ["Documents: none new.", "Probes: none new.", "Letters: 5 unchanged."]
    with open_archive(archive) as opened:
        runs = opened.connection.execute("SELECT finish_reason, counts FROM runs WHERE command = 'read' ORDER BY id")
        reasons, counts = zip(*runs.fetchall(), strict=True)
    assert reasons == ("finished", "finished")
    assert '"letters unchanged": 5' in counts[1]


@pytest.mark.parametrize("made", [False, True])
def test_without_an_archive_or_messages_it_says_what_to_do(tmp_path: Path, made: bool) -> None:
    if made:
        open_archive(tmp_path, create=True).close()
    done = wdtk("--archive", str(tmp_path))
    assert done.returncode == 1
    assert "wdtk crawl" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_file_fails_the_command_after_everything_else_is_read(archive: Path) -> None:
    with open_archive(archive) as opened:
        ((sha256,),) = opened.connection.execute("SELECT sha256 FROM attachments WHERE name = 'letter.pdf'").fetchall()
        opened.files.path(sha256).unlink()
    done = wdtk("--archive", str(archive))
    assert done.returncode == 1
    assert "1 stored file is missing or damaged" in done.stderr
    assert sha256[2:] in done.stderr
    assert "Letters: 4 read." in done.stdout


def test_a_full_disk_is_a_sentence_and_what_was_read_is_kept(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    fill(archive, 10, all_different=True)
    with open_archive(archive) as opened:
        (pages,) = opened.connection.execute("PRAGMA page_count").fetchone()
    code = (
        "import sqlite3, sys\n"
        "from scraper.archive import database\n"
        "connect = database._connect\n"
        "def limited(path, patience):\n"
        "    connection = connect(path, patience)\n"
        f"    connection.execute('PRAGMA max_page_count = {pages + 2}')\n"
        "    return connection\n"
        "database._connect = limited\n"
        "from scraper.cli import cli\n"
        f"cli(['read', '--archive', {str(archive)!r}])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 1
    assert "is full" in done.stderr
    assert "Traceback" not in done.stderr
    with open_archive(archive) as opened:
        (kept,) = opened.connection.execute("SELECT count(*) FROM documents").fetchone()
    assert 0 < kept < 80
    again = wdtk("--archive", str(archive))
    assert (again.returncode, again.stderr) == (0, "")
    assert "Letters: 50 read." in again.stdout


def test_on_a_terminal_it_shows_a_bar(tmp_path: Path) -> None:
    fill(tmp_path, 12, all_different=True)
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "scraper", "read", "--workers", "1", "--archive", str(tmp_path)]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 4096)
            except OSError:
                break
        assert process.wait(timeout=240) == 0
    os.close(ours)
    assert b" of 96 [" in shown
    assert shown.endswith(b"\r\x1b[K")


def test_its_help_says_how_it_is_used() -> None:
    done = CliRunner().invoke(cli, ["read", "--help"])
    assert done.exit_code == 0
    assert "wdtk read --workers 4" in done.output
