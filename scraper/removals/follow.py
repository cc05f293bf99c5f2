"""What storing a look does for removals: suspicions are entered, and older answers given up."""

import sqlite3
from collections.abc import Sequence
from urllib.parse import urlsplit

from scraper.archive.ledger import Kept
from scraper.items import RefusalItem, RequestItem
from scraper.removals import changes, traces, withdrawals
from scraper.removals.mentions import note
from scraper.removals.release import release, release_rows

_CONTROL = """
SELECT 1 FROM fetches WHERE run_id = :run AND status IN (200, 304) AND page_kind IN ('request', 'request_json')
  AND id > (SELECT min(id) FROM fetches WHERE run_id = :run AND url = :url AND status = 404)
LIMIT 1
"""
"""Whether, since a number was first not found in this run, the page or JSON of a request came as it should."""

_PUBLIC = """
SELECT slug FROM requests WHERE id <> ? AND prominence = 'normal' AND slug NOT LIKE '#%'
  AND 'request/' || id NOT IN (SELECT subject FROM withdrawals) ORDER BY last_checked_at DESC, id DESC LIMIT ?
"""
_MOST_CONTROLS = 3
MADE_FROM = """
(EXISTS (SELECT 1 FROM requests WHERE json_sha256 = fetches.sha256 AND slug NOT LIKE '#%') OR EXISTS (
  SELECT 1 FROM requests JOIN files ON files.sha256 = page_sha256
  WHERE page_sha256 = fetches.sha256 AND slug NOT LIKE '#%' AND size > 0))
"""
"""Whether the rows of a request are made from an answer, the empty one aside that stands for pages not to be kept."""
_OLD = f"url = :url AND sha256 IS NOT NULL AND sha256 <> :sha256 AND NOT {MADE_FROM}"
_OLDER = f"SELECT DISTINCT sha256 FROM fetches WHERE {_OLD}"  # noqa: S608 - text of this module
_SUPERSEDED = f"UPDATE fetches SET sha256 = NULL WHERE {_OLD}"  # noqa: S608 - likewise


def controls(connection: sqlite3.Connection, request_id: int) -> list[str]:
    """Slugs of a few other requests that were public when last looked at: if one of them comes, the site is well."""
    return [slug for (slug,) in connection.execute(_PUBLIC, [request_id, _MOST_CONTROLS])]


def suspect(connection: sqlite3.Connection, run_id: int, request_id: int, item: RefusalItem, seen_at: str) -> None:
    """Enter that a request which is held here was refused as hidden or not found."""
    subject = f"request/{request_id}"
    standing = "SELECT state FROM withdrawals WHERE subject = ?"
    before = connection.execute(standing, [subject]).fetchone()
    hidden = item.reason == "hidden"
    came = not hidden and connection.execute(_CONTROL, {"run": run_id, "url": item.url}).fetchone() is not None
    known = came or controls(connection, request_id)
    withdrawals.withdraw(
        connection,
        subject,
        request_id=request_id,
        state=item.reason,
        seen_at=seen_at,
        evidence="removal_page" if hidden else "slug_and_number",
        control="came" if came else "not_seen" if known else "none_known",
    )
    after = connection.execute(standing, [subject]).fetchone()
    if before != after:
        kind: changes.Kind = "hidden" if hidden else "not_found"
        changes.add(connection, run_id, request_id, seen_at, [changes.Change(subject=subject, kind=kind)])


def addresses(item: RequestItem) -> list[str]:
    """Addresses under which a request that came may have been refused before, its number's among them."""
    origins = {"://".join(urlsplit(fetch.url)[:2]) for fetch in item.fetches}
    return [fetch.url for fetch in item.fetches] + [f"{origin}/request/{item.record.id}" for origin in origins]


def give_up_older(connection: sqlite3.Connection, item: RequestItem, before: changes.Held) -> None:
    """Give up answers that a newer look at the request has made old, and addresses of a slug it no longer has."""
    bodies = traces.keep_only(connection, [fetch.url for fetch in item.fetches])
    if before.slug is not None and before.slug != item.record.slug:
        bodies |= traces.cover(connection, item.record.id, [before.slug])
    release(connection, bodies | before.bodies)
    rows = connection.execute("SELECT subject FROM withdrawals WHERE request_id = ?", [item.record.id])
    gone = [before.files[subject].sha256 for (subject,) in rows if subject in before.files]
    release_rows(connection, [sha256 for sha256 in gone if sha256 is not None])


def supersede(connection: sqlite3.Connection, kept: Sequence[Kept]) -> None:
    """Give up the bodies of earlier answers, once the rows that were made of the newest ones are stored.

    Where none could be made of them, or were not yet, that of which the rows are made stays beside the newest.
    """
    for one in kept:
        if one.sha256 is not None and one.fetch.page_kind == "request" and one.fetch.body is not None:
            note(connection, one.fetch.url, one.fetch.body, one.sha256)
        if one.sha256 is not None and one.fetch.status == 200:
            given = {"url": one.fetch.url, "sha256": one.sha256}
            older = [sha256 for (sha256,) in connection.execute(_OLDER, given)]
            connection.execute(_SUPERSEDED, given)
            release(connection, older)
