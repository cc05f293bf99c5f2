"""A day's worth of requests and no more, over all runs of any 24 hours; a run's worth; and hours of the day.

Within a run time is taken from the clock that nobody sets, so that a clock which jumps fills no budget anew; between
runs, from whichever says less: our clock, or that of the site, whose answers tell the time.

The requests of a nightly run leave one after another, and are free again one after another a day later. So a run that
begins somewhat earlier than last night's waits for the first of them, and then goes on behind it. It makes no more
requests than a day may have, or it would never come to its end.
"""

import logging
import time
from collections import deque
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import ClassVar, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler

from scraper.clocks import apart
from scraper.counts import count_of
from scraper.hours import Hours
from scraper.middlewares.memory import Memory
from scraper.middlewares.pace import pace_of
from scraper.middlewares.refusals import BudgetSpent, OutOfHours

LONGEST_PAUSE = 3_600.0
"""Seconds for which a run waits until the budget has room again; for longer it ends, and another goes on."""
_DAY = 86_400.0
_FIRST = 2_000
"""Above what else waits, as retries are."""
log = logging.getLogger(__name__)


class BudgetMiddleware:
    """Counts what is sent, retries and all; the archive tells what earlier runs asked."""

    _asked: ClassVar[int] = 0
    """What this process has asked for, by whichever spider: several may share a run."""
    before: ClassVar[int] = 0
    """What earlier processes of the same run have asked for."""
    _sent: ClassVar[dict[str, deque[float]]] = {}
    """When each request of the last day was sent, by archive, earlier runs included; by ``time.monotonic``."""
    _by_site: ClassVar[set[str]] = set()
    """Archives of which the site has told the time since."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._archive = str(crawler.settings["WDTK_ARCHIVE"])
        self._day: int | None = crawler.settings["WDTK_BUDGET"]
        self._run: int | None = crawler.settings["WDTK_RUN_BUDGET"]
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def robots_parsed(self) -> None:
        """Count what earlier runs asked once more, now that the site has told the time."""
        if self._day is not None and self._archive not in BudgetMiddleware._by_site:
            BudgetMiddleware._by_site.add(self._archive)
            mine = sorted(islice(reversed(self._window()), BudgetMiddleware._asked))
            del BudgetMiddleware._sent[self._archive]
            self._window().extend(mine)

    def left(self) -> int | None:
        """How many requests this run may still send, those included that it has to wait for; ``None`` for any number.

        Each pause may last for ``LONGEST_PAUSE``; requests are taken to be DOWNLOAD_DELAY apart.
        """
        if self._day is None:
            return None if self._run is None else max(0, self._run - self._of_run)
        room = max(0, self._day - len(self._window()))
        at = time.monotonic() + room * self._delay
        for sent in self._window():
            if sent + _DAY - at > LONGEST_PAUSE:
                break
            room, at = room + 1, max(at, sent + _DAY) + self._delay
        return max(0, min(room, min(self._day, self._run or self._day) - self._of_run))

    def process_request(self, request: Request) -> Request | None:
        """Raise BudgetSpent where this would be one request too many; one that has to wait comes again."""
        if self._run is not None and self._of_run >= self._run:
            raise BudgetSpent(_spent(f"{count_of(self._run, 'request')} in one run", request.url, "again"))
        if self._day is not None:
            seconds = self._pause(self._day)
            if seconds > LONGEST_PAUSE or self._of_run >= self._day:
                clocks = apart(Memory.of(self._crawler).ahead)
                raise BudgetSpent(
                    _spent(f"{count_of(self._day, 'request')} in 24 hours", request.url, "tomorrow", clocks)
                )
            if seconds > 0:
                self._wait(seconds)
                return request.replace(dont_filter=True, priority=max(request.priority, _FIRST))
        self._count()
        return None

    @property
    def _of_run(self) -> int:
        return BudgetMiddleware.before + BudgetMiddleware._asked

    def _count(self) -> None:
        BudgetMiddleware._asked += 1
        self._crawler.stats.inc_value("wdtk/asked")
        if self._day is None:
            return
        self._window().append(time.monotonic())
        if 0 < (seconds := self._pause(self._day)) <= LONGEST_PAUSE and self._of_run < self._day:
            self._wait(seconds)

    def _pause(self, budget: int) -> float:
        """Seconds until the budget has room for one more, 0 where it has."""
        sent = self._window()
        return sent[len(sent) - budget] + _DAY - time.monotonic() if len(sent) >= budget else 0.0

    def _window(self) -> deque[float]:
        """When each request of the last 24 hours was sent, the oldest first."""
        now, day = time.monotonic(), self._day or 0
        sent = BudgetMiddleware._sent.get(self._archive)
        if sent is None:
            ages = Memory.of(self._crawler).ages_of_asked(datetime.now(UTC), most=day)
            sent = BudgetMiddleware._sent[self._archive] = deque(sorted(now - age for age in ages))
        while sent and sent[0] <= now - _DAY:
            sent.popleft()
        return sent

    def _wait(self, seconds: float) -> None:
        if seconds > 60:
            log.warning("The budget of the day has room again in %.0f minutes, for which this run waits.", seconds / 60)
        pace_of(self._crawler).put_off(seconds)


def budget_of(crawler: Crawler) -> BudgetMiddleware:
    """The one of a crawler; LookupError where the settings have none."""
    budget = crawler.get_downloader_middleware(BudgetMiddleware)
    if budget is None:
        raise LookupError("BudgetMiddleware is missing in DOWNLOADER_MIDDLEWARES")
    return budget


def _spent(budget: str, url: str, when: str, clocks: str | None = None) -> str:
    why = f"{clocks} The day is counted by the site's. " if clocks else ""
    return (
        f"The budget of {budget} is spent, so {url} was not asked for. {why}"
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
