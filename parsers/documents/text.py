"""Plain text in any of the encodings that offices send."""

import codecs
import re
from dataclasses import dataclass

from parsers.documents.caps import CAPS, Caps
from parsers.documents.records import DocumentText, DocumentType, Page
from parsers.documents.result import capped, document

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the longer of two that begin alike stands first."""
ZEROS: tuple[tuple[str, tuple[bool, ...]], ...] = (
    ("utf-32-le", (False, True, True, True)),
    ("utf-32-be", (True, True, True, False)),
    ("utf-16-le", (False, True, False, True)),
    ("utf-16-be", (True, False, True, False)),
)
"""Which bytes of four are nought beside most letters of our languages."""
MOSTLY, SELDOM = 0.7, 0.1
"""Share of nought bytes where an encoding has them, and where it has none."""
LOOKED_AT = 1 << 18
"""Bytes that decide between encodings of one byte a letter."""
ODD_BYTES = re.compile(rb"[\x80-\xff]")
MANY_BYTES = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})[\x80-\xbf]")
LONE = re.compile("[\udc80-\udcff]")
USUAL = frozenset("£€’‘“”–—…•·°½¼¾©®\xa0\xadàáâäèéêëìíîïòóôöùúûüýÿŵŷẁẃẅỳçñßÀÁÂÄÈÉÊËÎÏÓÔÖÛÜŴŶ")
"""Signs beyond ASCII that letters of the United Kingdom hold."""


@dataclass(frozen=True)
class _Table:
    """An encoding of one byte a letter."""

    codec: str
    name: str


TABLES = (
    _Table("cp1252", "Windows-1252"),
    _Table("iso8859-14", "ISO 8859-14"),
    _Table("iso8859-15", "ISO 8859-15"),
    _Table("mac-roman", "Macintosh Roman"),
    _Table("cp850", "the code page 850 of DOS"),
)
"""The likelier one stands first. The second has the letters of Welsh."""


def decode(data: bytes) -> tuple[str, str | None]:
    """The text, and a sentence where the encoding had to be guessed or some bytes meant nothing."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if unmarked := wide_encoding(data):
        return data.decode(unmarked, errors="replace"), f"It has no byte order mark; read as {unmarked}."
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return mixed(data) or _by_table(data)


def read_text(data: bytes, *, document_type: DocumentType = "txt", caps: Caps = CAPS) -> DocumentText:
    """Plain text; a form feed begins a new page."""
    text, note = decode(data)
    parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    pages, cuts = capped((Page(number=n, text=part, source="plain") for n, part in enumerate(parts, start=1)), caps)
    return document(document_type, pages, tool="text", notes=[note, *cuts] if note else cuts)


def _strictly(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace"), f"Some bytes are not {encoding} and were replaced."


def mixed(data: bytes) -> tuple[str, str] | None:
    """UTF-8 into which some other bytes were put or cut; ``None`` where most signs beyond ASCII are no UTF-8."""
    text = data.decode("utf-8", errors="surrogateescape")
    lone = len(LONE.findall(text))
    if len(MANY_BYTES.findall(data)) < lone:
        return None
    whole = LONE.sub(lambda one: bytes([ord(one[0]) - 0xDC00]).decode("cp1252", errors="replace"), text)
    return whole, "Some bytes are not UTF-8; they were read as Windows-1252."


def _by_table(data: bytes) -> tuple[str, str]:
    """Text with one byte a letter, by the encoding that makes the most likely signs of the bytes beyond ASCII."""
    odd = ODD_BYTES.search(data)
    start = max(odd.start() - 1, 0) if odd else 0
    sample = data[start : start + LOOKED_AT]
    best = max(TABLES, key=lambda table: _likelihood(sample, table.codec))
    try:
        return data.decode(best.codec), f"It is not UTF-8; read as {best.name}."
    except UnicodeDecodeError:
        return data.decode("latin-1"), "It is neither UTF-8 nor Windows-1252; read as ISO 8859-1."


def _likelihood(data: bytes, codec: str) -> float:
    """Usual signs in fitting places, less the others; from 1 to -1."""
    places = [match.start() for match in ODD_BYTES.finditer(data)][:5_000]
    text = data.decode(codec, errors="replace")
    return sum(_fits(text, place) for place in places) / len(places)


def _fits(text: str, place: int) -> int:
    sign, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if sign not in USUAL:
        return -1
    if sign.isupper() and before.islower():
        return -1
    if sign == "£":
        return 1 if after.isdigit() or not after.isalpha() else -1
    return 1


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32, by its mark or by the nought bytes that stand beside most letters of our languages."""
    for mark, encoding in MARKS[1:]:
        if data.startswith(mark):
            return encoding
    head = data[: min(len(data) // 4 * 4, 400)]
    if len(head) < 8:
        return None
    quarter = len(head) // 4
    shares = [head[place::4].count(0) / quarter for place in range(4)]
    for encoding, zeros in ZEROS:
        if all(share > MOSTLY if zero else share < SELDOM for share, zero in zip(shares, zeros, strict=True)):
            return encoding
    return None
