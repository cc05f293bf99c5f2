"""How the request came out, in the vocabulary of the outcomes, with the words that show it."""

import re
from collections.abc import Mapping, Sequence

from parsers.law.table import lookup
from parsers.letters.clean import Letter
from parsers.letters.kinds import Stance
from parsers.letters.layout import Layout
from parsers.letters.phrases import words
from parsers.letters.records import RELIED_ON, Citation, Evidence, Outcome

Found = tuple[Outcome, Evidence | None]

_GIVES = words(
    r"(?:find|see|refer to|enclose|enclosing|attach|attaching)(?: [a-z]+){0,6}? (?:attached|enclosed|spreadsheet|table|documents?|attachment|annex|appendix|enclosure)",
    r"(?:attached|enclosed) (?:is|are|spreadsheets?|documents?|files?|cop(?:y|ies)|tables?|reports?|information|data)",
    r"(?:information|data|documents?|cop(?:y|ies)|spreadsheets?|reports?|file|response|details)(?: [a-z]+){0,6}? (?:is|are) (?:now )?(?:attached|enclosed|included|contained)",
    r"(?:i|we|council|trust|department|university|force) (?:can|am|are|is) (?:able |happy |pleased )?(?:to )?(?:disclose|release|supply|disclosing|releasing)",
    r"(?:happy|pleased) to (?:provide|disclose|release|supply)",
    r"(?:table|chart|figures?|data|breakdown) (?:below|shows?|above|overleaf)",
    r"redacted (?:copy|copies|version|versions|format|form|document|documents)",
    r"(?:has|have) been (?:disclosed|released|provided) (?:to you )?(?:in full|where possible|below|with)",
    r"disclosed? (?:to you )?in full",
)
_ANSWERS = words(
    r"(?:able|happy|pleased) to (?:provide|disclose|release|supply)",
    r"(?:set out|provided|detailed|given|shown|listed|contained|supplied|outlined|answered|answers?|response|responses|find|explained)(?: [a-z']+){0,6}? (?:below|as follows)",
    r"(?:information|response|answers?|details|data|figures)(?: [a-z]+){0,6}? (?:is|are) (?:as follows|below|provided|set out|detailed)",
    r"(?:response|answer|reply|query) ?:",
    r"(?:i|we|council|trust|department) (?:can|are able to|am able to) (?:also )?(?:confirm|advise|inform|tell)",
    r"(?:following|this) link",
)
_NOT_NOW = words(
    r"arguments|public interest|reasons? for|review procedure|copyright|complain|re-?use|would be|may be able|might|could|would|if you|should you|will be|until|in due course|obligat|"
    r"previously|advice|not able|unable|exempt|refin|narrow|(?:does|do) hold|holds the|guidance note|leaflet|survey|happy to (?:discuss|help)"
)
_PARTIAL = words(
    r"some of (?:the|that|this|your) (?:requested )?information",
    r"part(?:ly|ially|ial) (?:disclos|releas|refus|withh|exempt|complian)",
    r"(?:part|parts|aspects|elements|sections) of (?:the|your|this) (?:[a-z]+ )?(?:information|request|documents?|reports?)",
    r"redact(?:ed|ion|ions|ing)",
    r"(?:remaining|remainder|rest of) (?:the |of )?(?:information|parts?|questions?)",
    r"(?:names|details|identit|figures)(?: [a-z]+){0,8} (?:have been|are|were|has been) (?:removed|withheld|redacted|suppressed)",
    r"not supplied any figures|figures (?:below|under|less than|of less)",
    r"replaced (?:with|by)",
)
_GAPS = words(
    r"(?:not|un)(?: [a-z]+){0,2}?(?: )?(?:able|possible) to (?:[a-z]+ ){0,2}?(?:provide|identify|extract|supply|give|answer|break|report|specify|disclose|determine|separate)",
    r"cannot (?:be )?(?:[a-z]+ )?(?:shared?|provided?|disclosed?|released?|identified|extract(?:ed)?|answer(?:ed)?|suppl(?:y|ied))",
    r"(?:do|does|did|is|are) not (?:currently |actually |centrally )?(?:hold|held|record|recorded|collect|collected|capture|captured|collate|collated)",
    r"(?:to protect|to prevent|to avoid)[^.]{0,60}identif",
    r"(?:fewer|less) than (?:five|ten|5|10)",
    r"(?:commercially )?sensitive",
)
_FORMAT = words(r"\bformat|\.csv|excel|prescribed form|guidance|policy on")
_NOT_HELD = words(
    r"(?:do|does|did) not (?:currently |actually |now )?(?:hold|have (?:any|this|the|a policy))",
    r"(?:is|are|was|were) not (?:currently )?held",
    r"holds? no (?:recorded )?",
    r"no (?:recorded |relevant )?(?:information|records?|data) (?:is |are |was |were )?(?:held|found|located|exists?)",
    r"(?:has|have) no (?:record|records|information|data|systems?|such)",
    r"(?:don't|doesn't) hold",
    r"nid (?:yw|ydym|oes)[^.]{0,40}(?:dal|cadw)",
)
_NONE_HELD = words(
    r"(?:do|does|did) not (?:currently |actually |now )?hold (?:the|any|this|that|such) (?:[a-z]+ )?(?:information|data|records?)",
    r"(?:information|data|records?)(?: [a-z]+){0,6}? (?:is|are|was|were) not (?:currently )?held",
    r"holds? no (?:recorded |relevant )?(?:information|data|records?)",
    r"no (?:recorded |relevant )?(?:information|records?|data) (?:is |are |was |were )?(?:held|found|located)",
)
_ENUMERATED = re.compile(r"\n[ ]*(?:[0-9]{1,2}[.)]|\u2022|o |question [0-9]|q[0-9])[ ]*[^\n ]")
_SIGNED = re.compile(r"\n[ ]*(?:yours (?:sincerely|faithfully)|(?:kind|best|with) regards|regards)")
_OVERTURNS = words(
    r"(?:we|i|panel|council|trust|department) (?:therefore )?(?:uphold|upheld|accept|accepts|agree with) your (?:complaint|appeal|concerns?)",
    r"your (?:complaint|appeal|request for (?:an )?internal review) (?:is|has been|was|should be) (?:therefore )?(?:partly |partially |fully )?upheld",
    r"overturn",
    r"(?:partially|partly|part) (?:uphold|upheld)",
    r"(?:uphold|upheld) in part",
    r"not uph(?:old|eld) (?:the|our) (?:original |initial )?(?:decision|response|refusal)",
    r"(?:now|can now|will now|am now|are now) (?:be )?(?:disclos|releas|provid|supply|attach)",
    r"(?:in|have|been|a) breach(?:ed)?",
    r"should have been (?:provided|disclosed|released|answered)",
    r"(?:is|are) attached",
    r"located (?:some |further |additional )?information",
    r"incorrectly (?:applied|withheld|refused)",
)
_UPHOLDS = words(
    r"(?:uphold|upheld|upholds|upholding|maintain|maintains|maintained|confirm|confirms) (?:the|our|its|this|that|my) (?:[a-z]+ ){0,3}?(?:decision|response|refusal|position|exemption|use|application|reply)",
    r"(?:original|initial|earlier|first) (?:decision|response|refusal|reply|request) (?:[a-z]+ ){0,4}?(?:upheld|correct|maintained|appropriate|stands|satisfied)",
    r"(?:not|do not|does not|cannot) (?:therefore )?uph(?:old|eld) your",
    r"correctly (?:applied|refused|withheld|handled|engaged|cited|complied)",
    r"(?:applied|handled|refused|withheld) correctly",
    r"complaint (?:is|has been|was) not upheld",
    r"remain(?:s)? of the view",
)


def find_outcome(
    letter: Letter, layout: Layout, stance: Stance, citations: Sequence[Citation], own: str, decided: int
) -> Found:
    """The outcome of a letter, and the words it rests on where it rests on words.

    ``decided`` is where the last refusal of the letter ends.
    """
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
}


def discloses(own: str, layout: Layout) -> bool:
    """Whether a letter gives anything at all."""
    return _first(_GIVES, own, layout) is not None or _first(_ANSWERS, own, layout) is not None


def _first(pattern: re.Pattern[str], own: str, layout: Layout) -> re.Match[str] | None:
    """The first words that give something now, in a sentence that does not take it back or put it off."""
    for match in pattern.finditer(own):
        start, end = layout.sentence(match.start(), match.end())
        if not _NOT_NOW.search(own, max(start, match.start() - 200), min(end, match.end() + 100)):
            return match
    return None


def _review(letter: Letter, own: str, shown: Evidence | None) -> Found:
    overturned = _OVERTURNS.search(own)
    if overturned is not None:
        return "review_overturned", letter.evidence(*overturned.span())
    upheld = _UPHOLDS.search(own)
    return "review_upheld", letter.evidence(*upheld.span()) if upheld else shown


def _answer(letter: Letter, layout: Layout, citations: Sequence[Citation], own: str, decided: int) -> Found:
    relied = [citation for citation in citations if citation.role in RELIED_ON]
    if not relied:
        return _without_grounds(letter, layout, own)
    grounds = {_ground(citation) for citation in relied}
    words_of = relied[0].evidence
    if grounds <= {"vexatious", "repeat"}:
        return "vexatious_or_repeat", words_of
    gives = _first(_GIVES, own, layout)
    if gives is None:
        for alone, outcome in _ALONE:
            if grounds <= alone and not _asks_on(own, decided):
                return outcome, words_of
        if not _PARTIAL.search(own) and not _goes_on(own, decided):
            return "withheld", words_of
    return "disclosed_part", words_of


_ALONE: tuple[tuple[frozenset[str], Outcome], ...] = (
    (frozenset({"ncnd"}), "ncnd"),
    (frozenset({"not_held"}), "not_held"),
    (frozenset({"accessible"}), "accessible_elsewhere"),
    (frozenset({"cost_limit", "accessible"}), "cost_limit"),
)


def _goes_on(own: str, decided: int) -> bool:
    """Whether numbered questions follow after the last refusal: they are answered."""
    signed = _SIGNED.search(own, decided)
    return _ENUMERATED.search(own, decided, signed.start() if signed else len(own)) is not None


def _asks_on(own: str, decided: int) -> bool:
    """Whether more of the questions follow after the last refusal."""
    signed = _SIGNED.search(own, decided)
    return own.find("?\n", decided, signed.start() if signed else len(own)) >= 0


def _without_grounds(letter: Letter, layout: Layout, own: str) -> Found:
    gives, answers = _first(_GIVES, own, layout), _first(_ANSWERS, own, layout)
    none_held = _plainly(_NONE_HELD, own, layout)
    missing = none_held or _plainly(_NOT_HELD, own, layout)
    gap = missing or _plainly(_GAPS, own, layout)
    if gives is None and none_held is not None:
        return "not_held", letter.evidence(*none_held.span())
    if gives is None and missing is not None and (answers is None or len(own.split()) < 200):
        return "not_held", letter.evidence(*missing.span())
    if gap is not None:
        return "disclosed_part", letter.evidence(*gap.span())
    shown = gives or answers
    return "disclosed_full", letter.evidence(*shown.span()) if shown else None


def _plainly(pattern: re.Pattern[str], own: str, layout: Layout) -> re.Match[str] | None:
    """The first match that is not about the form of the information only, and not the requester's condition."""
    for match in pattern.finditer(own):
        start, end = layout.sentence(match.start(), match.end())
        if not _FORMAT.search(own, start, min(end, match.end() + 120)) and not own.startswith(
            ("if ", "please provide"), start
        ):
            return match
    return None


def _ground(citation: Citation) -> str:
    """The sort of ground relied on, as far as outcomes tell them apart."""
    section = citation.provision.split("(", maxsplit=1)[0]
    if citation.role == "relied_on_ncnd":
        return "ncnd"
    if (citation.regime, section) in {("FOIA", "21"), ("FOISA", "25")}:
        return "accessible"
    if (citation.regime, citation.provision) in {("EIR", "12(4)(a)"), ("EISR", "10(4)(a)")}:
        return "not_held"
    row = lookup(citation.regime, citation.provision)
    return row.kind if row else "other"
