"""The table ``checks``: written after each look, asked for what is due.

Nothing here asks the network, and everything works inside the transaction of its caller.
"""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

from parsers.errors import ParseError
from parsers.wdtk.urls import request_reference
from scraper.archive.queries import TO_FETCH
from scraper.archive.times import FORMAT
from scraper.due.policy import (
    LIGHT_COST,
    PAGE_COST,
    Check,
    Situation,
    Why,
    next_check,
    retry,
)
from scraper.items import RefusalItem

FOR_THOSE_WHO_WAIT = 20
"""One in so many of what is taken has waited longest, whatever its weight, so that nothing waits for ever.

Those are whole looks mostly, which take some seven requests: a quarter of the budget goes to them when it is short."""
_OF_THE_PAGE = frozenset({"failed", "robots", "too_big", "off_site", "not_found"})
"""Reasons of refusals that say nothing of other pages: whatever ended the run leaves a request due."""
_WANTED = (
    "SELECT 1 FROM messages JOIN attachments ON attachments.message_id = messages.id"
    " WHERE messages.request_id = requests.id AND attachments.state = 'file' AND attachments.url IS NOT NULL"
)
_TO_FETCH = f"{_WANTED} AND attachments.fetch_status IN ({', '.join('?' for _ in TO_FETCH)})"
_UNLOOKED = f"{_WANTED} AND (attachments.last_checked_at IS NULL OR attachments.last_checked_at < whole_begun_at)"


_WAITING = "SELECT request_id FROM checks WHERE next_check_at <= :at ORDER BY next_check_at LIMIT :room"
_LIKELY = """
SELECT request_id FROM checks WHERE next_check_at <= :at
ORDER BY weight * (julianday(:at) - julianday(looked_at))
  / max(0.01, julianday(next_check_at) - julianday(looked_at)) DESC, next_check_at LIMIT :room
"""
"""A change grows likelier with the time since the last look: ``weight`` is how likely it was when the check was due."""
_LAG_SECONDS = 7200
"""The JSON of a page may be an hour old, and a list some minutes (alaveteli.md 4.5)."""
_MARK_LISTED = """
UPDATE checks SET next_check_at = ?1, why = 'listed', weight = 1.0
WHERE next_check_at > ?1 AND request_id IN (
  SELECT looked.request_id FROM listed JOIN checks AS looked ON looked.request_id = listed.request_id
  WHERE julianday(last_listed_at) > julianday(?1) - 7
    AND CAST(strftime('%s', last_event_at) AS INTEGER) + ?2 > CAST(strftime('%s', looked_at) AS INTEGER)
    AND NOT EXISTS (
      SELECT 1 FROM events WHERE events.request_id = listed.request_id
        AND strftime('%s', events.created_at) = strftime('%s', last_event_at)
    )
)
"""
_NOT_HELD = """
SELECT slug FROM listed
WHERE request_id IS NULL AND slug NOT LIKE '#%' AND NOT EXISTS (SELECT 1 FROM requests WHERE slug = listed.slug)
  AND NOT EXISTS (
    SELECT 1 FROM refusals WHERE url IN (:base || '/request/' || slug || '.json', :base || '/request/' || slug)
      AND julianday(last_seen_at) + iif(reason = 'failed', 0.8, 30) > julianday(:at)
  )
ORDER BY last_event_at DESC, slug LIMIT :most
"""


@dataclass(frozen=True, kw_only=True)
class Due:
    """A request whose turn has come."""

    request_id: int
    why: Why
    weight: float
    next_check_at: str
    whole: bool
    """Whether its page and all its files are to be looked at, not its JSON alone."""
    cost: int
    """Requests that the look is expected to take, at most half a request more or less where nothing has changed."""


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
    last of them was (``file_looked``), and not before.
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
        " whole_begun_at = CASE WHEN ? THEN ? ELSE whole_begun_at END WHERE request_id = ?",
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


def failed(connection: sqlite3.Connection, request_id: int, *, at: str) -> None:
    """Enter that a look failed: it is tried again later and later, and no whole look is ended by it."""
    row = connection.execute("SELECT unchanged FROM checks WHERE request_id = ?", [request_id]).fetchone()
    if row is not None:
        connection.execute("UPDATE checks SET unchanged = unchanged + 1 WHERE request_id = ?", [request_id])
        _write(connection, request_id, retry(moment(at), row[0]))


def refused(connection: sqlite3.Connection, item: RefusalItem, *, at: str) -> None:
    """Enter that a page of a request was refused for a reason of its own."""
    if item.reason in _OF_THE_PAGE:
        known = connection.execute(
            "SELECT id FROM requests WHERE id = ? OR slug = ?", [item.request_id, item.slug or _slug(item.url)]
        ).fetchone()
        if known is not None:
            failed(connection, known[0], at=at)


def mark_listed(connection: sqlite3.Connection, at: str) -> int:
    """Make due at once each request of which a list of the last week shows an event that is not held; how many are."""
    cursor = connection.execute(_MARK_LISTED, [at, _LAG_SECONDS])
    return cursor.rowcount


def not_held(
    connection: sqlite3.Connection, base: str, *, at: str, most: int, without: Collection[str] = ()
) -> list[str]:
    """Slugs that lists showed and of which nothing is held, the newest first.

    One that was refused is left alone for a while: a day after a failure, a month where it was hidden or not found.
    """
    rows = connection.execute(_NOT_HELD, {"at": at, "base": base, "most": most + len(without)})
    return [slug for (slug,) in rows if slug not in without][:most]


def fill(connection: sqlite3.Connection, at: str) -> int:
    """Give a row to each request that has none, such as those of an archive from before there were checks."""
    cursor = connection.execute(
        "INSERT INTO checks (request_id, next_check_at, why, weight, looks, looked_at)"
        " SELECT id, ?, 'first', 0.5, 1, last_checked_at FROM requests"
        " WHERE NOT EXISTS (SELECT 1 FROM checks WHERE request_id = requests.id)",
        [at],
    )
    return cursor.rowcount


def take(
    connection: sqlite3.Connection,
    *,
    at: str,
    budget: int | None,
    most: int = 50,
    without: Collection[int] = (),
) -> list[Due]:
    """What is due at ``at``, at most ``most`` of it and for no more than ``budget`` requests.

    The most likely stale come first; now and then one comes between that has waited longest. ``without`` are requests
    that are being looked at already.
    """
    chosen = _chosen(connection, at, most, without)
    found: list[Due] = []
    left = budget
    for request_id in chosen:
        due = _due(connection, request_id)
        if left is not None:
            if due.cost > left:
                continue
            left -= due.cost
        found.append(due)
    return found


def moment(text: str) -> datetime:
    """A time of the archive's own as Python has it."""
    return datetime.fromisoformat(text)


def _chosen(connection: sqlite3.Connection, at: str, most: int, without: Collection[int]) -> list[int]:
    room = most + len(without)
    likely = [row[0] for row in connection.execute(_LIKELY, {"at": at, "room": room})]
    waiting = [row[0] for row in connection.execute(_WAITING, {"at": at, "room": room})]
    left, skip = {"likely": iter(likely), "waiting": iter(waiting)}, set(without)
    found: list[int] = []
    while len(found) < most:
        which = "waiting" if len(found) % FOR_THOSE_WHO_WAIT == FOR_THOSE_WHO_WAIT - 1 else "likely"
        following = next((one for one in left[which] if one not in skip), None)
        if following is None:
            break  # both hold the same when nothing is left over
        skip.add(following)
        found.append(following)
    return found


def _due(connection: sqlite3.Connection, request_id: int) -> Due:
    why, weight, next_check_at = connection.execute(
        "SELECT why, weight, next_check_at FROM checks WHERE request_id = ?", [request_id]
    ).fetchone()
    known = _situation(connection, request_id)
    # One whose whole look is due beside another gets that cheap one first: so a short budget finds more changes.
    whole = known.removal is not None or why in {"whole", "first"}
    cost = _whole_cost(connection, request_id) if whole else LIGHT_COST + round(weight * PAGE_COST)
    return Due(
        request_id=request_id, why=cast("Why", why), weight=weight, next_check_at=next_check_at, whole=whole, cost=cost
    )


def _whole_cost(connection: sqlite3.Connection, request_id: int) -> int:
    (files,) = connection.execute(
        "SELECT count(*) FROM messages JOIN attachments ON attachments.message_id = messages.id"
        " WHERE messages.request_id = ? AND attachments.state = 'file' AND attachments.url IS NOT NULL",
        [request_id],
    ).fetchone()
    (folded,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM messages WHERE request_id = ? AND full_text IS NOT NULL)", [request_id]
    ).fetchone()
    return PAGE_COST + int(folded) + int(files)


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
    known = _situation(connection, request_id)
    _write(connection, request_id, next_check(known))


def _write(connection: sqlite3.Connection, request_id: int, check: Check) -> None:
    connection.execute(
        "UPDATE checks SET next_check_at = ?, why = ?, weight = ? WHERE request_id = ?",
        [check.at.astimezone(UTC).strftime(FORMAT), check.why, check.weight, request_id],
    )


def _situation(connection: sqlite3.Connection, request_id: int) -> Situation:
    row = connection.execute(
        "SELECT calculated_status, due_on, checks.looks, checks.changes, unchanged, whole_at,"  # noqa: S608 - a constant of this module
        " coalesce(looked_at, last_checked_at),"
        " (SELECT max(CAST(strftime('%s', created_at) AS INTEGER)) FROM events WHERE request_id = requests.id),"
        " CAST(strftime('%s', last_changed_at) AS INTEGER),"
        f" EXISTS ({_TO_FETCH}), withdrawals.state IS NOT NULL, confirmed_at IS NOT NULL"
        " FROM requests JOIN checks ON checks.request_id = requests.id"
        " LEFT JOIN withdrawals ON subject = 'request/' || requests.id WHERE requests.id = ?",
        [*TO_FETCH, request_id],
    ).fetchone()
    status, due_on, looks, changes, unchanged, whole_at, at, event, changed, wanted, withdrawn, confirmed = row
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
        files_wanted=bool(wanted),
        removal=("confirmed" if confirmed else "suspected") if withdrawn else None,
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
