"""What files hold beside what they show is found, counted and never told."""

import struct
from collections.abc import Callable

import pytest

from parsers.documents.probes.probe import PROBERS, probe_document
from parsers.documents.probes.probe_findings import KINDS, NOTES, Findings, Probe
from parsers.documents.read import read_document
from parsers.documents.records import DocumentType
from tests.parsers.documents import books
from tests.parsers.documents.containers import ole_file
from tests.parsers.documents.probing import SECRET, docx, odt, pptx, probed, rtf

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("xlsx", lambda: books.saved(books.xlsx())),
        ("xls", books.xls),
        ("xlsb", books.xlsb),
        ("ods", books.ods),
        ("docx", docx),
        ("odt", odt),
        ("pptx", pptx),
        ("rtf", lambda: rtf("Plain words.")),
        ("csv", lambda: b"a,b\n1,2\n"),
        ("txt", lambda: b"words"),
        ("html", lambda: b"<p>words</p>"),
    ],
)
def test_plain_files_hide_nothing(kind: DocumentType, make: Callable[[], bytes]) -> None:
    assert probe_document(make(), document_type=kind) == Probe(status="probed")


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
