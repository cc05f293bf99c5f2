"""How a job cost its child, as a status for its row and a sentence; and sentences on children that do not start."""

import logging
import re
import signal
from functools import cache

from parsers.documents.records import ReadStatus
from scraper.errors import WdtkError
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.worker import Worker

log = logging.getLogger(__name__)

SHORT_OF_MEMORY = frozenset({
    signal.SIGABRT, signal.SIGTRAP, signal.SIGILL, signal.SIGSEGV, signal.SIGBUS, signal.SIGKILL,
})  # fmt: skip
"""How native code ends when it gets no memory, or when the system takes it back."""
RAISED = re.compile(rb"^([A-Za-z_][\w.]{0,80})(?::|$)")
NO_ANSWER = "The reader answered with something that is no answer."


class LostError(Exception):
    """A job that cost its child: the status for its row, and a sentence."""

    def __init__(self, status: ReadStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def too_slow(limits: Limits) -> LostError:
    """The parent has waited long enough."""
    return LostError("too_slow", f"It took more than {limits.wall_seconds:g} seconds and was stopped.")


def too_long(limits: Limits) -> LostError:
    """The child said more than it may."""
    return LostError("too_big", f"Its text is more than {limits.output_bytes / MEGABYTE:.0f} MB.")


def bomb(limits: Limits) -> LostError:
    """The child got no more memory."""
    return LostError("bomb", f"It needs more than {limits.memory_bytes // MEGABYTE} MB of memory to open.")


def too_big(size: int, limit: int) -> str:
    """On a file that no child is given."""
    return f"It is {size / MEGABYTE:.0f} MB; files of more than {limit // MEGABYTE} MB are not opened."


def cause_of_death(worker: Worker, code: int, limits: Limits) -> LostError:
    """Of a child that has ended with this exit code, negative for a signal."""
    # Its words may hold those of a document: escaped, so that they cannot act on a terminal.
    log.info("reader process %d ended with %d: %a", worker.process.pid, code, worker.errors.decode("utf-8", "replace"))
    if code in {-signal.SIGXCPU, -signal.SIGALRM}:
        detail = f"It used more than {limits.cpu_seconds} seconds of processor time and was stopped."
        return LostError("too_slow", detail)
    near = worker.peak_bytes > 0.5 * limits.memory_bytes
    if b"MemoryError" in worker.errors or (near and -code in SHORT_OF_MEMORY):
        return bomb(limits)
    if code < 0:
        return LostError("crashed", f"The reader crashed on it ({_signal(-code)}).")
    how = _raised(worker) or f"it ended without an answer, exit code {code}"
    return LostError("crashed", f"The reader failed on it ({how}).")


def lacks_library(worker: Worker) -> bool:
    """Whether a child seems to have ended because something that it needs is not installed."""
    return _raised(worker) in {"ImportError", "ModuleNotFoundError"}


def no_start(worker: Worker) -> WdtkError:
    """A child ended before it was given anything of others."""
    words = worker.errors.decode("utf-8", "replace").strip().splitlines()
    last = ascii(words[-1])[1:-1] if words else "it said nothing"
    return WdtkError(
        f"The process that opens documents does not start: {last}. Run `make install` again, or ask with -v."
    )


def no_process(error: OSError) -> WdtkError:
    """The system gives no process, or no pipes to it."""
    return WdtkError(
        f"The system starts no process to open documents in ({error.strerror}). What was read is kept: end other "
        "programs, or ask for fewer with --workers, and run the command again."
    )


@cache
def warn_of_open_files() -> None:
    """Once a run: on a kernel where files of others stay readable to a child."""
    log.warning(
        "This kernel has no Landlock, so a document that takes over the process that opens it could read your other "
        "files, though not change or send them. Linux 5.13 and later has it, if it is among the kernel's `lsm=`."
    )


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        # Real-time signals have no names of their own.
        return f"signal {number}"


def _raised(worker: Worker) -> str | None:
    """The name of the exception that ended a child; its message may hold words of the document, and stays out."""
    last = RAISED.match(worker.errors.rstrip().rpartition(b"\n")[2])
    return last[1].decode("ascii") if last else None
