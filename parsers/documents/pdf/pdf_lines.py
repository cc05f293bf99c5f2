"""The painted lines of a PDF page as pypdfium2 tells them, with their places."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from statistics import median
from struct import Struct

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.pdf.layout import WIDE_GAP, Line, is_raised
from parsers.documents.raised import raised
from parsers.documents.scans.letterpairs import is_nonsense

BROKEN_HYPHEN = "\ufffe"
"""pypdfium2's mark for a hyphen that ends a line; what follows stands on the next line."""
PAINTED = re.compile(f"[^\r\n{BROKEN_HYPHEN}]+{BROKEN_HYPHEN}?")
SPACES = re.compile(r"\s+")
DIGIT = re.compile("[0-9]")
MEANINGLESS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
LEADERS = re.compile(r"([\W_])\1+")
"""Rows of dots or underscores, as in a form or a list of contents."""
LEAST_WORDS, FEW = 0.6, 40
"""Letters and digits are at least this share of what a page prints, unless it prints next to nothing. On real
letters and tables the share is 0.83 and more, on text layers without meaning 0.45 and less."""
SEVERAL_GAPS = 2.0
"""A line this many times its letters' height wider than its letters need is searched for gaps."""
GAP = 1.5
"""Times the height of the letters: wider than any space in justified text."""
CELL_GAP = 0.75
"""Times the height of the letters: what word processors leave at least between two cells of a table."""
USUAL_GAPS = 2.5
"""Times the middle space of its line: a space as wide, which the file does not even hold, parts two cells."""

RARE = "\U00010000"
"""The first of the characters that pypdfium2 counts as two."""
RECTANGLE = Struct("4f")
"""Left, top, right, bottom."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Painted:
    """Lines in painting order."""

    lines: list[Line]
    characters: int
    """How many there are in all, spaces among them."""
    is_meaningless: bool = False
    """True where many characters have no known meaning, or another than they print: a font without its table."""


def painted_lines(page: pypdfium2.PdfPage) -> Painted:
    """Every line of the page that holds more than spaces."""
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        if _is_meaningless(text):
            return Painted(lines=[], characters=len(text), is_meaningless=True)
        places = _Places(textpage, text, turn=page.get_rotation())
        lines = [places.line(*match.span()) for match in PAINTED.finditer(text) if not match[0].isspace()]
        return Painted(lines=_with_gaps(lines, places), characters=len(text))
    finally:
        textpage.close()


def _is_meaningless(text: str) -> bool:
    shown = _shown(text)
    if len(MEANINGLESS.findall(text)) * 4 > shown:
        return True
    if shown < FEW:
        return False
    if _spelt(text) > LEAST_WORDS * shown:
        return is_nonsense(text)
    once = LEADERS.sub(r"\1", text)
    return _spelt(once) < LEAST_WORDS * _shown(once)


def _shown(text: str) -> int:
    """Characters that are no space."""
    return sum(map(len, text.split()))


def _spelt(text: str) -> int:
    """Letters and digits."""
    return sum(map(str.isalnum, text))


@dataclass(frozen=True, kw_only=True)
class _PlacedLine(Line):
    start: int
    end: int
    """Of its words in the page's text as pypdfium2 gives it."""


class _Places:
    """Where characters stand; a page that is shown turned is measured as shown."""

    def __init__(self, textpage: pypdfium2.PdfTextPage, text: str, *, turn: int) -> None:
        self.textpage = textpage.raw
        self.text = text
        self.turn = turn
        # As many characters as the page has, and none of two halves: then both are counted alike, on most pages.
        self.is_counted_alike = len(text) == textpage.count_chars() and max(text, default="") < RARE
        self.rectangle = pdfium.FS_RECTF()

    def box(self, index: int) -> Box:
        """Left, bottom, right, top of the character at an index of the text."""
        if not pdfium.FPDFText_GetLooseCharBox(self.textpage, self._place(index), self.rectangle):
            raise pypdfium2.PdfiumError("The place of a character is not known.")
        left, top, right, bottom = RECTANGLE.unpack(self.rectangle)
        match self.turn:
            case 90:
                return bottom, -right, top, -left
            case 180:
                return -right, -top, -left, -bottom
            case 270:
                return -top, left, -bottom, right
            case _:
                return left, bottom, right, top

    def _place(self, index: int) -> int:
        """Of a character of the text among those of the page; negative where it is none of them."""
        if self.is_counted_alike:
            return index
        place: int = pdfium.FPDFText_GetCharIndexFromTextIndex(self.textpage, index)
        return place

    def line(self, start: int, end: int) -> _PlacedLine:
        """The words between two indices; how high they stand is asked of a letter in the middle."""
        words = self.text[start:end].strip()
        start = self.text.index(words, start)
        end = start + len(words)
        middle = start + len(words) // 2
        while self.text[middle].isspace():
            middle += 1
        _, bottom, _, top = self.box(middle)
        text = words[:-1] + "-" if words.endswith(BROKEN_HYPHEN) else words
        left, right = self.box(start)[0], self.box(end - 1)[2]
        return _PlacedLine(text=text, left=left, right=right, bottom=bottom, top=top, start=start, end=end)

    def gaps(self, line: _PlacedLine) -> Iterator[int]:
        """Offsets in the line of the spaces that are wide gaps."""
        for match in SPACES.finditer(line.text):
            before, after = line.start + match.start() - 1, line.start + match.end()
            if self.box(after)[0] - self.box(before)[2] > GAP * line.height:
                yield match.start()

    def cells(self, line: _PlacedLine) -> Iterator[int]:
        """Offsets in the line of the spaces that the file does not hold and that part the cells of a table."""
        spaces = [match.start() for match in SPACES.finditer(line.text)]
        made = [offset for offset in spaces if self._is_made(line.start + offset)]
        if not made:
            return
        widths = {offset: self._width(line, offset) for offset in spaces}
        usual = median(widths.values()) if len(spaces) > len(made) else 0.0
        for offset in made:
            if widths[offset] > max(CELL_GAP * line.height, USUAL_GAPS * usual) and usual:
                yield offset

    def marks(self, line: _PlacedLine) -> Iterator[tuple[int, int]]:
        """Offsets in the line where each raised digit begins and ends."""
        for match in DIGIT.finditer(line.text):
            if self._is_high(line, match.start()):
                yield match.span()

    def _is_high(self, line: _PlacedLine, offset: int) -> bool:
        left, bottom, right, top = self.box(line.start + offset)
        return is_raised(Line(text="", left=left, right=right, bottom=bottom, top=top), line)

    def _is_made(self, index: int) -> bool:
        place = self._place(index)
        return place < 0 or bool(pdfium.FPDFText_IsGenerated(self.textpage, place) == 1)

    def _width(self, line: _PlacedLine, offset: int) -> float:
        end = offset + len(line.text[offset:]) - len(line.text[offset:].lstrip())
        return self.box(line.start + end)[0] - self.box(line.start + offset - 1)[2]


def _with_gaps(lines: list[_PlacedLine], places: _Places) -> list[Line]:
    """The lines, with wide gaps written as several spaces, as between the columns of a table, and marks of notes."""
    if not lines:
        return []
    usual = median((line.right - line.left) / len(line.text) / line.height for line in lines)
    return [
        _told(
            line,
            places.gaps(line) if _spare(line, usual) > SEVERAL_GAPS else places.cells(line),
            places.marks(line),
        )
        for line in lines
    ]


def _spare(line: Line, usual: float) -> float:
    return (line.right - line.left) / line.height - usual * len(line.text)


def _told(line: _PlacedLine, gaps: Iterable[int], marks: Iterable[tuple[int, int]]) -> Line:
    text = line.text
    changes = [(gap, len(text) - len(text[gap:].lstrip()), WIDE_GAP) for gap in gaps]
    changes += [(start, end, raised(text[start:end])) for start, end in marks]
    if not changes:
        return line
    for start, end, words in sorted(changes, reverse=True):
        text = text[:start] + words + text[end:]
    return replace(line, text=text)
