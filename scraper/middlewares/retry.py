"""Asks again after a failure that may pass, a bounded number of times, waiting longer each time.

429 and 503 hold back every request, not only the one that met them; Retry-After says for how long.

Where five pages in a row were given up, it may be they or the site: a page that came of late tells. A site that gives
it is well, and the others are asked for; but 25 in a row are too many, whatever that page says.
"""

import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn, Self

from OpenSSL import SSL
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from scraper.middlewares.conditional import ANEW
from scraper.middlewares.memory import Memory
from scraper.middlewares.pace import NOT_BEFORE, pace_of
from scraper.middlewares.refusals import AskedToWait, NotTrusted, Refused, Unreachable
from scraper.middlewares.whole import CUT

NETWORK_ERRORS = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    ConnectError,
    ConnectionDone,
    ConnectionLost,
    OSError,
)
TRIES = "tries"
MOST_TRIES = "most_tries"
"""Keys of ``Request.meta``: tries made so far, and how many this request may have."""

_PASSING = frozenset({408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_FOR_ALL = frozenset({429, 503})
_GIVEN_UP_IN_A_ROW = 5
_MOST_IN_A_ROW = 25
_CONTROL = "control"
_PRIORITY = 1_000
log = logging.getLogger(__name__)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, written as a number or as a date; ``None`` where it is neither."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) < 12:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())


class RetryMiddleware:
    """Returns the request again while it has tries left, else lets the failure through."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._tries = crawler.settings.getint("WDTK_TRIES")
        self._backoff = crawler.settings.getfloat("WDTK_BACKOFF")
        self._longest = crawler.settings.getfloat("WDTK_LONGEST_WAIT")
        self._given_up = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """The request again for an answer that may pass or is not whole, else the answer.

        Raises ResponseDataLossError for one that is not whole after the last try.
        """
        if request.meta.get(_CONTROL):
            return response
        if CUT in response.flags:
            again = await self._again(request, "the answer broke off", None, for_all=False)
            if again is None:
                raise ResponseDataLossError("the answer broke off each time")
            return again
        if response.status not in _PASSING:
            self._given_up = 0
            return response
        asked = retry_after(_header(response, b"Retry-After"), _sent_at(response))
        for_all = response.status in _FOR_ALL
        return await self._again(request, f"status {response.status}", asked, for_all=for_all) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The request again for a connection that failed; ``None`` lets the exception go on."""
        if not isinstance(exception, NETWORK_ERRORS):
            return None
        if doubt := _doubt(exception):
            raise NotTrusted(
                f"{request.url} was not asked for, because the certificate of its site is not to be trusted ({doubt}). "
                "Look at the site in a browser, and at this machine's clock and certificates; then try again."
            )
        if request.meta.get(_CONTROL):
            return None
        return await self._again(request, f"{type(exception).__name__}: {exception}", None, for_all=False)

    async def _again(self, request: Request, reason: str, asked: float | None, *, for_all: bool) -> Request | None:
        tries = request.meta.get(TRIES, 0) + 1
        wait = asked if asked is not None else min(self._backoff * 2 ** (tries - 1), self._longest)
        if wait > self._longest:
            self._leave_alone(reason, wait)
        pace = pace_of(self._crawler)
        if for_all:
            pace.hold(wait)
        if tries >= request.meta.get(MOST_TRIES, self._tries):
            await self._give_up(request, reason, tries)
            return None
        self._crawler.stats.inc_value("wdtk/tried_again")
        log.info("Asking again for %s in %.1f s (%s)", request.url, wait, reason)
        again = request.replace(dont_filter=True, priority=max(request.priority, _PRIORITY))
        again.meta[TRIES] = tries
        again.meta[NOT_BEFORE] = pace.moment(wait)
        return again

    def _leave_alone(self, reason: str, wait: float) -> NoReturn:
        pace_of(self._crawler).leave_alone(wait)
        raise AskedToWait(
            f"The site asks to wait {wait:.0f} s ({reason}, Retry-After), longer than a run waits. "
            "Run the same command later: it goes on where it stopped."
        )

    async def _give_up(self, request: Request, reason: str, tries: int) -> None:
        log.warning("Gave up on %s after %d tries (%s)", request.url, tries, reason)
        self._given_up += 1
        if self._given_up % _GIVEN_UP_IN_A_ROW:
            return
        failed = self._given_up
        if failed < _MOST_IN_A_ROW and await self._is_well():
            log.warning("%d pages in a row failed, but another came, so the rest is asked for.", failed)
            return
        pace_of(self._crawler).end()
        raise Unreachable(
            f"{failed} pages in a row failed ({reason} at last), so nothing more was asked. "
            "Run the same command later: it goes on where it stopped."
        )

    async def _is_well(self) -> bool:
        """Whether the site gives a page that it gave before. Raises what ends the run where that is met instead."""
        url = Memory.of(self._crawler).control()
        if url is None:
            return False
        request = Request(url, meta={_CONTROL: True, ANEW: True}, callback=NO_CALLBACK, dont_filter=True)
        try:
            response = await self._crawler.engine.download_async(request)
        except Refused as refusal:
            if refusal.stops:
                raise
            return False
        except (*NETWORK_ERRORS, DownloadCancelledError):
            return False
        return response.status not in _PASSING and CUT not in response.flags


def _doubt(exception: BaseException) -> str | None:
    """Why the site's certificate is not trusted; ``None`` where the connection failed for another reason."""
    for reason in getattr(exception.__cause__, "reasons", ()):
        if isinstance(reason.value, VerificationError):
            return "it is for another name"
        if isinstance(reason.value, SSL.Error) and "certificate verify failed" in str(reason.value):
            return "it has expired, is not valid yet, or is by nobody whom this machine trusts"
    return None


def _header(response: Response, name: bytes) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _sent_at(response: Response) -> datetime:
    """When the answer was sent, by the clock of the site that wrote its dates; by ours where it does not say."""
    try:
        moment = parsedate_to_datetime(_header(response, b"Date") or "")
    except (ValueError, OverflowError):
        return datetime.now(UTC)
    return moment.replace(tzinfo=moment.tzinfo or UTC)
