"""What became of a request: the letter that answers it, and whether it came in time.

The outcome is that of the latest incoming message with a letter read as an answer (a response, a refusal notice or
the outcome of a review) that says what was done; where none says, of the latest with an answer. Within a message the
letter with an outcome comes first, then the weightiest kind, then the one that relies on most, then the first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from parsers.clock import AccessRegime, due_day, local_day, regime_of, working_days_between
from parsers.letters.records import RELIED_ON
from scraper.publishing.readings import PublishedReading
from scraper.publishing.threads import Message, Thread

ANSWERS = ("internal_review_outcome", "refusal_notice", "response")
"""Kinds of letter that answer a request, the weightiest first."""
_WEIGHT = (*ANSWERS, "fees_notice", "clarification", "transfer", "holding", "acknowledgement", "auto_reply", "bounce")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The columns of ``requests`` that are found, not copied."""

    regime: AccessRegime | None
    asked_on: date | None
    answered_on: date | None
    due_on: date | None
    working_days_taken: int | None
    late: int | None
    outcome: str | None
    outcome_reading: str | None


def outcome_of(thread: Thread, readings: Sequence[PublishedReading]) -> Outcome:
    """What became of the request."""
    regime = regime_of(thread.request["law_used"], thread.authority.tags)
    answers = [reading for reading in readings if reading.kind in ANSWERS and reading.message.direction == "incoming"]
    decisive = _decisive(answers)
    asked, answered = _asked_on(thread), _answered_on(thread, answers)
    due = due_day(asked, regime=regime) if asked and regime else None
    taken = working_days_between(asked, answered, regime=regime) if asked and answered and regime else None
    return Outcome(
        regime=regime,
        asked_on=asked,
        answered_on=answered,
        due_on=due,
        working_days_taken=taken,
        late=_late(thread, due, answered),
        outcome=decisive.outcome if decisive else None,
        outcome_reading=decisive.source if decisive else None,
    )


def kind_of_message(thread: Thread, message: Message, readings: Iterable[PublishedReading]) -> str | None:
    """What a message is: by its place in the history where the requester wrote it, else by what was read in it."""
    if message.direction == "incoming":
        kinds = {reading.kind for reading in readings if reading.message.id == message.id}
        return min(kinds, key=_rank, default=None)
    events = [event for event in thread.events if event.message_id == message.id]
    if any("internal_review" in {event.described_state, event.calculated_state} for event in events):
        return "internal_review_request"
    first = next((one.id for one in thread.messages if one.direction == "outgoing"), None)
    was_sent = any(event.event_type == "sent" for event in events)
    return "initial_request" if was_sent or (not events and message.id == first) else "followup"


def _rank(kind: str) -> tuple[int, str]:
    return (_WEIGHT.index(kind) if kind in _WEIGHT else len(_WEIGHT), kind)


def _decisive(answers: Sequence[PublishedReading]) -> PublishedReading | None:
    telling = [answer for answer in answers if answer.outcome != "other"] or list(answers)
    if not telling:
        return None
    last = max(answer.message.position for answer in telling)
    latest = [answer for answer in telling if answer.message.position == last]
    return min(latest, key=lambda answer: (_rank(answer.kind), -_relied_on(answer)))


def _relied_on(reading: PublishedReading) -> int:
    return sum(citation.told["role"] in RELIED_ON for citation in reading.citations)


def _asked_on(thread: Thread) -> date | None:
    sent = [event.created_at for event in thread.events if event.event_type == "sent"]
    written = [message.sent_at for message in thread.messages if message.direction == "outgoing" and message.sent_at]
    return min(filter(None, map(day_of, sent or written)), default=None)


def _answered_on(thread: Thread, answers: Sequence[PublishedReading]) -> date | None:
    """Day of the first answer: of its e-mail, or of the site's entry where the e-mail gives none or one too early."""
    if not answers:
        return None
    message = min((answer.message for answer in answers), key=lambda message: message.position)
    asked = _asked_on(thread)
    entries = [event.created_at for event in thread.events if event.message_id == message.id]
    days = filter(None, map(day_of, [message.sent_at, *entries]))
    return next((day for day in days if asked is None or day >= asked), None)


def _late(thread: Thread, due: date | None, answered: date | None) -> int | None:
    """1 or 0 where it is known: nothing is known while anything came that was not read as an answer."""
    if due is None:
        return None
    if answered is not None:
        return int(answered > due)
    silent = not any(message.direction == "incoming" for message in thread.messages)
    awaited = thread.request["described_state"] == "waiting_response"
    checked = day_of(thread.request["last_checked_at"])
    return 1 if silent and awaited and checked and checked > due else None


def day_of(moment: str | None) -> date | None:
    """The day of a time as the site or a letter gives it; None where it gives none that can be read."""
    try:
        return local_day(moment) if moment else None
    except ValueError:
        return None
