"""Spreadsheets (xlsx, xls, xlsb, ods) to text: a page a sheet, a line a row, each figure with its reference.

A row reads ``A3: January | B3: 41 | D3: 12.5%``: whoever finds the line finds the cell in the file, a search for a
word of two cells finds their row, and two numbers side by side never run together. Only what is seen is told: no
hidden sheet, row or column, no comment, no value behind a format that shows nothing. What is hidden is counted by
``probe_sheets``.

The formats are read here and not through python-calamine, which the tests have as a second opinion: it knows of no
hidden rows and columns and of no formats (0.125 for 12.5%), and it makes room for every cell between the first and
the last, so that two cells at the ends of a sheet end the process.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from parsers.documents.caps import CAPS, Caps
from parsers.documents.package import UnreadableError
from parsers.documents.records import DocumentText, DocumentType, Page
from parsers.documents.result import capped, document
from parsers.documents.sheets.sheets_model import Book, Row, Sheet, letters

TOOLS = {"xlsx": "lxml", "ods": "lxml", "xlsb": "struct", "xls": "olefile"}
BETWEEN = " | "
MOST_CELLS = 1_000_000
"""Of one document; beyond that nobody reads on."""
MOST_SHEETS = 1_000


def open_book(data: bytes, document_type: DocumentType) -> Book:
    """The workbook; ``UnreadableError`` where it cannot be opened."""
    return OPENERS[document_type](data)


def read_sheets(data: bytes, *, document_type: DocumentType, caps: Caps = CAPS) -> DocumentText:
    """What the sheets of a workbook show. Formulas are not worked out: their last values are in the file."""
    tool = TOOLS[document_type]
    try:
        book = open_book(data, document_type)
        reader = _Reader(book, caps)
        pages, cuts = capped(reader.pages(), caps)
    except UnreadableError as error:
        return error.record(document_type, tool=tool)
    return document(document_type, pages, tool=tool, notes=[*reader.notes(), *cuts])


class _Reader:
    def __init__(self, book: Book, caps: Caps) -> None:
        self._book = book
        self._most = caps.page_characters
        self._left = MOST_CELLS

    def pages(self) -> Iterator[Page]:
        shown = (sheet for sheet in islice(self._book.sheets, MOST_SHEETS) if sheet.state == "visible")
        for number, sheet in enumerate(shown, start=1):
            yield Page(number=number, text=self._text(sheet), source="text_layer", title=sheet.title)

    def notes(self) -> Iterator[str]:
        if self._book.is_broken:
            yield "It is damaged in places, so that something may be missing."
        if self._left <= 0:
            yield f"Only its first {MOST_CELLS:,} cells were read."

    def _text(self, sheet: Sheet) -> str:
        """The lines of the sheet's rows, no further than one character beyond the cap on a page."""
        lines: list[str] = []
        size = 0
        for row in sheet.rows():
            if size > self._most or self._left <= 0:
                break
            self._left -= len(row.cells)
            if not row.is_hidden and (line := self._line(row, sheet)):
                lines.append(line)
                size += len(line) + 1
        return "\n".join(lines)

    def _line(self, row: Row, sheet: Sheet) -> str:
        parts: list[str] = []
        size = 0
        for cell in row.cells:
            if size > self._most:
                break
            text = " ".join(cell.text[: self._most + 1].split())
            if text and not sheet.hides(cell.column):
                parts.append(f"{letters(cell.column)}{row.number}: {text}")
                size += len(parts[-1])
        return BETWEEN.join(parts)


# Each imports its library when it is first called: a child process pays only for the formats it opens.


def _xlsx(data: bytes) -> Book:
    from parsers.documents.sheets.sheets_parts import SheetPackage  # noqa: PLC0415 - see above
    from parsers.documents.sheets.sheets_xlsx import XlsxBook  # noqa: PLC0415 - see above

    return XlsxBook(SheetPackage(data))


def _xlsb(data: bytes) -> Book:
    from parsers.documents.sheets.sheets_parts import SheetPackage  # noqa: PLC0415 - see above
    from parsers.documents.sheets.sheets_xlsb import XlsbBook  # noqa: PLC0415 - see above

    return XlsbBook(SheetPackage(data))


def _ods(data: bytes) -> Book:
    from parsers.documents.sheets.sheets_ods import OdsBook  # noqa: PLC0415 - see above
    from parsers.documents.sheets.sheets_parts import SheetPackage  # noqa: PLC0415 - see above

    return OdsBook(SheetPackage(data))


def _xls(data: bytes) -> Book:
    from parsers.documents.sheets.sheets_xls import XlsBook  # noqa: PLC0415 - see above

    return XlsBook(data)


OPENERS: dict[DocumentType, Callable[[bytes], Book]] = {"xlsx": _xlsx, "xlsb": _xlsb, "ods": _ods, "xls": _xls}
