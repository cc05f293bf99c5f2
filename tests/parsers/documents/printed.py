"""Letters on paper: one column, a letterhead of two, a table of refusals, a schedule on a page of its own."""

import io
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from tests.parsers.documents.ordinary import Letter, in_lines
from tests.parsers.documents.ordinary import Table as Rows

MARGIN, STEP = 56.0, 13.0
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=STEP, spaceAfter=8)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=9, leading=11, spaceAfter=0)
RULED = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
OPEN = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 8)])


def one_column(letter: Letter) -> bytes:
    """Everything from the left margin, rows of tables as lines."""
    head = [_lines(letter.head), _lines(letter.facts)]
    return _pdf([*head, *(_lines(_typed(each).split("\n")) for each in letter.body)])


def two_column_letterhead(letter: Letter) -> bytes:
    """The address at the right beside date and reference; foot and head are painted before the body."""

    def paint(canvas: Canvas) -> None:
        _column(canvas, ["Page 1 of 1"], left=270, top=36)
        _column(canvas, letter.head, left=360, top=A4[1] - 60)
        _column(canvas, letter.facts, left=MARGIN, top=A4[1] - 60)

    return _pdf(_body(letter, width=A4[0] - 2 * MARGIN, style=OPEN), paint, room=110)


def table_of_refusals(letter: Letter) -> bytes:
    """The table ruled, with cells of several lines."""
    head = [_lines([*letter.head, "", *letter.facts])]
    return _pdf([*head, *_body(letter, width=A4[0] - 2 * MARGIN - 60, style=RULED)])


def redaction_schedule(letter: Letter) -> bytes:
    """The table on pages of its own at the end, on their side, its head printed again on each of them."""
    before = [each for each in letter.body if isinstance(each, str)]
    tables = [each for each in letter.body if not isinstance(each, str)]
    story: list[Flowable] = [_lines(letter.head), _lines(letter.facts), *(_lines([text]) for text in before)]
    story += [NextPageTemplate("side"), PageBreak(), _lines(["Schedule of our decisions"])]
    story += [_table(rows, width=420, style=RULED) for rows in tables]
    return _pdf(story)


def _typed(each: str | Rows) -> str:
    return each if isinstance(each, str) else in_lines(each, ": ")


def _body(letter: Letter, *, width: float, style: TableStyle) -> list[Flowable]:
    return [
        _lines(each.split("\n")) if isinstance(each, str) else _table(each, width=width, style=style)
        for each in letter.body
    ]


def _lines(lines: Sequence[str]) -> Flowable:
    return Paragraph("<br/>".join(map(escape, lines)), BODY)


def _table(rows: Rows, *, width: float, style: TableStyle) -> Flowable:
    cells = [[Paragraph(escape(cell), SMALL) for cell in row] for row in rows]
    return Table(
        cells, colWidths=[width / len(rows[0])] * len(rows[0]), style=style, repeatRows=1, spaceAfter=10, spaceBefore=4
    )


def _column(canvas: Canvas, lines: Sequence[str], *, left: float, top: float) -> None:
    canvas.setFont("Helvetica", 10)
    for number, line in enumerate(lines):
        canvas.drawString(left, top - number * STEP, line)


def _pdf(story: list[Flowable], paint: Callable[[Canvas], None] = lambda _: None, *, room: float = 0) -> bytes:
    """``paint`` comes before the story of the first page, and has that much room at its top."""
    out = io.BytesIO()
    across, down = A4
    upright = Frame(MARGIN, MARGIN, across - 2 * MARGIN, down - 2 * MARGIN - room, 0, 0, 0, 0)
    lying = Frame(MARGIN, down / 2, down - 2 * MARGIN, across - down / 2 - MARGIN, 0, 0, 0, 0)
    document = BaseDocTemplate(
        out,
        invariant=1,
        pageTemplates=[
            PageTemplate("upright", frames=[upright], onPage=lambda canvas, _: paint(canvas), pagesize=A4),
            PageTemplate("side", frames=[lying], pagesize=landscape(A4)),
        ],
    )
    document.build([*story, Spacer(1, 1)])
    return out.getvalue()
