"""Runs spiders in this process, one after the other, and says what came of each."""

import asyncio
import logging
import signal
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from scraper.errors import StoppedBySignalError
from scraper.spiders.base import TOLD, SiteSpider

ENDED_WELL = frozenset({"finished", "limit"})


@dataclass(frozen=True, kw_only=True)
class Crawl:
    """A spider and its arguments, as ``scrapy crawl NAME -a KEY=VALUE`` has them."""

    spider: type[SiteSpider]
    arguments: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one spider."""

    spider: str
    reason: str
    problems: tuple[str, ...]
    stats: Mapping[str, Any]

    def count(self, name: str) -> int:
        """A count of the run, such as ``requests_stored`` or ``refused/hidden``; 0 where nothing was counted."""
        return int(self.stats.get(f"wdtk/{name}", 0))

    def counts(self, prefix: str) -> dict[str, int]:
        """Counts whose name begins with ``prefix``, without it: ``counts("refused/")``."""
        start = f"wdtk/{prefix}"
        found = {name.removeprefix(start): value for name, value in self.stats.items() if name.startswith(start)}
        return dict(sorted(found.items()))


def run(crawls: Sequence[Crawl], settings: Mapping[str, Any], *, go_on: Collection[str] = ENDED_WELL) -> list[Outcome]:
    """Run each crawl until one ends for a reason not in ``go_on``; ``settings`` override those of the project.

    A process can do this once: the reactor cannot be started again. Raises whatever kept a spider from starting, and
    StoppedBySignalError where Ctrl-C or SIGTERM ended it, after what was under way was stored.
    """
    project = Settings()
    project.setmodule("scraper.settings", priority="project")
    project.setdict({"LOG_INSTALL_ROOT_HANDLER": False, **settings}, priority="cmdline")
    for handler in logging.root.handlers:
        handler.addFilter(_worth_reading)
    process = _Process(project)
    crawlers: list[Crawler] = []
    chain = asyncio.get_event_loop().create_task(_chain(process, crawls, crawlers, go_on))
    process.start(stop_after_crawl=False)
    if process.stopped_by is not None or not chain.done() or chain.cancelled():
        raise StoppedBySignalError(process.stopped_by or signal.SIGINT)
    chain.result()
    return [_outcome(crawler) for crawler in crawlers]


class _Process(AsyncCrawlerProcess):
    """Remembers the signal that ended it."""

    stopped_by: int | None = None

    def _signal_shutdown(self, signum: int, frame: Any) -> None:
        self.stopped_by = signum
        super()._signal_shutdown(signum, frame)


def _worth_reading(record: logging.LogRecord) -> bool:
    """Leaves out what Scrapy says of its own work, and the problems that are told together at the end."""
    if record.name.startswith("scraper."):
        return record.name != TOLD
    return record.levelno >= (logging.ERROR if record.name.startswith("scrapy.") else logging.WARNING)


async def _chain(
    process: AsyncCrawlerProcess, crawls: Sequence[Crawl], crawlers: list[Crawler], go_on: Collection[str]
) -> None:
    try:
        for crawl in crawls:
            crawler = process.create_crawler(crawl.spider)
            crawlers.append(crawler)
            await process.crawl(crawler, **crawl.arguments)
            if _reason(crawler) not in go_on:
                break
    finally:
        from twisted.internet import reactor  # noqa: PLC0415 - may be imported only once the reactor is chosen

        with suppress(RuntimeError):  # stopped already, by Ctrl-C
            cast("Any", reactor).stop()  # typed as an interface, whose methods take no self


def _outcome(crawler: Crawler) -> Outcome:
    spider = crawler.spider
    problems = tuple(spider.problems) if isinstance(spider, SiteSpider) else ()
    return Outcome(
        spider=crawler.spidercls.name, reason=_reason(crawler), problems=problems, stats=dict(crawler.stats.get_stats())
    )


def _reason(crawler: Crawler) -> str:
    return str(crawler.stats.get_value("finish_reason", "failed"))
