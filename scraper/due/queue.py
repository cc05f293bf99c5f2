"""The table ``checks`` as a crawl asks it: what is due, the most likely stale first.

Nothing here asks the network, and everything works inside the transaction of its caller.
"""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import cast

from scraper.due.looks import situation
from scraper.due.policy import LIGHT_COST, PAGE_COST, Why

FOR_THOSE_WHO_WAIT = 20
"""One in so many of what is taken has waited longest, whatever its weight, so that nothing waits for ever.

Those are whole looks mostly, which take some seven requests: a quarter of the budget goes to them when it is short."""
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
    that are being looked at already. Where no look fits into the budget, the first is made without the files that are
    held: one with more files than a day may ask for would else never be looked at.
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
    if chosen and left and not found:
        due = _due(connection, chosen[0])
        found.append(replace(due, whole=False, cost=min(left, PAGE_COST)))
    return found


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
    known = situation(connection, request_id)
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
