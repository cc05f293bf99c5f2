"""Every day that a letter prints, the day the letter bears, and the day of the request.

A day is taken as printed and never completed: ``3 July`` without a year is no date here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from parsers.letters.clean import Letter
from parsers.letters.layout import Layout
from parsers.letters.quotes import Voices
from parsers.letters.records import DateFact

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr",
            "february feb chwefror",
            "march mar mawrth",
            "april apr ebrill",
            "may mai",
            "june jun mehefin",
            "july jul gorffennaf",
            "august aug awst",
            "september sept sep medi",
            "october oct hydref",
            "november nov tachwedd",
            "december dec rhagfyr",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_GAP = r"[ ]{0,3}[,.]?(?:[ ]{0,12}\n[ ]{0,60}|[ ]{0,3})"
_DATE = re.compile(
    rf"(?<![0-9])(?P<d>[0-9]{{1,2}})[ ]{{0,2}}\^?(?:st|nd|rd|th|ain|af|fed|eg|ydd)?{_GAP}(?:of[ \n])?(?:day of[ ])?(?P<m>{_MONTH})\.?{_GAP}'?(?P<y>[0-9]{{4}}|[0-9]{{2}}(?=[ \n.,;)]|$))(?![0-9])"
    rf"|(?<![a-z])(?P<m2>{_MONTH})\.?[ ](?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?,?[ ]{{1,3}}(?P<y2>[0-9]{{4}})(?![0-9])"
    r"|(?<![0-9/.-])(?P<d3>[0-9]{1,2})[ ]?(?P<s>[/.-])[ ]?(?P<m3>[0-9]{1,2})[ ]?(?P=s)[ ]?(?P<y3>[0-9]{4}|[0-9]{2})(?![0-9/]|[.-][0-9])"
    r"|(?<![0-9/.-])(?P<y4>(?:19|20)[0-9]{2})-(?P<m4>[0-9]{2})-(?P<d4>[0-9]{2})(?![0-9-])"
    rf"|(?<![0-9])(?P<d5>[0-9]{{1,2}})-(?P<m5>{_MONTH})-(?P<y5>[0-9]{{4}}|[0-9]{{2}})(?![0-9])"
)
_LABEL = re.compile(
    r"(?:^|[ |]{2,}|\n)[ ]{0,40}(?:date|dated|letter date|date of (?:letter|response|issue|reply)|dyddiad|response date|date (?:issued|sent|of reply|responded|completed))[ ]?[:.|-]{0,2}[ |]{0,40}$"
)
_RECEIVED_LABEL = re.compile(
    r"(?:date (?:of )?(?:request|received|receipt|of receipt|submitted|logged)|(?:request|enquiry) (?:date|received|dated)|received(?: on| date)?|question)[ ]?\(?(?:dated)?[ ]?[:.|-]{0,2}[ |\n]{0,40}(?:date[ ]?:?[ ]?)?$"
)
_DEAR = re.compile(r"^[ |]{0,80}(?:dear|annwyl)\b", re.MULTILINE)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?[ \n]{1,3})?"
_ARTICLE = rf"(?:on[ \n]+)?(?:the[ \n]+)?{_WEEKDAY}$"
_REQUEST_BEFORE = re.compile(
    rf"(?:(?:request|e-?mail|letter|correspondence|enquiry|enquiries|query|communication|message|application|questions?|submission|FOI|foi|eir)"
    rf"(?:[ \n]+(?:for|under|about|regarding|concerning|relating|to|seeking)\b[^.]{{0,160}}?)?[ \n,]*(?:[ \n]+(?:which|that))?[ \n]*(?:was|were|is)?[ \n]*"
    rf"(?:initially[ \n]+|originally[ \n]+|first[ \n]+)?(?:of|dated|received|sent|submitted|made|emailed|e-mailed|we received|you sent|you submitted|you made|was received|from)?[ \n]*(?:by[ \n][^.]{{0,100}}?[ \n])?(?:in[ \n]this[ \n]office[ \n]|here[ \n])?{_ARTICLE})"
)
_RECEIVED_BEFORE = re.compile(
    rf"(?:received|submitted|sent|made|dated|e?-?mailed|wrote to us|contacted us)(?:[ \n]+(?:by|from|via|in|at|to|with|your)\b[^.]{{0,120}}?)?[ \n,]+{_ARTICLE}"
)
_ASKED_AFTER = re.compile(
    r"^[ \n,]{0,4}(?:,?[ \n]*in which[ \n]+)?(?:you[ \n]+(?:asked|requested|made|submitted|wrote|sent|contacted|emailed)|(?:the|your)[ \n]+(?:request|council received|trust received)|"
    r"(?:for|requesting|asking|seeking|regarding|concerning|relating|about)\b|(?:we|the [a-z]+)[ \n]+received)"
)
_NOT_REQUEST = re.compile(
    r"internal review|review of|clarif|complain|further (?:e-?mail|request)|acknowledg|respon(?:se|ded|d) (?:to you |of |was |is |by |sent )|our (?:e-?mail|letter|response|reply)|due|deadline|"
    r"working days|extension|reminder|follow[- ]?up|chas(?:ed|ing)|between|from [0-9]|period|week|since|until|by the"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """A day as printed, with its place in ``Letter.text``."""

    value: str
    start: int
    end: int


def find_dates(letter: Letter) -> tuple[PrintedDate, ...]:
    """Every complete day, in order; impossible days and years before 1990 or after 2059 are not days."""
    return tuple(_printed(letter.lower))


def _printed(lower: str) -> Iterator[PrintedDate]:
    for match in _DATE.finditer(lower):
        value = _iso(match)
        if value is not None:
            yield PrintedDate(value=value, start=match.start(), end=match.end())


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = next(parts[name] for name in ("y", "y2", "y3", "y4", "y5") if parts[name])
    month = next(parts[name] for name in ("m", "m2", "m3", "m4", "m5") if parts[name])
    day = next(parts[name] for name in ("d", "d2", "d3", "d4", "d5") if parts[name])
    full = int(year) if len(year) == 4 else 2000 + int(year)
    number = _MONTHS[month] if month in _MONTHS else int(month)
    if not 1990 <= full < 2060:
        return None
    try:
        return date(full, number, int(day)).isoformat()
    except ValueError:
        return None


def letter_date(letter: Letter, layout: Layout, voices: Voices, dates: Sequence[PrintedDate]) -> DateFact | None:
    """The day that the letter bears: labelled, alone on a line of its head, or beside its reference."""
    greeting = _DEAR.search(letter.lower)
    lines = [line for line in layout.lines if not line.blank]
    head_end = greeting.start() if greeting else (lines[min(len(lines), 14) - 1].end if lines else 0)
    own = [found for found in dates if voices.at(found.start) not in {"earlier_message", "request"}]
    for rule in (_labelled, _in_head):
        for found in own:
            confidence = rule(letter, layout, found, head_end, greeting is not None)
            if confidence:
                return DateFact(
                    value=found.value, evidence=letter.evidence(found.start, found.end), confidence=confidence
                )
    return None


def _labelled(letter: Letter, layout: Layout, found: PrintedDate, head_end: int, greeted: bool) -> float:
    limit = head_end + 400 if greeted else head_end + 200
    before = letter.lower[max(0, found.start - 80) : found.start]
    if found.start > max(limit, 600) or _RECEIVED_LABEL.search(before):
        return 0.0
    return 0.97 if _LABEL.search(before) else 0.0


def _in_head(letter: Letter, layout: Layout, found: PrintedDate, head_end: int, greeted: bool) -> float:
    """A day in the head of a letter that stands apart from other words on its line."""
    if found.start > head_end + (0 if greeted else 20):
        return 0.0
    line = layout.line(found.start)
    before = letter.lower[line.start : found.start]
    after = letter.lower[found.end : line.end]
    if _RECEIVED_LABEL.search(letter.lower[max(0, found.start - 80) : found.start]):
        return 0.0
    if re.search(r"[a-z,;]\s?$", before.rstrip(" |")[-1:] + " ") and not before.endswith(("  ", "|", "day ", "day, ")):
        return 0.0
    if after and not after.startswith(("  ", "|", " |")) and after.strip(" |.,"):
        return 0.0
    return 0.95 if greeted else 0.85


def request_date(letter: Letter, layout: Layout, voices: Voices, dates: Sequence[PrintedDate]) -> DateFact | None:
    """The day on which the request was made or received, as the letter says."""
    best: tuple[float, PrintedDate] | None = None
    for found in dates:
        score = _request_score(letter, layout, voices, found)
        if score > (best[0] if best else 0.0):
            best = (score, found)
    if best is None:
        return None
    score, found = best
    return DateFact(value=found.value, evidence=letter.evidence(found.start, found.end), confidence=min(score, 0.97))


def _request_score(letter: Letter, layout: Layout, voices: Voices, found: PrintedDate) -> float:
    lower = letter.lower
    voice = voices.at(found.start)
    start, end = layout.sentence(found.start, found.end)
    before, after = lower[max(start, found.start - 300) : found.start], lower[found.end : min(end, found.end + 120)]
    if _RECEIVED_LABEL.search(lower[max(0, found.start - 60) : found.start]):
        return 0.9
    if voice == "earlier_message":
        return (
            0.5
            if re.search(r"\nsent:[^\n]{0,30}$", lower[max(0, found.start - 60) : found.start])
            and "request" in lower[found.end : found.end + 300]
            else 0.0
        )
    if voice == "request":
        return 0.0
    near = before[-110:] + " " + after[:40]
    review = _NOT_REQUEST.search(near) is not None
    if "request" in before[-200:] or "thank you for your" in before[-200:] or "your" in before[-60:]:
        if _REQUEST_BEFORE.search(before) or _RECEIVED_BEFORE.search(before):
            return 0.3 if review else 0.93
    if _ASKED_AFTER.match(after) and re.search(rf"(?:^|[ \n])on[ \n]+(?:the[ \n]+)?{_WEEKDAY}$", before):
        return 0.3 if review else 0.9
    if _RECEIVED_BEFORE.search(before) and re.search(r"you|request", before):
        return 0.2 if review else 0.85
    return 0.0
