"""What became of a request is found in one pass through its thread, however long that is."""

import time
from datetime import date, timedelta

from scraper.publishing.became.outcomes import Outcome, outcome_of
from scraper.publishing.request.readings import PublishedReading
from scraper.publishing.request.threads import Authority, Event, Message, Thread
from tests.patience import at_some_pace

FIRST = date(2015, 1, 5)
REQUEST = {
    "id": 7, "law_used": "foi", "awaiting_description": 0,
    "last_checked_at": "2026-02-27T04:00:00Z",
}  # fmt: skip


def at(position: int) -> str:
    return f"{FIRST + timedelta(days=position // 8)}T10:00:00+00:00"


def message(position: int) -> Message:
    """Every second one is the authority's."""
    direction = "outgoing" if position % 2 else "incoming"
    return Message(
        id=f"{direction}-{position}", position=position, direction=direction, prominence="normal", author=None,
        sent_at=at(position), text="Words.", hidden_reason=None,
    )  # fmt: skip


def event(one: Message) -> Event:
    outgoing = one.direction == "outgoing"
    label = "internal_review" if outgoing and one.position > 1 else None
    return Event(
        id=one.position, event_type=("sent" if one.position == 1 else "followup_sent") if outgoing else "response",
        created_at=at(one.position), described_state=label, calculated_state=label, display_status=None,
        incoming_message_id=None if outgoing else one.position, outgoing_message_id=one.position if outgoing else None,
    )  # fmt: skip


def reading(one: Message, *, answers: bool) -> PublishedReading:
    """A refusal, and then reviews that uphold it; or nothing but letters that ask to wait."""
    kind, outcome = (
        ("refusal_notice", "withheld") if one.position == 2 else ("internal_review_outcome", "review_upheld")
    )
    kind, outcome = (kind, outcome) if answers else ("acknowledgement", "acknowledgement")
    return PublishedReading(
        source=one.id, message=one, attachment=None, kind=kind, letter_date=None, letter_date_quote=None,
        request_date=None, outcome=outcome, outcome_quote=None, parser_version="1", signals=(), references=(),
        citations=(),
    )  # fmt: skip


def outcome(length: int, *, answers: bool = True) -> tuple[Outcome, float]:
    """What became of a request of so many messages, and the processor time that finding it took."""
    messages = tuple(map(message, range(1, length + 1)))
    authority = Authority(id=1, name="Council", short_name=None, tags=())
    events = tuple(map(event, messages))
    state = "rejected" if answers else "waiting_response"
    request = REQUEST | {"described_state": state}
    thread = Thread(request=request, authority=authority, messages=messages, attachments=(), events=events)
    readings = [reading(one, answers=answers) for one in messages if one.direction == "incoming"]
    began = time.thread_time()
    found = outcome_of(thread, readings)
    return found, time.thread_time() - began


def test_a_thread_of_two_thousand_messages_ends_as_its_first_refusal_did() -> None:
    found, _ = outcome(2000)
    assert (found.stands.standing, found.stands.initial) == ("fully_withheld", "fully_withheld")
    assert found.decisive is not None
    assert found.decisive.source == "incoming-2000"
    assert found.answered_on == FIRST
    assert [review.outcome for review in found.reviews] == ["upheld"] * 999
    assert found.clock is not None
    assert found.clock.timing == "in_time"


def test_a_thread_of_two_thousand_messages_without_an_answer_waits_for_one() -> None:
    found, _ = outcome(2000, answers=False)
    assert (found.stands.standing, found.stands.source, found.answered_on) == ("not_yet_answered", "reading", None)
    assert found.clock is not None
    assert found.clock.timing == "overdue"


def test_three_times_the_messages_take_about_three_times_as_long() -> None:
    def attempt(_: int) -> None:
        for answers in (True, False):
            turns = [(outcome(2000, answers=answers)[1], outcome(6000, answers=answers)[1]) for _ in range(2)]
            short, long = (min(times) for times in zip(*turns, strict=True))
            assert long < 6 * short

    at_some_pace(attempt)
