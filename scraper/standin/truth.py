"""What the world truly holds, as plain JSON: the oracle that tests compare a crawl and a reading with.

Of a world that changes with time it tells what a visitor may see at a moment, and what must not be had any more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from scraper.standin.calendar import iso_milliseconds, iso_seconds
from scraper.standin.changes import Change, ChangeKind
from scraper.standin.moving import MovingWorld
from scraper.standin.records import LetterTruth, StandinFile, StandinMessage, StandinRequest
from scraper.standin.states import LABELS
from scraper.standin.words import message_text, visible

Json = dict[str, object]


def truth_of_all(requests: Iterable[StandinRequest]) -> Json:
    """What the requests hold and what each letter says, by slug; makes every file, so it takes a moment."""
    return {request.slug: truth_of(request) for request in requests}


def truth_of(request: StandinRequest) -> Json:
    """One request with its events, messages, files, annotations and what each letter says."""
    return {
        "id": request.id,
        "slug": request.slug,
        "title": request.title,
        "authority": request.authority.url_name,
        "authority_name": request.authority.name,
        "requester": {"kind": request.user.kind, "name": request.user.name or None, "url_name": request.user.url_name},
        "regime": request.regime,
        "law_used": request.law_used,
        "described_state": request.described_state,
        "calculated_status": request.calculated_status,
        "display_status": LABELS[request.calculated_status],
        "awaiting_description": request.awaiting_description,
        "prominence": request.prominence,
        "embargoed": request.embargoed,
        "readable": request.readable,
        "listed": request.listed,
        "replies": request.replies,
        "batch_id": request.batch_id,
        "together": request.together,
        "former_slugs": list(request.former_slugs),
        "created_at": iso_milliseconds(request.created_at),
        "due_on": request.due_on.isoformat(),
        "odd": list(request.odd),
        "events": [
            {
                "id": event.id,
                "event_type": event.event_type,
                "created_at": iso_milliseconds(event.created_at),
                "described_state": event.described_state,
                "calculated_state": event.calculated_state,
                "message": event.message.anchor if event.message else None,
                "comment": event.comment.id if event.comment else None,
            }
            for event in request.events
        ],
        "messages": [_message(request, message) for message in request.messages],
        "comments": [
            {
                "id": comment.id,
                "author": comment.author.name,
                "created_at": iso_seconds(comment.created_at),
                "text": visible(comment.text),
                "visible": comment.visible,
            }
            for comment in request.comments
        ],
    }


def _message(request: StandinRequest, message: StandinMessage) -> Json:
    return {
        "id": message.anchor,
        "direction": message.direction,
        "sent_at": iso_seconds(message.sent_at),
        "author": message.author,
        "prominence": message.prominence,
        "visible": message.prominence == "normal",
        "main_part_hidden": message.main_part_hidden is not None,
        "text": message_text(message, unfold=False),
        "text_unfolded": message_text(message, unfold=True),
        "has_folded_quote": any(quoted for _, quoted in message.stretches),
        "letter": letter_truth(message.truth),
        "attachments": [_file(request, message, file) for file in message.files],
    }


def _file(request: StandinRequest, message: StandinMessage, file: StandinFile) -> Json:
    return {
        "id": f"attachment-{file.id}",
        "part": file.part,
        "name": file.name,
        "media_type": file.media_type,
        "state": file.state,
        "quirk": file.quirk,
        "path": f"/request/{request.slug}/response/{message.id}/attach/{file.part}/{file.name}",
        "size": len(file.data),
        "sha256": file.sha256,
        "letter": letter_truth(file.truth),
        "letter_text": file.text,
    }


def letter_truth(truth: LetterTruth | None) -> Json | None:
    """What a letter says, with lists for tuples and a day as ISO."""
    if truth is None:
        return None
    plain = {name: _plain(value) for name, value in asdict(truth).items()}
    plain["letter_date"] = truth.letter_date.isoformat() if truth.letter_date else None
    plain["request_date"] = truth.request_date.isoformat() if truth.request_date else None
    return plain


def _plain(value: object) -> object:
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value


def truth_at(moving: MovingWorld, moment: datetime) -> Json:
    """What a visitor may see of each request at a moment, by its number, and the words that must not turn up."""
    return {
        "requests": {request.id: visible_of(request) for request in moving.at(moment).requests},
        "secrets": [one.word for one in secrets_at(moving.requests, moving.upheaval.changes, moment)],
    }


Facet = Literal["record", "events", "messages", "comments", "files", "bytes"]
Visible = dict[Facet, object]


def visible_of(request: StandinRequest) -> Visible | None:
    """What a visitor sees of a request, facet by facet; ``None`` where there is nothing to see.

    ``record`` and ``events`` stand in the JSON; ``messages``, ``comments`` and ``files`` on the page; ``bytes`` are the
    SHA-256 of each file by its id. What is hidden has neither text nor name.
    """
    if not request.readable:
        return None
    record = ("id", "slug", "title", "law_used", "described_state", "calculated_status", "prominence")
    shown = [message for message in request.messages if message.prominence == "normal"]
    files = [(message, file) for message in shown for file in message.files]
    return {
        "record": {
            **{name: getattr(request, name) for name in record},
            "authority": request.authority.url_name,
            "awaiting_description": request.awaiting_description,
        },
        "events": [
            (
                event.id,
                event.event_type,
                iso_milliseconds(event.created_at),
                event.described_state,
                event.calculated_state,
            )
            for event in request.events
        ],
        "messages": [_visible_message(message) for message in request.messages],
        "comments": [(f"comment-{one.id}", visible(one.text)) for one in request.comments if one.visible],
        "files": [_visible_file(message, file) for message, file in files],
        "bytes": {f"attachment-{file.id}": file.sha256 for _, file in files if file.state == "file"},
    }


def _visible_message(message: StandinMessage) -> tuple[str, str, str | None, str | None]:
    """Its anchor, its prominence, its words, and its words with what is quoted where that is folded."""
    if message.prominence != "normal" or message.main_part_hidden is not None:
        return message.anchor, message.prominence, None, None
    folded = any(quoted for _, quoted in message.stretches)
    whole = message_text(message, unfold=True) if folded else None
    return message.anchor, message.prominence, message_text(message, unfold=False), whole


def _visible_file(message: StandinMessage, file: StandinFile) -> tuple[str, str, int | None, str | None, str]:
    """Its id, its message, its part and name where they are shown, and its state."""
    number = f"attachment-{file.id}"
    if file.state in {"hidden", "requester_only"}:
        return number, message.anchor, None, None, "hidden"
    if file.state == "erased":
        return number, message.anchor, None, file.name, "erased"
    return number, message.anchor, file.part, file.name, "file"


@dataclass(frozen=True, kw_only=True)
class Secret:
    """What a change took away for good."""

    kind: ChangeKind
    since: datetime
    request: int
    word: str
    """A word that no page shows any more, in any case of letters."""
    files: frozenset[str]
    """SHA-256 of the files that held it."""
    public_only: bool
    """Whether it may be kept and not be published: on a page for those who know its address."""


_TAKEN_BACK: Mapping[ChangeKind, ChangeKind] = {"shown_again": "hidden"}


def secrets_at(requests: Sequence[StandinRequest], changes: Sequence[Change], moment: datetime) -> list[Secret]:
    """All that must be gone at a moment. ``requests`` are those with the secrets still in them.

    What was hidden and is shown again is no secret any more.
    """
    by_id = {request.id: request for request in requests}
    found: dict[int, Secret] = {}
    for change in changes:
        if change.at > moment or not change.secret:
            continue
        if change.kind in _TAKEN_BACK:
            found.pop(change.request, None)
            continue
        found[change.request] = Secret(
            kind=change.kind,
            since=change.at,
            request=change.request,
            word=change.secret,
            files=frozenset(_bytes_of(by_id[change.request], change)),
            public_only=change.kind == "backpage",
        )
    return list(found.values())


_NO_FILE = frozenset({"retitled", "comment_hidden", "censored", "requester_erased", "file_renamed"})
"""Changes that take no bytes of a file away. Censoring a message leaves its files to rules of their own."""


def _bytes_of(request: StandinRequest, change: Change) -> Iterator[str]:
    """The files that held the secret, and those that went with it."""
    if change.kind in _NO_FILE:
        return
    for message in request.messages:
        for file in message.files:
            if change.message in {None, message.anchor} and change.file in {None, file.id} and file.state == "file":
                yield file.sha256
