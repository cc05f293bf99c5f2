"""What the crawler costs beside a Scrapy spider that downloads the same addresses and does nothing with them.

Both run as processes of their own against one stand-in site on this machine, in turns, with the same number of
requests at once and no delay. Counted are answers for each second: of the clock, in which the disk and the site have
their share, and of the processor, in which only the crawler has. Starting Python and Scrapy counts for both.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.standin import running
from tests.bench.figures import Figure

REQUESTS = 1_200
ROUNDS = 2
LEAST = 0.5

_BARE = """
import sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"
    handle_httpstatus_all = True

    async def start(self):
        for line in open(sys.argv[1], encoding="utf-8"):
            yield scrapy.Request(line.strip(), dont_filter=True)

    def parse(self, response):
        self.crawler.stats.inc_value("came")

process = AsyncCrawlerProcess({
    "LOG_ENABLED": False, "CONCURRENT_REQUESTS": 8, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "DOWNLOAD_DELAY": 0,
    "REDIRECT_ENABLED": False, "RETRY_ENABLED": False, "HTTPERROR_ALLOW_ALL": True, "ROBOTSTXT_OBEY": False,
    "COOKIES_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
})
process.crawl(Bare)
process.start()
"""


@dataclass(frozen=True, kw_only=True)
class Speed:
    """Answers for each second of the clock and of the processor."""

    clock: float
    processor: float


def figures() -> Iterator[Figure]:
    """Medians of a few rounds: a first crawl, and one that finds nothing changed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running(requests=REQUESTS, log=folder / "log") as base:
            rounds = [_round(base, folder, number) for number in range(ROUNDS)]
    for what, place in (("a first crawl", 0), ("a crawl of what is unchanged", 1)):
        for clock in ("clock", "processor"):
            ours, bare = (statistics.median(getattr(one[which], clock) for one in rounds) for which in (place, 2))
            yield Figure(
                part="crawl", what=f"{what}, by the {clock}", unit="a second", ours=ours, reference=bare,
                beside="a bare Scrapy spider's answers", limit=LEAST, bound="least", of="ratio", repeats=ROUNDS,
            )  # fmt: skip


def _round(base: str, folder: Path, number: int) -> tuple[Speed, Speed, Speed]:
    archive, log = folder / f"archive-{number}", folder / "log"
    ours = [sys.executable, "-m", "scraper", "crawl", "--site", base, "--all", "--archive", str(archive)]
    first, addresses = _answered(ours, base, log)
    again, _ = _answered(ours, base, log)
    listed, bare = folder / "addresses", folder / "bare.py"
    listed.write_text("\n".join(addresses), encoding="utf-8")
    bare.write_text(_BARE, encoding="utf-8")
    reference, asked = _answered([sys.executable, str(bare), str(listed)], base, log)
    if sorted(asked) != sorted(addresses):
        raise AssertionError("both ask for the same")
    return first, again, reference


def _answered(command: list[str], base: str, log: Path) -> tuple[Speed, list[str]]:
    """How fast a command was answered, and for which addresses; AssertionError where it failed."""
    before = log.stat().st_size if log.exists() else 0
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    passed = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise AssertionError(f"{command} failed with exit code {process.returncode}")
    with log.open("rb") as lines:
        lines.seek(before)
        addresses = [base + json.loads(line)["path"] for line in lines]
    return Speed(clock=len(addresses) / passed, processor=len(addresses) / (used.ru_utime + used.ru_stime)), addresses
