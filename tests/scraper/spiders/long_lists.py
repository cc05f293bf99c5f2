"""A site of lists alone, on loopback: twenty thousand rows in the stand-in's own pages, that will not hold still."""

import math
import random
import re
import threading
from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from scraper.standin.json_view import authorities_csv
from scraper.standin.listings import MOST_PAGES, PER_PAGE, Entry, Pages, Query, collapsed, entries, newest_first
from scraper.standin.records import StandinAuthority, StandinEvent, StandinRequest
from scraper.standin.robots import robots_txt
from scraper.standin.views import not_found, render
from scraper.standin.world import World
from tests.patience import PATIENCE
from tests.scraper.scripted import Server

FIRST, LAST = date(2024, 1, 1), date(2026, 6, 30)
BUSY = date(2025, 3, 3)
"""A day with more events of one kind and state than a list shows."""
STATES = ("waiting_response", "successful", "rejected", "partially_successful", "not_held", "vexatious", "not_foi")

Reply = tuple[int, str, bytes]


@dataclass(kw_only=True)
class Troubles:
    """What happens while the lists are read: so many of each, at pages that the dice choose."""

    hidden: int = 0
    answered: int = 0
    added: int = 0
    failed: int = 0
    noise: float = 0.15


@dataclass(kw_only=True)
class LongLists:
    """Serves lists of ``requests``; ``there`` are the slugs that were listed from the beginning and still are."""

    count: int
    troubles: Troubles = field(default_factory=Troubles)
    seed: int = 5
    asked: int = 0
    waits_at: int | None = None
    """The answer to which request waits until ``go_on`` is set, as do all that come after it."""
    waits: bool = False
    """Whether it has come so far."""

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 - a site that can be made again
        self.world = World(seed=1, requests=12)
        self.paths: list[str] = []
        self.requests = {request.slug: request for request in self._made()}
        self.there = set(self.requests)
        self._everywhere: list[Entry] = []
        self._by_authority: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(entries(self.requests.values()), key=newest_first):
            for among in self._lists_of(entry):
                among.append(entry)
        self.go_on = threading.Event()
        self._lock = threading.Lock()
        self._fails = set(self.dice.sample(range(1, max(200, self.count // 40)), self.troubles.failed))
        self._failed: set[str] = set()
        self._moves = self._planned()
        self._server = Server(("127.0.0.1", 0), _handler(self))
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self._found = lru_cache(maxsize=64)(self._select)

    def _made(self) -> list[StandinRequest]:
        patterns = [one for one in self.world.requests if one.listed and one.events[0].message is not None]
        days = (LAST - FIRST).days + 1
        made = []
        for number in range(self.count):
            pattern, busy = patterns[number % len(patterns)], number % 10 == 0
            # More requests of late than of old, and each tenth on the one busy day.
            day = BUSY if busy else FIRST + timedelta(days=int(days * math.sqrt(self.dice.random())))
            state = "waiting_response" if busy and number % 20 == 0 else self.dice.choice(STATES)
            made.append(
                replace(
                    pattern,
                    id=10_000 + number,
                    slug=f"request_{number}",
                    title=f"Request {number}",
                    authority=self._authority(),
                    described_state=state,
                    calculated_status=state,
                    awaiting_description=False,
                    prominence="normal",
                    embargoed=False,
                    events=tuple(self._events(pattern, number, day)),
                )
            )
        return made

    def _authority(self) -> StandinAuthority:
        bodies = [body for body in self.world.authorities if not body.url_name.startswith("tor")]
        return bodies[min(int(self.dice.expovariate(0.1)), len(bodies) - 1)]

    def _events(self, pattern: StandinRequest, number: int, day: date) -> list[StandinEvent]:
        first = pattern.events[0]
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=self.dice.randrange(86_400))
        sent = replace(first, id=10 * number + 1, event_type="sent", created_at=moment)
        kinds = self.dice.choice([(), (), (), ("response",)])
        later = [
            replace(first, id=sent.id + place, event_type=kind, created_at=moment + timedelta(days=9 * place))
            for place, kind in enumerate(kinds, start=1)
        ]
        return [sent, *later]

    def _planned(self) -> dict[int, str]:
        kinds = ["hide"] * self.troubles.hidden + ["answer"] * self.troubles.answered + ["add"] * self.troubles.added
        pages = self.dice.sample(range(5, max(200, self.count // 25)), len(kinds))
        return dict(zip(pages, kinds, strict=True))

    def _lists_of(self, entry: Entry) -> tuple[list[Entry], list[Entry]]:
        """Where an entry stands, newest first: with all, and with those of its authority."""
        return self._everywhere, self._by_authority[entry.request.authority.url_name]

    def _enter(self, old: StandinRequest | None, new: StandinRequest | None) -> None:
        """Take the entries of a request out of their places, and put those of its successor in theirs."""
        for entry in entries([old] if old else []):
            for among in self._lists_of(entry):
                del among[bisect_left(among, newest_first(entry), key=newest_first)]
        for entry in entries([new] if new else []):
            for among in self._lists_of(entry):
                insort(among, entry, key=newest_first)
        self._found.cache_clear()

    def _move(self, kind: str) -> None:
        slug = self.dice.choice(sorted(self.there))
        one = self.requests[slug]
        if kind == "hide":
            self.there.discard(slug)
            del self.requests[slug]
            self._enter(one, None)
        elif kind == "answer":
            now = datetime.now(UTC).replace(microsecond=0)
            answer = replace(one.events[0], id=900_000 + self.asked, event_type="response", created_at=now)
            self.requests[slug] = replace(one, events=(*one.events, answer))
            self._enter(one, self.requests[slug])
        else:
            new = replace(one, id=90_000 + self.asked, slug=f"new_{self.asked}")
            self.requests[new.slug] = new
            self._enter(None, new)

    def reply(self, target: str) -> Reply:
        """The answer to ``GET target``."""
        parts = urlsplit(target)
        if parts.path == "/robots.txt":
            return 200, "text/plain", robots_txt("develop").encode()
        if parts.path == "/body/all-authorities.csv":
            return 200, "text/csv; charset=utf-8; header=present", authorities_csv(self.world.authorities)
        with self._lock:
            self.asked += 1
            self.paths.append(target)
            if self.asked == self.waits_at:
                self.waits = True
                self.go_on.wait(PATIENCE)
            if self.asked in self._fails and target not in self._failed:
                self._failed.add(target)
                return 500, "text/plain", b"once"
            if kind := self._moves.pop(self.asked, None):
                self._move(kind)
            return self._list(parts.path, {name: values[-1] for name, values in parse_qs(parts.query).items()})

    def _list(self, path: str, given: dict[str, str]) -> Reply:
        number = int(given.get("page", "1"))
        if number > MOST_PAGES:
            answer = not_found(base=self.base, path=path)
            return answer.status, "text/html; charset=utf-8", answer.body
        view = path.removeprefix("/list").strip("/") or "all"
        query = Query(
            query=given.get("query", ""),
            after=given.get("request_date_after", ""),
            before=given.get("request_date_before", ""),
            view=view,
        )
        found = self._found(query)
        about = len(found)
        if number * PER_PAGE < about:
            about = int(about * (1 + self.dice.uniform(0, self.troubles.noise)))
        kept = "&".join(f"{name}={value}" for name, value in given.items() if name != "page")
        bar = Pages(current=number, last=min(math.ceil(about / PER_PAGE), MOST_PAGES), address=f"{path}?{kept}&page=")
        html = render(
            "list.html",
            title="Search requests",
            page_id="request_list",
            base=self.base,
            path=path,
            heading="Search requests",
            query=query,
            rows=found[(number - 1) * PER_PAGE : number * PER_PAGE],
            about=about,
            pages=bar,
        )
        return 200, "text/html; charset=utf-8", html.encode()

    def _select(self, query: Query) -> list[Entry]:
        return collapsed(filter(query.matches, self._near(query)), order=newest_first)

    def _near(self, query: Query) -> list[Entry]:
        """Entries among which are all that match, without a look at each of the twenty thousand."""
        named = re.search(r"requested_from:(\S+)", query.query)
        among = self._by_authority[named[1]] if named else self._everywhere
        if query._window is None:
            return []
        first, last = query._window
        begin = bisect_left(among, (-_seconds(last) - 86_400, 0), key=newest_first)
        return among[begin : bisect_left(among, (1 - _seconds(first), 0), key=newest_first)]

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _seconds(day: date) -> float:
    return (day - date(1970, 1, 1)).days * 86_400.0


def _handler(site: LongLists) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 1 << 16

        def do_GET(self) -> None:
            status, kind, body = site.reply(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature it has
            """Say nothing."""

    return Handler
