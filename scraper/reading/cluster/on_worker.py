"""What runs on a worker of the cluster: a pool of limited children, kept by a plugin from one task to the next."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from distributed import Reschedule, Worker, WorkerPlugin, get_worker
from tornado.ioloop import PeriodicCallback

from scraper.archive.errors import ArchiveError
from scraper.errors import WdtkError
from scraper.reading.cluster.described import Hired, Settings, described, difference
from scraper.reading.cluster.orders import Batch, Order, Told, packed_answers, unpacked_orders
from scraper.reading.cluster.storage import MissingError, Storage, check
from scraper.reading.engines import find_engine
from scraper.reading.jobs import body_of, decode, encode
from scraper.reading.limits import Limits
from scraper.reading.lost import LostError
from scraper.reading.pool import ReaderPool

REST_SECONDS = 60.0
"""Children that have nothing to do for so long are ended: whoever asked them may be gone without a word."""


class ReaderPlugin(WorkerPlugin):
    """The readers that one run of ``wdtk read`` has on one worker."""

    def __init__(self, settings: Settings, *, threads: int, address: str) -> None:
        self._settings, self._threads, self._address = settings, threads, address
        self._storage: Storage | None = None
        self._pool: ReaderPool | None = None
        self._lock = threading.Lock()
        self._busy, self._rested_at = 0, time.monotonic()
        self._closed = False

    def try_out(self) -> str | None:
        """Why this worker may not read: it differs, has no limits, or does not see the files."""
        settings = self._settings
        try:
            with self._using() as pool:
                here = {name: version for name, version in settings.here}  # noqa: C416 - tuples of any length to mypy
                if (differs := difference(described(pool.engine), here)) is not None:
                    return f"it has {differs}. Install the same there as here"
                pool.sniff(b"")  # starts a child, which proves its limits
            if settings.files is not None:
                self._storage = Storage(settings.files)
                if (problem := self._storage.first_problem(settings.samples)) is not None:
                    return f"it does not see the archive's files: {problem}"
        except WdtkError as error:
            return error.message
        return None

    def setup(self, worker: Worker) -> None:  # noqa: ARG002 - Dask's signature
        """Dask calls this once the worker may read."""
        self._clock = PeriodicCallback(self._rest, 1000 * REST_SECONDS / 4)
        self._clock.start()

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - Dask's signature
        """Dask calls this when the run dismisses the worker, or the worker ends: children die at once."""
        self._clock.stop()
        self.close()

    def close(self) -> None:
        """End the children, whatever they are at."""
        self._closed = True
        if self._pool is not None:
            self._pool.close()

    def read(self, packed: bytes) -> bytes:
        """Do the orders of a batch; raises ``Reschedule`` where this worker ends meanwhile."""
        begun, unfit, answers = time.monotonic(), None, []
        try:
            with self._using() as pool:
                answers = [self._answer(pool, order, data) for order, data in unpacked_orders(packed)]
        except WdtkError as error:
            unfit, answers = error.message, []
        if self._closed:
            raise Reschedule
        batch = Batch(seconds=time.monotonic() - begun, worker=self._address, unfit=unfit)
        return packed_answers(batch, answers)

    def _answer(self, pool: ReaderPool, order: Order, data: bytes) -> tuple[Told, bytes]:
        try:
            if order.kind == "letter":
                return Told(state="done"), encode(pool.read_letter(order.pages, context=order.context))
            data = self._bytes_of(order, data)
        except LostError as lost:
            return Told(state="lost", status=lost.status, detail=lost.detail), b""
        except MissingError as error:
            return Told(state="missing", detail=error.message), b""
        except ArchiveError as error:
            return Told(state="barred", detail=error.message), b""
        if order.kind == "probe":
            return Told(state="done"), encode(pool.probe(data, document_type=order.document_type))
        opened = pool.open(data, document_type=pool.sniff(data, name=order.name))
        return Told(state="done"), body_of(opened)

    def _bytes_of(self, order: Order, data: bytes) -> bytes:
        if not order.sent and self._storage is not None:
            return self._storage.get(order.sha256)
        check(data, order.sha256, f"{order.sha256} as it was sent")
        return data

    @contextmanager
    def _using(self) -> Iterator[ReaderPool]:
        with self._lock:
            self._busy += 1
            if self._pool is None:
                self._pool = self._opened()
            pool = self._pool
        try:
            yield pool
        finally:
            with self._lock:
                self._busy -= 1
                self._rested_at = time.monotonic()

    def _opened(self) -> ReaderPool:
        settings = self._settings
        engine = None if settings.engine == "off" else find_engine(settings.engine)
        limits = Limits.from_argument(settings.limits)
        return ReaderPool(self._threads, limits, engine=engine, unread=settings.unread)

    def _rest(self) -> None:
        with self._lock:
            if self._pool is None or self._busy or time.monotonic() - self._rested_at < REST_SECONDS:
                return
            self._pool.close()
            self._pool = None


async def hire(token: str, settings: bytes, dask_worker: Worker) -> bytes:
    """Try a worker out, and where it may read make it ready for ``read_batch`` with this ``token``; a ``Hired``."""
    if token in dask_worker.plugins:
        return encode(Hired())
    told, threads = decode(Settings, settings), dask_worker.state.nthreads
    plugin = ReaderPlugin(told, threads=threads, address=dask_worker.address)
    refused = await asyncio.to_thread(plugin.try_out)
    if refused is None:
        await dask_worker.plugin_add(plugin=plugin, name=token)
    else:
        plugin.close()
    return encode(Hired(refused=refused))


async def dismiss(token: str, dask_worker: Worker) -> None:
    """End what ``hire`` made ready."""
    if token in dask_worker.plugins:
        await dask_worker.plugin_remove(name=token)


def read_batch(token: str, packed: bytes) -> bytes:
    """The task: orders as ``packed_orders`` gives them, answers as ``unpacked_answers`` takes them."""
    plugin = get_worker().plugins[token]
    if not isinstance(plugin, ReaderPlugin):
        raise TypeError("this worker has not been hired")
    return plugin.read(packed)


def ready() -> bool:
    """Whether this program is there at all; asked of the scheduler."""
    return True
