"""Lines of a page and where they stand, to the page's text in the order a person reads it.

A PDF paints its lines in whatever order the program chose: letterheads and footers often first, a raised
"th" as a line of its own, the cells of a table one after another. Painting order is right for cells and
columns, where a strict top-down order would mix their sentences; it is wrong for footers. So lines are
gathered into blocks that run down the page as painted, and a block moves only behind blocks that stand
above it. Lines of a block that stand further apart than its usual step are parted by a blank line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.documents.raised import raised

WIDE_GAP = "   "
"""Between two texts of one row that stand apart, such as the columns of a table."""
MOST_BLOCKS_ORDERED = 200
"""Ordering compares every pair of blocks; a page with more is left as painted."""
MOST_LINES_COMPARED = 600
FEW_STEPS = 5
SMALL, RISEN = 0.85, 0.25
"""Of the height of a line: raised letters are no larger than the first, and stand higher than the second."""
SINGLE_SPACED = 1.3
"""The widest step from line to line, as times the height of letters, that fonts ask for by themselves."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One painted line; coordinates in points, ``bottom`` and ``top`` measured upwards."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """Of its letters, never 0."""
        return max(self.top - self.bottom, 1.0)


@dataclass
class _Block:
    lines: list[Line]

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    @property
    def top(self) -> float:
        return max(line.top for line in self.lines)

    @property
    def bottom(self) -> float:
        return min(line.bottom for line in self.lines)


@dataclass(frozen=True)
class _Box:
    left: float
    right: float
    bottom: float
    top: float

    def is_above(self, other: "_Box") -> bool:
        """Whether it ends before ``other`` begins and would be met on the way down to it."""
        clear = self.bottom >= other.top - 1.0
        return clear and self.left < other.right and other.left < self.right


def page_text(lines: Sequence[Line]) -> str:
    """The text of a page: every line's words once, blocks and paragraphs parted by blank lines."""
    return rows_text(joined_rows(lines))


def rows_text(rows: Sequence[Line]) -> str:
    """The same of lines that were made rows."""
    blocks = _ordered(_apart(_blocks(rows)))
    steps = [step for block in blocks for step in _steps(block.lines)]
    usual = _usual(steps) if len(steps) >= FEW_STEPS else SINGLE_SPACED
    return "\n\n".join(_paragraphs(block.lines, usual) for block in blocks)


def is_shuffled(lines: Sequence[Line]) -> bool:
    """Whether painting order says little: more than a third of the lines stand in the wrong place after their last.

    A line stands wrong below or above the one painted before it where it is in the same column and either goes
    back up, or leaves out a line that stands between the two.
    """
    return rows_are_shuffled(joined_rows(lines))


def rows_are_shuffled(rows: Sequence[Line]) -> bool:
    """The same of lines that were made rows."""
    if not 12 <= len(rows) <= MOST_LINES_COMPARED:
        return False
    wrong = sum(_stands_wrong(before, row, rows) for before, row in pairwise(rows))
    return wrong * 3 > len(rows)


def _stands_wrong(before: Line, row: Line, rows: Sequence[Line]) -> bool:
    if not share_column(before, row):
        return False
    step = before.bottom - row.bottom
    if step < 0 or step <= 2 * row.height:
        return step < 0
    return any(
        row.bottom < other.bottom < before.bottom and share_column(other, row) and share_column(other, before)
        for other in rows
    )


def share_column(one: Line, other: Line) -> bool:
    """Whether one stands above or below a part of the other."""
    return one.left < other.right and other.left < one.right


def joined_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines in painting order, those that go on along the same row made one."""
    rows: list[Line] = []
    for line in lines:
        if rows and _continues_row(rows[-1], line):
            rows[-1] = _join(rows[-1], line)
        else:
            rows.append(line)
    return rows


def _continues_row(row: Line, line: Line) -> bool:
    """A raised or lowered scrap, or a text further along the same row."""
    shared = min(row.top, line.top) - max(row.bottom, line.bottom)
    small = min(row.height, line.height)
    return shared >= 0.4 * small and line.left >= row.right - 0.3 * small


def is_raised(letter: Line, line: Line) -> bool:
    """Whether a letter is small and stands above the line that it is in, as the mark of a note does."""
    return letter.height < SMALL * line.height and letter.bottom > line.bottom + RISEN * line.height


def _join(row: Line, line: Line) -> Line:
    gap = line.left - row.right
    em = max(row.height, line.height)
    space = "" if gap < 0.15 * em else " " if gap < 1.5 * em else WIDE_GAP
    tall = row if row.height >= line.height else line
    words = raised(line.text) if not space and is_raised(line, row) else line.text
    return replace(tall, text=row.text + space + words, left=min(row.left, line.left), right=line.right)


def _blocks(rows: Sequence[Line]) -> list[_Block]:
    blocks: list[_Block] = []
    for row in rows:
        if blocks and row.bottom <= blocks[-1].lines[-1].bottom + 0.2 * row.height:
            blocks[-1].lines.append(row)
        else:
            blocks.append(_Block([row]))
    return blocks


def _apart(blocks: list[_Block]) -> list[_Block]:
    """The same, with a block cut in two where another block stands in its middle, as between a title and a footer."""
    if not 1 < len(blocks) <= MOST_BLOCKS_ORDERED:
        return blocks
    boxes = [_Box(block.left, block.right, block.bottom, block.top) for block in blocks]
    parts: list[_Block] = []
    for block in blocks:
        parts.append(_Block(block.lines[:1]))
        for above, below in pairwise(block.lines):
            roomy = above.bottom - below.top > 0.5 * below.height
            if roomy and any(_stands_between(above, below, box) for box in boxes):
                parts.append(_Block([]))
            parts[-1].lines.append(below)
    return parts


def _stands_between(above: Line, below: Line, box: "_Box") -> bool:
    inside = box.top <= above.bottom + 1.0 and box.bottom >= below.top - 1.0
    return inside and box.left < below.right and below.left < box.right


def _ordered(blocks: list[_Block]) -> list[_Block]:
    if not 1 < len(blocks) <= MOST_BLOCKS_ORDERED:
        return blocks
    boxes = [_Box(block.left, block.right, block.bottom, block.top) for block in blocks]
    waiting = list(range(len(blocks)))
    order: list[_Block] = []
    while waiting:
        free = (i for i in waiting if not any(boxes[j].is_above(boxes[i]) for j in waiting if j != i))
        first = next(free, waiting[0])
        waiting.remove(first)
        order.append(blocks[first])
    return order


def _paragraphs(rows: Sequence[Line], usual: float) -> str:
    """The lines of a block; ``usual`` is the page's step, for a block too short to have one of its own."""
    steps = _steps(rows)
    own = _usual(steps) if len(steps) >= FEW_STEPS else max(usual, min([*steps, SINGLE_SPACED]))
    parts = [rows[0].text]
    for row, step in zip(rows[1:], steps, strict=True):
        parts.append("\n\n" if step > 1.28 * own else "\n")
        parts.append(row.text)
    return "".join(parts)


def _steps(rows: Sequence[Line]) -> list[float]:
    """From each line down to the next, as times its height: so small print counts like large."""
    return [(above.bottom - below.bottom) / below.height for above, below in pairwise(rows)]


def _usual(steps: Sequence[float]) -> float:
    """The step between two lines of one paragraph: a small one, for most may lead to a new paragraph."""
    close = sorted(step for step in steps if 0.6 < step < 2.2)
    return close[max(1, len(close) // 6)] if len(close) > 1 else SINGLE_SPACED
