"""The table ``checks`` as looks leave it: when a request was looked at, what came of it, and when the next one is due.

Nothing here asks the network, and everything works inside the transaction of its caller.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from parsers.errors import ParseError
from parsers.wdtk.urls import request_reference
from scraper.archive.queries import TO_FETCH
from scraper.archive.rows import sound
from scraper.archive.times import written
from scraper.due.policy import Check, Situation, next_check, retry
from scraper.items import RefusalItem
from scraper.removals.evidence import SCANNED

_OF_THE_PAGE = frozenset({"failed", "robots", "too_big", "off_site", "not_found"})
"""Reasons of refusals that say nothing of other pages: whatever ended the run leaves a request due."""
_WANTED = (
    "SELECT 1 FROM messages JOIN attachments ON attachments.message_id = messages.id"
    " WHERE messages.request_id = requests.id AND attachments.state = 'file' AND attachments.url IS NOT NULL"
)
_TO_FETCH = f"{_WANTED} AND attachments.fetch_status IN ({', '.join('?' for _ in TO_FETCH)})"
_UNLOOKED = f"{_WANTED} AND (attachments.last_checked_at IS NULL OR attachments.last_checked_at < whole_begun_at)"


_SCANNED = """
SELECT 1 FROM messages JOIN attachments ON attachments.message_id = messages.id
WHERE messages.request_id = requests.id AND attachments.fetch_status = 'hidden'
  AND instr(coalesce(attachments.reason, '') || coalesce(attachments.fetch_detail, ''), ?)
"""


@contextmanager
def look(connection: sqlite3.Connection, request_id: int, *, at: str, whole: bool) -> Iterator[None]:
    """Enter a look at a request whose rows are stored inside the block; what they were before tells what changed."""
    before = _held(connection, request_id)
    yield
    changed = before is not None and before != _held(connection, request_id)
    looked(connection, request_id, at=at, changed=changed, whole=whole)


def looked(connection: sqlite3.Connection, request_id: int, *, at: str, changed: bool, whole: bool) -> None:
    """Enter a look and when the next one is due; a request that is not held is left out.

    ``whole`` is that its page was read and each of its files is being asked for: it counts as a whole look once the
    last of them was (``file_looked``), and not before. What a run had no room to end goes on, as of when it was begun.
    """
    if not _is_held(connection, request_id) or (not changed and _is_entered(connection, request_id, at, whole=whole)):
        return
    connection.execute(
        "INSERT INTO checks (request_id, next_check_at, why, weight) VALUES (?, ?, 'first', 1.0)"
        " ON CONFLICT (request_id) DO NOTHING",
        [request_id, at],
    )
    connection.execute(
        "UPDATE checks SET looked_at = ?, looks = looks + 1, changes = changes + ?,"
        " unchanged = CASE WHEN ? THEN 0 ELSE unchanged + (looked_at IS NOT NULL) END,"
        " last_changed_at = CASE WHEN ? THEN ? ELSE last_changed_at END,"
        " whole_begun_at = CASE WHEN ? THEN coalesce(whole_begun_at, ?) ELSE whole_begun_at END WHERE request_id = ?",
        [at, changed, changed, changed, at, whole, at, request_id],
    )
    _end_whole(connection, request_id)
    _schedule(connection, request_id)


def file_looked(connection: sqlite3.Connection, request_id: int) -> None:
    """Enter that a file of a request was asked for: the last of them ends a whole look."""
    if connection.execute("SELECT 1 FROM checks WHERE request_id = ?", [request_id]).fetchone() is None:
        return
    connection.execute(
        "UPDATE checks SET last_changed_at = seen.at, changes = changes + 1, unchanged = 0"
        " FROM (SELECT max(seen_at) AS at FROM changes WHERE request_id = ?) AS seen"
        " WHERE request_id = ? AND seen.at > coalesce(last_changed_at, '') AND seen.at >= looked_at",
        [request_id, request_id],
    )
    _end_whole(connection, request_id)
    _schedule(connection, request_id)


def failed(connection: sqlite3.Connection, request_id: int, url: str, *, at: str) -> None:
    """Enter that a look failed at ``url``: it is tried again later and later, and no whole look is ended by it.

    How often it was tried is told by how long ``refusals`` has had the address, since the first of these failures.
    """
    if connection.execute("SELECT 1 FROM checks WHERE request_id = ?", [request_id]).fetchone() is not None:
        (since,) = connection.execute("SELECT min(first_seen_at) FROM refusals WHERE url = ?", [sound(url)]).fetchone()
        days = round((moment(at) - moment(since or at)) / timedelta(days=1))
        _write(connection, request_id, retry(moment(at), (max(0, days) + 1).bit_length() - 1))


def refused(connection: sqlite3.Connection, item: RefusalItem, *, at: str) -> None:
    """Enter that a page of a request was refused for a reason of its own."""
    if item.reason in _OF_THE_PAGE:
        known = connection.execute(
            "SELECT id FROM requests WHERE id = ? OR slug = ?", [item.request_id, item.slug or _slug(item.url)]
        ).fetchone()
        if known is not None:
            failed(connection, known[0], item.url, at=at)


def situation(connection: sqlite3.Connection, request_id: int) -> Situation:
    """All that the policy asks about a request that has a row in ``checks``."""
    row = connection.execute(
        "SELECT calculated_status, due_on, checks.looks, checks.changes, unchanged, whole_at, whole_begun_at,"  # noqa: S608 - a constant of this module
        " coalesce(looked_at, last_checked_at),"
        " (SELECT max(CAST(strftime('%s', created_at) AS INTEGER)) FROM events WHERE request_id = requests.id),"
        " CAST(strftime('%s', last_changed_at) AS INTEGER),"
        f" EXISTS ({_TO_FETCH}), EXISTS ({_SCANNED}), withdrawals.state IS NOT NULL, confirmed_at IS NOT NULL"
        " FROM requests JOIN checks ON checks.request_id = requests.id"
        " LEFT JOIN withdrawals ON subject = 'request/' || requests.id WHERE requests.id = ?",
        [*TO_FETCH, SCANNED, request_id],
    ).fetchone()
    status, due_on, looks, changes, unchanged, whole_at, begun, at, event, changed, *files, withdrawn, confirmed = row
    newest = [second for second in (event, changed) if second is not None]
    return Situation(
        at=moment(at),
        status=status,
        due_on=_day(due_on),
        quiet_since=datetime.fromtimestamp(max(newest), UTC) if newest else None,
        looks=looks,
        changes=changes,
        unchanged=unchanged,
        whole_at=moment(whole_at) if whole_at else None,
        whole_begun=begun is not None,
        files_wanted=bool(files[0]),
        file_scanned=bool(files[1]),
        removal=("confirmed" if confirmed else "suspected") if withdrawn else None,
    )


def moment(text: str) -> datetime:
    """A time of the archive's own as Python has it."""
    return datetime.fromisoformat(text)


def _held(connection: sqlite3.Connection, request_id: int) -> tuple[Any, ...] | None:
    """What a look may find changed, or ``None`` for a request that is not held."""
    row = connection.execute(
        "SELECT slug, title, described_state, display_status, calculated_status, prominence,"
        " (SELECT count(*) FROM events WHERE request_id = requests.id),"
        " (SELECT max(id) FROM events WHERE request_id = requests.id),"
        " (SELECT max(id) FROM changes WHERE request_id = requests.id)"
        " FROM requests WHERE id = ?",
        [request_id],
    ).fetchone()
    return cast("tuple[Any, ...] | None", row)


def _is_held(connection: sqlite3.Connection, request_id: int) -> bool:
    return connection.execute("SELECT 1 FROM requests WHERE id = ?", [request_id]).fetchone() is not None


def _is_entered(connection: sqlite3.Connection, request_id: int, at: str, *, whole: bool) -> bool:
    """Whether this look or a later one is entered already, as when the same file is imported twice."""
    row = connection.execute(
        "SELECT looked_at, whole_at, whole_begun_at FROM checks WHERE request_id = ?", [request_id]
    ).fetchone()
    if row is None or row[0] is None:
        return False
    return bool(at < row[0] or (at == row[0] and (not whole or at in row[1:])))


def _end_whole(connection: sqlite3.Connection, request_id: int) -> None:
    """Where a whole look was begun and each file has been asked for since, it is ended."""
    connection.execute(
        "UPDATE checks SET whole_at = whole_begun_at, whole_begun_at = NULL FROM requests"  # noqa: S608 - a constant of this module
        " WHERE requests.id = request_id AND request_id = ? AND whole_begun_at IS NOT NULL"
        f" AND NOT EXISTS ({_UNLOOKED})",
        [request_id],
    )


def _schedule(connection: sqlite3.Connection, request_id: int) -> None:
    known = situation(connection, request_id)
    _write(connection, request_id, next_check(known))


def _write(connection: sqlite3.Connection, request_id: int, check: Check) -> None:
    connection.execute(
        "UPDATE checks SET next_check_at = ?, why = ?, weight = ? WHERE request_id = ?",
        [written(check.at), check.why, check.weight, request_id],
    )


def _slug(url: str) -> str | None:
    try:
        return request_reference(url).slug
    except ParseError:
        return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
