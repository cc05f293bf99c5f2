"""Requests from what was brought in: the JSON with the page, as a crawl has them, or what one of them gives alone."""

from datetime import datetime, timedelta

from parsers.records import RequestPage, RequestRecord
from parsers.wdtk.notices import classify
from scraper.archive.database import Archive
from scraper.exchange import held
from scraper.exchange.addresses import Addresses
from scraper.exchange.captures import moment
from scraper.exchange.documents import Chosen, Documents, tell
from scraper.exchange.shelf import OLDER, Shelf, Shelved
from scraper.exchange.visible import page_of_visitor, record_of_visitor
from scraper.items import AuthoritiesItem, Item, PageItem, RefusalItem, RequestItem
from scraper.storing.store import Store

KINDS = ("request_json", "request", "request_unfolded")
NOT_FOLDED = "pages with quoted parts shown, of requests in which none is folded"
NO_QUOTES_WITH_IT = "pages with folded quotes, where the archive holds the quotes: save the page with ?unfold=1 as well"
NOT_STORED = "what could not be stored: the archive's table refusals says why"
NO_NOTICE = "answers that refuse a page and are not the site's own notice"
JSON, PAGE, UNFOLDED, NOTICE = "JSON of requests", "pages of requests", "pages with quotes shown", "notices of removal"
_TOGETHER = timedelta(days=1)

Document = Chosen[RequestRecord] | Chosen[RequestPage]

_NO_JSON = (
    "The page {url} is kept, but not read into rows: its number, its events and its authority's number are only in its "
    "JSON. Save {url}.json as well and import it."
)
_NO_PAGE = (
    "The JSON {url} gives its authority and is kept; its messages and files are only on its page. "
    "Save {page} as well and import it."
)
_NO_QUOTES = "{url} folds quoted parts away, which are not in the archive. Save {url}?unfold=1 as well and import it."


class RequestsIn:
    """Stores requests under one run; ``stored`` counts them."""

    def __init__(self, archive: Archive, shelf: Shelf, store: Store, addresses: Addresses) -> None:
        self.stored = 0
        self._archive = archive
        self._shelf = shelf
        self._store = store
        self._addresses = addresses
        self._documents = Documents(archive, shelf)

    def settle(self, slug: str) -> None:
        """Take what the shelf has of one request, with what the archive holds of it, newest first."""
        pages = self._addresses.request(slug)
        hidden = self._still_hidden(slug, self._newest_notice(slug))
        page = self._documents.choose(pages, page_of_visitor)
        if hidden is not None and (page is None or hidden.at > page.surely_after):
            self._hide(slug, hidden)
            return
        if hidden is not None:
            self._shelf.leave(hidden, OLDER if page and page.shelved else held.NEWER_HERE)
        since = _shortly_before(page.at) if page else ""
        unfolded = self._documents.choose(self._addresses.request(slug, unfolded=True), page_of_visitor, since=since)
        record = self._documents.choose(self._addresses.request_json(slug), record_of_visitor)
        self._take(slug, record, page, unfolded)

    def _take(
        self,
        slug: str,
        record: Chosen[RequestRecord] | None,
        page: Chosen[RequestPage] | None,
        unfolded: Chosen[RequestPage] | None,
    ) -> None:
        shown = page or unfolded
        whole = unfolded if page and any(message.has_folded_quote for message in page.value.messages) else None
        if page is not None and whole is None and unfolded is not None:
            self._leave(NOT_FOLDED, unfolded)
        found: tuple[Document | None, ...] = (record, shown, whole)
        new = [one for one in found if one is not None and one.shelved is not None]
        if not new:
            return
        if reason := self._refused(slug, record, shown):
            self._leave(reason, *new)
        elif record is None:
            self._keep_pages(new)
        elif shown is None:
            self._keep_json(record)
        else:
            self._store_both(record, shown, whole)

    def _store_both(
        self, record: Chosen[RequestRecord], page: Chosen[RequestPage], whole: Chosen[RequestPage] | None
    ) -> None:
        documents: list[Document] = [record, page, *([whole] if whole else [])]
        folded = any(message.has_folded_quote for message in page.value.messages)
        if folded and whole is None:
            if held.has_quoted_parts(self._archive, record.value.id):
                self._leave(NO_QUOTES_WITH_IT, record, page)
                return
            self._tell(page, _NO_QUOTES.format(url=page.fetch.url))
        item = RequestItem(
            fetches=tuple(one.fetch for one in documents),
            record=record.value,
            page=page.value,
            unfolded=whole.value.messages if whole else (),
        )
        if self._put(item, *documents):
            self.stored += 1

    def _keep_pages(self, pages: list[Document]) -> None:
        for one in pages:
            self._put(PageItem(fetch=one.fetch), one)
        first = pages[0]
        self._tell(first, _NO_JSON.format(url=first.fetch.url.partition("?")[0]))

    def _keep_json(self, record: Chosen[RequestRecord]) -> None:
        self._put(AuthoritiesItem(fetch=record.fetch, authorities=(record.value.authority,)), record)
        page = self._addresses.request(record.value.slug).url
        self._tell(record, _NO_PAGE.format(url=record.fetch.url, page=page))

    def _put(self, item: Item, *documents: Document) -> bool:
        stored = self._store.store(item)
        for one in documents:
            if one.shelved is not None and stored:
                self._shelf.take(one.shelved, _NAMES[one.shelved.address.kind])
        if not stored:
            self._leave(NOT_STORED, *documents)
        return stored

    def _refused(self, slug: str, record: Chosen[RequestRecord] | None, page: Chosen[RequestPage] | None) -> str | None:
        found: tuple[Document | None, ...] = (record, page)
        newest = max(one.surely_after for one in found if one is not None)
        hidden = held.hidden_since(self._archive, self._addresses.request(slug).url)
        if hidden is not None and hidden >= (page.surely_after if page else newest):
            return held.REMOVED_LATER
        if record is None:
            shown = held.subjects(page.value) if page else []
            unsure = held.PERHAPS_FORGOTTEN if held.forgets_requests(self._archive) else None
            return held.tombstone(self._archive, shown, at=newest) or unsure
        if page is None:
            return held.tombstone(self._archive, [f"request/{record.value.id}"], at=newest)
        return held.may_not_come(self._archive, record.value.id, slug, page.value, at=page.surely_after)

    def _newest_notice(self, slug: str) -> Shelved | None:
        """The newest capture in which the site itself says that the request is hidden."""
        newest = None
        for one in self._shelf.newest("request", slug):
            if one.status == 200:
                continue
            if classify(status=one.status, headers=one.headers, body=self._shelf.body(one)).kind != "hidden_request":
                self._shelf.leave(one, NO_NOTICE)
            elif newest is None:
                newest = one
        return newest

    def _still_hidden(self, slug: str, notice: Shelved | None) -> Shelved | None:
        """The notice, unless the request was seen later, if only its JSON."""
        if notice is None:
            return None
        if notice.at < held.looked_at(self._archive, slug):
            self._shelf.leave(notice, held.NEWER_HERE)
            return None
        later = [
            one
            for one in self._shelf.newest("request_json", slug)
            if one.status == 200 and one.dated and one.at > notice.at
        ]
        if later:
            self._shelf.leave(notice, OLDER)
        return None if later else notice

    def _hide(self, slug: str, notice: Shelved) -> None:
        url = notice.address.url
        seen = held.hidden_since(self._archive, url)
        if seen is not None and seen >= notice.at:
            self._shelf.leave(notice, held.HERE)
            return
        body = self._shelf.body(notice)
        words = classify(status=notice.status, headers=notice.headers, body=body).words
        fetch = self._documents.fetch(notice, body, "hidden_request")
        if self._store.store(RefusalItem(url=url, reason="hidden", detail=words, fetch=fetch, slug=slug)):
            self._shelf.take(notice, NOTICE)

    def _leave(self, reason: str, *documents: Document) -> None:
        for one in documents:
            if one.shelved is not None:
                self._shelf.leave(one.shelved, reason)

    def _tell(self, one: Document, sentence: str) -> None:
        if one.shelved is not None:
            tell(self._shelf, one.shelved, sentence)


_NAMES = {"request_json": JSON, "request": PAGE, "request_unfolded": UNFOLDED}


def _shortly_before(at: str) -> str:
    """Quotes of a page that was taken long before may hold words that the site has removed since."""
    return moment((datetime.fromisoformat(at) - _TOGETHER).isoformat()) or at
