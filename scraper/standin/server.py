"""The stand-in on a socket of this machine."""

import json
import socket
import time
from contextlib import suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import IO

from scraper.standin.answers import Answer
from scraper.standin.faults import Faults, Trouble
from scraper.standin.moving import MovingSite
from scraper.standin.site import Site

HOST = "127.0.0.1"


class Log:
    """One line of JSON for each request, written at once so that a test can read along."""

    def __init__(self, path: Path | None) -> None:
        self._out: IO[str] | None = path.open("a", encoding="utf-8", buffering=1) if path else None
        self._lock = Lock()

    def write(self, **fields: object) -> None:
        """Add a line."""
        if self._out is not None:
            with self._lock:
                self._out.write(json.dumps(fields) + "\n")

    def close(self) -> None:
        """Write no more."""
        if self._out is not None:
            self._out.close()


NO_FAULTS = Faults()


class StandinServer(ThreadingHTTPServer):
    """Listens on loopback and nowhere else."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self, site: Site | MovingSite, *, port: int = 0, faults: Faults = NO_FAULTS, log: Path | None = None
    ) -> None:
        super().__init__((HOST, port), Handler)
        self.site = site
        self.trouble = Trouble(faults, seed=site.world.seed)
        self.log = Log(log)
        self.base = f"http://{HOST}:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers ``GET`` and ``HEAD``."""

    protocol_version = "HTTP/1.1"
    server_version = "standin"
    sys_version = ""
    wbufsize = 1 << 16
    disable_nagle_algorithm = True
    timeout = 120
    server: StandinServer

    def do_GET(self) -> None:
        """Serve a page."""
        self._serve(with_body=True)

    def do_HEAD(self) -> None:
        """Serve its headers."""
        self._serve(with_body=False)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date of an answer, by the site's own clock."""
        return super().date_time_string(self._now().timestamp() if timestamp is None else timestamp)

    def _now(self) -> datetime:
        site = self.server.site
        return site.now() if isinstance(site, MovingSite) else datetime.now(UTC)

    def _serve(self, *, with_body: bool) -> None:
        started = time.time()
        answer = self.server.trouble.before()
        if answer is None:
            answer = self.server.site.answer(self.path, base=self.server.base).finished(
                self.headers.get("If-None-Match")
            )
        self.server.log.write(
            time=started,
            at=self._now().isoformat(timespec="seconds"),
            method=self.command,
            path=self.path,
            status=answer.status,
            user_agent=self.headers.get("User-Agent"),
            headers=dict(self.headers.items()),
        )
        with suppress(BrokenPipeError, ConnectionResetError):
            self._send(answer, with_body=with_body, cut=with_body and self.server.trouble.cut())

    def _send(self, answer: Answer, *, with_body: bool, cut: bool) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status not in {204, 304}:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body and answer.status not in {204, 304}:
            self.wfile.write(answer.body[: len(answer.body) // 2] if cut else answer.body)
        self.wfile.flush()
        if cut:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Keep standard error quiet: the log file has it all."""
