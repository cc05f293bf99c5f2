"""How much of each authority's correspondence is here, and what has become of the rest."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from scraper.archive import lists
from scraper.archive.covered import Covered
from scraper.archive.database import Archive
from scraper.publishing.attached import Attachment
from scraper.publishing.rows import Row

_AUTHORITIES = "SELECT id, url_name, name, requests_count FROM authorities ORDER BY id"
_REFUSED = frozenset({"hidden", "erased", "missing", "refused_by_robots", "too_big", "not_a_file", "failed"})
_FILES = ("attachments", "read", "unreadable", "held_back", "refused", "waiting")
FATES = ("fetched", "missing", "refused_by_robots", "hidden", "not_found", "kept_back")
"""What can have become of a request that was found: each is one of these."""
_HELD = """
SELECT id, authority_id, state,
  EXISTS (SELECT 1 FROM listed WHERE request_id = requests.id)
  OR EXISTS (SELECT 1 FROM listed WHERE listed.slug = requests.slug)
FROM requests LEFT JOIN withdrawals ON subject = 'request/' || requests.id
"""
_NOT_HELD = """
SELECT authorities.id, request_id IS NULL, listed.slug,
  (SELECT state FROM withdrawals WHERE subject = 'request/' || listed.request_id)
FROM (
  SELECT max(authority) AS authority, request_id, max(slug) AS slug FROM listed
  WHERE slug NOT IN (SELECT slug FROM requests) AND (request_id IS NULL OR request_id NOT IN (SELECT id FROM requests))
  GROUP BY coalesce(request_id, slug)
) AS listed LEFT JOIN authorities ON authorities.url_name = listed.authority
"""
_ERASED = """
SELECT of_authority, state, was_listed FROM withdrawals JOIN authorities ON authorities.id = of_authority
WHERE erased_at IS NOT NULL AND subject = 'request/' || request_id AND request_id NOT IN (SELECT id FROM requests)
  AND request_id NOT IN (SELECT request_id FROM listed WHERE request_id IS NOT NULL)
"""
"""Requests of which nothing is left but that they were held."""


class Coverage:
    """Counts, authority by authority, while requests go by."""

    def __init__(self) -> None:
        self._counts: dict[int | None, Counter[str]] = {}

    def add(self, authority_id: int, *, letters_read: int, fates: Counter[str]) -> None:
        """One published request, with what has become of its files."""
        counts = self._of(authority_id)
        counts["fetched"] += 1
        counts["requests_read"] += letters_read > 0
        counts["attachments"] += fates.total()
        counts.update(fates)

    def requests(self, authority_id: int) -> int:
        """How many requests of that authority are published."""
        return self._counts.get(authority_id, Counter())["fetched"]

    def add_rest(self, connection: sqlite3.Connection, published: Collection[int]) -> None:
        """The requests that are not published, and why; call it once, when all that are have been added."""
        for identity, authority_id, state, listed in connection.execute(_HELD):
            counts = self._of(authority_id)
            counts["listed"] += listed
            if identity not in published:
                counts[_withdrawn(state)] += 1
        for authority_id, state, listed in connection.execute(_ERASED):
            self._of(authority_id).update({"listed": listed, _withdrawn(state): 1})
        refused = lists.refused(connection)
        for authority_id, never_fetched, slug, state in connection.execute(_NOT_HELD):
            counts = self._of(authority_id)
            counts["listed"] += 1
            counts[refused.get(slug, "missing") if never_fetched else _withdrawn(state)] += 1

    @property
    def unattributed(self) -> int:
        """Requests that lists showed of authorities that the archive does not know, so that no row counts them."""
        return self._of(None)["listed"]

    def rows(self, archive: Archive) -> Iterator[Row]:
        """One row for each authority of the archive."""
        covered = Covered(archive)
        for identity, url_name, name, known in archive.connection.execute(_AUTHORITIES):
            counts = self._of(identity)
            days = covered.of(url_name)
            told: dict[str, Any] = {column: counts[column] for column in ("listed", *FATES, "requests_read", *_FILES)}
            yield {
                "authority_id": identity,
                "authority": name,
                "known": known,
                "found": sum(counts[fate] for fate in FATES),
                **told,
                "covered_from": days.first.isoformat() if days else None,
                "covered_until": days.last.isoformat() if days else None,
            }

    def _of(self, authority_id: int | None) -> Counter[str]:
        return self._counts.setdefault(authority_id, Counter())


def _withdrawn(state: str | None) -> str:
    return state if state in {"hidden", "not_found"} else "kept_back"


def fate_of(attachment: Attachment) -> str:
    """What has become of a file, as ``coverage`` counts it."""
    if attachment.state != "file" or attachment.fetch_status in _REFUSED:
        return "refused"
    if attachment.held_back:
        return "held_back"
    if attachment.document_status is None:
        return "waiting"
    return "read" if attachment.document_status == "read" else "unreadable"
