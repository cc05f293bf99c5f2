"""The files of a request (alaveteli.md part 6): the file itself, or what the site says in its place.

A file is prepared when first asked for: the site may redirect to the same address, or to a page that says to
wait and then to one that says it is done. Neither a status nor a name tells whether an answer is the file.
"""

import hashlib
import time
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response
from twisted.python.failure import Failure

from parsers.errors import ParseError
from parsers.records import Attachment, Notice
from scraper.items import AttachmentItem, FetchItem
from scraper.middlewares.answers import NOT_MODIFIED, fetch_item, notice_of
from scraper.middlewares.conditional import ANEW
from scraper.middlewares.origin import on_site
from scraper.middlewares.pace import NOT_BEFORE
from scraper.middlewares.refusals import RobotsRefused
from scraper.removals.evidence import FILE_GONE, FILE_KINDS, judge
from scraper.spiders.base import REDIRECTS, Output, SiteSpider, ends_the_run, why_not

PRIORITY = 40
_LATER = -10
"""Below everything: while a file is being prepared, the crawl does the rest."""
_MOST_STEPS = 12


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One file on the way to being fetched."""

    attachment_id: str
    request_id: int
    url: str
    fetches: tuple[FetchItem, ...] = ()
    waits: int = 0


class Attachments:
    """Follows each file to its bytes or to the reason that there are none."""

    def __init__(self, spider: SiteSpider) -> None:
        self._spider = spider

    def begin(self, attachment: Attachment, request_id: int) -> Output:
        """Ask for a file that the page offers; one that it says is hidden or erased is not asked for."""
        if attachment.state == "file" and attachment.url is not None:
            yield from self.ask(attachment.id, attachment.url, request_id)

    def ask(self, attachment_id: str, path: str, request_id: int) -> Output:
        """Ask for the file at ``path``, as the page that listed it has it."""
        try:
            url = self._spider.urls.attachment(path)
        except ParseError as error:
            nothing = Wanted(attachment_id=attachment_id, request_id=request_id, url="")
            yield self._outcome(nothing, "failed", str(error))
            return
        yield self._ask(url, Wanted(attachment_id=attachment_id, request_id=request_id, url=url))

    def came(self, response: Response, wanted: Wanted) -> Output:
        """Whatever the site answered."""
        if NOT_MODIFIED in response.flags:
            yield self._file(response, wanted)  # validators are kept of files alone
            return
        notice = notice_of(response)
        if notice.kind == "challenge":
            yield from self._spider.unreadable(response, "challenge")
        elif notice.kind in FILE_KINDS and response.status == 200:
            yield self._file(response, wanted)
        else:
            yield from self._other(response, _with(wanted, response, notice), notice)

    def _other(self, response: Response, wanted: Wanted, notice: Notice) -> Output:
        if len(wanted.fetches) - wanted.waits > _MOST_STEPS:
            yield self._outcome(wanted, "failed", f"the site led from one page to another {_MOST_STEPS} times")
        elif response.status in REDIRECTS:
            yield from self._redirected(response, wanted, notice)
        elif notice.kind == "wait":
            yield from self._wait(response, wanted)
        elif notice.kind == "done":
            yield from self._follow(response, wanted, notice.link or wanted.url)
        elif notice.kind == "not_found" and response.url != wanted.url:
            yield self._ask(wanted.url, wanted)  # the page to wait at has vanished with what it waited for
        elif judge("file", status=response.status, notice=notice).removed:
            yield self._outcome(wanted, FILE_GONE[notice.kind], notice.words or notice.heading)
        elif response.status == 200:
            yield self._outcome(wanted, "not_a_file", f"a page instead of the file: {notice.heading or notice.kind}")
        else:
            yield self._outcome(wanted, "failed", f"status {response.status}, {notice.heading or notice.kind}")

    def _redirected(self, response: Response, wanted: Wanted, notice: Notice) -> Output:
        if response.status == 303 or notice.link is None:
            yield self._outcome(wanted, "missing", "the site shows the message instead")
        else:
            yield from self._follow(response, wanted, notice.link)

    def _follow(self, response: Response, wanted: Wanted, link: str) -> Output:
        target = on_site(response.url, link, self._spider.urls.base)
        path = urlsplit(target).path if target else ""
        if target is None:
            yield self._outcome(wanted, "failed", f"redirected off the site, to {link[:200]}")
        elif path.startswith("/request/") and "/attach/" not in path:
            yield self._outcome(wanted, "missing", "the site shows the request instead")
        elif path == urlsplit(wanted.url).path:
            yield self._ask(wanted.url, wanted)  # a query beside it only steers caches (alaveteli.md 6.1)
        else:
            yield self._ask(target, wanted)

    def _wait(self, response: Response, wanted: Wanted) -> Output:
        settings = self._spider.settings
        waits = wanted.waits + 1
        if waits > settings.getint("WDTK_FILE_TRIES"):
            yield self._outcome(wanted, "waiting", f"still being prepared after {waits} looks")
            return
        seconds = settings.getfloat("WDTK_FILE_WAIT") * 2 ** (waits - 1)
        again = self._ask(response.url, replace(wanted, waits=waits))
        again.meta[NOT_BEFORE] = time.monotonic() + seconds
        again.priority = _LATER
        yield again

    def _file(self, response: Response, wanted: Wanted) -> AttachmentItem:
        got = replace(wanted, fetches=(*wanted.fetches, fetch_item(response, "file")))
        return self._outcome(got, "fetched", None, sha256=hashlib.sha256(response.body).hexdigest())

    def failed(self, failure: Failure) -> Output:
        """Error callback: refused here, too large, or the connection failed too often."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        wanted: Wanted = request.cb_kwargs["wanted"]
        error = failure.value
        if ends_the_run(error):
            yield from self._spider.refused(request.url, error)
        elif isinstance(error, RobotsRefused):
            yield self._outcome(wanted, "refused_by_robots", str(error))
        elif isinstance(error, DownloadCancelledError):
            yield self._outcome(wanted, "too_big", why_not(error)[1])
        else:
            yield self._outcome(wanted, "failed", why_not(error)[1])

    def _outcome(self, wanted: Wanted, status: str, detail: str | None, *, sha256: str | None = None) -> AttachmentItem:
        self._spider.count(f"files/{status}")
        return AttachmentItem(
            attachment_id=wanted.attachment_id,
            request_id=wanted.request_id,
            fetches=wanted.fetches,
            fetch_status=status,
            detail=detail,
            sha256=sha256,
        )

    def _ask(self, url: str, wanted: Wanted) -> Request:
        meta = {} if url == wanted.url else {ANEW: True}
        return Request(
            url,
            callback=self.came,
            errback=self.failed,
            cb_kwargs={"wanted": wanted},
            meta=meta,
            dont_filter=True,  # the site redirects to the same address
            priority=PRIORITY,
        )


def _with(wanted: Wanted, response: Response, notice: Notice) -> Wanted:
    return replace(wanted, fetches=(*wanted.fetches, fetch_item(response, notice.kind, keep=False)))
