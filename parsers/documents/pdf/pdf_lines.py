"""The painted lines of a PDF page as pypdfium2 tells them, with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.pdf.layout import WIDE_GAP, Line
from parsers.documents.scans.letterpairs import is_nonsense

BROKEN_HYPHEN = "\ufffe"
"""pypdfium2's mark for a hyphen that ends a line; what follows stands on the next line."""
PAINTED = re.compile(f"[^\r\n{BROKEN_HYPHEN}]+{BROKEN_HYPHEN}?")
SPACES = re.compile(r"\s+")
MEANINGLESS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
NO_WORDS = re.compile(r"[\W_]+")
LEADERS = re.compile(r"([\W_])\1+")
"""Rows of dots or underscores, as in a form or a list of contents."""
LEAST_WORDS, FEW = 0.6, 40
"""Letters and digits are at least this share of what a page prints, unless it prints next to nothing. On real
letters and tables the share is 0.83 and more, on text layers without meaning 0.45 and less."""
SEVERAL_GAPS = 2.0
"""A line this many times its letters' height wider than its letters need is searched for gaps."""
GAP = 1.5
"""Times the height of the letters: wider than any space in justified text."""

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
    shown = len(SPACES.sub("", text))
    if len(MEANINGLESS.findall(text)) * 4 > shown:
        return True
    if shown < FEW:
        return False
    if len(NO_WORDS.sub("", text)) > LEAST_WORDS * shown:
        return is_nonsense(text)
    once = LEADERS.sub(r"\1", text)
    return len(NO_WORDS.sub("", once)) < LEAST_WORDS * len(SPACES.sub("", once))


@dataclass(frozen=True, kw_only=True)
class _PlacedLine(Line):
    start: int
    end: int
    """Of its words in the page's text as pypdfium2 gives it."""


class _Places:
    """Where characters stand; a page that is shown turned is measured as shown."""

    def __init__(self, textpage: pypdfium2.PdfTextPage, text: str, *, turn: int) -> None:
        self.textpage = textpage
        self.text = text
        self.turn = turn

    def box(self, index: int) -> Box:
        """Left, bottom, right, top of the character at an index of the text."""
        place = pdfium.FPDFText_GetCharIndexFromTextIndex(self.textpage, index)
        left, bottom, right, top = self.textpage.get_charbox(place, loose=True)
        match self.turn:
            case 90:
                return bottom, -right, top, -left
            case 180:
                return -right, -top, -left, -bottom
            case 270:
                return -top, left, -bottom, right
            case _:
                return left, bottom, right, top

    def line(self, start: int, end: int) -> _PlacedLine:
        """The words between two indices; how high they stand is asked of a letter in the middle."""
        words = self.text[start:end].strip()
        start = self.text.index(words, start)
        end = start + len(words)
        middle = next(i for i in range(start + (end - start) // 2, end) if not self.text[i].isspace())
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


def _with_gaps(lines: list[_PlacedLine], places: _Places) -> list[Line]:
    """The lines, with wide gaps written as several spaces, such as between the columns of a table."""
    if not lines:
        return []
    usual = median((line.right - line.left) / len(line.text) / line.height for line in lines)
    return [_widened(line, places) if _spare(line, usual) > SEVERAL_GAPS else line for line in lines]


def _spare(line: Line, usual: float) -> float:
    return (line.right - line.left) / line.height - usual * len(line.text)


def _widened(line: _PlacedLine, places: _Places) -> Line:
    text = line.text
    for offset in reversed(list(places.gaps(line))):
        text = text[:offset] + WIDE_GAP + text[offset:].lstrip()
    return replace(line, text=text)
