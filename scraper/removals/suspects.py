"""Whether what pages merely lack is believed to be gone: messages, files and comments that vanished without a word.

A change of the site's pages, one that was rendered in half, or a fault of a parser loses parts of many requests alike.
So a part is believed to be gone only when a second look, hours later, lacks it too, and since then such parts were read
from the pages of other requests. Where one run lost parts of unusually many requests, nothing of it is believed until
that has lasted for days and other pages show such parts again; a person is alarmed meanwhile (``scraper.watch``).
"""

import logging
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.archive.database import Archive
from scraper.archive.times import now
from scraper.removals.evidence import HOURS_APART, HOURS_WHEN_MANY, MANY, MANY_OF, many_at_once
from scraper.removals.missing import Kind, kind_of

_SUSPECTS = """
SELECT subject, request_id, first_seen_at, last_seen_at, evidence = 'many_at_once' FROM withdrawals
WHERE state = 'absent' AND confirmed_at IS NULL ORDER BY subject
"""
_LOST = """
SELECT run_id, count(DISTINCT request_id)
FROM withdrawals INDEXED BY withdrawals_unended CROSS JOIN changes USING (subject, request_id)
WHERE state = 'absent' AND erased_at IS NULL AND evidence IN ('not_listed', 'page_and_json')
  AND kind IN ('absent', 'comment_gone') AND seen_at >= first_seen_at
GROUP BY run_id
"""
_PAGES = """
SELECT count(DISTINCT url) FROM fetches
WHERE run_id = ? AND page_kind = 'request' AND status IN (200, 304) AND instr(url, '?') = 0
"""
_DOUBT = """
UPDATE withdrawals SET evidence = 'many_at_once', confirmed_at = NULL
WHERE state = 'absent' AND erased_at IS NULL AND evidence IN ('not_listed', 'page_and_json')
  AND subject IN (SELECT subject FROM changes WHERE run_id = ? AND kind IN ('absent', 'comment_gone'))
"""
_BELIEVE = (
    "UPDATE withdrawals SET evidence = 'operator' WHERE subject = ? AND state = 'absent' AND confirmed_at IS NULL"
)
_HAS: dict[Kind, str] = {
    "message": "SELECT 1 FROM messages WHERE request_id = requests.id AND prominence = 'normal'",
    "file": "SELECT 1 FROM messages JOIN attachments ON message_id = messages.id"
    " WHERE request_id = requests.id AND state = 'file' AND sha256 IS NOT NULL",
    "comment": "SELECT 1 FROM comments WHERE request_id = requests.id",
}
_WHOLE = """
SELECT id FROM requests WHERE last_checked_at > :since AND prominence = 'normal' AND slug NOT LIKE '#%'
  AND 'request/' || id NOT IN (SELECT subject FROM withdrawals)
  AND id NOT IN (SELECT request_id FROM withdrawals WHERE state = 'absent' AND erased_at IS NULL)
  AND EXISTS ({has}) ORDER BY last_checked_at DESC LIMIT :most
"""
"""Requests of which such parts are held and none is missing."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Suspect:
    """A part that its page lacked without a word, and that is not believed to be gone yet."""

    subject: str
    request_id: int
    first: str
    last: str
    """When its page was seen without it, first and last (UTC)."""
    many: bool
    """Whether it came with many others."""

    @property
    def kind(self) -> Kind:
        """Message, file or comment."""
        return kind_of(self.subject)

    def wants(self, at: str) -> bool:
        """Whether so much time has passed since the last look that another proves something."""
        return _moment(at) - _moment(self.last) >= _apart(self)

    @property
    def seen_twice(self) -> bool:
        """Whether two looks far enough apart lacked it."""
        return _moment(self.last) - _moment(self.first) >= _apart(self)


def all_of(connection: sqlite3.Connection) -> list[Suspect]:
    """Every part that is suspected to be gone."""
    return [
        Suspect(subject=subject, request_id=request_id, first=first, last=last, many=bool(many))
        for subject, request_id, first, last, many in connection.execute(_SUSPECTS)
    ]


def to_look_at(connection: sqlite3.Connection, at: str) -> tuple[list[int], list[int]]:
    """Requests whose pages are to be looked at a second time, and others that show whether such parts can be read.

    The former in the order of their last looks, those longest ago first.
    """
    due = sorted((one for one in all_of(connection) if one.wants(at)), key=lambda one: (one.last, one.request_id))
    controls = [one for kind in sorted({one.kind for one in due}) for one in _whole(connection, kind, since="", most=1)]
    return list(dict.fromkeys(one.request_id for one in due)), sorted(set(controls))


def waiting(connection: sqlite3.Connection) -> list[Suspect]:
    """Those that no further look may settle: that came with many others, or that two looks lacked."""
    return [one for one in all_of(connection) if one.many or one.seen_twice]


def believe(archive: Archive) -> list[Suspect]:
    """Confirm what waits, as somebody looked at the source who runs this archive; gives what that is.

    It is not forgotten: where the site shows it again, it is stored again.
    """
    found = waiting(archive.connection)
    with archive.transaction() as connection:
        connection.executemany(_BELIEVE, [(one.subject,) for one in found])
        confirm(connection, [one.subject for one in found])
    return found


def settle(archive: Archive) -> int:
    """Doubt what many requests lost at once, and confirm what is believed; gives the number newly doubted."""
    held = sum(_doubt(archive, *row) for row in archive.connection.execute(_LOST).fetchall())
    found = all_of(archive.connection)
    for kind in sorted({one.kind for one in found}):
        believed = _believed(archive.connection, kind, [one for one in found if one.kind == kind])
        if believed:
            with archive.transaction() as connection:
                confirm(connection, [one.subject for one in believed])
    return held


def confirm(connection: sqlite3.Connection, subjects: Iterable[str]) -> None:
    """Enter that these are gone."""
    at = now()
    connection.executemany(
        "UPDATE withdrawals SET confirmed_at = ? WHERE subject = ? AND confirmed_at IS NULL",
        [(at, subject) for subject in subjects],
    )


def _doubt(archive: Archive, run_id: int, lost: int) -> int:
    looked_at = archive.connection.execute(_PAGES, [run_id]).fetchone()[0]
    if not many_at_once(lost, looked_at):
        return 0
    with archive.transaction() as connection:
        connection.execute(_DOUBT, [run_id])
    log.warning(
        "Of %d request pages looked at in run %d, %d lacked messages, files or comments that they showed before. That "
        "may be a change of the site's pages, so nothing of them is erased; it is not published. Look at the site.",
        looked_at, run_id, lost,
    )  # fmt: skip
    return lost


def _believed(connection: sqlite3.Connection, kind: Kind, found: Collection[Suspect]) -> list[Suspect]:
    ripe = [one for one in found if one.seen_twice]
    if not ripe:
        return []
    since = max(one.first for one in ripe)
    lacking = len({one.request_id for one in found if one.last > since})
    whole = len(_whole(connection, kind, since=since, most=int(lacking / MANY_OF) + 1))
    if whole:
        return [] if many_at_once(lacking, lacking + whole) else ripe
    if lacking > MANY or _whole(connection, kind, since="", most=1):
        return []
    return [one for one in ripe if _moment(one.last) - _moment(one.first) >= timedelta(hours=HOURS_WHEN_MANY)]


def _whole(connection: sqlite3.Connection, kind: Kind, *, since: str, most: int) -> list[int]:
    statement = _WHOLE.format(has=_HAS[kind])
    return [one for (one,) in connection.execute(statement, {"since": since, "most": most})]


def _apart(one: Suspect) -> timedelta:
    return timedelta(hours=HOURS_WHEN_MANY if one.many else HOURS_APART)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
