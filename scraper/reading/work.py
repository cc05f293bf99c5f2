"""What is to be read, and who reads it: the pool of this machine here, or a cluster (``scraper.reading.cluster``)."""

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from parsers.documents.probes.probe_findings import Probe
from parsers.documents.records import DocumentType, Opened
from parsers.letters.reading import PARSER_VERSION
from parsers.letters.records import Reading
from scraper.archive.errors import ArchiveError
from scraper.archive.files import FileStore
from scraper.reading.letters import Letter, Words
from scraper.reading.lost import LostError
from scraper.reading.pool import ReaderPool
from scraper.reading.sureness import weighed

A = TypeVar("A")
B = TypeVar("B")
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class FileTask:
    """A stored file whose text is wanted."""

    sha256: str
    name: str | None


@dataclass(frozen=True, kw_only=True)
class ProbeTask:
    """A stored file that was opened, to be looked through for what it does not show."""

    sha256: str
    document_type: DocumentType


@dataclass(frozen=True, kw_only=True)
class LetterTask:
    """A letter whose reading is wanted."""

    letter: Letter
    words: Words


Found = tuple[Opened, list[str | None]]
"""What a file holds, and under which SHA-256 each file in it was stored; ``None`` for one that could not be had."""


class Crew(Protocol):
    """Readers. Each method takes tasks as they come, few at a time, and gives them back with what was found, in any
    order, some together where they came together; ``None`` for a stored file that is missing or damaged."""

    with_engine: bool
    """Whether words in pictures are recognised."""

    def documents(self, tasks: Iterable[FileTask]) -> Iterator[list[tuple[FileTask, Found | None]]]:
        """The text of files; files inside them are stored."""

    def probes(self, tasks: Iterable[ProbeTask]) -> Iterator[list[tuple[ProbeTask, Probe | None]]]:
        """What files hold beside what they show."""

    def letters(self, tasks: Iterable[LetterTask]) -> Iterator[list[tuple[LetterTask, Reading]]]:
        """The readings of letters."""


class PoolCrew:
    """The children of a pool on this machine."""

    def __init__(self, pool: ReaderPool, threads: ThreadPoolExecutor, files: FileStore) -> None:
        self.with_engine = pool.engine is not None
        self._pool, self._threads, self._files = pool, threads, files

    def documents(self, tasks: Iterable[FileTask]) -> Iterator[list[tuple[FileTask, Found | None]]]:
        """See ``Crew``."""
        return self._each(lambda task: read_file(self._pool, self._files, task), tasks)

    def probes(self, tasks: Iterable[ProbeTask]) -> Iterator[list[tuple[ProbeTask, Probe | None]]]:
        """See ``Crew``."""
        return self._each(lambda task: probe_file(self._pool, self._files, task), tasks)

    def letters(self, tasks: Iterable[LetterTask]) -> Iterator[list[tuple[LetterTask, Reading]]]:
        """See ``Crew``."""
        return self._each(lambda task: read_letter(self._pool, task), tasks)

    def _each(self, do: Callable[[A], B], things: Iterable[A]) -> Iterator[list[tuple[A, B]]]:
        """Every thing with what ``do`` made of it, in the order they are done; few are held at a time."""
        waiting: dict[Future[B], A] = {}
        for thing in things:
            waiting[self._threads.submit(do, thing)] = thing
            if len(waiting) >= 2 * self._pool.workers:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)


def _done(waiting: dict[Future[B], A]) -> Iterator[list[tuple[A, B]]]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield [(waiting.pop(future), future.result())]


@contextmanager
def pool_crew(pool: ReaderPool, files: FileStore) -> Iterator[PoolCrew]:
    """One thread a child. When the work is broken off, children die first, so that no thread is waited for."""
    threads = ThreadPoolExecutor(pool.workers, thread_name_prefix="reader")
    try:
        yield PoolCrew(pool, threads, files)
    finally:
        pool.close()
        threads.shutdown(cancel_futures=True)


def read_file(pool: ReaderPool, files: FileStore, task: FileTask) -> Found | None:
    """What the stored file holds, with the files in it stored; ``None`` where it is not there or not whole."""
    try:
        data = files.get(task.sha256)
    except ArchiveError as error:
        log.warning("%s", error.message)
        return None
    return stored(files, pool.open(data, document_type=pool.sniff(data, name=task.name)))


def stored(files: FileStore, opened: Opened) -> Found:
    """A document with the files in it stored."""
    parts = zip(opened.document.parts, opened.files, strict=True)
    return opened, [None if part.problem else files.put(inside) for part, inside in parts]


def probe_file(pool: ReaderPool, files: FileStore, task: ProbeTask) -> Probe | None:
    """What the stored file hides; ``None`` where it is not there or not whole, as the reading has said already."""
    try:
        data = files.get(task.sha256)
    except ArchiveError:
        return None
    return pool.probe(data, document_type=task.document_type)


def read_letter(pool: ReaderPool, task: LetterTask) -> Reading:
    """The reading of a letter, or one that says that the reader was lost over it."""
    try:
        reading = pool.read_letter(task.words.pages, context=task.letter.context)
    except LostError as lost:
        return unreadable(lost)
    return finished(task, reading)


def finished(task: LetterTask, reading: Reading) -> Reading:
    """A reading weighed by how sure its words are, with a note where they are not all of the letter."""
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
