"""Readers that are the workers of a cluster, as ``wdtk read`` sees them: tasks go out in batches, answers come back.

Few batches are out at a time, however many tasks there are, so that memory stays small here and on the scheduler. A
batch is as large as takes a worker a quarter of a second. What workers die over, or answer wrongly, is tried alone,
and then read here, so that nothing is lost and every row is one that this machine stands for.
"""

import logging
import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Generic, Protocol, TypeVar

from parsers.documents.probes.probe_findings import Probe
from parsers.letters.records import Reading
from scraper.archive.errors import ArchiveError
from scraper.archive.files import FileStore
from scraper.errors import WdtkError
from scraper.reading.cluster import kinds
from scraper.reading.cluster.kinds import Kind
from scraper.reading.cluster.orders import Order, Told, packed_orders, unpacked_answers
from scraper.reading.cluster.staff import Staff
from scraper.reading.pool import ReaderPool
from scraper.reading.work import FileTask, Found, LetterTask, ProbeTask

T = TypeVar("T")
R = TypeVar("R")
log = logging.getLogger(__name__)

SECONDS = 0.25
"""That a batch is to take."""
MOST_TOGETHER = 64
OUT = 3
"""Batches for each thread of the cluster: one is read, one waits, one is on its way."""
MOST_BYTES = 64 << 20
"""In all batches that are out, one excepted."""
BATCH_BYTES = 2 << 20
PATIENCE_SECONDS = 3600.0
"""With a batch, however many scans are in it: a worker that hangs, or that Dask lost sight of, is not waited for."""
MOST_FAILURES = 20
"""Batches in a row that came to nothing: then it is no document's doing."""
MOST_STRAYS = 3
"""Times that a task may go down with all workers it was given to; it goes alone after the first. Dask counts no deaths
over a task that is given out anew, so that one which kills every worker would else be given out for ever."""


class FailedError(Exception):
    """A batch came to nothing; the message is the end of a sentence on why."""


class Cluster(Protocol):
    """What carries batches to workers and answers back; a lost scheduler is a ``WdtkError`` from any of these."""

    def submit(self, packed: bytes, workers: Collection[str]) -> int:
        """Have one of these workers read a batch; gives a number for it."""

    def next_done(self, seconds: float) -> int | None:
        """The number of a batch that is over, or ``None`` where none is within the time."""

    def answer(self, number: int) -> bytes | None:
        """Of a batch that is over, which is then forgotten; ``FailedError``, or ``None`` where it goes on after all."""

    def forget(self, number: int) -> None:
        """Have nobody read the batch."""


class ClusterCrew:
    """See ``scraper.reading.work.Crew``."""

    def __init__(
        self, cluster: Cluster, staff: Staff, files: FileStore, pool: ReaderPool, *, sends_files: bool
    ) -> None:
        """``pool`` reads here what the cluster cannot; ``sends_files`` where workers do not see the archive's."""
        self.with_engine = pool.engine is not None
        self.cluster, self.staff, self.files, self.pool = cluster, staff, files, pool
        self.sends_files = sends_files
        self.told_of_sending: set[str] = set()

    def documents(self, tasks: Iterable[FileTask]) -> Iterator[list[tuple[FileTask, Found | None]]]:
        """See ``Crew``."""
        return _Flow(self, kinds.documents(self.files), tasks).results()

    def probes(self, tasks: Iterable[ProbeTask]) -> Iterator[list[tuple[ProbeTask, Probe | None]]]:
        """See ``Crew``."""
        return _Flow(self, kinds.probes(self.files), tasks).results()

    def letters(self, tasks: Iterable[LetterTask]) -> Iterator[list[tuple[LetterTask, Reading]]]:
        """See ``Crew``."""
        return _Flow(self, kinds.letters(), tasks).results()


@dataclass(frozen=True, kw_only=True)
class _Item(Generic[T]):
    task: T
    order: Order
    strays: int = 0
    """How often all workers that had it were gone."""


@dataclass(frozen=True, kw_only=True)
class _Out(Generic[T]):
    """A batch that is out."""

    items: list[_Item[T]]
    size: int
    workers: frozenset[str]
    since: float


class _Flow(Generic[T, R]):
    """All tasks of one kind, from the first order to the last answer."""

    def __init__(self, crew: ClusterCrew, kind: Kind[T, R], tasks: Iterable[T]) -> None:
        self._crew, self._kind, self._tasks = crew, kind, iter(tasks)
        self._again: deque[list[_Item[T]]] = deque()
        self._out: dict[int, _Out[T]] = {}
        self._there: frozenset[str] = frozenset()
        self._together, self._failures = 1, 0

    def results(self) -> Iterator[list[tuple[T, R]]]:
        """Everything, some together."""
        while True:
            while self._has_room() and (items := self._next()):
                yield from self._send(items)
            if not self._out:
                return
            yield from self._take()

    def _next(self) -> list[_Item[T]]:
        if self._again:
            return self._again.popleft()
        order, sends = self._kind.order, self._crew.sends_files
        found = [_Item(task=task, order=order(task)) for task in islice(self._tasks, self._together)]
        return [self._with_bytes(item) if sends and item.order.sha256 else item for item in found]

    def _with_bytes(self, item: _Item[T]) -> _Item[T]:
        return replace(item, order=replace(item.order, sent=True))

    def _has_room(self) -> bool:
        workers = self._crew.staff.some()
        there = frozenset(workers)
        if there != self._there:
            self._there = there
            self._take_back(there)
        size = sum(out.size for out in self._out.values())
        most = OUT * sum(worker.threads for worker in workers.values())
        return not self._out or (len(self._out) < most and size < MOST_BYTES)

    def _take_back(self, there: frozenset[str]) -> None:
        """What is only for workers that are gone goes to others, each task alone, since one may be why they went."""
        for number, out in list(self._out.items()):
            if not out.workers & there:
                self._crew.cluster.forget(number)
                self._again.extend([replace(item, strays=item.strays + 1)] for item in self._out.pop(number).items)

    def _send(self, items: list[_Item[T]]) -> Iterator[list[tuple[T, R]]]:
        """Orders go out, but for what is missing here too, or has cost too many workers."""
        if items[0].strays >= MOST_STRAYS:
            yield [self._here(items[0], f"all workers that had it were gone, {MOST_STRAYS} times")]
            return
        orders: list[tuple[Order, bytes]] = []
        sent: list[_Item[T]] = []
        size = 0
        for place, item in enumerate(items):
            if size > BATCH_BYTES:
                self._again.appendleft(items[place:])
                break
            try:
                data = self._crew.files.get(item.order.sha256) if item.order.sent else b""
            except ArchiveError as error:
                yield [(item.task, self._missing(error.message))]
                continue
            orders.append((item.order, data))
            sent.append(item)
            size += len(data) + sum(map(len, item.order.pages))
        if sent:
            number = self._crew.cluster.submit(packed_orders(orders), self._there)
            self._out[number] = _Out(items=sent, size=size, workers=self._there, since=time.monotonic())

    def _take(self) -> Iterator[list[tuple[T, R]]]:
        number = self._crew.cluster.next_done(0.5)
        if number is None or number not in self._out:
            self._has_room()  # looks who is there
            yield from self._overdue()
            return
        try:
            packed = self._crew.cluster.answer(number)
            if packed is None:
                return
            found = self._answered(self._out[number].items, packed)
        except (FailedError, ValueError) as error:
            found = self._failed(self._out[number].items, str(error))
        del self._out[number]
        if found:
            yield found

    def _overdue(self) -> Iterator[list[tuple[T, R]]]:
        before = time.monotonic() - PATIENCE_SECONDS
        for number in [number for number, out in self._out.items() if out.since < before]:
            self._crew.cluster.forget(number)
            found = self._failed(self._out.pop(number).items, f"no answer in {PATIENCE_SECONDS:g} seconds")
            if found:
                yield found

    def _answered(self, items: list[_Item[T]], packed: bytes) -> list[tuple[T, R]]:
        batch, answers = unpacked_answers(packed)
        if batch.unfit is not None:
            self._crew.staff.refuse(batch.worker, batch.unfit)
            self._again.append(items)
            return []
        found: list[tuple[T, R]] = []
        for item, (told, body) in zip(items, answers, strict=True):
            if told.state in {"done", "lost"}:
                found.append((item.task, self._kind.found(item.task, told, body)))
            elif item.order.sent or not self._crew.files.has(item.order.sha256):
                found.append((item.task, self._missing(told.detail)))
            else:
                self._tell_of_sending(told)
                self._again.append([self._with_bytes(item)])
        self._failures = 0
        seconds = max(batch.seconds, 0.0001) / len(items)
        self._together = max(1, min(MOST_TOGETHER, 2 * self._together, round(SECONDS / seconds)))
        return found

    def _failed(self, items: list[_Item[T]], why: str) -> list[tuple[T, R]]:
        self._failures += 1
        if self._failures > MOST_FAILURES:
            raise WdtkError(
                f"The cluster gave back {MOST_FAILURES} batches in a row with nothing: {why}. What was read is kept; "
                "see the log of its workers, then run the command again."
            )
        if len(items) > 1:
            self._again.extend([item] for item in items)
            return []
        return [self._here(items[0], why)]

    def _here(self, item: _Item[T], why: str) -> tuple[T, R]:
        log.warning("The cluster gave back %s (%s); it is read here.", item.order.sha256 or "a letter", why)
        return item.task, self._kind.here(self._crew.pool, item.task)

    def _missing(self, why: str) -> R:
        log.warning("%s", why)
        return self._kind.missing()

    def _tell_of_sending(self, told: Told) -> None:
        """Once of each: storage may lag behind, but one that gives nothing has all files go through the scheduler."""
        if told.state not in self._crew.told_of_sending:
            level = logging.INFO if told.state == "missing" else logging.WARNING
            log.log(level, "A worker cannot have a file, which is sent to it: %s", told.detail)
            self._crew.told_of_sending.add(told.state)
