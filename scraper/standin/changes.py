"""What the people who run the site do to it: things hidden, erased, censored, renamed, moved, shown again.

A change takes hold at its moment. What it takes away was planted from the start (``planting.py``), so that the words
that must be gone afterwards are known.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from scraper.standin.records import StandinEvent, StandinFile, StandinMessage, StandinRequest, StandinUser

ChangeKind = Literal[
    "hidden", "requester_only", "deleted", "embargoed", "backpage", "shown_again", "retitled", "moved",
    "message_hidden", "outgoing_hidden", "destroyed", "comment_hidden", "censored", "requester_erased",
    "file_hidden", "file_erased", "file_replaced", "file_censored", "file_renamed", "file_scanned", "file_back",
    "reparsed",
]  # fmt: skip
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
CENSORED = "[extraneous material removed]"
REASON = "It gave personal details."
SCAN = "We've found a problem with this file, so it has been hidden while somebody looks at it."
_REPARSED = 500_000
"""How far the numbers of files lie apart after their mail was read anew."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing done to one request at one moment."""

    kind: ChangeKind
    at: datetime
    request: int
    event: int
    """The number of the event that tells of it, where one does."""
    message: str | None = None
    """The anchor of the message."""
    file: int | None = None
    comment: int | None = None
    secret: str | None = None
    """A word that the site shows before the change and never after it."""
    was: str = ""
    """What the thing is called without the secret: a title, a slug, the name of a file, a body's name in addresses."""
    slug: str = ""


Done = Callable[[StandinRequest, Change], StandinRequest | None]


def done(request: StandinRequest, change: Change) -> StandinRequest | None:
    """The request after the change; ``None`` where nothing is left of it."""
    return _DONE[change.kind](request, change)


def with_event(request: StandinRequest, change: Change, event_type: str, *changed: str) -> StandinRequest:
    """The request with an entry in its history that tells of the change."""
    told = StandinEvent(id=change.event, event_type=event_type, created_at=change.at, changed=changed)
    events = sorted((*request.events, told), key=lambda event: event.created_at)
    return replace(request, events=tuple(events))


def with_message(
    request: StandinRequest, anchor: str | None, alter: Callable[[StandinMessage], StandinMessage]
) -> StandinRequest:
    """The request with one message altered wherever its history holds it; every message where ``anchor`` is None."""

    def altered(event: StandinEvent) -> StandinEvent:
        message = event.message
        wanted = message is not None and anchor in {None, message.anchor}
        return replace(event, message=alter(message)) if message is not None and wanted else event

    return replace(request, events=tuple(map(altered, request.events)))


def with_file(
    request: StandinRequest, number: int | None, alter: Callable[[StandinFile], StandinFile]
) -> StandinRequest:
    """The request with one file altered."""

    def altered(message: StandinMessage) -> StandinMessage:
        files = tuple(alter(file) if file.id == number else file for file in message.files)
        return replace(message, files=files)

    return with_message(request, None, altered)


def _prominence(value: str, event_type: str) -> Done:
    def change_it(request: StandinRequest, change: Change) -> StandinRequest:
        reason = REASON if value in {"hidden", "requester_only"} else None
        changed = replace(request, prominence=value, prominence_reason=reason, embargoed=False)
        return with_event(changed, change, event_type, "prominence")

    return change_it


def _deleted(_request: StandinRequest, _change: Change) -> StandinRequest | None:
    return None


def _embargoed(request: StandinRequest, change: Change) -> StandinRequest:
    return with_event(replace(request, embargoed=True), change, "set_embargo")


def _retitled(request: StandinRequest, change: Change) -> StandinRequest:
    former = (*request.former_slugs, request.slug)
    renamed = replace(request, title=change.was, slug=change.slug, former_slugs=former)
    return with_event(renamed, change, "edit", "title", "url_title")


def _message_hidden(request: StandinRequest, change: Change) -> StandinRequest:
    hidden = with_message(
        request,
        change.message,
        lambda message: replace(message, prominence="hidden", prominence_reason=REASON),
    )
    way = "edit_incoming" if change.kind == "message_hidden" else "edit_outgoing"
    return with_event(hidden, change, way, "prominence")


def _destroyed(request: StandinRequest, change: Change) -> StandinRequest:
    kept = [event for event in request.events if not (event.message and event.message.anchor == change.message)]
    return with_event(replace(request, events=tuple(kept)), change, "destroy_incoming")


def _comment_hidden(request: StandinRequest, change: Change) -> StandinRequest:
    def altered(event: StandinEvent) -> StandinEvent:
        comment = event.comment
        if comment is None or comment.id != change.comment:
            return event
        return replace(event, comment=replace(comment, visible=False))

    return with_event(replace(request, events=tuple(map(altered, request.events))), change, "hide_comment", "visible")


def _censored(request: StandinRequest, change: Change) -> StandinRequest:
    """Silently: a rule masks the word wherever the message has it (2.8)."""
    secret = change.secret or ""

    def masked(message: StandinMessage) -> StandinMessage:
        return replace(
            message, stretches=tuple((text.replace(secret, CENSORED), quoted) for text, quoted in message.stretches)
        )

    return with_message(request, None, masked)


def _requester_erased(request: StandinRequest, change: Change) -> StandinRequest:
    erased = StandinUser(id=request.user.id, name="[Name Removed]", url_name=f"{change.event:040x}", kind="erased")
    anonymous = with_message(
        request,
        None,
        lambda message: replace(message, author=erased.name) if message.direction == "outgoing" else message,
    )
    return replace(anonymous, user=erased)


def _file_state(state: Literal["file", "hidden", "erased"], event_type: str | None, reason: str = REASON) -> Done:
    def change_it(request: StandinRequest, change: Change) -> StandinRequest:
        changed = with_file(
            request, change.file, lambda file: replace(file, state=state, reason=reason if state == "hidden" else None)
        )
        return with_event(changed, change, event_type, "prominence") if event_type else changed

    return change_it


def _file_cleaned(request: StandinRequest, change: Change) -> StandinRequest:
    """Other bytes under the same name; a replacement is told by an event, a rule is not."""
    cleaned = with_file(request, change.file, lambda file: replace(file, make=file.cleaned or file.make))
    return with_event(cleaned, change, "edit_attachment") if change.kind == "file_replaced" else cleaned


def _file_renamed(request: StandinRequest, change: Change) -> StandinRequest:
    return with_file(request, change.file, lambda file: replace(file, name=change.was))


def _reparsed(request: StandinRequest, change: Change) -> StandinRequest:
    """The mail was read anew: other numbers, the same files (6.1)."""

    def renumbered(message: StandinMessage) -> StandinMessage:
        files = (replace(file, id=file.id + _REPARSED, part=file.part + 1) for file in message.files)
        return replace(message, files=tuple(files))

    return with_message(request, change.message, renumbered)


def _moved(request: StandinRequest, change: Change) -> StandinRequest:
    """The body itself is put in by the world, which knows bodies."""
    return with_event(request, change, "move_request", "public_body_url_name")


_DONE: dict[ChangeKind, Done] = {
    "hidden": _prominence("hidden", "hide"),
    "requester_only": _prominence("requester_only", "edit"),
    "deleted": _deleted,
    "embargoed": _embargoed,
    "backpage": _prominence("backpage", "edit"),
    "shown_again": _prominence("normal", "edit"),
    "retitled": _retitled,
    "moved": _moved,
    "message_hidden": _message_hidden,
    "outgoing_hidden": _message_hidden,
    "destroyed": _destroyed,
    "comment_hidden": _comment_hidden,
    "censored": _censored,
    "requester_erased": _requester_erased,
    "file_hidden": _file_state("hidden", "edit_attachment"),
    "file_erased": _file_state("erased", "erase_attachment"),
    "file_replaced": _file_cleaned,
    "file_censored": _file_cleaned,
    "file_renamed": _file_renamed,
    "file_scanned": _file_state("hidden", None, SCAN),
    "file_back": _file_state("file", None),
    "reparsed": _reparsed,
}
