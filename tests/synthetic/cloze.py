"""Texts with gaps: what differs from one copy of a thread to the next, and where a quote is after the gaps are filled.

A gap is named by a number, the place of its word among the words of a copy. A place in the text is kept as a piece and
an offset in it, so it is found again however long the words are; no place lies inside a gap.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FILLER = 0
"""The gap for further words, between two paragraphs."""

Place = tuple[int, int]
"""A piece and an offset in it."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its gaps filled."""

    text: str
    starts: tuple[int, ...]
    """Where each piece begins."""

    def at(self, place: Place) -> int:
        """Where a place is."""
        return self.starts[place[0]] + place[1]


@dataclass(frozen=True, slots=True)
class Cloze:
    """A text as pieces; a number stands for a gap."""

    pieces: tuple[str | int, ...]

    def fill(self, words: Sequence[str]) -> Filled:
        """The text with these words in its gaps."""
        parts, starts, length = [], [], 0
        for piece in self.pieces:
            part = piece if type(piece) is str else words[piece]  # type: ignore[index]  # a number, then
            starts.append(length)
            length += len(part)
            parts.append(part)
        return Filled("".join(parts), tuple(starts))

    def word(self, words: Sequence[str]) -> str:
        """The text alone."""
        return "".join([piece if type(piece) is str else words[piece] for piece in self.pieces])  # type: ignore[index]


def whole(text: str) -> Cloze:
    """A text without gaps."""
    return Cloze((text,))


def cut(
    text: str, gaps: Mapping[str, int], quotes: Sequence[tuple[int, int]], filler: int | None
) -> tuple[Cloze, list[tuple[Place, Place]]]:
    """The text with a gap for each word of ``gaps`` that it holds, and the places of ``quotes`` (from, to) in it.

    A word is left where a quote begins or ends within it. ``filler`` is where further words go: between two
    paragraphs and in no quote; ``None`` for nowhere.
    """
    edges = {edge for quote in quotes for edge in quote}
    spans = [(match.start(), match.end(), gaps[match[0]]) for match in _finder(gaps).finditer(text)] if gaps else []
    spans = [one for one in spans if not any(one[0] < edge < one[1] for edge in edges)]
    if filler is not None:
        spans = sorted([one for one in spans if not one[0] < filler < one[1]] + [(filler, filler, FILLER)])
    pieces: list[str | int] = []
    bounds: list[tuple[int, int]] = []
    done = 0
    for start, end, gap in spans:
        pieces += [text[done:start], gap]
        bounds += [(done, start), (start, end)]
        done = end
    pieces.append(text[done:])
    bounds.append((done, len(text)))
    return Cloze(tuple(pieces)), [
        (_place(bounds, start, last=False), _place(bounds, end, last=True)) for start, end in quotes
    ]


def _finder(gaps: Mapping[str, int]) -> re.Pattern[str]:
    longest = sorted(gaps, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in longest))


def _place(bounds: Sequence[tuple[int, int]], at: int, *, last: bool) -> Place:
    """Of a quote's first letter, or of its end: a quote that begins or ends with a gap holds it, and never the filler.

    Pieces at even places are words that stay, so a gap's edge is the end of the piece before or the start of the next.
    """
    stays = [number for number in range(0, len(bounds), 2) if bounds[number][0] <= at <= bounds[number][1]]
    number = stays[0] if last else stays[-1]
    return number, at - bounds[number][0]


def boundaries(text: str, quotes: Sequence[tuple[int, int]]) -> list[int]:
    """Where a paragraph ends and none of the quotes stands, the likeliest for further words first."""
    found = [match.end() for match in re.finditer(r"\n\n", text)]
    free = [at for at in found if not any(start < at < end for start, end in quotes)]
    return sorted(free, key=lambda at: abs(at - 0.6 * len(text)))
