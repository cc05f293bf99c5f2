"""Which address gives which answer."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import parse_qs, quote, unquote, urlsplit

from scraper.standin.answers import (
    DAY,
    LOCALE,
    REVALIDATE,
    Answer,
    document,
    empty_json,
    not_acceptable,
    redirect,
    router_404,
)
from scraper.standin.attachments import Attachments
from scraper.standin.json_view import authorities_csv, body_json, request_json, version_json
from scraper.standin.lists import Lists
from scraper.standin.records import StandinRequest
from scraper.standin.robots import robots_txt
from scraper.standin.slugs import simplified
from scraper.standin.views import details_page, not_found, removed_request, request_page
from scraper.standin.world import Holding


@dataclass(frozen=True, kw_only=True)
class Options:
    """How the site behaves."""

    robots: Literal["develop", "release", "deny-all"] = "develop"
    authorities_csv: bool = True
    max_pages: int = 20


@dataclass(frozen=True)
class Asked:
    """One request to the site."""

    path: str
    """Decoded."""
    query: Mapping[str, str]
    raw_path: str
    base: str


Handler = Callable[..., Answer]


class Site:
    """The stand-in as a function from addresses to answers."""

    def __init__(self, world: Holding, options: Options = Options(), asked: Counter[int] | None = None) -> None:
        self.world, self.options = world, options
        self.lists = Lists(world, max_pages=options.max_pages)
        self.attachments = Attachments(world, asked)

    def answer(self, target: str, *, base: str) -> Answer:
        """The answer to ``GET target``; ``base`` is the site's own address."""
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        asked = Asked(path=unquote(parts.path), query=query, raw_path=parts.path, base=base)
        for pattern, handler in self._routes:
            match = pattern.fullmatch(asked.path)
            if match:
                return handler(asked, **match.groupdict())
        return not_found(base=base, path=asked.raw_path)

    @cached_property
    def _routes(self) -> list[tuple[re.Pattern[str], Handler]]:
        table: list[tuple[str, Handler]] = [
            (r"/robots\.txt", self._robots),
            (r"/(?P<locale>cy|en)(?P<rest>/.*)", self._locale_prefix),
            (r"/version\.json", lambda _: document(version_json(self.world), cache=REVALIDATE)),
            (r"/", lambda asked: self.lists.front(asked.base)),
            (r"/list/(all|recent)", lambda asked: redirect(f"{asked.base}/list")),
            (r"/list(/(?P<view>successful|unsuccessful|awaiting))?", self._list),
            (r"/body/all-authorities\.csv", self._csv),
            (r"/body(/list(/(?P<tag>[^/]+))?)?", self._bodies),
            (r"/body/(?P<name>[^/]+?)\.json", self._body_json),
            (r"/body/(?P<name>[^/.]+)(/(?P<view>all|successful|unsuccessful|awaiting))?", self._body),
            (r"/info_request_batch/(?P<number>\d+)", self._batch),
            (
                r"/(?P<page>details|similar|upload|annotate|track|feed|categorise)/request/(?P<slug>[^/]+)",
                self._old_prefix,
            ),
            (r"/request/(?P<number>\d+)(?P<ending>\.json)?", self._by_number),
            (r"/request/(?P<number>\d+)/response/(?P<rest>.+)", self._file_by_number),
            (r"/request_event/(?P<number>\d+)", self._event),
            (r"/request/(?P<slug>[^/.]+)/response/(?P<message>\d+)/attach/(?P<rest>.+)", self._attachment),
            (r"/request/(?P<slug>[^/.]+)\.(?P<ending>[a-z]+)", self._other_format),
            (r"/request/(?P<slug>[^/.]+)/details", self._details),
            (r"/request/(?P<slug>[^/.]+)(/(new)?)?", self._request),
            (r"/attachments/(?P<token>[^/]+)/(?P<stage>wait|done)", self._masking),
            (r"/(list|list/\w+|request/[^/]+/details|body/[^/]+/\w+)\.(json|xml|csv)", lambda _: not_acceptable()),
        ]
        return [(re.compile(pattern), handler) for pattern, handler in table]

    # pages of the site

    def _robots(self, _: Asked) -> Answer:
        headers = {"Content-Type": "text/plain", "Cache-Control": "public, max-age=31556952"}
        return Answer(200, headers, robots_txt(self.options.robots).encode())

    def _locale_prefix(self, asked: Asked, *, locale: str, rest: str) -> Answer:
        return redirect(f"{asked.base}{quote(rest)}?locale={locale}")

    def _list(self, asked: Asked, *, view: str | None) -> Answer:
        changed = self._change_of_locale(asked)
        return changed or self.lists.requests(asked.base, asked.query, view=view or "all")

    def _change_of_locale(self, asked: Asked) -> Answer | None:
        """``?locale=cy`` sets the cookie and goes back to the plain address (1.1)."""
        if "locale" not in asked.query:
            return None
        cookie = f"locale={asked.query['locale'][:2]}; path=/; SameSite=Lax; secure"
        return redirect(f"{asked.base}{asked.raw_path}", status=302).with_headers(Set_Cookie=cookie)

    def _csv(self, _: Asked) -> Answer:
        headers = {**LOCALE, "Cache-Control": "no-cache"}
        if not self.options.authorities_csv:
            return Answer(204, headers)
        kind = {
            "Content-Type": "text/csv; charset=utf-8; header=present",
            "Content-Disposition": 'attachment; filename="all-authorities.csv"',
        }
        return Answer(200, {**headers, **kind}, authorities_csv(self.world.authorities))

    def _bodies(self, asked: Asked, *, tag: str | None) -> Answer:
        return self.lists.bodies(asked.base, asked.raw_path, asked.query, tag=tag)

    def _body_json(self, asked: Asked, *, name: str) -> Answer:
        body = self.world.bodies.get(name)
        return (
            document(body_json(self.world, body), cache=DAY)
            if body
            else not_found(base=asked.base, path=asked.raw_path)
        )

    def _body(self, asked: Asked, *, name: str, view: str | None) -> Answer:
        body = self.world.bodies.get(name)
        if body is not None:
            return self.lists.body(asked.base, body, asked.query, view=view)
        former = self.world.former_bodies.get(name)
        if former is not None:
            return redirect(f"{asked.base}/body/{former.url_name}", status=302)
        plain = simplified(name)
        if plain != name and plain in self.world.bodies:
            return redirect(f"{asked.base}/body/{plain}")
        return not_found(base=asked.base, path=asked.raw_path)

    def _batch(self, asked: Asked, *, number: str) -> Answer:
        return self.lists.batch(asked.base, int(number), asked.query)

    # one request

    def _request(self, asked: Asked, *, slug: str) -> Answer:
        changed = self._change_of_locale(asked)
        if changed:
            return changed
        if "update_status" in asked.query:
            return redirect(f"{asked.base}/profile/sign_in", status=302)
        request = self.world.by_slug.get(slug)
        refused = self._refusal(asked, request, page_id="request_show")
        if refused or request is None:
            return refused or not_found(base=asked.base, path=asked.raw_path)
        return request_page(
            request,
            base=asked.base,
            path=asked.raw_path,
            unfold="unfold" in asked.query,
            batch_size=len(self.world.batches.get(request.batch_id or -1, ())),
            similar=self.lists.similar(request),
        )

    def _refusal(self, asked: Asked, request: StandinRequest | None, *, page_id: str) -> Answer | None:
        """404 for what is not there or embargoed, 403 for what is hidden (2.7)."""
        if request is None:
            return not_found(base=asked.base, path=asked.raw_path)
        if request.embargoed:
            return not_found(
                base=asked.base, path=asked.raw_path, page_id=page_id, cache_control="max-age=3600, public"
            )
        if not request.readable:
            return removed_request(request, base=asked.base, path=asked.raw_path, page_id=page_id)
        return None

    def _details(self, asked: Asked, *, slug: str) -> Answer:
        request = self.world.by_slug.get(slug)
        refused = self._refusal(asked, request, page_id="request_details")
        if refused or request is None:
            return refused or not_found(base=asked.base, path=asked.raw_path)
        return details_page(request, base=asked.base, path=asked.raw_path, cache_control=DAY)

    def _other_format(self, asked: Asked, *, slug: str, ending: str) -> Answer:
        request = self.world.by_slug.get(slug)
        if request is None or request.embargoed:
            return empty_json(404)
        if not request.readable:
            return empty_json(403)
        if ending == "html":
            return self._request(asked, slug=slug)
        if ending == "json":
            answer = document(request_json(self.world, request))
            return answer.with_headers(X_Robots_Tag="noindex") if request.prominence == "backpage" else answer
        return not_acceptable()

    def _old_prefix(self, asked: Asked, *, page: str, slug: str) -> Answer:
        return redirect(f"{asked.base}/request/{slug}/{page}")

    def _by_number(self, asked: Asked, *, number: str, ending: str | None) -> Answer:
        request = self.world.by_id.get(int(number))
        if request is None or not request.readable:
            return router_404()
        return redirect(f"{asked.base}/request/{request.slug}{ending or ''}")

    def _file_by_number(self, asked: Asked, *, number: str, rest: str) -> Answer:
        request = self.world.by_id.get(int(number))
        if request is None or not request.readable:
            return router_404()
        return redirect(f"{asked.base}/request/{request.slug}/response/{quote(rest)}")

    def _event(self, asked: Asked, *, number: str) -> Answer:
        request, event = self.world.events.get(int(number), (None, None))
        if request is None or event is None or request.embargoed:
            return not_found(base=asked.base, path=asked.raw_path)
        anchor = f"#{event.message.anchor}" if event.message else ""
        return redirect(f"{asked.base}/request/{request.slug}{anchor}").with_headers(**LOCALE)

    def _attachment(self, asked: Asked, *, slug: str, message: str, rest: str) -> Answer:
        request = self.world.by_slug.get(slug)
        refused = self._refusal(asked, request, page_id="attachments_show")
        if refused or request is None:
            return refused or not_found(base=asked.base, path=asked.raw_path)
        return self.attachments.answer(request, int(message), rest, base=asked.base, path=asked.raw_path)

    def _masking(self, asked: Asked, *, token: str, stage: str) -> Answer:
        handler = self.attachments.wait if stage == "wait" else self.attachments.done
        return handler(token, unquote(asked.query.get("referer", "")), base=asked.base, path=asked.raw_path)
