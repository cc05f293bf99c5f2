"""When the next request may leave: Crawl-delay, pauses that the site asks for, and waits of single requests.

DOWNLOAD_DELAY is kept by Scrapy itself; what this adds can only make the crawl slower. Pauses that the site asks for
outlast the run, so that one which is killed and begun again keeps them too.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser

from scraper.middlewares.memory import Memory
from scraper.middlewares.refusals import AskedToWait, Stopping

NOT_BEFORE = "not_before"
"""Key of ``Request.meta``: a moment of ``time.monotonic`` before which the request is not sent."""
_LOOK_UP = 0.5
"""Seconds after which whoever waits looks whether the run is ending."""


class PaceMiddleware:
    """Holds each request until its time has come."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._user_agent: str = crawler.settings["USER_AGENT"]
        self._longest = crawler.settings.getfloat("WDTK_LONGEST_WAIT")
        self.crawl_delay = 0.0
        """Seconds between two requests that robots.txt asks for."""
        self._next = 0.0
        self._remembered = False
        self._ended = False
        self._turn = asyncio.Lock()
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def robots_parsed(self, robotparser: RobotParser) -> None:
        """Take the Crawl-delay of our group in robots.txt."""
        self.crawl_delay = robotparser.crawl_delay(self._user_agent) or 0.0
        self._next = max(self._next, time.monotonic() + self.crawl_delay)

    def hold(self, seconds: float) -> None:
        """Let nothing leave for ``seconds`` from now, in this run or the next."""
        self._next = max(self._next, time.monotonic() + seconds)
        Memory.of(self._crawler).hold(self._next - time.monotonic())

    def put_off(self, seconds: float) -> None:
        """Let nothing leave for ``seconds`` from now, in this run."""
        self._next = max(self._next, time.monotonic() + seconds)

    def end(self) -> None:
        """Let nothing leave any more in this run, whatever still waits for its turn."""
        self._ended = True

    def leave_alone(self, seconds: float) -> None:
        """Let nothing leave in this run, nor in another for ``seconds`` from now."""
        self.end()
        Memory.of(self._crawler).hold(seconds)

    def moment(self, seconds: float) -> float:
        """The value of NOT_BEFORE for a request that is to wait ``seconds`` from now."""
        return time.monotonic() + seconds

    async def process_request(self, request: Request) -> None:
        """Return when the request may leave. Raises AskedToWait where an earlier run was asked to wait for long."""
        if not self._remembered:
            self._remember(request.url)
        await self._until(lambda: request.meta.get(NOT_BEFORE, 0.0))
        async with self._turn:  # who came first leaves first
            await self._until(lambda: self._next)
            self._next = time.monotonic() + self.crawl_delay

    async def _until(self, moment: Callable[[], float]) -> None:
        """Wait for a moment that may be put off meanwhile."""
        self._go_on()
        while (left := moment() - time.monotonic()) > 0:
            await asyncio.sleep(min(left, _LOOK_UP))
            self._go_on()

    def _go_on(self) -> None:
        slot = self._crawler.engine._slot  # noqa: SLF001 - it tells nobody that it is closing
        if self._ended or (slot is not None and slot.closing is not None):
            raise Stopping("The run was ending while this page waited for its turn.")

    def _remember(self, url: str) -> None:
        seconds = Memory.of(self._crawler).held_for()
        if seconds > self._longest:
            raise AskedToWait(
                f"The site asked an earlier run to wait (Retry-After), which lasts {seconds:.0f} s more, so {url} was "
                "not asked for. Run the same command later: it goes on where it stopped."
            )
        self._next = max(self._next, time.monotonic() + seconds)
        self._remembered = True


def pace_of(crawler: Crawler) -> PaceMiddleware:
    """The one of a crawler; LookupError where the settings have none."""
    pace = crawler.get_downloader_middleware(PaceMiddleware)
    if pace is None:
        raise LookupError("PaceMiddleware is missing in DOWNLOADER_MIDDLEWARES")
    return pace
