"""How reference numbers are printed: where one begins and ends, and what only looks like one."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"[^ \n|,;()\[\]\"<>]+")
_STOP_WORDS = frozenset(
    [
        *("FOR", "AND", "THE", "RE", "ACT", "DATE", "TO", "OF", "ON", "IN", "BY", "IS", "AT", "DEAR", "TEL", "FAX"),
        *("DATED", "PAGE", "REF", "REFERENCE", "YOUR", "OUR", "NO", "UNDER", "BOX", "ROOM", "FLOOR", "UNIT", "SUITE"),
        *("PO", "ITEM", "PART", "CLASS", "ISO", "BS", "EN", "SI", "JUNE", "JULY", "MAY", "MARCH", "APRIL"),
    ]
)
_ANOTHER = re.compile(r"/[ ](?:FOI|EIR|SAR|IR|RFI)[ /-]?[0-9]")
_PREFIX = re.compile(r"[A-Z][A-Za-z]{1,4}[ ](?=[0-9]{2,10}(?:[/-][0-9]{2,8})?(?![0-9A-Za-z]))")
_BRANDS = frozenset({"foi", "eir", "foia", "foi/eir", "rfi", "sar"})
_OFFICERS = re.compile(
    r"[ ]/[ ]?(?!FOI|EIR|SAR|RFI|IR)[A-Z]{1,4}(?![A-Za-z0-9])|"
    r"(?<=[0-9])[ ](?:-[ ])?(?!FOI|EIR|SAR|RFI|IR|OF|BY|ON|TO)[A-Z]{2,3}(?=[ ]?\n|$)"
)
_REGULATORS = re.compile(
    r"(?:ic-[0-9]{4,6}-[a-z0-9]{4}|ic-[0-9]{5,6}|f(?:s|er|ac|eac|rac)[ _]?0?[0-9]{6,8}|rfa[ ]?0?[0-9]{6,7}|enq[0-9]{7}|"
    r"ea/?[0-9]{4}/.*|"
    r"\[?[0-9]{4}\]?[ ]uk(?:ut|ftt|hl|sc).*|gia/.*|qj/.*|uin.*|(?:hc|hl)[0-9]{3,}|pq.*|covid.*|si[ ].*|iso.*|"
    r"bs[ ]?en.*|"
    r"(?:foi|foia|foisa|eir|eirs|eisr|eisrs|dpa|act)[ ]?(?:2000|2002|2004|1998|2018)$|request-[0-9]+.*|#.*|"
    r".*whatdotheyknow.*|.*@.*|https?:.*|www\..*)$"
)
_NO_NUMBER = re.compile(
    r"(?:19|20)[0-9]{2}$|[a-z]{1,2}[0-9][0-9a-z]?[ ]?[0-9][a-z]{2}$|"
    r"\+?(?:44|0)[0-9]{2,4}[ ]?[0-9]{3}[ ]?[0-9]{3,4}.*$|0[0-9]{9,10}$|[0-9]{1,2}[:.][0-9]{2}$|"
    r"[0-9]{2}-[0-9]{2}-[0-9]{2}$|"
    r"[0-9]+(?:st|nd|rd|th)$|[0-9]+(?:\.[0-9]+)?(?:%|kb|mb|gb|km|m|am|pm)$|v[0-9.]+$|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}$|"
    r"(?:19|20)[0-9]{2}s$"
)
_JOINED = re.compile(
    r"[ ]{0,2}(?:,|;|&|\+|/[ ]|\(|and\b|of\b)[ ]{0,2}(?:and[ ])?\n?[ ]{0,60}(?:\(|(?:(?:original|review|of|"
    r"initial|first|also|our|"
    r"request|reference|ref|no|your (?:foi |original )?request)[ ]?[.:]?[ ]){1,3})?"
    r"|[ ]{0,2}\n[ ]{0,20}original[ ](?:foi[ ]|eir[ ])?(?:request|reference|ref|case)"
    r"(?:[ ](?:ref|reference|no|number))?[ ]?[.:]{1,2}[ ]{1,20}",
    re.IGNORECASE,
)


def value_at(text: str, at: int, dated: set[int]) -> tuple[int, int] | None:
    """Where the number begins and ends that stands at a place: words with digits, short capitals and strokes, up to
    a wide gap; None if there is none."""
    start = at
    while text[start : start + 1] in {"/", "#", " ", ":", "("} and start < at + 3:
        start += 1
    end = last = start
    for match in _TOKEN.finditer(text, start, start + 60):
        gap = text[end : match.start()]
        if len(gap) > 1 or ("\n" in gap and not _runs_on(text[start:end], match[0])):
            break
        token = match[0].rstrip(".:")
        if match[0] == "/" and last > start and _ANOTHER.match(text, match.start()):
            break
        prefix = match.start() == start and _PREFIX.match(text, start) is not None
        if not (prefix or _fits(token)) or match.start() in dated:
            break
        end = match.start() + len(token)
        if _carries(token):
            last = end
        if end < match.end():
            break
    last = _with_officers(text, last) if last > start else last
    return (start, last) if is_reference(text[start:last]) else None


def joined_values(text: str, end: int, dated: set[int]) -> Iterator[tuple[int, int]]:
    """Further numbers joined to one that ends at a place: ``FOI 31, FOI 32 and FOI 33``, ``IR 4 (FOI 31)``."""
    for _ in range(6):
        join = _JOINED.match(text, end)
        found = value_at(text, join.end(), dated) if join else None
        if found is None or found[0] != join.end() or not stands_alone(text[found[0] : found[1]]):  # type: ignore[union-attr] # a value has a join
            return
        yield found
        end = found[1]


def is_reference(value: str) -> bool:
    """Whether a printed number can be a reference of the authority's: not a year, a telephone number, a postcode, and
    not the number of a regulator, of the site or of a Parliamentary question."""
    bare = re.sub(r"[^0-9A-Za-z]", "", value)
    lower = value.lower()
    return (
        len(value) >= 3
        and len(bare) >= 3
        and not re.fullmatch(r"(?:19|20)[0-9]{2}", value)
        and not _REGULATORS.match(lower)
        and not re.search(r"\.[a-z]{3,}", value)
    )


def stands_alone(value: str) -> bool:
    """Whether a number is so printed that it can be nothing but a reference, whatever stands before it."""
    lower = value.lower()
    digits = sum(letter.isdigit() for letter in value)
    if not is_reference(value) or _NO_NUMBER.match(lower) or _is_span_of_years(lower) or digits < 2:
        return False
    letters = sum(letter.isalpha() for letter in value)
    if letters:
        return digits >= 3 or (re.search("[/.-]", value) is not None and letters >= 2)
    return digits >= 4


def _is_span_of_years(value: str) -> bool:
    """``2021/22`` and ``2021-2022``: a financial year."""
    match = re.fullmatch(r"(?:fy[ ]?)?((?:19|20)[0-9]{2})[/-]((?:19|20)?[0-9]{2})", value)
    return match is not None and (int(match[1]) + 1) % 100 == int(match[2]) % 100


def begins_capitals(word: str) -> bool:
    """Whether a word in capitals may begin a number: ``CCMS 60988``."""
    return word not in _STOP_WORDS


def _with_officers(text: str, end: int) -> int:
    """The end with the letters of those who deal with it: ``FOI 21 091 / AA / LP``."""
    for _ in range(3):
        match = _OFFICERS.match(text, end)
        if match is None:
            break
        end = match.end()
    return end


def _runs_on(so_far: str, token: str) -> bool:
    """Whether a number goes on in the next line: ``FOI`` above ``/2022-0864``."""
    return token.startswith("/") or so_far.endswith("/") or so_far.lower() in _BRANDS


def _fits(token: str) -> bool:
    if token in {"-", "/", "_"} or token.lower().rstrip("/-") in _BRANDS or _carries(token):
        return True
    word = token.rstrip("/-")
    return word.isupper() and word.isalpha() and 1 < len(word) <= 6 and word not in _STOP_WORDS


def _carries(token: str) -> bool:
    """Whether a word can be the number itself: it has a digit, or capitals on both sides of a stroke."""
    if any(letter.isdigit() for letter in token):
        return not re.fullmatch(r"[0-9]{1,2}(?:st|nd|rd|th)|[^@]*@.*|[0-9]{1,2}:[0-9]{2}", token)
    return re.fullmatch(r"[A-Z]{2,6}[/-][A-Z0-9]{3,10}", token) is not None
