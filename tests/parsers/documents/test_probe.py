"""What files hold beside what they show is found, counted and never told."""

import dataclasses
import io
import struct
from collections.abc import Callable

import pytest
from docx import Document
from docx.shared import Pt, RGBColor
from odfdo import Document as OpenDocument
from odfdo import Paragraph
from pptx import Presentation
from pptx.util import Inches

from parsers.documents.probes.probe import PROBERS, probe_document
from parsers.documents.probes.probe_findings import KINDS, NOTES, Findings, Probe
from parsers.documents.read import read_document
from parsers.documents.records import DocumentType
from tests.parsers.documents import books
from tests.parsers.documents.containers import ole_file

SECRET = books.SECRET
SHEET = "xl/worksheets/sheet1.xml"


def kinds(probe: Probe) -> dict[str, int]:
    """Findings by kind, of a probe that came to its end."""
    assert probe.status == "probed", probe.detail
    counts: dict[str, int] = {}
    for finding in probe.findings:
        counts[finding.kind] = counts.get(finding.kind, 0) + finding.count
    return counts


def probed(data: bytes, kind: DocumentType) -> dict[str, int]:
    found = probe_document(data, document_type=kind)
    assert SECRET not in repr(dataclasses.asdict(found))
    return kinds(found)


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("xlsx", lambda: books.saved(books.xlsx())),
        ("xls", books.xls),
        ("xlsb", books.xlsb),
        ("ods", books.ods),
        ("docx", lambda: docx()),  # noqa: PLW0108 - defined below
        ("odt", lambda: odt()),  # noqa: PLW0108 - as above
        ("pptx", lambda: pptx()),  # noqa: PLW0108 - as above
        ("rtf", lambda: rtf("Plain words.")),
        ("csv", lambda: b"a,b\n1,2\n"),
        ("txt", lambda: b"words"),
        ("html", lambda: b"<p>words</p>"),
    ],
)
def test_plain_files_hide_nothing(kind: DocumentType, make: Callable[[], bytes]) -> None:
    assert probe_document(make(), document_type=kind) == Probe(status="probed")


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


@pytest.mark.parametrize("kind", ["xlsx", "ods", "docx", "pptx"])
def test_a_part_that_cannot_be_looked_at_clears_nothing(kind: DocumentType) -> None:
    part = {"xlsx": SHEET, "ods": "content.xml", "docx": "word/document.xml", "pptx": "ppt/slides/slide1.xml"}[kind]
    makers: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: books.saved(books.xlsx()),
        "ods": books.ods,
        "docx": docx,
        "pptx": pptx,
    }
    plain = makers[kind]()
    half = books.part(plain, part)
    broken = books.with_parts(plain, {part: half[: len(half) * 2 // 3]})
    assert probe_document(broken, document_type=kind).status == "damaged"


def test_files_behind_a_password_clear_nothing() -> None:
    locked = ole_file({"EncryptedPackage": b"x" * 100})
    for kind in ("xlsx", "docx", "pptx", "xls"):
        assert probe_document(locked, document_type=kind).status == "encrypted"


@pytest.mark.parametrize("kind", PROBERS)
@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 90, b"\x89PNG\r\n\x1a\n\0\0"]
)
def test_scraps_are_no_fault_of_the_probe(kind: DocumentType, data: bytes) -> None:
    probe = probe_document(data, document_type=kind)
    assert probe.status == "probed" or probe.detail


def test_what_has_no_probe_is_not_cleared() -> None:
    assert probe_document(b"any", document_type="unknown").status == "unsupported"


def docx(change: Callable[..., None] | None = None) -> bytes:
    document = Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    document.add_paragraph("Words that are shown.")
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _white(document: object) -> None:
    document.add_paragraph("").add_run(SECRET).font.color.rgb = RGBColor(255, 255, 255)  # type: ignore[attr-defined]


def _tiny(document: object) -> None:
    document.add_paragraph("").add_run(SECRET).font.size = Pt(1)  # type: ignore[attr-defined]


def _hidden(document: object) -> None:
    document.add_paragraph("").add_run(SECRET).font.hidden = True  # type: ignore[attr-defined]


def _comment(document: object) -> None:
    document.add_comment(document.paragraphs[0].runs, text=SECRET, author="", initials="")  # type: ignore[attr-defined]


def _author(document: object) -> None:
    document.core_properties.author = SECRET  # type: ignore[attr-defined]


def _white_on_a_colour(document: object) -> None:
    table = document.add_table(rows=1, cols=1)  # type: ignore[attr-defined]
    table.cell(0, 0).paragraphs[0].add_run("Head").font.color.rgb = RGBColor(255, 255, 255)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_white, {"white_text": 7}),
        (_tiny, {"tiny_text": 7}),
        (_hidden, {"hidden_text": 7}),
        (_comment, {"comments": 1}),
        (_author, {"document_properties": 1}),
        (_white_on_a_colour, {}),
    ],
)
def test_word_documents(change: Callable[..., None], found: dict[str, int]) -> None:
    assert probed(docx(change), "docx") == found


def test_tracked_changes_of_a_word_document() -> None:
    plain = docx()
    body = "word/document.xml"
    deleted = f'<w:del w:id="1" w:author=""><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:p>'
    xml = books.part(plain, body).replace("</w:p>", deleted, 1)
    assert probed(books.with_parts(plain, {body: xml}), "docx") == {"tracked_changes": 1}


def odt(*paragraphs: Paragraph) -> bytes:
    document = OpenDocument("text")
    document.body.clear()
    document.body.append(Paragraph("Words that are shown."))
    for one in paragraphs:
        document.body.append(one)
    out = io.BytesIO()
    document.save(out)
    # The library names the author of its template.
    return books.with_parts(out.getvalue(), {"meta.xml": "<m/>"})


@pytest.mark.parametrize(
    ("properties", "kind"),
    [('text:display="none"', "hidden_text"), ('fo:color="#ffffff"', "white_text"), ('fo:font-size="1pt"', "tiny_text")],
)
def test_open_document_texts(properties: str, kind: str) -> None:
    plain = odt(Paragraph(SECRET, style="Odd"))
    style = (
        f'<style:style style:name="Odd" style:family="paragraph"><style:text-properties {properties}/></style:style>'
    )
    content = books.part(plain, "content.xml")
    opened = content.replace("<office:automatic-styles/>", "<office:automatic-styles></office:automatic-styles>")
    xml = opened.replace("</office:automatic-styles>", f"{style}</office:automatic-styles>")
    assert xml != content
    assert probed(books.with_parts(plain, {"content.xml": xml}), "odt") == {kind: len(SECRET)}


def rtf(words: str) -> bytes:
    return rf"{{\rtf1\ansi{{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}}\pard {words}\par}}".encode()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (rf"{{\v {SECRET}}}", {"hidden_text": 7}),
        (rf"{{\deleted {SECRET}}}", {"tracked_changes": 7}),
        (rf"{{\cf1 {SECRET}}}", {"white_text": 7}),
        (rf"{{\cf2 black}}{{\fs2 {SECRET}}}", {"tiny_text": 7}),
        (rf"{{\*\annotation {SECRET}}}", {"comments": 1}),
        (rf"{{\info{{\author {SECRET}}}}}", {"document_properties": 1}),
        (r"\pard\cbpat2{\cf1 on black}", {}),
    ],
)
def test_rich_text(words: str, found: dict[str, int]) -> None:
    assert probed(rtf(words), "rtf") == found


def pptx(change: Callable[..., None] | None = None) -> bytes:
    show = Presentation()
    properties = show.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Costs"
    box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1))
    box.text_frame.text = "In 2020: 12"
    if change:
        change(show, slide, box)
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _hide_slide(show: object, _slide: object, _box: object) -> None:
    more = show.slides.add_slide(show.slide_layouts[5])  # type: ignore[attr-defined]
    more.shapes.title.text = SECRET
    more._element.set("show", "0")


def _hide_shape(_show: object, _slide: object, box: object) -> None:
    box.text_frame.text = SECRET  # type: ignore[attr-defined]
    box._element.nvSpPr.cNvPr.set("hidden", "1")  # type: ignore[attr-defined]


def _notes(_show: object, slide: object, _box: object) -> None:
    slide.notes_slide.notes_text_frame.text = SECRET  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "found"),
    [(_hide_slide, {"hidden_slide": 1}), (_hide_shape, {"hidden_shape": 1}), (_notes, {"speaker_notes": 1})],
)
def test_slides_tell_only_what_was_shown(change: Callable[..., None], found: dict[str, int]) -> None:
    data = pptx(change)
    assert probed(data, "pptx") == found
    document = read_document(data, document_type="pptx")
    assert [page.title for page in document.pages] == ["Costs"]
    assert SECRET not in document.pages[0].text


def _exif(*tags: int) -> bytes:
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, 26) for tag in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(40)


@pytest.mark.parametrize(
    ("tags", "found"), [((0x8825,), {"picture_location": 1}), ((0x013B,), {"picture_author": 1}), ((0x0112,), {})]
)
def test_pictures(tags: tuple[int, ...], found: dict[str, int]) -> None:
    block = b"Exif\0\0" + _exif(*tags)
    jpeg = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(block) + 2) + block + b"\xff\xda\0\2"
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", len(block) - 6, b"eXIf") + block[6:] + bytes(4)
    assert probed(jpeg, "jpg") == probed(png, "png") == probed(_exif(*tags), "tiff") == found


def test_a_folder_of_tags_that_leads_to_itself_ends() -> None:
    assert probed(b"II*\0" + struct.pack("<IHHHIII", 8, 1, 0x8769, 4, 1, 8, 8), "tiff") == {}


def test_every_kind_is_held_back_or_noted_and_what_letters_enclose_is_noted() -> None:
    table, letter = Findings("xlsx"), Findings("docx")
    for kind in KINDS:
        table.add(kind)
        letter.add(kind)
    assert {one.kind for one in table.all() if one.severity == "note"} == NOTES
    assert {one.kind for one in letter.all() if one.severity == "note"} == NOTES | {"embedded_file", "external_data"}
