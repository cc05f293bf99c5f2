"""Reading on a cluster of two workers on this machine beside the built-in pool of two, in turns.

The mix is one of what authorities attach: of ten files six are PDFs of two pages (``printed.mixed``), two are letters
from a word processor, one is a mail with a PDF in it, one a sheet of figures; and each request has an answer in words.
There are no scans in it: the engine for pictures takes the same time wherever it runs, and would hide what a cluster
costs. Both clocks are taken: the processor's, of all processes on either side, and the wall's.
"""

import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.archive.database import open_archive
from scraper.reading.cluster.connect import cluster_crew
from scraper.reading.pool import ReaderPool
from scraper.reading.run import read_archive, read_by
from tests.bench.figures import Figure
from tests.bench.office import laid_out
from tests.bench.printed import mixed
from tests.parsers.documents import mails
from tests.scraper.reading.archives import fill
from tests.scraper.reading.cluster.clusters import Processes, processes

ROUNDS = 3
REQUESTS = 40
LEAST = 0.85
WORKERS = ("one", "two")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Seconds of one run."""

    processor: float
    wall: float


def figures() -> Iterator[Figure]:
    """Both clocks: documents and letters a second on the cluster, as a share of the pool's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder / "archive", REQUESTS)
        with processes(folder / "cluster", WORKERS) as cluster:
            rounds = [_round(folder, cluster, number) for number in range(ROUNDS)]
    for clock, words in (("processor", "processor"), ("wall", "clock")):
        pool, other = (statistics.median(getattr(one[way], clock) for one in rounds) for way in (0, 1))
        yield Figure(
            part="cluster", what=f"requests read by two workers, by the {words}", unit="a second",
            ours=REQUESTS / other, reference=REQUESTS / pool, beside="the built-in pool of two",
            limit=LEAST, bound="least", of="ratio", repeats=ROUNDS,
        )  # fmt: skip


def filled(folder: Path, requests: int) -> None:
    """An archive of the mix, every file another one."""
    printed, words = mixed(), [*laid_out("docx"), *laid_out("odt")]
    figures = b"year,asked,refused\n" + b"".join(b"20%02d,%d,%d\n" % (n % 25, 40 + n, n) for n in range(200))
    mail = mails.eml(mails.Mail(body="Please see our letter.", files=[("Decision.pdf", printed[0])]))
    files = [(f"{number}.pdf", printed[number * 7 % len(printed)]) for number in range(6)]
    files += [("letter.docx", words[3]), ("letter.odt", words[-3]), ("answer.eml", mail), ("figures.csv", figures)]
    fill(folder, requests, files, all_different=True)


def _round(folder: Path, cluster: Processes, number: int) -> tuple[Cost, Cost]:
    ways = [_by_pool, _by_cluster]
    costs = {}
    for way in ways[:: 1 if number % 2 else -1]:
        shutil.copytree(folder / "archive", folder / "copy")
        costs[way] = way(folder / "copy", cluster)
        shutil.rmtree(folder / "copy")
    return costs[_by_pool], costs[_by_cluster]


def _by_pool(place: Path, cluster: Processes) -> Cost:
    with open_archive(place) as archive:
        begun = _now(cluster)
        read_archive(archive, workers=len(WORKERS))
        return _since(begun, cluster)


def _by_cluster(place: Path, cluster: Processes) -> Cost:
    """With the files where the workers reach them; the moment in which they are tried out is not counted."""
    with (
        open_archive(place) as archive,
        ReaderPool(1) as pool,
        cluster_crew(
            cluster.address, archive.files, pool=pool, url=str(place / "files"), unread="", wait_seconds=60
        ) as crew,
    ):
        while len(crew.staff.workers()) < len(WORKERS):
            time.sleep(0.05)
        begun = _now(cluster)
        read_by(crew, archive)
        wall = time.perf_counter() - begun.wall
    return Cost(processor=_now(cluster).processor - begun.processor, wall=wall)


def _now(cluster: Processes) -> Cost:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    here = sum(one.ru_utime + one.ru_stime for one in used)
    return Cost(processor=here + sum(map(_processor, cluster.pids)), wall=time.perf_counter())


def _since(begun: Cost, cluster: Processes) -> Cost:
    now = _now(cluster)
    return Cost(processor=now.processor - begun.processor, wall=now.wall - begun.wall)


def _processor(process: int) -> float:
    """Seconds of a process and of its children that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS
