"""The spider of requests: by authority, by name or number, by the days of their events, or all."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from itertools import islice
from typing import ClassVar, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from parsers.errors import ParseError
from parsers.records import ListingPage
from parsers.wdtk.listing import parse_listing
from parsers.wdtk.urls import name_after
from scraper.archive.withdrawals import FORGOTTEN
from scraper.items import PageItem
from scraper.middlewares.answers import fetch_item, notice_of
from scraper.spiders.base import REDIRECTS, Output, SiteSpider, ends_the_run, why_not
from scraper.spiders.targets import Targets, read_targets
from scraper.spiders.threads import Thread, Threads
from scraper.spiders.walk import Step, Walk
from scraper.spiders.windows import AuthorityPages, Source

_AT_ONCE = 50
"""Requests that no list shows wait in the archive, not in memory, until the ones before them are done."""


class RequestsSpider(SiteSpider):
    """``scrapy crawl requests -a authority=NAME,NAME -a request=SLUG,ID,URL -a since=DAY -a until=DAY -a limit=N``.

    ``-a all=yes`` takes every request that the site lists.
    """

    name = "requests"
    takes: ClassVar[tuple[str, ...]] = ("authority", "request", "since", "until", "all", "limit")

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        self.targets: Targets = read_targets(arguments)
        super().__init__(name, **arguments)
        self.arguments.update(self.targets.arguments())
        self._threads = Threads(self)
        self._walk = Walk(self.targets.sources() if self.targets.lists else [])
        self._begun = 0
        self._since: str | None = None
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
        self._since = self.memory.begun("crawl", self.settings.getdict("WDTK_RUN_ARGUMENTS"))
        for reference in self.targets.requests[: self.targets.limit]:
            self._begun += 1
            yield from self._threads.begin_named(reference)
        yield from self._next_list()

    def idle(self) -> None:
        """Go on with what no list showed; tell a run that ended at its limit from one that came to the end."""
        if self._full():
            raise CloseSpider("limit")
        further = list(islice(self._not_listed, _AT_ONCE))
        for request in further:
            self.crawler.engine.crawl(request)
        if further:
            raise DontCloseSpider

    @cached_property
    def _not_listed(self) -> Iterator[Request]:
        """Asks for what the archive holds and no list shows any more: only so does a removal become known."""
        return iter(()) if self.targets.limit or not self.targets.whole else self._ask_not_listed()

    def _ask_not_listed(self) -> Iterator[Request]:
        for known in self.memory.requests():
            if known.withdrawn != FORGOTTEN and (self.targets.everything or known.authority_url_name in self._bodies):
                yield from self._threads.begin_known(known, since=self._since)

    def _full(self) -> bool:
        return self.targets.limit is not None and self._begun >= self.targets.limit

    def _next_list(self) -> Output:
        step = self._walk.next
        if step is None or self._full():
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
            yield from self.follow_redirect(response, response.request)
            return
        if response.status == 200:
            yield from self._read_list(response, step)
        elif response.status == 404 and notice_of(response).kind == "not_found":
            yield from self._end_of_list(response, step)
        else:
            self.tell(f"The list {response.url} could not be fetched (status {response.status}).")
            yield from self.unreadable(response, "listing")
            self._walk.skipped()
        yield from self._lost_lists()
        yield from self._next_list()

    def _read_list(self, response: Response, step: Step) -> Output:
        try:
            listing = parse_listing(response.body)
        except ParseError as error:
            self.tell(f"The list {response.url} cannot be read: {error}")
            self._walk.skipped()
            yield from self.unreadable(response, "listing", error)
            return
        self.count("lists")
        self._note_unexplained(response, listing)
        kind = "authority" if isinstance(step.source, AuthorityPages) else "listing"
        # A list shows the first words of messages, now and then of one that the site has hidden since, and nobody
        # would think of erasing them there: that the page came is kept, not what it said.
        yield PageItem(fetch=fetch_item(response, kind, keep=False))
        yield from self._rows(listing)
        named = _as_named(step, response)
        if named.source.authority:
            self._bodies.add(named.source.authority)
        self._walk.came(named, listing)

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
                yield from self._threads.begin(Thread(slug=row.slug, since=self._since))

    def _end_of_list(self, response: Response, step: Step) -> Output:
        if step.page > 1:
            self._walk.ended(step)
            return
        if isinstance(step.source, AuthorityPages):
            self.tell(
                f"There is no authority {step.source.authority} at {self.urls.base}. "
                "Give the name in its address: NAME in /body/NAME."
            )
        yield self.refusal(response.url, "not_found", None, fetch=fetch_item(response, "not_found"))
        self._walk.skipped()

    def list_failed(self, failure: Failure, step: Step) -> Output:
        """Error callback of a list: refused here, or the connection failed too often."""
        url = step.source.url(self.urls, step.page)
        self._walk.skipped()
        if not ends_the_run(failure.value):
            self.tell(f"The list {url} was not fetched. {why_not(failure.value)[1]}")
        yield from self.refused(url, failure.value)
        yield from self._next_list()

    def _lost_lists(self) -> Output:
        while self._walk.stuck:
            step = self._walk.stuck.pop()
            url = step.source.url(self.urls, step.page)
            self.tell(f"The site shows the same rows again on the next page of a list, which was not read on: {url}")
            yield self.refusal(url, "failed", "the same rows as on the page before")
        while self._walk.lost:
            source: Source = self._walk.lost.pop()
            url = source.url(self.urls, 1)
            detail = "The site shows no more than the first pages of this list, and nothing parts it further."
            self.tell(f"{detail} Requests may be missing: {url}")
            yield self.refusal(url, "list_cap", detail)


def _as_named(step: Step, response: Response) -> Step:
    """The step with the name that the authority has now, where an older one was redirected to it."""
    name = name_after(response.url, "body")
    if name is None or not isinstance(step.source, AuthorityPages):
        return step
    return replace(step, source=replace(step.source, authority=name))
