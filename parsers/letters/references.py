"""The authority's own number for the request, as printed and without its label."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.letters.clean import Letter
from parsers.letters.dates import PrintedDate
from parsers.letters.layout import Layout
from parsers.letters.quotes import Voices
from parsers.letters.records import Reference

_LABEL = re.compile(
    r"(?:ref(?:erence)?s?(?![a-z])\.?|(?:request|case|foi|eir|sar|enquiry|record|log)(?=[ ](?:no|number|id)(?![a-z]))|m/r(?![a-z])|rhif cyfeirnod|cyfeirnod)"
    r"(?:[ ](?:no|number|id|code|cyf)(?![a-z])\.?)?(?:[ ]?\((?:foi|eir)\))?"
    r"(?:[ ]{0,2}[:#|\u2022-]{1,2}|[ ](?:is|of)(?=[ :])[ ]?:?|)[ |]{0,60}(?P<newline>\n[ ]{0,60})?"
)
_NOT_OURS = re.compile(
    r"(?:your|yr|their|y|ico|ico's|commissioner'?s?|case ?law|with|cross|no|line|without|in|direct|previous|related|earlier|original)[ /:]{1,2}(?:foi[ ])?$"
)
_REQUEST_NUMBER = re.compile(
    r"(?:freedom of information|environmental information|\bfoia?|\beir|information|subject access)(?:[ ](?:\(foi\)|act|regulations?)(?:[ ]2000|[ ]2004)?)?"
    r"[ ](?:\(foi\)[ ])?(?:request|report|response|review|enquiry|reply|application|case)s?[ ]{0,2}[-:]?[ ]{0,2}(?:response[ ]?-[ ]?|(?:ref|no|number|id)[.:]?[ ]?)?(?=[a-z(]{0,6}[ _/-]{0,3}[0-9a-z/_-]{0,20}[0-9])"
    r"|freedom of information[ ]?-[ ]?(?:response|request|reply)[ ]?-[ ]?(?=[0-9])"
)
_CODED = re.compile(
    r"(?<![A-Za-z0-9/@#._-])(?:(?:FOI|EIR|FOIA|FoI|Foi|IR)[ ]?[-/_:]?[ ]?(?:[A-Z]{2,6}[/-])?[0-9][0-9A-Za-z/_.-]{2,20}|[A-Z]{2,6}[/-](?:FOI|EIR)?[/-]?[0-9]{2,8}(?:[/-][0-9]{1,8})?)(?![A-Za-z0-9])"
)
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

    Labelled ones count before those that only look like one; those of earlier messages, only where the letter
    itself has none.
    """
    dated = {date.start for date in dates}
    found = [f for f in _labelled(letter) if f.start not in dated]
    if not found:
        found = [f for f in _unlabelled(letter, layout) if f.start not in dated]
    own = [f for f in found if voices.at(f.start) not in {"earlier_message", "request"}]
    kept: dict[str, Reference] = {}
    for candidate in sorted(own or found, key=lambda f: -f.confidence):
        evidence = letter.evidence(candidate.start, candidate.end)
        key = reference_key(evidence.quote)
        if key and key not in kept:
            kept[key] = Reference(
                value=" ".join(evidence.quote.split()), evidence=evidence, confidence=candidate.confidence
            )
    return tuple(kept.values())


def reference_key(value: str) -> str:
    """What two ways of printing one number have in common: ``FOI 2021-315`` and ``FOIA/2021/315`` are one."""
    bare = re.sub(r"[^0-9a-z]", "", value.lower())
    return re.sub(r"^(?:foia|foi|eir|ref|no)+", "", bare)


def _labelled(letter: Letter) -> Iterator[_Found]:
    lower = letter.lower
    for match in _LABEL.finditer(lower):
        start = match.start()
        if start and lower[start - 1].isalnum():
            continue
        if _NOT_OURS.search(lower, max(0, start - 20), start):
            continue
        if match["newline"] and match[0].rstrip(" \n")[-1:] not in {":", "-"}:
            continue
        value = _value(letter.text, match.end())
        if value is not None:
            yield _Found(start=value[0], end=value[1], confidence=0.95)


def _unlabelled(letter: Letter, layout: Layout) -> Iterator[_Found]:
    """Numbers after the words for the request, and codes of the usual make in the head of the letter."""
    lower = letter.lower
    for match in _REQUEST_NUMBER.finditer(lower):
        value = _value(letter.text, match.end())
        if value is not None:
            yield _Found(start=value[0], end=value[1], confidence=0.85)
    lines = [line for line in layout.lines if not line.blank]
    limit = lines[min(len(lines), 24) - 1].end if lines else 0
    for match in _CODED.finditer(letter.text, 0, limit):
        if not _SITE.search(lower, max(0, match.start() - 8), match.end()):
            yield _Found(start=match.start(), end=match.end(), confidence=0.75)


def _value(text: str, at: int) -> tuple[int, int] | None:
    """The number that begins at a place: words with digits, short capitals and strokes, up to a wide gap."""
    start = at
    while text[start : start + 1] in {"/", "#", " ", ":"} and start < at + 3:
        start += 1
    end = last = start
    for match in _TOKEN.finditer(text, start, start + 60):
        gap = text[end : match.start()]
        if len(gap) > 1 or "\n" in gap:
            break
        token = match[0].rstrip(".:")
        if not _fits(token):
            break
        end = match.start() + len(token)
        if _carries(token):
            last = end
        if end < match.end():
            break
    value = text[start:last]
    return (start, last) if _is_reference(value) else None


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
