"""A page of a letter with its mentions marked, and a place below each paragraph for the notes on them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol, TypeVar

from parsers.letters.explained.background import Passage
from parsers.letters.explained.shown import CLOSE, OPEN, Piece, Row, safe
from parsers.letters.records import Citation
from parsers.letters.voices.quotes import Voice

VOICE_WORDS: Mapping[Voice, str] = {
    "authority": "the authority's own voice",
    "earlier_message": "an earlier message",
    "request": "the requester's own words",
    "statute": "the words of the Act",
    "rights": "what may be done next: review and complaint",
    "footer": "a disclaimer or footer",
    "topic": "what the request is about",
}

_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(rf" *(?:{OPEN}[0-9-]+ )?[^ ]+| +")
"""A word with the blanks before it; the number of a mention stays with its first word."""
_MOST_INDENT = 8
"""Columns of indentation that a line keeps which is to be wrapped."""
_MOST_LINES = 8
"""Lines below which the notes on a mention stand at the latest, where a page has no blank lines."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Printed words of a page on which one or several mentions rest."""

    start: int
    end: int
    numbers: tuple[int, ...]

    @property
    def opening(self) -> str:
        """The numbers of its mentions, first and last where there are several."""
        numbers = dict.fromkeys((min(self.numbers), max(self.numbers)))
        return f"{OPEN}{'-'.join(map(str, numbers))} "


class _Spans(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Spanned = TypeVar("Spanned", bound=_Spans)


def page_marks(citations: Sequence[Citation], page: int) -> tuple[Mark, ...]:
    """The marks of one page in order; mentions whose printed words overlap, as in a range, share one.

    Mentions are numbered from 1 in the order of ``citations``.
    """
    marks: list[Mark] = []
    for start, end, number in sorted(_spans(citations, page)):
        last = marks[-1] if marks else None
        if last is not None and start < last.end:
            marks[-1] = Mark(last.start, max(last.end, end), (*last.numbers, number))
        else:
            marks.append(Mark(start, end, (number,)))
    return tuple(marks)


def _spans(citations: Sequence[Citation], page: int) -> Iterator[tuple[int, int, int]]:
    for number, citation in enumerate(citations, start=1):
        if citation.evidence.page == page:
            yield printed_start(citation), printed_start(citation) + len(citation.printed), number


def printed_start(citation: Citation) -> int:
    """Where the printed words of a mention begin on their page."""
    return citation.evidence.start if citation.printed_start is None else citation.printed_start


def page_lines(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each line, parted as an editor parts them."""
    ends = list(_LINE_END.finditer(text))
    begins = [0, *(match.end() for match in ends)]
    return tuple(zip(begins, [*(match.start() for match in ends), len(text)], strict=True))


def line_number(lines: Sequence[tuple[int, int]], position: int) -> int:
    """The number of the line in which a position lies, from 1."""
    return max(1, bisect_right(lines, position, key=lambda line: line[0]))


def note_places(text: str, lines: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> dict[int, list[int]]:
    """Below which lines notes stand, and on which mentions: where the paragraph of the first of them ends."""
    blank = [not text[start:end].strip() for start, end in lines]
    places: dict[int, list[int]] = {}
    place = 0
    for mark in marks:
        number = line_number(lines, mark.end - 1)
        if number > place:
            place = number
            while place < len(lines) and not blank[place] and place - number < _MOST_LINES:
                place += 1
        places.setdefault(place, []).extend(mark.numbers)
    return places


@dataclass(kw_only=True)
class PageView:
    """One page on its way to rows of at most ``width`` columns, marks and voices told apart."""

    text: str
    marks: Sequence[Mark]
    passages: Sequence[Passage]
    width: int
    voice: Voice = "authority"
    """The voice of the words shown last; a row announces where it changes."""
    _cuts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        spans: tuple[_Spans, ...] = (*self.marks, *self.passages)
        self._cuts = sorted({cut for span in spans for cut in (span.start, span.end)})

    def rows(self, number: int, start: int, end: int) -> Iterator[Row]:
        """One line of the letter, with its number."""
        label = f"{number:>5} "
        pieces: list[Piece] = []
        for first, last in pairwise([start, *self._between(start, end), end]):
            passage = _around(self.passages, first)
            voice: Voice = passage.voice if passage else "authority"
            if voice != self.voice and self.text[first:last].strip():
                if any(words.strip() for words, _ in pieces):
                    yield from self._wrapped(pieces, label)
                    label = " " * len(label)
                pieces = []
                self.voice = voice
                yield ((f"      -- {VOICE_WORDS.get(voice, voice)} --", "gutter"),)
            pieces += self._pieces(first, last, foreign=passage is not None)
        yield from self._wrapped(pieces, label)

    def _between(self, start: int, end: int) -> list[int]:
        return self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)]

    def _pieces(self, start: int, end: int, *, foreign: bool) -> Iterator[Piece]:
        words = safe(self.text[start:end])
        mark = _around(self.marks, start)
        if mark is None:
            yield words, "foreign" if foreign else "plain"
            return
        opening = mark.opening if mark.start == start else ""
        yield opening + words + (CLOSE if mark.end == end else ""), "mark"

    def _wrapped(self, pieces: Sequence[Piece], label: str) -> Iterator[Row]:
        bar = "| " if self.voice == "authority" else ": "
        room = self.width - len(label) - len(bar)
        for row in _filled(_outdented(pieces, room), room):
            yield (label + bar, "gutter"), *row
            label = " " * len(label)


def _around(spans: Sequence[Spanned], position: int) -> Spanned | None:
    index = bisect_right(spans, position, key=_start) - 1
    return spans[index] if index >= 0 and position < spans[index].end else None


def _start(span: _Spans) -> int:
    return span.start


def _outdented(pieces: Sequence[Piece], room: int) -> Sequence[Piece]:
    """The pieces of a line, moved to the left where only its indentation makes it too long."""
    first, style = pieces[0]
    words = first.lstrip(" ")
    indent = len(first) - len(words)
    excess = sum(len(piece) for piece, _ in pieces) - room
    kept = indent - max(0, excess) if excess <= indent else min(indent, _MOST_INDENT)
    return (" " * kept + words, style), *pieces[1:]


def _filled(pieces: Sequence[Piece], room: int) -> Iterator[Row]:
    """The pieces over as many rows as they need, parted at blanks where there are any; at least one row."""
    row: list[Piece] = []
    column = 0
    for words, style in pieces:
        for token in _TOKEN.findall(words):
            rest: str = token
            if column + len(rest) > room and column:
                yield tuple(row)
                row, column, rest = [], 0, rest.lstrip(" ")
            while len(rest) > room:
                yield ((rest[:room], style),)
                rest = rest[room:]
            row.append((rest, style))
            column += len(rest)
    yield tuple(row)
