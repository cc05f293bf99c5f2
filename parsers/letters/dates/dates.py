"""The day that a letter bears."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parsers.letters.confidence import Ranked, of_ranked
from parsers.letters.dates.datelabels import date_label, without_weekday
from parsers.letters.dates.days import PrintedDate
from parsers.letters.records import DateFact
from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout
from parsers.letters.text.phrases import Phrases
from parsers.letters.voices.quotes import Voices

GREETING = re.compile(
    r"(?:^|\n)[ |]{0,80}(?:dear|annwyl|a chara|hello|(?:hi|good (?:morning|afternoon|evening)|bore da|"
    r"prynhawn da)(?=[ ,\n]))\b"
)
_GREETS = Phrases("dear|annwyl|hello|hi|a_chara", "good morning|afternoon|evening", "bore|prynhawn da")
_SIGN_OFF = re.compile(
    r"\n[ |]{0,80}(?:yours (?:sincerely|faithfully|truly)|(?:kind(?:est)?|best|warm) (?:regards|wishes)|regards|best\b|"
    r"many thanks|cheers|yn gywir|yr eiddoch|cofion|sincerely|thanks)[^\n]{0,30}(?=\n|$)"
)
_NOT_A_DAY_OF_LETTERS = re.compile(
    r"\b(?:version|v[0-9]|updated|published|page|printed|review|copyright|\u00a9|since|until|between|meeting|minutes|"
    r"deadline|due|adopted|approved|amended|revised|scheme|policy|agenda|publication|request|received|rec'd|"
    r"valid|born|issue [0-9]|expires|as at|as of)\b"
)
_JOINED = re.compile(
    r"(?:to|and|until|(?:(?:19|20)[0-9]{2}|[a-z]{3,9}[ ][0-9]{2})[ ]?-|from|between|by|since|of|on|in|before|after|"
    r"for|dated|week|ending|at|as|the|this|march|june)[ ]*$"
)
_CLOCK = re.compile(
    r",?[ ](?:at[ ])?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?[ ]?(?:am|pm|hrs)?(?:[ ][+-][0-9]{4})?(?![0-9a-z])"
)
_APART = re.compile(r"[ ]?/[ ]?[0-9]|[ |.,;:)]*$|[ ]{2}|[ ]?\||[.,;][ ]|[ ]-[ ]")
_APART_WORDS = re.compile(r"[ ]?/[ ]?[0-9]|[,. ]{1,3}(?:signed|for|on behalf)")
_OF_A_RECORD = re.compile(r"(?:opened|created|raised|registered|closed|completed|granted)(?: on)?[ :]*$")
_WIDE = 250
_RECEIVERS = frozenset({"requester", "applicant", "sent", "dated", "date", "issued", "phone"})
_LONG = 90
"""Columns beyond which a line is a sentence and no part of a letterhead."""
_FEW_LINES = 6
_FOOT = 900
"""Characters after the sign-off within which a day may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A letter with what its own days are sought by."""

    letter: Letter
    layout: Layout
    head: int
    """Where its head ends."""
    greeted: bool
    """Whether a greeting says so."""
    foot: int
    """Where what is written below the letter begins."""
    end: int
    """Where the letter's own words end."""


def letter_date(letter: Letter, layout: Layout, voices: Voices, dates: Sequence[PrintedDate]) -> DateFact | None:
    """The day that the letter bears: labelled, apart from other words in its head, or below the signature.

    A label in the head goes first, then a day that stands alone there, one right below the greeting, one on a line
    with the sender or the reference, and last one that closes the letter. Of quoted messages no day is taken.
    """
    page = _page(letter, layout, voices)
    foreign = {"earlier_message"} if page.greeted else {"earlier_message", "request"}
    near = max(page.head + 400, 600)
    sought = [found for found in dates if found.start <= near or page.foot <= found.start < page.foot + _FOOT]
    own = [found for found in sought if _voice_fits(voices, found, page, foreign)]
    labels = {found: date_label(letter, layout, found.start) for found in own}
    rules: tuple[Callable[[_Page, PrintedDate, str], float], ...] = (
        _labelled,
        _alone,
        _below_greeting,
        _beside,
        _at_foot,
        _acknowledged,
    )
    for rule in rules:
        for found in own:
            sure = rule(page, found, labels[found])
            if sure:
                return fact(letter, found, "letter_date", sure)
    return None


def fact(letter: Letter, found: PrintedDate, sort: Ranked, rank: float) -> DateFact:
    """A day with its words and how sure the rule of this rank is."""
    evidence = letter.evidence(found.start, found.end)
    return DateFact(value=found.value, evidence=evidence, confidence=of_ranked(sort, rank), rank=rank)


def _voice_fits(voices: Voices, found: PrintedDate, page: _Page, foreign: set[str]) -> bool:
    voice = voices.at(found.start)
    return voice not in foreign and (voice != "request" or not page.head <= found.start < page.foot)


def greeting_of(letter: Letter) -> re.Match[str] | None:
    """The first greeting that begins a line."""
    for found in _GREETS.finditer(letter.words):
        greeting = GREETING.match(letter.lower, max(0, letter.lower.rfind("\n", 0, found.start())))
        if greeting is not None:
            return greeting
    return None


def _page(letter: Letter, layout: Layout, voices: Voices) -> _Page:
    greeting = greeting_of(letter)
    lines = [line for line in layout.lines if not line.blank and voices.at(line.start) != "earlier_message"]
    end = lines[-1].end if lines else 0
    foot = _foot(letter, end, [line.start for line in lines[-3:]])
    if greeting is not None:
        return _Page(letter=letter, layout=layout, head=greeting.start(), greeted=True, foot=foot, end=end)
    head = lines[min(len(lines), 14) - 1].end if lines else 0
    return _Page(letter=letter, layout=layout, head=head, greeted=False, foot=foot, end=end)


def _foot(letter: Letter, end: int, last_lines: Sequence[int]) -> int:
    """Where the last words below the letter begin: at its sign-off, or with its last lines."""
    signed = [match.end() for match in _SIGN_OFF.finditer(letter.lower, max(0, end - 6000), end)]
    last = last_lines[0] if last_lines else 0
    return min([last, *(at for at in signed[-1:] if end - at < 4000)])


def _labelled(page: _Page, found: PrintedDate, label: str) -> float:
    """``Date: 3 May 2020``, in the head or on the line of a short table below it."""
    if label != "letter" or found.start > max(page.head + (400 if page.greeted else 200), 600):
        return 0.0
    return 0.97 if _is_told(page, found, inside=page.greeted and found.start > page.head) else 0.0


def _is_told(page: _Page, found: PrintedDate, *, inside: bool = False) -> bool:
    """Whether a label ends with a colon before the day, or nothing follows it as it would in a sentence.

    Below the greeting, when something was opened or closed is what the letter tells of.
    """
    if page.greeted and found.start > page.head and of_a_record(page.letter, found.start):
        return False
    before = without_weekday(page.letter.lower[max(0, found.start - 20) : found.start])
    return before.rstrip(" ")[-1:] in {":", "|", "]", "-"} or (
        not inside and _APART.match(_after(page, found)) is not None
    )


def of_a_record(letter: Letter, start: int) -> bool:
    """Whether a label names what happens to any record: ``Date closed:``."""
    return _OF_A_RECORD.search(letter.lower, max(0, start - 20), start) is not None


def _alone(page: _Page, found: PrintedDate, label: str) -> float:
    """A day in the head of a letter that stands apart from other words on its line."""
    if label != "none" or found.start > page.head + (0 if page.greeted else 20):
        return 0.0
    if not re.match(r"[ |.,\])]*$|[ ]{2}|[ ]?\||[ ]?/[ ]?[0-9]|[ ]/[ ]", _after(page, found)):
        return 0.0
    return 0.95 if page.greeted else 0.85


def _below_greeting(page: _Page, found: PrintedDate, label: str) -> float:
    """A day alone on a line right below the greeting."""
    near = page.greeted and page.head < found.start < page.head + 300
    return 0.8 if near and label == "none" and not _after(page, found).strip(" |.,") else 0.0


def _beside(page: _Page, found: PrintedDate, label: str) -> float:
    """A day beside the sender or the reference: ``Northbrook Council, 3 May 2020``."""
    near = page.head if page.greeted else min(page.head, _FEW_LINES * 60)
    return 0.75 if label in {"prose", "none"} and found.start <= near and _closes(page, found) else 0.0


def _at_foot(page: _Page, found: PrintedDate, label: str) -> float:
    """A day that closes a letter, below the sign-off or in its last words."""
    if not page.foot <= found.start < min(page.foot + _FOOT, page.end + 1) or label in {
        "request",
        "other",
        "acknowledged",
    }:
        return 0.0
    if _after(page, found).strip(" |.,;)]") and not _APART_WORDS.match(_after(page, found)):
        return 0.0
    if label == "letter":
        return 0.78 if _is_told(page, found) else 0.0
    return 0.72 if _closes(page, found) else 0.0


def _acknowledged(page: _Page, found: PrintedDate, label: str) -> float:
    """The day of the acknowledgement, where no other day can be the letter's: it is one itself."""
    return 0.7 if label == "acknowledged" and found.start <= max(page.head + 200, 600) else 0.0


def _closes(page: _Page, found: PrintedDate) -> bool:
    """Whether a day stands apart on a short line, or ends a sentence that only names who writes."""
    line = page.layout.line(found.start)
    begin = max(line.start, page.layout.sentence(found.start, found.end)[0])
    before, after = page.letter.lower[begin : found.start], _after(page, found)
    if len(before) > _LONG or not _APART.match(after) or re.match(r"[ ]*(?:-|to|and)[ ]*[0-9]", after):
        return False
    words = without_weekday(before).rstrip("([")
    last = page.letter.text[begin : begin + len(words)].rstrip(" ,.-|(").rpartition(" ")[2]
    if last[:1].islower() and last not in _RECEIVERS and words.rstrip()[-1:].isalpha():
        return False
    if _JOINED.search(words) or _NOT_A_DAY_OF_LETTERS.search(before) or _NOT_A_DAY_OF_LETTERS.search(after[:40]):
        return False
    return not words.strip() or (words.rstrip() != words and bool(re.search(r"[,.|)-][ ]+$|[0-9a-z][ ]+$", words)))


def _after(page: _Page, found: PrintedDate) -> str:
    """What follows a day on its line, the time of day left out."""
    line = page.layout.line(max(found.start, found.end - 1))
    after = page.letter.lower[found.end : min(line.end, found.end + _WIDE)]
    clock = _CLOCK.match(after)
    return after[clock.end() :] if clock else after
