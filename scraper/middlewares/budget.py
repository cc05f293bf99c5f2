"""A day's worth of requests and no more, counted over all runs of the last 24 hours."""

from collections import deque
from datetime import UTC, datetime, timedelta
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from scraper.middlewares.memory import Memory
from scraper.middlewares.refusals import BudgetSpent

_DAY = timedelta(days=1)


class BudgetMiddleware:
    """Counts what is sent, retries and all; the archive tells what earlier runs asked."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._budget: int | None = crawler.settings["WDTK_BUDGET"]
        self._sent: deque[datetime] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise BudgetSpent where this would be one request too many."""
        if self._budget is not None:
            self._spend(self._budget, request.url)
        self._crawler.stats.inc_value("wdtk/asked")

    def _spend(self, budget: int, url: str) -> None:
        now = datetime.now(UTC)
        if self._sent is None:
            earlier = Memory.of(self._crawler).asked_since((now - _DAY).strftime("%Y-%m-%dT%H:%M:%SZ"))
            self._sent = deque(datetime.fromisoformat(time) for time in earlier)
        while self._sent and self._sent[0] < now - _DAY:
            self._sent.popleft()
        if len(self._sent) >= budget:
            raise BudgetSpent(
                f"The budget of {budget} requests in 24 hours is spent, so {url} was not asked for. "
                "Run the same command tomorrow: it goes on where it stopped."
            )
        self._sent.append(now)
