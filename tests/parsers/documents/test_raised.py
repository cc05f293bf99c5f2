"""The mark of a note is no digit of the provision, the reference or the day that it stands behind."""

import io
from collections.abc import Callable

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from parsers.documents.read import read_document
from parsers.documents.records import DocumentType
from parsers.letters.reading import read_letter
from parsers.letters.records import LetterContext
from tests.parsers.documents.marked import odt, r, word
from tests.parsers.documents.word97 import Story, Word97

PARTS = (
    ("We refuse this under section 40", "1"), (" of the Freedom of Information Act 2000 and section 43(2)", "23"),
    (" of it. Your request of the 3", "rd"), (" of May has the number FOI/2022/117", "4"), (".", ""),
)  # fmt: skip
SHOWN = (
    "We refuse this under section 40¹ of the Freedom of Information Act 2000 and section 43(2)²³ of it. "
    "Your request of the 3rd of May has the number FOI/2022/117⁴."
)
SUPERSCRIPT = '<w:vertAlign w:val="superscript"/>'


def joined(mark: str) -> str:
    return "".join(words + (mark.format(high) if high else "") for words, high in PARTS)


def in_pdf() -> bytes:
    out = io.BytesIO()
    SimpleDocTemplate(out).build([Paragraph(joined("<super>{}</super>"), getSampleStyleSheet()["Normal"])])
    return out.getvalue()


def in_docx() -> bytes:
    return word(f"<w:p>{''.join(r(words) + r(high, SUPERSCRIPT) for words, high in PARTS)}</w:p>")


def in_docx_by_style() -> bytes:
    styles = (
        f'<w:style w:type="character" w:styleId="Mark"><w:rPr>{SUPERSCRIPT}</w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Mine"><w:basedOn w:val="Mark"/></w:style>'
    )
    runs = (r(words) + r(high, '<w:rStyle w:val="Mine"/>') for words, high in PARTS)
    return word(f"<w:p>{''.join(runs)}</w:p>", styles=styles)


def in_odt(position: str) -> bytes:
    style = f'<style:style style:name="S" style:family="text"><style:text-properties style:text-position="{position}"/>'
    body = joined('<text:span text:style-name="S">{}</text:span>')
    return odt(f"<text:p>{body}</text:p>", automatic=f"{style}</style:style>")


def in_rtf() -> bytes:
    return (r"{\rtf1\ansi " + joined(r"{{\super {}}}") + "}").encode("ascii")


def in_rtf_without_groups() -> bytes:
    return (r"{\rtf1\ansi " + joined(r"\up6 {}\up0 ") + "}").encode("ascii")


def in_doc() -> bytes:
    story = Story()
    for words, high in PARTS:
        story = story.say(words).say(high, b"\x48\x2a\x01")
    return Word97(story.end()).bytes()


def in_html(mark: str) -> bytes:
    return f"<p>{joined(mark)}</p>".encode()


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("pdf", in_pdf),
        ("docx", in_docx),
        ("docx", in_docx_by_style),
        ("odt", lambda: in_odt("super 58%")),
        ("odt", lambda: in_odt("33% 58%")),
        ("rtf", in_rtf),
        ("rtf", in_rtf_without_groups),
        ("doc", in_doc),
        ("html", lambda: in_html("<sup><a>{}</a></sup>")),
        ("html", lambda: in_html('<span style="vertical-align: super">{}</span>')),
    ],
    ids=["pdf", "docx", "docx style", "odt", "odt share", "rtf", "rtf up", "doc", "html", "html style"],
)  # fmt: skip
def test_raised_numbers_are_marks_whatever_the_format(kind: DocumentType, make: Callable[[], bytes]) -> None:
    (page,) = read_document(make(), document_type=kind).pages
    assert " ".join(page.text.split()) == SHOWN
    reading = read_letter([page.text], context=LetterContext())
    assert [one.provision for one in reading.citations] == ["40", "43(2)"]
    assert [one.value for one in reading.references] == ["FOI/2022/117"]


def test_lowered_numbers_and_numbers_in_small_print_are_numbers() -> None:
    lowered = word("<w:p>" + r("CO") + r("2", SUPERSCRIPT.replace("super", "sub")) + "</w:p>")
    assert read_document(lowered, document_type="docx").pages[0].text == "CO2"
    out = io.BytesIO()
    line = '<font size="12">Section <font size="7">40(2)</font> of 2000, CO<sub>2</sub></font>'
    SimpleDocTemplate(out).build([Paragraph(line, getSampleStyleSheet()["Normal"])])
    assert read_document(out.getvalue(), document_type="pdf").pages[0].text.startswith("Section 40(2) of 2000, CO2")
