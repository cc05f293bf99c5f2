"""``wdtk read``: documents to text, then texts to readings, for all that is new or stale.

Each document and each reading is stored in one transaction, on a cluster some together, and what is there already is
skipped, so a run that was stopped or killed at any moment goes on where it was, and ends with the same rows. One
process writes, whoever reads; and however large the archive is, little of it is held in memory at a time.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parsers.documents.read import READER_VERSION
from parsers.letters.records import Reading
from scraper.archive.database import Archive
from scraper.archive.parts import store_parts
from scraper.reading import letters, taken
from scraper.reading.inside import parts_to_read
from scraper.reading.limits import Limits
from scraper.reading.ocr import INSTALL, Engine
from scraper.reading.pool import ReaderPool
from scraper.reading.probing import probes_to_make, store_probe, to_probe
from scraper.reading.progress import Progress
from scraper.reading.store import store_document, store_reading
from scraper.reading.work import Crew, FileTask, LetterTask, ProbeTask, pool_crew

TO_READ = """
SELECT a.sha256, min(a.name)
FROM attachments a LEFT JOIN documents d ON d.sha256 = a.sha256
WHERE a.state = 'file' AND a.sha256 > ?
  AND (? OR d.reader_version IS NOT ? OR (? AND d.pages_unrecognised > 0))
GROUP BY a.sha256 ORDER BY a.sha256 LIMIT ?
"""
HOW_MANY = """
SELECT count(DISTINCT a.sha256)
FROM attachments a LEFT JOIN documents d ON d.sha256 = a.sha256
WHERE a.state = 'file' AND a.sha256 IS NOT NULL
  AND (? OR d.reader_version IS NOT ? OR (? AND d.pages_unrecognised > 0))
"""
TOGETHER = 1_000


def default_workers() -> int:
    """As many as the processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def read_archive(
    archive: Archive,
    *,
    again: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
    counts: Counter[str] | None = None,
    engine: Engine | None = None,
    unread: str = INSTALL,
) -> Counter[str]:
    """Read every stored file and every letter that is new or stale; ``again`` takes up the others too.

    With an ``engine`` words in pictures are read as well, also of files that were read when there was none; without
    one ``unread`` says why and what to do. The engine ends with the run.

    Gives how many documents came to each status (``documents read``, ``documents encrypted``, ...), how many
    letters were read, were unchanged, or cost their process, and how many stored files were missing or damaged;
    in ``counts`` where it is given, as the work goes on.
    """
    with (
        ReaderPool(workers or default_workers(), limits, engine=engine, unread=unread) as pool,
        pool_crew(pool, archive.files) as crew,
    ):
        return read_by(crew, archive, again=again, progress=progress, counts=counts)


def read_by(
    crew: Crew,
    archive: Archive,
    *,
    again: bool = False,
    progress: Progress | None = None,
    counts: Counter[str] | None = None,
) -> Counter[str]:
    """The same by readers that are there already and stay."""
    counts = Counter() if counts is None else counts
    work = _Work(archive=archive, crew=crew, progress=progress or Progress(), counts=counts)
    _read_documents(work, again=again)
    _probe_documents(work, again=again)
    _read_letters(work, again=again)
    return counts


@dataclass(frozen=True, kw_only=True)
class _Work:
    archive: Archive
    crew: Crew
    progress: Progress
    counts: Counter[str]


def _read_documents(work: _Work, *, again: bool) -> None:
    """Attached files first, then what lies in them, level by level."""
    connection, with_engine = work.archive.connection, work.crew.with_engine
    asked = [again, READER_VERSION, with_engine]
    with taken.taken(connection):
        (number,) = connection.execute(HOW_MANY, asked).fetchone()
        _read_files(work, _to_read(work, again=again), number)
        while files := parts_to_read(connection, again=again, with_engine=with_engine):
            _read_files(work, [FileTask(sha256=sha256, name=name) for sha256, name in files], len(files))


def _to_read(work: _Work, *, again: bool) -> Iterator[FileTask]:
    """Attached files, in the order of their SHA-256."""
    last, connection = "", work.archive.connection
    asked = [again, READER_VERSION, work.crew.with_engine, TOGETHER]
    while rows := connection.execute(TO_READ, [last, *asked]).fetchall():
        yield from (FileTask(sha256=sha256, name=name) for sha256, name in rows)
        last = rows[-1][0]


def _read_files(work: _Work, files: Iterable[FileTask], number: int) -> None:
    work.progress.begin("Documents", number)
    for group in work.crew.documents(files):
        with work.archive.transaction() as connection:
            taken.take(connection, [task.sha256 for task, _ in group])
            for task, found in group:
                if found is not None:
                    opened, stored = found
                    store_document(connection, task.sha256, opened.document)
                    store_parts(connection, task.sha256, opened, stored)
        for _, found in group:
            work.counts["files missing" if found is None else f"documents {found[0].document.status}"] += 1
            work.progress.step()
    work.progress.end()


def _probe_documents(work: _Work, *, again: bool) -> None:
    connection = work.archive.connection
    work.progress.begin("Probes", probes_to_make(connection, again=again))
    tasks = (ProbeTask(sha256=sha256, document_type=kind) for sha256, kind in to_probe(connection, again=again))
    for group in work.crew.probes(tasks):
        with work.archive.transaction() as writing:
            for task, probe in group:
                if probe is not None:
                    store_probe(writing, task.sha256, task.document_type, probe)
        for _, probe in group:
            if probe is not None:
                held = any(finding.severity == "holds_back" for finding in probe.findings)
                work.counts["probes with findings" if held else f"probes {probe.status}"] += 1
            work.progress.step()
    work.progress.end()


def _read_letters(work: _Work, *, again: bool) -> None:
    work.progress.begin("Letters", letters.count(work.archive.connection))
    inside: set[str] = set()
    for group in work.crew.letters(_letter_tasks(work, inside, again=again)):
        _keep(work, group)
    with work.archive.transaction() as connection:
        letters.drop_strays(connection, inside)
    work.progress.end()


def _letter_tasks(work: _Work, inside: set[str], *, again: bool) -> Iterator[LetterTask]:
    """The letters to be read; ``inside`` takes the names of those that lie in attached files."""
    connection = work.archive.connection
    for letter, is_known in letters.candidates(connection):
        if letter.source != letter.attachment_id and letter.attachment_id is not None:
            inside.add(letter.source)
        if is_known and not again:
            work.counts["letters unchanged"] += 1
            work.progress.step()
            continue
        yield LetterTask(letter=letter, words=letters.words(connection, letter))


def _keep(work: _Work, group: list[tuple[LetterTask, Reading]]) -> None:
    kept = []
    with work.archive.transaction() as connection:
        for task, reading in group:
            unchanged = letters.is_unchanged(connection, task.letter)
            if unchanged:
                store_reading(connection, task.letter, reading)
            kept.append(unchanged)
    for (_, reading), unchanged in zip(group, kept, strict=True):
        lost = reading.notes and reading.notes[-1].startswith("Not read")
        what = "lost" if lost else "read"
        work.counts[f"letters {what}" if unchanged else "letters changed meanwhile"] += 1
        work.progress.step()
