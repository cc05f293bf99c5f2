"""What a message is, and which letter of several decides."""

from collections.abc import Iterable, Sequence

from parsers.letters.records import RELIED_ON
from scraper.publishing.request.placed import Placed
from scraper.publishing.request.readings import PublishedReading
from scraper.publishing.request.threads import Message

ANSWERS = ("internal_review_outcome", "refusal_notice", "response")
"""Kinds of letter that answer a request, the weightiest first."""
_WEIGHT = (*ANSWERS, "fees_notice", "clarification", "transfer", "holding", "acknowledgement", "auto_reply", "bounce")


def answers_among(readings: Iterable[PublishedReading]) -> list[PublishedReading]:
    """The letters that answer the request.

    None of the requester's own; no reply that only asks what is meant; and nothing that came with a notice that a
    message could not be delivered, which brings back the requester's own words.
    """
    readings = list(readings)
    returned = {reading.message.id for reading in readings if reading.kind == "bounce"}
    return [
        reading
        for reading in readings
        if reading.kind in ANSWERS
        and reading.outcome != "clarification"
        and reading.message.direction == "incoming"
        and reading.message.id not in returned
    ]


def kind_of_message(placed: Placed, message: Message) -> str | None:
    """What a message is: by its place in the history where the requester wrote it, else by what was read in it."""
    if message.direction == "incoming":
        kinds = {reading.kind for reading in placed.read_in(message)}
        return "bounce" if "bounce" in kinds else min(kinds, key=rank, default=None)
    if placed.asks_for_review(message):
        return "internal_review_request"
    events = placed.entries_of(message)
    was_sent = any(event.event_type == "sent" for event in events)
    return "initial_request" if was_sent or (not events and placed.is_first_sent(message)) else "followup"


def rank(kind: str) -> tuple[int, str]:
    """The weightiest kind first."""
    return (_WEIGHT.index(kind) if kind in _WEIGHT else len(_WEIGHT), kind)


def decisive(answers: Sequence[PublishedReading]) -> PublishedReading | None:
    """Of letters that answer, that of the latest message which says what was done (``became.outcomes``)."""
    telling = [answer for answer in answers if answer.outcome != "other"] or list(answers)
    if not telling:
        return None
    last = max(answer.message.position for answer in telling)
    return weightiest([answer for answer in telling if answer.message.position == last])


def initial(answers: Sequence[PublishedReading]) -> PublishedReading | None:
    """That of the first message with a letter that answers and says what was done; where none says, of the first."""
    telling = [answer for answer in answers if answer.outcome != "other"] or list(answers)
    if not telling:
        return None
    first = min(answer.message.position for answer in telling)
    return weightiest([answer for answer in telling if answer.message.position == first])


def weightiest(answers: Sequence[PublishedReading]) -> PublishedReading:
    """Of the letters of one message, that of the weightiest kind; of several, the one that relies on most."""
    return min(answers, key=lambda answer: (rank(answer.kind), -_relied_on(answer)))


def _relied_on(reading: PublishedReading) -> int:
    return sum(citation.told["role"] in RELIED_ON for citation in reading.citations)


def relies_on_something(reading: PublishedReading) -> bool:
    """Whether a ground for refusing still stands in a letter."""
    return _relied_on(reading) > 0
