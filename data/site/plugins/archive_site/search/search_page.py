"""``/search``: messages, the pages of documents and titles by their words, narrowed by what a request is of."""

import secrets
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from datasette import Response
from datasette.database import QueryInterrupted
from markupsafe import Markup

from archive_site.search import forms, suggest
from archive_site.search.facets import Facet, facets
from archive_site.search.filters import LAWS, Filters, filters
from archive_site.search.index import COUNTED, INDEXES, RANKED, Found, Kind, Sort, Wanted, look
from archive_site.search.words import LONGEST_QUERY, MOST_TERMS, Terms, terms
from archive_site.store import NoArchiveError, Row, about, database_name, rows
from archive_site.texts.marks import safe
from archive_site.wording import body_words

PAGE_SIZE = 20
LAST_PAGE = 50
WORK_LIMIT, TIME_LIMIT = 1.0, 4.0
"""Seconds of a processor that looking may take, and of the clock, since a disk or other searches may be slow."""
_STEPS = 500
"""Steps of SQLite's machine between two looks at the clocks."""

WHERE: dict[str, str] = {
    "all": "Everywhere",
    "documents": "Attached letters",
    "messages": "Messages",
    "titles": "Titles of requests",
}
SORTS: dict[str, str] = {"best": "Best matches first", "newest": "Newest first"}

_PLACES = """
SELECT m.value ->> 0 AS found_in, r.id AS request_id, r.title, r.asked_on, r.outcome, r.outcome_class,
  a.name AS authority, a.url_name, e.id AS message_id, e.direction, coalesce(e.sent_at, r.asked_on) AS said_on,
  e.sent_at, coalesce(e.url, r.url) AS url, p.id AS page_id, p.number, d.name AS document, d.page_count
FROM json_each(:places) AS m
LEFT JOIN pages AS p ON m.value ->> 0 = 'documents' AND p.rowid = m.value ->> 1
LEFT JOIN attachments AS d ON d.id = p.attachment_id
LEFT JOIN messages AS e ON (m.value ->> 0 = 'messages' AND e.rowid = m.value ->> 1) OR e.id = d.message_id
JOIN requests AS r ON r.id = CASE m.value ->> 0 WHEN 'titles' THEN m.value ->> 1
  ELSE coalesce(p.request_id, e.request_id) END
JOIN authorities AS a ON a.id = r.authority_id
ORDER BY m.key"""
_YEARS = "SELECT DISTINCT year FROM sector_years WHERE year IS NOT NULL ORDER BY year DESC"
_NO_REQUEST_BEFORE = "2005-01"
"""The Acts came into force."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One match: where it is, and the words around it."""

    row: Row
    snippet: Markup
    words: str
    """The words around it without marks."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A search as its address has it."""

    q: str
    where: str
    sort: Sort
    page: int
    filters: Filters
    terms: Terms

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a word nor a filter."""
        return not (self.terms.wanted or self.filters.marks)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The indexes that are shown; without words, everywhere is the list of requests."""
        if self.where == "all":
            return tuple(INDEXES) if self.terms.wanted else ("titles",)
        return tuple(kind for kind in INDEXES if kind == self.where)

    def parameters(self, **changed: str | int | None) -> dict[str, str | int]:
        """The parameters of this search's address with some changed; those that say nothing are left out."""
        now: Mapping[str, str | int | None] = {
            **{name: self.filters.given.get(name) for name in ("authority", "year", "regime", "provision", "outcome")},
            "in": self.where if self.where != "all" else None,
            "sort": self.sort if self.sort != "best" else None,
            **changed,
        }
        return {"q": self.q, **{name: value for name, value in now.items() if value}}

    def without(self, *names: str) -> dict[str, str | int]:
        """The parameters without these."""
        return self.parameters(**dict.fromkeys(names))


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a search found."""

    found: Found
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    total: int


async def asked_of(datasette: Any, args: Any) -> Asked:
    """The search that the parameters of an address ask for."""
    q = (args.get("q") or "").strip()[:LONGEST_QUERY]
    where = args.get("in") if args.get("in") in WHERE else "all"
    sort: Sort = "newest" if args.get("sort") == "newest" else "best"
    return Asked(
        q=q,
        where=where,
        sort=sort,
        page=_page(args.get("page")),
        filters=await filters(datasette, args),
        terms=terms(q),
    )


async def search_view(request: Any, datasette: Any) -> Response:
    """``/search``, and with ``.json``, ``.csv`` or ``.atom`` the same for programs."""
    form = request.url_vars.get("form") or ""
    try:
        asked = await asked_of(datasette, request.args)
        answer = await answered(datasette, asked, newest=form == "atom", size=forms.SIZE if form else PAGE_SIZE)
    except (NoArchiveError, QueryInterrupted) as error:
        if form:
            return Response.text(f"{_why(error)}\n", status=503)
        if isinstance(error, NoArchiveError):
            raise
        return await _page_of(request, datasette, {"too_slow": True, **_form(request)})
    if form:
        return await forms.response(form, request, datasette, asked, answer)
    return await _page_of(request, datasette, {**await _context(datasette, asked), "answer": answer})


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, NoArchiveError) else "That search took too long: its words are too common."


def _form(request: Any) -> dict[str, Any]:
    return {"q": (request.args.get("q") or "")[:LONGEST_QUERY], "where": "all", "asked": None}


async def _page_of(request: Any, datasette: Any, context: dict[str, Any]) -> Response:
    shared = {
        "wheres": WHERE, "sorts": SORTS, "laws": LAWS, "classes": body_words.CLASSES, "counted": COUNTED,
        "ranked": RANKED, "most_terms": MOST_TERMS,
    }  # fmt: skip
    body = await datasette.render_template("search.html", {**shared, **context}, request=request, view_name="archive")
    return Response.html(body)


async def _context(datasette: Any, asked: Asked) -> dict[str, Any]:
    words = asked.q if asked.terms.wanted else ""
    return {
        "asked": asked,
        "q": asked.q,
        "where": asked.where,
        "page_number": asked.page,
        "years": [one["year"] for one in await rows(datasette, _YEARS)],
        "authorities": await suggest.authorities(datasette, words) if not asked.filters.authority else [],
        "provisions": await suggest.provisions(datasette, words) if not asked.filters.grounds else [],
    }


async def answered(datasette: Any, asked: Asked, *, newest: bool = False, size: int = PAGE_SIZE) -> Answer | None:
    """The matches of one page; None where nothing is looked for, or a filter is not understood."""
    if asked.is_empty or asked.filters.problems or asked.filters.offered:
        return None
    facts = await about(datasette)
    wanted = Wanted(
        terms=asked.terms,
        marks=asked.filters.marks,
        kinds=asked.kinds,
        sort="newest" if newest else asked.sort,
        skip=(asked.page - 1) * size,
        size=size,
        last_day=facts.get("last_checked_at") or facts.get("built_at", ""),
        first_day=f"{asked.filters.year}-01" if asked.filters.year else _NO_REQUEST_BEFORE,
    )
    opened, closed = (f"<{slash}{secrets.token_hex(8)}>" for slash in ("", "/"))
    found = await _look(datasette, wanted, (opened, closed))
    places = await rows(datasette, _PLACES, places=_json(found))
    hits = tuple(
        Hit(
            row=place,
            snippet=snippet(one.snippet, opened, closed),
            words=one.snippet.replace(opened, "").replace(closed, ""),
        )
        for one, place in zip(found.places, places, strict=True)
    )
    return Answer(
        found=found,
        hits=hits,
        facets=await facets(datasette, found.keys, asked) if size == PAGE_SIZE else (),
        total=sum(found.counts[kind] for kind in asked.kinds),
    )


def _json(found: Found) -> str:
    return "[" + ",".join(f'["{place.kind}",{place.key}]' for place in found.places) + "]"


async def _look(datasette: Any, wanted: Wanted, marks: tuple[str, str]) -> Found:
    """``look`` within its own time limit, in a thread of Datasette's."""

    def limited(connection: sqlite3.Connection) -> Found:
        try:
            with _limited(connection):
                return look(connection, wanted, marks=marks)
        except sqlite3.OperationalError as error:
            if error.args == ("interrupted",):
                raise QueryInterrupted(error, "search", {}) from error
            raise

    found: Found = await datasette.databases[database_name(datasette)].execute_fn(limited)
    return found


@contextmanager
def _limited(connection: sqlite3.Connection) -> Iterator[None]:
    """Ends what takes longer than a search may, by the work of this thread alone and by the clock."""
    work, clock = time.thread_time() + WORK_LIMIT, time.monotonic() + TIME_LIMIT

    def is_over() -> bool:
        return time.thread_time() > work or time.monotonic() > clock

    connection.set_progress_handler(is_over, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, _STEPS)


def _page(asked: str | None) -> int:
    return min(max(1, int(asked)), LAST_PAGE) if asked and asked.isdecimal() and len(asked) < 9 else 1


def snippet(text: str, opened: str, closed: str) -> Markup:
    """The words around a match; ``opened`` and ``closed`` were made for this answer, so no letter can hold them."""
    first, *others = text.split(opened)
    pieces = [safe(first)]
    for other in others:
        inside, _, after = other.partition(closed)
        pieces += [Markup("<mark>{}</mark>").format(safe(inside)), safe(after)]
    return Markup("").join(pieces)
