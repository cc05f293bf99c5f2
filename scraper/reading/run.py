"""``wdtk read``: documents to text, then texts to readings, for all that is new or stale.

Each document and each reading is one transaction, and what is there already is skipped, so a run that was
stopped or killed at any moment goes on where it was, and ends with the same rows.
"""

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from parsers.documents.probes.probe_findings import Probe
from parsers.documents.read import READER_VERSION
from parsers.documents.records import DocumentType, Opened
from parsers.letters.reading import PARSER_VERSION
from parsers.letters.records import Reading
from scraper.archive.database import Archive
from scraper.archive.errors import ArchiveError
from scraper.archive.parts import store_parts
from scraper.reading import letters
from scraper.reading.inside import parts_to_read
from scraper.reading.letters import Letter
from scraper.reading.limits import Limits
from scraper.reading.lost import LostError
from scraper.reading.ocr import INSTALL, Engine
from scraper.reading.pool import ReaderPool
from scraper.reading.probing import store_probe, to_probe
from scraper.reading.progress import Progress
from scraper.reading.store import store_document, store_reading
from scraper.reading.sureness import weighed

A = TypeVar("A")
B = TypeVar("B")
log = logging.getLogger(__name__)

TO_READ = """
SELECT a.sha256, min(a.name)
FROM attachments a LEFT JOIN documents d ON d.sha256 = a.sha256
WHERE a.state = 'file' AND a.sha256 IS NOT NULL
  AND (? OR d.reader_version IS NOT ? OR (? AND d.pages_unrecognised > 0))
GROUP BY a.sha256 ORDER BY a.sha256
"""


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
    number = workers or default_workers()
    counts = Counter() if counts is None else counts
    with ReaderPool(number, limits, engine=engine, unread=unread) as pool, _threads(pool, number) as threads:
        work = _Work(archive=archive, pool=pool, threads=threads, progress=progress or Progress(), counts=counts)
        _read_documents(work, again=again)
        _probe_documents(work, again=again)
        _read_letters(work, again=again)
    return counts


@contextmanager
def _threads(pool: ReaderPool, number: int) -> Iterator[ThreadPoolExecutor]:
    """One thread a child. When the work is broken off, children die first, so that no thread is waited for."""
    threads = ThreadPoolExecutor(number, thread_name_prefix="reader")
    try:
        yield threads
    finally:
        pool.close()
        threads.shutdown(cancel_futures=True)


@dataclass(frozen=True, kw_only=True)
class _Work:
    archive: Archive
    pool: ReaderPool
    threads: ThreadPoolExecutor
    progress: Progress
    counts: Counter[str]

    def each(self, do: Callable[[A], B], things: Iterable[A]) -> Iterator[tuple[A, B]]:
        """Every thing with what ``do`` made of it, in the order they are done; few are held at a time."""
        waiting: dict[Future[B], A] = {}
        for thing in things:
            waiting[self.threads.submit(do, thing)] = thing
            if len(waiting) >= 2 * self.pool.workers:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)


def _done(waiting: dict[Future[B], A]) -> Iterator[tuple[A, B]]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield waiting.pop(future), future.result()


def _read_documents(work: _Work, *, again: bool) -> None:
    """Attached files first, then what lies in them, level by level."""
    connection, with_engine = work.archive.connection, work.pool.engine is not None
    files: list[tuple[str, str | None]]
    files = connection.execute(TO_READ, [again, READER_VERSION, with_engine]).fetchall()
    done: set[str] = set()
    while True:
        _read_files(work, files)
        done |= {sha256 for sha256, _ in files}
        waiting = parts_to_read(connection, again=again, with_engine=with_engine, done=done)
        files = [file for file in waiting if file[0] not in done]
        if not files:
            return


def _read_files(work: _Work, files: Sequence[tuple[str, str | None]]) -> None:
    work.progress.begin("Documents", len(files))
    for (sha256, _), found in work.each(lambda file: _read_file(work, *file), files):
        if found is None:
            work.counts["files missing"] += 1
        else:
            opened, stored = found
            with work.archive.transaction() as connection:
                store_document(connection, sha256, opened.document)
                store_parts(connection, sha256, opened, stored)
            work.counts[f"documents {opened.document.status}"] += 1
        work.progress.step()
    work.progress.end()


def _read_file(work: _Work, sha256: str, name: str | None) -> tuple[Opened, list[str | None]] | None:
    """What the stored file holds, with the files in it stored; ``None`` where it is not there or not whole."""
    try:
        data = work.archive.files.get(sha256)
    except ArchiveError as error:
        log.warning("%s", error.message)
        return None
    opened = work.pool.open(data, document_type=work.pool.sniff(data, name=name))
    parts = zip(opened.document.parts, opened.files, strict=True)
    return opened, [None if part.problem else work.archive.files.put(inside) for part, inside in parts]


def _probe_documents(work: _Work, *, again: bool) -> None:
    found = to_probe(work.archive.connection, again=again)
    work.progress.begin("Probes", len(found))
    for (sha256, document_type), probe in work.each(lambda one: _probe_file(work, *one), found):
        if probe is not None:
            with work.archive.transaction() as connection:
                store_probe(connection, sha256, document_type, probe)
            held = any(finding.severity == "holds_back" for finding in probe.findings)
            work.counts["probes with findings" if held else f"probes {probe.status}"] += 1
        work.progress.step()
    work.progress.end()


def _probe_file(work: _Work, sha256: str, document_type: DocumentType) -> Probe | None:
    """What the stored file hides; ``None`` where it is not there or not whole, as the reading has said already."""
    try:
        data = work.archive.files.get(sha256)
    except ArchiveError:
        return None
    return work.pool.probe(data, document_type=document_type)


@dataclass(frozen=True, kw_only=True)
class _Task:
    letter: Letter
    words: letters.Words


def _read_letters(work: _Work, *, again: bool) -> None:
    work.progress.begin("Letters", letters.count(work.archive.connection))
    inside: set[str] = set()
    for task, reading in work.each(lambda task: _read_letter(work, task), _tasks(work, inside, again=again)):
        _keep(work, task, reading)
        work.progress.step()
    with work.archive.transaction() as connection:
        letters.drop_strays(connection, inside)
    work.progress.end()


def _tasks(work: _Work, inside: set[str], *, again: bool) -> Iterator[_Task]:
    """The letters to be read; ``inside`` takes the names of those that lie in attached files."""
    connection = work.archive.connection
    for letter, is_known in letters.candidates(connection):
        if letter.source != letter.attachment_id and letter.attachment_id is not None:
            inside.add(letter.source)
        if is_known and not again:
            work.counts["letters unchanged"] += 1
            work.progress.step()
            continue
        yield _Task(letter=letter, words=letters.words(connection, letter))


def _read_letter(work: _Work, task: _Task) -> Reading:
    try:
        reading = work.pool.read_letter(task.words.pages, context=task.letter.context)
    except LostError as lost:
        return unreadable(lost)
    reading = weighed(reading, task.words.pages, task.words.sure)
    return replace(reading, notes=(*reading.notes, task.words.note)) if task.words.note else reading


def unreadable(lost: LostError) -> Reading:
    """The reading of a letter over which the reader was lost: it says nothing but that."""
    return Reading(
        kind="other",
        letter_date=None,
        request_date=None,
        references=(),
        citations=(),
        outcome="other",
        outcome_evidence=None,
        signals=(),
        parser_version=PARSER_VERSION,
        notes=(f"Not read ({lost.status}): {lost.detail}",),
    )


def _keep(work: _Work, task: _Task, reading: Reading) -> None:
    with work.archive.transaction() as connection:
        if not letters.is_unchanged(connection, task.letter):
            work.counts["letters changed meanwhile"] += 1
            return
        store_reading(connection, task.letter, reading)
    lost = reading.notes and reading.notes[-1].startswith("Not read")
    work.counts["letters lost" if lost else "letters read"] += 1
