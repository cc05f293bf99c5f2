"""A pool of limited child processes that open what others sent. A child that dies costs only its document."""

import logging
import queue
import re
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, partial
from types import TracebackType
from typing import Self, TypeVar

from parsers.documents.probes.probe import PROBERS, probe_document
from parsers.documents.probes.probe_findings import Probe
from parsers.documents.read import READABLE, open_document
from parsers.documents.records import DocumentText, DocumentType, Opened, ReadStatus
from parsers.documents.result import failure
from parsers.documents.scans.dots import Raster
from parsers.letters.explained.background import Background
from parsers.letters.records import LetterContext, Reading
from scraper.errors import WdtkError
from scraper.reading.frames import frame, frames
from scraper.reading.jobs import Answer, Hello, Job, Rasters, decode, encode, opened_of
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.ocr import INSTALL, Engine
from scraper.reading.recognise import recognise
from scraper.reading.worker import COMMAND, Worker, WorkerGoneError, WorkerSlowError, WorkerTalkError

T = TypeVar("T")
log = logging.getLogger(__name__)

START_SECONDS = 60.0
SHORT_OF_MEMORY = frozenset({
    signal.SIGABRT, signal.SIGTRAP, signal.SIGILL, signal.SIGSEGV, signal.SIGBUS, signal.SIGKILL,
})  # fmt: skip
"""How native code ends when it gets no memory, or when the system takes it back."""
RAISED = re.compile(rb"^([A-Za-z_][\w.]{0,80})(?::|$)")


class LostError(Exception):
    """A job that cost its child: the status for its row, and a sentence."""

    def __init__(self, status: ReadStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


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
        self._folder = tempfile.TemporaryDirectory(prefix="wdtk-reading-")
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
        self._folder.cleanup()

    def read(self, data: bytes, *, document_type: DocumentType) -> DocumentText:
        """The document's text, read in a child; whatever happens to the child becomes its status and detail."""
        return self.open(data, document_type=document_type).document

    def open(self, data: bytes, *, document_type: DocumentType) -> Opened:
        """The document's text as from ``read``, with the bytes of the files inside it."""
        if document_type not in READABLE:
            return open_document(data, document_type=document_type)
        if len(data) > self.limits.input_bytes:
            detail = _too_big(len(data), self.limits.input_bytes)
            return Opened(document=failure(document_type, "too_big", detail))
        try:
            opened = self._run(Job(kind="document", document_type=document_type), data, opened_of)
        except LostError as lost:
            return Opened(document=failure(document_type, lost.status, lost.detail))
        draw = partial(self._draw, data, document_type)
        return replace(opened, document=recognise(opened.document, draw, self.engine, unread=self._unread))

    def probe(self, data: bytes, *, document_type: DocumentType) -> Probe:
        """What the document holds beside what it shows, looked for in a child; a lost child is a failed probe."""
        if document_type not in PROBERS:
            return probe_document(data, document_type=document_type)
        if len(data) > self.limits.input_bytes:
            return Probe(status="too_big", detail=_too_big(len(data), self.limits.input_bytes))
        try:
            return self._run(Job(kind="probe", document_type=document_type), data, partial(decode, Probe))
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
            pictures = self._run(job, data, _pictures)
        except LostError as lost:
            if len(numbers) > 1 and not self._closed:
                for number in numbers:
                    yield from self._draw(data, document_type, [number], turn=turn, smooth=smooth)
                return
            pictures = [(Raster(number=number, problem=_end_of_sentence(lost.detail)), b"") for number in numbers]
        yield from pictures

    def read_letter(self, pages: Sequence[str], *, context: LetterContext) -> Reading:
        """The reading of a letter, made in a child; ``LostError`` where the child was lost over it."""
        return self._run(Job(kind="letter", pages=tuple(pages), context=context), b"", partial(decode, Reading))

    def read_background(self, pages: Sequence[str], *, context: LetterContext) -> Background:
        """What the reading of the same letter rests on, found in a child; ``LostError`` as for the reading."""
        return self._run(Job(kind="background", pages=tuple(pages), context=context), b"", partial(decode, Background))

    def _run(self, job: Job, data: bytes, load: Callable[[bytes], T]) -> T:
        worker = self._take()
        rested: Worker | None = None
        try:
            answer, result = self._ask(worker, job, data, load)
            worker.jobs += 1
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
            raise LostError("crashed", "The reading was stopped.")
        worker = Worker(self._command, self.limits, self._folder.name)
        with self._lock:
            self._living.add(worker)
        try:
            (words,) = worker.exchange([], answers=1, seconds=START_SECONDS)
            hello = decode(Hello, words)
        except (WorkerGoneError, WorkerSlowError, WorkerTalkError, ValueError) as error:
            self._end(worker)
            raise WdtkError(_no_start(worker)) from error
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
        try:
            head, body = worker.exchange([frame(encode(job)), *frames(data)], answers=2, seconds=limits.wall_seconds)
            answer = decode(Answer, head)
            if answer.out_of_memory:
                raise LostError("bomb", _bomb(limits))
            return answer, load(body)
        except WorkerSlowError as error:
            detail = f"It took more than {limits.wall_seconds:g} seconds and was stopped."
            raise LostError("too_slow", detail) from error
        except WorkerTalkError as error:
            detail = f"Its text is more than {limits.output_bytes / MEGABYTE:.0f} MB."
            raise LostError("too_big", detail) from error
        except ValueError as error:
            raise LostError("crashed", "The reader answered with something that is no answer.") from error
        except WorkerGoneError as error:
            if not worker.wait_a_moment():
                raise LostError("crashed", "The reader closed its pipe without an answer.") from error
            code = self._end(worker)
            if _raised(worker) in {"ImportError", "ModuleNotFoundError"}:
                raise WdtkError(_no_start(worker)) from error
            raise self._cause_of_death(worker, code) from error

    def _cause_of_death(self, worker: Worker, code: int) -> LostError:
        log.info(
            "reader process %d ended with %d: %s", worker.process.pid, code, worker.errors.decode("utf-8", "replace")
        )
        if code in {-signal.SIGXCPU, -signal.SIGALRM}:
            detail = f"It used more than {self.limits.cpu_seconds} seconds of processor time and was stopped."
            return LostError("too_slow", detail)
        near = worker.peak_bytes > 0.5 * self.limits.memory_bytes
        if b"MemoryError" in worker.errors or (near and -code in SHORT_OF_MEMORY):
            return LostError("bomb", _bomb(self.limits))
        if code < 0:
            return LostError("crashed", f"The reader crashed on it ({signal.Signals(-code).name}).")
        how = _raised(worker) or f"it ended without an answer, exit code {code}"
        return LostError("crashed", f"The reader failed on it ({how}).")


@cache
def warn_of_open_files() -> None:
    """Once a run: on a kernel where files of others stay readable to a child."""
    log.warning(
        "This kernel has no Landlock, so a document that takes over the process that opens it could read your other "
        "files, though not change or send them. Linux 5.13 and later has it, if it is among the kernel's `lsm=`."
    )


def _raised(worker: Worker) -> str | None:
    """The name of the exception that ended a child; its message may hold words of the document, and stays out."""
    last = RAISED.match(worker.errors.rstrip().rpartition(b"\n")[2])
    return last[1].decode("ascii") if last else None


def _pictures(body: bytes) -> list[tuple[Raster, bytes]]:
    head, _, dots = body.partition(b"\n")
    return decode(Rasters, head).pictures(dots)


def _end_of_sentence(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _bomb(limits: Limits) -> str:
    return f"It needs more than {limits.memory_bytes // MEGABYTE} MB of memory to open."


def _too_big(size: int, limit: int) -> str:
    return f"It is {size / MEGABYTE:.0f} MB; files of more than {limit // MEGABYTE} MB are not opened."


def _no_start(worker: Worker) -> str:
    words = worker.errors.decode("utf-8", "replace").strip().splitlines()
    last = words[-1] if words else "it said nothing"
    return f"The process that opens documents does not start: {last}. Run `make install` again, or ask with -v."
