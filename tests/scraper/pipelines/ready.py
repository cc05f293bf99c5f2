"""Crawls nothing: yields ready-made requests into an archive and prints the crawl's statistics as JSON.

    python ready.py ARCHIVE [full|strange]

``full`` fills the disk (a limit on the size of files) after the fifth request; ``strange`` yields one request
whose numbers no database holds.
"""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Self

import scrapy
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.http import Response

from scraper.items import RequestItem
from tests.scraper.archive.samples import message, request


class Ready(scrapy.Spider):
    name = "ready"
    mode = "plain"

    def parse(self, response: Response) -> Iterator[RequestItem]:  # noqa: ARG002 - Scrapy's signature
        for number in range(20):
            yield self.item(number)

    def item(self, number: int) -> RequestItem:
        strange = self.mode == "strange" and number == 3
        page = {"batch_id": 2**70} if strange else {}
        return request(number, f"slug_{number}", [message(number)], page=page)


class FillingDisk:
    """Comes before the archive and lets five items through."""

    def __init__(self, crawler: Crawler) -> None:
        self.left = 5 if crawler.spider and getattr(crawler.spider, "mode", "") == "full" else 1000

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: RequestItem) -> RequestItem:
        if not self.left:
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        self.left -= 1
        return item


def main() -> None:
    process = CrawlerProcess(
        settings={
            "ITEM_PIPELINES": {FillingDisk: 0, "scraper.pipelines.archive.ArchivePipeline": 1},
            "WDTK_ARCHIVE": sys.argv[1],
            "WDTK_RUN_ARGUMENTS": {"authority": ["council_1"]},
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
        }
    )
    crawler = process.create_crawler(Ready)
    process.crawl(crawler, mode="".join(sys.argv[2:]) or "plain", start_urls=["data:,start"])
    process.start()
    assert crawler.stats is not None
    sys.stdout.write(json.dumps(crawler.stats.get_stats(), default=str))


main()
