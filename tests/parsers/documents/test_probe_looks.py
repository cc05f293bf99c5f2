"""What hides words by how they look: by styles, by their own colour, by size, beside a slide, in the head of a mail."""

import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.chart import LineChart, Reference
from openpyxl.styles import Font, PatternFill
from pptx.util import Inches, Pt

from parsers.documents.probes.probe import probe_document
from parsers.documents.read import read_document
from tests.parsers.documents import books, mails, marked
from tests.parsers.documents.books import SECRET
from tests.parsers.documents.mails import Mail
from tests.parsers.documents.probing import kinds, pptx, probed

HIDING = Path(__file__).parent / "hiding"
EXPECTED = json.loads((HIDING / "expected.json").read_text())
"""By file: what is found in it, but for the properties. LibreOffice wrote the files."""


@pytest.mark.parametrize("name", EXPECTED)
def test_files_of_a_real_office_program(name: str) -> None:
    probe = probe_document((HIDING / name).read_bytes(), document_type=name.rpartition(".")[2])  # type: ignore[arg-type]  # each is a type
    found = kinds(probe)
    found.pop("document_properties", None)
    assert found == EXPECTED[name]


def test_every_file_of_that_folder_is_looked_at() -> None:
    assert {path.name for path in HIDING.iterdir()} == {*EXPECTED, "expected.json"}


def styled(properties: str, *, kind: str = "paragraph", base: str = "") -> bytes:
    """A document whose second paragraph has a style with these properties, or one that rests on it."""
    own = f'<w:style w:type="{kind}" w:styleId="Odd"><w:rPr>{properties}</w:rPr></w:style>'
    other = '<w:style w:type="paragraph" w:styleId="Other"><w:basedOn w:val="Odd"/></w:style>'
    if kind == "character":
        second = marked.r(SECRET, '<w:rStyle w:val="Odd"/>')
        return marked.word(f"{marked.p('Seen.')}<w:p>{second}</w:p>", styles=own)
    name = "Other" if base else "Odd"
    return marked.word(marked.p("Seen.") + marked.p(SECRET, f'<w:pStyle w:val="{name}"/>'), styles=own + other)


@pytest.mark.parametrize("kind", ["paragraph", "character"])
@pytest.mark.parametrize(
    ("properties", "found"),
    [
        ("<w:vanish/>", "hidden_text"),
        ('<w:color w:val="FFFFFF"/>', "white_text"),
        ('<w:color w:val="fdfdfd"/>', "white_text"),
        ('<w:sz w:val="2"/>', "tiny_text"),
        ('<w:highlight w:val="black"/>', "covered_text"),
        ('<w:color w:val="203040"/><w:shd w:val="clear" w:fill="203040"/>', "covered_text"),
    ],
)
def test_styles_of_word_documents_hide_as_well(properties: str, found: str, kind: str) -> None:
    assert probed(styled(properties, kind=kind), "docx") == {found: len(SECRET)}
    assert probed(styled(properties, base="Other"), "docx") == {found: len(SECRET)}


@pytest.mark.parametrize(
    "properties",
    [
        '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>',
        '<w:shd w:val="clear" w:fill="000000"/>',
        '<w:color w:val="auto"/>',
        '<w:vanish w:val="0"/><w:sz w:val="16"/>',
    ],
)
def test_words_of_a_style_that_anybody_sees_are_no_finding(properties: str) -> None:
    assert probed(styled(properties), "docx") == {}


def test_a_paragraph_that_its_style_hides_is_no_text() -> None:
    document = read_document(styled("<w:vanish/>"), document_type="docx")
    assert [page.text for page in document.pages] == ["Seen."]
    data = (HIDING / "hidden-by-style.doc").read_bytes()
    assert SECRET not in read_document(data, document_type="doc").pages[0].text


def test_a_row_that_is_hidden_and_what_is_taken_from_elsewhere() -> None:
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{marked.p(SECRET)}</w:tc></w:tr>"
    assert probed(marked.word(f"<w:tbl>{row}</w:tbl>"), "docx") == {"hidden_text": len(SECRET)}
    links = (
        f'<Relationships><Relationship Id="a" Type="{marked.R}/attachedTemplate" TargetMode="External" '
        f'Target="file:///C:/Users/{SECRET}/Letter.dotx"/><Relationship Id="b" Type="{marked.R}/hyperlink" '
        f'TargetMode="External" Target="https://council.example"/><Relationship Id="c" Type="{marked.R}/image" '
        'TargetMode="External" Target="https://council.example/logo.png"/></Relationships>'
    )
    linked = marked.word(marked.p("Seen."), more={"word/_rels/settings.xml.rels": links})
    assert probed(linked, "docx") == {"document_properties": 1, "external_data": 1}
    assert {one.severity for one in probe_document(linked, document_type="docx").findings} == {"note"}


def test_a_picture_of_which_a_part_was_cut_off() -> None:
    cut = '<w:p><a:blip xmlns:a="a"/><a:srcRect xmlns:a="a" t="40000"/></w:p>'
    assert probed(marked.word(cut), "docx") == {"cropped_picture": 1}
    assert probed(marked.word(cut.replace("40000", "-40000")), "docx") == {}


def _own_colour(book: Workbook) -> None:
    book.active["F2"].font, book.active["F2"].fill = Font(color="FF203040"), PatternFill("solid", "FF203040")


def _tiny(book: Workbook) -> None:
    book.active["F2"].font = Font(size=1)


def _not_shown(book: Workbook) -> None:
    book.active["F2"].number_format = ";;;"


def _white(book: Workbook) -> None:
    book.active["F2"].font = Font(color="FFFFFFFF")


@pytest.mark.parametrize("hide", [_own_colour, _tiny, _not_shown, _white])
def test_cells_that_do_not_show_what_they_hold(hide: Callable[[Workbook], None]) -> None:
    book = books.xlsx()
    book.active["F2"] = SECRET
    assert probed(books.saved(book), "xlsx") == {}
    hide(book)
    assert probed(books.saved(book), "xlsx") == {"hidden_cells": 1}


def test_a_text_that_its_format_does_not_show_is_not_read() -> None:
    book = books.xlsx()
    book.active["F2"] = SECRET
    book.active["F2"].number_format = '0;-0;"";'
    assert SECRET not in read_document(books.saved(book), document_type="xlsx").pages[0].text


def test_a_hidden_sheet_that_is_a_chart() -> None:
    book = books.xlsx()
    chart = LineChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=3))
    sheet = book.create_chartsheet("Drawn")
    sheet.add_chart(chart)
    assert probed(books.saved(book), "xlsx") == {}
    sheet.sheet_state = "hidden"
    assert probed(books.saved(book), "xlsx") == {"hidden_sheet": 1}


def _beside(_show: object, _slide: object, box: object) -> None:
    box.text_frame.text = SECRET  # type: ignore[attr-defined]
    box.left = Inches(40)  # type: ignore[attr-defined]


def _above(_show: object, _slide: object, box: object) -> None:
    box.text_frame.text = SECRET  # type: ignore[attr-defined]
    box.top = Inches(-9)  # type: ignore[attr-defined]


def _small(_show: object, _slide: object, box: object) -> None:
    run = box.text_frame.paragraphs[0].add_run()  # type: ignore[attr-defined]
    run.text, run.font.size = SECRET, Pt(1)


@pytest.mark.parametrize(
    ("change", "found"), [(_beside, "text_outside_page"), (_above, "text_outside_page"), (_small, "tiny_text")]
)
def test_words_of_a_slide_that_nobody_sees(change: Callable[..., None], found: str) -> None:
    assert probed(pptx(change), "pptx") == {found: 1}


PIXEL = b"\x89PNG\r\n\x1a\n"


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    every = ((b"IHDR", bytes(13)), *chunks, (b"IEND", b""))
    return PIXEL + b"".join(struct.pack(">I4s", len(body), kind) + body + bytes(4) for kind, body in every)


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    parts = (struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body for kind, body in segments)
    return b"\xff\xd8" + b"".join(parts) + b"\xff\xda\0\2picture\xff\xd9"


def resource(number: int, body: bytes) -> bytes:
    return b"Photoshop 3.0\0" + b"8BIM" + struct.pack(">HHI", number, 0, len(body)) + body + b"\0" * (len(body) % 2)


def agency(number: int) -> tuple[int, bytes]:
    return 0xED, resource(0x0404, struct.pack(">BBBH", 0x1C, 2, number, len(SECRET)) + SECRET.encode())


PACKET = zlib.compress(b"<rdf:RDF><exif:GPSLatitude>51,3N</exif:GPSLatitude></rdf:RDF>")


@pytest.mark.parametrize(
    ("kind", "data", "found"),
    [
        ("jpg", jpeg(), ()),
        ("png", png((b"tEXt", b"Software\0Painter")), ()),
        ("jpg", jpeg(agency(90)), ("picture_location",)),
        ("jpg", jpeg(agency(80)), ("picture_author",)),
        ("jpg", jpeg(agency(120)), ("picture_remarks",)),
        ("jpg", jpeg((0xED, resource(0x040C, b"small picture"))), ("picture_thumbnail",)),
        ("jpg", jpeg((0xFE, SECRET.encode())), ("picture_remarks",)),
        ("png", png((b"tEXt", b"Comment\0" + SECRET.encode())), ("picture_remarks",)),
        ("png", png((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + PACKET)), ("picture_location",)),
        ("png", png() + b"IDAT" * 99, ("picture_remainder",)),
        ("jpg", jpeg() + jpeg() * 5, ("picture_remainder",)),
        ("png", png() + bytes(400), ()),
    ],
)
def test_what_pictures_tell_beside_what_they_show(kind: str, data: bytes, found: tuple[str, ...]) -> None:
    assert tuple(probed(data, kind)) == found  # type: ignore[arg-type]  # each is a type


def test_pictures_inside_documents_are_looked_at() -> None:
    picture = png((b"tEXt", b"Author\0" + SECRET.encode()))
    assert probed(marked.word(marked.p("Seen."), more={"word/media/a.png": picture}), "docx") == {"picture_author": 1}
    plain = books.saved(books.xlsx())
    assert probed(books.with_parts(plain, {"xl/media/a.png": picture}), "xlsx") == {"picture_author": 1}


@pytest.mark.parametrize(
    ("body", "text", "found"),
    [
        ('<p>Seen</p><p style="visibility: hidden">{}</p>', "Seen", "hidden_text"),
        ('<p>Seen</p><p style="color:red; font-size:1px">{}</p>', "Seen", "hidden_text"),
        ('<p>Seen</p><p style="mso-hide:all">{}</p>', "Seen", "hidden_text"),
        ('<p style="opacity:0.9; font-size:1.2em">Seen</p><p style="opacity:0">{}</p>', "Seen", "hidden_text"),
        ('<p style="color: #FFF">{}</p>', SECRET, "white_text"),
        ('<div bgcolor="navy"><p style="color:#fff">{}</p></div>', SECRET, None),
        ('<p style="color:#fff; background:navy">{}</p>', SECRET, None),
        ('<p style="background-color:#fff">{}</p>', SECRET, None),
        ('<p class="banner" style="color:white">{}</p>', SECRET, None),
    ],
)
def test_web_pages(body: str, text: str, found: str | None) -> None:
    data = f"<html><body>{body.format(SECRET)}</body></html>".encode()
    assert probed(data, "html") == ({found: len(SECRET)} if found else {})
    assert read_document(data, document_type="html").pages[0].text == text


def test_the_route_of_a_mail_and_its_blind_copies_are_noted() -> None:
    mail = mails.eml(Mail(body="Seen."))
    assert probed(mail, "eml") == {}
    head = b"Received: from desk (192.0.2.7) by gate\r\nBcc: " + SECRET.encode() + b" <z@brackenfold.example>\r\n"
    assert probed(head + mail, "eml") == {"mail_route": 1, "blind_copies": 1}
    assert {one.severity for one in probe_document(head + mail, document_type="eml").findings} == {"note"}
    assert probed(mails.msg(Mail(body="Seen.")), "msg") == {}


@pytest.mark.parametrize("kind", ["html", "docx", "png", "jpg"])
def test_hostile_looks_cost_little(kind: str) -> None:
    styles = (f'<w:style w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BA"))
    made: dict[str, bytes] = {
        "html": b"<div style='" + b"opacity:0" * 90_000 + b"'>" + b"<b style='color:#fff'>x" * 200,
        "docx": marked.word(marked.p("x", '<w:pStyle w:val="A"/>') * 2_000, styles="".join(styles)),
        "png": png(*((b"zTXt", b"x" * 10) for _ in range(20_000))),
        "jpg": jpeg(*((0xED, resource(0x0404, b"\x1c\2\x5a\0\1x" * 9_000)) for _ in range(20))),
    }
    assert probe_document(made[kind], document_type=kind).status == "probed"  # type: ignore[arg-type]  # each is a type


def test_files_for_these_tests_are_small() -> None:
    assert sum(path.stat().st_size for path in HIDING.iterdir()) < 1 << 20
