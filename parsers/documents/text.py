"""Plain text in any of the encodings that offices send."""

import codecs

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


def decode(data: bytes) -> tuple[str, str | None]:
    """The text, and a sentence where the encoding had to be guessed or some bytes meant nothing."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if unmarked := _utf16_without_mark(data):
        return data.decode(unmarked, errors="replace"), f"It has no byte order mark; read as {unmarked}."
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _windows(data)


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


def _windows(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("cp1252"), "It is not UTF-8; read as Windows-1252."
    except UnicodeDecodeError:
        return data.decode("latin-1"), "It is neither UTF-8 nor Windows-1252; read as ISO 8859-1."


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 by its zero bytes: text in our languages has one beside nearly every letter."""
    head = data[:400]
    if len(head) < 8:
        return None
    half = len(head) // 2
    if head[1::2].count(0) > 0.7 * half and head[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None
