"""Other processes that prepare requests, all of which see the archive as the one that publishes does.

Each opens the archive for itself and begins to read it when it is told to; the number of the newest change
(``archive/touched.sql``) proves that all see the same. What a crawl writes after that nobody sees. They end with the
process that began them, whichever way that ends.
"""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from itertools import islice
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from scraper.archive.database import Archive
from scraper.errors import WdtkError
from scraper.publishing.request.prepare import Prepared, Preparer, Task

_AT_ONCE = 16
"""Requests that are asked for with one message."""
_AHEAD = 2
"""Messages that a process has before it, so that it need not wait."""
_PATIENCE = 10.0
"""Seconds in which a process that is told to end does."""
_CACHE_KIB = 32768
NUMBER = "SELECT number FROM touches"
MANY_HANDS = 2
WORTH_HANDS = 1_500
"""Requests to prepare from which it is worth beginning other processes."""


def publishers(asked: int | None = None) -> int:
    """How many processes may prepare requests: as many as asked for, or as there are processors."""
    told = os.environ.get("WDTK_PUBLISHERS", "")
    affinity = getattr(os, "sched_getaffinity", None)
    there = len(affinity(0)) if affinity else os.cpu_count() or 1
    return asked or (int(told) if told.isdecimal() and int(told) else there)


class _Hand:
    """One process, and the line to it."""

    def __init__(self, folder: Path, task: Task) -> None:
        self._line, theirs = Pipe()
        with theirs:
            command = [sys.executable, "-P", "-m", __name__, str(theirs.fileno())]
            self._process = subprocess.Popen(  # noqa: S603 - this program itself
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
            )
        self.tell((folder, task))

    def tell(self, what: Any) -> None:
        """Send something; that nobody is there to take it comes out where an answer is waited for."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self._line.send(what)

    def hear(self) -> Any:
        """The next answer. WdtkError where the process has ended instead."""
        try:
            return self._line.recv()
        except (EOFError, ConnectionResetError) as error:
            code = self._process.wait()
            how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
            raise WdtkError(
                f"A process that prepares requests for publishing {how}: a machine that is short of memory ends "
                "processes. Nothing was published, and the last database is as it was. Run this again; "
                "WDTK_PUBLISHERS=1 does the work in one process."
            ) from error

    def end(self) -> None:
        """Wait for the process, which ends when its line is closed."""
        self._line.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Hands:
    """Some processes; use as a context manager. ``see`` must have told that they see what is to be published."""

    def __init__(self, folder: Path, task: Task, number: int) -> None:
        self._hands: list[_Hand] = []
        with ExitStack() as undo:
            undo.callback(self.close)
            for _ in range(number):
                self._hands.append(_Hand(folder.resolve(), task))
            for hand in self._hands:
                hand.hear()  # it is ready
            undo.pop_all()

    def see(self, number: int) -> bool:
        """Whether all of them, reading from now on, see the archive with that number of its newest change."""
        for hand in self._hands:
            hand.tell(None)
        return [hand.hear() for hand in self._hands] == [number] * len(self._hands)

    def each(self, requests: Iterable[int]) -> Iterator[Prepared]:
        """What is published of each, in order."""
        ids = iter(requests)
        parts = iter(lambda: list(islice(ids, _AT_ONCE)), [])
        asked = [_told(hand, part) for hand, part in zip(self._hands * _AHEAD, parts, strict=False)]
        while asked:
            hand = asked.pop(0)
            answer: Sequence[Prepared] = hand.hear()
            following = next(parts, None)
            if following:
                asked.append(_told(hand, following))
            yield from answer

    def close(self) -> None:
        """End them; once more does no harm."""
        for hand in self._hands:
            hand.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _told(hand: _Hand, part: list[int]) -> _Hand:
    hand.tell(part)
    return hand


def _serve(line: Connection) -> None:
    """What each of the processes does."""
    folder, task = line.recv()
    uri = f"{(folder / 'archive.db').as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30)) as connection:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        archive = Archive(folder, connection, -1)
        connection.execute(NUMBER).fetchone()
        line.send("ready")
        preparer: Preparer | None = None
        while True:
            asked = line.recv()
            if asked is None:
                preparer = None
                archive.roll_back()
                connection.execute("BEGIN")
                line.send(connection.execute(NUMBER).fetchone()[0])
                continue
            preparer = preparer or Preparer(archive, task)
            line.send([preparer.of(one) for one in asked])


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that closes the line
    with suppress(EOFError, BrokenPipeError, ConnectionResetError), Connection(int(sys.argv[1])) as told:
        _serve(told)
    sys.stdout.flush()
    os._exit(0)
