"""What PDFs hold beside what is painted: layers switched off, letters too small, notes, programs, earlier versions."""

import io
from collections.abc import Callable

import pypdf
import pytest
from pypdf.annotations import Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    RectangleObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from tests.parsers.documents.books import SECRET
from tests.parsers.documents.test_probe_pdf import BASE, LEFT, found, pdf


def changed(change: Callable[[pypdf.PdfWriter], None], *, incremental: bool = False) -> bytes:
    """A plain PDF after this change; written on behind its end where ``incremental``."""
    writer = pypdf.PdfWriter(io.BytesIO(pdf(lambda _: None)), incremental=incremental)
    if not incremental:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(lambda _: None)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.drawString(LEFT, BASE, SECRET)


def _tiny_by_scale(canvas: Canvas) -> None:
    canvas.scale(0.1, 0.1)
    canvas.drawString(LEFT * 10, BASE * 10, SECRET)


@pytest.mark.parametrize("draw", [_tiny, _tiny_by_scale])
def test_letters_too_small_to_be_seen(draw: Callable[[Canvas], None]) -> None:
    assert found(pdf(draw)) == {"tiny_text": len(SECRET)}


def _dots(canvas: Canvas) -> None:
    canvas.drawString(LEFT, BASE, ". . . . - - -")


def _mark_of_the_maker(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.setFillGray(1)
    canvas.drawString(LEFT, BASE, "Powered by TCPDF (www.tcpdf.org)")


@pytest.mark.parametrize("draw", [_dots, _mark_of_the_maker])
def test_what_is_low_or_written_on_every_file_is_no_finding(draw: Callable[[Canvas], None]) -> None:
    assert found(pdf(draw)) == {}


@pytest.mark.parametrize(("is_off", "told"), [(True, {"invisible_text": len(SECRET)}), (False, {})])
def test_words_of_a_layer_that_is_switched_off(*, is_off: bool, told: dict[str, int]) -> None:
    def add(writer: pypdf.PdfWriter) -> None:
        layer = writer._add_object(
            DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("L")})
        )
        off = DictionaryObject({NameObject("/OFF"): ArrayObject([layer] if is_off else [])})
        listed = DictionaryObject({NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): off})
        writer.root_object[NameObject("/OCProperties")] = listed
        page = writer.pages[0]
        page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/L"): layer})  # type: ignore[index]  # a dictionary
        more = DecodedStreamObject()
        more.set_data(f"/OC /L BDC BT /F1 12 Tf {LEFT} {BASE} Td ({SECRET}) Tj ET EMC".encode())
        page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), writer._add_object(more)])

    assert found(changed(add)) == told


def test_a_version_that_was_written_over_is_noted() -> None:
    def add(writer: pypdf.PdfWriter) -> None:
        writer.pages[0].mediabox = RectangleObject((0, 0, 595, 840))

    assert found(changed(add)) == {}
    assert found(changed(add, incremental=True)) == {"earlier_versions": 1}
    twice = pdf(lambda _: None) + b"xref\n0 0\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n"
    assert found(twice) == {}


def test_notes_and_programs_are_noted() -> None:
    def add(writer: pypdf.PdfWriter) -> None:
        program = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(program)
        writer.add_annotation(0, Text(rect=(10, 10, 30, 30), text=SECRET))

    assert found(changed(add)) == {"comments": 1, "macros": 1}
