"""What was visible at the source and no longer is: one row a subject, and nothing of its content.

Subjects are ``request/7``, ``incoming-7`` and ``attachment-8``; states are ``hidden``, ``erased``, ``not_found``,
``absent`` (its request's page no longer shows it) and ``forgotten`` (erased here on request; never lifted by what
the site shows). ``publish`` leaves out everything of a withdrawn request from the first look on; its rows stay until
the removal is confirmed (``confirmed_at``) and then erased (``scraper.removals.erase``). The row here stays as a
tombstone: ``erased_at`` says since when nothing else is left.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parsers.records import Message
from scraper.archive.rows import Row, upsert
from scraper.removals.evidence import Evidence, second_look_confirms

FORGOTTEN = "forgotten"
"""State of what was erased here on request; nothing that the site shows lifts it, and no crawl asks for it."""


_STANDING = "SELECT first_seen_at, looks, confirmed_at, evidence FROM withdrawals WHERE subject = ?"
_HIDDEN_BY_ADDRESS = """
SELECT attachments.id FROM attachments JOIN messages ON messages.id = message_id
WHERE request_id = ? AND state = 'file' AND fetch_status IN ('hidden', 'erased')
"""


@dataclass(frozen=True, kw_only=True)
class Visible:
    """What a request showed: its messages, and its files with the message and name of each."""

    messages: frozenset[str]
    files: Mapping[str, tuple[str, str | None]]


def visible(connection: sqlite3.Connection, request_id: int) -> Visible:
    """What the archive holds of a request as visible."""
    messages = connection.execute(
        "SELECT id FROM messages WHERE request_id = ? AND prominence = 'normal' AND hidden_reason IS NULL", [request_id]
    )
    shown = frozenset(identity for (identity,) in messages)
    files = connection.execute(
        "SELECT attachments.id, message_id, name FROM attachments JOIN messages ON messages.id = message_id"
        " WHERE request_id = ? AND state = 'file'",
        [request_id],
    )
    return Visible(messages=shown, files={identity: (message, name) for identity, message, name in files})


def shown(messages: Sequence[Message]) -> Visible:
    """What a page shows."""
    return Visible(
        messages=frozenset(message.id for message in messages if not _is_hidden(message)),
        files={
            attachment.id: (message.id, attachment.name)
            for message in messages
            for attachment in message.attachments
            if attachment.state == "file"
        },
    )


def follow_page(
    connection: sqlite3.Connection, request_id: int, before: Visible, messages: Sequence[Message], seen_at: str
) -> None:
    """Enter what ``before`` had and the page no longer shows; strike out what it shows, the request itself included."""
    after = shown(messages)
    gone = _gone(before, after, messages)
    for subject, state in gone.items():
        withdraw(connection, subject, request_id=request_id, state=state, seen_at=seen_at, evidence="request_page")
    # A file that its page still lists and whose address says that it is hidden is hidden until its address gives it.
    hidden = {one for (one,) in connection.execute(_HIDDEN_BY_ADDRESS, [request_id])}
    restore(connection, [f"request/{request_id}", *after.messages, *(after.files.keys() - hidden)])
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
    control: bool = False,
) -> None:
    """Enter a subject as withdrawn; the time it was first seen so stays, the state is the newest.

    The site's own word confirms it at once, 404 when it is seen again (``evidence.second_look_confirms``, where
    ``control`` is told of), and one that came with many others only after days.
    """
    if is_forgotten(connection, subject):
        return
    old = connection.execute(_STANDING, [subject]).fetchone()
    first, looks, confirmed_at, stood = old or (seen_at, 0, None, None)
    again = old is not None and second_look_confirms(first, seen_at, control=control, evidence=stood)
    at_once = evidence != "slug_and_number" and stood != "many_at_once"
    row: Row = {
        "subject": subject,
        "request_id": request_id,
        "state": state,
        "first_seen_at": first,
        "last_seen_at": seen_at,
        "evidence": evidence if confirmed_at or again or stood != "many_at_once" else stood,
        "looks": looks + 1,
        "confirmed_at": confirmed_at or (seen_at if at_once or again else None),
    }
    upsert(connection, "withdrawals", [row], key=["subject"], keep=["first_seen_at"])


def suspected(connection: sqlite3.Connection) -> list[int]:
    """Numbers of the requests that were not found once and want a second look, those seen longest ago first."""
    rows = connection.execute(
        "SELECT request_id FROM withdrawals WHERE confirmed_at IS NULL AND state <> 'forgotten'"
        " AND subject = 'request/' || request_id ORDER BY last_seen_at, request_id"
    )
    return [number for (number,) in rows]


def restore(connection: sqlite3.Connection, subjects: Sequence[str]) -> None:
    """Strike out subjects that are visible again, but not those forgotten here."""
    connection.executemany(
        "DELETE FROM withdrawals WHERE subject = ? AND state <> 'forgotten'", [(subject,) for subject in subjects]
    )


def is_forgotten(connection: sqlite3.Connection, subject: str) -> bool:
    """Whether the subject was erased here on request."""
    found = connection.execute("SELECT 1 FROM withdrawals WHERE subject = ? AND state = 'forgotten'", [subject])
    return found.fetchone() is not None


def _is_hidden(message: Message) -> bool:
    return message.prominence != "normal" or message.hidden_reason is not None


def _gone(before: Visible, after: Visible, messages: Sequence[Message]) -> dict[str, str]:
    """State by subject of what is no longer visible."""
    hidden = {message.id for message in messages if _is_hidden(message)}
    states = {attachment.id: attachment.state for message in messages for attachment in message.attachments}
    gone = {message: "hidden" if message in hidden else "absent" for message in before.messages - after.messages}
    new = {place for identity, place in after.files.items() if identity not in before.files}
    for identity, place in before.files.items():
        if identity in after.files or (identity not in states and place in new):
            continue  # still there, or numbered anew when the site read the e-mail again
        gone[identity] = states.get(identity, "hidden" if place[0] in hidden else "absent")
    return gone
