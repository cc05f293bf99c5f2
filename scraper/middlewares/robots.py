"""robots.txt, read before anything else and again each day, with its wildcards, and obeyed.

Scrapy's own middleware goes on where robots.txt cannot be read; here that is a refusal for now (RFC 9309, 2.3.1.4).
"""

import asyncio
import time
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import build_from_crawler, load_object

from parsers.wdtk.urls import SiteUrls
from scraper.items import FetchItem
from scraper.middlewares.answers import fetch_item, headers_of
from scraper.middlewares.origin import on_site
from scraper.middlewares.refusals import (
    Refused,
    RobotsRefuseAll,
    RobotsRefused,
    RobotsUnreachable,
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
        self._read_at = 0.0
        self._stop: Refused | None = None
        self._lock = asyncio.Lock()
        self.answers: list[FetchItem] = []
        """robots.txt as it came, and any redirects on the way to it."""

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
                self._read_at = time.monotonic()
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
            meta = {_ITSELF: True, MOST_TRIES: _TRIES, "download_maxsize": _MOST_BYTES}
            request = Request(url, meta=meta, callback=NO_CALLBACK, dont_filter=True)
            response = await self._download(request)
            location = headers_of(response).get("location")
            self.answers.append(fetch_item(response, "robots" if response.status == 200 else "redirect"))
            if response.status not in {301, 302, 303, 307, 308} or location is None:
                return request, response
            url = self._next(url, location)
        raise RobotsUnreachable(f"{self._urls.robots()} leads from one redirect to the next. {_FOR_NOW}")

    def _next(self, url: str, location: str) -> str:
        target = on_site(url, location, self._urls.base)
        if target is None:
            raise RobotsUnreachable(f"{url} leads off the site, to {location[:200]}. {_FOR_NOW}")
        return target

    async def _download(self, request: Request) -> Response:
        try:
            return await self._crawler.engine.download_async(request)
        except DownloadCancelledError as error:
            raise RobotsUnreachable(f"{request.url} is too long to be read. {_FOR_NOW}") from error
        except NETWORK_ERRORS as error:
            raise Unreachable(
                f"{self._urls.base} does not answer ({error}). Check the address and the network, then try again."
            ) from error

    def _rules_of(self, response: Response) -> RobotParser:
        text = response.body.lstrip(b"\xef\xbb\xbf \t\r\n")
        if response.status == 200 and not text.startswith(b"<"):
            return self._parsed(response.body)
        if 400 <= response.status < 500 and response.status not in {401, 403, 408, 429}:
            return self._parsed(b"")
        what = f"status {response.status}" if response.status != 200 else "a page instead of rules"
        raise RobotsUnreachable(f"{response.url} cannot be read ({what}). {_FOR_NOW}")

    def _parsed(self, body: bytes) -> RobotParser:
        parser = load_object(self._crawler.settings["ROBOTSTXT_PARSER"])
        rules: RobotParser = build_from_crawler(parser, self._crawler, body)
        return rules

    def _needed(self) -> list[str]:
        urls = self._urls
        return [urls.authorities_csv(), urls.listing(), urls.authority("x"), urls.request("x"), urls.request_json("x")]


_FOR_NOW = "Until it can be, everything counts as refused (RFC 9309): try again later."
