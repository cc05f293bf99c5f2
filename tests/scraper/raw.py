"""A scripted site that may also break the rules of HTTP, byte by byte, and speak TLS with any certificate."""

import socket
import ssl
import struct
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from tests.scraper.scripted import Asked, ScriptedSite

Raw = Callable[[socket.socket], None]
"""Says anything at all to whoever asks; the connection is closed after it."""


class RawSite(ScriptedSite):
    """``raw`` maps a path to what is said in place of an answer, time after time until it is taken away."""

    def __init__(self) -> None:
        super().__init__()
        self.raw: dict[str, Raw] = {}
        self._server.RequestHandlerClass = _handler(self, self._server.RequestHandlerClass)  # type: ignore[arg-type]  # it is one

    def speak_tls(self, certificate: Path) -> None:
        """Serve with the certificate and key in one file."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.base = self.base.replace("http://", "https://")


def _handler(site: RawSite, base: type[BaseHTTPRequestHandler]) -> type[BaseHTTPRequestHandler]:
    class Handler(base):  # type: ignore[valid-type,misc]  # a class made at run time
        def do_GET(self) -> None:  # noqa: N802 - the name it has
            raw = site.raw.get(self.path)
            if raw is None:
                super().do_GET()
                return
            site.asked.append(Asked(path=self.path, headers={}, at=time.monotonic()))
            self.close_connection = True
            try:
                raw(self.connection)
            except OSError:  # it had enough and went
                return

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # no agreement on TLS
                return

    return Handler


def says(head: str, body: bytes = b"", *, end: Raw | None = None) -> Raw:
    """A status line and headers, one a line, then a body; ``end`` is what happens after it."""

    def raw(connection: socket.socket) -> None:
        connection.sendall(head.strip().replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        if end is not None:
            end(connection)

    return raw


def reset(connection: socket.socket) -> None:
    """End with RST, as a machine that has lost the connection does."""
    time.sleep(0.05)  # what was sent should arrive before it
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def drip(connection: socket.socket) -> None:
    """A byte now and then, for ever."""
    while True:
        connection.sendall(b"x")
        time.sleep(0.1)
