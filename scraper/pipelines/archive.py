"""Stores what spiders yield; a disk that fails ends the crawl with a sentence.

Settings: ``WDTK_ARCHIVE`` (the archive's folder), ``WDTK_KEEP_REQUESTER_NAMES`` (default off),
``WDTK_RUN_COMMAND`` (default ``crawl``) and ``WDTK_RUN_ARGUMENTS`` (what the run was asked, for its row in ``runs``).

Statistics whose name begins with ``wdtk/`` and that are whole numbers become the run's counts. When the archive
fails, the spider is closed with the reason ``archive_failed`` and ``wdtk/error`` holds the sentence.

Spiders must yield items from callbacks: Scrapy 2.19 never ends the closing of a spider when ``start()`` yields them.
"""

import logging
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem
from scrapy.utils.defer import deferred_from_coro

from scraper.access import check_archive
from scraper.archive import runs
from scraper.archive.database import Archive, only_one, open_archive
from scraper.archive.errors import ArchiveError
from scraper.errors import WdtkError
from scraper.items import AttachmentItem, AuthoritiesItem, Item, ListItem, LookItem, PageItem, RefusalItem, RequestItem
from scraper.storing.store import Store

FAILED = "archive_failed"
ERROR = "wdtk/error"
_PREFIX = "wdtk/"
_COUNTED = {
    RequestItem: "requests",
    LookItem: "looks",
    AttachmentItem: "attachments",
    AuthoritiesItem: "authority_pages",
    RefusalItem: "refusals",
    PageItem: "pages",
    ListItem: "list_pages",
}
log = logging.getLogger(__name__)


class ArchivePipeline:
    """One archive and one run for the life of one spider; each item is stored in a transaction of its own."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._job = ExitStack()
        self._archive: Archive | None = None
        self._run: runs.Run | None = None
        self._store: Store | None = None
        self._failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """A pipeline that also hears why the spider was closed."""
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.spider_closed, signal=signals.spider_closed)
        return pipeline

    def open_spider(self) -> None:
        """Open the archive, making it if need be, and begin the run; close the spider where that fails."""
        settings = self._crawler.settings
        try:
            folder = Path(settings["WDTK_ARCHIVE"])
            self._job.enter_context(only_one(folder, "scrapy crawl", create=True))
            self._archive = open_archive(folder, create=True)
            if site := settings["WDTK_SITE"]:
                check_archive(self._archive, site)
            self._run = runs.start(
                self._archive, settings.get("WDTK_RUN_COMMAND", "crawl"), settings.getdict("WDTK_RUN_ARGUMENTS")
            )
        except WdtkError as error:
            self._tell(error)
            raise CloseSpider(FAILED) from error
        names = settings.getbool("WDTK_KEEP_REQUESTER_NAMES")
        self._store = Store(self._archive, self._run.id, keep_requester_names=names)

    def process_item(self, item: Item) -> Item:
        """Store the item; after a failure of the archive, drop it."""
        if self._failed or self._store is None or self._run is None:
            raise DropItem("not stored, because the archive has failed")
        try:
            stored = self._store.store(item)
            self._count(f"{_COUNTED[type(item)]}_stored" if stored else "items_failed")
            self._run.counts = self._counts()
            self._run.save_if_due()
        except ArchiveError as error:
            self._fail(error)
            raise DropItem(f"not stored: {error.message}") from error
        return item

    def spider_closed(self, reason: str) -> None:
        """End the run with the reason that Scrapy gives."""
        with self._job:
            if self._archive is not None:
                self._finish(self._archive, reason)

    def _finish(self, archive: Archive, reason: str) -> None:
        try:
            if self._run:
                self._run.counts = self._counts()
                self._run.finish(reason)
        except ArchiveError as error:
            self._tell(error)
        finally:
            archive.close()

    def _fail(self, error: ArchiveError) -> None:
        self._tell(error)
        if not self._failed and self._crawler.engine is not None:
            self._closing = deferred_from_coro(self._crawler.engine.close_spider_async(reason=FAILED))
        self._failed = True

    def _tell(self, error: WdtkError) -> None:
        """Say what failed; the first failure is the cause of the others."""
        log.error("%s", error.message)
        if ERROR not in self._stats().get_stats():
            self._stats().set_value(ERROR, error.message)

    def _count(self, name: str) -> None:
        self._stats().inc_value(_PREFIX + name)

    def _counts(self) -> Counter[str]:
        found: dict[str, Any] = self._stats().get_stats()
        return Counter(
            {
                name.removeprefix(_PREFIX): value
                for name, value in found.items()
                if name.startswith(_PREFIX) and isinstance(value, int)
            }
        )

    def _stats(self) -> Any:
        if self._crawler.stats is None:
            raise AssertionError("a crawler that runs has statistics")
        return self._crawler.stats
