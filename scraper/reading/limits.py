"""Limits that a child process puts on itself before it is given a single byte to read."""

import json
import mmap
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

MEGABYTE = 1 << 20


class MissingLimitError(Exception):
    """This system does not hold a limit that reading untrusted files needs; the message says which."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one child process may use. Seconds are for one document, the rest for the process."""

    memory_bytes: int = 1024 * MEGABYTE
    """Of address space, the interpreter and its libraries (about 150 MB) included."""
    cpu_seconds: int = 30
    wall_seconds: float = 60.0
    input_bytes: int = 200 * MEGABYTE
    output_bytes: int = 100 * MEGABYTE
    open_files: int = 48
    jobs: int = 2_000
    """After this many a worker is replaced by a fresh one, which costs as much as some three hundred small letters."""
    resident_bytes: int = 300 * MEGABYTE
    """A worker that holds more than this between two jobs is replaced."""

    def as_argument(self) -> str:
        """For the command line of the child."""
        return json.dumps(asdict(self))

    @classmethod
    def from_argument(cls, argument: str) -> Self:
        """The limits that ``as_argument`` wrote."""
        return replace(cls(), **json.loads(argument))


def apply(limits: Limits, *, written_bytes: int = 0) -> None:
    """Limit this process for good: memory, open files, bytes written to a file, core dumps.

    Where the machine runs short of memory the system is to end this process before any other. Raises
    ``MissingLimitError`` where the system ignores the memory limit, as macOS does.
    """
    _offer_itself()
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, written_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_AS, limits.memory_bytes),
    ):
        _lower(what, most)
    _prove_memory_limit(limits.memory_bytes)


def allow_seconds(limits: Limits) -> None:
    """Begin the time of one document: processor seconds from now, and a last alarm should the parent be gone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds + 5)


def end_seconds() -> None:
    """Stop the alarm while the process waits for work."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def _offer_itself() -> None:
    place = Path("/proc/self/oom_score_adj")
    with suppress(OSError):
        place.write_text("1000", encoding="ascii")


def _lower(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, most))


def _prove_memory_limit(memory_bytes: int) -> None:
    """Ask for more than the limit: a system that grants it does not hold the limit."""
    try:
        mmap.mmap(-1, memory_bytes).close()
    except (OSError, MemoryError):
        return
    raise MissingLimitError(
        f"This system ({sys.platform}) does not hold a limit on a process's memory (RLIMIT_AS), so files that others "
        "sent cannot be opened safely here. Read on Linux, or in a Linux container or virtual machine."
    )
