"""What workbooks and spreadsheets hold beside what they show."""

import struct
from collections.abc import Callable

import pytest

from parsers.documents.probes.probe import probe_document
from parsers.documents.records import DocumentType
from tests.parsers.documents import books
from tests.parsers.documents.probing import SECRET, probed

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "kind", ["hidden_sheet", "very_hidden_sheet", "hidden_rows", "filtered_rows", "hidden_columns", "hidden_cells",
             "comments", "document_properties"],
)  # fmt: skip
def test_workbooks(kind: str) -> None:
    assert probed(books.xlsx_that_hides(kind), "xlsx") == {kind: 1}


@pytest.mark.parametrize("hidden", ["hidden_rows", "filtered_rows", "hidden_columns"])
def test_open_document_spreadsheets(hidden: str) -> None:
    assert list(probed(books.ods(hidden=hidden), "ods")) == [hidden]


@pytest.mark.parametrize(("kind", "make"), [("xls", books.xls), ("xlsb", books.xlsb)])
def test_binary_workbooks(kind: DocumentType, make: Callable[..., bytes]) -> None:
    two = {"Visits": books.ROWS, "Notes": ((SECRET,),)}
    assert probed(make(two, states={"Notes": 1}), kind) == {"hidden_sheet": 1}
    assert probed(make(two, states={"Notes": 2}), kind) == {"very_hidden_sheet": 1}
    found = probe_document(make(hidden_rows=[1, 2], hidden_columns=[2]), document_type=kind).findings
    assert [(one.kind, one.place, one.count) for one in found] == [
        ("hidden_rows", "sheet 1, rows 2 to 3", 2),
        ("hidden_columns", "sheet 1, columns C", 1),
    ]


def test_no_height_and_no_width_hide_as_well() -> None:
    plain = books.saved(books.xlsx())
    flat = books.part(plain, SHEET).replace('<row r="3"', '<row ht="0" customHeight="1" r="3"')
    thin = books.part(plain, SHEET).replace("<sheetData>", '<cols><col min="2" max="9" width="0"/></cols><sheetData>')
    assert probed(books.with_parts(plain, {SHEET: flat}), "xlsx") == {"hidden_rows": 1}
    assert probed(books.with_parts(plain, {SHEET: thin}), "xlsx") == {"hidden_columns": 2}


def test_hiding_the_unused_rest_of_a_sheet_hides_nothing() -> None:
    book = books.xlsx()
    book.active.column_dimensions.group("H", "XFD", hidden=True)
    book.active.row_dimensions[900].hidden = True
    assert probed(books.saved(book), "xlsx") == {}


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("xl/pivotCache/pivotCacheDefinition1.xml", "pivot_cache"),
        ("xl/externalLinks/externalLink1.xml", "external_data"),
        ("xl/connections.xml", "external_data"),
        ("xl/queryTables/queryTable1.xml", "external_data"),
        ("xl/model/item.data", "external_data"),
        ("xl/embeddings/Microsoft_Excel_Sheet.xlsx", "embedded_file"),
        ("xl/vbaProject.bin", "macros"),
    ],
)
def test_what_lies_behind_a_workbook(part: str, kind: str) -> None:
    assert probed(books.with_parts(books.saved(books.xlsx()), {part: "<x/>"}), "xlsx") == {kind: 1}
    assert probed(books.with_parts(books.xlsb(), {part: "<x/>"}), "xlsb") == {kind: 1}


def test_names_that_lead_elsewhere() -> None:
    workbook = "xl/workbook.xml"
    plain = books.saved(books.xlsx())
    names = (
        '<definedNames><definedName name="a">[1]Pay!$A$1</definedName><definedName name="b">Visits!$A$1</definedName>'
    )
    xml = (
        books.part(plain, workbook).replace("<definedNames />", "").replace("<calcPr", f"{names}</definedNames><calcPr")
    )
    assert probed(books.with_parts(plain, {workbook: xml}), "xlsx") == {"external_data": 1}


def test_what_lies_behind_an_old_workbook() -> None:
    outside = struct.pack("<HHHH", 0x01AE, 4, 1, 0x2020)
    assert probed(books.xls(more=outside), "xls") == {"external_data": 1}
    own = struct.pack("<HHH", 0x01AE, 4, 1) + b"\x01\x04"
    assert probed(books.xls(more=own), "xls") == {}
    assert probed(books.xls(extra={"_SX_DB_CUR": b"x"}), "xls") == {"pivot_cache": 1}
    assert probed(books.xls(extra={"MBD0001": b"x"}), "xls") == {"embedded_file": 1}
