"""How PDFs are read with the limits on, beside pdfplumber and pypdfium2 without any, in one process and in turns.

Ours is the whole life of a limited child process: its start, the 500 documents that it reads before it is replaced, and
what the parent does for it. Both clocks are taken: the processor's, of this process and its children, and the wall's.
"""

import io
import os
import re
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
from parsers.documents.read import read_document
from scraper.reading.limits import Limits
from scraper.reading.pool import ReaderPool
from tests.bench.figures import Bound, Figure, Unit
from tests.bench.printed import long, mixed, plain
from tests.bench.samples import pdfs
from tests.bench.turns import ROUNDS as TURNS
from tests.bench.turns import a_piece, processor
from tests.bench.turns import in_turns as by_turns

ROUNDS = 2
JOBS = Limits().jobs
REAL = Path(__file__).parents[3] / "shared" / "gold" / "files"
"""Letters that are not ours to publish, when they lie beside the checkout."""
MEGABYTE = 1 << 20
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)

Documents = Sequence[bytes]
BARE = "pypdfium2's bare text"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Milliseconds a page."""

    processor: float
    wall: float


def figures() -> Iterator[Figure]:
    """Each measure in turn."""
    yield _unlimited()
    yield from _speeds("plain", plain(), least=15.0, with_bare=True)
    yield from _speeds("mixed", mixed(), least=8.0)
    yield _pages_by_place(mixed())
    yield from _agreements()
    yield _probing()
    yield _memory()


def _unlimited() -> Figure:
    """Letters of the stand-in site, in this process and without limits."""
    sample = pdfs()
    ours, reference = by_turns(
        a_piece(lambda: len([read_document(data, document_type="pdf") for data in sample])),
        a_piece(lambda: len([bare_text([data]) for data in sample])),
    )
    return Figure(
        part="pdfs", what="a letter as PDF to pages of text, without the limits", unit="ms", ours=ours,
        reference=reference, beside=BARE, repeats=TURNS,
    )  # fmt: skip


def _speeds(name: str, sample: Documents, *, least: float, with_bare: bool = False) -> Iterator[Figure]:
    ours, by_place, bare = in_turns(sample, limited, extract_text, bare_text)
    for clock, words in (("processor", "processor"), ("wall", "clock")):
        yield Figure(
            part="pdfs", what=f"{name} pages by the {words}, beside pdfplumber", unit="a second",
            ours=1000 / getattr(ours, clock), reference=1000 / getattr(by_place, clock), beside="pdfplumber's text",
            limit=least, bound="least", of="ratio", repeats=ROUNDS,
        )  # fmt: skip
    if with_bare:
        yield Figure(
            part="pdfs", what=f"a {name} page, beside pypdfium2", unit="ms", ours=ours.processor,
            reference=bare.processor, beside=BARE, limit=3.0, of="ratio", repeats=ROUNDS,
        )  # fmt: skip


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
    used, begun = processor(), time.perf_counter()
    pages = reader(sample)
    wall, used = time.perf_counter() - begun, processor() - used
    return Cost(processor=used * 1000 / pages, wall=wall * 1000 / pages)


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


def _pages_by_place(sample: Documents) -> Figure:
    """How many pages of the mix pdfplumber was given: a mix without any would prove nothing."""
    with ReaderPool(1) as pool:
        read = [pool.read(data, document_type="pdf") for data in sample]
    given = 100 * sum("pdfplumber" in document.tool for document in read) / sum(len(one.pages) for one in read)
    return _bounded("mixed documents that pdfplumber takes", given, "in 100 pages", 3.0, "least")


def _agreements() -> Iterator[Figure]:
    real = [path.read_bytes() for path in sorted(REAL.glob("*.pdf"))]
    for name, sample in (("made", [*plain()[::2], *mixed()]), ("real", real)):
        if sample:
            shared = statistics.median(_agreement(sample))
            yield _bounded(f"words shared with pdfplumber, {name} pages, median", shared, "F1", 0.98, "least")


def _agreement(sample: Documents) -> Iterator[float]:
    """For each page the F1 of our words and pdfplumber's, in whatever order."""
    with ReaderPool(1) as pool:
        for data in sample:
            pages = pool.read(data, document_type="pdf").pages
            for page, text in zip(pages, _by_place(data), strict=True):
                ours, other = Counter(page.text.split()), Counter(text.split())
                total = ours.total() + other.total()
                yield 2 * (ours & other).total() / total if total else 1.0


def _probing() -> Figure:
    """Looking for what is hidden, which is no part of reading."""
    probing, bare = in_turns(mixed(), _probe, bare_text)
    return Figure(
        part="pdfs", what="probing a mixed page for what is hidden", unit="ms", ours=probing.processor,
        reference=bare.processor, beside=BARE, limit=3.0, of="ratio", repeats=ROUNDS,
    )  # fmt: skip


def _probe(sample: Documents) -> int:
    for data in sample:
        probe_document(data, document_type="pdf")
    return 2 * len(sample)


def _memory() -> Figure:
    """The most that a child held at any moment of reading and probing 1,000 pages."""
    data = long(1_000)
    with ReaderPool(1) as pool:
        pages = len(pool.read(data, document_type="pdf").pages)
        pool.probe(data, document_type="pdf")
        peak = max(map(_peak, _children()))
    if pages != 1_000:
        raise AssertionError(f"of 1,000 pages {pages} were read")
    return _bounded("memory of a worker, 1,000 pages", peak / MEGABYTE, "MB", 300.0)


def _bounded(what: str, ours: float, unit: Unit, limit: float, bound: Bound = "most") -> Figure:
    return Figure(part="pdfs", what=what, unit=unit, ours=ours, limit=limit, bound=bound)


def _children() -> list[int]:
    found = Path(f"/proc/{os.getpid()}/task/{threading.get_native_id()}/children").read_text(encoding="ascii")
    return [int(one) for one in found.split()]


def _peak(process: int) -> int:
    """Bytes."""
    told = PEAK.search(Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    return int(told[1]) * 1024 if told else 0
