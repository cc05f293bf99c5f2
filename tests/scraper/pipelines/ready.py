"""Crawls nothing: yields ready-made requests into an archive and prints the crawl's statistics as JSON.

    python ready.py ARCHIVE [full|strange]

``full`` fills the disk (a limit on the size of files) after the fifth request; ``strange`` yields one request
whose numbers no database holds.
"""

import json
import resource
import sys
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess

from scraper.items import RequestItem
from tests.scraper.archive.samples import message, request


class Ready(scrapy.Spider):
    name = "ready"
    mode = "plain"

    async def start(self) -> AsyncIterator[Any]:
        for number in range(20):
            if self.mode == "full" and number == 5:
                resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            yield self.item(number)

    def item(self, number: int) -> RequestItem:
        strange = self.mode == "strange" and number == 3
        page = {"batch_id": 2**70} if strange else {}
        return request(number, f"slug_{number}", [message(number)], page=page)


def main() -> None:
    process = CrawlerProcess(
        settings={
            "ITEM_PIPELINES": {"scraper.pipelines.archive.ArchivePipeline": 1},
            "WDTK_ARCHIVE": sys.argv[1],
            "WDTK_RUN_ARGUMENTS": {"authority": ["council_1"]},
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
        }
    )
    crawler = process.create_crawler(Ready)
    process.crawl(crawler, mode="".join(sys.argv[2:]) or "plain")
    process.start()
    assert crawler.stats is not None
    print(json.dumps(crawler.stats.get_stats(), default=str))


main()
