"""The day that a letter bears, and the day on which the request was made or received."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.letters.clean import Letter
from parsers.letters.confidence import Ranked, of_ranked
from parsers.letters.days import PrintedDate
from parsers.letters.layout import Layout
from parsers.letters.quotes import Voices
from parsers.letters.records import DateFact


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


_LABEL = re.compile(
    r"(?:^|[ |]{2,}|\n|[0-9][ ](?=date[ ]?:))[ ]{0,40}(?:date|dated|letter date|date of (?:letter|response|issue|"
    r"reply|decision)|"
    r"dyddiad|response date|"
    r"date (?:issued|sent|of reply|responded|completed)|sent)[ ]?[:.|-]{0,2}[ |]{0,40}$"
)
_DATE_WORD = re.compile(r"(?:^|[ |\n])(?P<kind>[a-z/]*)[ ]date[ ]?:?[ ]{0,3}$")
_OTHER_DATES = _set(
    "start|end|due|closing|received|request|birth|of|review|publication|completion|expiry|this|to|the|that|on|by"
)
"""What stands before ``date`` where it is another day than the letter's."""
_RECEIVED_LABEL = re.compile(
    r"(?:^|[\n|(]|[ ]{2})[ ]{0,20}(?:date (?:of )?(?:your )?(?:request|enquiry|received|receipt|submitted|logged|"
    r"opened)(?: received| submitted)?|"
    r"(?:request|enquiry) (?:date|received|dated|submitted)(?: on)?|your (?:original )?request|received(?: on|"
    r" date)?|question)"
    r"[ ]?\(?(?:dated)?[ ]?[:.|-]{0,2}[ |\n]{0,40}(?:date[ ]?:?[ ]?)?$"
)
GREETING = re.compile(r"(?:^|\n)[ |]{0,80}(?:dear|annwyl)\b")
_G = r"[ \n]{1,60}"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?[ \n]{1,3})?"
_LEADS = re.compile(rf"(?:^|[ \n(])on{_G}(?:the{_G})?{_WEEKDAY}$")
_THEN_ASKED = re.compile(
    rf"[ \n,]{{0,4}}(?:you{_G}(?:asked|requested|made|submitted|wrote|sent|contacted|e-?mailed)|"
    rf"(?:we|the{_G}[a-z]+){_G}received{_G}(?:your|a)\b)"
)
_ABOUT_REVIEW = re.compile(
    r"review|complain(?!ts)|appeal|clarif|acknowledg|responded|replied|answered|wrote to you|sent you|"
    r"\b(?:our|my) (?:[a-z-]+ )?(?:e-?mail|letter|response|reply)(?: (?:dated|of|from|sent|on))?$|deadline|\bdue\b"
)
_ORIGINAL = re.compile(r"\b(?:original|initial) (?:[a-z]+ ){0,3}(?:request|enquiry|e-?mail)")
_REVIEW_AFTER = re.compile(
    r"[ \n,]{0,3}[^.;,]{0,60}?(?:internal[ \n]review|a[ \n]review|complain(?!ts)|clarif)|[ \n,]{0,4}and[ \n](?:our|"
    r"the)[ \n](?:response|reply)"
)
_WORD = re.compile(r"[a-z0-9'/-]+")
_FILLERS = frozenset(["on", "the", *(f"{day}day" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun"))])


_THINGS = _set(
    "request|requests|email|e-mail|letter|correspondence|enquiry|enquiries|query|communication|message|application|"
    "question|questions|submission|foi|cais"
)
_VERBS = _set(
    "dated|received|sent|submitted|made|emailed|e-mailed|asked|requested|wrote|contacted|contacting|writing|"
    "logged|posted|"
    "lodged|dyddiedig"
)
_ADDRESSING = frozenset({"wrote", "contacted", "contacting", "writing"})
"""Verbs that name whom they address: ``contacting the council on``."""
_CARRIERS = _set("by|from|via|in|at|to|with|into|through|us|here|for")
_FAR = 24
_NEAR = 4


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the head of a letter ends, and whether a greeting says so."""

    end: int
    greeted: bool


def letter_date(letter: Letter, layout: Layout, voices: Voices, dates: Sequence[PrintedDate]) -> DateFact | None:
    """The day that the letter bears: labelled, alone on a line of its head, or beside its reference."""
    head = _head(letter, layout)
    own = [found for found in dates if voices.at(found.start) not in {"earlier_message", "request"}]
    for rule in (_labelled, _in_head):
        for found in own:
            sure = rule(letter, layout, found, head)
            if sure:
                return _fact(letter, found, "letter_date", sure)
    return None


def _head(letter: Letter, layout: Layout) -> _Head:
    greeting = GREETING.search(letter.lower)
    if greeting is not None:
        return _Head(greeting.start(), greeted=True)
    lines = [line for line in layout.lines if not line.blank]
    return _Head(lines[min(len(lines), 14) - 1].end if lines else 0, greeted=False)


def _labelled(letter: Letter, layout: Layout, found: PrintedDate, head: _Head) -> float:
    """``Date: 3 May 2020``, in the head or on the line of a short table below it."""
    before = letter.lower[max(layout.line(found.start).begin - 80, found.start - 80, 0) : found.start]
    before = _WEEKDAY_END.sub("", before)
    if found.start > max(head.end + (400 if head.greeted else 200), 600) or _RECEIVED_LABEL.search(before):
        return 0.0
    if _LABEL.search(before):
        return 0.97
    word = _DATE_WORD.search(before)
    return 0.9 if word and word["kind"] not in _OTHER_DATES and found.start <= head.end else 0.0


def _in_head(letter: Letter, layout: Layout, found: PrintedDate, head: _Head) -> float:
    """A day in the head of a letter that stands apart from other words on its line."""
    if found.start > head.end + (0 if head.greeted else 20):
        return 0.0
    if _RECEIVED_LABEL.search(letter.lower, max(0, found.start - 80), found.start):
        return 0.0
    line = layout.line(found.start)
    before = _WEEKDAY_END.sub("", letter.lower[max(line.start, found.start - _WIDE) : found.start])
    after = letter.lower[found.end : min(line.end, found.end + _WIDE)]
    if before.strip(" |") and not before.endswith(("  ", "|", "| ")):
        return 0.0
    if after.strip(" |.,") and not after.startswith(("  ", "|", " |")):
        return 0.0
    return 0.95 if head.greeted else 0.85


_WIDE = 250
"""Columns of the widest line of a letterhead."""
_WEEKDAY_END = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ?$")


def request_date(letter: Letter, layout: Layout, voices: Voices, dates: Sequence[PrintedDate]) -> DateFact | None:
    """The day on which the request was made or received, as the letter says; the first of the surest."""
    best: tuple[float, PrintedDate] | None = None
    for found in dates:
        score = _request_score(letter, layout, voices, found)
        if score > (best[0] if best else 0.0):
            best = (score, found)
    if best is None:
        return None
    score, found = best
    return _fact(letter, found, "request_date", score)


def _fact(letter: Letter, found: PrintedDate, sort: Ranked, rank: float) -> DateFact:
    evidence = letter.evidence(found.start, found.end)
    return DateFact(value=found.value, evidence=evidence, confidence=of_ranked(sort, rank), rank=rank)


def _request_score(letter: Letter, layout: Layout, voices: Voices, found: PrintedDate) -> float:
    lower = letter.lower
    if _RECEIVED_LABEL.search(lower, max(0, found.start - 60), found.start):
        return 0.92
    voice = voices.at(found.start)
    if voice in {"request", "footer"}:
        return 0.0
    start, end = layout.sentence(found.start, found.end)
    before = lower[max(start, found.start - 340) : found.start]
    after = lower[found.end : min(end, found.end + 90)]
    said = _said(before, after)
    return max(0.6 * said, _sent_header(lower, found)) if voice == "earlier_message" else said


def _said(before: str, after: str) -> float:
    """How surely a sentence says that the request was made on the day between ``before`` and ``after``."""
    if _LEADS.search(before) and _THEN_ASKED.match(after):
        return 0.0 if _REVIEW_AFTER.match(after) else 0.93
    words = _WORD.findall(before)
    bare = len(words)
    while words and words[-1] in _FILLERS:
        words.pop()
    by_noun = _by_noun(words, led=len(words) < bare)
    score = max(_by_verb(words), by_noun)
    if not score or before.rstrip().endswith(":"):
        return 0.0
    reach = _NEAR + 2 if by_noun else _FAR
    if _ABOUT_REVIEW.search(" ".join(words[-reach:])) or _REVIEW_AFTER.match(after):
        return 0.5 if _ORIGINAL.search(" ".join(words[-10:])) else 0.0
    return score


def _by_verb(words: Sequence[str]) -> float:
    """``... request ... received by us on``: the last verb, right before the day or followed by who received it."""
    at = next((i for i in range(len(words) - 1, max(-1, len(words) - _FAR), -1) if words[i] in _VERBS), -1)
    if at < 0:
        return 0.0
    distance = len(words) - 1 - at
    addressed = words[at] in _ADDRESSING and distance <= _NEAR
    if distance and not addressed and words[at + 1] not in _CARRIERS:
        return 0.0
    context = words[max(0, at - _FAR) : at]
    if not ("you" in context or "your" in context or _THINGS & set(context)):
        return 0.0
    return 0.95 if distance <= _NEAR else 0.85


def _by_noun(words: Sequence[str], *, led: bool) -> float:
    """``your request of``, ``your letter on``: the thing sent, at most a few words before the day."""
    if not words or not (led or words[-1] in {"of", "from"}):
        return 0.0
    near = words[-_NEAR - 1 :]
    return 0.94 if _THINGS & set(near) and ("your" in words[-_FAR:] or "request" in near) else 0.0


def _sent_header(lower: str, found: PrintedDate) -> float:
    """The day in the header of the requester's own first message, quoted below the answer."""
    head = lower[max(0, found.start - 60) : found.start]
    subject = _SUBJECT.search(lower, found.end, found.end + 300)
    return 0.5 if subject and re.search(r"\nsent:[^\n]{0,30}$", head) else 0.0


_SUBJECT = re.compile(
    r"\nsubject:[ ]*(?![ ]|re\b|fwd?\b|aw\b)[^\n]{0,20}(?:freedom of information|foi|environmental|information) request"
)
