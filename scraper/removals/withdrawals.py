"""What was visible at the source and no longer is: one row a subject, and nothing of its content.

Subjects are ``request/7``, ``incoming-7``, ``attachment-8`` and ``comment-2``; states are ``hidden``, ``erased``,
``not_found``, ``absent`` (its request's page no longer shows it) and ``forgotten`` (erased here on request; never
lifted by what the site shows). ``publish`` leaves out everything that is withdrawn from the first look on; its rows
stay until the removal is confirmed (``confirmed_at``) and then erased (``scraper.removals.erase``). The row here stays
as a tombstone: ``erased_at`` says since when nothing else is left.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from scraper.archive.rows import Row, upsert
from scraper.archive.times import written
from scraper.items import RequestItem
from scraper.removals import missing
from scraper.removals.evidence import AT_ONCE, HOURS_APART, OF_REQUESTS, Control, Evidence, second_look_confirms
from scraper.removals.missing import Gone

FORGOTTEN = "forgotten"
"""State of what was erased here on request; nothing that the site shows lifts it, and no crawl asks for it."""


_STANDING = "SELECT first_seen_at, looks, confirmed_at, evidence FROM withdrawals WHERE subject = ?"
_HIDDEN_BY_ADDRESS = """
SELECT attachments.id FROM attachments JOIN messages ON messages.id = message_id
WHERE request_id = ? AND state = 'file' AND fetch_status IN ('hidden', 'erased')
"""


_FORGET = """
INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at, evidence, confirmed_at)
VALUES (:subject, :request, 'forgotten', :now, :now, 'operator', :now)
ON CONFLICT (subject) DO UPDATE SET state = 'forgotten', last_seen_at = :now, evidence = 'operator',
  confirmed_at = :now, erased_at = NULL WHERE state <> 'forgotten'
"""
_SUSPECTED = """
SELECT request_id FROM withdrawals
WHERE confirmed_at IS NULL AND state <> 'forgotten' AND subject = 'request/' || request_id
  AND NOT (evidence IS 'many_at_once' AND last_seen_at > :recent)
  AND NOT EXISTS (SELECT 1 FROM checks
    WHERE checks.request_id = withdrawals.request_id AND why = 'failed' AND next_check_at > :at)
ORDER BY last_seen_at, request_id
"""
_ASK_AGAIN = timedelta(days=90)
_ASKED_AT_ONCE = 50
_ERASED = """
SELECT request_id FROM withdrawals
WHERE subject = 'request/' || request_id AND state IN ('hidden', 'not_found') AND erased_at IS NOT NULL
  AND last_seen_at < ? ORDER BY last_seen_at, request_id LIMIT ?
"""


def follow_page(connection: sqlite3.Connection, item: RequestItem, found: Gone, seen_at: str) -> None:
    """Enter what a page no longer shows; strike out what it shows, the request itself included."""
    request_id = item.record.id
    for subject, (state, evidence) in found.states.items():
        withdraw(connection, subject, request_id=request_id, state=state, seen_at=seen_at, evidence=evidence)
    # A file that its page still lists and whose address says that it is hidden is hidden until its address gives it.
    hidden = {one for (one,) in connection.execute(_HIDDEN_BY_ADDRESS, [request_id])}
    shows = missing.shown(item.page.messages, item.page.comments) - hidden
    restore(connection, [f"request/{request_id}", *shows, *found.renumbered])
    connection.execute(
        "UPDATE withdrawals SET last_seen_at = ? WHERE request_id = ? AND last_seen_at <> ? AND state <> 'forgotten'",
        [seen_at, request_id, seen_at],
    )


def withdraw(
    connection: sqlite3.Connection,
    subject: str,
    *,
    request_id: int,
    state: str,
    seen_at: str,
    evidence: Evidence,
    control: Control = "not_seen",
) -> None:
    """Enter a subject as withdrawn; the time it was first seen so stays, the state is the newest.

    The site's own word confirms it at once; 404 when it is seen again (``evidence.second_look_confirms``, where
    ``control`` is told of), and one that came with many others only after days. What a page merely lacks is confirmed
    by ``scraper.removals.suspects``.
    """
    if is_forgotten(connection, subject):
        return
    old = connection.execute(_STANDING, [subject]).fetchone()
    first, looks, confirmed_at, stood = old or (seen_at, 0, None, None)
    doubted = stood == "many_at_once" and confirmed_at is None
    again = old is not None and second_look_confirms(first, seen_at, control=control, evidence=stood)
    sure = evidence in AT_ONCE and (not doubted or evidence == "request_page")
    sure = sure or (again and evidence in OF_REQUESTS)
    row: Row = {
        "subject": subject,
        "request_id": request_id,
        "state": state,
        "first_seen_at": first,
        "last_seen_at": seen_at,
        "evidence": stood if doubted and not sure else evidence,
        "looks": looks + 1,
        "confirmed_at": confirmed_at or (seen_at if sure else None),
    }
    upsert(connection, "withdrawals", [row], key=["subject"], keep=["first_seen_at"])


def suspected(connection: sqlite3.Connection, at: str) -> list[int]:
    """Numbers of the requests that were not found once and want a second look, those seen longest ago first.

    Those that are doubted as many went at once want none just after another, nor does one whose address fails.
    """
    given = {"at": at, "recent": written(datetime.fromisoformat(at) - timedelta(hours=HOURS_APART))}
    return [number for (number,) in connection.execute(_SUSPECTED, given)]


def erased_long_ago(connection: sqlite3.Connection, at: str) -> list[int]:
    """Some of the requests that were erased as the site had removed them, and were not asked for since for longest.

    The site may show one again, and no list of the newest days would tell.
    """
    before = written(datetime.fromisoformat(at) - _ASK_AGAIN)
    return [number for (number,) in connection.execute(_ERASED, [before, _ASKED_AT_ONCE])]


def seen_gone(connection: sqlite3.Connection, request_id: int | None, seen_at: str) -> None:
    """Enter that a request which was erased is still not there."""
    connection.execute(
        "UPDATE withdrawals SET last_seen_at = ? WHERE subject = 'request/' || ? AND erased_at IS NOT NULL"
        " AND state <> 'forgotten' AND last_seen_at < ?",
        [seen_at, request_id, seen_at],
    )


def restore(connection: sqlite3.Connection, subjects: Sequence[str]) -> None:
    """Strike out subjects that are visible again, but not those forgotten here."""
    connection.executemany(
        "DELETE FROM withdrawals WHERE subject = ? AND state <> 'forgotten'", [(subject,) for subject in subjects]
    )


def forget(connection: sqlite3.Connection, subject: str, request_id: int, seen_at: str) -> None:
    """Enter that a subject is erased here on request, whatever was entered of it before."""
    connection.execute(_FORGET, {"subject": subject, "request": request_id, "now": seen_at})


def restore_file(connection: sqlite3.Connection, subject: str) -> None:
    """Strike out a file that its address gives again; one that its page does not list stays in doubt all the same."""
    if not connection.execute("SELECT 1 FROM withdrawals WHERE subject = ? AND state = 'absent'", [subject]).fetchone():
        restore(connection, [subject])


def is_forgotten(connection: sqlite3.Connection, subject: str) -> bool:
    """Whether the subject was erased here on request."""
    found = connection.execute("SELECT 1 FROM withdrawals WHERE subject = ? AND state = 'forgotten'", [subject])
    return found.fetchone() is not None
