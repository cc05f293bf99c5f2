"""The engine from PyPI, rapidocr on onnxruntime: for those who may not install tesseract.

Its models are in its package, so nothing is downloaded. It takes some 2 seconds a page and a gigabyte, which is why
one child process serves all threads, one page after another; the child is limited and sealed like those that open
files (``ocr_bundled_child``) and is replaced when it dies. On twenty letters of the tests it reads 0.00 % of the
letters wrongly from clean scans and 0.03 % from worn ones, where tesseract has 0.04 % and 0.06 %. As it
comes it shrinks an A4 page first, and loses whole lines.
"""

import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from parsers.documents.scans.dots import Raster
from parsers.documents.scans.recognised import Word
from scraper.errors import WdtkError
from scraper.reading.frames import frame, frames
from scraper.reading.jobs import Hello, RecognisedWords, decode, encode
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.ocr import OcrError
from scraper.reading.worker import Worker, WorkerGoneError, WorkerSlowError, WorkerTalkError

COMMAND = (sys.executable, "-P", "-m", "scraper.reading.ocr_bundled_child")
LIMITS = replace(Limits(), memory_bytes=4096 * MEGABYTE, cpu_seconds=120, wall_seconds=120.0, open_files=96)
START_SECONDS = 60.0


def find_bundled() -> "Bundled | None":
    """The engine, where its packages are installed; else ``None``."""
    if not all(find_spec(name) for name in ("rapidocr", "onnxruntime", "numpy")):
        return None
    try:
        return Bundled(name=f"rapidocr {version('rapidocr')}")
    except PackageNotFoundError:
        return None


@dataclass(kw_only=True)
class Bundled:
    """The engine in one child process; threads take turns."""

    name: str
    languages: Sequence[str] = ("eng",)
    """It knows Latin letters of many languages, but no words."""
    limits: Limits = LIMITS
    _worker: Worker | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False

    def words(self, raster: Raster, dots: bytes, *, language: str = "eng") -> list[Word]:  # noqa: ARG002 - one for all
        """See ``Engine``."""
        with self._lock:
            if self._closed:
                raise OcrError("the reading was stopped")
            try:
                return self._ask(self._started(), raster, dots)
            except (WorkerGoneError, WorkerSlowError, WorkerTalkError, ValueError) as error:
                self._end()
                raise OcrError("it cost the engine its process or its time") from error

    def close(self) -> None:
        """Kill the child; a thread that waits for it gets an ``OcrError``."""
        self._closed = True
        worker = self._worker
        if worker is not None:
            with suppress(ProcessLookupError):
                worker.kill()
        with self._lock:
            self._end()

    def _ask(self, worker: Worker, raster: Raster, dots: bytes) -> list[Word]:
        messages = [frame(encode(raster)), *frames(dots)]
        (answer,) = worker.exchange(messages, answers=1, seconds=self.limits.wall_seconds)
        return list(decode(RecognisedWords, answer).words)

    def _started(self) -> Worker:
        if self._worker is None or not self._worker.is_alive:
            self._end()
            self._worker = Worker(COMMAND, self.limits)
            (words,) = self._worker.exchange([], answers=1, seconds=START_SECONDS)
            hello = decode(Hello, words)
            if hello.missing is not None:
                self._end()
                raise WdtkError(hello.missing)
        return self._worker

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None
