"""A pool of limited child processes that open what others sent. A child that dies costs only its document."""

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from secrets import token_hex
from types import TracebackType
from typing import Self, TypeVar

from parsers.documents.probes.probe import PROBERS, probe_document
from parsers.documents.probes.probe_findings import Probe
from parsers.documents.read import READABLE, open_document
from parsers.documents.records import DocumentText, DocumentType, Opened
from parsers.documents.result import failure
from parsers.documents.scans.dots import Raster
from parsers.letters.explained.background import Background
from parsers.letters.records import LetterContext, Reading
from scraper.errors import WdtkError
from scraper.reading import checked
from scraper.reading.frames import frame, frames
from scraper.reading.jobs import Answer, Hello, Imported, Job, Rasters, Sniffed, decode, encode, opened_of
from scraper.reading.limits import Limits
from scraper.reading.lost import (
    NO_ANSWER,
    LostError,
    bomb,
    cause_of_death,
    lacks_library,
    no_process,
    no_start,
    too_big,
    too_long,
    too_slow,
    warn_of_open_files,
)
from scraper.reading.ocr import INSTALL, Engine
from scraper.reading.recognise import recognise
from scraper.reading.worker import COMMAND, Worker, WorkerGoneError, WorkerSlowError, WorkerTalkError

T = TypeVar("T")
log = logging.getLogger(__name__)

START_SECONDS = 60.0
STOPPED = "The reading was stopped."
HEAD = 1 << 20
"""Of a document that is too big to be opened, this much tells what it is."""


class ReaderPool:
    """``workers`` children at most, started when needed; use as a context manager, from any number of threads."""

    def __init__(
        self,
        workers: int = 1,
        limits: Limits | None = None,
        *,
        command: Sequence[str] = COMMAND,
        engine: Engine | None = None,
        unread: str = INSTALL,
    ) -> None:
        """``engine`` recognises words in pictures, and ends with the pool; without one ``unread`` says what to do."""
        self.limits = limits or Limits()
        self.engine = engine
        self._unread = unread
        self.workers = workers
        self._command = command
        self._idle: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        self._living: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(workers):
            self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every child. A job that one is at is lost, and its thread gets a ``LostError``, as do later jobs."""
        if self._closed:
            return
        self._closed = True
        if self.engine is not None:
            self.engine.close()
        with self._lock:
            for worker in self._living:
                worker.kill()
        for resting in [self._idle.get() for _ in range(self.workers)]:
            if resting is not None:
                self._end(resting)
        for _ in range(self.workers):
            self._idle.put(None)

    def sniff(self, data: bytes, *, name: str | None = None) -> DocumentType:
        """What the document is, told in a child by its bytes; ``unknown`` where that costs the child."""
        known = data if len(data) <= self.limits.input_bytes else data[:HEAD]
        try:
            return self._run(Job(kind="sniff", name=name), known, partial(decode, Sniffed)).document_type
        except LostError:
            return "unknown"

    def read(self, data: bytes, *, document_type: DocumentType) -> DocumentText:
        """The document's text, read in a child; whatever happens to the child becomes its status and detail."""
        return self.open(data, document_type=document_type).document

    def open(self, data: bytes, *, document_type: DocumentType) -> Opened:
        """The document's text as from ``read``, with the bytes of the files inside it."""
        if document_type not in READABLE:
            return open_document(data, document_type=document_type)
        if len(data) > self.limits.input_bytes:
            detail = too_big(len(data), self.limits.input_bytes)
            return Opened(document=failure(document_type, "too_big", detail))
        try:
            job = Job(kind="document", document_type=document_type)
            opened = self._run(job, data, lambda body: checked.opened(opened_of(body)))
        except LostError as lost:
            return Opened(document=failure(document_type, lost.status, lost.detail))
        draw = partial(self._draw, data, document_type)
        return replace(opened, document=recognise(opened.document, draw, self.engine, unread=self._unread))

    def probe(self, data: bytes, *, document_type: DocumentType) -> Probe:
        """What the document holds beside what it shows, looked for in a child; a lost child is a failed probe."""
        if document_type not in PROBERS:
            return probe_document(data, document_type=document_type)
        if len(data) > self.limits.input_bytes:
            return Probe(status="too_big", detail=too_big(len(data), self.limits.input_bytes))
        try:
            job = Job(kind="probe", document_type=document_type)
            return self._run(job, data, lambda body: checked.probe(decode(Probe, body)))
        except LostError as lost:
            return Probe(status=lost.status, detail=lost.detail)

    def _draw(
        self,
        data: bytes,
        document_type: DocumentType,
        numbers: Sequence[int],
        *,
        turn: int | None = None,
        smooth: bool = False,
    ) -> Iterator[tuple[Raster, bytes]]:
        """Pages drawn in a child; where that costs the child, one by one, so that only the guilty one is lost."""
        job = Job(kind="rasters", document_type=document_type, numbers=tuple(numbers), turn=turn, smooth=smooth)
        try:
            pictures = self._run(job, data, lambda body: checked.pictures(_pictures(body), numbers))
        except LostError as lost:
            if len(numbers) > 1 and not self._closed:
                for number in numbers:
                    yield from self._draw(data, document_type, [number], turn=turn, smooth=smooth)
                return
            pictures = [(Raster(number=number, problem=_end_of_sentence(lost.detail)), b"") for number in numbers]
        yield from pictures

    def read_letter(self, pages: Sequence[str], *, context: LetterContext) -> Reading:
        """The reading of a letter, made in a child; ``LostError`` where the child was lost over it."""
        job = Job(kind="letter", pages=tuple(pages), context=context)
        return self._run(job, b"", lambda body: checked.reading(decode(Reading, body), pages))

    def read_background(self, pages: Sequence[str], *, context: LetterContext) -> Background:
        """What the reading of the same letter rests on, found in a child; ``LostError`` as for the reading."""
        job = Job(kind="background", pages=tuple(pages), context=context)
        return self._run(job, b"", lambda body: checked.background(decode(Background, body), pages))

    def _run(self, job: Job, data: bytes, load: Callable[[bytes], T]) -> T:
        worker = self._take()
        rested: Worker | None = None
        try:
            answer, result = self._ask(worker, job, data, load)
            worker.jobs += job.kind != "sniff"
            if self._is_healthy(worker, answer):
                rested = worker
        finally:
            if rested is None:
                self._end(worker)
            self._idle.put(rested)
        return result

    def _is_healthy(self, worker: Worker, answer: Answer) -> bool:
        within = worker.jobs < self.limits.jobs and answer.resident_bytes <= self.limits.resident_bytes
        return within and not self._closed

    def _take(self) -> Worker:
        worker = self._idle.get()
        if worker is not None and worker.is_alive and not self._closed:
            return worker
        with ExitStack() as place:
            place.callback(self._idle.put, None)
            if worker is not None:
                self._end(worker)
            started = self._start()
            place.pop_all()
        return started

    def _start(self) -> Worker:
        if self._closed:
            raise LostError("crashed", STOPPED)
        try:
            worker = Worker(self._command, self.limits)
        except OSError as error:
            raise no_process(error) from error
        with self._lock:
            self._living.add(worker)
        try:
            (words,) = worker.exchange([], answers=1, seconds=START_SECONDS)
            hello = decode(Hello, words)
        except (WorkerGoneError, WorkerSlowError, WorkerTalkError, ValueError) as error:
            self._end(worker)
            if self._closed:
                raise LostError("crashed", STOPPED) from error
            raise no_start(worker) from error
        if hello.missing is not None:
            self._end(worker)
            raise WdtkError(hello.missing)
        if not hello.files_closed:
            warn_of_open_files()
        return worker

    def _end(self, worker: Worker) -> int:
        code = worker.end()
        with self._lock:
            self._living.discard(worker)
        return code

    def _ask(self, worker: Worker, job: Job, data: bytes, load: Callable[[bytes], T]) -> tuple[Answer, T]:
        limits = self.limits
        job = replace(job, ticket=token_hex(8))
        try:
            head, body = worker.exchange([frame(encode(job)), *frames(data)], answers=2, seconds=limits.wall_seconds)
            answer = decode(Answer, head)
            if answer.ticket != job.ticket:
                raise LostError("crashed", NO_ANSWER)
            if answer.out_of_memory:
                raise bomb(limits)
            return answer, load(body)
        except WorkerSlowError as error:
            raise too_slow(limits) from error
        except WorkerTalkError as error:
            raise too_long(limits) from error
        except ValueError as error:
            raise LostError("crashed", NO_ANSWER) from error
        except WorkerGoneError as error:
            raise self._lost(worker, job) from error

    def _lost(self, worker: Worker, job: Job) -> LostError:
        """Why a child is gone. What it says last may be a document's doing, so that it lacks a library is tried."""
        if not worker.wait_a_moment():
            return LostError("crashed", "The reader closed its pipe without an answer.")
        code = self._end(worker)
        if lacks_library(worker) and not self._closed:
            if job.kind == "imports":
                raise no_start(worker)
            self._try_imports()
        return cause_of_death(worker, code, self.limits)

    def _try_imports(self) -> None:
        """Raises ``WdtkError`` where a fresh child lacks a library that reading needs."""
        fresh = self._start()
        try:
            self._ask(fresh, Job(kind="imports"), b"", partial(decode, Imported))
        except LostError as lost:
            log.info("a fresh child could not be tried: %s", lost.detail)
        finally:
            self._end(fresh)


def _pictures(body: bytes) -> list[tuple[Raster, bytes]]:
    head, _, dots = body.partition(b"\n")
    return decode(Rasters, head).pictures(dots)


def _end_of_sentence(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")
