"""How the request came out, in the vocabulary of the outcomes, with the words that show it."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from parsers.law.table import lookup
from parsers.letters import outcome_words as words
from parsers.letters.clean import Letter
from parsers.letters.declared import declared
from parsers.letters.kinds import Stance
from parsers.letters.layout import Layout
from parsers.letters.phrases import Phrases, Words
from parsers.letters.records import RELIED_ON, Citation, Evidence, Outcome
from parsers.letters.roles import NOT_HELD, STAMP

Found = tuple[Outcome, Evidence | None]

_ENUMERATED = re.compile(r"\n[ ]*(?:[0-9]{1,2}[.)]|\u2022|o |question [0-9]|q[0-9])[ ]*[^\n ]")
_SIGNED = re.compile(r"\n[ ]*(?:yours (?:sincerely|faithfully)|(?:kind|best|with) regards|regards)")


def find_outcome(
    letter: Letter, layout: Layout, stance: Stance, citations: Sequence[Citation], own: Words, decided: int
) -> Found:
    """The outcome of a letter, and the words it rests on where it rests on words.

    ``decided`` is where the last refusal of the letter ends.
    """
    if not own.text.strip():
        return "other", None
    shown = letter.evidence(*stance.words) if stance.words else None
    if stance.bearing == "review":
        return _review(letter, own, shown)
    if stance.bearing != "answer":
        return _BY_BEARING[stance.bearing], shown
    return _answer(letter, layout, citations, own, decided)


_BY_BEARING: Mapping[str, Outcome] = {
    "acknowledgement": "acknowledgement",
    "auto_reply": "acknowledgement",
    "clarification": "clarification",
    "transfer": "transferred",
    "holding": "other",
    "fees_notice": "other",
    "bounce": "other",
    "cover": "other",
}


def _first(phrases: Phrases, own: Words, layout: Layout) -> re.Match[str] | None:
    """The first words that give something now, in a sentence that does not take it back or put it off."""
    for match in phrases.finditer(own):
        start, end = layout.sentence(match.start(), match.end())
        if not words.NOT_NOW.search(own, max(start, match.start() - 200), min(end, match.end() + 100)):
            return match
    return None


def _review(letter: Letter, own: Words, shown: Evidence | None) -> Found:
    overturned = words.OVERTURNS.search(own)
    if overturned is not None:
        return "review_overturned", letter.evidence(*overturned.span())
    upheld = words.UPHOLDS.search(own)
    return "review_upheld", letter.evidence(*upheld.span()) if upheld else shown


def _answer(letter: Letter, layout: Layout, citations: Sequence[Citation], own: Words, decided: int) -> Found:
    relied = grounds_of(citations)
    stated = declared(own, layout, grounded=bool(relied))
    if not relied:
        return (stated[0], letter.evidence(*stated[1].span())) if stated else _without_grounds(letter, layout, own)
    silent = {_section(citation) for citation in relied if citation.role == "relied_on_ncnd"}
    grounds = {"ncnd" if citation.provision in silent else _ground(citation, own) for citation in relied}
    words_of = relied[0].evidence
    if grounds <= {"vexatious", "repeat"}:
        return "vexatious_or_repeat", words_of
    if stated:
        return stated[0], letter.evidence(*stated[1].span())
    if _first(words.GIVES, own, layout) is None and not _answers_apart(own, decided):
        for alone, outcome in _ALONE:
            if grounds <= alone and not _asks_on(own.text, decided):
                return outcome, words_of
        stamped = any(citation.role_rule == STAMP for citation in relied)
        if not stamped and not words.PARTIAL.search(own) and not _goes_on(own.text, decided):
            return "withheld", words_of
    return "disclosed_part", words_of


_ALONE: tuple[tuple[frozenset[str], Outcome], ...] = (
    (frozenset({"ncnd"}), "ncnd"),
    (frozenset({"not_held"}), "not_held"),
    (frozenset({"accessible"}), "accessible_elsewhere"),
    (frozenset({"cost_limit", "accessible"}), "cost_limit"),
)


def _answers_apart(own: Words, decided: int) -> bool:
    """Whether, before the question under which the refusal stands, another question has its own answer."""
    numbered = pairwise(match.end() for match in _QUESTION.finditer(own.text, 0, decided))
    asked = pairwise(match.end() for match in _ASKED.finditer(own.text, 0, decided))
    if _ROW.search(own.text, 0, decided):
        return True
    return any(_answered(own, start, end) for start, end in numbered) or any(
        _STATES.search(own.text, start, end) and not _NO_ANSWER.search(own, start, end) for start, end in asked
    )


def _answered(own: Words, start: int, end: int) -> bool:
    if _NO_ANSWER.search(own, start, end):
        return False
    return _ANSWERED.search(own, start, end) is not None or _FIGURE.search(own.text, start, end) is not None


_QUESTION = re.compile(r"\n[ ]*(?:(?:question|q)[ ]?[0-9]{1,2}[.:)]?|\(?[0-9]{1,2}[.)])[ ]")
_ROW = re.compile(r"\n[ ]*\(?[0-9]{1,2}[.)][ ][^\n]{3,120}?[ ]{2,}\u00a3?[0-9][0-9,.]*%?[ ]*\n")
"""A numbered question with a figure in the next column."""
_STATES = re.compile(r"[a-z]{3}\.(?=[ \n])")
_FIGURE = re.compile(r"\n[ ]*(?:\u00a3?[0-9][0-9,.]*%?|yes|no|none|nil)[ .]*\n")
_ASKED = re.compile(r"\?[ ]*\n")
_ANSWERED = Phrases("we|our|council|trust|force|department|university|authority|board", "yes|no", "was|were|is|are #")
_NO_ANSWER = Phrases(
    "exempt*",
    "withh*",
    "refus*",
    "confirm nor|or deny",
    "vexatious",
    "exceed*",
    "please",
    "i would|am",
    "for each",
    "decision|section",
    "rely|relied",
)


def _goes_on(own: str, decided: int) -> bool:
    """Whether numbered questions follow after the last refusal: they are answered."""
    return _ENUMERATED.search(own, max(0, decided - 1), _signature(own, decided)) is not None


def _asks_on(own: str, decided: int) -> bool:
    """Whether more of the questions follow after the last refusal."""
    return own.find("?\n", max(0, decided - 1), _signature(own, decided)) >= 0


def _signature(own: str, start: int) -> int:
    signed = _SIGNED.search(own, start)
    return signed.start() if signed else len(own)


_COUNTS = Phrases("there is|are|was|were", "the number|total|cost", "yes|none|nil")
_SAYS_NOTHING = 50
"""Words below which a letter that gives, refuses and misses nothing is no answer."""


def _without_grounds(letter: Letter, layout: Layout, own: Words) -> Found:
    outside = words.NO_AUTHORITY.search(own)
    if outside is not None:
        return "other", letter.evidence(*outside.span())
    gives, answers = _first(words.GIVES, own, layout), _first(words.ANSWERS, own, layout)
    none_held = _plainly(words.NONE_HELD, own, layout)
    missing = none_held or _plainly(words.NOT_HELD, own, layout)
    gap = missing or _plainly(words.GAPS, own, layout)
    if gives is None and none_held is not None:
        return "not_held", letter.evidence(*none_held.span())
    if gives is None and missing is not None and (answers is None or len(own.text.split()) < 200):
        return "not_held", letter.evidence(*missing.span())
    if gap is not None:
        return "disclosed_part", letter.evidence(*gap.span())
    shown = gives or answers
    if shown is None and len(own.text.split()) < _SAYS_NOTHING and not _COUNTS.search(own):
        return "other", None
    return "disclosed_full", letter.evidence(*shown.span()) if shown else None


def _plainly(phrases: Phrases, own: Words, layout: Layout) -> re.Match[str] | None:
    """The first match that is not about the form of the information only, and not the requester's condition."""
    for match in phrases.finditer(own):
        start, end = layout.sentence(match.start(), match.end())
        if words.FORMAT.search(own, max(start, match.start() - 200), min(end, match.end() + 120)):
            continue
        if not own.text.startswith(("if ", "please provide"), start):
            return match
    return None


def grounds_of(citations: Sequence[Citation]) -> list[Citation]:
    """The citations on which an answer refuses: those relied on that do more than hand a request over to the
    environmental regulations, under which it is then answered."""
    environmental = any(citation.regime in {"EIR", "EISR"} for citation in citations)
    return [
        citation
        for citation in citations
        if citation.role in RELIED_ON and not (environmental and _hands_over(citation))
    ]


def _hands_over(citation: Citation) -> bool:
    return (citation.regime == "FOIA" and _section(citation) == "39") or (
        citation.regime == "FOISA" and citation.provision.startswith("39(2)")
    )


_ACCESSIBLE = frozenset({("FOIA", "21"), ("FOISA", "25"), ("EIR", "6"), ("EISR", "6")})
_UNREASONABLE = frozenset({("EIR", "12(4)(b)"), ("EISR", "10(4)(b)")})
_BURDEN = Phrases("burden*", "cost|costs of|to|in", "take|taking|spend|estimate|estimated {8} hours|hrs|days|weeks")
_VEXATIOUS = Phrases("vexatious", "harass*", "obsessive")


def _ground(citation: Citation, own: Words) -> str:
    """The sort of ground relied on, as far as outcomes tell them apart.

    A request can be manifestly unreasonable for what it costs or for what drives it; the letter says which.
    """
    section = _section(citation)
    if citation.role == "relied_on_ncnd":
        return "ncnd"
    if (citation.regime, section) in _ACCESSIBLE:
        return "accessible"
    if (citation.regime, citation.provision) in _UNREASONABLE:
        return "vexatious" if _VEXATIOUS.search(own) else "cost_limit" if _BURDEN.search(own) else "withheld"
    if (citation.regime, citation.provision) in NOT_HELD:
        return "not_held"
    row = lookup(citation.regime, citation.provision)
    return row.kind if row else "other"


def _section(citation: Citation) -> str:
    return citation.provision.split("(", maxsplit=1)[0]
