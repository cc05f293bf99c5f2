"""When the next request may leave: Crawl-delay, pauses that the site asks for, and waits of single requests.

DOWNLOAD_DELAY is kept by Scrapy itself; what this adds can only make the crawl slower.
"""

import asyncio
import time
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser

NOT_BEFORE = "not_before"
"""Key of ``Request.meta``: a moment of ``time.monotonic`` before which the request is not sent."""


class PaceMiddleware:
    """Holds each request until its time has come."""

    def __init__(self, crawler: Crawler) -> None:
        self._user_agent: str = crawler.settings["USER_AGENT"]
        self.crawl_delay = 0.0
        """Seconds between two requests that robots.txt asks for."""
        self._next = 0.0
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def robots_parsed(self, robotparser: RobotParser) -> None:
        """Take the Crawl-delay of our group in robots.txt."""
        self.crawl_delay = robotparser.crawl_delay(self._user_agent) or 0.0
        self._next = time.monotonic() + self.crawl_delay

    def hold(self, seconds: float) -> None:
        """Let nothing leave for ``seconds`` from now."""
        self._next = max(self._next, time.monotonic() + seconds)

    def moment(self, seconds: float) -> float:
        """The value of NOT_BEFORE for a request that is to wait ``seconds`` from now."""
        return time.monotonic() + seconds

    async def process_request(self, request: Request) -> None:
        """Return when the request may leave."""
        while True:
            now = time.monotonic()
            start = max(now, self._next, request.meta.get(NOT_BEFORE, 0.0))
            if start <= now:
                self._next = now + self.crawl_delay
                return
            await asyncio.sleep(start - now)
