"""Tables that were painted column by column: their rows are told by the lines that are drawn between them.

Word processors paint a table cell by cell along its rows, which is as it is read. Some programs paint each column to
its end first, so that what is withheld stands far from why. Such a table is known by a drawn line that is crossed, in
painting, more than once and in different columns.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.pdf.layout import MOST_LINES_COMPARED, Line, share_column

MOST_SHAPES = 4_000
THIN, WIDE = 3.0, 40.0
"""Points: how thick a drawn line is at most, and how long at least."""
TOUCH = 2.0
"""Points by which letters may reach over a drawn line."""
LEAST_CROSSED = 2
"""Drawn lines: a single one may belong to a frame."""


@dataclass(frozen=True, order=True)
class Rule:
    """A line drawn across the page."""

    height: float
    left: float
    right: float


def is_torn(page: pypdfium2.PdfPage, rows: Sequence[Line]) -> bool:
    """Whether a table of the page was painted column by column. Pages that are shown turned are not looked at.

    ``rows`` are the lines of the page as ``layout.joined_rows`` gives them.
    """
    if page.get_rotation() or len(rows) > MOST_LINES_COMPARED or not _goes_back(rows):
        return False
    return torn_rows(rows, rules(page))


def torn_rows(rows: Sequence[Line], drawn: Sequence[Rule]) -> bool:
    """The same of rows in painting order and the lines drawn between them, from bottom to top."""
    crossed: dict[Rule, list[Line]] = {}
    heights = [rule.height for rule in drawn]
    for above, below in pairwise(rows):
        if not share_column(above, below):
            continue
        first, end = bisect_left(heights, below.top - TOUCH), bisect_right(heights, above.bottom + TOUCH)
        for rule in drawn[first:end]:
            if rule.left - TOUCH <= min(above.left, below.left) and max(above.right, below.right) <= rule.right + TOUCH:
                crossed.setdefault(rule, []).append(below)
    return sum(_in_two_columns(below) for below in crossed.values()) >= LEAST_CROSSED


def rules(page: pypdfium2.PdfPage) -> list[Rule]:
    """Lines drawn across, from bottom to top; the edges of boxes are such lines too."""
    found: set[Rule] = set()
    shapes = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)
    for shape in islice(shapes, MOST_SHAPES):
        left, bottom, right, top = shape.get_bounds()
        if right - left >= WIDE:
            found.add(Rule(round(bottom), left, right))
            if top - bottom > THIN:
                found.add(Rule(round(top), left, right))
    return sorted(_whole(found))


def _whole(found: set[Rule]) -> list[Rule]:
    """Each line once, from its first piece to its last: often every cell has its own."""
    whole: list[Rule] = []
    for rule in sorted(found):
        last = whole[-1] if whole else None
        if last is not None and rule.height - last.height <= THIN and rule.left <= last.right + THIN:
            whole[-1] = Rule(last.height, min(last.left, rule.left), max(last.right, rule.right))
        else:
            whole.append(rule)
    return whole


def _goes_back(rows: Sequence[Line]) -> bool:
    """Whether painting went back up to what stands beside what was painted."""
    return any(row.bottom > before.top and not share_column(before, row) for before, row in pairwise(rows))


def _in_two_columns(rows: Sequence[Line]) -> bool:
    return any(not share_column(one, other) for one, other in pairwise(rows))
