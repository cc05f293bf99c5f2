"""A request as it was at a moment: what had happened by then, and what the clock had made of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from scraper.standin.calendar import LONDON
from scraper.standin.records import StandinComment, StandinEvent, StandinRequest
from scraper.standin.thread import calculated

_EDITS = frozenset({"hide", "edit"})


def as_it_was(request: StandinRequest, moment: datetime) -> StandinRequest | None:
    """The request at ``moment``, or ``None`` before it was made."""
    events = [event for event in request.events if event.created_at <= moment]
    if not events:
        return None
    state, awaiting = _described(events)
    today = moment.astimezone(LONDON).date()
    then = replace(
        request,
        events=tuple(_comments_shown(request, _labelled(events))),
        described_state=state,
        awaiting_description=awaiting,
        calculated_status=calculated(state, awaiting=awaiting, due_on=request.due_on, today=today),
    )
    return _unedited(then, request.events[len(events) :])


def _described(events: Sequence[StandinEvent]) -> tuple[str, bool]:
    """The state that was last described, and whether an answer came after that (2.6)."""
    state, awaiting = "waiting_response", False
    for event in events:
        if event.described_state is not None:
            state, awaiting = event.described_state, False
        elif event.event_type == "response":
            awaiting = True
    return state, awaiting


def _labelled(events: Sequence[StandinEvent]) -> list[StandinEvent]:
    """The events with the labels that answers had by then: each has that of the last description before the next."""
    found: list[StandinEvent] = []
    answer: int | None = None
    for event in events:
        if event.event_type == "response":
            answer = len(found)
            found.append(replace(event, calculated_state=None, last_described_at=None))
            continue
        if event.event_type == "status_update" and answer is not None:
            found[answer] = replace(
                found[answer], calculated_state=event.calculated_state, last_described_at=event.last_described_at
            )
        found.append(event)
    return found


def _comments_shown(request: StandinRequest, events: Sequence[StandinEvent]) -> list[StandinEvent]:
    """An annotation that an event took down was there before it."""
    to_come = (event for event in request.events[len(events) :] if event.event_type == "hide_comment")
    hidden_later = {event.comment.id for event in to_come if event.comment}
    shown: list[StandinEvent] = []
    for event in events:
        comment: StandinComment | None = event.comment
        if comment is not None and comment.id in hidden_later:
            comment = replace(comment, visible=True)
        shown.append(replace(event, comment=comment))
    return shown


def _unedited(request: StandinRequest, to_come: Sequence[StandinEvent]) -> StandinRequest:
    """Take back what later edits made of the request itself."""
    edited = {name for event in to_come if event.event_type in _EDITS for name in event.changed}
    if "prominence" in edited:
        request = replace(request, prominence="normal", prominence_reason=None)
    if "url_title" in edited and request.former_slugs:
        request = replace(request, slug=request.former_slugs[0], former_slugs=())
    return replace(request, tags=()) if "tags" in edited else request
