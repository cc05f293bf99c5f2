"""What an archive comes to: counted at the end of each run, and kept, so that the next can be judged by it."""

import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from scraper.archive import lists
from scraper.archive.database import Archive

LOOKED_AT_MOST = 5_000
"""Of the requests looked at since a moment, so many of the newest are gone through."""

_BACKLOG = {
    "held": "SELECT count(*) FROM requests",
    "due": "SELECT count(*) FROM checks WHERE next_check_at <= :now",
    "late": "SELECT count(*) FROM checks WHERE next_check_at <= :late",
    "planned": "SELECT count(*) FROM checks",
    "listed": "SELECT count(*) FROM listed",
    "known": "SELECT coalesce(sum(requests_count), 0) FROM authorities",
    "unfetched": "SELECT count(*) FROM attachments WHERE state = 'file' AND url IS NOT NULL"
    " AND fetch_status IN ('not_fetched', 'waiting', 'failed')",
}
_SLOW = {
    "unread": "SELECT count(DISTINCT sha256) FROM attachments AS a WHERE sha256 IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM documents AS d WHERE d.sha256 = a.sha256)",
    "documents": "SELECT count(*) FROM documents",
    "refusals": "SELECT count(*) FROM refusals",
    "withdrawals": "SELECT count(*) FROM withdrawals",
}
"""These go through whole tables."""
_LOOKED = """
WITH looked AS (SELECT id, unexplained FROM requests WHERE last_checked_at >= :since
                ORDER BY last_checked_at DESC LIMIT :most)
SELECT count(*) AS looked,
  coalesce(sum(unexplained <> '[]'), 0) AS unexplained,
  coalesce(sum(EXISTS (SELECT 1 FROM messages WHERE request_id = looked.id AND text <> '')), 0) AS with_messages,
  coalesce(sum(EXISTS (SELECT 1 FROM messages JOIN attachments ON message_id = messages.id
                       WHERE request_id = looked.id)), 0) AS with_attachments,
  coalesce(sum(EXISTS (SELECT 1 FROM readings WHERE request_id = looked.id)), 0) AS with_readings,
  coalesce(sum(EXISTS (SELECT 1 FROM readings JOIN citations ON citations.source = readings.source
                       WHERE request_id = looked.id)), 0) AS with_citations
FROM looked"""
_FAILED = "SELECT count(*) FROM refusals WHERE reason = 'failed' AND last_seen_at >= :since AND url LIKE '%/request/%'"
_WITHDRAWN = """
SELECT count(*) FROM withdrawals
WHERE first_seen_at >= :since AND subject LIKE 'request/%' AND state <> 'forgotten'"""

_LOOKED_ANY = "SELECT count(*) FROM checks WHERE looked_at >= :since"
"""However lightly: ``looked`` counts those of which the page was read."""


def backlog(connection: sqlite3.Connection, *, now: str, late: str) -> dict[str, int]:
    """What is held and what waits: answered from indexes, so quickly at a million requests.

    ``late`` is the moment before which a check should have been made by now.
    """
    return _each(connection, _BACKLOG, now=now, late=late) | {"listed_missing": lists.missing(connection)}


def whole(connection: sqlite3.Connection) -> dict[str, int]:
    """What takes seconds to count in an archive of a million requests."""
    return _each(connection, _SLOW)


def looked(connection: sqlite3.Connection, *, since: str) -> dict[str, int]:
    """Of the requests looked at since a moment: how many have what, how many failed, how many were taken down."""
    cursor = connection.execute(_LOOKED, {"since": since, "most": LOOKED_AT_MOST})
    names = [column[0] for column in cursor.description]
    found = dict(zip(names, cursor.fetchone(), strict=True))
    others = {"failed_pages": _FAILED, "withdrawn": _WITHDRAWN, "looked_any": _LOOKED_ANY}
    return found | _each(connection, others, since=since)


def disk(folder: Path) -> dict[str, int]:
    """Bytes free on the archive's disk, and bytes of its database; empty where the folder cannot be asked."""
    try:
        free = shutil.disk_usage(folder).free
        size = sum(path.stat().st_size for path in folder.glob("archive.db*"))
    except OSError:
        return {}
    return {"disk_free": free, "archive_bytes": size}


def keep(archive: Archive, run_id: int, values: Mapping[str, int]) -> None:
    """Enter the measures of a run; once more replaces those of before."""
    with archive.transaction() as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO measures (run_id, name, value) VALUES (?, ?, ?)",
            [(run_id, name, value) for name, value in values.items()],
        )


def kept(connection: sqlite3.Connection, run_id: int) -> dict[str, int]:
    """The measures of a run; empty where nobody took any."""
    return dict(connection.execute("SELECT name, value FROM measures WHERE run_id = ?", [run_id]).fetchall())


def _each(connection: sqlite3.Connection, statements: Mapping[str, str], **values: str) -> dict[str, int]:
    return {name: connection.execute(sql, values).fetchone()[0] for name, sql in statements.items()}
