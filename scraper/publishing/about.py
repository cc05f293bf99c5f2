"""Tables about the archive: authorities, coverage, withdrawals, refusals, runs, and what this database is."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from parsers.clock import nation_of, regimes_of
from parsers.errors import ParseError
from parsers.wdtk.urls import SiteUrls, attachment_place, request_reference
from scraper.publishing.attached import Attachment
from scraper.publishing.rows import Row
from scraper.publishing.threads import Authority

_AUTHORITIES = "SELECT id, url_name, name, short_name, home_page, requests_count FROM authorities ORDER BY id"
_WITHDRAWALS = "SELECT subject, request_id, state, first_seen_at, last_seen_at FROM withdrawals ORDER BY subject"
_REFUSALS = "SELECT url, reason, first_seen_at, last_seen_at FROM refusals ORDER BY url, reason"
_RUNS = """
SELECT id, command, started_at, ended_at, finish_reason, counts FROM runs WHERE command <> 'publish' ORDER BY id
"""
_SITE = """
SELECT url FROM fetches WHERE page_kind = 'request' ORDER BY id DESC LIMIT 1
"""
_GONE = frozenset({"hidden", "not_found", "erased", "absent"})
"""Reasons for which the address is not published: it holds the title of what was taken down."""
_REFUSED = frozenset({"hidden", "erased", "missing", "refused_by_robots", "too_big", "not_a_file", "failed"})
DEFAULT_SITE = "https://www.whatdotheyknow.com"


def site_of(connection: sqlite3.Connection) -> str:
    """The site that the archive was last fetched from; the real one where it does not say."""
    row = connection.execute(_SITE).fetchone()
    return "/".join(row[0].split("/")[:3]) if row else DEFAULT_SITE


class Coverage:
    """Counts, authority by authority, while requests go by."""

    def __init__(self) -> None:
        self._counts: dict[int, Counter[str]] = {}

    def add(self, authority_id: int, *, letters_read: int, attachments: Collection[Attachment]) -> None:
        """One published request with its files."""
        counts = self._counts.setdefault(authority_id, Counter())
        counts["fetched"] += 1
        counts["requests_read"] += letters_read > 0
        counts["attachments"] += len(attachments)
        counts.update(_fate(attachment) for attachment in attachments)

    def requests(self, authority_id: int) -> int:
        """How many requests of that authority are published."""
        return self._counts.get(authority_id, Counter())["fetched"]

    def rows(self, connection: sqlite3.Connection) -> Iterator[Row]:
        """One row for each authority of the archive."""
        columns = ("fetched", "requests_read", "attachments", "read", "unreadable", "held_back", "refused", "waiting")
        for identity, _, _, _, _, known in connection.execute(_AUTHORITIES):
            counts = self._counts.get(identity, Counter())
            yield {"authority_id": identity, "known": known} | {column: counts[column] for column in columns}


def _fate(attachment: Attachment) -> str:
    if attachment.state != "file" or attachment.fetch_status in _REFUSED:
        return "refused"
    if attachment.held_back:
        return "held_back"
    if attachment.document_status is None:
        return "waiting"
    return "read" if attachment.document_status == "read" else "unreadable"


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


def copied_rows(connection: sqlite3.Connection) -> dict[str, list[Row]]:
    """Withdrawals and runs, which hold nothing that may not be shown."""
    return {"withdrawals": _rows(connection, _WITHDRAWALS), "runs": _rows(connection, _RUNS)}


def refusal_rows(
    connection: sqlite3.Connection, *, published: Collection[int], unnamed: Collection[int], urls: SiteUrls
) -> Iterator[Row]:
    """What was refused; without the address where that would tell of something taken down or not published.

    ``published`` are the ids of the requests that are; ``unnamed`` of those among them whose slug is not.
    """
    secret: set[str | int] = set()
    for identity, slug in connection.execute("SELECT id, slug FROM requests"):
        if identity not in published:
            secret |= {identity, slug}
        elif identity in unnamed:
            secret.add(slug)
    for number, (url, reason, first, last) in enumerate(connection.execute(_REFUSALS).fetchall(), start=1):
        shown = None if reason in _GONE else _address(url, secret, urls)
        yield {"id": number, "url": shown, "reason": reason, "first_seen_at": first, "last_seen_at": last}


def _address(url: str, secret: Collection[str | int], urls: SiteUrls) -> str | None:
    """The address as it may be shown: a file's name may name a person, so a file is shown by its message."""
    try:
        request = request_reference(url)
    except ParseError:
        return url
    if request.slug in secret or request.id in secret:
        return None
    try:
        place = attachment_place(url)
    except ParseError:
        return url
    page = urls.request(request.slug) if request.slug else urls.request_by_id(request.id or 0)
    return f"{page}#incoming-{place.message_number}"


def _rows(connection: sqlite3.Connection, statement: str) -> list[Row]:
    cursor = connection.execute(statement)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def about_rows(told: dict[str, Any]) -> Iterator[Row]:
    """One row for each thing said of the database."""
    for key, value in told.items():
        yield {"key": key, "value": str(value)}
