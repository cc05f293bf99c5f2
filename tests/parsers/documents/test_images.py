"""Pictures are documents too, whatever their dots, and a page is turned, straightened and cleaned before it is read."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageChops, ImageDraw

from parsers.documents.read import read_document
from parsers.documents.records import DocumentType
from parsers.documents.scans.dots import DOTS_PER_INCH
from parsers.documents.scans.raster import MOST_DOTS, rasters
from parsers.documents.sniff import sniff
from tests.parsers.documents import samples
from tests.parsers.documents.scans import CLEAN, Scanner, pictures, printed, scanned, words

PAGE = pictures(printed(words("eir_refusal")))[0]


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def drawn(data: bytes, number: int = 1, *, document_type: DocumentType | None = None) -> Image.Image:
    (page,), dots = rasters(data, document_type=document_type or sniff(data), numbers=[number])
    assert page.problem is None
    return Image.frombytes("L", (page.width, page.height), dots)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF"])
def test_a_picture_is_a_document_of_pages_that_want_reading(kind: str) -> None:
    data = saved(PAGE, kind)
    document = read_document(data, document_type=sniff(data))
    assert [(page.number, page.text, page.wants_ocr) for page in document.pages] == [(1, "", "picture")]
    assert drawn(data).size == PAGE.size


def test_a_fax_has_many_pages_and_dots_that_are_higher_than_wide() -> None:
    pages = [PAGE.convert("1").resize((1728, 1143))] * 3
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(204, 98))
    assert len(read_document(data, document_type="tiff").pages) == 3
    width, height = drawn(data, 3).size
    assert height / width == pytest.approx((1143 / 98) / (1728 / 204), rel=0.01)


def test_what_is_clear_is_white() -> None:
    clear = Image.new("RGBA", (600, 800), (0, 0, 0, 0))
    ImageDraw.Draw(clear).rectangle((100, 100, 500, 120), fill=(0, 0, 0, 255))
    assert drawn(saved(clear, "PNG")).getpixel((5, 5)) == 255


DOTS = {
    "CMYK": lambda: saved(PAGE.convert("CMYK"), "JPEG"),
    "CMYK, packed": lambda: saved(PAGE.convert("CMYK"), "TIFF", compression="tiff_lzw"),
    "palette": lambda: saved(PAGE.convert("P"), "PNG"),
    "grey and clear": lambda: saved(PAGE.convert("LA"), "PNG"),
    "16 bits": lambda: saved(_of_16_bits(), "PNG"),
    "16 bits in a fax": lambda: saved(_of_16_bits(), "TIFF"),
    "32 bits": lambda: saved(PAGE.convert("I"), "TIFF"),
    "fractions to 255": lambda: saved(PAGE.convert("F"), "TIFF"),
    "fractions to 1": lambda: saved(PAGE.convert("F").point(lambda level: level * (1 / 255)), "TIFF"),
    "black and white": lambda: saved(PAGE.convert("1"), "TIFF", compression="group4"),
    "an album's": lambda: saved(PAGE.convert("RGB"), "JPEG", progressive=True),
}


def _of_16_bits() -> Image.Image:
    return PAGE.convert("I").point(lambda level: level * 257).convert("I;16")


@pytest.mark.parametrize("kind", DOTS)
def test_dots_of_every_kind_are_black_on_white(kind: str) -> None:
    picture = drawn(DOTS[kind]())
    assert picture.size == PAGE.size
    light = ImageChops.difference(picture, PAGE).resize((60, 80), Image.Resampling.BOX)
    assert max(light.tobytes()) < 60, "the same places are dark"


@pytest.mark.parametrize(("said", "turned"), [(1, 0), (3, 180), (6, 90), (8, 270)])
def test_a_photograph_is_turned_as_the_camera_says(said: int, turned: int) -> None:
    camera = Image.Exif()
    camera[0x112] = said
    data = saved(PAGE.convert("RGB").rotate(turned, expand=True), "JPEG", exif=camera.tobytes())
    picture = drawn(data)
    light = ImageChops.difference(picture, PAGE.resize(picture.size)).resize((60, 80), Image.Resampling.BOX)
    assert max(light.tobytes()) < 60


def test_of_a_picture_that_moves_the_first_is_read_and_the_rest_told_of() -> None:
    data = saved(PAGE.convert("RGB"), "GIF", save_all=True, append_images=[Image.new("RGB", PAGE.size)])
    document = read_document(data, document_type="gif")
    assert len(document.pages) == 1
    assert "It moves; only the first of its pictures is read." in str(document.detail)
    assert "moves" not in str(read_document(saved(PAGE, "GIF"), document_type="gif").detail)


def test_a_logo_is_no_page() -> None:
    document = read_document(saved(Image.new("L", (120, 60), 90), "PNG"), document_type="png")
    assert (document.status, document.pages[0].wants_ocr) == ("no_text", None)
    assert document.detail == "It holds no text. It is a picture of 120 by 60 dots: too small for a page of text."


def test_a_picture_that_unpacks_to_far_more_is_not_unpacked() -> None:
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data += struct.pack(">I", 8) + b"IDAT" + bytes(8) + struct.pack(">I", 0)
    document = read_document(data, document_type="png")
    assert document.status == "too_big"
    assert document.detail == "It is 50,000 by 50,000 dots; more than 80,000,000 are not opened."


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF"])
def test_a_damaged_picture_is_a_row_that_says_so(kind: str) -> None:
    data = saved(PAGE, kind)
    assert read_document(data[:30], document_type=sniff(data)).status == "damaged"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF"])
def test_of_a_picture_that_is_cut_the_whole_part_is_drawn_and_the_rest_is_white(kind: str) -> None:
    data = saved(PAGE, kind, interlace=0)
    (page,), dots = rasters(data[: len(data) * 6 // 10], document_type=sniff(data), numbers=[1])
    assert (page.is_cut, page.problem, page.width * page.height) == (True, None, len(dots))
    part = Image.frombytes("L", (page.width, page.height), dots).resize((60, 80), Image.Resampling.BOX)
    whole = drawn(data).resize((60, 80), Image.Resampling.BOX)
    assert max(ImageChops.difference(part, whole).crop((0, 0, 60, 12)).tobytes()) < 60
    assert min(part.crop((0, 76, 60, 80)).tobytes()) > 240
    (entire,), _ = rasters(data, document_type=sniff(data), numbers=[1])
    assert not entire.is_cut


def test_a_large_sheet_is_drawn_more_coarsely() -> None:
    def draw(canvas: object) -> None:
        canvas.setPageSize((3400, 2400))  # type: ignore[attr-defined]  # reportlab's canvas has no types for this

    (page,), dots = rasters(samples.pdf(draw), document_type="pdf", numbers=[1])
    assert len(dots) <= 1.01 * MOST_DOTS
    assert page.dots_per_inch < DOTS_PER_INCH


@pytest.mark.parametrize("lean", [-5.5, -1.0, 0.0, 0.6, 3.0])
def test_a_leaning_page_is_set_straight(lean: float) -> None:
    straight = drawn(scanned(printed(words("foia_ncnd_police")), Scanner(lean=lean)))
    (page,), _ = rasters(saved(straight, "PNG"), document_type="png", numbers=[1])
    rows = straight.resize((1, straight.height), Image.Resampling.BOX).tobytes()
    assert page.turned == 0
    assert rows.count(255) > straight.height / 3, "white runs across between the lines"


@pytest.mark.parametrize(("turned", "tried"), [(0, {0}), (90, {90, 270}), (180, {0}), (270, {90, 270})])
def test_a_page_on_its_side_is_turned(turned: int, tried: set[int]) -> None:
    data = scanned(printed(words("foia_ncnd_police")), Scanner(turned=turned))
    (page,), _ = rasters(data, document_type="pdf", numbers=[1])
    assert page.turned in tried
    assert sorted({page.turned, *page.other_turns}) == [0, 90, 180, 270]
    assert page.other_turns[0] == (page.turned + 180) % 360


def test_grain_is_taken_out_and_fine_print_left_alone() -> None:
    fine = printed(words("foia_ncnd_police"), size=7)
    (clean,), _ = rasters(scanned(fine, CLEAN), document_type="pdf", numbers=[1])
    (grainy,), _ = rasters(scanned(fine, Scanner(grain=14)), document_type="pdf", numbers=[1])
    assert (clean.smoothed, grainy.smoothed) == (False, True)
    (asked,), _ = rasters(scanned(fine, CLEAN), document_type="pdf", numbers=[1], smooth=True)
    assert asked.smoothed


def test_a_page_that_is_not_there_has_a_problem_and_no_dots() -> None:
    (page,), dots = rasters(samples.plain(), document_type="pdf", numbers=[9])
    assert (page.problem, page.width, dots) == ("it cannot be drawn", 0, b"")
