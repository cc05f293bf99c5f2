"""The texts of a page, kept within a size: what is shown in full, what is cut, what is left to a page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from archive_site.texts.marks import Mark, marked, window_end
from archive_site.texts.quotes import quoted_mail

INLINE_CHARACTERS = 12_000
"""How much of one message or page stands in the page of its request."""
ALONE_CHARACTERS = 40_000
"""How much of it stands on one page of its own."""
INLINE_BYTES = 30_000
ALONE_BYTES = 120_000
PAGE_BYTES = 175_000
"""How much HTML all texts of a request's page may come to, with what stands around each: with all else it stays below
200 kB."""
LEAST_BYTES = 40_000
"""And how much the texts alone, however much stands around them."""
_AROUND_MESSAGE, _AROUND_PAGE, _LINK_TO_PAGE = 1_700, 300, 100


@dataclass(frozen=True, kw_only=True)
class Block:
    """The text of a message, or of one page of a document, with its citations."""

    id: str
    number: int
    """Of the page in its document; 0 for a message."""
    text: str
    """From the beginning; cut where a page of the site could not show more."""
    length: int
    """Of the whole text, in characters."""
    marks: tuple[Mark, ...]
    source: str = "message"
    confidence: float | None = None
    title: str | None = None
    """Of a sheet or a slide."""

    @property
    def relied(self) -> bool:
        """Whether an authority relies on a provision in it."""
        return any(mark.relied_on for mark in self.marks)

    @property
    def grounds(self) -> int:
        """How many provisions an authority relies on in it."""
        return len({mark.name for mark in self.marks if mark.relied_on})

    @property
    def is_message(self) -> bool:
        """Whether it is the body of a message."""
        return self.number == 0


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of a block as HTML."""

    html: Markup
    start: int
    end: int
    length: int

    @property
    def is_cut(self) -> bool:
        """Whether more follows."""
        return self.end < self.length


def piece(block: Block, *, start: int = 0, characters: int = INLINE_CHARACTERS, octets: int = INLINE_BYTES) -> Piece:
    """``block`` from ``start``, at most so many characters of text and so many bytes of HTML."""
    start = max(0, min(start, len(block.text)))
    folds = quoted_mail(block.text) if block.is_message else ()
    while True:
        end = window_end(block.text, start, characters)
        html = marked(block.text, block.marks, start=start, end=end, folds=folds)
        if len(html.encode()) <= octets or characters <= 200:
            return Piece(html=html, start=start, end=end, length=block.length)
        characters //= 2


def fitting(blocks: Sequence[Block], *, show: str | None, octets: int = PAGE_BYTES) -> dict[str, Piece]:
    """The pieces of those blocks that fit on one page, the most wanted first.

    What was asked for comes first, then messages, then pages with a provision relied on, then the rest.
    """
    chosen: dict[str, Piece] = {}
    around = sum(_AROUND_MESSAGE if block.is_message else _LINK_TO_PAGE for block in blocks)
    octets = max(octets - around, LEAST_BYTES)
    for block in sorted(blocks, key=lambda block: _rank(block, show)):
        if min(len(block.text), INLINE_CHARACTERS // 2) > octets:
            continue
        shown = piece(block)
        cost = len(shown.html.encode()) + (0 if block.is_message else _AROUND_PAGE)
        if cost <= octets:
            chosen[block.id] = shown
            octets -= cost
    return chosen


def _rank(block: Block, show: str | None) -> int:
    if show in {block.id, block.id.rpartition("/")[0]}:
        return 0
    if block.is_message:
        return 1
    return 2 if block.relied else 3
