"""Tables about the archive: authorities, coverage, withdrawals, refusals, runs, and what this database is."""

import re
import sqlite3
from collections.abc import Callable, Collection, Iterator
from typing import Any

from parsers.clock import nation_of, regimes_of
from parsers.errors import ParseError
from parsers.sectors import sector_of
from parsers.wdtk.urls import RequestReference, SiteUrls, attachment_place, path_of, request_reference
from scraper.due.promises import promised
from scraper.publishing.ids import Ids
from scraper.publishing.request.rows import Row
from scraper.publishing.request.threads import Authority
from scraper.publishing.totals.coverage import Coverage

_AUTHORITIES = "SELECT id, url_name, name, short_name, home_page, requests_count FROM authorities ORDER BY id"
_WITHDRAWALS = """
SELECT subject, request_id, state, first_seen_at, last_seen_at, evidence, looks, confirmed_at, erased_at
FROM withdrawals ORDER BY subject
"""
_CHANGES = "SELECT id, request_id, seen_at, kind, subject, before, after FROM changes ORDER BY id"
_TAKEN_DOWN = "SELECT request_id FROM withdrawals WHERE subject = 'request/' || request_id"
_OF_SLUG, _OF_ID = "SELECT 1 FROM requests WHERE slug = ?", "SELECT 1 FROM requests WHERE id = ?"
_REFUSALS = "SELECT url, reason, first_seen_at, last_seen_at FROM refusals ORDER BY url, reason"
_RUNS = """
SELECT id, command, started_at, ended_at, finish_reason, counts FROM runs WHERE command <> 'publish' ORDER BY id
"""
_SITE = """
SELECT url FROM fetches WHERE page_kind = 'request' ORDER BY id DESC LIMIT 1
"""
_GONE = frozenset({"hidden", "not_found", "erased", "absent"})
"""Reasons for which the address is not published: it holds the title of what was taken down."""
_OF_LISTS = re.compile(r"/robots\.txt|/(?:list|body)(?:/[A-Za-z0-9_.-]{1,200}){0,3}")
"""Paths of pages that name no request."""
DEFAULT_SITE = "https://www.whatdotheyknow.com"


def site_of(connection: sqlite3.Connection) -> str:
    """The site that the archive was last fetched from; the real one where it does not say."""
    row = connection.execute(_SITE).fetchone()
    return "/".join(row[0].split("/")[:3]) if row else DEFAULT_SITE


def authority_rows(
    connection: sqlite3.Connection, authorities: dict[int, Authority], coverage: Coverage, urls: SiteUrls
) -> Iterator[Row]:
    """One row for each authority of the archive."""
    for identity, url_name, name, short_name, home_page, _ in connection.execute(_AUTHORITIES):
        tags = authorities[identity].tags
        yield {
            "id": identity,
            "url_name": url_name,
            "name": name,
            "short_name": short_name,
            "nation": nation_of(tags),
            "sector": sector_of(tags),
            "regimes": ", ".join(regimes_of(tags)),
            "home_page": home_page,
            # While two authorities claim one name, the one that lost it has no address of its own.
            "url": urls.base if url_name.startswith("#") else urls.authority(url_name),
            "request_count": coverage.requests(identity),
        }


def tag_rows(authorities: dict[int, Authority]) -> Iterator[Row]:
    """One row for each tag."""
    for authority in authorities.values():
        for name, value in authority.tags:
            yield {"authority_id": authority.id, "name": name, "value": value}


def copied_rows(connection: sqlite3.Connection) -> dict[str, Iterator[Row]]:
    """Withdrawals and runs, which hold nothing that may not be shown."""
    return {"withdrawals": _named(connection.execute(_WITHDRAWALS)), "runs": _named(connection.execute(_RUNS))}


def change_rows(connection: sqlite3.Connection, published: Collection[int]) -> Iterator[Row]:
    """What changed in requests that are published; of those taken down the number, kind and time alone."""
    taken_down = Ids(identity for (identity,) in connection.execute(_TAKEN_DOWN) if identity >= 0)
    for row in _named(connection.execute(_CHANGES)):
        if row["request_id"] in published:
            yield row
        elif row["request_id"] in taken_down:
            yield row | {"subject": None, "before": None, "after": None}


def refusal_rows(connection: sqlite3.Connection, public: sqlite3.Connection, *, urls: SiteUrls) -> Iterator[Row]:
    """What was refused; with its address only where that tells of nothing but what is published.

    The address of a request holds the words of its title; ``public`` says which are published, and under which slug.
    """

    def is_named(request: RequestReference) -> bool:
        found = public.execute(_OF_SLUG if request.slug else _OF_ID, [request.slug or request.id])
        return found.fetchone() is not None

    for number, (url, reason, first, last) in enumerate(connection.execute(_REFUSALS), start=1):
        shown = None if reason in _GONE else _address(url, is_named, urls)
        yield {"id": number, "url": shown, "reason": reason, "first_seen_at": first, "last_seen_at": last}


def _address(url: str, is_named: Callable[[RequestReference], bool], urls: SiteUrls) -> str | None:
    """The address as it may be shown: a file's name may name a person, so a file is shown by its message."""
    if _OF_LISTS.fullmatch(path_of(url)):
        return url
    try:
        request = request_reference(url)
    except ParseError:
        return None
    if not is_named(request):
        return None
    try:
        place = attachment_place(url)
    except ParseError:
        return url
    page = urls.request(request.slug) if request.slug else urls.request_by_id(request.id or 0)
    return f"{page}#incoming-{place.message_number}"


def _named(cursor: sqlite3.Cursor) -> Iterator[Row]:
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def promise_facts(connection: sqlite3.Connection, *, at: str) -> dict[str, int]:
    """Within how many days requests are looked at again, lightly and whole, and of how many that is not kept."""
    told = promised(connection, at=at)
    return {
        "requests_planned": told.looked.of,
        "looks_promised_within_days": told.looked.days,
        "looks_behind": told.looked.behind,
        "whole_looks_promised_within_days": told.whole.days,
        "whole_looks_behind": told.whole.behind,
    }


def about_rows(told: dict[str, Any]) -> Iterator[Row]:
    """One row for each thing said of the database."""
    for key, value in told.items():
        yield {"key": key, "value": str(value)}
