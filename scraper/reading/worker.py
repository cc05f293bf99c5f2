"""One child process as its parent sees it: start, exchange messages within a time, end.

The pipes are never waited on one at a time: whatever the child does, writing, reading and its standard error go
on side by side until the answer is whole, the child is gone, or the time is over. So neither side can block.
"""

import os
import re
import resource
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from scraper.reading.frames import LENGTH
from scraper.reading.limits import Limits

COMMAND = (sys.executable, "-P", "-m", "scraper.reading.child")
ROOT = Path(__file__).resolve().parent.parent.parent
CHUNK = 1 << 18
KEPT_ERRORS = 4_000
LOOK_SECONDS = 0.05
PEAK = re.compile(rb"^VmPeak:\s*(\d{1,15}) kB", re.MULTILINE)
SHORT = 4_000
"""Bytes of an answer that another follows."""


class WorkerGoneError(Exception):
    """The child's pipe ended before its answer was whole."""


class WorkerSlowError(Exception):
    """The time was over before the answer was whole."""


class WorkerTalkError(Exception):
    """The child said more than it may."""


class Worker:
    """A child process with pipes. Not for use by two threads at once."""

    def __init__(self, command: Sequence[str], limits: Limits) -> None:
        self.limits = limits
        self.jobs = 0
        self.errors = b""
        self.peak_bytes = 0
        """Of its address space as far as it was seen while it worked, or of memory once it has ended."""
        self._inherited = _in_bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        self.process = subprocess.Popen(  # noqa: S603 - our own module, or a test's
            [*command, limits.as_argument()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=os.sep,
            env=_environment(),
            start_new_session=True,
        )
        self.stdin, self.stdout, self.stderr = self._pipes()
        self.buffer = bytearray()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
        process = self.process
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise AssertionError("Popen was asked for three pipes")
        for pipe in (process.stdin, process.stdout, process.stderr):
            os.set_blocking(pipe.fileno(), False)
        return process.stdin, process.stdout, process.stderr

    @property
    def is_alive(self) -> bool:
        """Whether it could take another job."""
        return self.process.returncode is None and self.process.poll() is None

    def exchange(self, messages: Sequence[bytes], *, answers: int, seconds: float) -> list[bytes]:
        """Send the messages, each framed already, and wait for that many answers.

        Raises ``WorkerGoneError``, ``WorkerSlowError``, ``WorkerTalkError``, or ``ValueError`` for answers other than
        were asked for; the worker is then fit for ``end`` only.
        """
        talk = _Talk(self, messages, answers)
        try:
            talk.until(time.monotonic() + seconds)
        finally:
            talk.close()
        if talk.outgoing or self.buffer:
            raise ValueError("more answers than were asked for")
        return talk.answers

    def look(self) -> None:
        """Note how much of its address space the child uses, where the system tells of that.

        When it has ended it is too late: the system then counts memory of the parent, which the child was for a moment,
        as the child's, and what a large parent held hides what the child did.
        """
        with suppress(OSError):
            peak = PEAK.search(Path(f"/proc/{self.process.pid}/status").read_bytes())
            self.peak_bytes = max(self.peak_bytes, int(peak[1]) << 10 if peak else 0)

    def kill(self) -> None:
        """Kill the child and whatever it started; ``end`` is still to be called by whoever is using it."""
        if self.process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def end(self) -> int:
        """Kill the child if it lives, close the pipes, and give its exit code: negative for a signal."""
        self.kill()
        if self.process.returncode is None:
            self._reap()
        if not self.stderr.closed:
            self._keep_last_words()
        for pipe in (self.stdin, self.stdout, self.stderr):
            with suppress(BrokenPipeError):
                pipe.close()
        return self.process.returncode

    def wait_a_moment(self, seconds: float = 1.0) -> bool:
        """Let a child whose pipe has ended die of its own cause; whether it did."""
        until = time.monotonic() + seconds
        while self.process.returncode is None and time.monotonic() < until:
            if not self._reap(os.WNOHANG):
                time.sleep(0.002)
        return self.process.returncode is not None

    def _reap(self, options: int = 0) -> bool:
        try:
            pid, status, usage = os.wait4(self.process.pid, options)
        except ChildProcessError:
            self.process.poll()
            return True
        if not pid:
            return False
        self.process.returncode = os.waitstatus_to_exitcode(status)
        peak = _in_bytes(usage.ru_maxrss)
        if peak > 1.05 * self._inherited:  # else it may be the parent's: see look
            self.peak_bytes = max(self.peak_bytes, peak)
        return True

    def _keep_last_words(self) -> None:
        with suppress(BlockingIOError, OSError):
            while words := os.read(self.stderr.fileno(), CHUNK):
                self.hear(words)

    def hear(self, words: bytes) -> None:
        """Keep the end of what the child writes to standard error."""
        self.errors = (self.errors + words)[-KEPT_ERRORS:]


class _Talk:
    """One exchange of messages."""

    def __init__(self, worker: Worker, messages: Sequence[bytes], wanted: int) -> None:
        self.worker = worker
        self.wanted = wanted
        self.outgoing = deque(memoryview(message) for message in messages if message)
        self.answers: list[bytes] = []
        self.selector = selectors.DefaultSelector()
        self.selector.register(worker.stdout, selectors.EVENT_READ, self._receive)
        self.selector.register(worker.stderr, selectors.EVENT_READ, self._overhear)
        if self.outgoing:
            self.selector.register(worker.stdin, selectors.EVENT_WRITE, self._send)

    def until(self, deadline: float) -> None:
        """Work the pipes until there are as many answers as are wanted."""
        while len(self.answers) < self.wanted:
            left = deadline - time.monotonic()
            if left <= 0:
                raise WorkerSlowError
            events = self.selector.select(min(left, LOOK_SECONDS))
            for key, _ in events:
                key.data()
            if not events:
                self.worker.look()

    def close(self) -> None:
        """Let the pipes go, still open."""
        self.selector.close()

    def _send(self) -> None:
        try:
            sent = os.write(self.worker.stdin.fileno(), self.outgoing[0][:CHUNK])
        except BlockingIOError:
            return
        except BrokenPipeError:
            # Its last words, if any, are still to be read.
            self.selector.unregister(self.worker.stdin)
            return
        self.outgoing[0] = self.outgoing[0][sent:]
        if not self.outgoing[0]:
            self.outgoing.popleft()
        if not self.outgoing:
            self.selector.unregister(self.worker.stdin)

    def _receive(self) -> None:
        try:
            words = os.read(self.worker.stdout.fileno(), CHUNK)
        except BlockingIOError:
            return
        if not words:
            raise WorkerGoneError
        self.worker.buffer += words
        while (answer := self._whole_answer()) is not None:
            self.answers.append(answer)

    def _whole_answer(self) -> bytes | None:
        buffer = self.worker.buffer
        if len(buffer) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack_from(buffer)
        if len(self.answers) < self.wanted - 1 and length > SHORT:
            raise ValueError("a long answer where a short one was due")
        if length > self.worker.limits.output_bytes:
            raise WorkerTalkError
        end = LENGTH.size + length
        if len(buffer) < end:
            return None
        answer = bytes(memoryview(buffer)[LENGTH.size : end])
        del buffer[:end]
        return answer

    def _overhear(self) -> None:
        try:
            words = os.read(self.worker.stderr.fileno(), CHUNK)
        except BlockingIOError:
            return
        if not words:
            self.selector.unregister(self.worker.stderr)
        self.worker.hear(words)


def _in_bytes(maxrss: int) -> int:
    return maxrss * (1 if sys.platform == "darwin" else 1024)


def _environment() -> dict[str, str]:
    """Nothing of ours but where the program is: no secrets, no proxies, no settings."""
    return {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "LC_ALL": "C",
        "MALLOC_ARENA_MAX": "1",
        "PATH": os.defpath,
    }
