"""Rows of what the clock says: the columns of a request, its clock with its steps, and its reviews."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from parsers.clock.buckets import extension_bucket, review_bucket
from parsers.clock.laws import REVIEW
from parsers.clock.records import CALENDAR, Basis, Step, Timeline
from parsers.clock.reviews import Review
from scraper.publishing.became.outcomes import Outcome

Row = dict[str, Any]


def request_columns(found: Outcome) -> Row:
    """The columns of ``requests`` that are found, not copied."""
    stands, clock = found.stands, found.clock
    return {
        "regime": found.regime,
        "asked_on": _iso(found.asked_on),
        "year": found.asked_on.year if found.asked_on else None,
        "answered_on": _iso(found.answered_on),
        "due_on": _iso(clock.due if clock else None),
        "working_days_taken": found.working_days_taken,
        "timing": clock.timing if clock else "not_known",
        "late": found.late,
        "outcome": found.decisive.outcome if found.decisive else None,
        "outcome_reading": found.decisive.source if found.decisive else None,
        "initial_outcome": found.initial.outcome if found.initial else None,
        "initial_reading": found.initial.source if found.initial else None,
        "outcome_class": stands.standing,
        "outcome_source": stands.source,
        "outcome_message": stands.message,
        "outcome_event": stands.event,
        "initial_class": stands.initial,
        "label_class": stands.label,
        "label_agrees": stands.agrees,
    }


def clock_tables(request_id: int, found: Outcome) -> dict[str, list[Row]]:
    """Rows of ``clocks``, ``clock_steps`` and ``reviews``."""
    clock = found.clock
    return {
        "clocks": [_clock(request_id, clock)] if clock else [],
        "clock_steps": list(_steps(request_id, found)),
        "reviews": [_review(request_id, number, one) for number, one in enumerate(found.reviews, start=1)],
    }


def _clock(request_id: int, clock: Timeline) -> Row:
    answer = next((step for step in clock.steps if step.step == "answered"), None)
    return {
        "request_id": request_id,
        "regime": clock.regime,
        "school": int(clock.school),
        "received_on": _iso(clock.received),
        "started_on": _iso(clock.started),
        "first_due_on": _iso(clock.first_due),
        "due_on": _iso(clock.due),
        "due_at_latest": _iso(clock.due_at_latest),
        "held_from": _iso(clock.held_from),
        "held_for": clock.held_for,
        **_extension(clock),
        "answered_on": _iso(clock.answered),
        "answer_message": answer.basis.message if answer else None,
        "working_days": clock.working_days,
        "timing": clock.timing,
        "timing_reason": clock.reason,
    }


def _extension(clock: Timeline) -> Row:
    taken, days = clock.extension, clock.extension_days
    return {
        "extension": None if taken is None else "not_permitted" if taken.refused else taken.kind,
        "extension_claimed_on": _iso(taken.day) if taken else None,
        "extension_until": _iso(taken.until) if taken else None,
        "extension_provision": taken.exemption if taken else None,
        "extension_refused": taken.refused if taken else None,
        "extension_working_days": days,
        "extension_bucket": None if days is None else extension_bucket(days),
    }


def _steps(request_id: int, found: Outcome) -> Iterator[Row]:
    for position, step in enumerate(_in_order(found), start=1):
        yield {
            "id": f"request/{request_id}/step/{position}",
            "request_id": request_id,
            "position": position,
            "step": step.step,
            "day": step.day.isoformat(),
            "due_on": _iso(step.due),
            "law": step.law,
            "says": step.says,
            "event_id": step.basis.event,
            "message_id": step.basis.message,
            "source": step.basis.reading,
            "citation_id": step.basis.citation,
            "signal_id": step.basis.signal,
        }


def _in_order(found: Outcome) -> list[Step]:
    """The steps by their days; those of one day as they came."""
    steps = list(found.clock.steps) if found.clock else []
    if found.clock and found.switched:
        day, basis = found.switched
        says = f"The authority answers under the environmental regulations ({found.clock.regime})."
        steps.append(Step(step="regime_switched", day=day, due=None, law=None, says=says, basis=basis))
    for review in found.reviews:
        steps += _review_steps(review)
    return sorted(steps, key=lambda step: step.day)


def _review_steps(review: Review) -> Iterator[Step]:
    time = REVIEW[review.regime] if review.regime else None
    law = f"{review.regime} {time.provision}" if time else None
    if review.asked and review.asked.day:
        says = "The requester asks for an internal review."
        yield Step(
            step="review_asked", day=review.asked.day, due=review.due, law=law, says=says, basis=review.asked.basis
        )
    if review.decided and review.decided.day:
        says = _DECIDED[review.outcome]
        yield Step(
            step="review_answered", day=review.decided.day, due=None, law=None, says=says, basis=review.decided.basis
        )
    if review.due and time:
        says = f"The last day for the outcome of the review, by {time.basis}."
        yield Step(step="review_due", day=review.due, due=None, law=law, says=says, basis=CALENDAR)


_DECIDED = {
    "upheld": "The review upholds the first decision.",
    "upheld_in_part": "The review changes a part of the first decision.",
    "overturned": "The review overturns the first decision.",
    "not_known": "The review ends; its outcome could not be read.",
    "open": "",
}


def _review(request_id: int, number: int, review: Review) -> Row:
    asked = review.asked.basis if review.asked else Basis()
    decided = review.decided.basis if review.decided else Basis()
    time = REVIEW[review.regime] if review.regime else None
    return {
        "id": f"request/{request_id}/review/{number}",
        "request_id": request_id,
        "number": number,
        "regime": review.regime,
        "asked_on": _iso(review.asked.day) if review.asked else None,
        "asked_source": "event" if review.asked else "none",
        "asked_event": asked.event,
        "asked_message": asked.message,
        "due_on": _iso(review.due),
        "due_at_latest": _iso(review.due_at_latest),
        "basis": time.basis if time else None,
        "decided_on": _iso(review.decided.day) if review.decided else None,
        "decided_message": decided.message,
        "decided_source": decided.reading,
        "outcome": review.outcome,
        "working_days": review.working_days,
        "bucket": None if review.working_days is None else review_bucket(review.working_days),
        "timing": review.timing,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
