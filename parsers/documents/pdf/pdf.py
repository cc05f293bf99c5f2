"""PDF to text by page: pypdfium2 first, pdfplumber where it is needed.

Measured on 37 real letters of 93 pages. Words: pypdfium2 finds those that poppler finds, and those that pdfplumber
finds (F1 of the words of a page 1.00 in the median, 0.995 at least). Time: 1.4 ms a page for pypdfium2's bare text, 2.0
ms with the places of its lines, some 60 ms for pdfplumber. Meaning: the reader of letters said of every letter from
this module what it said of a text laid out by poppler, of 26 in 36 from pypdfium2's bare text (raised "th", footers
first, no paragraphs), of 29 in 36 from pdfplumber's (columns mixed line by line). The words of 22 pages come in another
order than pdfplumber's. All were looked at: letterheads in two columns, questions beside answers, heads of tables.
There what stands side by side is mixed; here it is whole, at worst an address that was painted last behind the letter.
So ``layout`` puts pypdfium2's lines in order, and pdfplumber reads only

- pages of whose lines more than a third were painted where nobody would read them next (``layout.is_shuffled``),
- pages with a table that was painted column by column, which it reads along the rows (``ruled.is_torn``),
- pages on which pypdfium2 finds text objects but no text, pages and files that it cannot open:

none of the 93, so 3 in 100 at most in others like them. ``make bench`` measures a mix in which it takes 3 in 100.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.caps import CAPS, Caps
from parsers.documents.pdf.layout import Line, joined_rows, rows_are_shuffled, rows_text
from parsers.documents.pdf.pdf_lines import painted_lines
from parsers.documents.pdf.ruled import is_torn
from parsers.documents.records import DocumentText, OcrCause, Page
from parsers.documents.result import capped, document, failure, numbered

TOOL = "pypdfium2"
MOST_BESIDE_A_PICTURE = 120
"""Letters: a heading, the number of a page, the stamp of a scanner."""
LEAST_COVERED, LEAST_PICTURE = 0.25, 0.01
"""Shares of the page that pictures take, with such a line of text and without: any picture but a dot may be words."""
MANY_SHAPES = 60
MOST_BY_PLACE = 100
"""Pages that pdfplumber is given of one document: some six seconds, and thirty are all that the document has."""
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
    from parsers.documents.pdf import plumber  # noqa: PLC0415 - 0.3 s and 40 MB that few files need

    return plumber.read_pdf(data, caps=caps)


class _Reader:
    """One open PDF, and what a person should know of the pages read so far."""

    def __init__(self, data: bytes, pdf: pypdfium2.PdfDocument) -> None:
        self.pdf = pdf
        self.fallback = _Fallback(data)
        self.broken: list[int] = []
        self.as_painted = 0

    def read(self, caps: Caps) -> DocumentText:
        pages, cuts = capped(self._pages(), caps)
        tool = f"{TOOL}, pdfplumber" if self.fallback.used else TOOL
        if len(self.broken) >= len(pages):
            return failure("pdf", "damaged", "It is damaged: none of its pages could be opened.", tool=tool)
        return document("pdf", pages, tool=tool, notes=[*self._notes(len(pages)), *cuts])

    def _pages(self) -> Iterator[Page]:
        for index in range(len(self.pdf)):
            text, wants_ocr = self._text(index)
            yield Page(number=index + 1, text=text, source="text_layer", wants_ocr=wants_ocr)

    def _text(self, index: int) -> tuple[str, OcrCause | None]:
        try:
            page = self.pdf[index]
        except pypdfium2.PdfiumError:
            return self._text_of_broken(index), None
        try:
            return self._text_of(page, index)
        finally:
            page.close()

    def _text_of(self, page: pypdfium2.PdfPage, index: int) -> tuple[str, OcrCause | None]:
        painted = painted_lines(page)
        if painted.is_meaningless:
            return "", "nonsense"
        rows = joined_rows(painted.lines)
        text = rows_text(rows)
        if _needs_places(page, rows, painted.characters):
            by_place = self.fallback.page_text(index)
            self.as_painted += by_place is None and bool(text)
            text = by_place or text
        return text, "picture" if _is_picture(page, text) else None

    def _text_of_broken(self, index: int) -> str:
        text = self.fallback.page_text(index)
        if text is None:
            self.broken.append(index + 1)
        return text or ""

    def _notes(self, count: int) -> list[str]:
        """Sentences on the first ``count`` pages; one more may have been looked at."""
        broken = [number for number in self.broken if number <= count]
        notes = [f"It is damaged: {numbered(broken)} could not be opened."] if broken else []
        if self.as_painted:
            notes.append(
                f"On {self.as_painted:,} of its pages the lines stand in the order in which they were painted."
            )
        return notes


class _Fallback:
    """pdfplumber on the same bytes, opened when first asked."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.used = False
        self.left = MOST_BY_PLACE

    def page_text(self, index: int) -> str | None:
        """The page's text, or ``None`` where pdfplumber fails too, or has had as many pages as it may."""
        self.left -= 1
        if self.left < 0:
            return None
        from parsers.documents.pdf import plumber  # noqa: PLC0415 - 0.3 s and 40 MB that few files need

        try:
            if not self.used:
                self.pdf = plumber.PlumberPdf(self.data)
                self.used = True
            return self.pdf.page_text(index)
        except plumber.FAULTS:
            return None


def _needs_places(page: pypdfium2.PdfPage, rows: Sequence[Line], characters: int) -> bool:
    """Whether the order of painting, or what pypdfium2 says of it, is not how the page is read."""
    if not characters:
        return _paints_letters(page)
    return rows_are_shuffled(rows) or is_torn(page, rows)


def _paints_letters(page: pypdfium2.PdfPage) -> bool:
    """Whether a text object covers any room; those that hold only spaces cover none."""
    objects = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3)
    return any(right > left for left, _, right, _ in (one.get_bounds() for one in objects))


def _is_picture(page: pypdfium2.PdfPage, text: str) -> bool:
    """Whether what the page says stands in its pictures: it has no text, or a line or two beside a large one."""
    letters = sum(map(str.isalnum, text))
    if letters >= MOST_BESIDE_A_PICTURE:
        return False
    page_area: float = page.get_width() * page.get_height()
    bounds = [one.get_bounds() for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    covered: float = sum(max(0.0, right - left) * max(0.0, top - bottom) for left, bottom, right, top in bounds)
    if letters:
        return covered >= LEAST_COVERED * page_area
    return covered >= LEAST_PICTURE * page_area or _is_drawn(page)


def _is_drawn(page: pypdfium2.PdfPage) -> bool:
    """Whether there are as many lines and curves as if letters had been turned into drawings."""
    shapes = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)
    return next(islice(shapes, MANY_SHAPES, None), None) is not None
