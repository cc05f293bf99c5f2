"""A real server over a public database, asked over a socket: how long an answer takes, by the clock and the processor.

Processor time is that of the server's process alone (``clock_getcpuclockid(3)``), whatever else the machine does.
"""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scraper.publishing.serve import free_port

HOST = "127.0.0.1"
STARTS_WITHIN = 60.0
_SCHEDULED = 2
"""The kind of clock that a process identifier is made into."""


@dataclass(frozen=True, kw_only=True)
class Took:
    """One answer: milliseconds of the clock and of the server's processor, what came, and how much of it."""

    clock: float
    processor: float
    status: int
    size: int
    kind: str


class Server:
    """One server and one connection to it, kept open as browsers do."""

    def __init__(self, process: int, port: int) -> None:
        self._clock = (~process << 3) | _SCHEDULED
        self._port = port
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)

    def ask(self, address: str) -> Took:
        """Ask for ``address`` and read the whole answer; redirects are not followed."""
        try:
            return self._asked(address)
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()  # the server closes what nobody asked anything on for some seconds
            return self._asked(address)

    def _asked(self, address: str) -> Took:
        worked, began = time.clock_gettime(self._clock), time.perf_counter()
        self._connection.request("GET", address, headers={"accept-encoding": "identity"})
        answer = self._connection.getresponse()
        body = answer.read()
        clock = (time.perf_counter() - began) * 1000
        processor = (time.clock_gettime(self._clock) - worked) * 1000
        kind = (answer.getheader("content-type") or "").partition(";")[0]
        return Took(clock=clock, processor=processor, status=answer.status, size=len(body), kind=kind)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def served(public: Path) -> Iterator[Server]:
    """``wdtk serve`` over ``public`` on a port of its own; it ends with the block."""
    port = free_port(HOST, 0)
    command = [sys.executable, "-m", "scraper", "serve", "--public", str(public), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as wdtk:
        try:
            server = Server(_datasette(wdtk, port), port)
            yield server
            server.close()
        finally:
            wdtk.terminate()


def forget(public: Path) -> None:
    """Have the system drop what it holds of the file, so that the next answer reads the disk (posix_fadvise(2))."""
    descriptor = os.open(public, os.O_RDONLY)
    try:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def _datasette(wdtk: subprocess.Popen[bytes], port: int) -> int:
    """The process that answers on ``port``: the child of ``wdtk serve``."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and wdtk.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            children = Path(f"/proc/{wdtk.pid}/task/{wdtk.pid}/children").read_text(encoding="ascii").split()
            return int(children[0])
        time.sleep(0.02)
    raise RuntimeError(f"the server on port {port} did not start")
