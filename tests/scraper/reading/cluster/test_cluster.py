"""Reading on real workers: whatever happens to them, the archive ends as the pool would leave it."""

import shutil
import signal
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from scraper.archive.compare import contents, differences
from scraper.archive.database import Archive, open_archive
from scraper.reading.cluster.connect import cluster_crew
from scraper.reading.cluster.crew import ClusterCrew
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.ocr import INSTALL
from scraper.reading.pool import ReaderPool
from scraper.reading.run import read_archive, read_by
from scraper.reading.work import FileTask, Found
from tests.parsers.documents import mails, samples
from tests.patience import until
from tests.scraper.reading.archives import FILES, TEXT, fill
from tests.scraper.reading.cluster.clusters import Processes, processes
from tests.scraper.reading.leaks import children

pytestmark = pytest.mark.long

LIMITS = Limits(memory_bytes=400 * MEGABYTE, cpu_seconds=20)
MAIL = mails.eml(mails.Mail(body="See our letter.", files=[("a.pdf", samples.plain()), ("a.txt", TEXT)]))
INSIDE = [("all.zip", mails.zipped({"reply.eml": MAIL, "b.txt": TEXT + b"b"})), ("bomb.pdf", samples.bomb(1))]
FLAWED = ("old", "unlimited")
FLAWS = Path(__file__).with_name("flaws.py")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    with processes(tmp_path_factory.mktemp("cluster") / "c") as running:
        yield running


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Counter[str], Path]:
    """An archive, what reading it counts, and the same archive as the pool of this machine reads it."""
    folder = tmp_path_factory.mktemp("archives")
    fill(folder / "new", 1, [*FILES, *INSIDE])
    shutil.copytree(folder / "new", folder / "read")
    with open_archive(folder / "read") as archive:
        return folder / "new", read_archive(archive, workers=2, limits=LIMITS), folder / "read"


@contextmanager
def crew(cluster: Processes, archive: Archive, url: str | None, *, wait: float = 60) -> Iterator[ClusterCrew]:
    with (
        ReaderPool(1, LIMITS) as pool,
        cluster_crew(cluster.address, archive.files, pool=pool, url=url, unread=INSTALL, wait_seconds=wait) as readers,
    ):
        yield readers


def childless(cluster: Processes, name: str) -> None:
    pid = str(cluster.pid(name))
    until(lambda: not children(pid), f"{name} keeps a child")


def same(place: Path, other: Path) -> list[str]:
    with open_archive(place) as left, open_archive(other) as right:
        return differences(contents(left), contents(right))


def test_it_ends_where_the_pool_ends(cluster: Processes, made: tuple[Path, Counter[str], Path], tmp_path: Path) -> None:
    new, counts, read = made
    place = tmp_path / "archive"
    shutil.copytree(new, place)
    with open_archive(place) as archive, crew(cluster, archive, (place / "files").as_uri()) as readers:
        assert read_by(readers, archive) == counts
        assert counts["documents bomb"] == 1
    assert same(read, place) == []
    for name in ("one", "two"):
        childless(cluster, name)


def test_files_that_workers_do_not_see_are_sent_where_they_see_others(
    cluster: Processes, made: tuple[Path, Counter[str], Path], tmp_path: Path
) -> None:
    """As in an object store to which nothing was copied since."""
    new, counts, read = made
    place = tmp_path / "archive"
    shutil.copytree(new, place)
    (tmp_path / "store").mkdir()
    with open_archive(place) as archive, crew(cluster, archive, str(tmp_path / "store")) as readers:
        assert read_by(readers, archive) == counts
    assert same(read, place) == []


def test_workers_that_die_hang_and_come_lose_nothing(
    cluster: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is killed in mid-document, one stops for a while, and one comes when nobody else reads."""
    place = tmp_path / "new"
    stored: list[int] = []
    fill(place, 1, [(f"{n}.pdf", samples.many_pages(300 + n)) for n in range(8)])
    shutil.copytree(place, tmp_path / "read")
    with open_archive(tmp_path / "read") as archive:
        counts = read_archive(archive, workers=2, limits=LIMITS)
    with open_archive(place) as archive, crew(cluster, archive, str(place / "files")) as readers:
        documents = readers.documents

        def disturbed(tasks: Iterable[FileTask]) -> Iterator[list[tuple[FileTask, Found | None]]]:
            for found in documents(tasks):
                if not stored:
                    stored.append(_upset(cluster, archive.path))
                yield found

        monkeypatch.setattr(readers, "documents", disturbed)
        assert read_by(readers, archive) == counts
    assert stored[0] < 8
    assert same(tmp_path / "read", place) == []


def _upset(cluster: Processes, database: Path) -> int:
    """Gives how many documents were stored when all was as bad as could be; it gets better two seconds later."""
    cluster.end("one")
    cluster.send("two", signal.SIGSTOP)
    cluster.worker("one")
    with closing(sqlite3.connect(database)) as looking:
        (stored,) = looking.execute("SELECT count(*) FROM documents").fetchone()
    threading.Timer(2, cluster.send, ["two", signal.SIGCONT]).start()
    return int(stored)


def test_a_worker_that_differs_or_has_no_limits_is_left_out_by_name(
    cluster: Processes, made: tuple[Path, Counter[str], Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    new, counts, read = made
    place = tmp_path / "archive"
    shutil.copytree(new, place)
    for flaw in FLAWED:
        cluster.worker(flaw, "--preload", str(FLAWS), flaw)
    with open_archive(place) as archive, crew(cluster, archive, None) as readers:

        def left_out() -> bool:
            readers.staff.workers()
            return all(f"({flaw}) is left out" in caplog.text for flaw in FLAWED)

        until(left_out, "they are not left out")
        assert read_by(readers, archive) == counts
    for flaw in FLAWED:
        childless(cluster, flaw)
        cluster.end(flaw)
    assert "(old) is left out: it has the reader of documents 0 where this machine has" in caplog.text
    assert "(unlimited) is left out: This system does not hold a limit" in caplog.text
    assert same(read, place) == []
