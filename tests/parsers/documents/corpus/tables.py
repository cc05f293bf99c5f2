"""Tables and slides of the corpus: workbooks of four makes, CSV, presentations."""

import io
from collections.abc import Callable

from openpyxl.comments import Comment
from pptx import Presentation
from pptx.util import Inches

from tests.parsers.documents import books
from tests.parsers.documents.corpus.letters import MANIFEST, locked_office
from tests.parsers.documents.corpus.sample import SECRET, Sample, half, maker
from tests.parsers.documents.hostile_office import repacked

TWO = {"Visits": books.ROWS, "Notes": ((SECRET,),)}
SHEET = "xl/worksheets/sheet1.xml"
PASSWORD = b"\x2f\0\x02\0\0\0"
"""The record that begins what is locked in an old workbook."""
LAUGHING = '<!DOCTYPE a [<!ENTITY b "b">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>'
REPEATED = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"'
    ' office:value-type="string"><text:p>again</text:p></table:table-cell></table:table-row></table:table>'
)


def _xlsx() -> bytes:
    return books.saved(books.xlsx())


def _hidden_xlsx() -> bytes:
    book = books.xlsx()
    sheet = book.active
    other, most = book.create_sheet("Notes"), book.create_sheet("More")
    other["A1"] = most["A1"] = SECRET
    other.sheet_state, most.sheet_state = "hidden", "veryHidden"
    sheet.append([SECRET])
    sheet.row_dimensions[4].hidden = True
    sheet["F2"] = SECRET
    sheet.column_dimensions["F"].hidden = True
    sheet["A1"].comment = Comment(SECRET, SECRET)
    book.properties.creator = SECRET
    return books.saved(book)


def _xlsx_at_its_ends() -> bytes:
    book = books.xlsx(plain=False)
    book.active["A1"], book.active["XFD1048576"] = "first", "last"
    return books.saved(book)


def _changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    return books.with_parts(data, {part: change(books.part(data, part))})


def _repeated_ods() -> bytes:
    xml = books.part(books.ods(), "content.xml").replace("</table:table>", REPEATED)
    return repacked(books.ods(), "content.xml", xml.encode())


def _xls_of_lies() -> bytes:
    """An old workbook that says its strings are thousands of millions."""
    data = bytearray(books.xls())
    place = data.find(b"\xfc\0")
    data[place + 4 : place + 12] = b"\xff\xff\xff\x7f" * 2
    return bytes(data)


def _xlsb_of_lies() -> bytes:
    """A binary workbook whose records go on beyond their part."""
    lies = b"\x81\x01\x00\x00\xff\xff\xff\x7f" + b"\x06\xff\xff\xff\xff" + bytes(40)
    return books.with_parts(books.xlsb(), {"xl/worksheets/sheet1.bin": lies})


def _slides(*, plain: bool = True, hidden: bool = False) -> bytes:
    show = Presentation()
    show.core_properties.author = show.core_properties.last_modified_by = ""
    slide = show.slides.add_slide(show.slide_layouts[5 if plain else 6])
    if plain:
        slide.shapes.title.text = "The footbridge"
        slide.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1)).text_frame.text = "Cost: £53,500"
    if hidden:
        more = show.slides.add_slide(show.slide_layouts[5])
        more.shapes.title.text = SECRET
        more._element.set("show", "0")
        slide.notes_slide.notes_text_frame.text = SECRET
        box = slide.shapes.add_textbox(Inches(1), Inches(4), Inches(3), Inches(1))
        box.text_frame.text = SECRET
        box._element.nvSpPr.cNvPr.set("hidden", "1")
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _half_inside(make: Callable[[], bytes], part: str) -> bytes:
    data = make()
    return _changed(data, part, lambda xml: xml[: len(xml) * 2 // 3])


xlsx, xls, xlsb = maker("xlsx"), maker("xls"), maker("xlsb")
ods, csv, pptx = maker("ods"), maker("csv"), maker("pptx")
SAMPLES: tuple[Sample, ...] = (
    xlsx("plain", _xlsx),
    xlsx("plain", _xlsx_at_its_ends, "first and last cell"),
    xlsx("empty", lambda: books.saved(books.xlsx(plain=False))),
    xlsx("encrypted", locked_office, name="costs.xlsx"),
    xlsx("damaged", lambda: half(_xlsx(), 0.9)),
    xlsx("damaged", lambda: _half_inside(_xlsx, SHEET), "inside"),
    xlsx("hidden", _hidden_xlsx),
    xlsx("hostile", lambda: books.with_parts(_xlsx(), {SHEET: LAUGHING})),
    xls("plain", books.xls),
    xls("empty", lambda: books.xls({"Visits": ()})),
    xls("encrypted", lambda: books.xls(more=PASSWORD)),
    xls("damaged", lambda: half(books.xls(), 0.3)),
    xls("hidden", lambda: books.xls(TWO, states={"Notes": 2}, hidden_rows=[1], hidden_columns=[2])),
    xls("hostile", _xls_of_lies),
    xlsb("plain", books.xlsb),
    xlsb("empty", lambda: books.xlsb({"Visits": ()})),
    xlsb("encrypted", locked_office, name="costs.xlsb"),
    xlsb("damaged", lambda: half(books.xlsb())),
    xlsb("hidden", lambda: books.xlsb(TWO, states={"Notes": 1}, hidden_rows=[1], hidden_columns=[2])),
    xlsb("hostile", _xlsb_of_lies),
    ods("plain", books.ods),
    ods("empty", lambda: books.ods(rows=())),
    ods("encrypted", lambda: repacked(books.ods(), "META-INF/manifest.xml", MANIFEST.encode())),
    ods("damaged", lambda: half(books.ods())),
    ods("hidden", lambda: books.ods(hidden="hidden_rows")),
    ods("hidden", lambda: books.ods(hidden="hidden_columns"), "columns"),
    ods("hostile", _repeated_ods),
    csv("plain", lambda: b"Ward,Visits,Share\r\nElm,1204,12.5%\r\nOak,9,0.5%\r\n"),
    csv("plain", lambda: "Ward;Gäste\n\"Elm;\nWest\";9\n".encode("utf-16"), "semicolons in UTF-16", name="visits.csv"),
    csv("empty", lambda: b"\r\n,,\r\n", name="visits.csv"),
    csv("damaged", lambda: b'Ward,Visits\nElm,"1204\nOak,9\n', name="visits.csv"),
    csv("hostile", lambda: b"a," * 500_000 + b'"' * 500_000 + b",\n" * 200_000, name="visits.csv"),
    pptx("plain", _slides),
    pptx("empty", lambda: _slides(plain=False)),
    pptx("encrypted", locked_office, name="talk.pptx"),
    pptx("damaged", lambda: half(_slides())),
    pptx("damaged", lambda: _half_inside(_slides, "ppt/slides/slide1.xml"), "inside"),
    pptx("hidden", lambda: _slides(hidden=True)),
    pptx("hostile", lambda: books.with_parts(
        _slides(), {"ppt/slides/slide1.xml": '<!DOCTYPE a [<!ENTITY b "b">]><sld>&b;</sld>'})),
)  # fmt: skip
