"""Internal reviews of one request: which was asked for when, by when it was due, and what became of it.

FOIA sets no day: the code under section 45 has 20 working days, 40 where the case is complex. EIR 11(4) sets 40,
FOISA 21(1) and EISR 16(4) set 20, by law.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from parsers.clock.days import AccessRegime, due_day, working_days_between
from parsers.clock.laws import REVIEW
from parsers.clock.records import Basis, Timing

ReviewOutcome = Literal["upheld", "upheld_in_part", "overturned", "not_known", "open"]


@dataclass(frozen=True, kw_only=True)
class ReviewHappening:
    """A message by which a review is asked for, or a letter that tells its outcome."""

    kind: Literal["asked", "decided", "answered"]
    """``answered``: a first answer that came while a review of the silence was open."""
    day: date | None
    basis: Basis
    outcome: ReviewOutcome = "not_known"


@dataclass(frozen=True, kw_only=True)
class Review:
    """One review; what is not known is None."""

    regime: AccessRegime | None
    asked: ReviewHappening | None
    decided: ReviewHappening | None
    due: date | None
    due_at_latest: date | None
    outcome: ReviewOutcome
    working_days: int | None
    timing: Timing


def reviews(
    happenings: Sequence[ReviewHappening], *, regime: AccessRegime | None, looked: date | None
) -> tuple[Review, ...]:
    """Each review in order: a further message while one is open chases it, and asks for no other."""
    found: list[Review] = []
    asked: ReviewHappening | None = None
    for happening in happenings:
        if happening.kind == "asked":
            asked = asked or happening
        elif happening.kind == "decided" or asked is not None:
            found.append(_review(asked, happening, regime, looked))
            asked = None
    return tuple([*found, _review(asked, None, regime, looked)] if asked else found)


def _review(
    asked: ReviewHappening | None, decided: ReviewHappening | None, regime: AccessRegime | None, looked: date | None
) -> Review:
    began = asked.day if asked else None
    ended = decided.day if decided else None
    time = REVIEW[regime] if regime else None
    due = due_day(began, regime=regime, within=time.within) if began and regime and time else None
    latest = due_day(began, regime=regime, within=time.at_latest) if began and regime and time else None
    taken = working_days_between(began, ended, regime=regime) if began and ended and regime else None
    return Review(
        regime=regime,
        asked=asked,
        decided=decided,
        due=due,
        due_at_latest=latest,
        outcome=decided.outcome if decided else "open",
        working_days=taken,
        timing=_timing(due, latest, ended) if decided else _silent(latest, looked),
    )


def _timing(due: date | None, latest: date | None, day: date | None) -> Timing:
    if due is None or latest is None or day is None:
        return "not_known"
    if day <= due:
        return "in_time"
    return "permitted_extension" if day <= latest else "late"


def _silent(latest: date | None, looked: date | None) -> Timing:
    if latest is None or looked is None:
        return "not_known"
    return "overdue" if looked > latest else "open"
