"""A Dask cluster of processes on this machine: a scheduler and workers that come, go and die."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[4]
SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "500ms",
    "PYTHONPATH": str(ROOT),
}
PATIENCE = 90.0
LISTENS = re.compile(r"Start worker at: +(\S+)")


class Processes:
    """Its scheduler and workers, each a process of ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._told = folder / "scheduler.json"
        self._started: dict[str, subprocess.Popen[bytes]] = {}
        self._start("scheduler", "distributed.cli.dask_scheduler", "--port", "0", "--scheduler-file", str(self._told))
        until = time.monotonic() + PATIENCE
        while not (self._told.exists() and self._told.read_bytes().rstrip().endswith(b"}")):
            assert time.monotonic() < until, self.log("scheduler")
            time.sleep(0.02)
        self.address = str(json.loads(self._told.read_text(encoding="utf-8"))["address"])

    def worker(self, name: str, *more: str) -> int:
        """Start one; gives its process id."""
        module, place = "distributed.cli.dask_worker", str(self.folder / f"space-{name}")
        line = [self.address, "--no-nanny", "--nthreads", "1", "--name", name, "--local-directory", place, *more]
        return self._start(name, module, *line)

    def end(self, name: str) -> None:
        """Kill one, and wait until it is gone."""
        self.send(name, signal.SIGKILL)
        self._started[name].wait(timeout=PATIENCE)

    def send(self, name: str, number: signal.Signals) -> None:
        """A signal to the scheduler or a worker."""
        self._started[name].send_signal(number)

    def pid(self, name: str) -> int:
        """Its process id."""
        return self._started[name].pid

    def address_of(self, worker: str) -> str:
        """Where it listens, once it does."""
        until = time.monotonic() + PATIENCE
        while (found := LISTENS.search(self.log(worker))) is None:
            assert time.monotonic() < until, self.log(worker)
            time.sleep(0.05)
        return found[1]

    @property
    def pids(self) -> list[int]:
        """Those of all that run."""
        return [process.pid for process in self._started.values() if process.poll() is None]

    def log(self, name: str) -> str:
        """What it said."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def close(self) -> None:
        """End all."""
        for process in reversed(self._started.values()):
            if process.poll() is None:
                process.kill()
            process.wait(timeout=PATIENCE)

    def _start(self, name: str, module: str, *arguments: str) -> int:
        line = [sys.executable, "-m", module, "--host", "127.0.0.1", "--no-dashboard", *arguments]
        with (self.folder / f"{name}.log").open("wb") as log:
            self._started[name] = subprocess.Popen(
                line, cwd=self.folder, env={**os.environ, **SETTINGS}, stdout=log, stderr=log, start_new_session=True
            )
        return self._started[name].pid


@contextmanager
def processes(folder: Path, workers: Sequence[str] = ("one", "two")) -> Iterator[Processes]:
    """A cluster in a folder of its own, gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    cluster = Processes(folder)
    try:
        for name in workers:
            cluster.worker(name)
        yield cluster
    finally:
        cluster.close()
