"""Where a request stands, in the lines of the official statistics, beside what its label stands for.

The crosswalk from labels: successful is granted in full, partially_successful partially withheld, rejected fully
withheld, not_held not held, waiting_clarification on hold, waiting_response not yet answered. Labels about other
things (an internal review, post, an error) stand for none of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from scraper.publishing.became.kinds import (
    ANSWERS,
    answers_among,
    decisive,
    initial,
    kind_of_message,
    relies_on_something,
    weightiest,
)
from scraper.publishing.request.placed import Placed
from scraper.publishing.request.readings import PublishedReading
from scraper.publishing.request.threads import Message, Thread

Standing = Literal[
    "granted_in_full",
    "partially_withheld",
    "fully_withheld",
    "not_held",
    "otherwise_accessible",
    "transferred",
    "on_hold",
    "not_yet_answered",
    "not_delivered",
    "not_known",
]
Source = Literal["reading", "message", "event", "none"]

OF_LABEL: dict[str, Standing] = {
    "successful": "granted_in_full",
    "partially_successful": "partially_withheld",
    "rejected": "fully_withheld",
    "not_held": "not_held",
    "waiting_clarification": "on_hold",
    "waiting_response": "not_yet_answered",
}
OF_OUTCOME: dict[str, Standing] = {
    "disclosed_full": "granted_in_full",
    "disclosed_part": "partially_withheld",
    "withheld": "fully_withheld",
    "ncnd": "fully_withheld",
    "cost_limit": "fully_withheld",
    "vexatious_or_repeat": "fully_withheld",
    "not_held": "not_held",
    "accessible_elsewhere": "otherwise_accessible",
    "transferred": "transferred",
    "clarification": "on_hold",
    "acknowledgement": "not_yet_answered",
}
_OF_KIND: dict[str, Standing] = {
    "transfer": "transferred",
    "clarification": "on_hold",
    "fees_notice": "on_hold",
    "holding": "not_yet_answered",
    "acknowledgement": "not_yet_answered",
    "auto_reply": "not_yet_answered",
    "bounce": "not_delivered",
}
_COMPARED = frozenset(OF_LABEL.values())


@dataclass(frozen=True, kw_only=True)
class Stands:
    """Where a request stands, how that was found, and what its label says."""

    standing: Standing
    source: Source
    message: str | None = None
    event: int | None = None
    initial: Standing | None = None
    label: Standing | None = None

    @property
    def agrees(self) -> int | None:
        """1 or 0 where label and letters speak of the same; None where one of them says nothing of it."""
        if self.label is None or self.standing not in _COMPARED:
            return None
        return int(self.label == self.standing)


def stands(placed: Placed) -> Stands:
    """Where a request stands by its letters; by its messages and its history where none was read as an answer."""
    thread = placed.thread
    label = None if thread.request["awaiting_description"] else OF_LABEL.get(thread.request["described_state"])
    answers = answers_among(placed.readings)
    last, first = decisive(answers), initial(answers)
    if last is None or first is None:
        standing, source, message, event = _unanswered(placed)
        return Stands(standing=standing, source=source, message=message, event=event, label=label)
    return Stands(
        standing=_answered(last, answers),
        source="reading",
        message=last.message.id,
        initial=_answered(first, answers),
        label=label,
    )


def _answered(reading: PublishedReading, answers: Sequence[PublishedReading]) -> Standing:
    """The line of a letter; one that upholds a decision stands where that decision stood."""
    if reading.outcome != "review_upheld":
        return _line(reading)
    telling = [one for one in answers if one.outcome != "other" and one.message.position < reading.message.position]
    telling.sort(key=lambda one: -one.message.position)
    for _, of_a_message in groupby(telling, key=lambda one: one.message.position):
        upheld = weightiest(list(of_a_message))
        if upheld.outcome != "review_upheld":
            return _line(upheld)
    return "not_known"


def _line(reading: PublishedReading) -> Standing:
    if reading.outcome == "review_overturned":
        return "partially_withheld" if relies_on_something(reading) else "granted_in_full"
    return OF_OUTCOME.get(reading.outcome, "not_known")


def _unanswered(placed: Placed) -> tuple[Standing, Source, str | None, int | None]:
    """Where a request stands that no letter was read as answering, with the message and the entry that say so."""
    thread = placed.thread
    failed = next((event for event in reversed(thread.events) if event.event_type == "send_error"), None)
    came = [(one, _kind(placed, one)) for one in thread.messages if one.direction == "incoming"]
    if not came:
        if failed is not None:
            return "not_delivered", "event", None, failed.id
        return ("not_yet_answered", "message", _last(thread), None) if thread.messages else _NOTHING
    unread = next((one for one, kind in reversed(came) if kind not in _OF_KIND), None)
    if unread is not None:
        return "not_known", "message", unread.id, None
    told = [(one, kind) for one, kind in came if kind not in {"acknowledgement", "auto_reply", "holding"}]
    message, kind = (told or came)[-1]
    standing = _OF_KIND[str(kind)]
    if kind == "clarification" and _wrote_after(thread, message):
        standing = "not_yet_answered"
    return standing, "reading", message.id, None


def _kind(placed: Placed, message: Message) -> str | None:
    """The kind of a message; a reply that only asks what is meant is none that answers."""
    kind = kind_of_message(placed, message)
    return "clarification" if kind in ANSWERS else kind


_NOTHING: tuple[Standing, Source, None, None] = ("not_known", "none", None, None)


def _last(thread: Thread) -> str:
    return thread.messages[-1].id


def _wrote_after(thread: Thread, message: Message) -> bool:
    return any(one.direction == "outgoing" and one.position > message.position for one in thread.messages)
