"""A world of the stand-in put into an archive without HTTP, by the parsers and the write path of the crawl itself."""

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.http import Response

from parsers.records import Attachment, Message
from parsers.wdtk.authority_csv import parse_authorities_csv
from parsers.wdtk.listing import parse_listing
from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page
from parsers.wdtk.urls import SiteUrls
from scraper.archive import runs
from scraper.archive.database import Archive
from scraper.items import AttachmentItem, AuthoritiesItem, ListItem, ListState, PageItem, RefusalItem, RequestItem
from scraper.middlewares.answers import fetch_item
from scraper.spiders.attachments import Attachments
from scraper.spiders.base import SiteSpider
from scraper.standin.site import Options, Site
from scraper.standin.world import World
from scraper.storing.store import Store

_EVER = "/list?request_date_after=01/01/2001&request_date_before=31/12/2099"


class Direct:
    """Goes through a world as a crawl of all of it does."""

    def __init__(self, archive: Archive, world: World, *, base: str) -> None:
        """``base`` is the address under which the site is said to be."""
        self.urls = SiteUrls(base)
        self._archive, self._base = archive, base
        # No list is cut off: how lists are parted is nothing that a synthetic archive is made for.
        self._site = Site(world, Options(max_pages=10**6))
        self._robots = Protego.parse(self._site.answer("/robots.txt", base=base).body.decode())
        self._attachments = Attachments(cast("SiteSpider", _Spider(self.urls)))

    def crawl(self) -> None:
        """Store everything that a visitor may see, under one run."""
        with runs.run(self._archive, "crawl", {"site": self._base, "all": True}) as run:
            store = Store(self._archive, run.id)
            for item in self._items():
                store.store(item)

    def _items(self) -> Iterator[Any]:
        yield PageItem(fetch=fetch_item(self._get("/robots.txt"), "robots"))
        listed = self._get("/body/all-authorities.csv")
        authorities = parse_authorities_csv(listed.body)
        yield AuthoritiesItem(fetch=fetch_item(listed, "authorities_csv"), authorities=authorities)
        slugs: dict[str, None] = {}
        for item in self._lists():
            slugs.update((row.slug, None) for row in item.rows)
            yield item
        for slug in slugs:
            yield from self._request(slug)

    def _lists(self) -> Iterator[ListItem]:
        place: str | None = _EVER
        pages = rows = 0
        while place:
            answer = self._get(place)
            found = parse_listing(answer.body)
            place = urlsplit(found.next_page)._replace(scheme="", netloc="").geturl() if found.next_page else None
            pages, rows = pages + 1, rows + len(found.rows)
            state = ListState(
                url=self._base + _EVER, parent=None, authority=None, after="2001-01-01", before="2099-12-31",
                narrowed={}, pages=pages, rows=rows, about=found.about, result=None if place else "whole",
            )  # fmt: skip
            yield ListItem(fetch=fetch_item(answer, "listing", keep=False), states=(state,), rows=found.rows)

    def _request(self, slug: str) -> Iterator[RequestItem | RefusalItem | AttachmentItem]:
        url = self.urls.request_json(slug)
        if not self._robots.can_fetch(url, "wdtk-archive"):
            why = f"robots.txt of {self._base} refuses {url}, so it was not asked for."
            yield RefusalItem(url=url, reason="robots", detail=why, fetch=None, slug=slug)
            return
        told, shown = self._get(f"/request/{slug}.json"), self._get(f"/request/{slug}")
        record, page = parse_request_json(told.body), parse_request_page(shown.body)
        fetches = [fetch_item(told, "request_json"), fetch_item(shown, "request")]
        unfolded: tuple[Message, ...] = ()
        if any(message.has_folded_quote for message in page.messages):
            whole = self._get(f"/request/{slug}?unfold=1")
            fetches.append(fetch_item(whole, "request"))
            unfolded = parse_request_page(whole.body).messages
        yield RequestItem(fetches=tuple(fetches), record=record, page=page, unfolded=unfolded)
        for message in page.messages:
            for attachment in message.attachments:
                yield from self._file(attachment, record.id)

    def _file(self, attachment: Attachment, request_id: int) -> Iterator[AttachmentItem]:
        """By the callbacks of the crawl, which know every way in which a file may answer."""
        waiting = list(self._attachments.begin(attachment, request_id))
        while waiting:
            asked = waiting.pop()
            if isinstance(asked, Request):
                answer = self._get(asked.url.removeprefix(self._base), asked)
                waiting += self._attachments.came(answer, asked.cb_kwargs["wanted"])
            elif isinstance(asked, AttachmentItem):
                yield asked

    def _get(self, target: str, asked: Request | None = None) -> Response:
        answer = self._site.answer(target, base=self._base).finished(None)
        headers = {**answer.headers, "Content-Length": str(len(answer.body))}
        url = asked.url if asked else self._base + target
        return Response(url, status=answer.status, headers=headers, body=answer.body, request=asked)


class _Settings:
    """Files that have to be waited for are asked for at once, as often as need be."""

    def getint(self, _name: str) -> int:
        return 10

    def getfloat(self, _name: str) -> float:
        return 0.0


class _Spider:
    """As much of a spider as following a file needs."""

    def __init__(self, urls: SiteUrls) -> None:
        self.urls, self.settings = urls, _Settings()

    def count(self, name: str, number: int = 1) -> None:
        """Nobody counts here."""
