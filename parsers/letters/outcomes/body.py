"""The body of a letter: what stands between its salutation and its sign-off, and whether it says anything itself.

A message often only brings a letter along (``Please see the attached letter``). Then the answer is in the attachment,
and nothing is known of it from the message. What is attached decides: a letter, a reply, a decision, or the
information itself.
"""

import re

from parsers.letters.text.layout import Layout
from parsers.letters.text.phrases import Phrases, Words

_SALUTATION = re.compile(r"(?:^|\n)[ ]*(?:dear|annwyl|hi|hello|good (?:morning|afternoon|day))\b[^\n]{0,80}")
_SIGN_OFF = re.compile(
    r"\n[ ]*(?:yours? (?:sincerely|faithfully|truly)|(?:with )?(?:kind(?:est)?|best|warm) (?:regards|wishes)|regards|"
    r"(?:many )?thanks(?=[ ,.!]{0,3}\n)|yn gywir|yn ddiffuant|cofion)\b"
)
_SALUTES = Phrases("dear|annwyl|hi|hello", "good morning|afternoon|day")
_SIGNS_OFF = Phrases(
    "yours|your sincerely|faithfully|truly",
    "with kind|kindest|best|warm",
    "kind|kindest|best|warm regards|wishes",
    "regards|thanks|many_thanks|yn_gywir|yn_ddiffuant|cofion",
)
"""The words at which salutations and sign-offs are looked for."""
_TOP = 2000
_MOST_WORDS = 130
"""Words up to which a body may be a mere pointer at its attachment."""
_BARE = 8
"""Words of a sentence that points at its attachment and says no more."""
_ATTACHED = re.compile(
    r"\b(?:attach(?:ed|ing|ment|ments)?|enclos(?:e|ed|ing|ures?)|appended|pdf|(?:ynghlwm|amgae\w{0,5}|atodi\w{0,5}))\b"
)
_ASIDE = re.compile(
    r"\b(?:in|by way of)[ ](?:full[ ])?(?:response|reply|answer)\b|\b(?:requests?|applications?|enquiry|asking)[ ]for\b"
    r"[^.\n]{0,80}|\bfreedom of information\b|"
    r"\binformation[ ](?:requests?|act|rights|governance|team|officer|access|commissioner|regulations)\b|"
    r"\byour[ ](?:letter|e-?mail|request|correspondence)\b"
)
"""Words that name the request or the office, and not what is attached."""
_NAMED = re.compile(
    r"\b(?:(letters?|responses?|repl(?:y|ies)|answers?|decisions?|correspondence|notice|determination|outcome|e-?mail|"
    r"ymateb|llythyr|ateb)|information|data|docs?|papers|files?|spreadsheets?|documents?|tables?|figures?|records?|reports?|cop(?:y|ies)|"
    r"polic(?:y|ies)|contracts?|lists?|minutes|workbook|csv|excel|material|extracts?|g?wybodaeth)\b"
)
_AS_DATA = re.compile(
    r"\b(?:excel|csv|spreadsheets?|xlsx?|workbook|schedules?|appendix|annex)\b|"
    r"\b(?:this|it|they|these|both|all)[ ](?:is|are)[ ](?:attached|enclosed)\b|\battached as (?:requested|asked)\b"
)
"""A response in such a format is the information itself."""
_CITES = re.compile(r"\b(?:s|ss|section|sections|reg|regulation|exemption)\.?[ ]?[0-9]{1,2}[a-z]?\b")
_SAYS = Phrases(
    "taken|left|blacked|blanked out",
    "remov*",
    "exempt*",
    "withh*",
    "redact*",
    "refus*",
    "vexatious",
    "hold|holds|held",
    "disclos*",
    "releas*",
    "there are|were|is|was",
    "partial|partially|partly",
    "clarif*",
    "transferred|extend|extended|extension",
    "cannot|unable",
    "not able",
    "in full",
    "uphold|upheld|overturned",
    "dal yn_\u00f4l",
    "eithr*",
    "gwrthod*",
)
"""What a message that brings a letter does not say, because the letter says it."""


def body(own: Words) -> tuple[int, int]:
    """Where the body begins and ends: after the salutation near the top, before the first sign-off below it."""
    greeting = _at_line(_SALUTES, _SALUTATION, own, 0, _TOP)
    start = greeting.end() if greeting else 0
    signed = _at_line(_SIGNS_OFF, _SIGN_OFF, own, start, len(own.text))
    return start, signed.start() if signed else len(own.text)


def _at_line(words: Phrases, line: re.Pattern[str], own: Words, start: int, end: int) -> re.Match[str] | None:
    """The first line that a pattern describes; only lines with certain words are looked at."""
    for found in words.finditer(own, start, end):
        begin = max(own.text.rfind("\n", 0, found.start()), 0)
        match = line.match(own.text, begin, end) if begin >= start else None
        if match is not None:
            return match
    return None


def only_points(own: Words, layout: Layout) -> tuple[int, int] | None:
    """The words with which a message points at the letter attached, where it says nothing of the request itself."""
    start, end = body(own)
    text = own.text[start:end]
    if len(text) > _MOST_WORDS * 12 or len(text.split()) > _MOST_WORDS or _SAYS.search(own, start, end):
        return None
    if _CITES.search(own.text, start, end):
        return None
    for found in _ATTACHED.finditer(own.text, start, end):
        first, last = layout.sentence(found.start(), found.end())
        if _brings_a_letter(own.text[max(first, start) : min(last, end)]):
            return found.span()
        return None
    return None


def _brings_a_letter(sentence: str) -> bool:
    """Whether the first thing that the sentence names is a letter; a bare ``Please see attached`` names nothing."""
    if _AS_DATA.search(sentence):
        return False
    kept = _ASIDE.sub(" ", sentence)
    named = _NAMED.search(kept)
    return named[1] is not None if named else len(kept.split()) <= _BARE
