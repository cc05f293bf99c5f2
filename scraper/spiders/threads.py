"""One request from its JSON to its files: JSON, page, the page with quoted parts where any are folded, attachments."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from parsers.errors import ParseError
from parsers.records import RequestPage, RequestRecord
from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page
from parsers.wdtk.urls import RequestReference
from parsers.wdtk.vocabulary import unknown_in_page, unknown_in_record
from scraper.archive.queries import KnownRequest
from scraper.due.held import files_to_ask, files_wanted, says_the_same
from scraper.items import FetchItem, LookItem, PageItem, RequestItem
from scraper.middlewares.answers import fetch_item, headers_of, notice_of
from scraper.middlewares.conditional import unconditional
from scraper.middlewares.origin import on_site
from scraper.removals import forgotten
from scraper.removals.evidence import judge
from scraper.removals.follow import control
from scraper.spiders.answered import asked_by, slug_in
from scraper.spiders.attachments import Attachments
from scraper.spiders.base import REDIRECTS, Output, SiteSpider, ends_the_run, why_not

if TYPE_CHECKING:
    from scrapy.http.request import CallbackT

_ABSENT = "is not at this site: it may have been renamed, removed, or never been there."
PRIORITY = 10
"""Above lists, so that a request is finished before more are looked for."""


@dataclass(frozen=True, kw_only=True)
class Thread:
    """One request as far as it has been read."""

    slug: str
    named: str | None = None
    """What the person wrote who named it; ``None`` where a list gave it."""
    since: str | None = None
    """Where a stopped crawl is taken up: when it began."""
    second: bool = False
    """Whether it was not found just before, and is asked for once more to be sure."""
    by_id: int | None = None
    """Set once its number has been asked for, so that a slug that fails is not asked for again."""
    held: int | None = None
    """Number of the request held here whose JSON is enough, as long as it says what it said before."""
    whole: bool = True
    """Whether every file is asked for, or only those that are not held as the page has them."""
    most_files: int | None = None
    """So many files at most are asked for; the next look goes on with the others."""
    fetches: tuple[FetchItem, ...] = ()
    record: RequestRecord | None = None
    page: RequestPage | None = None


class Threads:
    """Asks for requests, each once, and hands over what they hold."""

    def __init__(self, spider: SiteSpider) -> None:
        self._spider = spider
        self._attachments = Attachments(spider)
        self._slugs: set[str] = set()
        self._ids: set[int] = set()

    def knows(self, slug: str) -> bool:
        """Whether this run has met the slug already."""
        return slug in self._slugs

    def leave(self, slug: str) -> None:
        """Count the slug as met, and ask for nothing."""
        self._slugs.add(slug)

    def begin(self, thread: Thread) -> Iterator[Request]:
        """Ask for a request that this run has not asked for."""
        if thread.slug in self._slugs:
            return
        self._slugs.add(thread.slug)
        if thread.since and self._spider.memory.settled(thread.slug, since=thread.since):
            self._spider.count("resumed")
            return
        yield self._ask(self._spider.urls.request_json(thread.slug), self.json_came, thread)

    def begin_named(self, reference: RequestReference) -> Iterator[Request]:
        """Ask for a request that a person named by slug or number."""
        if reference.slug is not None:
            yield from self.begin(Thread(slug=reference.slug, named=reference.slug))
        elif reference.id is not None:
            yield self._ask_number(reference.id, Thread(slug="", named=str(reference.id)))

    def begin_known(self, known: KnownRequest, *, since: str | None) -> Iterator[Request]:
        """Ask for a request that the archive holds; by its number where another has taken its slug."""
        yield from self.begin_again(known.id, Thread(slug=known.slug or "", since=since))

    def begin_again(self, number: int, thread: Thread) -> Iterator[Request]:
        """Ask for a request that the archive holds; by its number where the thread has no slug."""
        if thread.slug:
            yield from self.begin(thread)
        elif number not in self._ids:
            yield self._ask_number(number, thread)

    def number_came(self, response: Response, thread: Thread) -> Output:
        """``/request/ID`` leads to the slug of today, or nowhere."""
        location = headers_of(response).get("location", "")
        target = on_site(response.url, location, self._spider.urls.base)
        slug = slug_in(target) if target and response.status in REDIRECTS else None
        if slug is None and judge("number", status=response.status, notice=notice_of(response)).verdict == "not_found":
            yield from self._gone(response, thread)
        elif slug is None:
            yield from self._absent(response, thread)
        elif slug not in self._slugs:
            yield PageItem(fetch=fetch_item(response, "redirect", keep=False))
            yield from self.begin(replace(thread, slug=slug))
        elif slug == thread.slug:
            yield from self._not_found(response, thread)

    def json_came(self, response: Response, thread: Thread) -> Output:
        """Identity, state and events; then ask for the page."""
        if response.status in REDIRECTS:
            yield from self._spider.follow_redirect(response, asked_by(response))
        elif response.status == 403:
            yield self._ask(self._spider.urls.request(thread.slug), self.page_came, thread)  # it says why
        elif response.status != 200:
            yield from self._absent(response, thread)
        else:
            yield from self._read_json(response, thread)

    def _read_json(self, response: Response, thread: Thread) -> Output:
        try:
            record = parse_request_json(response.body)
        except ParseError as error:
            yield from self._unreadable(response, "request_json", thread, error)
            return
        if record.id not in self._ids:
            self._ids.add(record.id)
            self._slugs.add(record.slug)
            if f"request/{record.id}" in forgotten.parts(self._spider.memory.archive.connection, record.id):
                self._spider.count("forgotten")
                return
            if thread.held == record.id and says_the_same(self._spider.memory.archive, record):
                yield from self._looked(response, record.id, thread)
                return
            read = replace(thread, slug=record.slug, record=record, fetches=(fetch_item(response, "request_json"),))
            yield self._ask(self._spider.urls.request(record.slug), self.page_came, read)

    def _looked(self, response: Response, request_id: int, thread: Thread) -> Output:
        """Nothing has happened: only files are asked for that could not be had, or that a whole look still lacks."""
        self._spider.count("looked")
        yield LookItem(fetch=fetch_item(response, "request_json"), request_id=request_id)
        for attachment_id, url in files_wanted(self._spider.memory.archive, request_id, most=thread.most_files):
            yield from self._attachments.ask(attachment_id, url, request_id)

    def page_came(self, response: Response, thread: Thread) -> Output:
        """Messages, comments and files; then ask for quoted parts where any are folded."""
        if response.status != 200 or thread.record is None:
            yield from self._absent(response, thread)
            return
        try:
            page = parse_request_page(response.body)
        except ParseError as error:
            yield from self._unreadable(response, "request", thread, error)
            return
        read = replace(thread, page=page, fetches=(*thread.fetches, fetch_item(response, "request")))
        if any(message.has_folded_quote for message in page.messages):
            yield self._ask(self._spider.urls.request_unfolded(thread.slug), self.unfolded_came, read)
        else:
            yield from self._store(read, page)

    def unfolded_came(self, response: Response, thread: Thread) -> Output:
        """The same page with quoted parts; without them the request is not stored, as what is held may have them."""
        if response.status != 200 or thread.page is None:
            yield from self._absent(response, thread)
            return
        try:
            whole = parse_request_page(response.body)
        except ParseError as error:
            yield from self._unreadable(response, "request", thread, error)
            return
        yield from self._store(replace(thread, fetches=(*thread.fetches, fetch_item(response, "request"))), whole)

    def _store(self, thread: Thread, whole: RequestPage) -> Output:
        record, page = thread.record, thread.page
        if record is None or page is None:
            raise AssertionError("a request is stored when its JSON and its page have been read")
        self._spider.count("unchanged" if all(fetch.not_modified for fetch in thread.fetches) else "changed")
        self._note_the_strange(record, page)
        unfolded = whole.messages if whole is not page else ()
        archive, most = self._spider.memory.archive, thread.most_files
        files = files_to_ask(archive, record.id, page, whole=thread.whole, most=most)
        yield RequestItem(fetches=thread.fetches, record=record, page=page, unfolded=unfolded, whole=thread.whole)
        for attachment in files:
            yield from self._attachments.begin(attachment, record.id)

    def _note_the_strange(self, record: RequestRecord, page: RequestPage) -> None:
        """Count what no rule read, and values that no list of states or events holds; both are kept all the same."""
        left_over = (*record.unexplained, *page.unexplained)
        unknown = (*unknown_in_record(record), *unknown_in_page(page))
        if left_over:
            self._spider.count("unexplained_in_requests", len(left_over))
            self._spider.logger.warning("%s has what no rule reads: %s", record.slug, "; ".join(left_over[:3]))
        if unknown:
            self._spider.count("unknown_values", len(unknown))
            self._spider.logger.info("%s has values not known here: %s", record.slug, "; ".join(unknown[:3]))

    def _absent(self, response: Response, thread: Thread) -> Output:
        """The answer is not the page: hidden, not found, or something that is neither."""
        notice = notice_of(response)
        verdict = judge("page", status=response.status, notice=notice).verdict
        if verdict == "hidden":
            yield from self._hidden(response, thread, notice.words)
        elif verdict == "not_found":
            yield from self._not_found(response, thread)
        elif response.status in REDIRECTS:
            yield from self._spider.follow_redirect(response, asked_by(response))
        else:
            self._tell_of(thread, f"could not be fetched (status {response.status}, {notice.heading or notice.kind})")
            yield from self._unreadable(response, notice.kind, replace(thread, named=None), None)

    def _hidden(self, response: Response, thread: Thread, words: str | None) -> Output:
        self._tell_of(thread, f"is hidden at the source: {words or 'no reason is given'} Nothing of it was stored.")
        known = thread.record.id if thread.record else thread.by_id
        fetch = fetch_item(response, "hidden_request")
        yield self._spider.refusal(
            response.url, "hidden", words, fetch=fetch, slug=thread.slug or None, request_id=known
        )

    def _not_found(self, response: Response, thread: Thread) -> Output:
        """A slug that is not found may be a renaming: only the number tells."""
        known = self._spider.memory.request(thread.slug)
        fetch = fetch_item(response, "not_found")
        if known is not None and thread.by_id is None:
            yield PageItem(fetch=fetch)
            yield self._ask_number(known.id, thread)
        else:
            self._tell_of(thread, _ABSENT)
            yield self._spider.refusal(response.url, "not_found", None, fetch=fetch, slug=thread.slug)

    def _gone(self, response: Response, thread: Thread) -> Output:
        """The number is not found either: whatever is held of the request is withdrawn."""
        self._tell_of(thread, _ABSENT)
        fetch = fetch_item(response, "not_found")
        yield self._spider.refusal(response.url, "not_found", None, fetch=fetch, request_id=thread.by_id)
        self._spider.count("refused/not_found", -int(thread.second))  # the same request, counted a moment ago
        slug = control(self._spider.memory.archive.connection, thread.by_id or 0)
        if slug is not None and not thread.second:
            asked = self._ask(self._spider.urls.request_json(slug), self.control_came, replace(thread, second=True))
            yield unconditional(asked)

    def control_came(self, response: Response, thread: Thread) -> Output:
        """A request that is known to be public: where it came, the one that was not found is asked for again."""
        if judge("json", status=response.status, notice=notice_of(response)).verdict != "shown":
            return
        yield PageItem(fetch=fetch_item(response, "request_json"))
        again = replace(thread, by_id=None, named=None)
        if thread.slug:
            yield self._ask(self._spider.urls.request_json(thread.slug), self.json_came, again)
        elif thread.by_id is not None:
            yield self._ask_number(thread.by_id, again)

    def _unreadable(self, response: Response, kind: str, thread: Thread, error: ParseError | None) -> Output:
        """What came before is kept, so that a better parser can read it without asking again."""
        if error is not None:
            self._tell_of(thread, f"cannot be read: {error}")
        yield from (PageItem(fetch=fetch) for fetch in thread.fetches)
        yield from self._spider.unreadable(response, kind, error)

    def failed(self, failure: Failure) -> Output:
        """Error callback: the page was refused here, or the connection failed too often."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        thread: Thread = request.cb_kwargs["thread"]
        if not ends_the_run(failure.value):
            self._tell_of(thread, f"was not fetched. {why_not(failure.value)[1]}")
        yield from (PageItem(fetch=fetch) for fetch in thread.fetches)
        yield from self._spider.refused(request.url, failure.value, slug=thread.slug or None)

    def _tell_of(self, thread: Thread, what: str) -> None:
        if thread.named is not None:
            self._spider.tell(f"The request {thread.named} {what}")

    def _ask_number(self, number: int, thread: Thread) -> Request:
        return self._ask(self._spider.urls.request_by_id(number), self.number_came, replace(thread, by_id=number))

    def _ask(self, url: str, callback: Callable[..., Any], thread: Thread) -> Request:
        done: CallbackT = callback
        priority = PRIORITY + 10 * len(thread.fetches)
        return Request(
            url,
            callback=done,
            errback=self.failed,
            cb_kwargs={"thread": thread},
            dont_filter=True,  # what was asked for is known by slug and id
            priority=priority,
        )
