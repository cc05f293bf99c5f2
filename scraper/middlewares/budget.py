"""A day's worth of requests and no more, over all runs of the last 24 hours; a run's worth; and hours of the day.

Within a run time is taken from the clock that nobody sets, so that a clock which jumps fills no budget anew.
"""

import time
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Self

from scrapy import Request
from scrapy.crawler import Crawler

from scraper.hours import Hours
from scraper.middlewares.memory import Memory
from scraper.middlewares.refusals import BudgetSpent, OutOfHours

_DAY = 86_400.0


class BudgetMiddleware:
    """Counts what is sent, retries and all; the archive tells what earlier runs asked."""

    _asked: ClassVar[int] = 0
    """What this process has asked for, by whichever spider: several may share a run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._day: int | None = crawler.settings["WDTK_BUDGET"]
        self._run: int | None = crawler.settings["WDTK_RUN_BUDGET"]
        self._sent: deque[float] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise BudgetSpent where this would be one request too many."""
        if self._run is not None and BudgetMiddleware._asked >= self._run:
            raise BudgetSpent(_spent(f"{self._run} requests in one run", request.url, "again"))
        if self._day is not None:
            self._spend(self._day, request.url)
        BudgetMiddleware._asked += 1
        self._crawler.stats.inc_value("wdtk/asked")

    def _spend(self, budget: int, url: str) -> None:
        now = time.monotonic()
        if self._sent is None:
            ages = Memory.of(self._crawler).ages_of_asked(datetime.now(UTC), most=budget)
            self._sent = deque(sorted(now - age for age in ages))
        while self._sent and self._sent[0] <= now - _DAY:
            self._sent.popleft()
        if len(self._sent) >= budget:
            raise BudgetSpent(_spent(f"{budget} requests in 24 hours", url, "tomorrow"))
        self._sent.append(now)


def _spent(budget: str, url: str, when: str) -> str:
    return (
        f"The budget of {budget} is spent, so {url} was not asked for. "
        f"Run the same command {when}: it goes on where it stopped."
    )


class HoursMiddleware:
    """Lets nothing leave outside the hours of the day that ``crawl.hours`` gives."""

    def __init__(self, crawler: Crawler) -> None:
        self._hours: Hours | None = crawler.settings["WDTK_HOURS"]
        # A request may still wait this long at the door of its site.
        self._ahead = timedelta(seconds=crawler.settings.getfloat("DOWNLOAD_DELAY"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise OutOfHours where the request would leave at another time of the day."""
        now = datetime.now(UTC)
        if self._hours is None or (self._hours.hold(now) and self._hours.hold(now + self._ahead)):
            return
        opens = self._hours.opens(now + self._ahead)
        raise OutOfHours(
            f"The crawl may run from {str(self._hours).replace('-', ' to ')} in the United Kingdom (crawl.hours in "
            f"wdtk.toml), so {request.url} was not asked for. Run the same command after "
            f"{opens.strftime('%Y-%m-%d %H:%M')} UTC: it goes on where it stopped."
        )
