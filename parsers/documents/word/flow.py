"""What a word processor's file holds, in the order it is read, to pages of text.

Every such format is paragraphs, tables, boxes and page breaks. Each format's reader tells a ``Flow`` of them, so the
same words laid out alike give the same text whatever the format: a paragraph is a line, a row of a table is a line
with its cells apart, a cell of several paragraphs stands by itself, and a box stands before the paragraph that it
hangs on. Only a break that the writer put in begins a page: where lines and pages end by themselves is known to the
program that shows the file, and not to the file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.documents.pdf.layout import WIDE_GAP
from parsers.documents.raised import raised

TAB, LINE = "\t", "\n"
TABS = re.compile("[ \t]*\t[ \t]*")
LINE_ENDS = re.compile(r"[ \t]+\n|\n[ \t]+")
BLANK_LINES = re.compile(r"\n{3,}")
MOST_DEPTH = 40
"""Tables in tables and boxes in boxes; what lies deeper is read as if it lay here."""
SYMBOLS = {
    0xA7: "▪", 0xA8: "☐", 0xB7: "•", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xD8: "▪", 0xE0: "→", 0xFC: "✓", 0xFB: "✗",
    0xFD: "☒", 0xFE: "☑", 0x78: "☒",
}  # fmt: skip
"""Characters of the symbol fonts that letters use for lists and boxes to tick."""
PRIVATE = re.compile("[\uf000-\uf0ff]")


@dataclass
class _Block:
    text: str
    is_row: bool = False
    stands_alone: bool = False
    is_margin: bool = False


@dataclass
class _Frame:
    """The body, a cell or a box."""

    blocks: list[_Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    label: str = ""
    has_body: bool = False
    """Whether any block but a header holds words."""

    def add(self, block: _Block) -> None:
        """Put a block behind the others."""
        self.blocks.append(block)
        self.has_body |= bool(block.text) and not block.is_margin


class Flow:
    """Takes words and breaks as they come; ``pages`` gives the text."""

    def __init__(self) -> None:
        self._pages: list[str] = []
        self._frames = [_Frame()]

    @property
    def depth(self) -> int:
        """How many cells and boxes the next words lie in."""
        return len(self._frames) - 1

    @property
    def is_page_empty(self) -> bool:
        """Whether the page being told holds nothing yet but headers."""
        top = self._frames[0]
        return self.depth == 0 and not (top.words or top.row or top.has_body)

    @property
    def has_words(self) -> bool:
        """Whether the paragraph being told has words."""
        return bool(self._frames[-1].words)

    def words(self, text: str) -> None:
        """Words of the paragraph, where ``TAB`` and ``LINE`` are what they say."""
        frame = self._frames[-1]
        if text and frame.label:
            text, frame.label = frame.label + text, ""
        if text:
            frame.words.append(text)

    def raised(self, text: str) -> None:
        """Words of the paragraph that are printed small above its line."""
        self.words(raised(text))

    def label(self, text: str) -> None:
        """The number or bullet of the paragraph, which is shown once it has words."""
        self._frames[-1].label = f"{text} " if text else ""

    def label_before(self, text: str) -> None:
        """For formats that tell of a paragraph at its end: the number or bullet before the words already told."""
        words = self._frames[-1].words
        if text and words:
            words.insert(0, f"{text} ")

    def end_paragraph(self) -> None:
        """End the line; without words it is a blank one."""
        frame = self._frames[-1]
        self._end_open_row()
        frame.add(_Block(_line(frame.words)))
        frame.words.clear()
        frame.label = ""

    def begin_cell(self) -> None:
        """Begin a cell of a row."""
        self._push()

    def end_cell(self) -> None:
        """End a cell: its text waits for the end of the row."""
        text = self._pop()
        self._frames[-1].row.append(text)

    def repeat_cell(self, times: int) -> None:
        """Let the cell just ended stand that many times more."""
        row = self._frames[-1].row
        row.extend(row[-1:] * times)

    def end_row(self) -> None:
        """End the row of the cells told since the last one."""
        self._end_open_row()

    def at_depth(self, depth: int) -> None:
        """For formats that mark only the ends of cells: the paragraph being told lies in so many tables."""
        while self.depth > depth:
            self.end_cell()
            self.end_row()
        while self.depth < min(depth, MOST_DEPTH):
            frame = self._frames[-1]
            self._push()
            self._frames[-1].words, self._frames[-1].label = frame.words, frame.label
            frame.words, frame.label = [], ""

    def begin_box(self) -> None:
        """Begin a box that hangs on the paragraph being told."""
        self._push()

    def end_box(self) -> None:
        """End the box, which stands before that paragraph."""
        text = self._pop()
        self.block(text)

    def block(self, text: str) -> None:
        """A text of its own, such as a note, before the paragraph being told."""
        if text:
            self._frames[-1].add(_Block(text, stands_alone=True))

    def margin(self, text: str) -> None:
        """A header or footer: a text of its own, which makes no page by itself."""
        if text:
            self._frames[-1].add(_Block(text, stands_alone=True, is_margin=True))

    def new_page(self) -> None:
        """Begin a page; in a cell or a box only a line."""
        if self._frames[-1].words:
            self.end_paragraph()
        self._end_open_row()
        if self.depth == 0:
            self._pages.append(self._render(self._frames[0]))
            self._frames = [_Frame()]

    def new_page_before(self) -> None:
        """For such formats: begin a page before the words already told."""
        if self.depth == 0 and self._frames[0].has_body:
            words, self._frames[0].words = self._frames[0].words, []
            self.new_page()
            self._frames[0].words = words

    def pages(self) -> list[str]:
        """The text of each page; the last ones are left out where they hold nothing."""
        self.at_depth(0)
        self.new_page()
        while len(self._pages) > 1 and not self._pages[-1]:
            self._pages.pop()
        return self._pages

    def text(self) -> str:
        """All of it as one text, for a header or a note."""
        return "\n\n".join(filter(None, self.pages()))

    def _push(self) -> None:
        self._frames.append(_Frame())

    def _pop(self) -> str:
        frame = self._frames[-1]
        if frame.words:
            self.end_paragraph()
        self._end_open_row()
        if len(self._frames) > 1:
            self._frames.pop()
        else:
            self._frames = [_Frame()]
        return self._render(frame)

    def _end_open_row(self) -> None:
        frame = self._frames[-1]
        if frame.row:
            cells, frame.row = [cell for cell in frame.row if cell], []
            apart = any(LINE in cell for cell in cells[:-1])
            text = "\n\n".join(cells) if apart else WIDE_GAP.join(cells)
            frame.add(_Block(text, is_row=True, stands_alone=apart))

    def _render(self, frame: _Frame) -> str:
        pieces: list[str] = []
        before: _Block | None = None
        for block in frame.blocks:
            if before is not None:
                pieces.append(_between(before, block))
            pieces.append(block.text)
            before = block
        return BLANK_LINES.sub("\n\n", "".join(pieces)).strip("\n ")


def symbol(code: int) -> str:
    """A character of a symbol font, by its place in the font or by its private number."""
    return SYMBOLS.get(code & 0xFF, "▪")


def without_private(text: str) -> str:
    """The text with characters of symbol fonts told as what they look like."""
    return PRIVATE.sub(lambda match: symbol(ord(match[0])), text)


def _line(words: Sequence[str]) -> str:
    line = without_private(TABS.sub(WIDE_GAP, "".join(words)))
    return LINE_ENDS.sub("\n", line).strip(" ") if line.strip() else ""


def _between(before: _Block, block: _Block) -> str:
    if before.stands_alone or block.stands_alone or before.is_row != block.is_row:
        return "\n\n"
    return "\n"
