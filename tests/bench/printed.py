"""PDFs as word processors print them: letters, letterheads in two columns, tables of refusals, redaction schedules.

A page holds some 1,750 characters, as real ones do in the mean, in fonts of its own, with a coat of arms
at its head; each line is painted in three pieces. The words are those of the stand-in site's letters.
"""

import io
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain, cycle, islice
from textwrap import wrap

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.bench.samples import letters

FONT, BOLD, SIZE, STEP = "Vera", "VeraBd", 9.5, 13.0
WIDTH, LINES = 82, 40
"""Of a page of a letter: characters of a line and lines, headings not counted."""
SHORT = 24
"""Characters of a line at most that is in bold, as headings are."""
PAGES = 2
"""Of a document; real letters have two in the median."""

Lines = Iterator[str]
Printer = Callable[[Canvas, Lines], None]


def letter(canvas: Canvas, lines: Lines) -> None:
    """Lines down the page, painted as they are read."""
    _write(canvas, ["Mallowshire District Council", "Information Team"], top=800)
    _write(canvas, list(islice(lines, LINES)), top=760)
    _write(canvas, ["Page 1 of 2"], left=270, top=30)


def letterhead(canvas: Canvas, lines: Lines) -> None:
    """The foot first, then the address on the right, the references on the left, and the letter."""
    _write(canvas, ["Mallowshire District Council, Town Hall, Mallowby MB1 2CD   www.mallow.example"], top=30)
    _write(canvas, ["Information Team", "Town Hall", "Mallow Street", "Mallowby", "MB1 2CD"], left=400, top=800)
    _write(canvas, ["Our reference: FOI-4417", "Your reference: none", "3 May 2022"], top=800)
    _write(canvas, list(islice(lines, LINES - 3)), top=700)


def refusals(canvas: Canvas, lines: Lines) -> None:
    """A table of what is refused and why, cell after cell."""
    _table(canvas, lines, by_columns=False)


def redactions(canvas: Canvas, lines: Lines) -> None:
    """The same with black bars where words were taken out."""
    _table(canvas, lines, by_columns=False, black=True)


def refusals_by_columns(canvas: Canvas, lines: Lines) -> None:
    """The same, each column painted to its end before the next one: pdfplumber finds its rows."""
    _table(canvas, lines, by_columns=True)


def out_of_order(canvas: Canvas, lines: Lines) -> None:
    """A letter whose lines were painted in no order: pdfplumber sorts them."""
    for number, line in sorted(enumerate(islice(lines, LINES + 2)), key=lambda one: one[0] * 17 % (LINES + 1)):
        _write(canvas, [line], top=760 - number * STEP)


MIX: tuple[tuple[Printer, int], ...] = (
    (letter, 71), (letterhead, 13), (refusals, 8), (redactions, 5), (refusals_by_columns, 2), (out_of_order, 1),
)  # fmt: skip
"""Pages in a hundred. On 93 pages of real letters, words stand beside one another on 22, and none is painted so that
pdfplumber is needed, which with so few may be up to 3 in a hundred."""


@cache
def plain() -> tuple[bytes, ...]:
    """Fifty letters whose layout says nothing."""
    return tuple(_documents([letter] * 100))


@cache
def mixed() -> tuple[bytes, ...]:
    """Fifty documents of a hundred pages as real ones are mixed, those of one kind far from one another."""
    kinds = [kind for kind, count in MIX for _ in range(count)]
    return tuple(_documents([kinds[number * 37 % 100] for number in range(100)]))


@cache
def long(pages: int) -> bytes:
    """One document of so many pages of the mix."""
    kinds = [kind for kind, count in MIX for _ in range(count)]
    return printed([kinds[number * 37 % 100] for number in range(pages)], _lines())


def printed(kinds: list[Printer], lines: Lines) -> bytes:
    """A PDF of one page for each kind, the same at every run."""
    for font in (FONT, BOLD):
        pdfmetrics.registerFont(TTFont(font, f"{font}.ttf"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    arms = ImageReader(Image.radial_gradient("L").resize((120, 120)).convert("RGB"))
    for kind in kinds:
        canvas.drawImage(arms, 270, 795, 40, 40)
        kind(canvas, lines)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _documents(kinds: list[Printer]) -> Iterator[bytes]:
    lines = _lines()
    for start in range(0, len(kinds), PAGES):
        yield printed(kinds[start : start + PAGES], lines)


def _lines() -> Lines:
    """Those of all letters, over and over."""
    paragraphs = chain.from_iterable(text.splitlines() for text in cycle(letters()))
    return chain.from_iterable(wrap(paragraph, WIDTH) for paragraph in paragraphs)


def _write(canvas: Canvas, lines: list[str], *, left: float = 60, top: float) -> None:
    for number, line in enumerate(lines):
        text = canvas.beginText(left, top - number * STEP)
        text.setFont(BOLD if len(line) < SHORT else FONT, SIZE)
        third = len(line) // 3 + 1
        for start in range(0, len(line), third):
            text.textOut(line[start : start + third])
        canvas.drawText(text)


def _table(canvas: Canvas, lines: Lines, *, by_columns: bool, black: bool = False) -> None:
    _write(canvas, ["Schedule of information withheld", *islice(lines, 3)], top=800)
    rows = [["Document", "Withheld", "Why"], *([next(lines) for _ in range(3)] for _ in range(9))]
    cells = [[wrap(cell, 26) or [""] for cell in row] for row in rows]
    tops = [735.0]
    for texts in cells:
        tops.append(tops[-1] - STEP * (max(map(len, texts)) + black) - 8)
    places = [(row, column) for row in range(len(rows)) for column in range(3)]
    for row, column in sorted(places, key=lambda place: place[1]) if by_columns else places:
        _write(canvas, cells[row][column], left=60 + 162 * column, top=tops[row])
        if black and row and column == 1:
            canvas.rect(60 + 162, tops[row] - 3 - STEP * len(cells[row][1]), 90, 11, stroke=0, fill=1)
    for top in tops:
        canvas.line(55, top + 14, 545, top + 14)
    for x in (55, 217, 379, 545):
        canvas.line(x, tops[0] + 14, x, tops[-1] + 14)
    _write(canvas, list(islice(lines, 4)), top=tops[-1] - 20)
