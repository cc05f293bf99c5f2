"""Totals that the pages about the archive print, counted once when the database is built.

They are rows of ``about``, so that no page has to go through a table to say how much there is.
"""

import sqlite3

_COUNTS: dict[str, str] = {
    "authorities_asked": "SELECT count(DISTINCT authority_id) FROM requests",
    "requests_read": "SELECT count(*) FROM requests WHERE letters_read > 0",
    "requests_with_an_outcome": "SELECT count(*) FROM requests WHERE outcome IS NOT NULL",
    "labels_compared": "SELECT count(label_agrees) FROM requests",
    "labels_agreeing": "SELECT count(*) FROM requests WHERE label_agrees = 1",
    "requests_without_a_law": "SELECT count(*) FROM requests WHERE regime IS NULL",
    "messages_incoming": "SELECT count(*) FROM messages WHERE direction = 'incoming'",
    "messages_hidden": "SELECT count(*) FROM messages WHERE prominence <> 'normal'",
    "messages_read": "SELECT count(*) FROM readings WHERE attachment_id IS NULL",
    "documents_read": "SELECT count(*) FROM readings WHERE attachment_id IS NOT NULL",
    "pages_recognised": "SELECT count(*) FROM pages WHERE source = 'ocr'",
    "pages_not_recognised": "SELECT count(*) FROM pages WHERE source = 'ocr_doubtful'",
    "citations_relied_on": "SELECT count(*) FROM citations WHERE relied_on = 1",
    "grounds_counted": "SELECT count(*) FROM citations WHERE counted = 1",
    "requests_with_a_ground": "SELECT count(DISTINCT request_id) FROM citations WHERE counted = 1",
    "first_asked_on": "SELECT min(asked_on) FROM requests",
    "last_asked_on": "SELECT max(asked_on) FROM requests",
    "first_checked_at": "SELECT min(last_checked_at) FROM requests",
}
_COVERAGE = """
SELECT sum(known) AS requests_known_to_the_site, count(known) AS authorities_with_a_known_number,
  sum(CASE WHEN known IS NOT NULL THEN fetched END) AS requests_fetched_of_known,
  sum(found) AS requests_met, sum(missing) AS requests_missing, sum(refused_by_robots) AS requests_refused_by_robots,
  sum(hidden) AS requests_hidden, sum(not_found) AS requests_not_found, sum(kept_back) AS requests_kept_back,
  sum(attachments) AS files, sum(read) AS files_read, sum(unreadable) AS files_unreadable,
  sum(held_back) AS files_held_back, sum(refused) AS files_refused, sum(waiting) AS files_waiting
FROM coverage
"""
_DAYS = (7, 30, 90, 365)
"""Days before the building within which requests are counted that were looked at."""
_CHECKED = """
SELECT coalesce(sum(replace(replace(last_checked_at, 'T', ' '), 'Z', '') >= datetime(:built_at, :within)), 0)
FROM requests
"""


def figures(public: sqlite3.Connection, *, built_at: str) -> dict[str, int | str]:
    """What the tables of the database now come to, by the key that ``about`` has for it; 0 or empty for nothing."""
    return _counted(public) | freshness(public, built_at=built_at)


def freshness(public: sqlite3.Connection, *, built_at: str) -> dict[str, int | str]:
    """How many requests were last looked at within so many days before the building."""
    return {
        f"requests_checked_within_{days}_days": public.execute(
            _CHECKED, {"built_at": built_at, "within": f"-{days} days"}
        ).fetchone()[0]
        for days in _DAYS
    }


def _counted(public: sqlite3.Connection) -> dict[str, int | str]:
    counted = {key: _first(public, statement) for key, statement in _COUNTS.items()}
    cursor = public.execute(_COVERAGE)
    names = [column[0] for column in cursor.description]
    summed = {name: value or 0 for name, value in zip(names, cursor.fetchone(), strict=True)}
    return counted | summed


def _first(public: sqlite3.Connection, statement: str) -> int | str:
    (value,) = public.execute(statement).fetchone()
    return "" if value is None else value
