"""Words of a PDF that nobody sees: under boxes and pictures, in white, off the page; and those that anybody sees."""

import io
from collections.abc import Callable

import pypdf
import pytest
from PIL import Image
from pypdf.annotations import Highlight, Rectangle
from pypdf.generic import ArrayObject, NameObject
from reportlab.lib.colors import black, blue, white, yellow
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from parsers.documents.probes.probe import probe_document
from tests.parsers.documents import samples
from tests.parsers.documents.books import SECRET
from tests.parsers.documents.probing import kinds

LEFT, BASE = 100, 500


def pdf(draw: Callable[[Canvas], None]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setAuthor("")
    canvas.setFont("Helvetica", 12)
    canvas.drawString(LEFT, 700, "This line is plain to see.")
    draw(canvas)
    canvas.save()
    return out.getvalue()


def found(data: bytes) -> dict[str, int]:
    probe = probe_document(data, document_type="pdf")
    assert SECRET not in repr(probe)
    return {kind: count for kind, count in kinds(probe).items() if kind != "document_properties"}


def _word(canvas: Canvas) -> None:
    canvas.drawString(LEFT, BASE, SECRET)


def _box(canvas: Canvas) -> None:
    canvas.rect(LEFT - 4, BASE - 5, 80, 20, stroke=0, fill=1)


def _black_box_over(canvas: Canvas) -> None:
    _word(canvas)
    _box(canvas)


def _black_box_under(canvas: Canvas) -> None:
    _box(canvas)
    _word(canvas)


def _white_box_over(canvas: Canvas) -> None:
    _word(canvas)
    canvas.setFillColor(white)
    _box(canvas)


def _part_of_a_line(canvas: Canvas) -> None:
    canvas.drawString(LEFT, BASE, f"The officer was {SECRET} of this council.")
    width = canvas.stringWidth("The officer was ", "Helvetica", 12)
    canvas.rect(LEFT + width - 1, BASE - 4, canvas.stringWidth(SECRET, "Helvetica", 12) + 2, 16, stroke=0, fill=1)


def _in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("inner")
    _word(canvas)
    _box(canvas)
    canvas.endForm()
    canvas.translate(30, -60)
    canvas.doForm("inner")


def _picture_over(canvas: Canvas) -> None:
    _word(canvas)
    canvas.drawImage(ImageReader(Image.new("RGB", (10, 10), "black")), LEFT - 5, BASE - 5, 90, 20)


def _in_far_corners(canvas: Canvas) -> None:
    for x, y in ((20, 20), (500, 800)):
        canvas.drawString(x, y, SECRET)
        canvas.rect(x - 2, y - 3, 60, 14, stroke=0, fill=1)


def _among_many_words(canvas: Canvas) -> None:
    for number in range(450):
        canvas.drawString(20 + number % 9 * 60, 30 + number // 9 * 13, "word" if number != 225 else SECRET)
    canvas.setFillColor(white)
    canvas.rect(19, 30 + 225 // 9 * 13 - 3, 52, 12.5, stroke=0, fill=1)


def _in_a_shaded_row(canvas: Canvas) -> None:
    for number in range(40):
        canvas.setFillGray(0.9 if number % 2 else 0.8)
        canvas.rect(50, 600 - 14 * number, 500, 14, stroke=0, fill=1)
        canvas.setFillGray(0.8 if number == 20 else 0)
        canvas.drawString(60, 603 - 14 * number, SECRET if number == 20 else "A row that anybody reads.")


def _picture_over_the_page(canvas: Canvas) -> None:
    _word(canvas)
    canvas.drawImage(ImageReader(Image.new("RGB", (10, 10), "white")), 0, 290, 595, 400)
    canvas.drawString(LEFT, 300, "This line is painted over the picture and plain to see.")


def _white_words(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    _word(canvas)


def _no_colour(canvas: Canvas) -> None:
    text = canvas.beginText(LEFT, BASE)
    text.setTextRenderMode(3)
    text.textOut(SECRET)
    canvas.drawText(text)


def _black_on_a_black_picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (10, 10), "black")), LEFT - 5, BASE - 5, 90, 20)
    _word(canvas)


def _running_off_the_page(canvas: Canvas) -> None:
    before = "The officer was "
    canvas.drawString(595 - canvas.stringWidth(before, "Helvetica", 12), BASE, before + SECRET)


def _off_the_page(canvas: Canvas) -> None:
    canvas.drawString(LEFT, -40, SECRET)


@pytest.mark.parametrize(
    ("draw", "kind"),
    [
        (_black_box_over, "covered_text"),
        (_black_box_under, "covered_text"),
        (_white_box_over, "covered_text"),
        (_part_of_a_line, "covered_text"),
        (_in_a_form, "covered_text"),
        (_picture_over, "covered_text"),
        (_in_a_shaded_row, "invisible_text"),
        (_picture_over_the_page, "covered_text"),
        (_white_words, "invisible_text"),
        (_no_colour, "invisible_text"),
        (_black_on_a_black_picture, "covered_text"),
        (_running_off_the_page, "text_outside_page"),
        (_off_the_page, "text_outside_page"),
    ],
)
def test_words_that_nobody_sees_are_found(draw: Callable[[Canvas], None], kind: str) -> None:
    assert found(pdf(draw)) == {kind: len(SECRET)}


def test_each_hidden_word_is_found_wherever_it_stands_and_however_many_are_plain() -> None:
    assert found(pdf(_in_far_corners)) == {"covered_text": 2 * len(SECRET)}
    assert found(pdf(_among_many_words)) == {"covered_text": len(SECRET)}


def test_a_page_whose_corner_is_not_at_nought_is_looked_at_where_it_lies() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(_black_box_over)))
    writer.pages[0].add_transformation(pypdf.Transformation().translate(1000, -3000))
    for box in (writer.pages[0].mediabox, writer.pages[0].cropbox):
        box.lower_left, box.upper_right = (1000 + LEFT - 20, -3000 + 300), (1595, -3000 + 842)
    out = io.BytesIO()
    writer.write(out)
    assert found(out.getvalue()) == {"covered_text": len(SECRET)}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_looked_at_as_it_lies(turn: int) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(_black_box_over)))
    writer.pages[0].rotate(turn)
    out = io.BytesIO()
    writer.write(out)
    assert found(out.getvalue()) == {"covered_text": len(SECRET)}


def _letterhead(canvas: Canvas) -> None:
    canvas.setFillColor(blue)
    canvas.rect(0, 760, 600, 80, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.drawString(LEFT, 800, "Mallowshire District Council")


def _letterhead_on_a_picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (10, 10), "navy")), 0, 760, 600, 80)
    canvas.setFillColor(white)
    canvas.drawString(LEFT, 800, "Mallowshire District Council")


def _highlighted(canvas: Canvas) -> None:
    canvas.setFillColor(yellow)
    _box(canvas)
    canvas.setFillColor(black)
    _word(canvas)


def _underlined_and_framed(canvas: Canvas) -> None:
    _word(canvas)
    canvas.rect(LEFT, BASE - 2, 60, 0.7, stroke=0, fill=1)
    canvas.rect(LEFT - 4, BASE - 5, 80, 20, stroke=1, fill=0)


def _see_through(canvas: Canvas) -> None:
    _word(canvas)
    canvas.setFillColor(yellow, alpha=0.4)
    _box(canvas)


def _box_over_nothing(canvas: Canvas) -> None:
    canvas.rect(LEFT, 200, 80, 20, stroke=0, fill=1)


def _spaces_in_white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.drawString(LEFT, BASE, "   .   -  ")


@pytest.mark.parametrize(
    "draw",
    [
        _letterhead,
        _letterhead_on_a_picture,
        _highlighted,
        _underlined_and_framed,
        _see_through,
        _box_over_nothing,
        _spaces_in_white,
    ],
)
def test_words_that_anybody_sees_are_no_finding(draw: Callable[[Canvas], None]) -> None:
    assert found(pdf(draw)) == {}


def _scan(canvas: Canvas, *, redacted: bool) -> None:
    page = Image.new("L", (595, 842), "white")
    for x in range(100, 160, 4):
        page.paste(0, (x, 842 - 512, x + 2, 842 - 498))
    if redacted:
        page.paste(0, (96, 842 - 515, 170, 842 - 495))
    canvas.drawImage(ImageReader(page), 0, 0, 595, 842)
    _no_colour(canvas)


def test_the_recognised_words_of_a_scan_are_no_finding_unless_the_scan_is_black_there() -> None:
    assert found(pdf(lambda canvas: _scan(canvas, redacted=False))) == {}
    assert found(pdf(lambda canvas: _scan(canvas, redacted=True))) == {"covered_text": len(SECRET)}


def test_marks_and_files_inside() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(_word)))
    writer.add_attachment("pay.xlsx", b"PK")
    note = Highlight(rect=(100, 690, 200, 712), quad_points=ArrayObject())
    writer.add_annotation(0, note)
    mark = Rectangle(rect=(LEFT, BASE - 4, 170, BASE + 12))
    mark[NameObject("/Subtype")] = NameObject("/Redact")
    writer.add_annotation(0, mark)
    out = io.BytesIO()
    writer.write(out)
    told = found(out.getvalue())
    assert told["attached_file"] == 1
    assert told["annotations"] == 2
    assert told["unapplied_redaction"] == 1


def test_what_cannot_be_opened_is_not_cleared() -> None:
    assert probe_document(samples.encrypted(), document_type="pdf").status == "encrypted"
    assert probe_document(b"%PDF-1.7\nnothing", document_type="pdf").status == "damaged"


def test_many_objects_cost_little() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(6_000):
            canvas.drawString(number % 500, 20 + number // 20, "word")
            canvas.rect(number % 500, 20 + number // 20, 5, 5, stroke=0, fill=1)

    assert probe_document(pdf(draw), document_type="pdf").status == "probed"
