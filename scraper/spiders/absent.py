"""What is asked further of a request whose address gives no page: is it hidden, renamed, gone, or is the site not well?

An address may be another request's by now (alaveteli.md 1.1), so what it says is taken for that of the request held
under it only when the request's number leads there, or nowhere: `/request/ID` follows a renaming, and gives 404 of what
is hidden too (2.7).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.http import Response

from scraper.items import FetchItem, PageItem
from scraper.middlewares.answers import fetch_item, headers_of, notice_of
from scraper.middlewares.conditional import unconditional
from scraper.middlewares.origin import on_site
from scraper.removals.evidence import judge
from scraper.removals.follow import controls
from scraper.spiders.answered import asked_by, slug_in
from scraper.spiders.base import REDIRECTS, Output, SiteSpider
from scraper.spiders.met import Met
from scraper.spiders.thread import Thread

_ABSENT = "is not at this site: it may have been renamed, removed, or never been there."
_ANOTHERS = "it leads to an address at which another request is"


class Absent(ABC):
    """Follows requests that their addresses do not show; ``Threads`` is what asks for those that they do."""

    _spider: SiteSpider
    _slugs: Met
    _ids: Met

    @abstractmethod
    def begin(self, thread: Thread) -> Iterator[Request]:
        """Ask for a request that this run has not asked for."""

    @abstractmethod
    def json_came(self, response: Response, thread: Thread) -> Output:
        """The JSON of a request."""

    @abstractmethod
    def _ask(self, url: str, callback: Callable[..., Any], thread: Thread) -> Request: ...

    @abstractmethod
    def _tell_of(self, thread: Thread, what: str) -> None: ...

    @abstractmethod
    def _not_read(self, response: Response, kind: str, thread: Thread) -> Output: ...

    def number_came(self, response: Response, thread: Thread) -> Output:
        """``/request/ID`` leads to the slug of today, or nowhere."""
        location = headers_of(response).get("location", "")
        target = on_site(response.url, location, self._spider.urls.base)
        slug = slug_in(target) if target and response.status in REDIRECTS else None
        verdict = judge("number", status=response.status, notice=notice_of(response)).verdict
        if slug is None and verdict != "not_found":
            yield from self._absent(response, thread)
        elif thread.hidden is not None and slug in {None, thread.slug}:
            yield from self._surely_hidden(response, thread)
        elif slug is None:
            yield from self._gone(response, thread)
        elif slug not in self._slugs:
            yield PageItem(fetch=fetch_item(response, "redirect", keep=False))
            yield from self.begin(replace(thread, slug=slug, hidden=None))
        elif slug == thread.slug:
            yield from self._not_found(response, thread)
        elif thread.by_id not in self._ids:
            yield self._spider.refusal(response.url, "failed", _ANOTHERS, request_id=thread.by_id)

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
            yield from self._not_read(response, notice.kind, replace(thread, named=None))

    def _hidden(self, response: Response, thread: Thread, words: str | None) -> Output:
        """What is at this address is hidden; whether it is the request held under it, only that one's number tells."""
        fetch = fetch_item(response, "hidden_request")
        known = thread.record.id if thread.record else thread.by_id
        holder = self._spider.memory.request(thread.slug) if known is None and thread.slug else None
        if holder is not None:
            yield PageItem(fetch=fetch)
            yield self._ask_number(holder.id, replace(thread, hidden=words or ""))
            return
        yield self._hide(response.url, thread, words, fetch, known)

    def _surely_hidden(self, response: Response, thread: Thread) -> Output:
        """Its number leads nowhere, or to the address that says so: it is the request that is held."""
        fetch = fetch_item(response, "redirect" if response.status in REDIRECTS else "not_found", keep=False)
        yield self._hide(self._spider.urls.request(thread.slug), thread, thread.hidden or None, fetch, thread.by_id)

    def _hide(self, url: str, thread: Thread, words: str | None, fetch: FetchItem, known: int | None) -> Any:
        self._tell_of(thread, f"is hidden at the source: {words or 'no reason is given'} Nothing of it was stored.")
        return self._spider.refusal(url, "hidden", words, fetch=fetch, slug=thread.slug or None, request_id=known)

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
        held = self._spider.memory.request(thread.by_id or 0) is not None
        fetch = fetch_item(response, "not_found", keep=held)
        yield self._spider.refusal(response.url, "not_found", None, fetch=fetch, request_id=thread.by_id)
        self._spider.count("refused/not_found", -int(thread.second))  # the same request, counted a moment ago
        public = controls(self._spider.memory.archive.connection, thread.by_id or 0)
        if held and not thread.second:
            yield from self._ask_control(replace(thread, second=True, controls=tuple(public)))

    def _ask_control(self, thread: Thread) -> Output:
        if thread.controls:
            first, *others = thread.controls
            url = self._spider.urls.request_json(first)
            yield unconditional(self._ask(url, self.control_came, replace(thread, controls=tuple(others))))

    def control_came(self, response: Response, thread: Thread) -> Output:
        """A request that is known to be public: where it came, the one that was not found is asked for again."""
        if judge("json", status=response.status, notice=notice_of(response)).verdict != "shown":
            yield from self._ask_control(thread)
            return
        yield PageItem(fetch=fetch_item(response, "request_json"))
        again = replace(thread, by_id=None, named=None)
        if thread.slug:
            yield self._ask(self._spider.urls.request_json(thread.slug), self.json_came, again)
        elif thread.by_id is not None:
            yield self._ask_number(thread.by_id, again)

    def _ask_number(self, number: int, thread: Thread) -> Request:
        return self._ask(self._spider.urls.request_by_id(number), self.number_came, replace(thread, by_id=number))
