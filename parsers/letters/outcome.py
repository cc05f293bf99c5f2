"""How the request came out, in the vocabulary of the outcomes, with the words that show it."""

import re
from collections.abc import Mapping, Sequence

from parsers.law.table import lookup
from parsers.letters.clean import Letter
from parsers.letters.kinds import Stance, words
from parsers.letters.records import RELIED_ON, Citation, Evidence, Outcome

Found = tuple[Outcome, Evidence | None]

_DISCLOSES = words(
    r"please (?:find|see)(?: [a-z]+){0,4}? (?:attached|enclosed|below|spreadsheet|table|document|response|information|answers?|link)",
    r"(?:see|find|refer to) (?:the )?(?:attached|enclosed|spreadsheet|table|response|below)",
    r"(?:is|are|as) (?:attached|enclosed)",
    r"(?:attached|enclosed) (?:is|are|spreadsheet|document|file|copy|table|report|letter|reports|information)",
    r"(?:i|we|council|trust|department) (?:can|am|are|is|may) (?:able to )?(?:disclose|provide|release|supply|advise|inform)",
    r"(?:able|happy|pleased) to (?:provide|disclose|release|supply)",
    r"(?:set out|provided|detailed|given|shown|listed|contained|supplied|outlined|answered|available|find|explained)(?: [a-z]+){0,3}? (?:below|in the (?:table|attached|annex|appendix|enclosed)|as follows)",
    r"(?:information|response|answers?|details|data|figures)(?: [a-z]+){0,5}? (?:is|are) (?:as follows|below|provided|set out|detailed|contained)",
    r"(?:response|answer|reply) ?:",
    r"copy of",
    r"redacted (?:copy|copies|version|format)",
    r"in full",
    r"(?:some|part) of (?:the|your|that) (?:information|request)",
)
_PARTIAL = words(
    r"some of (?:the|that|this) (?:requested )?information",
    r"part(?:ly|ial|ially)? (?:of (?:the|your)|disclos|releas|refus|withh)",
    r"redact(?:ed|ion|ions|ing)?",
    r"with the exception of",
    r"remaining (?:information|parts?)",
    r"(?:names|details|identit)(?: [a-z]+){0,8} (?:have been|are|were|has been) (?:removed|withheld|redacted)",
)
_GAPS = words(
    r"(?:not|un)(?: [a-z]+){0,2}?(?: )?(?:able|possible) to (?:[a-z]+ ){0,2}?(?:provide|identify|extract|supply|give|answer|break|report|specify|disclose|determine|separate)",
    r"cannot be (?:shared|provided|disclosed|released|identified|extracted|answered|supplied|readily)",
    r"cannot (?:[a-z]+ )?(?:provide|share|disclose|release|supply|answer|extract)",
    r"(?:do|does|did|is|are) not (?:currently |actually |centrally )?(?:hold|held|record|recorded|collect|collected|capture|collate|available|have (?:this|the|that|any) (?:information|data))",
    r"less than (?:five|ten|[0-9]{1,2})[^.]{0,60}(?:protect|identif)",
    r"(?:protect|prevent)[^.]{0,60}identif",
    r"sensitive",
)
_NOT_HELD = words(
    r"(?:do|does|did) not (?:currently |actually |now )?(?:hold|have (?:any|this|the|a policy))",
    r"(?:is|are|was|were) not (?:currently )?held",
    r"holds? no (?:recorded )?",
    r"no (?:recorded |relevant )?(?:information|records?|data) (?:is |are |was |were )?(?:held|found|located|exists?)",
    r"(?:has|have) no (?:record|records|information|data|systems?|such)",
    r"(?:don't|doesn't) hold",
    r"nid (?:yw|ydym|oes)[^.]{0,40}(?:dal|cadw)",
)
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


def find_outcome(letter: Letter, stance: Stance, citations: Sequence[Citation], own: str) -> Found:
    """The outcome of a letter, and the words it rests on where it rests on words."""
    shown = letter.evidence(*stance.words) if stance.words else None
    if stance.bearing == "review":
        return _review(letter, own, shown)
    if stance.bearing != "answer":
        return _BY_BEARING[stance.bearing], shown
    return _answer(letter, citations, own)


_BY_BEARING: Mapping[str, Outcome] = {
    "acknowledgement": "acknowledgement",
    "auto_reply": "acknowledgement",
    "clarification": "clarification",
    "transfer": "transferred",
    "holding": "other",
    "fees_notice": "other",
    "bounce": "other",
}


def discloses(own: str) -> bool:
    """Whether a letter gives anything at all."""
    return _DISCLOSES.search(own) is not None


def _review(letter: Letter, own: str, shown: Evidence | None) -> Found:
    overturned = _OVERTURNS.search(own)
    if overturned is not None:
        return "review_overturned", letter.evidence(*overturned.span())
    upheld = _UPHOLDS.search(own)
    return "review_upheld", letter.evidence(*upheld.span()) if upheld else shown


def _answer(letter: Letter, citations: Sequence[Citation], own: str) -> Found:
    relied = [citation for citation in citations if citation.role in RELIED_ON]
    gives = _DISCLOSES.search(own)
    if not relied:
        return _without_grounds(letter, own, gives)
    grounds = {_ground(citation) for citation in relied}
    words_of = relied[0].evidence
    if grounds == {"ncnd"}:
        return "ncnd", words_of
    if grounds == {"not_held"}:
        return "not_held", words_of
    if grounds <= {"vexatious", "repeat"}:
        return "vexatious_or_repeat", words_of
    if "cost_limit" in grounds and grounds <= {"cost_limit", "accessible"} and not _gives_much(own):
        return "cost_limit", words_of
    if grounds == {"accessible"} and not _gives_much(own):
        return "accessible_elsewhere", words_of
    return ("disclosed_part" if gives else "withheld"), words_of


def _without_grounds(letter: Letter, own: str, gives: re.Match[str] | None) -> Found:
    missing = _NOT_HELD.search(own)
    if gives is None:
        if missing is not None:
            return "not_held", letter.evidence(*missing.span())
        return "disclosed_full", None
    gap = missing or _GAPS.search(own)
    if gap is not None:
        return "disclosed_part", letter.evidence(*gap.span())
    return "disclosed_full", letter.evidence(*gives.span())


def _gives_much(own: str) -> bool:
    """Whether a letter that refuses over cost, or points elsewhere, gives something all the same."""
    return sum(1 for _ in _DISCLOSES.finditer(own)) >= 2


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
