"""Running a command of ``wdtk`` as a process of its own, and what it took: time, and memory at its most."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.turns import processor

_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
_SHARE = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_EVERY = 0.1
"""Seconds between two looks at the memory; the peak of one process is kept by the system and cannot be missed."""
MEGABYTE = 1 << 10
"""In kB."""
_STOPPED = 128 + signal.SIGTERM
_HANDED_ON: list[int] = []
"""Open files that every command keeps open until its end."""


@dataclass(kw_only=True)
class Memory:
    """In MB, at its most: that of the largest process, and of all together with what they share counted once."""

    largest: float = 0.0
    together: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a command took: seconds of the processors, its helpers' with it, and of the clock."""

    processor: float
    wall: float
    memory: Memory
    said: str


@contextmanager
def handed_on(file: int) -> Iterator[None]:
    """Have the commands that are run in this context keep an open file open, so that who waits for its end waits."""
    _HANDED_ON.append(file)
    try:
        yield
    finally:
        _HANDED_ON.remove(file)


def wdtk(*arguments: object, folder: Path, despite: str = "", seconds: float | None = None) -> Ran:
    """Run ``wdtk`` in ``folder``; AssertionError with what it said where it failed, unless it said ``despite``.

    With ``seconds`` it is told to end after them, and it is no failure if it does so in good order.
    """
    # A command that ends with this process, however that ends.
    command = [sys.executable, "-P", "-m", "scraper.updating.child", str(os.getpid()), *map(str, arguments)]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        used, begun = processor(), time.perf_counter()
        with (
            subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, pass_fds=_HANDED_ON
            ) as process,
            _ended(process),
            watched(process.pid) as memory,
        ):
            code = _waited(process, seconds)
            wall = time.perf_counter() - begun
        said.seek(0)
        words = said.read()
    if code and not (despite and despite in words):
        raise AssertionError(f"`wdtk {' '.join(map(str, arguments[:1]))}` ended with {code}: {words.strip()[-600:]}")
    return Ran(processor=processor() - used, wall=wall, memory=memory, said=words)


def _waited(process: subprocess.Popen[bytes], seconds: float | None) -> int:
    """Its exit code, and 0 of one that was asked to end and did."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.terminate()
        code = process.wait()
        return 0 if code == _STOPPED else code


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """However the context ends, the command has ended too."""
    try:
        yield
    finally:
        process.kill()


@contextmanager
def watched(process: int) -> Iterator[Memory]:
    """Look at the memory of a process and all below it, from a thread, until the end of the context."""
    memory, ended = Memory(), threading.Event()

    def look() -> None:
        while True:
            together = 0
            for one in family(process):
                memory.largest = max(memory.largest, _kilobytes(_PEAK, one, "status") / MEGABYTE)
                together += _kilobytes(_SHARE, one, "smaps_rollup")
            memory.together = max(memory.together, memory.largest, together / MEGABYTE)
            if ended.wait(_EVERY):
                return

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield memory
    finally:
        ended.set()
        watcher.join()


def family(process: int) -> list[int]:
    """A process and all that it began."""
    found = [process]
    for one in found:
        for task in _entries(Path(f"/proc/{one}/task")):
            with suppress(OSError):
                found += [int(child) for child in (task / "children").read_text(encoding="ascii").split()]
    return found


def from_time(told: str) -> Ran:
    """What GNU time told of a command with ``-v``; its memory is that of the largest process alone."""
    seconds = sum(float(_said(told, rf"{kind} time \(seconds\): ([\d.]+)")) for kind in ("User", "System"))
    *minutes, rest = _said(told, r"Elapsed \(wall clock\) time \(h:mm:ss or m:ss\): ([\d:.]+)").split(":")
    wall = float(rest)
    for place, part in enumerate(reversed(minutes), start=1):
        wall += int(part) * 60**place
    largest = int(_said(told, r"Maximum resident set size \(kbytes\): (\d+)")) / MEGABYTE
    if (code := _said(told, r"Exit status: (\d+)")) != "0":
        raise AssertionError(f"the command that was timed ended with {code}")
    return Ran(processor=seconds, wall=wall, memory=Memory(largest=largest), said="")


def as_told(ran: Ran) -> str:
    """The words in which GNU time would have told of it."""
    minutes, seconds = divmod(ran.wall, 60)
    return (
        f"User time (seconds): {ran.processor:.2f}\nSystem time (seconds): 0.00\n"
        f"Elapsed (wall clock) time (h:mm:ss or m:ss): {int(minutes)}:{seconds:05.2f}\n"
        f"Maximum resident set size (kbytes): {ran.memory.largest * MEGABYTE:.0f}\nExit status: 0\n"
    )


def _said(told: str, pattern: str) -> str:
    found = re.search(pattern, told)
    if found is None:
        raise ValueError(f"this is not what `time -v` tells: it has no {pattern}")
    return found[1]


def _kilobytes(pattern: re.Pattern[str], process: int, name: str) -> int:
    with suppress(OSError):  # it has ended, or is just being made
        found = pattern.search(Path(f"/proc/{process}/{name}").read_text(encoding="ascii"))
        return int(found[1]) if found else 0
    return 0


def _entries(folder: Path) -> Sequence[Path]:
    with suppress(OSError):
        return list(folder.iterdir())
    return []
