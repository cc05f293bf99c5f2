"""What the reader says of one letter. Every fact carries its words and their place."""

from dataclasses import dataclass, field
from typing import Literal

from parsers.letters.rules import RegimeRule, RoleRule

Regime = Literal["FOIA", "EIR", "FOISA", "EISR", "DPA2018", "DPA1998", "UKGDPR", "OTHER", "unknown"]
Role = Literal[
    "relied_on",
    "relied_on_ncnd",
    "considered_not_applied",
    "withdrawn",
    "possible_future",
    "claimed_pending_pit",
    "procedural",
    "statute_quotation",
    "requester_quotation",
    "boilerplate",
    "other_law",
    "unknown",
]
LetterKind = Literal[
    "acknowledgement",
    "clarification",
    "holding",
    "fees_notice",
    "response",
    "refusal_notice",
    "internal_review_outcome",
    "transfer",
    "auto_reply",
    "bounce",
    "other",
]
Outcome = Literal[
    "disclosed_full",
    "disclosed_part",
    "withheld",
    "not_held",
    "ncnd",
    "cost_limit",
    "vexatious_or_repeat",
    "clarification",
    "acknowledgement",
    "transferred",
    "accessible_elsewhere",
    "review_upheld",
    "review_overturned",
    "other",
]
SignalName = Literal[
    "ncnd",
    "public_interest_test",
    "qualified_person",
    "cost_estimate",
    "advice_offered",
    "not_held",
    "review_offered",
    "regulator_named",
    "extended_until",
    "regime_switched",
]

RELIED_ON: frozenset[Role] = frozenset({"relied_on", "relied_on_ncnd"})


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Words of the letter and where they stand: ``page_text[start:end] == quote``."""

    quote: str
    start: int
    end: int
    page: int = 1
    """1-based page of the document; 1 for a message or a text."""


@dataclass(frozen=True, kw_only=True)
class LetterContext:
    """What is known of a letter before it is read; all of it optional."""

    authority: str | None = None
    nation: Literal["england", "scotland", "wales", "northern_ireland", "uk"] | None = None
    law_used: str | None = None
    direction: Literal["incoming", "outgoing"] | None = None
    request_date: str | None = None


@dataclass(frozen=True, kw_only=True)
class DateFact:
    """A day that the letter states; ``value`` is ISO and never invented."""

    value: str
    evidence: Evidence
    confidence: float
    rank: float = 0.0
    """How far its rule goes before others; the confidence is how often such rules were right."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The authority's own number for this request, as printed, without its label."""

    value: str
    evidence: Evidence
    confidence: float
    rank: float = 0.0
    """How far its rule goes before others; the confidence is how often such rules were right."""


@dataclass(frozen=True, kw_only=True)
class Citation:
    """One mention of a provision."""

    regime: Regime
    provision: str
    """Canonical, as in ``provisions.csv``; as printed where it could not be resolved."""
    printed: str
    role: Role
    evidence: Evidence
    confidence: float
    regime_rule: RegimeRule
    """The rule that decided the regime."""
    role_rule: RoleRule
    candidates: tuple[str, ...] = ()
    """Between which regimes the mention is ambiguous; empty when it is not."""
    printed_start: int | None = None
    """Where ``printed`` begins on the page of the evidence. The evidence is the whole sentence, which several citations
    may share; the printed words of two citations overlap only where a range stands for several provisions."""


@dataclass(frozen=True, kw_only=True)
class Signal:
    """Something the letter does, with its words: a public interest test, a cost estimate, ..."""

    name: SignalName
    value: str | None
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All that the reader says of one letter."""

    kind: LetterKind
    letter_date: DateFact | None
    request_date: DateFact | None
    references: tuple[Reference, ...]
    citations: tuple[Citation, ...]
    outcome: Outcome
    outcome_evidence: Evidence | None
    signals: tuple[Signal, ...]
    parser_version: str
    notes: tuple[str, ...] = field(default=())
    """What a maintainer should know: text cut at the cap, a rule that gave up."""
