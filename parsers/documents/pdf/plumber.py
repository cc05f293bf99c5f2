"""pdfplumber: slower than pypdfium2 by far, and at times able to read what that one cannot.

It sorts a page's words by their place, whatever the order in which they were painted.
"""

import io
import struct
import zlib
from collections.abc import Iterator

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from parsers.documents.caps import Caps
from parsers.documents.records import DocumentText, Page
from parsers.documents.result import capped, document, failure

TOOL = "pdfplumber"
FAULTS = (
    MalformedPDFException, PdfminerException, PSException, LookupError, ValueError, TypeError, AttributeError,
    AssertionError, ArithmeticError, RecursionError, NotImplementedError, StopIteration, EOFError, struct.error,
    zlib.error,
)  # fmt: skip
"""pdfminer trusts a file's types and numbers, so a broken file can raise nearly anything; memory is not in here."""
GLUE = 0.15
"""Letters closer than this share of their size are one word; the library's fixed 3 points glues small print."""


class PlumberPdf:
    """A PDF opened by pdfplumber; raises one of ``FAULTS`` where the file is beyond it."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pdfplumber.open(io.BytesIO(data))

    def __len__(self) -> int:
        return len(self.pdf.pages)

    def page_text(self, index: int) -> str:
        """Words of the page from top to bottom; its objects are let go afterwards."""
        page = self.pdf.pages[index]
        try:
            text: str = page.extract_text(x_tolerance_ratio=GLUE)
        finally:
            page.close()
        return text


def read_pdf(data: bytes, *, caps: Caps) -> DocumentText:
    """A PDF that pypdfium2 could not open; ``damaged`` where pdfplumber cannot either."""
    try:
        pdf = PlumberPdf(data)
        if not len(pdf):
            return failure("pdf", "damaged", "It is not a PDF that can be opened: it has no pages.", tool=TOOL)
        pages, cuts = capped(_pages(pdf), caps)
    except FAULTS as error:
        return _failed(error)
    return document("pdf", pages, tool=TOOL, notes=cuts)


def _pages(pdf: PlumberPdf) -> Iterator[Page]:
    for index in range(len(pdf)):
        yield Page(number=index + 1, text=pdf.page_text(index), source="text_layer")


def _failed(error: BaseException) -> DocumentText:
    if isinstance(error, PDFPasswordIncorrect) or any(isinstance(arg, PDFPasswordIncorrect) for arg in error.args):
        return failure("pdf", "encrypted", "It needs a password to open.", tool=TOOL)
    return failure("pdf", "damaged", f"It is not a PDF that can be opened ({type(error).__name__}).", tool=TOOL)
