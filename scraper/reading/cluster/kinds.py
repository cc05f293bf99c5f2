"""The three kinds of work: how a task becomes an order, an answer what was found, and how it is done here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from parsers.documents.probes.probe_findings import Probe
from parsers.letters.records import Reading
from scraper.archive.files import FileStore
from scraper.reading import checked
from scraper.reading.cluster.orders import Order, Told
from scraper.reading.jobs import decode, opened_of
from scraper.reading.lost import LostError
from scraper.reading.pool import ReaderPool
from scraper.reading.work import (
    FileTask,
    Found,
    LetterTask,
    ProbeTask,
    finished,
    probe_file,
    read_file,
    read_letter,
    stored,
    unreadable,
)

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[T, R]):
    """One kind of work on tasks ``T`` with results ``R``."""

    order: Callable[[T], Order]
    found: Callable[[T, Told, bytes], R]
    """What an answer says, checked as the answers of children are; ``ValueError`` where it cannot be so."""
    here: Callable[[ReaderPool, T], R]
    """The same work done by a child of this machine."""
    missing: Callable[[], R]
    """What is said of a file that is not there."""


def documents(files: FileStore) -> Kind[FileTask, Found | None]:
    """Files to text."""
    return Kind(
        order=lambda task: Order(kind="document", sha256=task.sha256, name=task.name),
        found=lambda _task, _told, body: stored(files, checked.opened(opened_of(body))),
        here=lambda pool, task: read_file(pool, files, task),
        missing=lambda: None,
    )


def probes(files: FileStore) -> Kind[ProbeTask, Probe | None]:
    """Files to what they hide."""
    return Kind(
        order=lambda task: Order(kind="probe", sha256=task.sha256, document_type=task.document_type),
        found=lambda _task, _told, body: checked.probe(decode(Probe, body)),
        here=lambda pool, task: probe_file(pool, files, task),
        missing=lambda: None,
    )


def letters() -> Kind[LetterTask, Reading]:
    """Letters to readings."""
    return Kind(
        order=lambda task: Order(kind="letter", pages=task.words.pages, context=task.letter.context),
        found=_reading,
        here=read_letter,
        missing=_no_file,
    )


def _no_file() -> Reading:
    raise ValueError("a letter is no file")


def _reading(task: LetterTask, told: Told, body: bytes) -> Reading:
    if told.state == "lost":
        return unreadable(LostError(told.status, told.detail))
    return finished(task, checked.reading(decode(Reading, body), task.words.pages))
