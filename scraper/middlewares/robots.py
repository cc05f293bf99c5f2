"""robots.txt, read before anything else and again each day, with its wildcards, and obeyed.

Scrapy's own middleware goes on where robots.txt cannot be read; here that is a refusal for now (RFC 9309, 2.3.1.4).
"""

import asyncio
import re
import time
from datetime import UTC, datetime
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import build_from_crawler, load_object

from parsers.wdtk.urls import SiteUrls
from scraper.clocks import site_time
from scraper.items import FetchItem, PageItem
from scraper.middlewares.answers import fetch_item, headers_of
from scraper.middlewares.memory import Memory
from scraper.middlewares.origin import on_site
from scraper.middlewares.refusals import (
    Refused,
    RobotsRefuseAll,
    RobotsRefused,
    RobotsUnreachable,
    RobotsUnreadable,
    Unreachable,
)
from scraper.middlewares.retry import MOST_TRIES, NETWORK_ERRORS

_ITSELF = "robots_itself"
_TRIES = 4
_REDIRECTS = 5
_MOST_BYTES = 512 * 1024


class RobotsMiddleware:
    """Lets through what robots.txt allows to our User-Agent."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._urls = SiteUrls(crawler.settings["WDTK_SITE"])
        self._user_agent: str = crawler.settings["USER_AGENT"]
        self._rules: RobotParser | None = None
        self._longest = crawler.settings.getfloat("WDTK_ROBOTS_AGE")
        self._tries = min(_TRIES, crawler.settings.getint("WDTK_TRIES"))
        self._read_at = 0.0
        self._stop: Refused | None = None
        self._lock = asyncio.Lock()
        self._answers: list[FetchItem] = []
        """robots.txt as it came, and any redirects on the way to it; as long as they are not entered."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise RobotsRefused for an address that robots.txt refuses."""
        if request.meta.get(_ITSELF):
            return
        rules = await self.load()
        if not rules.allowed(request.url, self._user_agent):
            raise RobotsRefused(f"robots.txt of {self._urls.base} refuses {request.url}, so it was not asked for.")

    async def load(self) -> RobotParser:
        """The rules, fetched when first asked for and when they are a day old (RFC 9309, 2.4).

        Raises what stops the run where they are missing or refuse all.
        """
        async with self._lock:
            if self._stop is None and (self._rules is None or time.monotonic() - self._read_at > self._longest):
                try:
                    self._rules = await self._read()
                except Refused as refusal:
                    self._stop = refusal
                finally:
                    self._read_at = time.monotonic()
                    await self._enter()
        if self._stop is not None:
            raise self._stop
        if self._rules is None:
            raise AssertionError("robots.txt was read or refused")
        return self._rules

    async def _read(self) -> RobotParser:
        request, response = await self._fetch()
        rules = self._rules_of(response)
        if not any(rules.allowed(url, self._user_agent) for url in self._needed()):
            raise RobotsRefuseAll(
                f"robots.txt of {self._urls.base} refuses every page that this crawler reads, so none was asked for. "
                "Ask the people who run the site how they would like to be read."
            )
        await self._crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=rules, request=request
        )
        return rules

    async def _fetch(self) -> tuple[Request, Response]:
        url = self._urls.robots()
        for _ in range(_REDIRECTS + 1):
            meta = {_ITSELF: True, MOST_TRIES: self._tries, "download_maxsize": _MOST_BYTES}
            request = Request(url, meta=meta, callback=NO_CALLBACK, dont_filter=True)
            response = await self._download(request)
            location = headers_of(response).get("location")
            self._answers.append(fetch_item(response, "robots" if response.status == 200 else "redirect"))
            self._tell_time(response)
            if response.status not in {301, 302, 303, 307, 308} or location is None:
                return request, response
            url = self._next(url, location)
        raise RobotsUnreadable(f"{self._urls.robots()} leads from one redirect to the next. {_FOR_NOW}")

    async def _enter(self) -> None:
        """Have what came stored, however often it is read: no page that a spider asks for has it as its answer."""
        answers, self._answers = self._answers, []
        for answer in answers:
            await self._crawler.engine.scraper.start_itemproc_async(PageItem(fetch=answer), response=None)

    def _tell_time(self, response: Response) -> None:
        """Keep how far our clock is from the site's: by which of them a day of the budget is over must not matter."""
        headers = headers_of(response)
        told = site_time(headers.get("date"), headers.get("age"))
        if told is not None:
            Memory.of(self._crawler).ahead = (datetime.now(UTC) - told).total_seconds()

    def _next(self, url: str, location: str) -> str:
        target = on_site(url, location, self._urls.base)
        if target is None:
            raise RobotsUnreadable(f"{url} leads off the site, to {location[:200]}. {_FOR_NOW}")
        return target

    async def _download(self, request: Request) -> Response:
        try:
            return await self._crawler.engine.download_async(request)
        except DownloadCancelledError as error:
            raise RobotsUnreadable(f"{request.url} is too long to be read. {_FOR_NOW}") from error
        except NETWORK_ERRORS as error:
            raise Unreachable(
                f"{self._urls.base} does not answer ({error}). Check the address and the network, then try again."
            ) from error

    def _rules_of(self, response: Response) -> RobotParser:
        if response.status == 200 and _is_rules(response.body):
            return self._parsed(response.body)
        if response.status == 200:
            raise RobotsUnreadable(f"{response.url} cannot be read (a page instead of rules). {_FOR_NOW}")
        if 400 <= response.status < 500 and response.status not in _NO_ANSWER:
            return self._parsed(b"")
        refusal = RobotsUnreadable if response.status in {401, 403} else RobotsUnreachable
        raise refusal(f"{response.url} cannot be read (status {response.status}). {_FOR_NOW}")

    def _parsed(self, body: bytes) -> RobotParser:
        parser = load_object(self._crawler.settings["ROBOTSTXT_PARSER"])
        rules: RobotParser = build_from_crawler(parser, self._crawler, body)
        return rules

    def _needed(self) -> list[str]:
        urls = self._urls
        return [urls.authorities_csv(), urls.listing(), urls.authority("x"), urls.request("x"), urls.request_json("x")]


def _is_rules(body: bytes) -> bool:
    """Whether it may be a robots.txt: one without rules says so by being empty, or by lines of comment alone."""
    lines = [line.partition(b"#")[0].strip() for line in body.removeprefix(b"\xef\xbb\xbf").splitlines()]
    said = [line for line in lines if line]
    return not said or (not said[0].startswith(b"<") and any(_RULE.match(line) for line in said))


_RULE = re.compile(rb"(?:user-?agent|(?:dis)?allow|sitemap|crawl-delay|host|clean-param)[ \t]*:", re.IGNORECASE)
_NO_ANSWER = frozenset({401, 403, 408, 429})
_FOR_NOW = "Until it can be, everything counts as refused (RFC 9309): try again later."
