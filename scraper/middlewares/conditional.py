"""Asks only for what has changed: sends back the validators held here, and gives the held body for a 304."""

import logging
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from scraper.archive.errors import ArchiveError
from scraper.middlewares.answers import NOT_MODIFIED
from scraper.middlewares.memory import Memory

_HELD = "held_sha256"
ANEW = "fetch_anew"
"""Key of ``Request.meta``: ask for the page itself, whatever is held."""
_HEADERS = ("If-None-Match", "If-Modified-Since")
log = logging.getLogger(__name__)


class ConditionalMiddleware:
    """Spiders read every answer alike; one that came from here carries the flag ``not_modified``."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Add the validators of what is held for this address."""
        if request.meta.get(ANEW):
            return
        held = Memory.of(self._crawler).validator(request.url)
        if held is None:
            return
        for name, value in zip(_HEADERS, (held.etag, held.last_modified), strict=True):
            if value:
                request.headers[name] = value
        request.meta[_HELD] = held.sha256

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Give a 304 the body held here; where that is lost, ask for the whole page."""
        if response.status != 304 or _HELD not in request.meta:
            return response
        try:
            body = Memory.of(self._crawler).body(request.meta[_HELD])
        except ArchiveError as error:
            log.warning("%s Asking for the whole of %s.", error.message, request.url)
            return unconditional(request)
        return response.replace(status=200, body=body, flags=[*response.flags, NOT_MODIFIED])


def unconditional(request: Request, url: str | None = None) -> Request:
    """The same request, perhaps at another address, asking for the page itself."""
    meta = {key: value for key, value in request.meta.items() if key != _HELD}
    again = request.replace(url=url or request.url, dont_filter=True, meta={**meta, ANEW: True})
    for name in _HEADERS:
        again.headers.pop(name, None)
    return again
