"""``kill -9`` while `wdtk read` is at work, at moments that nobody chose."""

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scraper.archive.compare import contents, differences
from scraper.archive.database import open_archive
from tests.parsers.documents import mails, samples
from tests.patience import until
from tests.scraper.reading.archives import FILES, TEXT, fill
from tests.scraper.reading.leaks import children, is_running

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[3]
KILLS = 4
REQUESTS = 8


def read(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "scraper", "read", "--workers", "2", "--archive", str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(folder: Path) -> float:
    began = time.monotonic()
    with read(folder) as process:
        _, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors.decode()
    return time.monotonic() - began


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Requests with files of their own, so that there are many documents to be killed at."""
    folder = tmp_path_factory.mktemp("archive")
    mail = mails.eml(mails.Mail(body="See our letter.", files=[("a.pdf", samples.plain()), ("a.txt", TEXT)]))
    nested = [("all.zip", mails.zipped({"reply.eml": mail, "b.txt": TEXT + b"b"})), ("reply.eml", mail)]
    fill(folder, REQUESTS, [*FILES, *nested], all_different=True)
    return folder


def test_a_kill_at_any_moment_and_another_run_end_where_an_undisturbed_run_does(archive: Path, tmp_path: Path) -> None:
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    shutil.copytree(archive, undisturbed)
    shutil.copytree(archive, killed)
    whole = finish(undisturbed)
    dice = random.Random()  # noqa: S311 - other moments each time; printed where it fails
    moments = [dice.uniform(0.3 * whole, whole) for _ in range(KILLS)]
    orphans: list[str] = []
    for moment in moments:
        with read(killed) as process:
            time.sleep(moment)
            orphans += children(str(process.pid)) if process.poll() is None else []
            process.kill()
            process.wait()
    finish(killed)
    with open_archive(undisturbed) as left, open_archive(killed) as right:
        assert right.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert differences(contents(left), contents(right)) == [], moments
    until(lambda: not any(map(is_running, orphans)), "a child outlives the command that was killed")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_at_once_and_leaves_no_child(number: signal.Signals, tmp_path: Path) -> None:
    long = [(f"{n}.pdf", samples.many_pages(600 + n)) for n in range(40)]
    fill(tmp_path, 1, long)
    with read(tmp_path) as process:
        until(lambda: len(children(str(process.pid))) >= 2, "it starts no children")
        started = children(str(process.pid))
        time.sleep(0.3)
        process.send_signal(number)
        _, errors = process.communicate(timeout=240)
    assert process.returncode == 128 + number, errors.decode()
    assert b"Traceback" not in errors
    until(lambda: not any(map(is_running, started)), "a child is left")
    with open_archive(tmp_path) as archive:
        ((reason,),) = archive.connection.execute("SELECT finish_reason FROM runs WHERE command = 'read'").fetchall()
        assert reason == "interrupted"
        assert archive.connection.execute("SELECT count(*) < 40 FROM documents").fetchone() == (1,), "not at the end"
        assert archive.connection.execute("SELECT count(*) FROM documents WHERE status <> 'read'").fetchone() == (0,)
