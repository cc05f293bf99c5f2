"""Rows of files: what the page lists, and what came of fetching each."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence

from parsers.records import Attachment, Message
from scraper.archive.rows import Row, Value, sound, upsert

FETCHED_COLUMNS = ("fetch_status", "fetch_detail", "sha256", "last_checked_at")
_UNTOUCHED: Row = {"fetch_status": "not_fetched", "fetch_detail": None, "sha256": None, "last_checked_at": None}


def store(
    connection: sqlite3.Connection,
    request_id: int,
    messages: Sequence[Message],
    *,
    kept: Collection[str] = (),
    checked_at: str,
) -> None:
    """Make the rows of a request's files those that its page lists.

    A file that is listed as before keeps what came of fetching it. One that has another name, part or address
    (the request's slug aside) is to be fetched again. One that is hidden or erased keeps what was fetched, so
    that it can be found and erased, and says so in ``state`` and ``fetch_status``. Those in ``kept``, which the page
    does not list, stay as they are and are not waited for in this look.
    """
    old = _stored(connection, [attachment.id for _, attachment in _listed(messages)])
    rows = [_row(message, attachment, old.get(attachment.id)) for message, attachment in _listed(messages)]
    upsert(connection, "attachments", rows, key=["id"])
    connection.executemany(
        "DELETE FROM attachments WHERE id = ?",
        [(gone,) for gone in _ids_of(connection, request_id) - {str(row["id"]) for row in rows} - set(kept)],
    )
    connection.executemany(
        "UPDATE attachments SET last_checked_at = ? WHERE id = ?", [(checked_at, identity) for identity in kept]
    )


def record_outcome(
    connection: sqlite3.Connection,
    attachment_id: str,
    *,
    status: str,
    detail: str | None,
    sha256: str | None,
    checked_at: str,
) -> bool:
    """Enter what came of asking for a file; False when its page lists no such file any more, or as hidden.

    Without a ``sha256`` the bytes of an earlier fetch stay known.
    """
    cursor = connection.execute(
        "UPDATE attachments SET fetch_status = ?, fetch_detail = ?, sha256 = coalesce(?, sha256), last_checked_at = ?"
        " WHERE id = ? AND state = 'file'",
        [status, sound(detail), sha256, checked_at, attachment_id],
    )
    return cursor.rowcount > 0


def _listed(messages: Iterable[Message]) -> list[tuple[Message, Attachment]]:
    return [(message, attachment) for message in messages for attachment in message.attachments]


def _row(message: Message, attachment: Attachment, old: dict[str, Value] | None) -> Row:
    listed: dict[str, Value] = {
        "id": attachment.id,
        "message_id": message.id,
        "position": attachment.position,
        "part": attachment.part,
        "name": attachment.name,
        "size_shown": attachment.size_shown,
        "url": attachment.url,
        "icon_type": attachment.icon_type,
        "state": attachment.state,
        "reason": attachment.reason,
    }
    return {**listed, **_fetched(listed, old)}


def _fetched(listed: Row, old: Row | None) -> Row:
    if listed["state"] != "file":
        kept = {column: old[column] for column in FETCHED_COLUMNS} if old else _UNTOUCHED
        return {**kept, "fetch_status": listed["state"], "fetch_detail": None}
    if old and _same_file(listed, old):
        return {column: old[column] for column in FETCHED_COLUMNS}
    return _UNTOUCHED


def _same_file(new: Row, old: Row) -> bool:
    same = all(new[column] == old[column] for column in ("state", "name", "part"))
    return same and _place(new["url"]) == _place(old["url"])


def _place(url: Value) -> str:
    """The address from ``/response/`` on: a new slug is another address of the same file."""
    return str(url).partition("/response/")[2] or str(url)


def _stored(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, dict[str, Value]]:
    columns = ("id", "state", "name", "part", "url", *FETCHED_COLUMNS)
    found: dict[str, dict[str, Value]] = {}
    for identity in ids:
        row = connection.execute(f"SELECT {', '.join(columns)} FROM attachments WHERE id = ?", [identity]).fetchone()  # noqa: S608 - names from code
        if row:
            found[identity] = dict(zip(columns, row, strict=True))
    return found


def _ids_of(connection: sqlite3.Connection, request_id: int) -> set[str]:
    rows = connection.execute(
        "SELECT id FROM attachments WHERE message_id IN (SELECT id FROM messages WHERE request_id = ?)", [request_id]
    )
    return {identity for (identity,) in rows}
