"""A site on loopback that says what a test tells it to say, answer by answer, and remembers what it was asked."""

import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self
from urllib.parse import parse_qs, urlsplit

from tests import warm
from tests.patience import PATIENCE
from tests.scraper.pages import (
    AUTHORITIES,
    NOT_FOUND,
    Reply,
    attachment_path,
    listing_row,
    page,
    request_json,
    tagged,
    text,
    thread_page,
)

DAY = "2021-03-20"
"""When all that the site lists happened."""
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    at: float


class Server(ThreadingHTTPServer):
    """With room for those who come while this process stands still: where there is none they wait for a second."""

    request_queue_size = 128


class ScriptedSite:
    """``answers`` maps a path with its query to the replies it gives one after another; the last one stays."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Reply]] = {
            "/robots.txt": [text("User-agent: *\nDisallow: */tor*\n")],
            "/body/all-authorities.csv": [text(AUTHORITIES, "text/csv; charset=utf-8; header=present")],
        }
        self.asked: list[Asked] = []
        self.listed: list[str] = []
        self.ahead = 0.0
        """Seconds by which its clock is ahead of this machine's."""
        self.holds: str | None = None
        """A path whose answer waits until ``go_on`` is set, and nothing else is answered meanwhile."""
        self.go_on = threading.Event()
        self._lock = threading.Lock()
        self._server = Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.base = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def say(self, path: str, *replies: Reply) -> None:
        self.answers[path] = list(replies)

    def reply(self, path: str, headers: dict[str, str]) -> Reply:
        with self._lock:
            self.asked.append(Asked(path=path, headers=headers, at=time.monotonic()))
            if path == self.holds:
                self.go_on.wait(PATIENCE)
            reply = self._next(path)
        unchanged = reply.status == 200 and headers.get("if-none-match", "") == reply.headers.get("ETag")
        return Reply(status=304, headers={"ETag": reply.headers["ETag"]}) if unchanged else reply

    def _next(self, path: str) -> Reply:
        known = self.answers.get(path)
        if known is None:
            return self._list(path) if path.startswith(("/list", "/body/")) else NOT_FOUND
        return known.pop(0) if len(known) > 1 else known[0]

    def paths(self) -> list[str]:
        """What was asked, in order, robots.txt aside."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def _list(self, path: str) -> Reply:
        if path.startswith("/body/") and not path.startswith("/body/ambleford"):
            return NOT_FOUND
        given = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        number = int(given.get("page", "1"))
        within = _day(given.get("request_date_after")) <= DAY <= _day(given.get("request_date_before"), "9999-12-31")
        rows = "".join(listing_row(slug) for slug in self.listed[(number - 1) * 25 : number * 25] if within)
        if path.startswith("/body/"):
            return page("public_body_show", f'<div class="authority__body__foi-results">{rows}</div>')
        return page("request_list", f'<div class="results_section"><h1>Requests</h1>{rows}</div>')

    def request(self, slug: str, number: int, *, files: dict[str, Reply | list[Reply]] | None = None) -> None:
        """Add a request with one message each way; ``files`` hang on the reply, by name."""
        names = list(files or {})
        self.listed.append(slug)
        self.say(f"/request/{slug}.json", tagged(text(request_json(slug, number), "application/json; charset=utf-8")))
        self.say(f"/request/{slug}", tagged(thread_page(slug, number, names)))
        for position, (name, replies) in enumerate((files or {}).items()):
            path = attachment_path(slug, number, position, name)
            self.say(path, *(replies if isinstance(replies, list) else [replies]))


def _day(text: str | None, missing: str = "") -> str:
    return "-".join(reversed(text.split("/"))) if text else missing


def _handler(site: ScriptedSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = site.reply(self.path, {name.lower(): value for name, value in self.headers.items()})
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body[: len(reply.body) // 2] if reply.cut else reply.body)
            if reply.cut:
                self.close_connection = True

        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string(time.time() + site.ahead if timestamp is None else timestamp)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature it has
            """Say nothing."""

    return Handler


def rows(archive: Path, query: str) -> list[tuple[Any, ...]]:
    """What a query of an archive gives."""
    with closing(sqlite3.connect(archive / "archive.db")) as connection:
        return connection.execute(query).fetchall()


class Site(Protocol):
    """Whatever is served on loopback."""

    base: str


def scrapy(*arguments: str, site: "Site", archive: Path, **settings: object) -> "subprocess.CompletedProcess[str]":
    """Run ``scrapy crawl`` in the checkout as a user of Scrapy does."""
    given = {"WDTK_SITE": site.base, "WDTK_ARCHIVE": archive, **settings}
    options = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
    return warm.run_text("scrapy", ["crawl", *arguments, *options], cwd=ROOT, timeout=900)


def wdtk(*arguments: str, cwd: Path, timeout: float = 240) -> "subprocess.CompletedProcess[str]":
    """Run ``wdtk`` in a process of its own, away from any wdtk.toml."""
    return warm.run_text("scraper", arguments, cwd=cwd, timeout=timeout)
