"""What a child is asked and what it answers, as JSON: nothing that comes from a child is ever unpickled."""

import json
import re
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from parsers.documents.records import DocumentText, DocumentType, Opened
from parsers.documents.scans.dots import Raster
from parsers.documents.scans.recognised import Word
from parsers.letters.records import LetterContext
from scraper.reading.strict import load

T = TypeVar("T")

SMALL = 1 << 20
MOST_VALUES = 2_000_000
_VALUE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{,]', re.DOTALL)
"""A text, to be passed over as a whole, or what begins another value."""


@dataclass(frozen=True, kw_only=True)
class Hello:
    """The first thing a child says, once its limits are on."""

    ready: bool
    files_closed: bool = False
    """Whether files that are none of its own are closed to it too."""
    missing: str | None = None
    """The sentence on a limit that this system does not hold; the child then reads nothing."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One piece of work. A document's bytes follow it in a message of their own, empty for a letter."""

    kind: Literal["sniff", "document", "probe", "rasters", "letter", "background", "imports"]
    ticket: str = ""
    """To be given back with the answer, so that no answer can pass for that of another job."""
    name: str | None = None
    """What the file is called, for ``sniff``."""
    document_type: DocumentType = "unknown"
    numbers: tuple[int, ...] = ()
    """Pages to be drawn, for ``rasters``."""
    turn: int | None = None
    """By how many degrees they are to be turned; ``None`` leaves it to how their lines run."""
    smooth: bool = False
    """Whether grain is to be taken out of them however clean they seem."""
    pages: tuple[str, ...] = ()
    context: LetterContext = field(default_factory=LetterContext)


@dataclass(frozen=True, kw_only=True)
class Sniffed:
    """What a file is by its bytes."""

    document_type: DocumentType


@dataclass(frozen=True, kw_only=True)
class Imported:
    """How many modules of readers a child could import: all."""

    modules: int


@dataclass(frozen=True, kw_only=True)
class Rasters:
    """Pages that were drawn. Their dots follow in the same message after a line's end, page after page."""

    pages: tuple[Raster, ...]

    def pictures(self, dots: bytes) -> list[tuple[Raster, bytes]]:
        """Each page with its own dots; ``ValueError`` where there are not as many as the pages say."""
        found, start = [], 0
        for page in self.pages:
            if page.width < 0 or page.height < 0:
                raise ValueError("a page of less than nothing")
            end = start + page.width * page.height
            found.append((page, dots[start:end]))
            start = end
        if start != len(dots):
            raise ValueError("dots that are of no page")
        return found


def body_of(opened: Opened) -> bytes:
    """A document as the body of a message, with the bytes of its parts after it, as ``opened_of`` takes them."""
    return b"".join([encode(opened.document), b"\n", *opened.files])


def opened_of(body: bytes) -> Opened:
    """A document with the bytes of its parts, which follow in the same message after a line's end, part after part.

    ``ValueError`` where there are not as many bytes as the parts say.
    """
    head, _, rest = body.partition(b"\n")
    document = decode(DocumentText, head)
    files, start = [], 0
    for part in document.parts:
        if part.size < 0:
            raise ValueError("a part of less than nothing")
        files.append(rest[start : start + part.size])
        start += part.size
    if start != len(rest):
        raise ValueError("bytes that are of no part")
    return Opened(document=document, files=tuple(files))


@dataclass(frozen=True, kw_only=True)
class RecognisedWords:
    """What the bundled engine found on one page."""

    words: tuple[Word, ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How a child is after a job; what it found follows in a message of its own."""

    resident_bytes: int
    ticket: str = ""
    out_of_memory: bool = False


def encode(record: object) -> bytes:
    """A record as the body of a message. ASCII, so that a stray surrogate does no harm."""
    return json.dumps(record, default=vars, separators=(",", ":")).encode("ascii")


def decode(kind: type[T], body: bytes) -> T:
    """The record in a message's body; ``ValueError`` where there is none, or where it would fill our memory."""
    if len(body) > SMALL:
        _count_values(body)
    try:
        value: Any = json.loads(body, parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return load(kind, value)


def _count_values(body: bytes) -> None:
    """A few bytes of JSON make a value of some sixty, so their number is bounded before any is made."""
    if any(number >= MOST_VALUES for number, _ in enumerate(_VALUE.finditer(body))):
        raise ValueError("too many values")


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")
