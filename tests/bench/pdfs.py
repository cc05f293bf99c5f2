"""How PDFs are read with the limits on, beside pdfplumber and pypdfium2 without any, in one process and in turns.

Ours is the whole life of a limited child process: its start, the 500 documents that it reads before it is replaced, and
what the parent does for it. Both clocks are taken: the processor's, of this process and its children, and the wall's.
"""

import io
import os
import re
import resource
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pypdfium2

from parsers.documents.probes.probe import probe_document
from scraper.reading.limits import Limits
from scraper.reading.pool import ReaderPool
from tests.bench.letters import Limit
from tests.bench.printed import long, mixed, plain

ROUNDS = 3
JOBS = Limits().jobs
REAL = Path(__file__).parents[3] / "shared" / "gold" / "files"
"""Letters that are not ours to publish, when they lie beside the checkout."""
MEGABYTE = 1 << 20
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)

Documents = Sequence[bytes]


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Milliseconds a page."""

    processor: float
    wall: float


def pdf_limits() -> Iterator[Limit]:
    """Each measure in turn."""
    yield from _speeds("plain", plain(), least=15.0, with_bare=True)
    yield from _speeds("mixed", mixed(), least=8.0)
    yield _pages_by_place(mixed())
    yield from _agreements()
    yield _probing()
    yield _memory()


def _speeds(name: str, sample: Documents, *, least: float, with_bare: bool = False) -> Iterator[Limit]:
    ours, by_place, bare = in_turns(sample, limited, extract_text, bare_text)
    for clock, one, other in (
        ("processor", ours.processor, by_place.processor),
        ("wall", ours.wall, by_place.wall),
    ):
        yield Limit(
            what=f"{name} pages a second, {clock}", measured=other / one, least=least, unit="times pdfplumber's"
        )
    if with_bare:
        measured = ours.processor / bare.processor
        yield Limit(what=f"{name} pages, processor", measured=measured, most=3.0, unit="times bare pypdfium2's")


def in_turns(sample: Documents, *readers: Callable[[Documents], int]) -> list[Cost]:
    """What each reader costs, in the median of a few rounds in which each has its turn."""
    rounds = [[_once(reader, sample) for reader in readers] for _ in range(ROUNDS)]
    return [
        Cost(
            processor=statistics.median(one.processor for one in costs),
            wall=statistics.median(one.wall for one in costs),
        )
        for costs in zip(*rounds, strict=True)
    ]


def _once(reader: Callable[[Documents], int], sample: Documents) -> Cost:
    processor, wall = _processor(), time.perf_counter()
    pages = reader(sample)
    wall, processor = time.perf_counter() - wall, _processor() - processor
    return Cost(processor=processor * 1000 / pages, wall=wall * 1000 / pages)


def _processor() -> float:
    """Seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def limited(sample: Documents) -> int:
    """Ours: one child for as many documents as it may read, the sample over and over. Gives the number of pages."""
    with ReaderPool(1) as pool:
        return sum(len(pool.read(sample[number % len(sample)], document_type="pdf").pages) for number in range(JOBS))


def extract_text(sample: Documents) -> int:
    """pdfplumber's, once over."""
    return sum(len(list(_by_place(data))) for data in sample)


def bare_text(sample: Documents) -> int:
    """pypdfium2's, once over."""
    pages = 0
    for data in sample:
        document = pypdfium2.PdfDocument(data)
        for page in document:
            textpage = page.get_textpage()
            textpage.get_text_range()
            textpage.close()
            page.close()
            pages += 1
        document.close()
    return pages


def _by_place(data: bytes) -> Iterator[str]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            yield page.extract_text()
            page.close()


def _pages_by_place(sample: Documents) -> Limit:
    """How many pages of the mix pdfplumber was given: a mix without any would prove nothing."""
    with ReaderPool(1) as pool:
        read = [pool.read(data, document_type="pdf") for data in sample]
    given = 100 * sum("pdfplumber" in document.tool for document in read) / sum(len(one.pages) for one in read)
    return Limit(what="mixed documents that pdfplumber takes", measured=given, least=3.0, unit="in 100 pages")


def _agreements() -> Iterator[Limit]:
    real = [path.read_bytes() for path in sorted(REAL.glob("*.pdf"))]
    for name, sample in (("made", [*plain()[::2], *mixed()]), ("real", real)):
        if sample:
            measured = statistics.median(_agreement(sample))
            yield Limit(what=f"words shared, {name} pages, median", measured=measured, least=0.98, unit="F1")


def _agreement(sample: Documents) -> Iterator[float]:
    """For each page the F1 of our words and pdfplumber's, in whatever order."""
    with ReaderPool(1) as pool:
        for data in sample:
            pages = pool.read(data, document_type="pdf").pages
            for page, text in zip(pages, _by_place(data), strict=True):
                ours, other = Counter(page.text.split()), Counter(text.split())
                total = ours.total() + other.total()
                yield 2 * (ours & other).total() / total if total else 1.0


def _probing() -> Limit:
    """Looking for what is hidden, which is no part of reading."""
    probing, bare = in_turns(mixed(), _probe, bare_text)
    measured = probing.processor / bare.processor
    return Limit(what="probing mixed pages, processor", measured=measured, most=3.0, unit="times bare pypdfium2's")


def _probe(sample: Documents) -> int:
    for data in sample:
        probe_document(data, document_type="pdf")
    return 2 * len(sample)


def _memory() -> Limit:
    """The most that a child held at any moment of reading and probing 1,000 pages."""
    data = long(1_000)
    with ReaderPool(1) as pool:
        pages = len(pool.read(data, document_type="pdf").pages)
        pool.probe(data, document_type="pdf")
        peak = max(map(_peak, _children()))
    if pages != 1_000:
        raise AssertionError(f"of 1,000 pages {pages} were read")
    return Limit(what="memory of a worker, 1,000 pages", measured=peak / MEGABYTE, most=300.0, unit="MB")


def _children() -> list[int]:
    found = Path(f"/proc/{os.getpid()}/task/{threading.get_native_id()}/children").read_text(encoding="ascii")
    return [int(one) for one in found.split()]


def _peak(process: int) -> int:
    """Bytes."""
    told = PEAK.search(Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    return int(told[1]) * 1024 if told else 0
