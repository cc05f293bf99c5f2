"""PDF to text by page: pypdfium2 first, pdfplumber where it is needed.

Measured on 37 real letters of 93 pages. Words: pypdfium2 finds those that poppler finds. Time: 1.4 ms a page for
pypdfium2's bare text, 2.0 ms with the places of its lines, some 55 ms for pdfplumber. Meaning: the reader of letters
said of every letter from this module what it said of a text laid out by poppler, of 26 in 36 from pypdfium2's bare
text (raised "th", footers first, no paragraphs), of 29 in 36 from pdfplumber's (columns mixed line by line). So
``layout`` puts pypdfium2's lines in order, and pdfplumber reads only the pages whose painting order says nothing,
those where pypdfium2 finds text objects but no text, and files that it cannot open: none of the 93.
"""

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.caps import CAPS, Caps
from parsers.documents.layout import is_shuffled, page_text
from parsers.documents.pdf_lines import painted_lines
from parsers.documents.records import DocumentText, Page
from parsers.documents.result import capped, document, failure, numbered

TOOL = "pypdfium2"
PASSWORD_ERRORS = frozenset({pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY})


def read_pdf(data: bytes, *, caps: Caps = CAPS) -> DocumentText:
    """The pages of a PDF. Native code reads the bytes: call it in a limited child process only."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in PASSWORD_ERRORS:
            return failure("pdf", "encrypted", "It needs a password to open.", tool=TOOL)
        return _second_opinion(data, caps)
    try:
        return _Reader(data, pdf).read(caps)
    finally:
        pdf.close()


def _second_opinion(data: bytes, caps: Caps) -> DocumentText:
    from parsers.documents import plumber  # noqa: PLC0415 - 0.3 s and 40 MB that few files need

    return plumber.read_pdf(data, caps=caps)


class _Reader:
    """One open PDF, and what a person should know of the pages read so far."""

    def __init__(self, data: bytes, pdf: pypdfium2.PdfDocument) -> None:
        self.pdf = pdf
        self.fallback = _Fallback(data)
        self.broken: list[int] = []
        self.meaningless: list[int] = []
        self.pictures: list[int] = []

    def read(self, caps: Caps) -> DocumentText:
        pages, cuts = capped(self._pages(), caps)
        tool = f"{TOOL}, pdfplumber" if self.fallback.used else TOOL
        if len(self.broken) >= len(pages):
            return failure("pdf", "damaged", "It is damaged: none of its pages could be opened.", tool=tool)
        return document("pdf", pages, tool=tool, notes=[*self._notes(len(pages)), *cuts])

    def _pages(self) -> Iterator[Page]:
        for index in range(len(self.pdf)):
            yield Page(number=index + 1, text=self._text(index), source="text_layer")

    def _text(self, index: int) -> str:
        try:
            page = self.pdf[index]
        except pypdfium2.PdfiumError:
            return self._text_of_broken(index)
        try:
            return self._text_of(page, index)
        finally:
            page.close()

    def _text_of(self, page: pypdfium2.PdfPage, index: int) -> str:
        painted = painted_lines(page)
        if painted.is_meaningless:
            self.meaningless.append(index + 1)
            return ""
        if is_shuffled(painted.lines) or (not painted.characters and _paints_letters(page)):
            return self.fallback.page_text(index) or page_text(painted.lines)
        if not painted.lines and _shows_picture(page):
            self.pictures.append(index + 1)
        return page_text(painted.lines)

    def _text_of_broken(self, index: int) -> str:
        text = self.fallback.page_text(index)
        if text is None:
            self.broken.append(index + 1)
        return text or ""

    def _notes(self, count: int) -> list[str]:
        """Sentences on the first ``count`` pages; one more may have been looked at."""
        notes = []
        for pages, sentence in (
            (self.broken, "It is damaged: {} could not be opened."),
            (self.meaningless, "The text layer of {} holds codes without meaning."),
            (self.pictures, "Without text, but with a picture: {}."),
        ):
            if within := [number for number in pages if number <= count]:
                notes.append(sentence.format(numbered(within)))
        return notes


class _Fallback:
    """pdfplumber on the same bytes, opened when first asked."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.used = False

    def page_text(self, index: int) -> str | None:
        """The page's text, or ``None`` where pdfplumber fails too."""
        from parsers.documents import plumber  # noqa: PLC0415 - 0.3 s and 40 MB that few files need

        try:
            if not self.used:
                self.pdf = plumber.PlumberPdf(self.data)
                self.used = True
            return self.pdf.page_text(index)
        except plumber.FAULTS:
            return None


def _paints_letters(page: pypdfium2.PdfPage) -> bool:
    """Whether a text object covers any room; those that hold only spaces cover none."""
    objects = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3)
    return any(right > left for left, _, right, _ in (one.get_bounds() for one in objects))


def _shows_picture(page: pypdfium2.PdfPage) -> bool:
    return next(iter(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None
