"""Spreadsheets (xlsx, xls, xlsb, ods) to text: a page a sheet, a line a row, each figure with its reference.

A row reads ``A3: January | B3: 41 | D3: 12.5%``: whoever finds the line finds the cell in the file, a search for a
word of two cells finds their row, and two numbers side by side never run together. Only what is seen is told: no
hidden sheet, row or column, no comment, no value behind a format that shows nothing. What is hidden is counted by
``probe_sheets``.

The formats are read here and not through python-calamine, which the tests have as a second opinion: it knows of no
hidden rows and columns and of no formats (0.125 for 12.5%), and it makes room for every cell between the first and
the last, so that two cells at the ends of a sheet end the process.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from parsers.documents.caps import CAPS, Caps
from parsers.documents.package import UnreadableError
from parsers.documents.records import DocumentText, DocumentType, Page
from parsers.documents.result import capped, document
from parsers.documents.sheets.sheets_model import Book, Row, Sheet, in_pages, letters

TOOLS = {"xlsx": "lxml", "ods": "lxml", "xlsb": "struct", "xls": "olefile"}
LONGEST_CELL = 1 << 20
"""Characters; Excel has no more than 32,767 in one."""
MOST_CELLS = 500_000
"""Of one document: some ten million characters, which take a quarter of the time that a file is given."""
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
        """A page a sheet; what has no room on it goes on on further pages of the same title."""
        shown = (sheet for sheet in islice(self._book.sheets, MOST_SHEETS) if sheet.state == "visible")
        number = 0
        for sheet in shown:
            for text in in_pages(self._rows(sheet), self._most):
                number += 1
                yield Page(number=number, text=text, source="text_layer", title=sheet.title)

    def notes(self) -> Iterator[str]:
        if self._book.is_broken:
            yield "It is damaged in places, so that something may be missing."
        if self._left <= 0:
            yield f"Only its first {MOST_CELLS:,} cells were read."

    def _rows(self, sheet: Sheet) -> Iterator[Iterable[str]]:
        """The shown cells of each row, then what stands in boxes over them."""
        for row in sheet.rows():
            if self._left <= 0:
                return
            self._left -= len(row.cells)
            if not row.is_hidden:
                yield self._cells(row, sheet)
        yield from ([line] for line in sheet.boxes)

    def _cells(self, row: Row, sheet: Sheet) -> Iterator[str]:
        for cell in row.cells:
            text = " ".join(cell.text[:LONGEST_CELL].split())
            if text and not sheet.hides(cell.column):
                yield f"{letters(cell.column)}{row.number}: {text}"


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
