"""This site and no other: an address elsewhere is refused, whoever asks for it."""

from typing import Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from parsers.errors import ParseError
from parsers.wdtk.urls import SiteUrls
from scraper.middlewares.refusals import OffSite


def same_site(url: str, site: str) -> bool:
    """Whether ``url`` has the scheme, host and port of ``site``, with neither name nor password before the host."""
    try:
        parts = urlsplit(url)
        return "@" not in parts.netloc and SiteUrls(f"{parts.scheme}://{parts.netloc}").base == site
    except (ParseError, ValueError):
        return False


def on_site(page: str, link: str, site: str) -> str | None:
    """The whole address of a link or redirect on ``page``; ``None`` where it leads off the site or is no address."""
    try:
        url = urljoin(page, link)
    except ValueError:
        return None
    return url if same_site(url, site) else None


class OriginMiddleware:
    """Scrapy's own middleware lets subdomains and ``dont_filter`` pass; this one does not."""

    def __init__(self, crawler: Crawler) -> None:
        self._site: str = crawler.settings["WDTK_SITE"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise OffSite for an address that is not of the site."""
        if not same_site(request.url, self._site):
            raise OffSite(f"{request.url} is not on {self._site}, so it was not asked for.")
