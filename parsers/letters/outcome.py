"""How the request came out, in the vocabulary of the outcomes, with the words that show it."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from parsers.law.table import lookup
from parsers.letters.clean import Letter
from parsers.letters.kinds import Stance
from parsers.letters.layout import Layout
from parsers.letters.phrases import Phrases, Words
from parsers.letters.records import RELIED_ON, Citation, Evidence, Outcome
from parsers.letters.roles import NOT_HELD, STAMP

Found = tuple[Outcome, Evidence | None]

_GIVES = Phrases(
    "find|see|refer|enclose|enclosing|attach|attaching {6} "
    "attached|enclosed|spreadsheet|spreadsheets|table|document|documents|attachment|attachments|annex|appendix|"
    "enclosure",
    "attach|enclose|attaching|enclosing|attached|enclosed the|a|an|copies|copy|our|this|these|some|herewith",
    "attached|enclosed is|are|spreadsheet|spreadsheets|document|documents|file|files|copy|copies|table|tables|report|"
    "reports|information|data",
    "information|data|document|documents|copy|copies|spreadsheet|report|reports|file|response|details {6} is|are [now] "
    "attached|enclosed|included|contained",
    "i|we|council|trust|department|university|force can|am|are|is [able|happy|pleased] [to] "
    "disclose|release|supply|disclosing|releasing",
    "happy|pleased to provide|disclose|release|supply",
    "is|are [also|now] attached|enclosed|annexed",
    "table|chart|figure|figures|data|breakdown below|show|shows|above|overleaf",
    "redacted copy|copies|version|versions|format|form|document|documents",
    "has|have been disclosed|released|provided in_full|where_possible|below|with|to_you",
    "disclose|disclosed [to_you] in full",
)
_ANSWERS = Phrases(
    "able|happy|pleased to provide|disclose|release|supply",
    "set_out|provided|detailed|given|shown|listed|contained|supplied|outlined|answered|answer|answers|response|"
    "responses|"
    "find|explained {6} below|as_follows",
    "information|response|answer|answers|details|data|figures {6} is|are as_follows|below|provided|set_out|detailed",
    "response:|answer:|reply:|query",
    "i|we|council|trust|department can|are_able_to|am_able_to [also] confirm|advise|inform|tell",
    "following|this link",
)
_NOT_NOW = Phrases(
    "arguments",
    "public interest",
    "reason|reasons for",
    "review|appeal|appeals|complaints procedure|form|process",
    "copyright",
    "complain*",
    "re-use|reuse",
    "would|could|might|until",
    "may be able",
    "if|should you",
    "will be",
    "in due course",
    "obligat*",
    "previously|advice|unable|exempt|refine|narrow|leaflet|survey",
    "not able",
    "guidance note",
    "happy to discuss|help",
    "does|do hold",
    "holds the",
)
_PARTIAL = Phrases(
    "some of the|that|this|your [requested] information",
    "partly|partially|partial disclos*|releas*|refus*|withh*|exempt|complian*",
    "part|parts|aspects|elements|sections of the|your|this [requested] information|request|document|documents|report",
    "redact*",
    "remaining|remainder|rest [of] [the] information|part|parts|question|questions",
    "names|details|identity|identities|figures {8} have_been|are|were|has_been removed|withheld|redacted|suppressed",
    "not supplied any figures",
    "figures below|under|less",
    "replaced with|by",
)
_GAPS = Phrases(
    "not|unable {2} able|possible|to [to] {2} provide|identify|extract|supply|give|answer|break|report|specify|"
    "disclose|"
    "determine|separate",
    "unable to {2} provide|identify|extract|supply|give|answer|break|report|specify|disclose|determine|separate",
    "cannot [be] {1} share|shared|provide|provided|disclose|disclosed|release|released|identified|extract|extracted|"
    "answer|answered|supply|supplied",
    "do|does|did|is|are not {1} hold|held|record|recorded|collect|collected|capture|captured|collate|collated",
    "to protect|prevent|avoid ...60 identif*",
    "fewer|less than five|ten|5|10",
    "sensitive",
)
_FORMAT = Phrases("format", "csv|excel", "prescribed form", "guidance", "policy on", "copy of")
_NOT_HELD = Phrases(
    "do|does|did not {1} hold|have_any|have_this|have_the|have_a_policy",
    "don't|doesn't hold",
    "is|are|was|were not [currently] held",
    "hold|holds no",
    "no [recorded|relevant] information|record|records|data [is|are|was|were] held|found|located|exists|exist",
    "found|find|locate|located|identified|trace no {1} record|records|information|document|documents|data|trace",
    "has|have no record|records|information|data|system|systems|such",
    "nid yw|ydym|oes ...40 dal|cadw|ddal|gadw",
)
_NONE_HELD = Phrases(
    "do|does|did not {1} hold the|any|this|that|such {1} information|data|record|records",
    "information|data|records {6} is|are|was|were not [currently] held",
    "hold|holds no [recorded|relevant] information|data|records",
    "no [recorded|relevant] information|record|records|data [is|are|was|were] held|found|located",
)
_OVERTURNS = Phrases(
    "uphold|upheld|accept|accepts|agree|agree_with your complaint|appeal|concern|concerns",
    "your complaint|appeal|request {4} is|has_been|was|should_be {1} upheld",
    "overturn*",
    "partially|partly|part uphold|upheld",
    "uphold|upheld in part",
    "not uphold|upheld the|our [original|initial] decision|response|refusal",
    "now [be] disclos*|releas*|provid*|supply*|attach*",
    "in breach",
    "breached|breach of",
    "should have been provided|disclosed|released|answered",
    "is|are attached",
    "located {2} information",
    "incorrectly applied|withheld|refused",
)
_UPHOLDS = Phrases(
    "uphold|upheld|upholds|upholding|maintain|maintains|maintained|confirm|confirms the|our|its|this|that|my {3} "
    "decision|response|refusal|position|exemption|use|application|reply",
    "original|initial|earlier|first decision|response|refusal|reply|request {4} upheld|correct|maintained|appropriate|"
    "stands|satisfied",
    "not [therefore] uphold|upheld your",
    "correctly applied|refused|withheld|handled|engaged|cited|complied",
    "applied|handled|refused|withheld correctly",
    "complaint is|has_been|was not upheld",
    "remain|remains of the view",
)
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
        if not _NOT_NOW.search(own, max(start, match.start() - 200), min(end, match.end() + 100)):
            return match
    return None


def _review(letter: Letter, own: Words, shown: Evidence | None) -> Found:
    overturned = _OVERTURNS.search(own)
    if overturned is not None:
        return "review_overturned", letter.evidence(*overturned.span())
    upheld = _UPHOLDS.search(own)
    return "review_upheld", letter.evidence(*upheld.span()) if upheld else shown


def _answer(letter: Letter, layout: Layout, citations: Sequence[Citation], own: Words, decided: int) -> Found:
    relied = [citation for citation in citations if citation.role in RELIED_ON]
    if not relied:
        return _without_grounds(letter, layout, own)
    silent = {_section(citation) for citation in relied if citation.role == "relied_on_ncnd"}
    grounds = {"ncnd" if citation.provision in silent else _ground(citation) for citation in relied}
    words_of = relied[0].evidence
    if grounds <= {"vexatious", "repeat"}:
        return "vexatious_or_repeat", words_of
    if _first(_GIVES, own, layout) is None and not _answers_apart(own, decided):
        for alone, outcome in _ALONE:
            if grounds <= alone and not _asks_on(own.text, decided):
                return outcome, words_of
        stamped = any(citation.role_rule == STAMP for citation in relied)
        if not stamped and not _PARTIAL.search(own) and not _goes_on(own.text, decided):
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
    return any(_answered(own, start, end) for start, end in numbered) or any(
        _STATES.search(own.text, start, end) and not _NO_ANSWER.search(own, start, end) for start, end in asked
    )


def _answered(own: Words, start: int, end: int) -> bool:
    return _ANSWERED.search(own, start, end) is not None and _NO_ANSWER.search(own, start, end) is None


_QUESTION = re.compile(r"\n[ ]*(?:(?:question|q)[ ]?[0-9]{1,2}[.:)]?|\(?[0-9]{1,2}[.)])[ ]")
_STATES = re.compile(r"[a-z]{3}\.(?=[ \n])")
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


def _without_grounds(letter: Letter, layout: Layout, own: Words) -> Found:
    gives, answers = _first(_GIVES, own, layout), _first(_ANSWERS, own, layout)
    none_held = _plainly(_NONE_HELD, own, layout)
    missing = none_held or _plainly(_NOT_HELD, own, layout)
    gap = missing or _plainly(_GAPS, own, layout)
    if gives is None and none_held is not None:
        return "not_held", letter.evidence(*none_held.span())
    if gives is None and missing is not None and (answers is None or len(own.text.split()) < 200):
        return "not_held", letter.evidence(*missing.span())
    if gap is not None:
        return "disclosed_part", letter.evidence(*gap.span())
    shown = gives or answers
    return "disclosed_full", letter.evidence(*shown.span()) if shown else None


def _plainly(phrases: Phrases, own: Words, layout: Layout) -> re.Match[str] | None:
    """The first match that is not about the form of the information only, and not the requester's condition."""
    for match in phrases.finditer(own):
        start, end = layout.sentence(match.start(), match.end())
        if _FORMAT.search(own, max(start, match.start() - 200), min(end, match.end() + 120)):
            continue
        if not own.text.startswith(("if ", "please provide"), start):
            return match
    return None


def _ground(citation: Citation) -> str:
    """The sort of ground relied on, as far as outcomes tell them apart."""
    section = _section(citation)
    if citation.role == "relied_on_ncnd":
        return "ncnd"
    if (citation.regime, section) in {("FOIA", "21"), ("FOISA", "25")}:
        return "accessible"
    if (citation.regime, citation.provision) in NOT_HELD:
        return "not_held"
    row = lookup(citation.regime, citation.provision)
    return row.kind if row else "other"


def _section(citation: Citation) -> str:
    return citation.provision.split("(", maxsplit=1)[0]
