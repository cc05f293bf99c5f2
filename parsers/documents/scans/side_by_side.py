"""Tables in a picture of a page: read row by row, where they were recognised column by column.

Whoever recognises words takes the columns of a table without rules for columns of running text, and reads each to its
end; what is refused and why then stand far apart. Columns of a table have white between them at the same heights, as
its rows end; columns of running text have not, or only after many lines.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from parsers.documents.pdf.layout import Line

ROW_GAP = 0.55
"""Times the height of a line: white between two rows. Between lines of one cell there is 0.3 and less."""
COLUMN_GAP = 1.0
"""Times the height of a line: white between two columns."""
MOST_LINES_A_CELL = 6
"""In the mean: beyond it is running text."""
MOST_LINES = 1_000
"""A page with more is left in the order in which it was recognised."""

Cell = list[Line]
Band = list[Cell]
"""Lines with white above and below them all, by column from the left."""


def row_by_row(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of each table in the order of its rows, in the place of the first of them."""
    if len(lines) > MOST_LINES:
        return list(lines)
    tables = {id(line): table for table in _tables(lines) for line in table}
    ordered: list[Line] = []
    told: set[int] = set()
    for line in lines:
        if id(line) not in told:
            together = tables.get(id(line), [line])
            told |= {id(one) for one in together}
            ordered += together
    return ordered


def _tables(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each table row by row, in each row cell by cell."""
    bands = [_columns(band) for band in _bands(lines)]
    for side_by_side, some in groupby(bands, key=lambda band: len(band) > 1):
        rows = list(some)
        cells = [cell for row in rows for cell in row]
        table = [line for cell in cells for line in cell]
        if side_by_side and len(rows) > 1 and len(table) <= MOST_LINES_A_CELL * len(cells):
            yield table


def _bands(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines parted wherever white runs across all of them."""
    bands: list[list[Line]] = []
    floor = 0.0
    for line in sorted(lines, key=lambda line: -line.top):
        if bands and floor - line.top <= ROW_GAP * line.height:
            bands[-1].append(line)
            floor = min(floor, line.bottom)
        else:
            bands.append([line])
            floor = line.bottom
    return bands


def _columns(band: Sequence[Line]) -> Band:
    columns: Band = []
    edge = 0.0
    for line in sorted(band, key=lambda line: line.left):
        if columns and line.left - edge <= COLUMN_GAP * line.height:
            columns[-1].append(line)
            edge = max(edge, line.right)
        else:
            columns.append([line])
            edge = line.right
    return [sorted(column, key=lambda line: -line.top) for column in columns]
