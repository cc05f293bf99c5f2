"""What became of a request: the letter that answers it, its clock, its reviews, and where it stands.

The outcome is that of the latest incoming message with a letter read as an answer (a response, a refusal notice or
the outcome of a review) that says what was done; where none says, of the latest with an answer. Within a message the
letter with an outcome comes first, then the weightiest kind, then the one that relies on most, then the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from parsers.clock import AccessRegime, regime_of, working_days_between
from parsers.clock.laws import is_school
from parsers.clock.records import Basis, Timeline
from parsers.clock.reviews import Review, ReviewHappening, ReviewOutcome, reviews
from parsers.clock.timeline import timeline
from scraper.publishing.became.basis import basis_of, day_of, day_of_message, sending
from scraper.publishing.became.happenings import happenings, switched
from scraper.publishing.became.kinds import (
    answers_among,
    decisive,
    initial,
    kind_of_message,
    relies_on_something,
)
from scraper.publishing.became.standing import Stands, stands
from scraper.publishing.request.placed import Placed
from scraper.publishing.request.readings import PublishedReading
from scraper.publishing.request.threads import Thread

_WAITING = frozenset({"waiting_response", "waiting_clarification", "internal_review"})
"""Labels of a request that is not said to have ended, or to have gone another way."""
_NO_ANSWER = frozenset({"acknowledgement", "auto_reply", "holding", "clarification", "fees_notice", "response"})
"""Kinds of message after which an answer is still due."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What is found of a request, not copied."""

    regime: AccessRegime | None
    asked_on: date | None
    answered_on: date | None
    working_days_taken: int | None
    decisive: PublishedReading | None
    initial: PublishedReading | None
    stands: Stands
    clock: Timeline | None
    switched: tuple[date, Basis] | None
    """The day and the ground of a change to the environmental regulations."""
    reviews: tuple[Review, ...]

    @property
    def late(self) -> int | None:
        """1 or 0 where it is known."""
        timing = self.clock.timing if self.clock else None
        return {"late": 1, "overdue": 1, "in_time": 0, "permitted_extension": 0}.get(str(timing))


def outcome_of(thread: Thread, readings: Sequence[PublishedReading]) -> Outcome:
    """What became of the request."""
    placed = Placed(thread=thread, readings=readings)
    regime = regime_of(thread.request["law_used"], thread.authority.tags)
    answers = answers_among(readings)
    asked, basis = sending(thread)
    answered = _answered_on(placed, answers, asked)
    taken = working_days_between(asked, answered, regime=regime) if asked and answered and regime else None
    clock, change = _clock(placed, regime, asked, basis)
    runs_under = clock.regime if clock else regime
    return Outcome(
        regime=regime,
        asked_on=asked,
        answered_on=answered,
        working_days_taken=taken,
        decisive=decisive(answers),
        initial=initial(answers),
        stands=stands(placed),
        clock=clock,
        switched=change,
        reviews=reviews(list(_review_happenings(placed, asked)), regime=runs_under, looked=_looked(thread)),
    )


def _clock(
    placed: Placed, regime: AccessRegime | None, asked: date | None, basis: Basis
) -> tuple[Timeline | None, tuple[date, Basis] | None]:
    if regime is None or asked is None:
        return None, None
    law, day, why = switched(placed, regime)
    clock = timeline(
        received=asked,
        basis=basis,
        regime=law,
        school=is_school(placed.thread.authority.tags, regime=law),
        happenings=list(happenings(placed, received=asked)),
        looked=_looked(placed.thread),
        ended=_ended(placed),
    )
    return clock, (day or asked, why) if why else None


def _looked(thread: Thread) -> date | None:
    return day_of(thread.request["last_checked_at"])


def _answered_on(placed: Placed, answers: Sequence[PublishedReading], asked: date | None) -> date | None:
    """Day of the first answer."""
    first = min((answer.message for answer in answers), key=lambda message: message.position, default=None)
    return day_of_message(placed, first, after=asked) if first else None


def _ended(placed: Placed) -> str | None:
    """Why nothing can be told from silence; None where the request still waits for its answer."""
    state = placed.thread.request["described_state"]
    if answers_among(placed.readings):
        return "An answer came, on a day that is not known."
    for message in placed.thread.messages:
        kind = kind_of_message(placed, message) if message.direction == "incoming" else None
        if message.direction == "incoming" and kind not in _NO_ANSWER:
            return _OTHERWISE.get(str(kind), "Something came that was not read as an answer.")
    return None if state in _WAITING else "Its label says that it ended, or went another way."


_OTHERWISE = {
    "transfer": "The authority passed the request on to another.",
    "bounce": "The request could not be delivered.",
}


def _review_happenings(placed: Placed, asked: date | None) -> Iterator[ReviewHappening]:
    """What asks for a review, and what tells its outcome; and a first answer, where it comes after the asking."""
    answered = False
    for message in placed.thread.messages:
        day = day_of_message(placed, message, after=asked)
        answers = answers_among(placed.read_in(message))
        told = decisive(answers)
        if placed.asks_for_review(message):
            yield ReviewHappening(kind="asked", day=day, basis=basis_of(placed, message))
        elif told is not None and told.kind == "internal_review_outcome":
            yield ReviewHappening(
                kind="decided", day=day, basis=basis_of(placed, message, told), outcome=_review_outcome(told)
            )
        elif told is not None and not answered:
            yield ReviewHappening(kind="answered", day=day, basis=basis_of(placed, message, told))
        answered = answered or bool(answers)


def _review_outcome(reading: PublishedReading) -> ReviewOutcome:
    """Upheld in part where more is given, and a ground for refusing still stands in the letter."""
    if reading.outcome == "review_upheld":
        return "upheld"
    if reading.outcome == "review_overturned":
        return "upheld_in_part" if relies_on_something(reading) else "overturned"
    return "not_known"
