"""What is said of how far a crawl is."""

from types import SimpleNamespace
from typing import Any, cast

from scrapy.settings import Settings
from scrapy.statscollectors import StatsCollector

from scraper.middlewares.progress import TOTAL, Progress


def line(**stats: int) -> str:
    crawler = SimpleNamespace(settings=Settings({"STATS_DUMP": False}))
    crawler.stats = StatsCollector(cast("Any", crawler))
    crawler.stats.set_stats({name.replace("__", "/"): value for name, value in stats.items()})
    return Progress(cast("Any", crawler)).line()


def test_what_is_done_is_told_of_what_is_to_do_where_that_is_known() -> None:
    assert TOTAL == "progress/total"
    done = {"wdtk__requests_stored": 3, "wdtk__looked": 4, "wdtk__refused__hidden": 1}
    assert line(**done).startswith("Requests: 8 ")
    assert line(**done, progress__total=20).startswith("Requests: 8 of 20 ")
    assert "1 refused" in line(**done)
