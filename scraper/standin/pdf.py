"""Letters as PDF files, born digital, in each body's own look. The same letter always gives the same bytes."""

import io
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, ListFlowable, SimpleDocTemplate, Spacer
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Paragraph as Words
from reportlab.platypus import Table as Grid

from scraper.standin.letters.draft import Block, Bullets, Heading, Letter, PageBreak, Paragraph, Table
from scraper.standin.letters.styles import Style

FONTS = {"sans": ("Helvetica", "Helvetica-Bold"), "serif": ("Times-Roman", "Times-Bold")}
Align = Literal[0, 1, 2]
ALIGNMENTS: dict[str, Align] = {"left": 0, "right": 2, "centre": 1, "band": 0}
"""As reportlab counts: left, centre, right."""


def letter_pdf(letter: Letter) -> bytes:
    """The letter with its letterhead, reference, date, signature and annex."""
    out = io.BytesIO()
    style = letter.case.style
    name = letter.case.authority.name
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=22 * mm,
        rightMargin=22 * mm,
        topMargin=(34 if style.head == "band" else 22) * mm,
        bottomMargin=20 * mm,
        invariant=1,
        title=letter.heading,
        author=name,
        pageCompression=1,
    )
    first = _band(style, name) if style.head == "band" else _footer(style)
    document.build(list(_story(letter)), onFirstPage=first, onLaterPages=_footer(style))
    return out.getvalue()


def plain_pdf(lines: list[str]) -> bytes:
    """Lines of text on plain paper."""
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, invariant=1, pageCompression=1)
    plain = _look("serif", bold=False)
    document.build([_words(line, plain) for line in lines if line.strip()])
    return out.getvalue()


@cache
def _look(font: str, *, bold: bool, align: Align = 0, size: float = 10.5, colour: str = "#000000") -> ParagraphStyle:
    return ParagraphStyle(
        f"{font}-{bold}-{align}-{size}-{colour}",
        fontName=FONTS[font][bold],
        fontSize=size,
        leading=size * 1.32,
        alignment=align,
        textColor=HexColor(colour),
        spaceAfter=size * 0.75,
    )


def _story(letter: Letter) -> Iterator[Flowable]:
    case, style = letter.case, letter.case.style
    plain = _look(style.font, bold=False)
    yield from _letterhead(letter)
    yield _words(f"{style.reference_label} {case.reference}", plain)
    yield _words(style.day(case.today), plain)
    yield Spacer(1, 4 * mm)
    yield _words(f"{letter.salutation},", plain)
    yield _words(letter.heading, _look(style.font, bold=True))
    yield from _flow(letter.blocks, style)
    yield _words(f"{style.closing},", plain)
    yield Spacer(1, 9 * mm)
    for line in letter.signed:
        yield _words(line, _look(style.font, bold=False, size=10.4))
    yield from _flow(letter.annex, style)


def _letterhead(letter: Letter) -> Iterator[Flowable]:
    style, name = letter.case.style, letter.case.authority.name
    align = ALIGNMENTS[style.head]
    if style.head != "band":
        yield _words(name, _look(style.font, bold=True, align=align, size=15, colour=style.colour))
    small = _look(style.font, bold=False, align=align, size=8.5)
    for line in (*style.address, f"Telephone {style.phone}", f"foi@{letter.case.authority.domain}.example"):
        yield Words(escape(line), ParagraphStyle(f"{small.name}-tight", parent=small, spaceAfter=0))
    yield Spacer(1, 7 * mm)
    if style.head == "left":
        yield _words(letter.case.requester, _look(style.font, bold=False))


def _flow(blocks: Iterable[Block], style: Style) -> Iterator[Flowable]:
    plain = _look(style.font, bold=False)
    for block in blocks:
        match block:
            case Paragraph(text):
                yield _words(text, plain)
            case Heading(text):
                yield _words(text, _look(style.font, bold=True, colour=style.colour))
            case Bullets(items, numbered):
                yield _list([_words(item, plain) for item in items], numbered=numbered)
            case Table(rows):
                yield _grid(rows, style)
                yield Spacer(1, 4 * mm)
            case PageBreak():
                yield NewPage()


def _list(items: list[Words], *, numbered: bool) -> ListFlowable:
    if numbered:
        return ListFlowable(items, bulletType="1", bulletFormat="%s.", leftIndent=16, bulletFontSize=10)
    return ListFlowable(items, bulletType="bullet", start="•", leftIndent=14)


def _grid(rows: tuple[tuple[str, ...], ...], style: Style) -> Grid:
    cells = [
        [_words(cell, _look(style.font, bold=row == 0, size=9.5)) for cell in line] for row, line in enumerate(rows)
    ]
    lines: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, HexColor(style.colour)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Grid(cells, colWidths=[166 * mm / len(rows[0])] * len(rows[0]), style=lines, hAlign="LEFT")


def _words(text: str, look: ParagraphStyle) -> Words:
    return Words(escape(_latin(text)), look)


def _latin(text: str) -> str:
    """The standard fonts know Windows-1252 only; a letter of another alphabet is written without its mark."""
    return text.translate({0x17D: "Z", 0x17E: "z"})


def _band(style: Style, name: str) -> Any:
    def draw(canvas: Canvas, document: Any) -> None:
        canvas.saveState()
        canvas.setFillColor(HexColor(style.colour))
        canvas.rect(0, A4[1] - 24 * mm, A4[0], 24 * mm, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#ffffff"))
        canvas.setFont(FONTS[style.font][1], 15)
        canvas.drawString(22 * mm, A4[1] - 15 * mm, _latin(name))
        canvas.restoreState()
        _footer(style)(canvas, document)

    return draw


def _footer(style: Style) -> Any:
    def draw(canvas: Canvas, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(FONTS[style.font][0], 8)
        canvas.drawString(22 * mm, 10 * mm, style.website)
        canvas.drawRightString(A4[0] - 22 * mm, 10 * mm, f"Page {document.page}")
        canvas.restoreState()

    return draw
