"""What a letter as a whole says about the law it is written under, and what is known of it beforehand."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.letters.laws.acts import ActMention
from parsers.letters.records import LetterContext
from parsers.letters.text.clean import Letter

_MARKER = re.compile(r"[(\[]?(?:\"|')?the (?:foi )?act(?:\"|')?[)\]]")
_HANDLED = re.compile(
    r"\b(?:handl|deal|dealt|process|consider|treat|respon|answer|assess|administer|manag|review|fall|fell)[a-z]*\b"
    r"(?P<between>[^.\n]{0,60}(?:\n[^.\n]{0,60})?)\b(?:under|in accordance with|within|as|in line with|in terms of|"
    r"pursuant to|by reference to|against)(?:[ \n]{1,20}(?:the|an?|our))?"
    r"(?:[ \n]{1,20}(?:provisions|terms)[ \n]of[ \n]the)?[ \n]{1,20}$"
)
_LEADS_UP = re.compile(r"(?:under|with|within|as|of|to|against)(?:[ \n]{1,20}(?:the|an?|our))?[ \n]{1,20}$")
"""How the words end that say it: far quicker to look for."""
_NOT_HANDLED = re.compile(r"\bnot\b|\brather than\b|\binstead of\b|\bcannot\b|\bno longer\b")
_SCOTTISH_BODY = re.compile(
    r"\bscot(?:land|tish|s)\b|\bnhs board\b|\bcomhairle\b|\bintegration joint board\b|\bprocurator fiscal\b|"
    r"\bna h-alba\b"
)
_SCOTTISH_WORDS = ("scottish information commissioner", "kinburn castle", "itspublicknowledge", "foi.scot")
_BRITISH_WORDS = ("wycliffe house", "ico.org.uk", "ico.gov.uk", "information commissioner's office")
_HEAD = 700
"""Characters of a letter in which its writer is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLaw:
    """What the letter as a whole says about the law it is written under."""

    scottish: bool
    nation_known: bool
    """Whether anything says of which nation the authority is; without it, a number of both nations is ambiguous."""
    environmental: bool
    """Whether it is answered under environmental regulations more than under freedom of information."""
    handled_under: str
    """The regime under which the letter says that the request was handled; empty where it does not say."""
    defined_act: str
    """The regime that the letter defines as "the Act"; empty where it does not."""
    day: str
    """The day of the request or of the letter, ISO; empty where neither is known."""
    names: frozenset[str]


def letter_law(letter: Letter, acts: Sequence[ActMention], context: LetterContext, day: str) -> LetterLaw:
    """Sum up the Acts that a letter names, with what is known of it beforehand."""
    counts = Counter(act.regime for act in acts)
    handled = _handled(letter.lower, acts)
    scottish = _scottish(letter.lower, counts, context)
    environmental = counts["EIR"] + counts["EISR"] > counts["FOIA"] + counts["FOISA"]
    if handled:
        environmental = handled in {"EIR", "EISR"}
    elif context.law_used is not None and not counts.keys() & {"FOIA", "FOISA", "EIR", "EISR"}:
        environmental = context.law_used.lower() in {"eir", "eisr"}
    return LetterLaw(
        scottish=bool(scottish),
        nation_known=scottish is not None,
        environmental=environmental,
        handled_under=handled,
        defined_act=_defined(letter, acts),
        day=context.request_date or day,
        names=frozenset(act.regime for act in acts),
    )


def _scottish(lower: str, counts: Counter[str], context: LetterContext) -> bool | None:
    """Whether Scottish law rules: the nation, the Acts that are named, the authority's name, the regulator's, the head.

    None where nothing tells. The nation ``uk`` is that of an authority whose own is not known, so the words decide.
    """
    if context.nation not in {None, "uk"} or (context.law_used or "").lower() in {"foisa", "eisr"}:
        return context.nation in {None, "uk", "scotland"}
    scots, others = counts["FOISA"] + counts["EISR"], counts["FOIA"] + counts["EIR"]
    regulator = _has(lower, _SCOTTISH_WORDS)
    if scots or others:
        return scots > others or ((scots > 0 or not _has(lower, _BRITISH_WORDS)) and regulator)
    if regulator or _has(lower, _BRITISH_WORDS):
        return regulator
    if context.authority is not None:
        return True if _SCOTTISH_BODY.search(context.authority.lower()) else None
    return True if _SCOTTISH_BODY.search(lower, 0, _HEAD) else None


def _has(lower: str, words: tuple[str, ...]) -> bool:
    return any(each in lower for each in words)


def _handled(lower: str, acts: Sequence[ActMention]) -> str:
    """The last regime under which the letter says it was handled, and not one it was not handled under."""
    handled = ""
    for act in acts:
        if act.regime not in {"FOIA", "FOISA", "EIR", "EISR"}:
            continue
        if not _LEADS_UP.search(lower, max(0, act.start - 60), act.start):
            continue
        begin = max(0, act.start - 200)
        said = _HANDLED.search(lower, max(begin, lower.rfind(".", begin, act.start)), act.start)
        if said is not None and not _NOT_HANDLED.search(lower, max(0, said.start() - 30), act.start):
            handled = act.regime
    return handled


def _defined(letter: Letter, acts: Sequence[ActMention]) -> str:
    """The regime that the letter defines as "the Act": ``... Act 2000 ("the Act")``."""
    for act in acts:
        if act.regime in {"FOIA", "FOISA"}:
            after = letter.lower[act.end : act.end + 24].strip(" \n,")
            if _MARKER.match(after):
                return act.regime
    return ""
