"""How long an answer may take: as long as it comes, and comes fast enough; so a large file has the time that it needs.

Scrapy gives each answer one span of time, whatever its size: too short for a large file, and far too long for a body
that drips. Here the whole of a body may take ``WDTK_SLOW_SECONDS`` and a second more for each ``WDTK_SLOWEST`` bytes
of it that came; and nothing at all may come for ``DOWNLOAD_TIMEOUT`` seconds at most.

Answers that come within a second, which is nearly all, are not watched at all: to hear of each piece has its price.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

_KEY = "download_timeout"
_NEVER = 86_400.0


@dataclass(kw_only=True)
class _UnderWay:
    """One answer as far as it is known to have come; moments are those of the loop."""

    task: "asyncio.Task[Any] | None"
    silent: float
    asked: float
    last: float
    """When something came."""
    began: float | None = None
    size: int = 0
    why: str | None = None
    """Why it is given up."""


class PatientHandler(HTTP11DownloadHandler):
    """Scrapy's own, with other limits of time."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._signals = crawler.signals
        self._slowest = crawler.settings.getfloat("WDTK_SLOWEST")
        self._seconds = crawler.settings.getfloat("WDTK_SLOW_SECONDS")
        self._every = min(1.0, self._seconds / 4, (crawler.settings.getfloat("DOWNLOAD_TIMEOUT") or _NEVER) / 4)
        self._under_way: dict[int, _UnderWay] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._listens = False

    async def download_request(self, request: Request) -> Response:
        """The answer. Raises DownloadTimeoutError where it does not come, or comes too slowly."""
        loop = asyncio.get_running_loop()
        silent, now = float(request.meta.get(_KEY) or _NEVER), loop.time()
        told = _UnderWay(task=asyncio.current_task(), silent=silent, asked=now, last=now)
        self._under_way[id(request)] = told
        self._timer = self._timer or loop.call_later(self._every, self._look)
        request.meta[_KEY] = _NEVER
        try:
            return await super().download_request(request)
        except asyncio.CancelledError as error:
            if told.why is None or told.task is None:
                raise
            told.task.uncancel()
            raise DownloadTimeoutError(f"{request.url} {told.why}") from error
        finally:
            request.meta[_KEY] = silent
            del self._under_way[id(request)]

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        slow = [told for told in self._under_way.values() if now - told.asked >= self._every]
        self._listen(on=bool(slow))
        for told in slow:
            told.why = told.why or self._why(told, now)
            if told.why and told.task is not None:
                told.task.cancel()
        self._timer = loop.call_later(self._every, self._look) if self._under_way else None

    def _why(self, told: _UnderWay, now: float) -> str | None:
        if now > told.last + told.silent:
            return f"was silent for {told.silent:g} s"
        seconds = min(self._seconds, told.silent)
        if told.began is not None and now > told.began + seconds + told.size / self._slowest:
            return f"came at less than {self._slowest:,.0f} bytes a second"
        return None

    def _listen(self, *, on: bool) -> None:
        if on != self._listens:
            change = self._signals.connect if on else self._signals.disconnect
            change(self._came, signal=signals.headers_received)
            change(self._came, signal=signals.bytes_received)
            self._listens = on

    def _came(self, request: Request, data: bytes = b"") -> None:
        told = self._under_way.get(id(request))
        if told is not None:
            told.last = asyncio.get_running_loop().time()
            told.began = told.began or told.last
            told.size += len(data)
