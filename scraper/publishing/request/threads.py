"""What the archive holds of one request, and how much of it may be shown."""

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from scraper.archive.database import Archive
from scraper.publishing.policy import Policy
from scraper.publishing.request.attached import Attachment, Files, sound


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority:
    """The authority that was asked, with its tags."""

    id: int
    name: str
    short_name: str | None
    tags: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called; never masked."""
        return tuple(filter(None, (self.name, self.short_name)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One message; ``text`` is what was read, and None where nothing may be shown."""

    id: str
    position: int
    direction: str
    prominence: str
    author: str | None
    sent_at: str | None
    text: str | None
    hidden_reason: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One entry of the history."""

    id: int
    event_type: str
    created_at: str
    described_state: str | None
    calculated_state: str | None
    incoming_message_id: int | None
    outgoing_message_id: int | None
    display_status: str | None

    @property
    def message_id(self) -> str | None:
        """The message as messages are named, published or not."""
        if self.incoming_message_id is not None:
            return f"incoming-{self.incoming_message_id}"
        return None if self.outgoing_message_id is None else f"outgoing-{self.outgoing_message_id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """One request with all that belongs to it."""

    request: dict[str, Any]
    """The row of ``requests`` in the archive."""
    authority: Authority
    messages: tuple[Message, ...]
    attachments: tuple[Attachment, ...]
    """In order, each followed by the files inside it."""
    events: tuple[Event, ...]


_REQUESTS = """
SELECT id, slug, title, authority_id, law_used, described_state, display_status, awaiting_description, prominence,
  noindex, replies, batch_id, requester_name, json_sha256, last_checked_at
FROM requests WHERE id = ?
"""
_MESSAGES = """
SELECT id, position, direction, prominence, author, sent_at, coalesce(full_text, text), hidden_reason
FROM messages WHERE request_id = ? ORDER BY position, id
"""
_EVENTS = """
SELECT id, event_type, created_at, described_state, calculated_state, incoming_message_id, outgoing_message_id,
  display_status
FROM events WHERE request_id = ? ORDER BY id
"""


class Threads:
    """The requests of an archive that may be published, one by one."""

    def __init__(self, archive: Archive, policy: Policy, *, on: date) -> None:
        """``on`` is the day of publishing, for what waits its days."""
        self._connection = archive.connection
        self._policy = policy
        self._withdrawn: dict[str, str] = dict(self._connection.execute("SELECT subject, state FROM withdrawals"))
        self._files = Files(self._connection, policy, self._withdrawn, on=on)
        self.authorities = _authorities(self._connection)
        self.withdrawn = {
            int(subject.removeprefix("request/")) for subject in self._withdrawn if subject.startswith("request/")
        }
        """Ids of those taken down, erased ones included."""

    @cached_property
    def published(self) -> Sequence[int]:
        """Ids of the requests that are published, in order."""
        return array("q", (identity for identity, is_published in self._judged() if is_published))

    @cached_property
    def backpage(self) -> int:
        """How many requests the site keeps out of its lists, or shows in a way not known."""
        return sum(not is_published for _, is_published in self._judged())

    def _judged(self) -> Iterator[tuple[int, bool]]:
        """Every request that was not taken down, and whether it is published."""
        rows = self._connection.execute("SELECT id, prominence, noindex FROM requests ORDER BY id")
        for identity, prominence, noindex in rows:
            if identity not in self.withdrawn:
                yield identity, self._policy.publishes(prominence=prominence, noindex=bool(noindex))

    def thread(self, request_id: int) -> Thread:
        """One request as far as it may be shown."""
        cursor = self._connection.execute(_REQUESTS, [request_id])
        request = dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))
        messages = tuple(map(self._message, self._connection.execute(_MESSAGES, [request_id])))
        shown = {message.id for message in messages if self._may_show(message.id, message.prominence)}
        return Thread(
            request=request,
            authority=self.authorities[request["authority_id"]],
            messages=messages,
            attachments=tuple(self._files.of(request_id, shown)),
            events=tuple(_event(row) for row in self._connection.execute(_EVENTS, [request_id])),
        )

    def _may_show(self, message_id: str, prominence: str) -> bool:
        return prominence == "normal" and message_id not in self._withdrawn

    def _message(self, row: tuple[Any, ...]) -> Message:
        identity, position, direction, prominence, author, sent_at, text, reason = row
        shown = self._may_show(identity, prominence)
        if not shown and not reason:
            reason = "This message was taken down." if identity in self._withdrawn else "This message is not shown."
        return Message(
            id=identity,
            position=position,
            direction=direction,
            prominence="hidden" if prominence == "normal" and not shown else prominence,
            author=author,
            sent_at=sent_at,
            text=sound(text) if shown else None,
            hidden_reason=reason,
        )


def requester_names(archive: Archive, request: dict[str, Any]) -> list[str]:
    """The requester's names as the stored JSON of the request gives them (alaveteli.md 2.4), for masking.

    The name of the account, and that of its address, which may be an older one. Raises ``ArchiveError`` where the
    stored body is missing or damaged: without it nobody can say whom to mask.
    """
    told = json.loads(archive.files.get(request["json_sha256"]))
    user = told.get("user") or {}
    slug = " ".join(word for word in str(user.get("url_name") or "").split("_") if not word.isdigit())
    names = [user.get("name"), told.get("user_name"), request["requester_name"], slug if " " in slug else None]
    return [name for name in names if isinstance(name, str) and name.strip()]


def _authorities(connection: sqlite3.Connection) -> dict[int, Authority]:
    tags: dict[int, list[tuple[str, str]]] = {}
    for identity, name, value in connection.execute("SELECT * FROM authority_tags ORDER BY authority_id, name, value"):
        tags.setdefault(identity, []).append((name, value))
    rows = connection.execute("SELECT id, name, short_name FROM authorities ORDER BY id")
    return {
        identity: Authority(id=identity, name=name, short_name=short, tags=tuple(tags.get(identity, ())))
        for identity, name, short in rows
    }


def _event(row: tuple[Any, ...]) -> Event:
    return Event(**dict(zip(Event.__slots__, row, strict=True)))
