"""What happened to a request, and what its clock makes of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from parsers.clock.days import AccessRegime
from parsers.clock.laws import ExtensionKind

Happens = Literal["clarification_asked", "requester_wrote", "fee_asked", "more_time", "answered"]
StepName = Literal[
    "received",
    "regime_switched",
    "clarification_asked",
    "clarified",
    "fee_asked",
    "extended",
    "extension_not_permitted",
    "answered",
    "due",
    "review_asked",
    "review_answered",
    "review_due",
]
Timing = Literal["in_time", "permitted_extension", "late", "open", "overdue", "on_hold", "not_known"]
Refused = Literal["too_late", "no_qualified_exemption", "no_such_extension"]
HeldFor = Literal["clarification", "fee"]


@dataclass(frozen=True, kw_only=True)
class Basis:
    """On what a step rests, by its ids; all empty where it rests on the calendar alone."""

    event: int | None = None
    message: str | None = None
    reading: str | None = None
    citation: str | None = None
    signal: str | None = None


CALENDAR = Basis()


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that moves the clock, or may."""

    kind: Happens
    day: date
    basis: Basis
    until: date | None = None
    """Of ``more_time``: the day until which the letter takes it."""
    exemption: str | None = None
    """Of ``more_time``: the qualified exemption that the letter names, ``FOIA 43(2)``."""
    ground: ExtensionKind | None = None
    """Of ``more_time``: the extension that the letter invokes, where it names one."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that moved the clock, with the day due after it."""

    step: StepName
    day: date
    due: date | None
    law: str | None
    says: str
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Taken:
    """More time that a letter took: permitted where ``refused`` is None."""

    kind: ExtensionKind | None
    day: date
    until: date | None
    exemption: str | None
    refused: Refused | None


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The clock of one request."""

    regime: AccessRegime
    school: bool
    received: date
    started: date
    first_due: date
    due: date | None
    """None where it cannot be told: the clock stands still, or did for a fee or a question whose end is not known."""
    due_at_latest: date | None
    held_from: date | None
    held_for: HeldFor | None
    extension: Taken | None
    extension_days: int | None
    answered: date | None
    working_days: int | None
    timing: Timing
    reason: str
    steps: tuple[Step, ...]
