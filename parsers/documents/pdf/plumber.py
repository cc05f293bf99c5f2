"""pdfplumber: slower than pypdfium2 by far, and at times able to read what that one cannot.

It sorts a page's words by their place, whatever the order in which they were painted, and finds the cells of tables by
the lines that are drawn around them.
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from parsers.documents.caps import Caps
from parsers.documents.pdf.layout import WIDE_GAP
from parsers.documents.records import DocumentText
from parsers.documents.records import Page as PageText
from parsers.documents.result import capped, document, failure

TOOL = "pdfplumber"
FAULTS = (
    MalformedPDFException, PdfminerException, PSException, LookupError, ValueError, TypeError, AttributeError,
    AssertionError, ArithmeticError, RecursionError, NotImplementedError, StopIteration, EOFError, struct.error,
    zlib.error,
)  # fmt: skip
"""pdfminer trusts a file's types and numbers, so a broken file can raise nearly anything; memory is not in here."""
MOST_PAGES = 200
"""Some twelve seconds: many more would end as ``too_slow``, and nothing of the document be read."""
BLANK_LINES = re.compile(r"\n{3,}")
GLUE = 0.15
"""Letters closer than this share of their size are one word; the library's fixed 3 points glues small print."""


class PlumberPdf:
    """A PDF opened by pdfplumber; raises one of ``FAULTS`` where the file is beyond it."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pdfplumber.open(io.BytesIO(data))

    def __len__(self) -> int:
        return len(self.pdf.pages)

    def page_text(self, index: int) -> str:
        """Words of the page from top to bottom, and of tables cell by cell; its objects are let go afterwards."""
        page = self.pdf.pages[index]
        try:
            return _text(page)
        finally:
            page.close()


def _text(page: Page) -> str:
    tables = page.find_tables()
    if not tables:
        plain: str = page.extract_text(x_tolerance_ratio=GLUE)
        return plain
    beside = page.filter(lambda one: not any(_holds(table.bbox, one) for table in tables))
    lines = beside.extract_text_lines(x_tolerance_ratio=GLUE, strip=True, return_chars=False)
    pieces: list[tuple[float, str]] = [(line["top"], line["text"]) for line in lines]
    for table in tables:
        words = table.extract(x_tolerance_ratio=GLUE)
        pieces += [(row.bbox[1], _row(cells)) for row, cells in zip(table.rows, words, strict=True)]
    text = "\n".join(text for _, text in sorted(pieces, key=lambda piece: piece[0]))
    return BLANK_LINES.sub("\n\n", text.strip())


def _row(cells: Sequence[str | None]) -> str:
    """A row of a table as the other readers write it: cells of several lines stand by themselves."""
    filled = [cell for cell in cells if cell]
    if any("\n" in cell for cell in filled):
        return "\n" + "\n\n".join(filled) + "\n"
    return WIDE_GAP.join(filled)


def _holds(place: tuple[float, float, float, float], one: dict[str, float]) -> bool:
    x, y = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def read_pdf(data: bytes, *, caps: Caps) -> DocumentText:
    """A PDF that pypdfium2 could not open; ``damaged`` where pdfplumber cannot either."""
    try:
        pdf = PlumberPdf(data)
        if not len(pdf):
            return failure("pdf", "damaged", "It is not a PDF that can be opened: it has no pages.", tool=TOOL)
        pages, cuts = capped(_pages(pdf), replace(caps, pages=min(caps.pages, MOST_PAGES)))
    except FAULTS as error:
        return _failed(error)
    return document("pdf", pages, tool=TOOL, notes=cuts)


def _pages(pdf: PlumberPdf) -> Iterator[PageText]:
    for index in range(len(pdf)):
        yield PageText(number=index + 1, text=pdf.page_text(index), source="text_layer")


def _failed(error: BaseException) -> DocumentText:
    if isinstance(error, PDFPasswordIncorrect) or any(isinstance(arg, PDFPasswordIncorrect) for arg in error.args):
        return failure("pdf", "encrypted", "It needs a password to open.", tool=TOOL)
    return failure("pdf", "damaged", "It is not a PDF that can be opened.", tool=TOOL)
