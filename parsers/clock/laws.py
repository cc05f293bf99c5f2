"""What each law says of time: how long an answer and a review may take, and what stops or extends that.

``K`` in a comment marks what was not checked against a copy of the law.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from parsers.clock.days import ANSWER_WITHIN, AccessRegime
from parsers.records import Tag

ExtensionKind = Literal["public_interest", "complex_and_voluminous"]
ReviewBasis = Literal["law", "guidance"]

EXTENDED_WITHIN = 40
"""Working days in all with an extension: EIR 7(1) and EISR 7(1) by law; FOIA 10(3) gives a reasonable time, which the
Commissioner's guidance puts at no more than 20 further working days."""
SCHOOL_AT_LATEST = 60
"""Working days, the outer limit of a school's 20 school days (SI 2004/3364 reg.3 as amended; FOIA 10(4))."""
SCHOOLS = frozenset({"school", "academy_trust"})
"""Tags of the site for maintained schools and academies."""

ANSWER: dict[AccessRegime, str] = {"FOIA": "10(1)", "EIR": "5(2)", "FOISA": "10(1)", "EISR": "5(2)"}
"""The provision that sets the first time limit."""
CLARIFICATION: dict[AccessRegime, str] = {"FOIA": "1(3)", "EIR": "9(2)", "FOISA": "1(3)", "EISR": "9"}
"""The provision by which a question to the requester stops the clock."""
RESTART: dict[AccessRegime, str] = {"FOIA": "10(6)", "EIR": "9(4)", "FOISA": "10(1)(b)", "EISR": "9"}
"""The provision by which the clock begins anew when the requester has answered it."""
FEE: dict[AccessRegime, str] = {"FOIA": "9(2)", "EIR": "8(5)", "FOISA": "9", "EISR": "8"}
"""The provision by which nothing need be done before a fee is paid; FOISA and EISR: K."""
REGULATIONS: dict[AccessRegime, AccessRegime] = {"FOIA": "EIR", "EIR": "EIR", "FOISA": "EISR", "EISR": "EISR"}
"""The environmental regulations beside each law."""


@dataclass(frozen=True, kw_only=True)
class Extension:
    """An extension of time that a law knows."""

    kind: ExtensionKind
    provision: str
    needs_exemption: bool
    """Only where a qualified exemption is named within the first time limit (FOIA 17(1) and (2))."""


EXTENSION: dict[AccessRegime, Extension] = {
    "FOIA": Extension(kind="public_interest", provision="10(3)", needs_exemption=True),
    "EIR": Extension(kind="complex_and_voluminous", provision="7(1)", needs_exemption=False),
    "EISR": Extension(kind="complex_and_voluminous", provision="7(1)", needs_exemption=False),
}
"""FOISA knows none."""


@dataclass(frozen=True, kw_only=True)
class ReviewTime:
    """How long an internal review may take, in working days after it was asked for."""

    within: int
    at_latest: int
    basis: ReviewBasis
    provision: str


REVIEW: dict[AccessRegime, ReviewTime] = {
    "FOIA": ReviewTime(within=20, at_latest=40, basis="guidance", provision="45"),
    "EIR": ReviewTime(within=40, at_latest=40, basis="law", provision="11(4)"),
    "FOISA": ReviewTime(within=20, at_latest=20, basis="law", provision="21(1)"),
    "EISR": ReviewTime(within=20, at_latest=20, basis="law", provision="16(4)"),
}
"""FOIA: the code of practice under section 45, 20 working days and 40 where the case is complex."""


def is_school(tags: Iterable[Tag], *, regime: AccessRegime) -> bool:
    """Whether the longer time of schools applies: regulations under FOIA alone give it, and Scotland has none."""
    return regime == "FOIA" and any(name in SCHOOLS for name, _ in tags)


def answer_within(regime: AccessRegime, *, school: bool, extended: bool = False) -> tuple[int, int]:
    """Working days until an answer is due, at the earliest and at the latest; they differ for a school alone.

    School days are not known here: 20 school days are never sooner than 20 working days (SI 2004/3364 reg.3).
    """
    extra = EXTENDED_WITHIN - ANSWER_WITHIN if extended and regime in EXTENSION else 0
    return ANSWER_WITHIN + extra, (SCHOOL_AT_LATEST if school else ANSWER_WITHIN) + extra
