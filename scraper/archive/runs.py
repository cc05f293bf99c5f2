"""One row a run: what was asked, when it began and ended, why it ended, and what it counted."""

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from types import TracebackType

from scraper.archive.database import Archive
from scraper.archive.errors import ArchiveError
from scraper.archive.times import now
from scraper.logs import event

_SAVE_EVERY = 5.0
"""Seconds between two savings of the counts, so that a killed run has told nearly all."""


class Run:
    """A run in progress; ``counts`` is free for the caller to fill."""

    def __init__(self, archive: Archive, identity: int) -> None:
        self.id = identity
        self.counts: Counter[str] = Counter()
        self.finished = False
        self._archive = archive
        self._saved_at = time.monotonic()

    def save(self) -> None:
        """Write the counts as they stand."""
        with self._archive.transaction() as connection:
            connection.execute("UPDATE runs SET counts = ? WHERE id = ?", [self._counts(), self.id])
        self._saved_at = time.monotonic()

    def save_if_due(self) -> None:
        """Write the counts when they have not been written for some seconds."""
        if time.monotonic() - self._saved_at >= _SAVE_EVERY:
            self.save()

    def finish(self, reason: str) -> None:
        """End the run, once, with the reason that a person will read: ``finished``, ``limit``, ``challenge``, ..."""
        if self.finished:
            return
        with self._archive.transaction() as connection:
            connection.execute(
                "UPDATE runs SET ended_at = ?, finish_reason = ?, counts = ? WHERE id = ?",
                [now(), reason, self._counts(), self.id],
            )
        self.finished = True
        event("run ended", run=self.id, reason=reason, counts=self.counts)

    def left(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End the run when an error leaves its block: ``interrupted`` by the keyboard, else ``failed``."""
        if kind is None:
            return
        with suppress(ArchiveError):  # a disk that is full must not hide what went wrong
            self._archive.roll_back()  # Ctrl-C can strike between a transaction and the block that would undo it
            self.finish("interrupted" if issubclass(kind, KeyboardInterrupt) else "failed")

    def _counts(self) -> str:
        return json.dumps(self.counts, sort_keys=True)


def start(archive: Archive, command: str, arguments: Mapping[str, object]) -> Run:
    """Begin a run; the caller must ``finish`` it. A run whose process dies is marked ``killed`` at the next opening."""
    with archive.transaction() as connection:
        cursor = connection.execute(
            "INSERT INTO runs (command, started_at, arguments) VALUES (?, ?, ?)",
            [command, now(), arguments_as_json(arguments)],
        )
    if cursor.lastrowid is None:
        raise AssertionError("SQLite gives every new row an id")
    event("run began", run=cursor.lastrowid, command=command)
    return Run(archive, cursor.lastrowid)


def arguments_as_json(arguments: Mapping[str, object]) -> str:
    """Arguments as the column ``runs.arguments`` holds them: equal arguments are equal text."""
    return json.dumps(arguments, sort_keys=True, default=str, ensure_ascii=False)


@contextmanager
def run(archive: Archive, command: str, arguments: Mapping[str, object]) -> Iterator[Run]:
    """A run that ends with the block: ``finished``, or ``failed`` or ``interrupted`` by what comes out of it."""
    begun = start(archive, command, arguments)
    with ExitStack() as stack:
        stack.push(begun.left)
        yield begun
    begun.finish("finished")
