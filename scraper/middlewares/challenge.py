"""A challenge page ends the run: it is a refusal, and nothing here tries to get round one."""

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from scraper.middlewares.answers import notice_of
from scraper.middlewares.pace import pace_of
from scraper.middlewares.refusals import Challenged

_HEADER = b"cf-mitigated"


def challenged(response: Response, site: str) -> Challenged:
    """What to raise for an answer that is a challenge."""
    return Challenged(
        f"{site} answered {urlsplit(response.url).path} with a challenge instead of the page. Nothing of it was "
        "stored and nothing more was asked. Write to the people who run the site before trying again.",
        response,
    )


class ChallengeMiddleware:
    """Looks at every answer that is not plainly the page itself; spiders look at those they cannot read."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._site: str = crawler.settings["WDTK_SITE"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002 - Scrapy's signature
        """Raise Challenged for a challenge."""
        suspect = response.status >= 400 or response.status in {202, 203} or _HEADER in response.headers
        if suspect and notice_of(response).kind == "challenge":
            pace_of(self._crawler).end()
            raise challenged(response, self._site)
        return response
