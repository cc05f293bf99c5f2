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

_ON_TERMINAL, _ELSEWHERE = 0.5, 60.0
"""Seconds between two lines."""


class Progress:
    """An extension, on where WDTK_PROGRESS is."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._terminal = sys.stderr.isatty() and not logging.getLogger().isEnabledFor(logging.INFO)
        self._began = time.monotonic()
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
        self._call.start(_ON_TERMINAL if self._terminal else _ELSEWHERE, now=False)

    def closed(self) -> None:
        """Leave the line free for what is said next."""
        if self._call.running:
            self._call.stop()
        if self._terminal:
            click.echo("\r\x1b[K", err=True, nl=False)

    def say(self) -> None:
        """Write how far the crawl is."""
        line = self.line()
        click.echo(f"\r\x1b[K{line}" if self._terminal else line, err=True, nl=not self._terminal)

    def line(self) -> str:
        """Such as ``0:02:10 requests 120, files 33, refused 2``."""
        stats = self._crawler.stats.get_stats()
        refused = sum(value for name, value in stats.items() if name.startswith("wdtk/refused/"))
        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        hours, minutes = divmod(minutes, 60)
        counts = {
            "requests": stats.get("wdtk/requests_stored", 0),
            "files": stats.get("wdtk/attachments_stored", 0),
            "answers": stats.get("downloader/response_count", 0),
            "refused": refused,
        }
        told = ", ".join(f"{name} {count}" for name, count in counts.items())
        return f"{hours}:{minutes:02}:{seconds:02} {told}"
