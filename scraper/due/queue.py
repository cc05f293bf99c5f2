"""The table ``checks`` as a crawl asks it: what is due, the most likely stale first.

Nothing here asks the network, and everything works inside the transaction of its caller.
"""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import cast

from scraper.archive.queries import TO_FETCH
from scraper.due.looks import situation
from scraper.due.policy import LIGHT_COST, PAGE_COST, Why
from scraper.removals.evidence import SCANNED

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
_MARK_BROKEN_OFF = """
UPDATE checks SET next_check_at = :at, why = 'files', weight = 1.0
WHERE next_check_at > :at AND unchanged < :most AND why NOT IN ('failed', 'second_look', 'removed') AND request_id IN (
  SELECT messages.request_id FROM attachments INDEXED BY attachments_to_fetch JOIN messages ON messages.id = message_id
  WHERE fetch_status = 'not_fetched' AND fetch_status IN ('not_fetched', 'waiting', 'failed')  -- as the index has it
    AND state = 'file' AND url IS NOT NULL AND attachments.last_checked_at IS NULL
)
"""
_MOST_TAKEN_UP = 10
"""So often in a row a look is taken up at once; after that its files wait as those do that cannot be had."""
_MARK_LISTED = """
UPDATE checks SET next_check_at = ?1, why = 'listed', weight = 1.0
WHERE next_check_at > ?1 AND request_id IN (
  SELECT looked.request_id FROM listed JOIN checks AS looked ON looked.request_id = listed.request_id
  WHERE last_listed_at > strftime('%Y-%m-%dT%H:%M:%SZ', ?1, '-7 days')
    AND CAST(strftime('%s', last_event_at) AS INTEGER) + ?2 > CAST(strftime('%s', looked_at) AS INTEGER)
    AND NOT EXISTS (
      SELECT 1 FROM events WHERE events.request_id = listed.request_id
        AND strftime('%s', events.created_at) = strftime('%s', last_event_at)
    )
)
"""
_LACKING = """
FROM listed INDEXED BY listed_not_held WHERE request_id IS NULL AND slug NOT LIKE '#%'
  AND NOT EXISTS (SELECT 1 FROM requests WHERE slug = listed.slug)
  AND NOT EXISTS (
    SELECT 1 FROM refusals WHERE url IN (:base || '/request/' || slug || '.json', :base || '/request/' || slug)
      AND julianday(last_seen_at) + iif(reason = 'failed',
        min(30, max(0.8, julianday(last_seen_at) - julianday(first_seen_at))), 30) > julianday(:at)
  )
"""
_NOT_HELD = f"""
SELECT coalesce(last_event_at, ''), slug {_LACKING}
  AND coalesce(last_event_at, '') <= :moment AND (coalesce(last_event_at, ''), slug) < (:moment, :slug)
ORDER BY coalesce(last_event_at, '') DESC, slug DESC LIMIT :most
"""
_WAITING_IN_ALL = f"SELECT (SELECT count(*) FROM checks WHERE next_check_at <= :at) + (SELECT count(*) {_LACKING})"  # noqa: S608 - as above
_NEWEST = ("~", "~")
"""After every time and slug."""
_FILL = """
INSERT INTO checks (request_id, next_check_at, why, weight, looks, looked_at)
SELECT id, ?, 'first', 0.5, 1, last_checked_at FROM requests
WHERE (SELECT count(*) FROM checks) < (SELECT count(*) FROM requests)
  AND NOT EXISTS (SELECT 1 FROM checks WHERE request_id = requests.id)
"""
"""A check goes with its request, so that equal numbers say that none lacks one: in a large archive that is quicker."""

_FILES = """
SELECT count(*) FROM messages JOIN attachments ON message_id = messages.id
  LEFT JOIN checks ON checks.request_id = messages.request_id
WHERE messages.request_id = :request AND state = 'file' AND url IS NOT NULL
  AND (:every OR fetch_status IN (SELECT value FROM json_each(:to_fetch))
       OR (fetch_status = 'hidden' AND instr(coalesce(fetch_detail, ''), :scanned))
       OR coalesce(attachments.last_checked_at, '') < coalesce(whole_begun_at, ''))
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
    files: int
    """So many files are known to be asked for, whatever its JSON says."""
    most_files: int | None = None
    """So many files at most are to be asked for: the rest waits for the next look, which goes on with it."""
    cost: int
    """Requests that the look is expected to take, at most half a request more or less where nothing has changed."""


def mark_broken_off(connection: sqlite3.Connection, at: str) -> int:
    """Make due at once each request with files that nobody has asked for yet, as after a kill; how many are."""
    cursor = connection.execute(_MARK_BROKEN_OFF, {"at": at, "most": _MOST_TAKEN_UP})
    return cursor.rowcount


def mark_listed(connection: sqlite3.Connection, at: str) -> int:
    """Make due at once each request of which a list of the last week shows an event that is not held; how many are."""
    cursor = connection.execute(_MARK_LISTED, [at, _LAG_SECONDS])
    return cursor.rowcount


class NotHeld:
    """Slugs that lists showed and of which nothing is held, the newest first, each once.

    One that was refused is left alone for a while: after a failure for as long as it has failed, a day at least; for a
    month at most, and where it was hidden or not found.
    """

    def __init__(self, connection: sqlite3.Connection, base: str) -> None:
        self._connection, self._base = connection, base
        self._place = _NEWEST

    def following(self, *, at: str, most: int) -> list[str]:
        """The next ones, at most ``most``; none when all were given."""
        moment, slug = self._place
        given = {"at": at, "base": self._base, "most": most, "moment": moment, "slug": slug}
        rows = self._connection.execute(_NOT_HELD, given).fetchall()
        self._place = rows[-1] if rows else ("", "")
        return [slug for _, slug in rows]


def waiting(connection: sqlite3.Connection, base: str, *, at: str) -> int:
    """How many requests are due, or were listed and are not held."""
    return int(connection.execute(_WAITING_IN_ALL, {"at": at, "base": base}).fetchone()[0])


def fill(connection: sqlite3.Connection, at: str) -> int:
    """Give a row to each request that has none, such as those of an archive from before there were checks."""
    return connection.execute(_FILL, [at]).rowcount


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
    that are being looked at already. A look with more files than the whole ``budget`` is made in parts, one a run, and
    half of the budget at most goes to such parts; where no look fits, the first is begun all the same.
    """
    chosen = [_due(connection, request_id) for request_id in _chosen(connection, at, most, without)]
    if budget is None:
        return chosen
    found: list[Due] = []
    left, for_parts = budget, budget // 2
    for due in chosen:
        taken = due if due.cost <= budget else _part(due, min(left, for_parts))
        if taken.cost <= left and (taken is due or taken.most_files):
            left -= taken.cost
            for_parts -= 0 if taken is due else taken.cost
            found.append(taken)
    return found or [_part(due, left) for due in chosen[:1] if left]


def _part(due: Due, room: int) -> Due:
    """As much of a look as there is room for, its files left out first."""
    files = min(due.files, max(0, room - (due.cost - due.files)))
    return replace(due, most_files=files, cost=due.cost - due.files + files)


def _chosen(connection: sqlite3.Connection, at: str, most: int, without: Collection[int]) -> list[int]:
    skip = set(without)
    likely, waiting = (_first(connection, statement, at, most, skip) for statement in (_LIKELY, _WAITING))
    left = {"likely": iter(likely), "waiting": iter(waiting)}
    found: list[int] = []
    while len(found) < most:
        which = "waiting" if len(found) % FOR_THOSE_WHO_WAIT == FOR_THOSE_WHO_WAIT - 1 else "likely"
        following = next((one for one in left[which] if one not in skip), None)
        if following is None:
            break  # both hold the same when nothing is left over
        skip.add(following)
        found.append(following)
    return found


def _first(connection: sqlite3.Connection, statement: str, at: str, most: int, skip: Collection[int]) -> list[int]:
    """At least ``most`` that are due and not to be skipped, as far as there are so many."""
    room = most
    while True:
        rows = connection.execute(statement, {"at": at, "room": room}).fetchall()
        found = [one for (one,) in rows if one not in skip]
        if len(found) >= most or len(rows) < room:
            return found
        room *= 4  # few of those that were looked at are still due


def _due(connection: sqlite3.Connection, request_id: int) -> Due:
    why, weight, next_check_at = connection.execute(
        "SELECT why, weight, next_check_at FROM checks WHERE request_id = ?", [request_id]
    ).fetchone()
    known = situation(connection, request_id)
    # One whose whole look is due beside another gets that cheap one first: so a short budget finds more changes. One
    # that was begun goes on with the files that are left.
    whole = known.removal is not None or (why in {"whole", "first"} and not known.whole_begun)
    files = _files(connection, request_id, every=whole)
    likely = PAGE_COST if why == "scan" else LIGHT_COST + round(weight * PAGE_COST)
    cost = PAGE_COST + _folded(connection, request_id) if whole else likely
    return Due(
        request_id=request_id, why=cast("Why", why), weight=weight, next_check_at=next_check_at, whole=whole,
        files=files, cost=cost + files,
    )  # fmt: skip


def _files(connection: sqlite3.Connection, request_id: int, *, every: bool) -> int:
    """How many files a look asks for: all, or those that could not be had or that a whole look still lacks."""
    given = {"request": request_id, "every": every, "to_fetch": json.dumps(TO_FETCH), "scanned": SCANNED}
    (files,) = connection.execute(_FILES, given)
    return int(files[0])


def _folded(connection: sqlite3.Connection, request_id: int) -> int:
    """Requests for the page with its quoted parts, where it folds any."""
    (folded,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM messages WHERE request_id = ? AND full_text IS NOT NULL)", [request_id]
    ).fetchone()
    return int(folded)
