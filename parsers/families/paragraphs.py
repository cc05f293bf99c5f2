"""The paragraphs of a letter in which an authority gives its reasons for refusing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

AFTER = 3
"""Paragraphs after the one that names a ground that may still give reasons for it."""
LONGEST = 4_000
"""Characters; what is longer is a whole letter that lost its empty lines, and no paragraph."""
SHORTEST = 90
"""Characters; what is shorter is a heading or an item of a list, and is passed over."""
_GAP = re.compile(r"\n[ \t\r\f]{0,80}(?:\n[ \t\r\f]{0,80}){1,40}")
_ABOUT_REVIEWS = re.compile(
    r"internal review|review (?:of )?(?:this|our|the) decision|right of review|right to (?:complain|appeal|request)"
    r"|unhappy with|dissatisfied with|not content|information commissioner|tribunal|make a complaint"
    r"|yours (?:faithfully|sincerely)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A provision that a text names: where its words begin, and the part that it plays there."""

    id: str
    start: int
    relied_on: bool
    statute: bool = False
    """Whether the words of the law are quoted there."""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Reasons for relying on a ground, at ``text[start:end]``."""

    number: int
    """Its place among the paragraphs of the text, from 1."""
    start: int
    end: int
    mention: str
    """The id of the mention of the ground: in it, or in the last paragraph before it that has one."""


def reasons(text: str, mentions: Sequence[Mention]) -> Iterator[Paragraph]:
    """The paragraphs that rely on a ground, and up to three after each until the letter turns to rights of review.

    Headings are passed over; paragraphs that quote the law are left out, as their likeness says nothing.
    """
    ground, left = "", 0
    for number, (start, end) in enumerate(_paragraphs(text), start=1):
        inside = [one for one in mentions if start <= one.start < end]
        relied = next((one.id for one in inside if one.relied_on), None)
        if relied is not None:
            ground, left = relied, AFTER + 1
        elif left and _ABOUT_REVIEWS.search(text, start, end):
            left = 0
        if left and SHORTEST <= end - start <= LONGEST:
            left -= 1
            if not any(one.statute for one in inside):
                yield Paragraph(number=number, start=start, end=end, mention=ground)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph, without the white space around it."""
    begin = 0
    for gap in _GAP.finditer(text):
        yield from _trimmed(text, begin, gap.start())
        begin = gap.end()
    yield from _trimmed(text, begin, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    inner = words.strip()
    if inner:
        at = start + len(words) - len(words.lstrip())
        yield at, at + len(inner)
