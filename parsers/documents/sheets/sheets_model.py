"""What a spreadsheet holds, whatever its format: sheets, and in them rows of cells as they are shown.

Only cells that hold something are told, one row at a time, so that what a file declares costs nothing: neither a
million rows of it nor sixteen thousand columns.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

SheetState = Literal["visible", "hidden", "very_hidden"]
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LETTERS = 26
BETWEEN = " | "
"""Between two cells of a row."""


class Cell(NamedTuple):
    """One cell that holds something."""

    column: int
    """From 1."""
    text: str
    """As it is shown; empty where its format shows nothing."""
    is_disguised: bool = False
    """Whether it holds something and its format keeps it from being seen."""


class Row(NamedTuple):
    """One row with at least one cell."""

    number: int
    """From 1."""
    cells: Sequence[Cell]
    is_hidden: bool = False


@dataclass(kw_only=True)
class Sheet:
    """One sheet. Walk its ``rows`` once; the other fields are whole at the end of the walk."""

    title: str
    state: SheetState
    walk: Callable[["Sheet"], Iterator[Row]]
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last of each run of hidden columns; known when the first row is."""
    is_filtered: bool = False
    """Whether a filter is on, which hides rows."""
    comments: int = 0
    boxes: list[str] = field(default_factory=list)
    """Lines that tell what stands in text boxes over the cells."""

    def rows(self) -> Iterator[Row]:
        """The rows that hold something, hidden ones too, from the top."""
        return self.walk(self)

    def hides(self, column: int) -> bool:
        """Whether the column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


class Book(Protocol):
    """An open spreadsheet."""

    @property
    def sheets(self) -> Iterable[Sheet]:
        """Sheets of cells in their order, each to be walked before the next is asked for; charts are left out."""

    @property
    def is_broken(self) -> bool:
        """Whether something that was asked for is damaged."""


def letters(column: int) -> str:
    """The letters of a column counted from 1: A, Z, AA, XFD."""
    text = ""
    while column > 0:
        column, last = divmod(column - 1, LETTERS)
        text = chr(ord("A") + last) + text
    return text


def in_pages(rows: Iterable[Iterable[str]], most: int) -> Iterator[str]:
    """Rows of cells as pages of lines, none of more than ``most`` characters; at least one page, an empty one.

    A row stays on one page unless it is longer than that; then it is parted between two cells, and a cell that is
    longer between any two characters.
    """
    lines: list[str] = []
    size = 0
    for row in rows:
        for line in _in_lines(row, most):
            if lines and size + len(line) > most:
                yield "\n".join(lines)
                lines, size = [], 0
            lines.append(line)
            size += len(line) + 1
    yield "\n".join(lines)


def _in_lines(row: Iterable[str], most: int) -> Iterator[str]:
    """The cells of a row on one line, or on as many as they need."""
    cells: list[str] = []
    size = 0
    for cell in row:
        for start in range(0, len(cell), most):
            piece = cell[start : start + most]
            if cells and size + len(piece) > most:
                yield BETWEEN.join(cells)
                cells, size = [], 0
            cells.append(piece)
            size += len(piece) + len(BETWEEN)
    if cells:
        yield BETWEEN.join(cells)


def place(reference: str, *, row: int, column: int) -> tuple[int, int]:
    """Row and column of a reference such as ``B12``; those given where it is none."""
    count = 0
    while count < len(reference) and reference[count].isalpha():
        count += 1
    head, digits = reference[:count].upper(), reference[count:]
    if not (0 < count <= 3 and head.isascii() and digits.isascii() and digits.isdigit() and len(digits) <= 7):
        return row, column
    number = 0
    for letter in head:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return (int(digits), number) if number <= LAST_COLUMN and 0 < int(digits) <= LAST_ROW else (row, column)
