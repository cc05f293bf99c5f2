"""Where a text names people as letters do: titles, greetings, signatures, mail headers, labels."""

import re
from collections.abc import Iterable, Iterator

from parsers.privacy import anchors
from parsers.privacy.blanks import MASKED_NAME
from parsers.privacy.forenames import FORENAMES
from parsers.privacy.phrases import Keep, Person, person_at, read_phrase
from parsers.privacy.words import BODIES, NOT_AFTER_MS, OFFICES

_SECOND = re.compile(r"(?:,|[ ]?/|[ ]and|[ ]&)[ ]{1,2}")
_SEGMENT = re.compile(r"[^;<>\[\]()\"|,]+")
_STRETCH = re.compile(r"[^,<>\[\]()\"\n0-9:;]+")
_COMMA = re.compile(r",[ \t]{0,3}")
_LINE = re.compile(r"[^\n]*\n?")
_LEAD = re.compile(r"[>|*\-_ \t\u00a0]{0,40}(?:p\.?p\.?[ \t]{1,3}|per[ \t]pro[ \t])?", re.IGNORECASE)
_AFTER_NAME = re.compile(
    r"[ \t\u00a0]{0,10}(?:$|[|,\t(/–—\0*.]|-[ \t]|--"
    r"|(?:[A-Z]{2,6}|[A-Z][A-Z]?[a-z]{1,3}[A-Z]?)\b[ \t,()A-Za-z.]{0,60}$)"
)
"""What may follow a name in its line: nothing, a separator, or letters such as MBE."""
_BLANKS = re.compile(r"[\0\s]+")
_TAIL = 300
"""Characters at the end of a page that may hold a closing phrase, some space and a footer."""
_SIGNATURE_LINES = 12
_SHORT_LINE = 45
_WROTE_LOOKS_BACK = 200


def people(text: str, keep: Keep) -> Iterator[Person]:
    """Every name in a position where letters name people; places may repeat or overlap."""
    yield from _titled(text, keep)
    yield from _greeted(text, keep)
    for closing in anchors.closings(text):
        yield from signatures(text, closing, keep)
    values, labels, wrote = anchors.colons(text)
    for start, end in values:
        yield from _correspondents(text, start, end, keep)
    yield from filter(_full, filter(None, (person_at(text, label, keep) for label in labels)))
    for place in wrote:
        yield from _writer(text, place, keep)


def is_unsigned(text: str, found: Iterable[Person]) -> bool:
    """Whether ``text`` ends soon after a closing phrase with nobody named: then the name stands on the next page."""
    last = max(anchors.closings(text, max(0, text.rfind("\n", 0, max(0, len(text) - _TAIL)) + 1)), default=None)
    return last is not None and not any(person.start >= last for person in found)


def _titled(text: str, keep: Keep) -> Iterator[Person]:
    for title in anchors.titles(text):
        person = person_at(text, title.start(), keep)
        if person and not (title[0].startswith("MS") and _not_ms(person)):
            yield person


def _not_ms(person: Person) -> bool:
    word = person.words[0]
    return not word.isupper() or len(word) == 1 or word.lower() in NOT_AFTER_MS


def _greeted(text: str, keep: Keep) -> Iterator[Person]:
    for start in anchors.greetings(text):
        person = person_at(text, start, keep)
        if person is None:
            continue
        yield person
        further = _SECOND.match(text, person.end)
        second = person_at(text, further.end(), keep) if further else None
        if second and (second.titled or second.words[0].lower() in FORENAMES):
            yield second


def signatures(text: str, start: int, keep: Keep) -> Iterator[Person]:
    """The names in the lines after a closing phrase, up to the first line of a job title or an organisation.

    A line that is masked already ends the search, so that a second masking looks no further than the first.
    """
    skipped = found = False
    position = start
    for _ in range(_SIGNATURE_LINES):
        line = _LINE.match(text, position)
        if line is None or line.end() == position or MASKED_NAME in line[0]:
            return
        begin, position = position, line.end()
        content = _BLANKS.sub(" ", line[0]).strip("> |*\t\u00a0\r\n")
        if not content:
            continue
        person = _signature(text, begin, position, keep)
        if person is not None and (not skipped or _full(person)):
            found = True
            yield person
        elif found or skipped or len(content) > _SHORT_LINE:
            return
        else:
            skipped = True


def _signature(text: str, start: int, end: int, keep: Keep) -> Person | None:
    lead = _LEAD.match(text, start, end)
    person = person_at(text, lead.end() if lead else start, keep, end)
    stop = end - 1 if text[end - 1 : end] == "\n" else end
    if person is None:
        return None
    known = person.titled or person.words[0].lower() in FORENAMES
    if _AFTER_NAME.match(text, person.end, stop) or (known and len(person.words) > 1):
        return person
    return None


def _correspondents(text: str, start: int, end: int, keep: Keep) -> Iterator[Person]:
    for segment in _SEGMENT.finditer(text, start, end):
        begin = segment.end() - len(segment[0].lstrip(" \t'\u00a0*"))
        surname_first = _surname_first(text, begin, segment.end(), end)
        person = surname_first or person_at(text, begin, keep, segment.end())
        if person and (surname_first or _full(person)):
            yield person


def _surname_first(text: str, start: int, stop: int, end: int) -> Person | None:
    """``DOE, Jane``: a surname that ends its segment, a comma, and a forename or initial."""
    surname = read_phrase(text, start, stop)
    comma = _COMMA.match(text, stop, end)
    if comma is None or not surname or surname[-1].end != stop or any(word.low in BODIES | OFFICES for word in surname):
        return None
    if len(surname) > 1 and not all(word.word.isupper() for word in surname):
        return None
    forenames = read_phrase(text, comma.end(), end)
    if not forenames or not (forenames[0].low in FORENAMES or len(forenames[0].word) == 1):
        return None
    last = forenames[0]
    return Person(start=start, end=last.end, words=(last.word, *(word.word for word in surname)), titled=False)


def _writer(text: str, end: int, keep: Keep) -> Iterator[Person]:
    """``On 3 May 2024 at 10:00, Jane Doe <...> wrote:``."""
    floor = max(0, end - _WROTE_LOOKS_BACK)
    last = None
    for stretch in _STRETCH.finditer(text, floor, end):
        last = stretch if stretch[0].strip(" \t>'\u00a0*\0") else last
    if last is None or last.start() == floor > 0:
        return
    begin = last.end() - len(last[0].lstrip(" \t>'\u00a0*\0"))
    person = person_at(text, begin, keep, last.end())
    if person and _full(person):
        yield person


def _full(person: Person) -> bool:
    """Whether the words alone make it a person: a title, two names, or one that is a usual forename."""
    return person.titled or len(person.words) > 1 or person.words[0].lower() in FORENAMES
