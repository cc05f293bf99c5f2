"""The authority's own number for the request, as printed and without its label."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.letters.clean import Letter
from parsers.letters.confidence import of_ranked
from parsers.letters.dates import GREETING
from parsers.letters.days import PrintedDate
from parsers.letters.layout import Layout
from parsers.letters.quotes import Voices
from parsers.letters.records import Reference

_NUMBERED = "|".join(
    rf"{thing}(?=[ ](?:no|number|id)(?![a-z]))"
    for thing in ("request", "case", "foi", "eir", "sar", "enquiry", "record", "log")
)
_LABEL = re.compile(
    # Every alternative begins with a letter, so that the pattern is tried only where one of these letters stands.
    rf"(?:ref(?:erence)?s?(?![a-z])\.?|{_NUMBERED}|"
    r"m/r(?![a-z])|ein cyf(?![a-z])\.?|cyf(?![a-z])\.?|rhif cyfeirnod|cyfeirnod)"
    r"(?:[ ](?:no|number|id|code|cyf)(?![a-z])\.?)?(?:[ ]?\((?:foi|eir)\))?"
    r"(?:[ ]{0,2}[:#|\u2022-]{1,2}|[ ](?:is|of)(?=[ :])[ ]?:?|)[ |]{0,60}(?P<newline>\n[ ]{0,60})?"
)
_NOT_OURS = re.compile(
    r"(?:your|yr|their|y|ico|ico's|commissioner'?s?|case ?law|with|cross|line|without|in|direct|previous|related|"
    r"earlier|original|other|payment|"
    r"first response,|customer|charity|company|planning|invoice)[ /:]{1,2}(?:foi[ ])?$"
)
_EARLIER = re.compile(r"(?:previous|earlier|first|initial|other|related|separate)(?:ly)?[ ](?:[a-z]+[ ,]{1,2}){0,6}$")
_REQUEST_NUMBER = re.compile(
    r"(?:freedom of information|environmental information|\bfoi(?:\(s\)a|sa|a)?|\beir|information|"
    r"subject access)(?:[ ](?:\(foi\)|act|regulations?)(?:[ ]2000|[ ]2004)?)?"
    r"[ ](?:\(foi\)[ ])?(?:request|report|response|review|enquiry|reply|application|"
    r"case)s?[ ]{0,2}[-:]?[ ]{0,2}(?:response[ ]?-[ ]?|(?:ref|no|number|id)[.:]?[ ]?)?"
    r"(?=[a-z(]{0,6}[ _/-]{0,3}[0-9a-z/_-]{0,20}[0-9])"
    r"|(?:^|\n)[ ]*(?:your )?request:?[ ](?=[a-z]{0,4}[/-]?[0-9]{5,})"
    r"|freedom of information[ ]?-[ ]?(?:response|request|reply)[ ]?-[ ]?(?=[0-9])"
)
_CODED = re.compile(
    r"(?<![A-Za-z0-9/@#._-])(?:(?:FOI|EIR|FOIA|FoI|Foi|IR)[ ]?[-/_:]?[ ]?(?:[A-Z]{2,6}[/-])?[0-9][0-9A-Za-z/_.-]{2,20}|"
    r"[A-Z]{2,6}[/-](?:FOI|EIR)?[/-]?[0-9]{2,8}(?:[/-][0-9]{1,8})?)(?![A-Za-z0-9])"
)
_OTHERS = ("IC-", "FS", "FER", "EA/", "COVID", "SI ", "ISO", "BS ", "EN ")
"""How the numbers of the regulator, the Tribunal and standards begin."""
_REF_BEFORE = re.compile(r"ref(?:erence)?(?: no| number)?[ ]?[:.]?[ ]{0,3}$")
_PREFIX = re.compile(r"(?:^|[ \n|])(?P<word>[A-Z]{2,6})[ ]$")
_TOKEN = re.compile(r"[^ \n|,;()\[\]\"]+")
_STOP_WORDS = frozenset(
    {
        "FOR",
        "AND",
        "THE",
        "RE",
        "ACT",
        "DATE",
        "TO",
        "OF",
        "ON",
        "IN",
        "BY",
        "IS",
        "AT",
        "DEAR",
        "TEL",
        "FAX",
        "DATED",
        "PAGE",
        "REF",
        "REFERENCE",
        "YOUR",
        "OUR",
        "NO",
        "UNDER",
    }
)
_BRANDS = frozenset({"foi", "eir", "foia", "foi/eir"})
_SITE = re.compile(r"#[0-9]{3,}|whatdotheyknow")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    start: int
    end: int
    confidence: float


def find_references(
    letter: Letter, layout: Layout, voices: Voices, dates: Sequence[PrintedDate]
) -> tuple[Reference, ...]:
    """The numbers that the letter calls its reference, the surest first and each once.

    A number in the head of the letter counts before one in its text, a labelled one before one that only looks like
    a reference, and those of earlier messages only where the letter itself has none.
    """
    dated = {date.start for date in dates}
    head = _head_end(letter, layout)
    labelled = [found for found in _labelled(letter, head, dated) if found.start not in dated]
    found = labelled or [found for found in _unlabelled(letter, head, dated) if found.start not in dated]
    own = [f for f in found if voices.at(f.start) not in {"earlier_message", "request", "statute"}]
    surest = max((f.confidence for f in own or found), default=0.0)
    kept: dict[str, Reference] = {}
    for candidate in (f for f in own or found if f.confidence == surest):
        evidence = letter.evidence(candidate.start, candidate.end)
        key = reference_key(evidence.quote)
        if key and key not in kept:
            value = " ".join(evidence.quote.split())
            rank = candidate.confidence
            kept[key] = Reference(value=value, evidence=evidence, confidence=of_ranked("reference", rank), rank=rank)
    return tuple(kept.values())


def _head_end(letter: Letter, layout: Layout) -> int:
    """Where the head of a letter ends: a few lines below the greeting, or below its first lines."""
    greeting = GREETING.search(letter.lower)
    lines = [line for line in layout.lines if not line.blank and (greeting is None or line.start > greeting.start())]
    few = 5 if greeting is not None else 24
    return lines[min(len(lines), few) - 1].end if lines else len(letter.text)


def reference_key(value: str) -> str:
    """What two ways of printing one number have in common: ``FOI 2021-315`` and ``FOIA/2021/315`` are one."""
    bare = re.sub(r"[^0-9a-z]", "", value.lower())
    return re.sub(r"^(?:foia|foi|eir|ref|no)+", "", bare)


def _labelled(letter: Letter, head: int, dated: set[int]) -> Iterator[_Found]:
    lower = letter.lower
    for match in _LABEL.finditer(lower):
        start = match.start()
        if start and lower[start - 1].isalnum():
            continue
        if _NOT_OURS.search(lower, max(0, start - 20), start) or _EARLIER.search(lower, max(0, start - 60), start):
            continue
        if match["newline"] and match[0].rstrip(" \n")[-1:] not in {":", "-"}:
            continue
        value = _value(letter.text, match.end(), dated)
        if value is not None:
            yield _Found(start=value[0], end=value[1], confidence=0.95 if start < head else 0.85)


def _unlabelled(letter: Letter, head: int, dated: set[int]) -> Iterator[_Found]:
    """In the head, numbers after the words for the request, and codes of the usual make."""
    for match in _REQUEST_NUMBER.finditer(letter.lower, 0, head):
        value = _value(letter.text, match.end(), dated)
        if value is not None:
            yield _Found(start=value[0], end=value[1], confidence=0.8)
    for match in _CODED.finditer(letter.text, 0, head):
        digits = sum(letter.isdigit() for letter in match[0])
        if match[0].startswith(_OTHERS) or _REF_BEFORE.search(letter.lower, max(0, match.start() - 24), match.start()):
            continue
        if digits >= 3 and not _SITE.search(letter.lower, max(0, match.start() - 8), match.end()):
            end = match.start() + len(match[0].rstrip("._/-"))
            yield _Found(start=_prefix_start(letter.text, match.start()), end=end, confidence=0.75)


def _prefix_start(text: str, start: int) -> int:
    """Where capitals right before a code begin, that belong to it: ``NCHT FOI 21-349``."""
    before = _PREFIX.search(text, max(0, start - 8), start)
    return before.start("word") if before and before["word"] not in _STOP_WORDS else start


def _value(text: str, at: int, dated: set[int]) -> tuple[int, int] | None:
    """The number that begins at a place: words with digits, short capitals and strokes, up to a wide gap."""
    start = at
    while text[start : start + 1] in {"/", "#", " ", ":", "("} and start < at + 3:
        start += 1
    end = last = start
    for match in _TOKEN.finditer(text, start, start + 60):
        gap = text[end : match.start()]
        if len(gap) > 1 or ("\n" in gap and not _runs_on(text[start:end], match[0])):
            break
        token = match[0].rstrip(".:")
        if not _fits(token) or match.start() in dated:
            break
        end = match.start() + len(token)
        if _carries(token):
            last = end
        if end < match.end():
            break
    value = text[start:last]
    return (start, last) if _is_reference(value) else None


def _runs_on(so_far: str, token: str) -> bool:
    """Whether a number goes on in the next line: ``FOI`` above ``/2022-0864``."""
    return token.startswith("/") or so_far.endswith("/") or so_far.lower() in _BRANDS


def _fits(token: str) -> bool:
    if token in {"-", "/", "_"} or token.lower() in _BRANDS or _carries(token):
        return True
    return token.isupper() and token.isalpha() and 2 <= len(token) <= 5 and token not in _STOP_WORDS


def _carries(token: str) -> bool:
    """Whether a word can be the number itself: it has a digit, or capitals on both sides of a stroke."""
    if any(letter.isdigit() for letter in token):
        return not re.fullmatch(r"[0-9]{1,2}(?:st|nd|rd|th)|[^@]*@.*|[0-9]{1,2}:[0-9]{2}", token)
    return re.fullmatch(r"[A-Z]{2,6}[/-][A-Z0-9]{3,10}", token) is not None


def _is_reference(value: str) -> bool:
    return (
        len(value) >= 3
        and len(re.sub(r"[^0-9A-Za-z]", "", value)) >= 3
        and not re.fullmatch(r"(?:19|20)[0-9]{2}", value)
    )
