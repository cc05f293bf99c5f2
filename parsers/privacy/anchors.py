"""The words beside which letters name people: titles, greetings, closing phrases, mail headers, labels.

Each search runs to a letter, a line or a colon before it looks closer, since every published word goes through here.
"""

import re
from collections.abc import Iterator

from parsers.privacy.words import words

_SPACE = r"[ \t\u00a0]"
_MARGIN = r"[>|* \t\u00a0]{0,40}"
_BEFORE_A_NAME = rf"\b\.?{_SPACE}{{1,3}}(?=[^\W\d_a-z]|(?:al|bin|de[lnr]?|d[iu]|el|l[ae]|te[nr]?|v[ao]n)[ ])"
_TITLES = [
    re.compile(rf"{first}(?<!\w{first})(?:{rest}){_BEFORE_A_NAME}")
    for first, rest in (("M", "r|rs|s|iss|x|R|RS|S|ISS"), ("D", "[rR]"), ("C", "llr|LLR|ouncillor"))
]
_DEAR = re.compile(rf"D(?<!\w\w)(?:ear|EAR){_SPACE}{{1,3}}[“\"'‘]?")
_ANNWYL = re.compile(rf"Annwyl(?<!\wAnnwyl){_SPACE}{{1,3}}")
_HELLO = re.compile(
    rf"\n{_MARGIN}(?:Hi|Hello|Hiya|Hey|Good (?:morning|afternoon|evening|day)|FAO|F\.A\.O\.?|Attn)[:,]?{_SPACE}{{1,3}}"
)
_CLOSING = re.compile(
    rf"\n{_MARGIN}(?:yours?(?: (?:sincerely|faithfully|truly|etc|ever))?|sincerely"
    r"|(?:with )?(?:(?:kind|kindest|best|warm|warmest|many) )?regards|(?:with )?best wishes"
    r"|(?:many )?thanks(?: (?:again|in advance))?(?: and (?:kind |best )?regards)?|thank you|cheers"
    rf"|yn gywir|cofion(?: gorau)?|signed){_SPACE}{{0,3}}[,.!:]?{_SPACE}{{0,10}}",
    re.IGNORECASE,
)
_BEFORE_A_COLON = words("""
    applicant attachment attachments attendees author bcc by cc contact date for from handler importance name of officer
    organizer owner person request requester reviewer sent signed subject to worker wrote
""") | {"requestor", "caseofficer", "caseworker", "casehandler", "caseowner"}  # codespell:ignore requestor
_LAST_WORD = re.compile(r"[A-Za-z]{1,12}\Z")
_HEADER = re.compile(
    r"(?:(?<=[\s>|*])|^)(?:(?P<people>From|Sent by|To|Cc|CC|Bcc|Reply-To|On behalf of|Organizer|Attendees)"
    r"|Sent|Date|Subject|Importance|Attachments?)\*?[ \t]?\Z"
)
_LABEL = re.compile(
    rf"(?:^{_MARGIN}|[.;|][ \t])(?:case ?(?:officer|worker|owner|handler)|(?:handled|requested|prepared|completed) by"
    r"|(?:reviewed|dealt with|signed) by|signed|(?:our |your )?contact(?: name| officer| person)?|(?:please )?ask for"
    r"|(?:name of )?(?:applicant|request(?:er|or))|reviewer|author|(?:investigating )?officer)[ \t]{0,3}\Z",
    re.IGNORECASE | re.MULTILINE,
)
_AFTER_A_HEADER = re.compile(r"\*?[ \t]?")
_AFTER_A_LABEL = re.compile(r"[ \t]{0,10}")
_WINDOW = 80


def titles(text: str) -> Iterator[re.Match[str]]:
    """Every title, with the space before the name."""
    for pattern in _TITLES:
        yield from pattern.finditer(text)


def greetings(text: str) -> Iterator[int]:
    """Where the name of a greeting would begin."""
    for pattern in (_DEAR, _ANNWYL):
        yield from (match.end() for match in pattern.finditer(text))
    yield from (match.end() - 1 for match in _HELLO.finditer("\n" + text))


def closings(text: str, start: int = 0) -> Iterator[int]:
    """Where the signature after each closing phrase would begin; ``start`` is taken for the beginning of a line."""
    return (start + match.end() - 1 for match in _CLOSING.finditer("\n" + text[start:]))


def colons(text: str) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """What stands before the colons of ``text``.

    The values of mail headers that hold people, up to the next header or the end of the line; where the name after a
    label such as "Case officer:" would begin; and the places of "wrote:".
    """
    headers: list[tuple[int, int, bool]] = []
    labels, wrote = [], []
    for colon, word in _words_before_colons(text):
        header = _HEADER.search(text, max(0, colon - _WINDOW), colon)
        if header:
            headers.append((header.start(), _end(_AFTER_A_HEADER, text, colon + 1), header["people"] is not None))
        if _LABEL.search(text, max(0, colon - _WINDOW), colon):
            labels.append(_end(_AFTER_A_LABEL, text, colon + 1))
        if word == "wrote":
            wrote.append(text.rfind("wrote", 0, colon))
    return _values(text, headers), labels, wrote


def _words_before_colons(text: str) -> Iterator[tuple[int, str]]:
    colon = text.find(":")
    while colon >= 0:
        before = text[max(0, colon - 18) : colon].rstrip(" \t*")
        word = _LAST_WORD.search(before)
        if word and word[0].lower() in _BEFORE_A_COLON:
            yield colon, word[0].lower()
        colon = text.find(":", colon + 1)


def _values(text: str, headers: list[tuple[int, int, bool]]) -> list[tuple[int, int]]:
    following = [*(start for start, _, _ in headers), len(text)][1:]
    values = []
    for (_, begin, holds_people), end in zip(headers, following, strict=True):
        newline = text.find("\n", begin, end)
        if holds_people and begin < end:
            values.append((begin, end if newline < 0 else newline))
    return values


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
