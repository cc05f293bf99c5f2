"""Words that were recognised in a picture of a page, and their places, to the page's text in reading order.

The program that recognises says which words stand in one line and in which order it read the lines; from there on the
lines are ordered like those of a PDF (``layout``), so that the same letter reads the same, printed or scanned.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from parsers.documents.pdf.layout import Line, page_text
from parsers.documents.scans.side_by_side import row_by_row

LEAST_CONFIDENCE = 0.8
"""Of a page that may pass as text. Of 24 pages that were scanned worse and worse, those at 0.8 and more had at most 5
in a hundred letters wrong, those at 0.77 and less 6 and more, those below 0.7 15 to 90."""
FIRST_MARK, LAST_MARK = 0xF0000, 0x10FFFF
"""Private characters that no font prints: each stands for one word while the lines are put in order."""
MARKS = re.compile(f"[{chr(FIRST_MARK)}-{chr(LAST_MARK)}]")
NO_LETTERS = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
RULES = re.compile(r"[|¦_=~\u2014\u2013-]{2,}|[|¦]")
"""What lines of a table and of a form are taken for, mostly with little confidence."""
GAP = 1.5
"""Times the height of the letters: wider than any space in justified text."""
INK = 0.7
"""What is black of a line is this part of its font's height: small letters with some tall ones."""
DEEP = re.compile(r"[()\[\]{}$/]")
"""Signs that reach from above the tallest letter to below the line, as in ``36(2)(b)``."""
DEPTH = 0.22
"""How much of their height those reach below the line."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """One recognised word; places in dots of the picture, from its top left corner."""

    text: str
    line: tuple[int, ...]
    """Which line it stands in: words of one line follow one another."""
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """What a page's picture says."""

    text: str
    confidence: float
    """The mean over its letters; 0 where nothing was recognised."""
    words: tuple[int, ...]
    """How sure each word of the text is, in percent, in the order of ``text.split()``."""


def recognised(words: Iterable[Word], *, dots_per_inch: float) -> Recognised:
    """The text of a page from its words, in the order in which they were recognised."""
    kept = [word for word in words if _is_word(word)][: LAST_MARK - FIRST_MARK]
    if not kept:
        return Recognised(text="", confidence=0.0, words=())
    marked = page_text(_lines(kept, 72 / dots_per_inch))
    sure = tuple(_percent(token, kept) for token in marked.split())
    text = MARKS.sub("", marked)
    letters = [len(token) for token in text.split()]
    mean = sum(one * length for one, length in zip(sure, letters, strict=True)) / sum(letters) / 100
    return Recognised(text=text, confidence=round(mean, 3), words=sure)


def sureness(text: str, words: Sequence[int], *, start: int, end: int) -> float:
    """How sure the least sure word in a part of a page's text is, 0 to 1; 1 where no word of it was recognised."""
    places = zip(re.finditer(r"\S+", text), words, strict=False)
    return min((sure for place, sure in places if place.start() < end and place.end() > start), default=100) / 100


def _is_word(word: Word) -> bool:
    text = _cleaned(word.text)
    if RULES.fullmatch(text) and word.confidence < LEAST_CONFIDENCE:
        return False
    return bool(text) and word.right > word.left and word.bottom > word.top


def _cleaned(text: str) -> str:
    return MARKS.sub("", NO_LETTERS.sub("", "".join(text.split())))


def _percent(token: str, words: Sequence[Word]) -> int:
    """Of a piece of marked text: mostly one word, sometimes two that touch."""
    confidences = [words[ord(mark) - FIRST_MARK].confidence for mark in MARKS.findall(token)]
    return round(100 * max(0.0, min(1.0, *confidences)))


def _lines(words: Sequence[Word], points: float) -> list[Line]:
    """Lines in reading order, each word followed by its mark; a dot is that many points.

    What was recognised as one line across several columns is as many lines: so each cell of a table stays whole.
    """
    numbered = groupby(enumerate(words), key=lambda one: one[1].line)
    return row_by_row([part for _, line in numbered for part in _parts(list(line), points)])


def _parts(words: Sequence[tuple[int, Word]], points: float) -> Iterator[Line]:
    """The stretches of a line between its wide gaps, all as high as the line."""
    tall = _tallness([word for _, word in words])
    foot = median(_foot(word) for _, word in words) + 0.15 * tall
    start = 0
    for end in range(1, len(words) + 1):
        if end == len(words) or words[end][1].left - words[end - 1][1].right > GAP * tall:
            yield _line(words[start:end], points, foot=foot, tall=tall)
            start = end


def _line(words: Sequence[tuple[int, Word]], points: float, *, foot: float, tall: float) -> Line:
    return Line(
        text=" ".join(_marked(number, word) for number, word in words),
        left=min(word.left for _, word in words) * points,
        right=max(word.right for _, word in words) * points,
        bottom=-foot * points,
        top=(tall - foot) * points,
    )


def _foot(word: Word) -> float:
    """Where the line stands that the word is written on."""
    return word.bottom - (DEPTH * (word.bottom - word.top) if DEEP.search(word.text) else 0)


def _tallness(words: Sequence[Word]) -> float:
    """The height of a line's font, by its words; those with tails say more than it is."""
    heights = sorted(_foot(word) - word.top for word in words)
    return max(heights[(len(heights) - 1) // 2] / INK, 1.0)


def _marked(number: int, word: Word) -> str:
    return _cleaned(word.text) + chr(FIRST_MARK + number)
