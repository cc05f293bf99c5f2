"""Where a text names people as letters do: titles, greetings, signatures, mail headers, labels."""

import re
from collections.abc import Iterable, Iterator

from parsers.privacy.blanks import MASKED_NAME
from parsers.privacy.forenames import FORENAMES
from parsers.privacy.phrases import Keep, Person, person_at, read_phrase
from parsers.privacy.words import BODIES, NOT_AFTER_MS, OFFICES

_MARGIN = r"^[>|* \t\u00a0]{0,40}"
_TITLE = re.compile(
    r"\b(?:M(?:r|rs|s|iss|x|R|RS|S|ISS)|Dr|DR|Cllr|CLLR|Councillor)\b\.?[ \t\u00a0]{1,3}"
    r"(?=[^\W\d_a-z]|(?:al|bin|de[lnr]?|d[iu]|el|l[ae]|te[nr]?|v[ao]n)[ ])"
)
_DEAR = re.compile(
    r"\b(?:Dear|DEAR|Annwyl)[ \t\u00a0]{1,3}"
    rf"|{_MARGIN}(?:Hi|Hello|Hiya|Hey|Good (?:morning|afternoon|evening|day)|FAO|F\.A\.O\.?|Attn)[:,]?"
    r"[ \t\u00a0]{1,3}",
    re.MULTILINE,
)
_SECOND = re.compile(r"(?:,|[ ]?/|[ ]and|[ ]&)[ ]{1,2}")
_CLOSING = re.compile(
    rf"{_MARGIN}(?:yours?(?: (?:sincerely|faithfully|truly|etc|ever))?|sincerely"
    r"|(?:with )?(?:(?:kind|kindest|best|warm|warmest|many) )?regards|(?:with )?best wishes"
    r"|(?:many )?thanks(?: (?:again|in advance))?(?: and (?:kind |best )?regards)?|thank you|cheers"
    r"|yn gywir|cofion(?: gorau)?|signed)[ \t\u00a0]{0,3}[,.!:]?[ \t\u00a0]{0,10}",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER = re.compile(
    r"(?:(?<=[\s>|*])|^)(?:(?P<people>From|Sent by|To|Cc|CC|Bcc|Reply-To|On behalf of|Organizer|Attendees)"
    r"|Sent|Date|Subject|Importance|Attachments?)\*?[ \t]?:\*?[ \t]?"
)
_WROTE = re.compile(r"\bwrote[ \t]?:")
_LABEL = re.compile(
    rf"(?:{_MARGIN}|[.;|][ \t])(?:case ?(?:officer|worker|owner|handler)|(?:handled|requested|prepared|completed) by"
    r"|(?:reviewed|dealt with|signed) by|signed|(?:our |your )?contact(?: name| officer| person)?|(?:please )?ask for"
    r"|(?:name of )?(?:applicant|request(?:er|or))|reviewer|author|(?:investigating )?officer)[ \t]{0,3}:[ \t]{0,10}",
    re.IGNORECASE | re.MULTILINE,
)
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
    yield from _labelled(text, keep)
    for closing in _CLOSING.finditer(text):
        yield from signatures(text, closing.end(), keep)
    for start, end in _values(text):
        yield from _correspondents(text, start, end, keep)
    for wrote in _WROTE.finditer(text):
        yield from _writer(text, wrote.start(), keep)


def is_unsigned(text: str, found: Iterable[Person]) -> bool:
    """Whether ``text`` ends soon after a closing phrase with nobody named: then the name stands on the next page."""
    start = max(0, len(text) - _TAIL)
    closing = next(reversed(list(_CLOSING.finditer(text, start))), None)
    return closing is not None and not any(person.start >= closing.end() for person in found)


def _titled(text: str, keep: Keep) -> Iterator[Person]:
    for match in _TITLE.finditer(text):
        person = person_at(text, match.start(), keep)
        if person and not (match[0].startswith("MS") and _not_ms(person)):
            yield person


def _not_ms(person: Person) -> bool:
    word = person.words[0]
    return not word.isupper() or len(word) == 1 or word.lower() in NOT_AFTER_MS


def _greeted(text: str, keep: Keep) -> Iterator[Person]:
    for match in _DEAR.finditer(text):
        person = person_at(text, match.end(), keep)
        if person is None:
            continue
        yield person
        further = _SECOND.match(text, person.end)
        second = person_at(text, further.end(), keep) if further else None
        if second and (second.titled or second.words[0].lower() in FORENAMES):
            yield second


def _labelled(text: str, keep: Keep) -> Iterator[Person]:
    for match in _LABEL.finditer(text):
        person = person_at(text, match.end(), keep)
        if person and _full(person):
            yield person


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


def _values(text: str) -> Iterator[tuple[int, int]]:
    """The values of mail headers that hold people: up to the next header or the end of the line."""
    headers = list(_HEADER.finditer(text))
    following = [*(header.start() for header in headers), len(text)][1:]
    for header, end in zip(headers, following, strict=True):
        newline = text.find("\n", header.end(), end)
        if header["people"]:
            yield header.end(), end if newline < 0 else newline


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
