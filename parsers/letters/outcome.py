"""How the request came out, in the words of the labelled outcomes."""

import re
from collections.abc import Sequence

from parsers.law.table import lookup
from parsers.letters.clean import Letter
from parsers.letters.kinds import Doings
from parsers.letters.records import RELIED_ON, Citation, Evidence, Outcome, Signal

_DISCLOSES = re.compile(
    r"please (?:find|see)|attached|enclosed|i (?:can|am able to) (?:disclose|provide)|able to (?:provide|disclose)|(?:set out|provided|detailed|as follows|given) (?:below|in)|response:|answer:|table below|"
    r"information (?:requested )?is (?:below|as follows|provided)|we (?:are|can) (?:disclos|provid|releas)|copy of|redacted|some of the information|part of (?:your|the) request|partial"
)


def find_outcome(
    letter: Letter, doings: Doings, citations: Sequence[Citation], signals: Sequence[Signal], own: str
) -> tuple[Outcome, Evidence | None]:
    """The outcome of a letter and the words it rests on, where it rests on words."""
    by_kind: dict[str, Outcome] = {
        "acknowledgement": "acknowledgement",
        "auto_reply": "acknowledgement",
        "clarification": "clarification",
        "transfer": "transferred",
        "holding": "other",
        "fees_notice": "other",
        "bounce": "other",
    }
    if doings.kind in by_kind:
        return by_kind[doings.kind], None
    if doings.kind == "internal_review_outcome":
        return _review(letter, own)
    return _answer(citations, signals, own)


def _review(letter: Letter, own: str) -> tuple[Outcome, Evidence | None]:
    overturned = re.search(
        r"(?:uphold|upheld)[ \n]+your[ \n]+(?:complaint|appeal)|overturn|(?:partially|partly|part)[ \n]+up(?:held|hold)|now[ \n]+(?:disclos|releas|provid|attach)|(?:is|are)[ \n]+attached|in[ \n]+breach|breached",
        own,
    )
    upheld = re.search(
        r"uph(?:old|eld)[ \n]+(?:the|our|its|this)|(?:original|initial)[ \n]+(?:decision|response)[ \n]+(?:is|was|should be|be)[ \n]+(?:upheld|correct|maintained)|(?:do|does|did|have) not uph(?:old|eld)|correctly[ \n]+(?:applied|refused|withheld)",
        own,
    )
    match = overturned or upheld
    if match is None:
        return "review_upheld", None
    place = letter.lower.find(match[0])
    evidence = letter.evidence(place, place + len(match[0])) if place >= 0 else None
    return ("review_overturned" if overturned else "review_upheld"), evidence


def _answer(citations: Sequence[Citation], signals: Sequence[Signal], own: str) -> tuple[Outcome, Evidence | None]:
    relied = [citation for citation in citations if citation.role in RELIED_ON]
    kinds = {_kind(citation) for citation in relied}
    names = {signal.name: signal.evidence for signal in signals}
    discloses = _DISCLOSES.search(own) is not None
    if not relied:
        if "not_held" in names:
            return ("disclosed_part" if discloses else "not_held"), names["not_held"]
        return "disclosed_full", None
    first = relied[0].evidence
    if kinds == {"ncnd"} or (all(citation.role == "relied_on_ncnd" for citation in relied)):
        return "ncnd", first
    if "cost_limit" in kinds and not kinds - {"cost_limit", "accessible"}:
        return "cost_limit", first
    if kinds <= {"vexatious", "repeat"}:
        return "vexatious_or_repeat", first
    if kinds == {"accessible"} and not discloses:
        return "accessible_elsewhere", first
    if kinds == {"not_held"}:
        return "not_held", first
    return ("disclosed_part" if discloses else "withheld"), first


def _kind(citation: Citation) -> str:
    if (citation.regime, citation.provision.split("(")[0]) in {("FOIA", "21"), ("FOISA", "25")}:
        return "accessible"
    if (citation.regime, citation.provision) in {("EIR", "12(4)(a)"), ("EISR", "10(4)(a)")}:
        return "not_held"
    row = lookup(citation.regime, citation.provision)
    return row.kind if row else "other"
