"""The spider of what is due: requests that lists showed and are not held, and those whose turn has come.

A request is looked at cheaply first: its JSON, with the validators held for it. Only where that says something else, or
where a whole look is due, are its page and then its files asked for (alaveteli.md 4.4).
"""

import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Iterator
from functools import cached_property
from itertools import islice
from typing import ClassVar, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DontCloseSpider

from scraper.archive.queries import known_request
from scraper.archive.times import now
from scraper.due import queue
from scraper.errors import WdtkError
from scraper.items import Item
from scraper.middlewares.budget import budget_of
from scraper.removals import suspects
from scraper.removals.withdrawals import FORGOTTEN, erased_long_ago, suspected
from scraper.spiders.base import Output, SiteSpider
from scraper.spiders.thread import Thread
from scraper.spiders.threads import Threads

_AT_ONCE = 50
"""So many wait in memory; the rest waits in the archive."""
_TAKEN_AT_ONCE = 500
"""To sort what is due costs a second where it is a million."""
_A_LOOK, _LEAST_LOOKS = 4, 5
"""Requests that a second look takes, more or less. Half of the budget at most goes to those at the beginning, or to so
many of them: one may want three others beside it."""
_CONTROLS = "SELECT request_id FROM checks WHERE why <> 'removed' ORDER BY looked_at DESC LIMIT 3"


class DueSpider(SiteSpider):
    """``scrapy crawl due``, or with ``-a removals=only`` second looks at what is in doubt; ``removals=first`` takes as
    many of them as leave half of the budget to others.
    """

    name = "due"
    takes: ClassVar[tuple[str, ...]] = ("removals",)

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        removals = arguments.pop("removals", "")
        if removals not in {"", "only", "first"}:
            raise WdtkError(f"removals can be only or first, not {removals!r}.")
        super().__init__(name, **arguments)
        self._second = bool(removals)
        self._in_part = removals == "first"
        self.arguments["removals"] = removals or None
        self._threads = Threads(self)
        self._begun: set[int] = set()
        self._taken: deque[queue.Due] = deque()
        self._ahead: deque[str] = deque()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: str, **kwargs: str) -> Self:
        """Made by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Item | Request]:
        """Bring the table of checks up to date with the archive and its lists; ask nothing where nothing is due."""
        at = now()
        with self.memory.archive.transaction() as connection:
            queue.fill(connection, at)
            self.count("listed_anew", queue.mark_listed(connection, at))
            self.count("broken_off", queue.mark_broken_off(connection, at))
            none = not (self._second or self._new() or queue.take(connection, at=at, budget=None, most=1))
            none = none or (self._second and not doubts(connection, at))
        if not none:
            doubted, waiting = suspected(connection, at), queue.waiting
            self.total(len(doubted) if self._second else waiting(connection, self.urls.base, at=at))
            async for each in super().start():
                yield each

    def first(self) -> Output:
        """What is in doubt, or the first of what is due."""
        if self._second:
            left = self._left() if self._in_part else None
            most = None if left is None else max(_LEAST_LOOKS, left // (2 * _A_LOOK))
            yield from islice(self._suspected(), most)
        else:
            yield from self._next()

    def idle(self) -> None:
        """Go on with the next of what is due; end the run where the budget of the day leaves nothing to begin with."""
        if self._second:
            return
        further = list(self._next())
        for request in further:
            self.crawler.engine.crawl(request)
        if further:
            raise DontCloseSpider
        if self._left() == 0:
            raise CloseSpider("budget")

    def _next(self) -> Iterator[Request]:
        """Half of what is begun is new, half is due; where one comes to its end the other takes its place."""
        left = self._left()
        if left == 0:
            return
        if not self._taken:
            connection = self.memory.archive.connection
            self._taken.extend(queue.take(connection, at=now(), budget=left, most=_TAKEN_AT_ONCE, without=self._begun))
        new = self._new()
        for number in range(_AT_ONCE):
            turns = [side for side in ((new, self._taken) if number % 2 else (self._taken, new)) if side]
            if not turns:
                return
            turn = turns[0].popleft()
            if isinstance(turn, str):
                self.count("new")
                yield from self._threads.begin(Thread(slug=turn))
            else:
                self.count(f"due/{turn.why}")
                page = turn.why == "scan"
                yield from self._begin(turn.request_id, whole=turn.whole, page=page, most_files=turn.most_files)

    def _new(self) -> deque[str]:
        """The next of what lists showed and is not held."""
        if len(self._ahead) < _AT_ONCE:
            self._ahead.extend(self._not_held.following(at=now(), most=_TAKEN_AT_ONCE))
        return self._ahead

    @cached_property
    def _not_held(self) -> queue.NotHeld:
        return queue.NotHeld(self.memory.archive.connection, self.urls.base)

    def _begin(
        self, request_id: int, *, whole: bool, page: bool = False, most_files: int | None = None
    ) -> Iterator[Request]:
        self._begun.add(request_id)
        known = known_request(self.memory.archive, request_id)
        if known is None or known.withdrawn == FORGOTTEN:
            return
        light = not whole and not page and known.withdrawn is None and known.slug is not None
        held = request_id if light else None
        thread = Thread(slug=known.slug or "", held=held, whole=whole, most_files=most_files)
        yield from self._threads.begin_again(request_id, thread)

    def _suspected(self) -> Iterator[Request]:
        """Those in doubt, and before them some that were shown of late: where these are gone too, it is the site.

        At last those that were erased because the site had removed them: they may be there again.
        """
        connection = self.memory.archive.connection
        found = suspected(connection, now())
        lacking, whole = suspects.to_look_at(connection, now())
        for (request_id,) in connection.execute(_CONTROLS).fetchall() if found else ():
            yield from self._begin(request_id, whole=False)
        for request_id in whole:
            yield from self._begin(request_id, whole=False, page=True)
        for request_id in found:
            self.count("due/second_look")
            yield from self._begin(request_id, whole=True)
        for request_id in lacking:
            self.count("due/second_look")
            yield from self._begin(request_id, whole=False, page=True)
        for request_id in erased_long_ago(connection, now()):
            yield from self._threads.begin_again(request_id, Thread(slug=""))

    def _left(self) -> int | None:
        """What the budget leaves for this run; ``None`` where there is no limit."""
        return budget_of(self.crawler).left()


def doubts(connection: sqlite3.Connection, at: str) -> bool:
    """Whether anything wants a second look now."""
    lacking, _ = suspects.to_look_at(connection, at)
    return bool(suspected(connection, at) or lacking or erased_long_ago(connection, at))
