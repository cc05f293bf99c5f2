"""What the spiders share: robots.txt first, refusals recorded, and a run that stops with a reason."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from functools import cached_property
from typing import ClassVar

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider, DownloadCancelledError
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from parsers.errors import ParseError
from parsers.wdtk.urls import SiteUrls
from scraper.access import is_loopback
from scraper.clocks import apart
from scraper.errors import WdtkError
from scraper.items import FetchItem, Item, PageItem, RefusalItem
from scraper.middlewares.answers import fetch_item, headers_of, notice_of
from scraper.middlewares.challenge import challenged
from scraper.middlewares.conditional import unconditional
from scraper.middlewares.manners import check_manners
from scraper.middlewares.memory import Memory
from scraper.middlewares.origin import on_site
from scraper.middlewares.progress import TOTAL
from scraper.middlewares.refusals import Challenged, Refused, Stopping
from scraper.middlewares.robots import RobotsMiddleware

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_REDIRECTED = "redirected"
CLOCKS_APART = "clocks_apart"
"""Count of runs in which our clock and the site's were hours apart: a person is needed."""
TOLD = "scraper.told"
"""Logger of the sentences in ``problems``, for those who do not print them at the end."""
log = logging.getLogger(__name__)

Output = Iterator[Item | Request]


class SiteSpider(Spider):
    """A spider of one site of Alaveteli. ``problems`` holds a sentence for each thing a person should know."""

    takes: ClassVar[tuple[str, ...]] = ()

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        if arguments:
            known = ", ".join(self.takes) or "none"
            raise WdtkError(f"{self.name} has no argument {', '.join(arguments)}. It takes: {known}.")
        super().__init__(name)
        self.problems: list[str] = []
        self.arguments: dict[str, object] = {"spider": self.name}
        self._stopping = False

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Settings as given, as long as they leave the manners in place that wdtk.toml asks for."""
        super().update_settings(settings)
        check_manners(settings)

    @cached_property
    def urls(self) -> SiteUrls:
        """Addresses of the site that the settings name."""
        return SiteUrls(self.settings["WDTK_SITE"])

    @cached_property
    def memory(self) -> Memory:
        """What the archive knows already."""
        return Memory.of(self.crawler)

    async def start(self) -> AsyncIterator[Item | Request]:
        """robots.txt, then what the spider begins with."""
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        if robots is None:
            raise WdtkError("The spiders need scraper.middlewares.robots.RobotsMiddleware in DOWNLOADER_MIDDLEWARES.")
        # A refusal that ends the run is met again by the first request, whose error callback records it: an item
        # that start() itself yields before closing the spider would keep Scrapy 2.19 from ending.
        with suppress(Refused):
            await robots.load()
            self._look_at_clocks()
        for each in self.first():
            yield each

    def _look_at_clocks(self) -> None:
        """Tell where ours cannot be right, unless the site is on this machine: copies live in years of their own."""
        told = apart(self.memory.ahead)
        if told and not is_loopback(self.urls.base):
            self.count(CLOCKS_APART)
            self.tell(f"{told} What is due and what is allowed hang on the day that it is: set the one that is wrong.")

    def first(self) -> Output:
        """Requests that the crawl begins with."""
        raise NotImplementedError

    def count(self, name: str, by: int = 1) -> None:
        """Add to a count of the run."""
        self.crawler.stats.inc_value(f"wdtk/{name}", by)

    def total(self, requests: int) -> None:
        """Say how many requests this run is going to look at, for whoever shows how far it is."""
        self.crawler.stats.set_value(TOTAL, requests)

    def tell(self, sentence: str) -> None:
        """Note what a person should know; the run has then not done all it was asked."""
        logging.getLogger(TOLD).warning("%s", sentence)
        self.problems.append(sentence)

    def failed(self, failure: Failure) -> Output:
        """Error callback of a page that nothing else depends on."""
        return self.refused(failure.request.url, failure.value)  # type: ignore[attr-defined]  # Scrapy sets it

    def refused(self, url: str, error: BaseException | None, *, slug: str | None = None) -> Output:
        """Record why a page was not fetched, and end the run where the reason says so."""
        if isinstance(error, Stopping):
            return
        reason, detail = why_not(error)
        answer = fetch_item(error.response, "challenge", keep=False) if isinstance(error, Challenged) else None
        yield self.refusal(url, reason, detail, fetch=answer, slug=slug)
        if ends_the_run(error):
            self.stop(reason, detail)

    def refusal(
        self,
        url: str,
        reason: str,
        detail: str | None,
        *,
        fetch: FetchItem | None = None,
        slug: str | None = None,
        request_id: int | None = None,
    ) -> RefusalItem:
        """A refusal, counted."""
        self.count(f"refused/{reason}")
        log.info("%s: %s (%s)", url, reason, detail)
        return RefusalItem(url=url, reason=reason, detail=detail, fetch=fetch, slug=slug, request_id=request_id)

    def stop(self, reason: str, sentence: str) -> None:
        """End the run with ``reason``; what is under way is still recorded."""
        if not self._stopping:
            self._stopping = True
            self.tell(sentence)
            raise CloseSpider(reason)

    def unreadable(self, response: Response, page_kind: str, error: ParseError | None = None) -> Output:
        """Record an answer that is not the page that was asked for; a challenge ends the run."""
        notice = notice_of(response)
        if notice.kind == "challenge":
            yield from self.refused(response.url, challenged(response, self.urls.base))
            return
        kind = page_kind if response.status == 200 else notice.kind
        detail = f"cannot be read: {error}" if error else f"status {response.status}, {notice.heading or notice.kind}"
        yield self.refusal(response.url, "failed", detail, fetch=fetch_item(response, kind))

    def follow_redirect(self, response: Response, request: Request) -> Output:
        """Ask for the page that a redirect names, with the same callback; record one that leads nowhere."""
        hops = request.meta.get(_REDIRECTED, 0) + 1
        location = headers_of(response).get("location", "")
        target = on_site(response.url, location, self.urls.base)
        if not location or hops > _MOST_REDIRECTS:
            yield from self.unreadable(response, "redirect")
        elif target is None:
            detail = f"redirected off the site, to {location[:200]}"
            yield self.refusal(response.url, "off_site", detail, fetch=fetch_item(response, "redirect", keep=False))
        else:
            yield PageItem(fetch=fetch_item(response, "redirect", keep=False))
            again = unconditional(request, target)
            again.meta[_REDIRECTED] = hops
            yield again


def ends_the_run(error: BaseException | None) -> bool:
    """Whether the run stops for this error, which then needs no sentence of its own for each page."""
    return isinstance(error, Refused) and error.stops


def why_not(error: BaseException | None) -> tuple[str, str]:
    """Reason and sentence for an error that a download ended with."""
    if isinstance(error, Refused):
        return error.reason, str(error)
    if isinstance(error, DownloadCancelledError):
        return "too_big", "The answer is larger than the limit, so it was not read to its end."
    return "failed", f"{type(error).__name__}: {error}"
