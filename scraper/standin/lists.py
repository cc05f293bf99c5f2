"""Pages that list requests or bodies."""

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from urllib.parse import urlencode

from scraper.standin.answers import DAY, HOUR, REVALIDATE, Answer, page
from scraper.standin.listings import (
    MOST_PAGES,
    PER_PAGE,
    Entry,
    Pages,
    Query,
    collapsed,
    entries,
    estimate,
    last_described_first,
    newest_first,
    page_of,
)
from scraper.standin.records import StandinAuthority, StandinRequest
from scraper.standin.views import not_found, render
from scraper.standin.world import Holding

BODIES_PER_PAGE = 100


class Lists:
    """Lists of the world, 25 rows a page and never more pages than the site gives."""

    def __init__(self, world: Holding, *, max_pages: int = MOST_PAGES) -> None:
        self.world = world
        self.max_pages = max_pages

    @cached_property
    def _entries(self) -> list[Entry]:
        return entries(self.world.requests)

    def requests(self, base: str, query: Mapping[str, str], *, view: str) -> Answer:
        """``/list`` and its views by status."""
        path = "/list" if view == "all" else f"/list/{view}"
        number = _number(query)
        if number > self.max_pages:
            return not_found(base=base, path=path)
        wanted = Query(
            query=query.get("query", ""),
            after=query.get("request_date_after", ""),
            before=query.get("request_date_before", ""),
            view=view,
            today=self.world.today,
        )
        found = collapsed(filter(wanted.matches, self._entries), order=newest_first)
        about = estimate(self.world, f"{wanted}", len(found), number)
        heading = "Search requests" if number == 1 else f"Search requests (page {number})"
        body = render(
            "list.html",
            title=heading,
            page_id="request_list",
            base=base,
            path=path,
            heading=heading,
            query=wanted,
            rows=page_of(found, number),
            about=about,
            pages=Pages(
                current=number, last=min(math.ceil(about / PER_PAGE), self.max_pages), address=_address(path, query)
            ),
        )
        return page(body, cache=HOUR)

    def body(self, base: str, body: StandinAuthority, query: Mapping[str, str], *, view: str | None) -> Answer:
        """``/body/BODY``; its bar offers pages past the last one that is given (1.4)."""
        path = f"/body/{body.url_name}" + (f"/{view}" if view else "")
        number = _number(query)
        if number > self.max_pages:
            return not_found(base=base, path=path)
        wanted = Query(
            query=f"requested_from:{body.url_name} {query.get('query', '')}",
            after=query.get("request_date_after", ""),
            before=query.get("request_date_before", ""),
            view=view or "all",
            today=self.world.today,
        )
        found = collapsed(filter(wanted.matches, self._entries), order=last_described_first)
        html = render(
            "body.html",
            title=f"{body.name} - view and make Freedom of Information requests",
            page_id="public_body_show",
            base=base,
            path=path,
            body=body,
            total=self._count(body),
            rows=page_of(found, number),
            pages=Pages(current=number, last=math.ceil(len(found) / PER_PAGE), address=_address(path, query)),
        )
        return page(html, cache=DAY)

    def bodies(self, base: str, path: str, query: Mapping[str, str], *, tag: str | None) -> Answer:
        """``/body/list/all`` and lists by first letter or tag, 100 a page."""
        if not query.get("page", "1").isdigit():
            return not_found(base=base, path=path)
        number = _number(query)
        word = query.get("public_body_query", "").lower()
        chosen = [body for body in self.world.authorities if _tagged(body, tag) and word in body.name.lower()]
        chosen.sort(key=lambda body: body.name.lower())
        rows = chosen[(number - 1) * BODIES_PER_PAGE : number * BODIES_PER_PAGE]
        last = math.ceil(len(chosen) / BODIES_PER_PAGE)
        html = render(
            "bodies.html",
            title="Public authorities",
            page_id="public_body_list",
            base=base,
            path=path,
            total=len(chosen),
            rows=[(body, self._count(body)) for body in rows],
            pages=Pages(current=number, last=last, address=_address(path, query)),
        )
        return page(html, cache=DAY)

    def batch(self, base: str, number: int, query: Mapping[str, str]) -> Answer:
        """``/info_request_batch/N``: the requests of a batch."""
        path = f"/info_request_batch/{number}"
        requests = self.world.batches.get(number, [])
        if not requests or any(request.embargoed for request in requests):
            return not_found(base=base, path=path)
        current = _number(query)
        rows = [Entry(request, request.events[0]) for request in requests]
        html = render(
            "batch.html",
            title=requests[0].title,
            page_id="info_request_batch_show",
            base=base,
            path=path,
            first=requests[0],
            rows=page_of(rows, current),
            pages=Pages(current=current, last=math.ceil(len(rows) / PER_PAGE), address=_address(path, query)),
        )
        return page(html, cache=REVALIDATE)

    def front(self, base: str) -> Answer:
        """The front page."""
        bodies = sorted(self.world.authorities, key=self._count, reverse=True)[:15]
        successful = [
            request for request in self.world.requests if request.listed and request.described_state == "successful"
        ]
        html = render(
            "front.html",
            title="Make and browse Freedom of Information requests",
            page_id="general_frontpage",
            base=base,
            path="/",
            bodies=[(body, self._count(body)) for body in bodies],
            total_bodies=len(self.world.authorities),
            total_requests=sum(request.listed for request in self.world.requests),
            requests=successful[-6:][::-1],
        )
        return page(html, cache=HOUR)

    def similar(self, request: StandinRequest) -> Sequence[StandinRequest]:
        """A few other requests to the same body."""
        others = self.world.by_authority[request.authority.url_name]
        return [other for other in others if other.listed and other.id != request.id][:5]

    def _count(self, body: StandinAuthority) -> int:
        return sum(request.listed for request in self.world.by_authority[body.url_name])


def _number(query: Mapping[str, str]) -> int:
    """The page asked for; what is no number, or too small, is the first."""
    asked = query.get("page", "1")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1


def _address(path: str, query: Mapping[str, str]) -> str:
    kept = {name: value for name, value in query.items() if name != "page"}
    return f"{path}?{urlencode(kept)}&page=" if kept else f"{path}?page="


def _tagged(body: StandinAuthority, tag: str | None) -> bool:
    if tag is None or tag == "all":
        return True
    return body.name.lower().startswith(tag) if len(tag) == 1 else any(name == tag for name, _ in body.tags)
