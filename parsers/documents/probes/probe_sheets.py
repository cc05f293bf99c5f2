"""What a spreadsheet hides: sheets, rows, columns, cells, the data behind tables, and who wrote it.

Hidden rows and columns count where they hold something: hiding the unused rest of a sheet hides nothing.
"""

from collections.abc import Iterable, Sequence

from parsers.documents.package import UnreadableError
from parsers.documents.probes.probe_findings import FindingKind, Findings
from parsers.documents.probes.probe_pictures import cropped, probe_pictures
from parsers.documents.probes.probe_properties import (
    open_document_objects,
    probe_ole_properties,
    probe_properties,
    unopened,
)
from parsers.documents.sheets.sheets_model import Book, Cell, Sheet, letters
from parsers.documents.sheets.sheets_ods import OdsBook
from parsers.documents.sheets.sheets_parts import SheetPackage, local
from parsers.documents.sheets.sheets_xls import SHEET, XlsBook
from parsers.documents.sheets.sheets_xlsb import SHEET as BINARY_SHEET
from parsers.documents.sheets.sheets_xlsb import WORKBOOK as BINARY_WORKBOOK
from parsers.documents.sheets.sheets_xlsb import XlsbBook
from parsers.documents.sheets.sheets_xlsx import STATES, WORKBOOK, XlsxBook

MOST_CELLS = 20_000_000
"""No sheet is walked further; a file with more is held back unprobed."""
MOST_COLUMNS_TOLD = 5
PIVOTS = ("xl/pivotCache/pivotCacheDefinition", "xl/pivotCache/pivotCacheRecords")
OUTSIDE = ("xl/externalLinks/externalLink", "xl/connections.", "xl/queryTables/", "xl/model/", "xl/customData/")
EMBEDDED = ("xl/embeddings/",)
DRAWINGS = ("xl/drawings/drawing",)
COMMENTS = ("xl/comments", "xl/threadedComments/")
BINARY_COMMENT = 635
PIVOT_RECORDS = frozenset({0x00D5, 0x00E3})
"""SXStreamID and SXVS: a pivot cache belongs to the workbook."""
OUTSIDE_BOOK = 0x01AE
OUTSIDE_RECORDS = frozenset({0x005A, 0x01AD, 0x0876})
"""Cells of another book, a query, a connection."""
OWN_BOOK, ADD_IN = b"\x01\x04", b"\x01\x3a"
PLACEHOLDER = "[0]"
STATE = 4
"""Byte of a sheet's record that says whether it is hidden."""
REVISIONS = ("xl/revisions/revisionLog",)


def probe_xlsx(data: bytes, findings: Findings) -> None:
    """An Excel workbook."""
    package = SheetPackage(data)
    book = XlsxBook(package)
    _walk(book, findings)
    for name in _named(package.names, COMMENTS):
        root = package.xml(name)
        tags = {"comment", "threadedComment"}
        findings.add("comments", count=sum(local(one) in tags for one in root.iter()) if root is not None else 1)
    root = package.required(WORKBOOK)
    hidden = sum(one.get("state") in STATES for one in root.iter("{*}sheet"))
    findings.add("hidden_sheet", "sheets without cells", count=hidden - _hidden(book))
    findings.add(
        "external_data",
        "defined names",
        count=sum(_leads_outside(one.text or "") for one in root.iter("{*}definedName")),
    )
    _probe_parts(package, findings)
    _settle(book)


def probe_xlsb(data: bytes, findings: Findings) -> None:
    """A binary Excel workbook."""
    package = SheetPackage(data)
    book = XlsbBook(package)
    _walk(book, findings)
    for name in _named(package.names, COMMENTS):
        findings.add("comments", count=sum(kind == BINARY_COMMENT for kind, _ in book.records(name)))
    _probe_parts(package, findings)
    listed = (body[:4] for kind, body in book.records(BINARY_WORKBOOK) if kind == BINARY_SHEET)
    findings.add("hidden_sheet", "sheets without cells", count=sum(map(any, listed)) - _hidden(book))
    _settle(book)


def probe_ods(data: bytes, findings: Findings) -> None:
    """An OpenDocument spreadsheet."""
    package = SheetPackage(data)
    book = OdsBook(package)
    _walk(book, findings)
    for element in package.elements(
        "content.xml", ("table-source", "dde-source", "data-pilot-table", "tracked-changes")
    ):
        kinds = {"data-pilot-table": "pivot_cache", "tracked-changes": "tracked_changes"}
        findings.add(kinds.get(local(element), "external_data"))  # type: ignore[arg-type]  # values of the vocabulary
    findings.add("embedded_file", count=open_document_objects(package))
    probe_pictures(package, findings)
    probe_properties(package, findings)
    _settle(book)


def probe_xls(data: bytes, findings: Findings) -> None:
    """An old Excel workbook."""
    book = XlsBook(data)
    _walk(book, findings)
    hidden = sum(kind == SHEET and len(body) > STATE and body[STATE] & 3 > 0 for kind, body in book.records())
    findings.add("hidden_sheet", "sheets without cells", count=hidden - _hidden(book))
    for kind, body in book.records():
        if kind in PIVOT_RECORDS:
            findings.add("pivot_cache")
        elif kind in OUTSIDE_RECORDS or (kind == OUTSIDE_BOOK and body[2:4] not in {OWN_BOOK, ADD_IN}):
            findings.add("external_data")
    tops = {entry.partition("/")[0] for entry in book.entries}
    findings.add("pivot_cache", count=sum(top.startswith("_SX_DB") for top in tops))
    findings.add("macros", count=sum(top.startswith("_VBA_PROJECT") for top in tops))
    findings.add("embedded_file", count=sum(top.startswith("MBD") or top == "Package" for top in tops))
    probe_ole_properties(data, findings)
    _settle(book)


def _settle(book: Book) -> None:
    """A book with a part that cannot be read was not looked at wholly."""
    if book.is_broken:
        raise unopened()


def _hidden(book: XlsxBook | XlsbBook | XlsBook) -> int:
    """How many sheets of cells are hidden; beside them a sheet that is a chart may be, with the data of its chart."""
    return sum(sheet.state != "visible" for sheet in book.sheets)


def _walk(book: Book, findings: Findings) -> None:
    left = MOST_CELLS
    for number, sheet in enumerate(book.sheets, start=1):
        place = f"sheet {number}"
        left = _walk_sheet(sheet, place, findings, left)
        if sheet.state != "visible":
            findings.add("very_hidden_sheet" if sheet.state == "very_hidden" else "hidden_sheet", place)
        findings.add("comments", place, count=sheet.comments)


def _walk_sheet(sheet: Sheet, place: str, findings: Findings, left: int) -> int:
    """Count what the sheet hides; gives how many cells may still be walked."""
    rows, first, last, disguised, in_row = 0, 0, 0, 0, 0
    columns: set[int] = set()
    looked_at: Sequence[Cell] | None = None
    hidden = _Columns(sheet)
    for row in sheet.rows():
        left -= len(row.cells)
        if left < 0:
            raise UnreadableError("too_big", f"It has more than {MOST_CELLS:,} cells.")
        if row.is_hidden:
            rows, first, last = rows + 1, first or row.number, row.number
        if row.cells is not looked_at:  # a row that is repeated a million times is looked at once
            looked_at, in_row = row.cells, sum(cell.is_disguised for cell in row.cells)
            columns.update(cell.column for cell in row.cells if hidden.has(cell.column))
        disguised += in_row
    kind: FindingKind = "filtered_rows" if sheet.is_filtered else "hidden_rows"
    findings.add(kind, f"{place}, rows {first} to {last}", count=rows)
    findings.add("hidden_columns", f"{place}, {_told(columns)}", count=len(columns))
    findings.add("hidden_cells", place, count=disguised)
    return left


class _Columns:
    """The hidden columns of a sheet, looked up quickly; they are known once its first row is."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._known: dict[int, bool] = {}
        self._runs = 0

    def has(self, column: int) -> bool:
        if self._runs != len(self._sheet.hidden_columns):
            self._known.clear()
            self._runs = len(self._sheet.hidden_columns)
        if column not in self._known:
            self._known[column] = self._sheet.hides(column)
        return self._known[column]


def _told(columns: Iterable[int]) -> str:
    found = sorted(columns)
    shown = ", ".join(letters(column) for column in found[:MOST_COLUMNS_TOLD])
    more = len(found) - MOST_COLUMNS_TOLD
    return f"columns {shown}" + (f" and {more} more" if more > 0 else "")


def _probe_parts(package: SheetPackage, findings: Findings) -> None:
    names = package.names
    findings.add("pivot_cache", count=len(_named(names, PIVOTS[:1])))
    findings.add("external_data", count=len(_named(names, OUTSIDE)))
    findings.add("embedded_file", count=len(_named(names, EMBEDDED)))
    findings.add("macros", count=len(_named(names, ("xl/vbaProject.bin", "xl/macrosheets/"))))
    findings.add("tracked_changes", count=len(_named(names, REVISIONS)))
    probe_pictures(package, findings)
    for name in _named(names, DRAWINGS):
        root = package.xml(name)
        findings.add("cropped_picture", count=cropped(root) if root is not None else 0)
    probe_properties(package, findings)


def _named(names: Iterable[str], beginnings: tuple[str, ...]) -> list[str]:
    low = tuple(one.lower() for one in beginnings)
    return sorted(name for name in names if name.lower().startswith(low) and "/_rels/" not in name)


def _leads_outside(formula: str) -> bool:
    """Whether a defined name leads into another file: ``[1]Sheet1!$A$1``, ``'C:\\[b.xlsx]S'!A1``."""
    return formula.lstrip("='").startswith("[") and not formula.startswith(PLACEHOLDER)
