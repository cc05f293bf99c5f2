"""Where lines, paragraphs and sentences of a letter begin and end.

Letters reach us wrapped, in columns, or one paragraph a line. A line end closes a sentence only where the writer
meant it to: where the next word would still have fitted on the line.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from parsers.letters.text.clean import Letter

_STOP = re.compile(r"[.!?][)'\"\]]{0,2}[ \n](?=[ \n]{0,200}['\"(\[]?[A-Z0-9\u2022])")
_ABBREVIATIONS = frozenset(
    [
        "s",
        "ss",
        "sec",
        "secs",
        "sect",
        "sects",
        "reg",
        "regs",
        "r",
        "art",
        "arts",
        "no",
        "nos",
        "sch",
        "sched",
        "para",
        "paras",
        "p",
        "pp",
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "prof",
        "ref",
        "refs",
        "e.g",
        "i.e",
        "v",
        "vs",
        "etc",
        "approx",
        "dept",
        "tel",
        "ext",
        "co",
        "cllr",
        "viz",
        "cf",
    ]
)
_ITEM = re.compile(r"(?:\u2022|-|o |[0-9]{1,2}[.)]|\(?[a-z][.)]|\(?[ivx]{1,4}[.)]|q[0-9]{0,2}[.:)])")


class Line(NamedTuple):
    """One line, without the blanks at its end; ``start`` is where its first word begins."""

    begin: int
    start: int
    end: int
    next: int
    """Where the next line begins."""

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return self.start >= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The lines of a letter and the ends of its sentences and paragraphs, as offsets into ``Letter.text``."""

    lines: tuple[Line, ...]
    line_begins: tuple[int, ...]
    breaks: tuple[int, ...]
    """Where sentences begin, 0 and the length of the text included."""
    paragraphs: tuple[int, ...]
    """Where paragraphs begin, 0 and the length of the text included."""

    def line_index(self, position: int) -> int:
        """The index of the line in which a position lies."""
        return max(0, bisect_right(self.line_begins, position) - 1)

    def line(self, position: int) -> Line:
        """The line in which a position lies."""
        return self.lines[self.line_index(position)]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence, or sentences, that hold a span."""
        return _around(self.breaks, start, end)

    def paragraph(self, start: int, end: int) -> tuple[int, int]:
        """The paragraph, or paragraphs, that hold a span."""
        return _around(self.paragraphs, start, end)


def lay_out(letter: Letter) -> Layout:
    """Find lines, paragraphs and sentences."""
    text = letter.text
    lines = tuple(_lines(text))
    paragraphs, deliberate = _line_breaks(text, letter.lower, lines)
    breaks = {0, len(text), *paragraphs, *deliberate, *_stops(letter)}
    return Layout(
        lines=lines,
        line_begins=tuple(line.begin for line in lines),
        breaks=tuple(sorted(breaks)),
        paragraphs=tuple(sorted({0, len(text), *paragraphs})),
    )


def _around(marks: tuple[int, ...], start: int, end: int) -> tuple[int, int]:
    first = marks[max(0, bisect_right(marks, start) - 1)]
    last = marks[min(len(marks) - 1, bisect_left(marks, max(end, start + 1)))]
    return first, last


def _lines(text: str) -> Iterator[Line]:
    begin, length = 0, len(text)
    for raw in text.split("\n"):
        after = begin + len(raw)
        kept = raw.lstrip()
        start = after - len(kept)
        yield Line(begin, start, start + len(kept.rstrip()), min(after + 1, length))
        begin = after + 1


def _line_breaks(text: str, lower: str, lines: tuple[Line, ...]) -> tuple[list[int], list[int]]:
    """Where paragraphs begin (after blank lines), and where lines begin that the writer broke on purpose."""
    paragraphs: list[int] = []
    deliberate: list[int] = []
    linked = _linked(text, lines)
    for block in _blocks(lines):
        paragraphs.append(block[0].begin)
        if len(block) == 1:
            continue
        width = _width(block, linked)
        for line, following in pairwise(block):
            if _meant(text, lower, line, following, width):
                deliberate.append(following.begin)
    return paragraphs, deliberate


def _blocks(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if line.start < line.end:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _width(block: list[Line], linked: Set[int]) -> int:
    """The column at which a block is wrapped: its longest line, without one outlier and any with links."""
    lengths = sorted([line.end - line.begin for line in block if line.begin not in linked])
    if not lengths:
        return 0
    return lengths[-2] if len(lengths) >= 4 else lengths[-1]


def _linked(text: str, lines: tuple[Line, ...]) -> Set[int]:
    """Where the lines begin that have a link."""
    begins = [line.begin for line in lines]
    found: set[int] = set()
    for mark in ("http:", "https:", "www."):
        at = text.find(mark)
        while at >= 0:
            found.add(begins[bisect_right(begins, at) - 1])
            at = text.find(mark, at + 1)
    return found


def _meant(text: str, lower: str, line: Line, following: Line, width: int) -> bool:
    if _ITEM.match(lower, following.start, following.end):
        return True
    if text[following.start].islower():
        return False
    space = text.find(" ", following.start, following.end)
    word = (space if space >= 0 else following.end) - following.start
    return line.end - line.begin + 1 + word <= width


def _stops(letter: Letter) -> Iterator[int]:
    text, lower = letter.text, letter.lower
    for match in _STOP.finditer(text):
        position = match.start()
        if text[position] == "." and _abbreviated(lower, position):
            continue
        yield match.end()


def _abbreviated(lower: str, position: int) -> bool:
    begin = max(lower.rfind(" ", max(0, position - 8), position), lower.rfind("\n", max(0, position - 8), position)) + 1
    return lower[max(begin, position - 8) : position].lstrip("([\"'") in _ABBREVIATIONS
