"""The workers of the cluster: who is there, who may read, and who may not and why."""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from scraper.counts import count_of
from scraper.errors import WdtkError

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
SILENT_SECONDS = 2.0
TRYING_SECONDS = 90.0
"""More patience with workers that are being tried out: a busy machine takes long to import all."""
SHOWN = 3


class Hires(Protocol):
    """The client of the cluster as far as the staff needs it."""

    def present(self) -> Mapping[str, Mapping[str, Any]]:
        """The workers that are there, by address, as Dask describes them."""

    def hire(self, address: str) -> str | None:
        """Try one out; why it may not read, or ``None``. May take long."""


@dataclass(frozen=True)
class Worker:
    """One that may read."""

    address: str
    threads: int


class Staff:
    """Workers come and go; each that is new is tried out by itself, while the others work."""

    def __init__(self, client: Hires, *, wait_seconds: float) -> None:
        self._client, self._wait_seconds = client, wait_seconds
        self._lock = threading.Lock()
        self._tried: dict[str, str | None] = {}
        self._trying: set[str] = set()
        self._there: Mapping[str, Mapping[str, Any]] = {}
        self._looked_at = -LOOK_SECONDS
        self._alone_since: float | None = None
        self._said = self._had_some = False

    def workers(self) -> dict[str, Worker]:
        """Those that are there and may read, by address."""
        self._look()
        with self._lock:
            fit = [address for address in self._there if self._tried.get(address, "untried") is None]
        return {address: Worker(address, int(self._there[address]["nthreads"])) for address in fit}

    def refuse(self, address: str, why: str) -> None:
        """Give this worker nothing more."""
        with self._lock:
            known = self._tried.get(address) is not None
            self._tried[address] = why
        if not known:
            log.warning("The worker %s is left out: %s.", self._name(address), why.rstrip("."))

    def some(self) -> dict[str, Worker]:
        """The same, waiting for the first where there is none; ``WdtkError`` where none comes for so long."""
        while not (found := self.workers()):
            self._alone()
            time.sleep(0.05)
        self._alone_since, self._had_some = None, True
        return found

    def _look(self) -> None:
        if time.monotonic() - self._looked_at < LOOK_SECONDS:
            return
        self._there = self._client.present()
        self._looked_at = time.monotonic()
        with self._lock:
            new = [one for one in self._there if one not in self._tried and one not in self._trying]
            self._trying.update(new)
        for address in new:
            # A worker that hangs keeps its own thread waiting, and neither the others nor the end of the command.
            threading.Thread(target=self._try, args=(address,), daemon=True).start()

    def _try(self, address: str) -> None:
        why = self._client.hire(address)
        if why is not None:
            self.refuse(address, why)
        with self._lock:
            self._trying.discard(address)
            self._tried[address] = why

    def _alone(self) -> None:
        now = time.monotonic()
        if self._alone_since is None:
            self._alone_since, self._said = now, False
        with self._lock:
            refused = {one: why for one in self._there if (why := self._tried.get(one)) is not None}
            trying = bool(self._trying & self._there.keys())
        if refused and len(refused) == len(self._there) and not self._had_some:
            raise WdtkError(f"No worker of the cluster may read. {self._told(refused)}.")
        alone = now - self._alone_since
        if alone > self._wait_seconds + (TRYING_SECONDS if trying else 0):
            raise WdtkError(
                f"The cluster has had no worker for {count_of(round(self._wait_seconds), 'second', 'seconds')}. What "
                "was read is kept: start workers (`dask worker ADDRESS`) and run the command again."
            )
        if alone > SILENT_SECONDS and not trying and not self._said:
            self._said = True
            log.warning("The cluster has no worker that may read; waiting up to %g seconds.", self._wait_seconds)

    def _told(self, refused: Mapping[str, str]) -> str:
        told = [f"{self._name(address)}: {why.rstrip('.')}" for address, why in sorted(refused.items())]
        more = f"; and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
        return "; ".join(told[:SHOWN]) + more

    def _name(self, address: str) -> str:
        name = self._there.get(address, {}).get("name", address)
        return address if name == address else f"{address} ({name})"
