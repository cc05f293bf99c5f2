"""The spider of requests: by authority, by name or number, by the days of their events, or all."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain, islice
from typing import ClassVar, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from parsers.errors import ParseError
from parsers.records import ListingPage, ListingRow
from parsers.wdtk.listing import parse_listing
from parsers.wdtk.urls import SiteUrls, name_after
from scraper.items import FetchItem, ListItem, ListState, PageItem
from scraper.middlewares.answers import fetch_item, notice_of
from scraper.removals.withdrawals import FORGOTTEN
from scraper.spiders.base import REDIRECTS, Output, SiteSpider, ends_the_run, why_not
from scraper.spiders.targets import Targets, read_targets
from scraper.spiders.thread import Thread
from scraper.spiders.threads import Threads
from scraper.spiders.walk import Step, Told, Walk
from scraper.spiders.windows import AuthorityPages, Source, Window, source_of

_AT_ONCE = 50
"""Requests that no list shows wait in the archive, not in memory, until the ones before them are done."""


class RequestsSpider(SiteSpider):
    """``scrapy crawl requests -a authority=NAME,NAME -a request=SLUG,ID,URL -a since=DAY -a until=DAY -a limit=N``.

    ``-a all=yes`` takes every request that the site lists; ``-a lists=only`` goes through the lists and takes none.
    """

    name = "requests"
    takes: ClassVar[tuple[str, ...]] = ("authority", "request", "since", "until", "all", "limit", "lists")

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        self.targets: Targets = read_targets(arguments)
        super().__init__(name, **arguments)
        self.arguments.update(self.targets.arguments())
        self._threads = Threads(self)
        self._walk = Walk([])
        self._begun = 0
        self._since: str | None = None
        self._busiest: list[str] | None = None
        self._bodies: set[str] = set()
        """Authorities of which a list was read, by their names of today."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: str, **kwargs: str) -> Self:
        """Made by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signal=signals.spider_idle)
        return spider

    def first(self) -> Output:
        """Requests that are named, and the first page of the first list."""
        self._since = self.memory.begun(*self._itself)
        self._walk = Walk(self._sources(), authorities=self._authorities)
        if self.targets.limit:
            self.total(self.targets.limit)
        for reference in self.targets.requests[: self.targets.limit]:
            self._begun += 1
            yield from self._threads.begin_named(reference)
        yield from self._next_list()

    @property
    def _itself(self) -> tuple[str, dict[str, object]]:
        """How the archive knows this crawl again: its command and arguments."""
        return "crawl", self.settings.getdict("WDTK_RUN_ARGUMENTS")

    def _sources(self) -> list[Source]:
        """The lists to read: those that a stopped crawl had still to read, where this takes it up."""
        if not self.targets.lists:
            return []
        planned = self.targets.sources()
        taken_up = None if self.targets.limit else self.memory.take_up(*self._itself)
        if taken_up is None or not taken_up.all_planned:
            return planned
        last = max(one.before for one in planned)
        return [
            source_of(authority=one.authority, after=one.after, before=one.before, narrowed=one.narrowed, last=last)
            for one in taken_up.lists
        ]

    def _authorities(self) -> list[str]:
        if self._busiest is None:
            self._busiest = self.memory.busiest_authorities()
        return self._busiest

    def idle(self) -> None:
        """Go on with what no list showed; tell a run that ended at its limit from one that came to the end."""
        if self._full():
            raise CloseSpider("limit")
        further = list(islice(self._further, _AT_ONCE))
        self._begun += len(further)
        self._tell_total()
        for request in further:
            self.crawler.engine.crawl(request)
        if further:
            raise DontCloseSpider

    @cached_property
    def _further(self) -> Iterator[Request]:
        """What lists showed before the crawl was stopped that is taken up; then what they show no longer."""
        if self.targets.limit or self.targets.lists_only:
            return iter(())
        return chain(self._ask_shown_before(), self._ask_not_listed() if self.targets.whole else ())

    def _ask_shown_before(self) -> Iterator[Request]:
        for slug in self.memory.shown_before(*self._itself) if self.targets.lists else ():
            yield from self._threads.begin(Thread(slug=slug, since=self._since))

    def _ask_not_listed(self) -> Iterator[Request]:
        """Asks for what the archive holds and no list shows any more: only so does a removal become known."""
        for known in self.memory.requests():
            if known.withdrawn != FORGOTTEN and (self.targets.everything or known.authority_url_name in self._bodies):
                yield from self._threads.begin_known(known, since=self._since)

    def _tell_total(self) -> None:
        """Known when all lists have been read; what comes on top, no list shows."""
        if not self.targets.lists_only:
            self.total(self._begun)

    def _full(self) -> bool:
        return self.targets.limit is not None and self._begun >= self.targets.limit

    def _next_list(self) -> Output:
        step = self._walk.next
        if step is None or self._full():
            self._tell_total()
            return
        yield Request(
            step.source.url(self.urls, step.page),
            callback=partial(self.list_came, step=step),
            errback=partial(self.list_failed, step=step),
            dont_filter=True,
        )

    def list_came(self, response: Response, step: Step) -> Output:
        """One page of a list: the requests on it, then the next page."""
        if response.status in REDIRECTS and response.request is not None:
            followed = list(self.follow_redirect(response, response.request))
            yield from followed
            if any(isinstance(one, Request) for one in followed):
                return
            self._walk.refused(step, "refused")
            yield self._told()
        elif response.status == 200:
            yield from self._read_list(response, step)
        elif response.status == 404 and notice_of(response).kind == "not_found":
            yield from self._end_of_list(response, step)
        else:
            yield from self._bad_page(response, step, None)
        yield from self._lost_lists()
        yield from self._next_list()

    def _read_list(self, response: Response, step: Step) -> Output:
        try:
            listing = parse_listing(response.body)
        except ParseError as error:
            yield from self._bad_page(response, step, error)
            return
        self.count("lists")
        self._note_unexplained(response, listing)
        named = _as_named(step.source, response)
        if named.authority:
            self._bodies.add(named.authority)
        self._walk.came(step, listing, named=named)
        # A list shows the first words of messages, now and then of one that the site has hidden since, and nobody
        # would think of erasing them there: that the page came is kept, not what it said.
        kind = "authority" if isinstance(step.source, AuthorityPages) else "listing"
        yield self._told(fetch_item(response, kind, keep=False), listing.rows)
        yield from self._rows(listing)

    def _told(self, fetch: FetchItem | None = None, rows: tuple[ListingRow, ...] = ()) -> ListItem:
        """What has become of lists since this was last told, with the page that came."""
        states = tuple(state_of(told, self.urls) for told in self._walk.told())
        return ListItem(fetch=fetch, states=states, rows=rows)

    def _note_unexplained(self, response: Response, listing: ListingPage) -> None:
        if listing.unexplained:
            self.count("unexplained_in_lists", len(listing.unexplained))
            self.logger.warning("%s has what no rule reads: %s", response.url, "; ".join(listing.unexplained[:3]))

    def _rows(self, listing: ListingPage) -> Output:
        for row in listing.rows:
            if self._full():
                return
            if not self._threads.knows(row.slug):
                self._begun += 1
                self.count("listed")
                if self.targets.lists_only:
                    self._threads.leave(row.slug)
                else:
                    yield from self._threads.begin(Thread(slug=row.slug, since=self._since))

    def _end_of_list(self, response: Response, step: Step) -> Output:
        fetch = fetch_item(response, "not_found")
        if step.page > 1:
            self._walk.missing(step)
            yield self._told(fetch)
            return
        if isinstance(step.source, AuthorityPages):
            self.tell(
                f"There is no authority {step.source.authority} at {self.urls.base}. "
                "Give the name in its address: NAME in /body/NAME."
            )
        yield self.refusal(response.url, "not_found", None, fetch=fetch)
        self._walk.refused(step, "not_found")
        yield self._told()

    def _bad_page(self, response: Response, step: Step, error: ParseError | None) -> Output:
        """Not a page of a list: the list is tried again when the others are done, once."""
        ends = notice_of(response).kind == "challenge"
        if ends or self._walk.failed(step):
            self.tell(f"The list {response.url} {f'cannot be read: {error}' if error else 'could not be fetched.'}")
            yield from self.unreadable(response, "listing", error)
        else:
            yield PageItem(fetch=fetch_item(response, "listing", keep=False))
        yield self._told()

    def list_failed(self, failure: Failure, step: Step) -> Output:
        """Error callback of a list: refused here, or the connection failed too often."""
        url, error = step.source.url(self.urls, step.page), failure.value
        if ends_the_run(error):
            yield from self.refused(url, error)
            return
        reason, sentence = why_not(error)
        if reason != "failed":
            self._walk.refused(step, "refused")
        if reason != "failed" or self._walk.failed(step):
            self.tell(f"The list {url} was not fetched. {sentence}")
            yield from self.refused(url, error)
        yield self._told()
        yield from self._next_list()

    def _lost_lists(self) -> Output:
        while self._walk.stuck:
            step = self._walk.stuck.pop()
            url = step.source.url(self.urls, step.page)
            self.tell(
                "The site shows the same rows again on the next page of a list, or others each time that it is read, "
                f"so requests may be missing: {url}"
            )
            yield self.refusal(url, "failed", "the same rows as on the page before, or rows that would not hold still")
        while self._walk.lost:
            source, detail = self._walk.lost.pop()
            url = source.url(self.urls, 1)
            self.tell(f"{detail} Requests may be missing: {url}")
            yield self.refusal(url, "list_cap", detail)


def _as_named(source: Source, response: Response) -> Source:
    """The list with the name that the authority has now, where an older one was redirected to it."""
    name = name_after(response.url, "body")
    return replace(source, authority=name) if name and isinstance(source, AuthorityPages) else source


def state_of(told: Told, urls: SiteUrls) -> ListState:
    """What has become of a list, as the archive takes it."""
    window = told.source if isinstance(told.source, Window) else None
    return ListState(
        url=told.source.url(urls, 1),
        parent=told.parent.url(urls, 1) if told.parent else None,
        authority=told.authority,
        after=window.after.isoformat() if window else None,
        before=window.before.isoformat() if window else None,
        narrowed=told.source.narrowed,
        pages=told.pages,
        rows=told.rows,
        about=told.about,
        result=told.result,
    )
