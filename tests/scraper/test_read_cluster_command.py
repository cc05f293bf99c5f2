"""`wdtk read --cluster` as its user meets it: what is in the way is said, and whoever is killed, nothing is lost."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from scraper.archive.compare import contents, differences
from scraper.archive.database import open_archive
from tests import warm
from tests.parsers.documents import samples
from tests.patience import at_some_pace, until
from tests.scraper.reading.archives import FILES, fill
from tests.scraper.reading.cluster.clusters import Processes, processes
from tests.scraper.reading.leaks import children

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]


def wdtk(*arguments: str) -> subprocess.CompletedProcess[str]:
    return warm.run_text("scraper", ["read", *arguments], cwd=ROOT, timeout=240)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    fill(tmp_path / "archive", 1, FILES[:3])
    return tmp_path / "archive"


def started(place: Path, cluster: Processes) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "scraper", "read", "--archive", str(place), "--cluster", cluster.address]
    line += ["--files", str(place / "files")]
    return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until_stored(place: Path, number: int) -> None:
    """Wait until that many documents are stored."""
    with closing(sqlite3.connect(place / "archive.db", timeout=240)) as looking:
        until(lambda: stored(looking) >= number, f"{number} documents are not stored")


def stored(looking: sqlite3.Connection) -> int:
    return int(looking.execute("SELECT count(*) FROM documents").fetchone()[0])


def test_a_killed_a_stopped_and_an_abandoned_run_and_another_end_where_an_undisturbed_run_does(tmp_path: Path) -> None:
    disturbed: list[Path] = []

    def attempt(number: int) -> None:
        folder = tmp_path / str(number)
        folder.mkdir()
        disturbed.append(_disturb(folder))

    at_some_pace(attempt)
    place, undisturbed = disturbed[-1], disturbed[-1].with_name("undisturbed")
    assert wdtk("--archive", str(undisturbed), "--workers", "2").returncode == 0
    with processes(tmp_path / "two", ["worker"]) as cluster:
        wrong = wdtk("--archive", str(place), "--cluster", cluster.address_of("worker"))
        last = wdtk("--archive", str(place), "--cluster", cluster.address, "--files", str(place / "files"))
    assert "is a Worker of Dask: give the address of its scheduler" in wrong.stderr
    assert (last.returncode, last.stderr) == (0, "")
    assert last.stdout.startswith("Documents: ")
    with open_archive(undisturbed) as left, open_archive(place) as right:
        assert differences(contents(left), contents(right)) == []
        reasons = right.connection.execute("SELECT finish_reason FROM runs WHERE command = 'read' ORDER BY id")
        assert [reason for (reason,) in reasons] == ["killed", "interrupted", "failed", "finished"]


def _disturb(tmp_path: Path) -> Path:
    """Fill an archive, and have three runs over it disturbed, each before its end; beside it a copy as it was.

    AssertionError where one reached it, as a machine that stands still for a moment may let it; whatever else is wrong
    no other try forgives.
    """
    place = tmp_path / "archive"
    fill(place, 1, [(f"{n}.pdf", samples.many_pages(100 + n)) for n in range(40)])
    shutil.copytree(place, tmp_path / "undisturbed")
    with processes(tmp_path / "one", ["worker"]) as cluster:
        with started(place, cluster) as killed:
            until_stored(place, 5)
            killed.kill()
        assert killed.returncode == -signal.SIGKILL
        with started(place, cluster) as stopped:
            until_stored(place, 12)
            stopped.send_signal(signal.SIGINT)
            _, errors = stopped.communicate(timeout=240)
        assert stopped.returncode != 0
        if (stopped.returncode, errors.strip()) != (130, STOPPED):
            pytest.fail(errors)
        if len(children(str(cluster.pid("worker")))) > 1:
            pytest.fail("more than those of the run that was killed, until they have rested")
        with started(place, cluster) as abandoned:
            until_stored(place, 22)
            cluster.end("scheduler")
            _, errors = abandoned.communicate(timeout=240)
        assert abandoned.returncode != 0
        gone = f"The scheduler at {cluster.address} is gone, or does not answer. What was read is kept"
        if abandoned.returncode != 1 or gone not in errors or "Traceback" in errors:
            pytest.fail(errors)
    return place


STOPPED = "Stopped. Nothing that was stored is lost; run the same command again to go on."


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (["--cluster", "here"], 1, "'here' is no address of a Dask scheduler"),
        (["--cluster", "http://10.0.0.5:80"], 1, "is no address of a Dask scheduler"),
        (["--cluster", "127.0.0.1:1"], 1, "No Dask scheduler answers at 127.0.0.1:1: [Errno 111] Connection refused"),
        (["--cluster", "127.0.0.1:99999"], 1, "No Dask scheduler answers at 127.0.0.1:99999"),
        (["--cluster", "tls://127.0.0.1:1"], 1, "asks for TLS, and Dask has no certificates to use"),
        (["--files", "/x"], 2, "--files and --wait are for reading with --cluster."),
        (["--cluster", "127.0.0.1:1", "--workers", "2"], 2, "--workers is for reading on this machine"),
    ],
)
def test_what_is_in_the_way_is_said(options: list[str], code: int, sentence: str, archive: Path) -> None:
    done = wdtk("--archive", str(archive), *options)
    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_without_dask_it_says_what_to_install(archive: Path) -> None:
    code = (
        "import sys\n"
        "from importlib import util\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name in ('distributed', 'fsspec') else find(name, *rest)\n"
        "from scraper.cli import cli\n"
        f"cli(['read', '--archive', {str(archive)!r}, '--cluster', '127.0.0.1:1'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 1
    assert "Reading on a cluster needs distributed and fsspec: `.venv/bin/pip install -e '.[cluster]'`" in done.stderr


def test_reading_here_imports_nothing_of_dask(archive: Path) -> None:
    code = (
        "import sys\n"
        "from scraper.cli import cli\n"
        f"cli(['read', '--workers', '1', '--archive', {str(archive)!r}], standalone_mode=False)\n"
        "sys.exit(len({'dask', 'distributed', 'fsspec'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr.decode()


def test_a_cluster_without_workers_is_waited_for_and_then_given_up(archive: Path, tmp_path: Path) -> None:
    with processes(tmp_path / "c", []) as cluster:
        done = wdtk("--archive", str(archive), "--cluster", cluster.address, "--wait", "3")
    assert done.returncode == 1
    assert "The cluster has no worker that may read; waiting up to 3 seconds." in done.stderr
    assert "The cluster has had no worker for 3 seconds. What was read is kept: start workers" in done.stderr
