"""What the archive holds already, and why something older, forgotten or removed does not come back by an import."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from parsers.records import RequestPage
from scraper.archive.database import Archive
from scraper.archive.rows import sound
from scraper.removals.withdrawals import FORGOTTEN

HERE = "here already"
NEWER_HERE = "older than what the archive holds"
IS_FORGOTTEN = "forgotten here on request (wdtk forget)"
PERHAPS_FORGOTTEN = (
    "pages without their JSON, which might be of a request that was forgotten here: import them with their JSON"
)
UNDATED = "without a time of their own, where the archive knows something that may be newer: give them as WARC or MHTML"
REMOVED_LATER = "removed at the source after it was taken"
OTHERS_SLUG = "under a name that another request has by now"


@dataclass(frozen=True, kw_only=True)
class Held:
    """The newest answer of one address that the archive holds with its body."""

    at: str
    sha256: str
    headers: dict[str, str]


def held(archive: Archive, url: str) -> Held | None:
    """What the archive holds of ``url``; ``None`` where it has no body of it."""
    row = archive.connection.execute(
        "SELECT fetched_at, sha256, headers FROM fetches"
        " WHERE url = ? AND sha256 IS NOT NULL AND status IN (200, 304) ORDER BY fetched_at DESC, id DESC LIMIT 1",
        [sound(url)],
    ).fetchone()
    if row is None or not archive.files.has(row[1]):
        return None
    return Held(at=row[0], sha256=row[1], headers=json.loads(row[2]))


def last_came(archive: Archive, url: str) -> str:
    """When the newest answer of one address came, whether or not its body is still held; "" where none is known."""
    (at,) = archive.connection.execute(
        "SELECT max(fetched_at) FROM fetches WHERE url = ? AND status IN (200, 304)", [sound(url)]
    ).fetchone()
    return at or ""


def looked_at(archive: Archive, slug: str) -> str:
    """When the request that is held under a slug was last looked at in any way; "" where none is."""
    row = archive.connection.execute(
        "SELECT max(last_checked_at, coalesce(looked_at, '')) FROM requests"
        " LEFT JOIN checks ON checks.request_id = requests.id WHERE slug = ?",
        [sound(slug)],
    ).fetchone()
    return str(row[0]) if row else ""


def hidden_since(archive: Archive, url: str) -> str | None:
    """When the site last answered that ``url`` is hidden, if it did not show it again since."""
    row = archive.connection.execute(
        "SELECT last_seen_at FROM refusals WHERE url = ? AND reason = 'hidden'", [sound(url)]
    ).fetchone()
    return str(row[0]) if row else None


def may_not_come(archive: Archive, request_id: int, slug: str, page: RequestPage, *, at: str) -> str | None:
    """Why a request as its page showed it ``at`` a moment is not taken; ``None`` where nothing speaks against it.

    What was forgotten here is never taken. What the site has removed is not taken from a page of before: the
    tombstone is the newer knowledge.
    """
    shown = [f"request/{request_id}", *subjects(page)]
    if reason := tombstone(archive, shown, at=at):
        return reason
    row = archive.connection.execute(
        "SELECT slug, last_checked_at,"
        " (SELECT count(*) FROM requests WHERE slug = ? AND id <> ? AND last_checked_at > ?)"
        " FROM (SELECT 1) LEFT JOIN requests ON id = ?",
        [slug, request_id, at, request_id],
    ).fetchone()
    if row[2]:
        return OTHERS_SLUG
    renamed = row[0] is not None and row[0] != slug
    return NEWER_HERE if renamed and row[1] >= at else None


def tombstone(archive: Archive, names: Iterable[str], *, at: str) -> str | None:
    """Why one of these subjects (``request/7``, ``incoming-7``, ``attachment-8``) is not taken as it was ``at``."""
    wanted = json.dumps(list(names))
    rows = archive.connection.execute(
        "SELECT state, last_seen_at FROM withdrawals WHERE subject IN (SELECT value FROM json_each(?))", [wanted]
    ).fetchall()
    if any(state == FORGOTTEN for state, _ in rows):
        return IS_FORGOTTEN
    return REMOVED_LATER if any(seen_at >= at for _, seen_at in rows) else None


def forgets_requests(archive: Archive) -> bool:
    """Whether any request was forgotten here: of a page that does not tell its number one cannot know which it is."""
    found = archive.connection.execute(
        "SELECT 1 FROM withdrawals WHERE state = ? AND subject LIKE 'request/%' LIMIT 1", [FORGOTTEN]
    )
    return found.fetchone() is not None


def has_quoted_parts(archive: Archive, request_id: int) -> bool:
    """Whether the archive holds words of the request that its page folds away."""
    found = archive.connection.execute(
        "SELECT 1 FROM messages WHERE request_id = ? AND full_text IS NOT NULL LIMIT 1", [request_id]
    )
    return found.fetchone() is not None


def subjects(page: RequestPage) -> list[str]:
    """What a page shows, by the names that tombstones have."""
    files = [file.id for message in page.messages for file in message.attachments if file.state == "file"]
    shown = [message.id for message in page.messages if message.prominence == "normal"]
    return [*shown, *files, *(comment.id for comment in page.comments)]
