"""Reads damaged files through a pool and keeps what became of each; says what hung, leaked or was lost."""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, get_args

from parsers.documents.probes.probe_findings import Probe
from parsers.documents.records import DocumentText, DocumentType, ReadStatus
from parsers.documents.scans.dots import Raster
from parsers.documents.scans.recognised import Word
from parsers.documents.sniff import sniff
from scraper.reading.jobs import Job
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.pool import ReaderPool
from tests.mutate.files import Mutated, Whole, mutated
from tests.scraper.reading.leaks import held

LIMITS = Limits(memory_bytes=512 * MEGABYTE, cpu_seconds=5, wall_seconds=20)
GRACE = 10.0
"""Seconds that ending a child and starting the next may take on a busy machine."""
DEEPEST = 3
INSIDE = 4
"""Files that are read of those inside another."""
STATUSES = frozenset(get_args(ReadStatus))
T = TypeVar("T")
GROWTH = 64 * MEGABYTE
"""Of this process between its first quarter and its end: the parts of one file may be so many bytes."""


class Watched(ReaderPool):
    """A pool that keeps which of its children were waited for too long."""

    def __init__(self, workers: int) -> None:
        super().__init__(workers, LIMITS, engine=Blind())
        self.late: list[str] = []

    def _run(self, job: Job, data: bytes, load: Callable[[bytes], T]) -> T:
        start = time.monotonic()
        try:
            return super()._run(job, data, load)
        finally:
            if (taken := time.monotonic() - start) > LIMITS.wall_seconds + GRACE:
                self.late.append(f"The {job.kind} of a {job.document_type} file took {taken:.0f} seconds.")


class Blind:
    """An engine that sees nothing: pages are drawn and looked over, and no words come of them."""

    name = "none"
    languages: Sequence[str] = ("eng",)

    def words(self, raster: Raster, dots: bytes, *, language: str = "eng") -> list[Word]:  # noqa: ARG002 - an engine's
        return []

    def close(self) -> None:
        pass


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one damaged file and of those inside it."""

    number: int
    sample: str
    family: DocumentType
    damage: str
    status: str
    probe: str
    inside: int
    seconds: float
    faults: tuple[str, ...]
    detail: str | None
    """On a crash of a reader or a probe."""

    @property
    def is_unforeseen(self) -> bool:
        """Whether code of ours raised what nobody had thought of; a crash of native code is the child's to bear."""
        return self.detail is not None and "failed on it" in self.detail


@dataclass
class Report:
    """All of a run."""

    outcomes: list[Outcome] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Sentences on what was left behind."""

    @property
    def faults(self) -> list[str]:
        """Everything that must not be, in sentences."""
        told = [f"file {one.number}: {fault}" for one in self.outcomes for fault in one.faults]
        return told + [f"file {one.number}: {one.detail}" for one in self.outcomes if one.is_unforeseen] + self.left

    def statuses(self) -> dict[DocumentType, Counter[str]]:
        """How often each family ended with each status."""
        counted: dict[DocumentType, Counter[str]] = {}
        for one in self.outcomes:
            counted.setdefault(one.family, Counter())[one.status] += 1
        return dict(sorted(counted.items()))


def run(
    files: int,
    *,
    seed: int,
    among: Sequence[Whole],
    workers: int = 2,
    step: Callable[[Mutated, Outcome], None] = lambda _file, _outcome: None,
) -> Report:
    """Damage and read so many files; ``step`` is told of each."""
    report = Report()
    before, early = held(), 0
    with _own_folder() as folder:
        with Watched(workers) as pool, ThreadPoolExecutor(workers) as threads:
            for file, outcome in threads.map(lambda number: _tried(pool, mutated(number, seed, among)), range(files)):
                report.outcomes.append(outcome)
                step(file, outcome)
                early = early or (memory() if len(report.outcomes) * 4 >= files else 0)
        report.left += pool.late
        report.left += _left(before, folder, grown=memory() - early)
    if len(report.outcomes) != files:
        report.left.append(f"{files - len(report.outcomes)} files were lost.")
    return report


@contextmanager
def _own_folder() -> Iterator[Path]:
    """A folder in which everything temporary lies meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        usual, tempfile.tempdir = tempfile.tempdir, folder
        try:
            yield Path(folder)
        finally:
            tempfile.tempdir = usual


def _left(before: object, folder: Path, *, grown: int) -> Iterator[str]:
    if (after := held()) != before:
        yield f"Open files, children and threads were {before} and are {after}."
    if left := sorted(path.name for path in folder.iterdir()):
        yield f"Temporary files were left behind: {', '.join(left)}."
    if grown > GROWTH:
        yield f"This process grew by {grown // MEGABYTE} MB."


def memory() -> int:
    """Bytes that this process holds; 0 where that is not told."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") if statm.exists() else 0


def _tried(pool: ReaderPool, file: Mutated) -> tuple[Mutated, Outcome]:
    faults: list[str] = []
    start = time.monotonic()
    documents = list(_read(pool, file.data, file.document_type, faults))
    probe = pool.probe(file.data, document_type=file.document_type)
    faults += _faults_of_probe(probe)
    first = documents[0]
    outcome = Outcome(
        number=file.number,
        sample=file.whole.label,
        family=file.whole.document_type,
        damage=file.damage,
        status=first.status,
        probe=probe.status,
        inside=len(documents) - 1,
        seconds=time.monotonic() - start,
        faults=tuple(faults),
        detail=next((one.detail for one in documents if one.status == "crashed"), None) or _crash(probe),
    )
    return file, outcome


def _crash(probe: Probe) -> str | None:
    return f"Probing: {probe.detail}" if probe.status == "crashed" else None


def _read(
    pool: ReaderPool, data: bytes, kind: DocumentType, faults: list[str], depth: int = 0
) -> Iterator[DocumentText]:
    opened = pool.open(data, document_type=kind)
    document = opened.document
    if document.status not in STATUSES:
        faults.append(f"{document.status!r} is no status.")
    if document.status != "read" and not document.detail:
        faults.append(f"It is {document.status} and nothing says why.")
    if [part.size for part in document.parts] != [len(part) for part in opened.files]:
        faults.append("Its parts are not those that it tells of.")
    yield document
    for part, inner in list(zip(document.parts, opened.files, strict=True))[:INSIDE] if depth < DEEPEST else ():
        if inner:
            yield from _read(pool, inner, sniff(inner, name=part.name), faults, depth + 1)


def _faults_of_probe(probe: Probe) -> Iterator[str]:
    if probe.status not in STATUSES | {"probed"}:
        yield f"{probe.status!r} is no status of a probe."
    if probe.status != "probed" and (probe.findings or not probe.detail):
        yield f"Its probe is {probe.status}, with findings or without a reason."
