"""Spreadsheets: what is shown becomes text, and nothing else does, however the file is made."""

import io
import re
from collections.abc import Callable
from datetime import date

import pytest
import python_calamine

from parsers.documents.caps import Caps
from parsers.documents.read import read_document
from parsers.documents.records import DocumentText, DocumentType
from parsers.documents.sheets.sheets import MOST_CELLS, open_book
from parsers.documents.sheets.sheets_format import shown
from parsers.documents.sheets.sheets_model import Row, letters, place
from parsers.documents.sniff import sniff
from tests.parsers.documents import books
from tests.parsers.documents.containers import ole_file
from tests.patience import spending

WRITERS: dict[DocumentType, Callable[[], bytes]] = {
    "xlsx": lambda: books.saved(books.xlsx()),
    "xls": books.xls,
    "xlsb": books.xlsb,
    "ods": books.ods,
}
SHEET = "xl/worksheets/sheet1.xml"


def read(data: bytes, kind: DocumentType, caps: Caps | None = None) -> DocumentText:
    return read_document(data, document_type=kind, caps=caps or Caps())


@pytest.mark.parametrize("kind", WRITERS)
def test_a_row_is_a_line_and_each_figure_has_its_reference(kind: DocumentType) -> None:
    data = WRITERS[kind]()
    assert sniff(data) == kind
    document = read(data, kind)
    assert (document.status, document.detail) == ("read", None)
    assert [(page.number, page.title, page.text) for page in document.pages] == [(1, "Visits", books.TEXT)]


@pytest.mark.parametrize("kind", WRITERS)
def test_another_library_finds_the_same_values_in_the_same_places(kind: DocumentType) -> None:
    data = WRITERS[kind]()
    theirs = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    mine = {(row.number, cell.column): cell.text for row in _walked(data, kind) for cell in row.cells}
    assert mine == {
        (r, c): value if isinstance(value, str) else shown(float(value))
        for r, row in enumerate(theirs, start=1)
        for c, value in enumerate(row, start=1)
        if isinstance(value, str | float)
    }


def _walked(data: bytes, kind: DocumentType) -> list[Row]:
    return [row for sheet in open_book(data, kind).sheets for row in sheet.rows()]


@pytest.mark.parametrize("kind", ["xls", "xlsb"])
def test_hidden_sheets_rows_and_columns_of_binary_books_are_not_told(kind: DocumentType) -> None:
    make = books.xls if kind == "xls" else books.xlsb
    two = {"Visits": books.ROWS, "Notes": ((books.SECRET,),)}
    assert [page.title for page in read(make(two, states={"Notes": 1}), kind).pages] == ["Visits"]
    assert [page.title for page in read(make(two, states={"Notes": 2}), kind).pages] == ["Visits"]
    (page,) = read(make(hidden_rows=[1], hidden_columns=[1]), kind).pages
    assert page.text == "A1: Ward | C1: Share\nA3: Oak | C3: 0.5"


@pytest.mark.parametrize(
    "kind", ["hidden_sheet", "very_hidden_sheet", "hidden_rows", "filtered_rows", "hidden_columns", "hidden_cells",
             "comments", "document_properties"],
)  # fmt: skip
def test_what_a_workbook_hides_is_not_told(kind: str) -> None:
    document = read(books.xlsx_that_hides(kind), "xlsx")
    assert [(page.title, page.text) for page in document.pages] == [("Visits", books.TEXT)]


@pytest.mark.parametrize("hidden", ["hidden_rows", "filtered_rows"])
def test_what_an_open_document_hides_is_not_told(hidden: str) -> None:
    (page,) = read(books.ods(hidden=hidden), "ods").pages
    assert page.text == "\n".join(books.TEXT.splitlines()[:2])
    assert read(books.ods(hidden="hidden_columns"), "ods").status == "no_text"


def test_values_are_told_as_they_are_shown() -> None:
    book = books.xlsx(plain=False)
    sheet = book.active
    formats = [
        (0.125, "0.0%"), (1234.5, '"£"#,##0.00'), (-3, "#,##0;[Red](#,##0)"), (date(2021, 3, 9), "dd/mm/yyyy"),
        (44264.6277778, "d mmm yyyy h:mm AM/PM"), (True, "General"), ("=1/0", "General"), (1.5, "[h]:mm"),
        (12, "General"), (0.1 + 0.2, "General"), (7, "000"),
    ]  # fmt: skip
    for column, (value, code) in enumerate(formats, start=1):
        cell = sheet.cell(row=2, column=column, value=value)
        cell.number_format = code
    data = books.saved(book)
    error = '<c r="G2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    xml = re.sub('<c r="G2".*?</c>', error, books.part(data, SHEET))
    (page,) = read(books.with_parts(data, {SHEET: xml}), "xlsx").pages
    assert page.text == (
        "A2: 12.5% | B2: £1,234.50 | C2: (3) | D2: 09/03/2021 | E2: 9 Mar 2021 3:04 PM | F2: TRUE | G2: #DIV/0! | "
        "H2: 36:00 | I2: 12 | J2: 0.3 | K2: 007"
    )


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.125, "0%", "13%"), (1.005, "0.00", "1.01"), (0, '_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-;_-@_-', "£-"),
        (43831.75, "d mmmm yyyy hh:mm", "1 January 2020 18:00"), (45, "mm:ss.0", "00:00"), (1234567, "#,##0,", "1,235"),
        (12345.6, "0.00E+00", "1.23E+04"), (0.5, "# ?/?", "0.5"), (-0.2, "0", "0"), (3, '"Yes";"No"', "Yes"),
        (5, ";;;", ""), (59, "d/m/yy", "28/2/00"), (61, "d/m/yy", "1/3/00"), (2958466, "yyyy", "2958466"),
        (float("inf"), "0", "#NUM!"), (1e300, "General", "1e+300"), (43831, "[$-809]dd mmmm yyyy;@", "01 January 2020"),
    ],
)  # fmt: skip
def test_formats(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_days_of_old_macintoshes() -> None:
    assert shown(0, "yyyy-mm-dd", from_1904=True) == "1904-01-01"


def test_long_codes_of_formats_cost_little() -> None:
    with spending(10):
        for code in ("[$" * 5_000, '"' * 9_999, "0" * 9_999, "[h" * 5_000, "#,##0." * 2_000, "\\" * 9_999):
            shown(1.5, code)


@pytest.mark.parametrize(("column", "text"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_references(column: int, text: str) -> None:
    assert letters(column) == text
    assert place(f"{text}12", row=3, column=4) == (12, column)


@pytest.mark.parametrize("reference", ["", "12", "A", "A0", "XFE1", "A9999999", "Ä1", "AAAA1", "A1B", "A１"])
def test_what_is_no_reference_changes_no_place(reference: str) -> None:
    assert place(reference, row=3, column=4) == (3, 4)


@pytest.mark.parametrize("kind", WRITERS)
def test_empty_books_hold_no_text(kind: DocumentType) -> None:
    empty = {"xlsx": lambda: books.saved(books.xlsx(plain=False)), "xls": lambda: books.xls({"Visits": ()}),
             "xlsb": lambda: books.xlsb({"Visits": ()}), "ods": lambda: books.ods(rows=())}  # fmt: skip
    document = read(empty[kind](), kind)
    assert (document.status, [page.title for page in document.pages]) == ("no_text", ["Visits"])


def test_books_behind_a_password() -> None:
    locked = ole_file({"EncryptedPackage": b"x" * 100, "EncryptionInfo": b"y" * 100})
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
    )
    files: list[tuple[bytes, DocumentType]] = [
        (locked, "xlsx"), (locked, "xlsb"), (locked, "pptx"), (books.xls(more=b"\x2f\0\x02\0\0\0"), "xls"),
        (books.with_parts(books.ods(), {"META-INF/manifest.xml": manifest}), "ods"),
    ]  # fmt: skip
    for data, kind in files:
        assert read(data, kind).status == "encrypted", kind


@pytest.mark.parametrize("kind", WRITERS)
def test_half_a_file_is_damaged(kind: DocumentType) -> None:
    data = WRITERS[kind]()
    document = read(data[: len(data) // (5 if kind == "xls" else 2)], kind)
    assert (document.status, document.pages) == ("damaged", ())
    assert document.detail is not None
    assert document.detail.startswith("It is damaged")


def test_two_cells_at_the_ends_of_a_sheet_cost_nothing() -> None:
    book = books.xlsx(plain=False)
    book.active["A1"], book.active["XFD1048576"] = "first", "last"
    with spending(10):
        (page,) = read(books.saved(book), "xlsx").pages
        assert page.text == "A1: first\nXFD1048576: last"


def test_repetition_costs_no_more_than_the_cap() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"'
    )
    cell = ' office:value-type="string"><text:p>again</text:p></table:table-cell></table:table-row>'
    xml = books.part(books.ods(), "content.xml").replace("</table:table>", f"{row}{cell}</table:table>")
    with spending(30):
        document = read(books.with_parts(books.ods(), {"content.xml": xml}), "ods")
    assert (document.status, document.detail) == ("read", f"Only its first {MOST_CELLS:,} cells were read.")
    assert max(len(page.text) for page in document.pages) <= Caps().page_characters


def test_bombs_are_told_as_bombs() -> None:
    plain = books.saved(books.xlsx())
    laughing = (
        '<!DOCTYPE a [<!ENTITY b "b">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>'
    )
    assert read(books.with_parts(plain, {SHEET: laughing}), "xlsx").status == "bomb"
    row = '<row><c t="str"><v></v></c></row>' + " " * 400
    many = f"<worksheet><sheetData>{row * 80_000}</sheetData></worksheet>"
    assert read(books.with_parts(plain, {SHEET: many}), "xlsx").status == "bomb"


def test_a_long_sheet_goes_on_on_further_pages_of_its_name() -> None:
    rows = tuple((f"word {number}", "more") for number in range(1, 101))
    document = read(books.xls({"Long": rows, "Short": (("end",),)}), "xls", Caps(page_characters=200))
    assert {page.title for page in document.pages[:-1]} == {"Long"}
    assert (document.pages[-1].title, document.pages[-1].text) == ("Short", "A1: end")
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    assert all(len(page.text) <= 200 for page in document.pages)
    lines = "\n".join(page.text for page in document.pages[:-1]).split("\n")
    assert lines == [f"A{number}: word {number} | B{number}: more" for number in range(1, 101)]
    assert document.detail is None


def test_a_row_longer_than_a_page_is_parted_between_cells_and_a_cell_anywhere() -> None:
    document = read(books.xls({"Wide": (("a" * 50, "b" * 50, "c" * 250),)}), "xls", Caps(page_characters=120))
    assert [page.text for page in document.pages] == [
        f"A1: {'a' * 50} | B1: {'b' * 50}", f"C1: {'c' * 116}", "c" * 120, "c" * 14,
    ]  # fmt: skip


def test_a_document_of_too_many_pages_or_cells_is_cut_and_says_so() -> None:
    book = books.xls({"Long": tuple(("word" * 5,) for _ in range(100))})
    document = read(book, "xls", Caps(page_characters=200, pages=3))
    assert (len(document.pages), document.detail) == (3, "Only the first 3 pages were read.")
    document = read(book, "xls", Caps(page_characters=200, characters=500))
    assert document.detail == "Reading stopped after page 3, at 500 characters in all."


def test_nothing_in_a_cell_breaks_its_line() -> None:
    (page,) = read(books.xls({"Odd": (("one\ntwo\r\nthree\x00 | B1: four", "ŵ"),)}), "xls").pages
    assert page.text == "A1: one two three | B1: four | B1: ŵ"
