"""What texts of word processors hold beside what they show."""

from collections.abc import Callable

import pytest
from docx.shared import Pt, RGBColor
from odfdo import Paragraph

from tests.parsers.documents import books
from tests.parsers.documents.probing import SECRET, docx, odt, probed, rtf


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
