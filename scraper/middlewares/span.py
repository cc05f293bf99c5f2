"""A span of time after which a run ends as at the end of its hours, so that its caller can do what has waited."""

import asyncio
import time
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

OVER = "span_over"
"""Count of the run that ended so."""


class Span:
    """Ends the run at ``WDTK_UNTIL``, a moment of ``time.monotonic``; what is under way is still stored."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        if crawler.settings["WDTK_UNTIL"] is None:
            raise NotConfigured
        self._until = crawler.settings.getfloat("WDTK_UNTIL")
        self._timer: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """Begin to wait."""
        left = max(0.0, self._until - time.monotonic())
        self._timer = asyncio.get_running_loop().call_later(left, self._end)

    def spider_closed(self) -> None:
        """It came to its end before."""
        if self._timer is not None:
            self._timer.cancel()

    def _end(self) -> None:
        self._crawler.stats.inc_value(f"wdtk/{OVER}")
        self._ending = asyncio.get_running_loop().create_task(self._crawler.engine.close_spider_async(reason="hours"))
