"""One request from its JSON to its files: JSON, page, the page with quoted parts where any are folded, attachments."""

from collections.abc import Callable, Iterator
from dataclasses import replace
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
from scraper.archive import fingerprints
from scraper.archive.queries import KnownRequest
from scraper.due.held import files_to_ask, files_wanted, says_the_same
from scraper.items import LookItem, PageItem, RequestItem
from scraper.middlewares.answers import fetch_item
from scraper.removals import forgotten
from scraper.spiders.absent import Absent
from scraper.spiders.answered import asked_by
from scraper.spiders.attachments import Attachments
from scraper.spiders.base import REDIRECTS, Output, SiteSpider, ends_the_run, why_not
from scraper.spiders.met import Met
from scraper.spiders.thread import Thread

if TYPE_CHECKING:
    from scrapy.http.request import CallbackT

PRIORITY = 10
"""Above lists, so that a request is finished before more are looked for."""


class Threads(Absent):
    """Asks for requests, each once, and hands over what they hold."""

    def __init__(self, spider: SiteSpider) -> None:
        self._spider = spider
        self._attachments = Attachments(spider)
        self._slugs, self._ids, self._followed = Met(), Met(), Met()

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
        if thread.named is None and fingerprints.is_forgotten(self._spider.memory.archive.connection, thread.slug):
            self._spider.count("forgotten")
            return
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
        yield from self._follow_holder(thread, record.id)
        if record.id not in self._ids:
            self._ids.add(record.id)
            self._slugs.add(record.slug)
            if f"request/{record.id}" in forgotten.parts(self._spider.memory.archive.connection, record.id):
                self._spider.count("forgotten")
                forgotten.met(self._spider.memory.archive, record.slug, record.id)
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

    def _follow_holder(self, thread: Thread, request_id: int) -> Iterator[Request]:
        """The request that is held under an address at which another is now is asked for by its number."""
        holder = self._spider.memory.request(thread.slug) if thread.slug else None
        if holder is not None and holder.id != request_id and not self._is_met(holder.id):
            self._followed.add(holder.id)
            yield self._ask_number(holder.id, Thread(slug="", whole=thread.whole))

    def _is_met(self, number: int) -> bool:
        return number in self._ids or number in self._followed

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

    def _unreadable(self, response: Response, kind: str, thread: Thread, error: ParseError | None) -> Output:
        """What came before is kept, so that a better parser can read it without asking again."""
        if error is not None:
            self._tell_of(thread, f"cannot be read: {error}")
        yield from (PageItem(fetch=fetch) for fetch in thread.fetches)
        yield from self._spider.unreadable(response, kind, error)

    def _not_read(self, response: Response, kind: str, thread: Thread) -> Output:
        yield from self._unreadable(response, kind, thread, None)

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
