"""The connection to a Dask cluster: an address to readers, and sentences on whatever is in the way."""

import itertools
import logging
import queue
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from secrets import token_hex
from typing import Any

from distributed import Client, Future

from scraper.archive.files import FileStore
from scraper.errors import WdtkError
from scraper.reading.cluster import on_worker
from scraper.reading.cluster.crew import ClusterCrew, FailedError
from scraper.reading.cluster.described import Hired, Settings, described, kind_of
from scraper.reading.cluster.door import GONE, connected
from scraper.reading.cluster.staff import Staff
from scraper.reading.jobs import decode, encode
from scraper.reading.pool import ReaderPool

GOODBYE_SECONDS = 4.0
ANSWER_SECONDS = 60.0
"""Dask itself waits for answers without end."""
ENDING = frozenset({"closing", "closing_gracefully", "closed", "failed"})
log = logging.getLogger(__name__)


@contextmanager
def cluster_crew(
    address: str,
    files: FileStore,
    *,
    pool: ReaderPool,
    url: str | None = None,
    samples: Sequence[str] = (),
    unread: str,
    wait_seconds: float,
) -> Iterator[ClusterCrew]:
    """Readers on the workers of the cluster whose scheduler is at ``address``, until the block ends.

    They take files from ``url`` as fsspec knows it, where some of ``samples`` must lie; without it bytes go with the
    orders. ``pool`` says with which limits and engine they read, and reads here what they cannot. Raises ``WdtkError``
    where there is no such cluster, no worker comes in time, or the scheduler is lost.
    """
    settings = Settings(
        here=tuple(described(pool.engine).items()),
        limits=pool.limits.as_argument(),
        engine=kind_of(pool.engine),
        unread=unread,
        files=url,
        samples=tuple(samples),
    )
    connection = Connection(connected(address), encode(settings), address)
    try:
        connection.try_scheduler()
        staff = Staff(connection, wait_seconds=wait_seconds)
        staff.some()
        yield ClusterCrew(connection, staff, files, pool, sends_files=url is None)
    finally:
        connection.close()


class Connection:
    """A cluster as ``crew`` and ``staff`` need it."""

    def __init__(self, client: Client, settings: bytes, address: str) -> None:
        self._client, self._settings, self._address = client, settings, address
        self._token = f"wdtk-read-{token_hex(8)}"
        self._numbers = itertools.count(1)
        self._futures: dict[int, Future[bytes]] = {}
        self._done: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._hired: set[str] = set()
        self._closing = False

    def try_scheduler(self) -> None:
        """The scheduler must know the task too: it takes it apart."""
        with self._talking():
            try:
                self._in_time(self._client.run_on_scheduler, on_worker.ready)
            except (ImportError, AttributeError) as error:
                raise WdtkError(
                    f"The scheduler at {self._address} has no wdtk-archive of this version ({error}). Start it with "
                    "the `dask` of an installation like this one."
                ) from error

    def present(self) -> Mapping[str, Mapping[str, Any]]:
        """See ``Hires``."""
        scheduler = self._client.scheduler
        if scheduler is None:
            raise self._lost()
        with self._talking():
            workers: dict[str, Mapping[str, Any]] = self._in_time(scheduler.identity, n_workers=-1)["workers"]
        return {address: told for address, told in workers.items() if told.get("status") not in ENDING}

    def hire(self, address: str) -> str | None:
        """See ``Hires``."""
        try:
            told = self._client.run(
                on_worker.hire, self._token, self._settings, workers=[address], on_error="return"
            ).get(address)
        except GONE as error:
            return None if self._closing else f"it does not answer ({type(error).__name__})"
        if not isinstance(told, bytes):
            return f"it failed when it was tried out ({type(told).__name__}: {told})"
        try:
            refused = decode(Hired, told).refused
        except ValueError:
            return "it answers as none of ours does"
        if refused is None:
            self._hired.add(address)
        return refused

    def submit(self, packed: bytes, workers: Collection[str]) -> int:
        """See ``Cluster``."""
        number = next(self._numbers)
        with self._talking():
            future = self._client.submit(
                on_worker.read_batch, self._token, packed, key=f"{self._token}-{number}", workers=list(workers),
                allow_other_workers=False, pure=False,
            )  # fmt: skip
        self._futures[number] = future
        self._listen(number)
        return number

    def next_done(self, seconds: float) -> int | None:
        """See ``Cluster``."""
        try:
            return self._done.get(timeout=seconds)
        except queue.Empty:
            if self._client.status != "running":
                raise self._lost() from None
            return None

    def answer(self, number: int) -> bytes | None:
        """See ``Cluster``."""
        future = self._futures[number]
        if future.status == "error":
            error = future.exception()
            self.forget(number)
            raise FailedError(f"{type(error).__name__}: {_short(error)}")
        late = False
        if future.status == "finished":
            with self._talking():
                found = self._gathered(future)
            if found and type(found[0]) is bytes:
                self.forget(number)
                return bytes(found[0])
            late = found is None
        if self._client.status != "running":
            raise self._lost()
        if late or future.status in {"pending", "lost"}:  # a worker died with the answer, so that others make it anew
            self._listen(number)
            return None
        status = future.status
        self.forget(number)
        raise FailedError(f"it came back {status}")

    def forget(self, number: int) -> None:
        """See ``Cluster``."""
        future = self._futures.pop(number)
        with self._talking():
            if not future.done():
                self._in_time(self._client.cancel, [future])
            future.release()

    def close(self) -> None:
        """Free the cluster, and wait no longer than a moment for that."""
        self._closing = True  # whoever is being tried out will not be able to answer
        goodbye = threading.Thread(target=self._goodbye, daemon=True)
        goodbye.start()
        goodbye.join(GOODBYE_SECONDS)

    def _goodbye(self) -> None:
        try:
            if self._client.status == "running":
                self._client.cancel(list(self._futures.values()), force=True)
                self._client.run(on_worker.dismiss, self._token, workers=sorted(self._hired), on_error="ignore")
            self._client.close(timeout=GOODBYE_SECONDS)
        except GONE as error:
            log.info("the cluster could not be told that this is the end: %s", error)

    def _listen(self, number: int) -> None:
        self._futures[number].add_done_callback(lambda _: self._done.put(number))

    def _gathered(self, future: Future[bytes]) -> list[Any] | None:
        """The answer in a list; ``None`` where it is late: if its worker is gone, others have to make it anew."""
        try:
            return list(self._in_time(self._client.gather, [future], errors="skip"))
        except TimeoutError:
            return None

    def _in_time(self, ask: Callable[..., Any], *what: Any, **how: Any) -> Any:
        """What a method of Dask's client gives; ``TimeoutError`` where it does not in time."""
        return self._client.sync(ask, *what, callback_timeout=ANSWER_SECONDS, **how)

    @contextmanager
    def _talking(self) -> Iterator[None]:
        try:
            yield
        except GONE as error:
            raise self._lost() from error

    def _lost(self) -> WdtkError:
        return WdtkError(
            f"The scheduler at {self._address} is gone, or does not answer. What was read is kept: start it and its "
            "workers, then run the command again."
        )


def _short(error: BaseException | None) -> str:
    """One line that may be printed: what a worker says may hold words of a document."""
    return ascii(str(error)[:120])[1:-1]
