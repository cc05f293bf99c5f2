"""Plain text and HTML files."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.documents.caps import Caps
from parsers.documents.foreign import FOREIGN
from parsers.documents.html import html_text, read_html
from parsers.documents.read import READABLE, read_document
from parsers.documents.records import DocumentType
from parsers.documents.sniff import sniff
from parsers.documents.text import decode, read_text
from tests.patience import spending

WORDS = "Dear requester, the council’s reply costs £20 – section 40(2)."


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("utf-32", None),
        ("utf-16-le", "It has no byte order mark; read as utf-16-le."),
        ("utf-16-be", "It has no byte order mark; read as utf-16-be."),
        ("cp1252", "It is not UTF-8; read as Windows-1252."),
    ],
)
def test_the_encodings_that_offices_send(encoding: str, note: str | None) -> None:
    assert decode(WORDS.encode(encoding)) == (WORDS, note)


WELSH = "Annwyl Syr,\nMae’r tŷ a’r dŵr yn Llŷn: costiodd y caffi £20. Gweler y ‘llythyr’ – diolch…\n"
PLAIN_WELSH = "Annwyl Syr,\nMae'r tŷ a'r dŵr yn Llŷn: costiodd y caffi £20. Ŵyn! GŴYL TŶ.\n"
OLD_ENGLISH = "The café’s reply – “as agreed” – costs £20… It’s half of it.\n"
DOS_ENGLISH = "The café's reply costs £20; it is ½ of what was naïvely agreed.\n"


@pytest.mark.parametrize(
    ("words", "encoding", "note"),
    [
        (WELSH, "utf-32-le", "It has no byte order mark; read as utf-32-le."),
        (WELSH, "utf-32-be", "It has no byte order mark; read as utf-32-be."),
        (WELSH, "utf-16-le", "It has no byte order mark; read as utf-16-le."),
        (PLAIN_WELSH, "iso8859-14", "It is not UTF-8; read as ISO 8859-14."),
        (OLD_ENGLISH, "mac-roman", "It is not UTF-8; read as Macintosh Roman."),
        (OLD_ENGLISH, "cp1252", "It is not UTF-8; read as Windows-1252."),
        (DOS_ENGLISH, "cp850", "It is not UTF-8; read as the code page 850 of DOS."),
        ("costs €30, £20\n", "iso8859-15", "It is not UTF-8; read as ISO 8859-15."),
    ],
)
def test_older_encodings_and_welsh_letters(words: str, encoding: str, note: str) -> None:
    data = words.encode(encoding)
    assert sniff(data) == "txt"
    assert decode(data) == (words, note)


def test_utf8_with_some_other_bytes_stays_utf8() -> None:
    note = "Some bytes are not UTF-8; they were read as Windows-1252."
    assert decode(WELSH.encode() + b"It costs \xa320, \x93all in\x94.") == (WELSH + "It costs £20, “all in”.", note)
    assert decode((WELSH + "…").encode()[:-1])[0].startswith(WELSH)


def test_noughts_and_the_end_mark_of_dos_are_no_text() -> None:
    data = b"Dear requester,\r\nwe hold\0 nothing.\r\n\x1a"
    assert sniff(data) == "txt"
    assert read_text(data).pages[0].text == "Dear requester,\nwe hold nothing.\n"


def test_bytes_of_no_encoding_are_text_all_the_same() -> None:
    text, note = decode(b"caf\xe9 \x81 and \x9d")
    assert (len(text), note) == (12, "It is neither UTF-8 nor Windows-1252; read as ISO 8859-1.")


@given(st.binary(max_size=600))
def test_any_bytes_become_text_that_can_be_stored(data: bytes) -> None:
    for page in read_text(data).pages:
        page.text.encode("utf-8")


def test_a_long_text_is_judged_by_where_its_odd_letters_are() -> None:
    text, note = decode(b"words " * 100_000 + "the café’s £20".encode("cp1252"))
    assert (text[-14:], note) == ("the café’s £20", "It is not UTF-8; read as Windows-1252.")


def test_a_form_feed_begins_a_page_and_lines_end_alike() -> None:
    document = read_text(b"one\r\ntwo\fthree\rfour")
    assert [(page.number, page.text) for page in document.pages] == [(1, "one\ntwo"), (2, "three\nfour")]


def test_an_empty_text_says_so() -> None:
    assert read_text(b" \n").status == "no_text"


LETTER = """<!DOCTYPE html><html><head><title>Reply</title><style>p { color: red }</style></head><body>
<p>Dear <b>requester</b>,
  thank you.</p><p>Our ref:&nbsp;FOI 12<br>3 May 2022</p>
<div>We withhold <span>names</span>.<div>Section 40(2)</div> applies.</div>
<table><tr><th>Document</th><th><p>Why</p></th></tr><tr><td>Minutes</td><td><p>Section 36(2)</p></td></tr></table>
<ul><li>one</li><li>two</li></ul><pre>kept   as
typed</pre>
<script>alert(1)</script><!-- not shown --><p hidden>nor this</p><p style="Display: None">nor that</p></body></html>"""


def test_a_page_reads_as_it_is_shown() -> None:
    assert html_text(LETTER) == (
        "Dear requester, thank you.\n\nOur ref:\xa0FOI 12\n3 May 2022\n\n"
        "We withhold names.\nSection 40(2)\napplies.\n\n"
        "Document   Why\nMinutes   Section 36(2)\n\none\ntwo\n\nkept   as\ntyped"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "iso-8859-15"])
def test_the_declared_encoding_counts(encoding: str) -> None:
    data = f'<html><head><meta charset="{encoding}"></head><body><p>costs £20</p>'.encode(encoding)
    assert [page.text for page in read_html(data).pages] == ["costs £20"]


def test_a_wrong_or_unknown_declaration_is_said() -> None:
    document = read_html(b'<html><meta charset="utf-8"><p>costs \xa320</p>')
    assert (document.pages[0].text, document.detail) == ("costs £20", "It is not in the encoding it declares (utf-8).")
    assert read_html(b'<meta charset="nonsense-9"><p>Dear').pages[0].text == "Dear"


@pytest.mark.parametrize("declared", ["iso-8859-1", "us-ascii", "windows-1252", "cp1252", "WINDOWS1252"])
def test_what_declares_the_encoding_of_windows_may_be_utf8(declared: str) -> None:
    markup = f"<html><head><meta charset={declared}></head><p>“£20” – Tŷ’r Cyngor"
    document = read_html(markup.encode())
    assert document.pages[0].text == "“£20” – Tŷ’r Cyngor"
    if declared != "us-ascii":
        assert document.detail == f"It is not in the encoding it declares ({declared})."


def test_the_older_encoding_is_read_as_browsers_read_it() -> None:
    data = "<html><meta charset=iso-8859-1><p>“£20” – the council’s".encode("cp1252")
    assert [page.text for page in read_html(data).pages] == ["“£20” – the council’s"]


@pytest.mark.parametrize("declared", ["punycode", "idna", "undefined", "unicode_escape", "utf-7", "rot13", "utf-16"])
def test_no_declaration_makes_the_reader_fail(declared: str) -> None:
    document = read_html(f"<html><meta charset={declared}><p>Tŷ a +AGE- \\u0041".encode())
    assert document.pages[0].text == "Tŷ a +AGE- \\u0041"
    assert document.detail == f"It is not in the encoding it declares ({declared})."


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<style>.h { display: none }</style><p class='a h'>no</p><p>yes</p>", "yes"),
        ("<style>@media print { .h { display: none } }</style><p class=h>yes</p>", "yes"),
        ("<style><!-- td.h, .x {mso-hide:all} --></style><table><tr><td class=h>no<td>yes</table>", "yes"),
        ("<table><col><col style='display:none;width:0'><tr><td>a<td>no</tr><tr><td colspan=2>b</table>", "a\nb"),
        ("<table><tr><td><comment>no</comment>yes</td></tr></table>", "yes"),
        ("<details><summary>short</summary>long</details>", "short\nlong"),
    ],
)
def test_what_is_hidden_elsewhere_than_at_its_place_is_not_told(markup: str, text: str) -> None:
    assert html_text(markup) == text


def test_style_sheets_made_to_do_harm_end_in_time() -> None:
    with spending(20):
        html_text(f"<style>{'/*' * 200_000}{'.a{' * 100_000}</style><p>x")
        html_text(f"<style>{'.a{display:none}' * 50_000}</style>" + "<table><col hidden><tr><td>x" * 200)


@given(st.text(alphabet="<>/pdivtrab =\"'&;#\n1", max_size=400))
def test_any_markup_has_some_text(markup: str) -> None:
    assert isinstance(html_text(markup), str)


def test_deep_or_wide_markup_ends_in_time() -> None:
    assert html_text("<div>" * 100_000 + "deep") in {"deep", ""}
    assert html_text("<b><p>x" * 3_000).count("x") > 200
    assert html_text("<p>word</p>" * 20_000).count("word") == 20_000


def test_markup_that_is_xml_or_a_mere_address_gives_no_warning() -> None:
    assert html_text("<?xml version='1.0'?><html><p>Dear</p></html>") == "Dear"
    assert html_text("http://a.example/page") == "http://a.example/page"


def test_every_known_type_has_a_reader_and_what_has_none_is_a_sentence() -> None:
    assert set(get_args(DocumentType)) - {"unknown", *FOREIGN} == READABLE
    rar = read_document(b"Rar!\x1a\x07", document_type="rar")
    assert (rar.status, rar.detail) == ("unsupported", "It is a RAR archive, which is not read here.")
    assert read_document(b"", document_type="unknown").detail == "It is empty."
    assert (
        read_document(b"\0", document_type="unknown").detail == "Its bytes are of no kind of file that is known here."
    )


def test_an_html_page_is_capped() -> None:
    document = read_html(b"<p>" + b"word " * 100, caps=Caps(page_characters=50))
    assert (len(document.pages[0].text), document.detail) == (50, "1 of its pages were cut after 50 characters.")
