"""tesseract, in a process of its own for each page.

It is native code that looks at dots which somebody outside chose, so it gets less than most: memory, processor time,
wall time and output are limited, files, network and other programs are closed to it (``ocr_start``), and it has one
thread. Its output is cut off at a size, and its process killed when it takes too long.

A library that wraps it (pytesseract, tesserocr) sets no limits, or runs it in our own process; that is why it is
started here.
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from signal import SIGKILL, SIGXCPU
from typing import IO

from parsers.documents.scans.dots import Raster
from parsers.documents.scans.recognised import Word
from parsers.documents.scans.tesseract import words
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.ocr import OcrError
from scraper.reading.ocr_start import SETTINGS

LIMITS = replace(
    Limits(), memory_bytes=1024 * MEGABYTE, cpu_seconds=30, wall_seconds=90.0, output_bytes=8 * MEGABYTE, open_files=32
)
LAYOUT = "3"
"""Its mode that finds columns and lines by itself."""
KNOWN = ("eng", "cym")
START = ("-P", "-m", "scraper.reading.ocr_start")
ROOT = Path(__file__).resolve().parent.parent.parent


def find_tesseract() -> "Tesseract | None":
    """tesseract as installed, where it has its data for English; else ``None``."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    listed = _told([program, "--list-langs"]).split()
    version = _told([program, "--version"]).split()
    languages = tuple(language for language in KNOWN if language in listed)
    if "eng" not in languages:
        return None
    return Tesseract(program=program, name=" ".join(version[:2]), languages=languages)


def _told(command: Sequence[str]) -> str:
    try:
        ran = subprocess.run(command, capture_output=True, timeout=30, check=False, env=environment())  # noqa: S603 - its own path, nothing of others
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ran.stdout.decode("utf-8", "replace")


def environment() -> dict[str, str]:
    """Nothing of ours but where programs are."""
    told = {name: os.environ[name] for name in SETTINGS if name in os.environ}
    return {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C",
            "OMP_THREAD_LIMIT": "1", "MALLOC_ARENA_MAX": "1", **told}  # fmt: skip


def _file_in_memory(name: str) -> IO[bytes]:
    return os.fdopen(os.memfd_create(name), "w+b")


@dataclass(kw_only=True)
class Tesseract:
    """The program at a path; may be used by several threads at once."""

    program: str
    name: str
    languages: Sequence[str]
    limits: Limits = LIMITS
    _running: set["subprocess.Popen[bytes]"] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False

    def words(self, raster: Raster, dots: bytes, *, language: str = "eng") -> list[Word]:
        """See ``Engine``."""
        command = [self.program, "stdin", "stdout", "-l", language, "--psm", LAYOUT,
                   "--dpi", str(round(raster.dots_per_inch)), "tsv"]  # fmt: skip
        table = self._run(command, b"P5 %d %d 255\n%b" % (raster.width, raster.height, dots))
        return words(table.decode("utf-8", "replace"))

    def close(self) -> None:
        """Kill what is running; its threads get an ``OcrError``."""
        self._closed = True
        with self._lock:
            for process in self._running:
                _kill(process)

    def _run(self, command: Sequence[str], picture: bytes) -> bytes:
        """What it prints. Files in memory, not pipes, hold both ends: so neither side can make the other wait.

        A full disk does them no harm, and they are gone with us however we end.
        """
        with _file_in_memory("picture") as given, _file_in_memory("words") as said:
            given.write(picture)
            given.seek(0)
            process = subprocess.Popen(  # noqa: S603 - our own module, and tesseract at its own path
                [sys.executable, *START, self.limits.as_argument(), *command],
                stdin=given,
                stdout=said,
                stderr=subprocess.DEVNULL,
                cwd=os.sep,
                env=environment(),
                start_new_session=True,
            )
            self._wait(process)
            said.seek(0)
            return said.read(self.limits.output_bytes)

    def _wait(self, process: "subprocess.Popen[bytes]") -> None:
        with self._lock:
            self._running.add(process)
        try:
            if self._closed:
                raise OcrError("the reading was stopped")
            process.wait(self.limits.wall_seconds)
        except subprocess.TimeoutExpired as error:
            raise OcrError(f"it took more than {self.limits.wall_seconds:g} seconds") from error
        finally:
            _kill(process)
            process.wait()
            with self._lock:
                self._running.discard(process)
        self._judge(process.returncode)

    def _judge(self, code: int) -> None:
        if self._closed:
            raise OcrError("the reading was stopped")
        if code == -SIGXCPU:
            raise OcrError(f"it used more than {self.limits.cpu_seconds} seconds of processor time")
        if code:
            raise OcrError(f"tesseract ended with {f'signal {-code}' if code < 0 else f'exit code {code}'}")


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        if process.poll() is None:
            os.killpg(process.pid, SIGKILL)
