"""What a page no longer shows of what was held: what it says is hidden, what it lacks, and what was only renumbered.

A page that shows a notice in the place of a message or a file has said what became of it. One that merely lacks what
it showed may have been rendered in half, laid out anew or read wrongly, so what it lacks stays in its rows, is
published no more, and is erased only once ``scraper.removals.suspects`` believes it. The JSON beside the page is a
second witness: of a message that was destroyed it names no event any more, and it tells that a comment was hidden
(alaveteli.md 2.2, 2.5).
"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from parsers.records import Comment, Event, Message
from scraper.items import RequestItem
from scraper.removals.evidence import Evidence

Kind = Literal["message", "file", "comment"]
Place = tuple[str, str | None]
"""The message of a file, and its name."""
_JSON_OLDER = timedelta(hours=2)
"""The JSON may be an hour older than it seems (alaveteli.md 4.5); one that was taken long before proves nothing."""
_SHOWN_EVENTS = frozenset({"sent", "followup_sent", "response"})
_COMMENT_GONE = frozenset({"hide_comment", "destroy_comment"})
_MESSAGES = "SELECT id FROM messages WHERE request_id = ? AND prominence = 'normal' AND hidden_reason IS NULL"
_FILES = """
SELECT attachments.id, message_id, name, sha256 IS NOT NULL FROM attachments JOIN messages ON messages.id = message_id
WHERE request_id = ? AND state = 'file' ORDER BY messages.position, attachments.position, attachments.id
"""
_NAMED = """
SELECT event_type, incoming_message_id, outgoing_message_id, comment_id FROM events WHERE request_id = ?
"""


@dataclass(frozen=True, kw_only=True)
class Visible:
    """What a request showed when it was last looked at."""

    messages: frozenset[str]
    files: Mapping[str, Place]
    fetched: frozenset[str]
    """Those of the files whose bytes are held."""
    comments: frozenset[str]
    named: frozenset[str]
    """Messages and comments that its JSON named."""


@dataclass(frozen=True, kw_only=True)
class Gone:
    """What the archive holds as visible and a page does not show."""

    states: Mapping[str, tuple[str, Evidence]]
    """State and evidence, by subject."""
    kept: frozenset[str]
    """Of these, what the page merely lacks and whose rows stay."""
    renumbered: Mapping[str, str]
    """New ids of files that the site numbered anew, by the old ones."""


def kind_of(subject: str) -> Kind:
    """What a part of a request is, by its id; ``incoming-7/2`` is a file on a page that gives no id."""
    if subject.startswith("comment-"):
        return "comment"
    return "message" if subject.startswith(("incoming-", "outgoing-")) and "/" not in subject else "file"


def renumbered(before: Mapping[str, Place], listed: Mapping[str, Place]) -> dict[str, str]:
    """New ids by old ones of files that the site numbered anew, as it does when it reads an e-mail again.

    That is a file that is listed no more, where one that was not held is listed under its name in its message: each
    stands for one of the old (alaveteli.md 6.1). One without a name is never taken for another.
    """
    new: dict[Place, list[str]] = {}
    for identity, place in listed.items():
        if identity not in before and place[1] is not None:
            new.setdefault(place, []).append(identity)
    gone = [(identity, place) for identity, place in before.items() if identity not in listed]
    return {identity: new[place].pop(0) for identity, place in gone if new.get(place)}


def listed_files(messages: Sequence[Message]) -> dict[str, Place]:
    """Every file that a page lists, in whatever state."""
    return {file.id: (message.id, file.name) for message in messages for file in message.attachments}


def visible(connection: sqlite3.Connection, request_id: int) -> Visible:
    """What the archive holds of a request as visible."""
    files = connection.execute(_FILES, [request_id]).fetchall()
    comments = connection.execute("SELECT id FROM comments WHERE request_id = ?", [request_id])
    named = connection.execute(_NAMED, [request_id]).fetchall()
    return Visible(
        messages=frozenset(one for (one,) in connection.execute(_MESSAGES, [request_id])),
        files={identity: (message, name) for identity, message, name, _ in files},
        fetched=frozenset(identity for identity, *_, held in files if held),
        comments=frozenset(one for (one,) in comments),
        named=frozenset(subject for kind, *ids in named for subject in _subjects(kind, *ids)),
    )


def shown(messages: Sequence[Message], comments: Sequence[Comment] = ()) -> set[str]:
    """Ids of the messages, files and comments that a page shows."""
    seen = {message.id for message in messages if not _is_hidden(message)}
    files = {file.id for message in messages for file in message.attachments if file.state == "file"}
    return seen | files | {comment.id for comment in comments}


def named(item: RequestItem) -> set[str] | None:
    """Messages and comments that the JSON beside a page names; ``None`` where it is too old to prove anything."""
    if _moment(item.fetches[-1].fetched_at) - _moment(item.fetches[0].fetched_at) > _JSON_OLDER:
        return None
    return {subject for event in item.record.events for subject in _of_event(event)}


def gone(before: Visible, item: RequestItem) -> Gone:
    """What ``before`` had and the page of ``item`` does not show."""
    messages, listed = item.page.messages, listed_files(item.page.messages)
    told = {message.id: "hidden" for message in messages if _is_hidden(message)}
    told |= {file.id: file.state for message in messages for file in message.attachments if file.state != "file"}
    anew = renumbered(before.files, listed)
    shows = shown(messages, item.page.comments)
    destroyed = _destroyed(before, item)
    states: dict[str, tuple[str, Evidence]] = {}
    for subject in sorted({*before.messages, *before.files, *before.comments} - shows - anew.keys()):
        message = before.files[subject][0] if subject in before.files else subject
        if subject in told or message in told:
            states[subject] = (told.get(subject, "hidden"), "request_page")
        elif subject in before.files and subject not in before.fetched:
            states[subject] = ("absent", "request_page")  # nothing of it is held that could be lost
        else:
            states[subject] = ("absent", "page_and_json" if message in destroyed else "not_listed")
    kept = frozenset(
        one for one, (state, evidence) in states.items() if state == "absent" and evidence != "request_page"
    )
    return Gone(states=states, kept=kept, renumbered=anew)


def _destroyed(before: Visible, item: RequestItem) -> Collection[str]:
    """What the JSON named and names no more, and comments that it tells were hidden."""
    now = named(item)
    if not now:
        return ()
    hidden = {
        f"comment-{event.comment_id}"
        for event in item.record.events
        if event.event_type in _COMMENT_GONE and event.comment_id
    }
    return (before.named - now) | hidden


def _of_event(event: Event) -> list[str]:
    return _subjects(event.event_type, event.incoming_message_id, event.outgoing_message_id, event.comment_id)


def _subjects(event_type: str, incoming: int | None, outgoing: int | None, comment: int | None) -> list[str]:
    if event_type == "comment":
        return [f"comment-{comment}"] if comment else []
    if event_type not in _SHOWN_EVENTS:
        return []
    pairs = (("incoming", incoming), ("outgoing", outgoing))
    return [f"{direction}-{number}" for direction, number in pairs if number]


def _is_hidden(message: Message) -> bool:
    return message.prominence != "normal" or message.hidden_reason is not None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
