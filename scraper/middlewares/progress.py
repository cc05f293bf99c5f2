"""Says how a crawl is getting on: one line that changes on a terminal, a line a minute elsewhere; on standard error."""

import logging
import sys
import time
from typing import Self

import click
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import AsyncioLoopingCall

from scraper.counts import count_of
from scraper.watch import look

_ON_TERMINAL = 0.5
"""Seconds between two lines."""
_NOT_TO_BE_HAD = ("failed", "hidden", "not_found", "robots", "too_big", "off_site")
TOTAL = "progress/total"
"""The statistic in which a spider may say how many requests it is going to look at."""


class Progress:
    """An extension, on where WDTK_PROGRESS is."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._terminal = sys.stderr.isatty() and not logging.getLogger().isEnabledFor(logging.INFO)
        self._began = self._logged_at = time.monotonic()
        self._call = AsyncioLoopingCall(self.say)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        if not crawler.settings.getbool("WDTK_PROGRESS"):
            raise NotConfigured
        progress = cls(crawler)
        crawler.signals.connect(progress.opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.closed, signal=signals.spider_closed)
        return progress

    def opened(self) -> None:
        """Begin."""
        self._call.start(_ON_TERMINAL if self._terminal else look.ELSEWHERE_SECONDS, now=False)

    def closed(self) -> None:
        """Leave the line free for what is said next."""
        if self._call.running:
            self._call.stop()
        if self._terminal:
            click.echo(look.CLEAR, err=True, nl=False)

    def say(self) -> None:
        """Write how far the crawl is."""
        now = time.monotonic()
        if now - self._logged_at >= look.ELSEWHERE_SECONDS:
            self._logged_at = now
            look.told("requests", self._done(), self._total(), now - self._began)
        line = self.line()
        click.echo(f"{look.CLEAR}{line}" if self._terminal else line, err=True, nl=not self._terminal)

    def line(self) -> str:
        """Such as ``Requests: 120 0.2/s (33 files, 410 answers, 2 refused, 0:10:00)``."""
        stats = self._crawler.stats.get_stats()
        seconds = time.monotonic() - self._began
        refused = sum(value for name, value in stats.items() if name.startswith("wdtk/refused/"))
        files = count_of(self._count("attachments_stored"), "file")
        answers = count_of(stats.get("response_received_count", 0), "answer")
        more = f"({files}, {answers}, {refused:,} refused, {look.clock(seconds)})"
        done = self._done()
        return look.line("Requests", done, self._total(), seconds, bar=self._terminal, more=more)

    def _done(self) -> int:
        """Requests that were fetched, or as before, or not to be had, or done by the run that this one takes up."""
        refused = sum(self._count(f"refused/{reason}") for reason in _NOT_TO_BE_HAD)
        return refused + sum(self._count(name) for name in ("requests_stored", "looked", "resumed"))

    def _count(self, name: str) -> int:
        return int(self._crawler.stats.get_value(f"wdtk/{name}", 0))

    def _total(self) -> int | None:
        """How many requests there are to do, where the spider knows."""
        total = self._crawler.stats.get_value(TOTAL)
        return total if isinstance(total, int) else None
