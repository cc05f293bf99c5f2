"""CSV files of every make, and slides in the order in which they are read."""

import io
from collections.abc import Callable

import pytest
from pptx import Presentation
from pptx.util import Inches

from parsers.documents.caps import Caps
from parsers.documents.read import read_document
from parsers.documents.records import DocumentText
from tests.parsers.documents import books
from tests.parsers.documents.probing import pptx
from tests.patience import spending


def csv(data: bytes, caps: Caps | None = None) -> DocumentText:
    return read_document(data, document_type="csv", caps=caps or Caps())


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a;b;c\r\n1;\"x;y\";3\r\n", "A1: a | B1: b | C1: c\nA2: 1 | B2: x;y | C2: 3"),
        ("Name,Café\n\"two\nlines\",2\n".encode("utf-8-sig"), "A1: Name | B1: Café\nA2: two lines | B2: 2"),
        (b"\xa3 5\t6\n7\t8\n", "A1: £ 5 | B1: 6\nA2: 7 | B2: 8"),
        ("a,b\n1,2\n".encode("utf-16"), "A1: a | B1: b\nA2: 1 | B2: 2"),
        (b"sep=|\r\na|b, c\r\n", "A1: a | B1: b, c"),
        (b"1,5;2,5\n3,5;4,5\n", "A1: 1,5 | B1: 2,5\nA2: 3,5 | B2: 4,5"),
        (b"a,,c\n,,\n,b,\n", "A1: a | C1: c\nB3: b"),
        (b"one\ntwo\n", "A1: one\nA2: two"),
        (b"a\0b,c\n", "A1: ab | B1: c"),
        (b"\"it said \"\"no\"\"\",2\n", 'A1: it said "no" | B1: 2'),
        (b"x,\"never ends\n2,3\n", "A1: x | B1: never ends 2,3"),
    ],
)  # fmt: skip
def test_rows_of_any_make(data: bytes, text: str) -> None:
    document = csv(data)
    assert (document.status, [page.text for page in document.pages]) == ("read", [text])


def test_an_empty_file_holds_no_text() -> None:
    assert csv(b"").status == csv(b"\r\n,,\r\n").status == "no_text"


@pytest.mark.parametrize("data", [b"a," * 2_000_000, b'"' * 4_000_000, b"x" * 4_000_000, b",\n" * 1_000_000])
def test_hostile_rows_cost_little(data: bytes) -> None:
    with spending(30):
        document = csv(data)
    assert all(len(page.text) <= Caps().page_characters for page in document.pages)


def test_a_long_file_goes_on_on_further_pages() -> None:
    document = csv(b"word,word\n" * 100, Caps(page_characters=50))
    lines = "\n".join(page.text for page in document.pages).split("\n")
    assert lines == [f"A{number}: word | B{number}: word" for number in range(1, 101)]
    assert max(len(page.text) for page in document.pages) <= 50
    cut = csv(b"word,word\n" * 100, Caps(page_characters=50, pages=2))
    assert (len(cut.pages), cut.detail) == (2, "Only the first 2 pages were read.")


def _layout(_show: object, slide: object, box: object) -> None:
    shapes = slide.shapes  # type: ignore[attr-defined]  # the library has no types
    box.text_frame.text = "below"  # type: ignore[attr-defined]
    box.top = Inches(5)  # type: ignore[attr-defined]
    shapes.add_textbox(Inches(5), Inches(2), Inches(2), Inches(1)).text_frame.text = "right"
    shapes.add_textbox(Inches(1), Inches(2.1), Inches(2), Inches(1)).text_frame.text = "left\nand more"
    table = shapes.add_table(2, 2, Inches(1), Inches(3), Inches(4), Inches(1)).table
    for number, words in enumerate(("Year", "Cost", "2020", "£12")):
        table.cell(number // 2, number % 2).text = words
    group = shapes.add_group_shape()
    group.shapes.add_textbox(Inches(4), Inches(6), 10, 10).text_frame.text = "second of a group"
    group.shapes.add_textbox(Inches(1), Inches(6), 10, 10).text_frame.text = "first of a group"


def test_a_slide_is_read_from_its_title_down() -> None:
    (page,) = read_document(pptx(_layout), document_type="pptx").pages
    assert page.title == "Costs"
    assert page.text == (
        "Costs\n\nleft\nand more\n\nright\n\nYear   Cost\n2020   £12\n\nbelow\n\nfirst of a group\nsecond of a group"
    )


def test_slides_are_numbered_as_they_are_shown() -> None:
    show = Presentation()
    for title in ("First", "Second", "Third"):
        show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = title
    order = show.slides._sldIdLst
    order.insert(0, order[2])
    out = io.BytesIO()
    show.save(out)
    pages = read_document(out.getvalue(), document_type="pptx").pages
    assert [(page.number, page.title) for page in pages] == [(1, "Third"), (2, "First"), (3, "Second")]


def _empty(data: bytes) -> bytes:
    return books.with_parts(data, {"ppt/presentation.xml": "<presentation/>"})


def _entities(data: bytes) -> bytes:
    return books.with_parts(data, {"ppt/slides/slide1.xml": '<!DOCTYPE a [<!ENTITY b "b">]><sld>&b;</sld>'})


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize(("change", "status"), [(_empty, "no_text"), (_entities, "bomb"), (_half, "damaged")])
def test_slides_that_are_no_slides(change: Callable[[bytes], bytes], status: str) -> None:
    assert read_document(change(pptx()), document_type="pptx").status == status
