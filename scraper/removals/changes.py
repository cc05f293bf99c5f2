"""What changed in a request between two looks: a row of ``changes`` each, without a word of what was removed.

What a request held is read before its rows are written and again after, and the two are compared, so that whatever
writes the rows, a crawl or an import, its changes are told alike. Of a request met for the first time nothing is
told. The columns ``before`` and ``after`` hold states of the site's own lists, numbers and times only.
"""

import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from parsers.wdtk.vocabulary import EVENT_TYPES, PROMINENCES, STATE_LABELS
from scraper.removals.missing import kind_of, renumbered

Kind = Literal[
    "new_event",
    "new_message",
    "new_comment",
    "new_state",
    "text_censored",
    "text_edited",
    "file_new",
    "file_replaced",
    "file_renamed",
    "file_gone",
    "message_gone",
    "comment_gone",
    "renamed",
    "retitled",
    "moved",
    "hidden",
    "erased",
    "not_found",
    "absent",
    "shown_again",
    "prominence",
    "forgotten",
]
"""``text_censored``: with more marks of redaction than before (alaveteli.md 2.8), or shorter. ``renamed``: another
slug; ``retitled``: another title under the same one. ``moved``: to another authority. ``prominence``: listed or kept
out of lists. ``hidden``, ``erased``, ``not_found``, ``absent`` and ``forgotten`` are the states of ``withdrawals``."""

_STATES: dict[str, Kind] = {
    "hidden": "hidden",
    "erased": "erased",
    "not_found": "not_found",
    "forgotten": "forgotten",
}
_MARK = re.compile(r"\[[^\[\]\n]{1,100}\]|x{8,200}")
_ROW = """
INSERT INTO changes (seen_at, run_id, request_id, subject, kind, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_REQUEST = """
SELECT slug, title, authority_id, described_state, prominence, noindex, json_sha256, page_sha256
FROM requests WHERE id = ?
"""
_MESSAGES = """
SELECT id, text, full_text, prominence = 'normal' AND hidden_reason IS NULL FROM messages
WHERE request_id = ? ORDER BY position, id
"""
_FILES = """
SELECT attachments.id, message_id, name, state, sha256 FROM attachments JOIN messages ON messages.id = message_id
WHERE request_id = ? ORDER BY messages.position, attachments.position, attachments.id
"""


@dataclass(frozen=True, kw_only=True)
class Text:
    """The words of a message; ``shown`` is whether the site shows it."""

    words: str
    shown: bool


@dataclass(frozen=True, kw_only=True)
class File:
    """A file as its message lists it, and its bytes where they were had."""

    message_id: str
    name: str | None
    state: str
    sha256: str | None


@dataclass(frozen=True, kw_only=True)
class Held:
    """What the archive holds of a request; without ``slug`` it holds none of its rows."""

    slug: str | None = None
    title: str = ""
    authority_id: int = 0
    state: str = ""
    prominence: str = ""
    messages: dict[str, Text] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    events: dict[int, str] = field(default_factory=dict)
    withdrawn: dict[str, str] = field(default_factory=dict)
    """States of what is withdrawn, by subject."""
    documents: tuple[str, ...] = ()
    """SHA-256 of its JSON and its page."""

    @property
    def bodies(self) -> set[str]:
        """SHA-256 of everything that its rows point to."""
        return {*self.documents, *(file.sha256 for file in self.files.values() if file.sha256)}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One row of ``changes``."""

    subject: str
    kind: Kind
    before: str | None = None
    after: str | None = None


@dataclass(kw_only=True)
class Recorded:
    """What was held before, and how many changes were told."""

    before: Held
    number: int = 0


@contextmanager
def recorded(connection: sqlite3.Connection, run_id: int | None, request_id: int, seen_at: str) -> Iterator[Recorded]:
    """Tell what the block changes in a request; it runs inside the caller's transaction."""
    before = held(connection, request_id)
    told = Recorded(before=before)
    yield told
    found = differences(request_id, before, held(connection, request_id))
    add(connection, run_id, request_id, seen_at, found)
    told.number = len(found)


@contextmanager
def recorded_file(
    connection: sqlite3.Connection, run_id: int | None, attachment_id: str, request_id: int, seen_at: str
) -> Iterator[Recorded]:
    """The same for what comes of asking for one file, of which there may be hundreds in a request."""
    before = _one_file(connection, attachment_id)
    told = Recorded(before=before)
    yield told
    after = _one_file(connection, attachment_id)
    found = list(_withdrawals(before, after))
    for identity in before.files.keys() & after.files.keys():
        found += _file(identity, before.files[identity], after.files[identity])
    add(connection, run_id, request_id, seen_at, found)
    told.number = len(found)


def _one_file(connection: sqlite3.Connection, attachment_id: str) -> Held:
    given = [attachment_id]
    rows = connection.execute("SELECT message_id, name, state, sha256 FROM attachments WHERE id = ?", given)
    files = [File(message_id=one, name=name, state=state, sha256=sha256) for one, name, state, sha256 in rows]
    withdrawn = dict(connection.execute("SELECT subject, state FROM withdrawals WHERE subject = ?", given))
    return Held(files=dict(zip(given, files, strict=False)), withdrawn=withdrawn)


def add(
    connection: sqlite3.Connection, run_id: int | None, request_id: int, seen_at: str, changes: list[Change]
) -> None:
    """Enter changes of a request."""
    rows = [(seen_at, run_id, request_id, one.subject, one.kind, one.before, one.after) for one in changes]
    connection.executemany(_ROW, rows)


def held(connection: sqlite3.Connection, request_id: int) -> Held:
    """What the archive holds of a request at this moment."""
    given = [request_id]
    withdrawn = dict(connection.execute("SELECT subject, state FROM withdrawals WHERE request_id = ?", given))
    row = connection.execute(_REQUEST, given).fetchone()
    if row is None:
        return Held(withdrawn=withdrawn)
    slug, title, authority, state, prominence, noindex, *documents = row
    events = connection.execute("SELECT id, event_type FROM events WHERE request_id = ? ORDER BY id", given)
    comments = connection.execute("SELECT id, text FROM comments WHERE request_id = ? ORDER BY position, id", given)
    return Held(
        slug=slug,
        title=title,
        authority_id=authority,
        state=state,
        prominence="backpage" if noindex and prominence == "normal" else prominence,
        messages={
            one: Text(words=(text or "") + (whole or ""), shown=bool(shown))
            for one, text, whole, shown in connection.execute(_MESSAGES, given)
        },
        comments=dict(comments),
        files={
            one: File(message_id=message, name=name, state=stated, sha256=sha256)
            for one, message, name, stated, sha256 in connection.execute(_FILES, given)
        },
        events=dict(events),
        withdrawn=withdrawn,
        documents=tuple(documents),
    )


def differences(request_id: int, before: Held, after: Held) -> list[Change]:
    """What changed from one look to the next; nothing where the request was never held before."""
    found = list(_withdrawals(before, after))
    if before.slug is not None and after.slug is not None:
        found += _request(f"request/{request_id}", before, after)
        found += _events(f"request/{request_id}", before, after)
        found += _messages(before, after)
        found += _comments(before, after)
        found += _files(before, after)
    return found


def _withdrawals(before: Held, after: Held) -> Iterator[Change]:
    for subject, state in after.withdrawn.items():
        if before.withdrawn.get(subject) != state:
            lacking: Kind = "comment_gone" if kind_of(subject) == "comment" else "absent"
            yield Change(subject=subject, kind=_STATES.get(state, lacking))
    for subject in before.withdrawn.keys() - after.withdrawn.keys():
        yield Change(subject=subject, kind="shown_again")


def _request(subject: str, before: Held, after: Held) -> Iterator[Change]:
    if before.slug != after.slug:
        yield Change(subject=subject, kind="renamed")
    elif before.title != after.title:
        yield Change(subject=subject, kind="retitled")
    if before.authority_id != after.authority_id:
        yield Change(subject=subject, kind="moved", before=str(before.authority_id), after=str(after.authority_id))
    if before.state != after.state:
        old, new = (_known(state, STATE_LABELS.keys()) for state in (before.state, after.state))
        yield Change(subject=subject, kind="new_state", before=old, after=new)
    if before.prominence != after.prominence:
        old, new = (_known(one, PROMINENCES) for one in (before.prominence, after.prominence))
        yield Change(subject=subject, kind="prominence", before=old, after=new)


def _known(value: str, vocabulary: Collection[str]) -> str:
    """The value where the site's own list has it: anything else may be words of somebody."""
    return value if value in vocabulary else "other"


def _events(subject: str, before: Held, after: Held) -> Iterator[Change]:
    for identity, event_type in after.events.items():
        if identity not in before.events:
            yield Change(subject=subject, kind="new_event", after=_known(event_type, EVENT_TYPES))


def _messages(before: Held, after: Held) -> Iterator[Change]:
    for identity, text in after.messages.items():
        old = before.messages.get(identity)
        if old is None:
            if identity not in before.withdrawn:
                yield Change(subject=identity, kind="new_message")
        elif old.shown and text.shown and old.words != text.words:
            yield Change(subject=identity, kind=_edit(old.words, text.words))
    for identity in before.messages.keys() - after.messages.keys() - after.withdrawn.keys():
        yield Change(subject=identity, kind="message_gone")


def _comments(before: Held, after: Held) -> Iterator[Change]:
    for identity, text in after.comments.items():
        old = before.comments.get(identity)
        if old is None:
            if identity not in before.withdrawn:
                yield Change(subject=identity, kind="new_comment")
        elif old != text:
            yield Change(subject=identity, kind=_edit(old, text))
    for identity in before.comments.keys() - after.comments.keys() - after.withdrawn.keys():
        yield Change(subject=identity, kind="comment_gone")


def _edit(old: str, new: str) -> Kind:
    marked = len(_MARK.findall(new)) > len(_MARK.findall(old))
    return "text_censored" if marked or len(new) < len(old) else "text_edited"


def _files(before: Held, after: Held) -> Iterator[Change]:
    """A file that the site numbered anew has not changed."""
    places = [{one: (file.message_id, file.name) for one, file in held.files.items()} for held in (before, after)]
    older = {new: old for old, new in renumbered(*places).items()}
    for identity, file in after.files.items():
        old = before.files.get(older.get(identity, identity))
        if old is None:
            if identity not in before.withdrawn:
                yield Change(subject=identity, kind="file_new")
        elif old.state == file.state == "file":
            yield from _file(identity, old, file)
    for identity in before.files.keys() - after.files.keys() - after.withdrawn.keys() - set(older.values()):
        yield Change(subject=identity, kind="file_gone")


def _file(identity: str, old: File, new: File) -> Iterator[Change]:
    if old.name != new.name:
        yield Change(subject=identity, kind="file_renamed")
    if old.sha256 and new.sha256 and old.sha256 != new.sha256:
        yield Change(subject=identity, kind="file_replaced")
