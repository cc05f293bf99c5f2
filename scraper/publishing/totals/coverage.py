"""How much of each authority's correspondence is here, and what has become of the rest."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from scraper.archive import lists
from scraper.archive.covered import Covered
from scraper.archive.database import Archive
from scraper.publishing.request.rows import Row

_AUTHORITIES = "SELECT id, url_name, name, requests_count FROM authorities ORDER BY id"
_FILES = ("attachments", "read", "unreadable", "held_back", "refused", "waiting")
FATES = ("fetched", "missing", "refused_by_robots", "hidden", "not_found", "kept_back")
"""What can have become of a request that was found: each is one of these."""
_PUBLISHED = "SELECT authority_id, count(*), sum(letters_read > 0) FROM requests GROUP BY 1"
_FILES_OF = """
SELECT r.authority_id, CASE
    WHEN a.state <> 'file' OR a.read_status IN ('missing', 'refused_by_robots', 'not_a_file', 'failed')
      OR (a.read_status = 'too_big' AND a.sha256 IS NULL) THEN 'refused'
    WHEN a.held_back IS NOT NULL THEN 'held_back'
    WHEN a.read_status IN ('not_read', 'not_fetched', 'waiting') THEN 'waiting'
    WHEN a.read_status = 'read' THEN 'read' ELSE 'unreadable' END AS fate,
  count(*)
FROM attachments AS a JOIN requests AS r ON r.id = a.request_id
WHERE a.parent_id IS NULL GROUP BY 1, 2
"""
"""By what is published of each file, so that the count and the rows agree."""
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
    """Counts, authority by authority."""

    def __init__(self) -> None:
        self._counts: dict[int | None, Counter[str]] = {}

    def add_published(self, public: sqlite3.Connection) -> None:
        """The requests that are published, and what has become of the files that the site lists in them."""
        for authority_id, fetched, read in public.execute(_PUBLISHED):
            self._of(authority_id).update({"fetched": fetched, "requests_read": read})
        for authority_id, fate, files in public.execute(_FILES_OF):
            self._of(authority_id).update({"attachments": files, fate: files})

    def requests(self, authority_id: int) -> int:
        """How many requests of that authority are published."""
        return self._counts.get(authority_id, Counter())["fetched"]

    def add_rest(self, connection: sqlite3.Connection, published: Collection[int]) -> None:
        """The requests that are not published, and why; call it once."""
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
