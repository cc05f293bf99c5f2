"""Rich text: what is shown is read, where it is shown; what is not shown is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from striprtf.striprtf import rtf_to_text

from parsers.documents.word.rtf import read_rtf
from tests.parsers.documents.layouts import Laid, as_rtf
from tests.patience import spending

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}{\f2\fcharset238 Old;}}"


def text(body: str) -> str:
    """The pages of a file with this body, parted by a line."""
    document = read_rtf(f"{HEAD}{body}}}".encode("latin-1"))
    assert (document.status, document.detail) == ("read", None)
    return "\n=====\n".join(page.text for page in document.pages)


def test_characters_in_every_way_that_they_are_written() -> None:
    body = r"caf\'e9 \u8217?s \'93q\'94 \u-10179?\u-8704? {\uc2 \u8364ab}x {\f1\'b7} {\f2\'b3} "
    body += r"\~\_\-\{a\}\\ \emdash \lquote"
    assert text(body) == "café ’s “q” \U0001f600 €x • ł \xa0\u2011{a}\\ —‘"
    assert text("\u00e9 as it is, and\r\n in two lines") == "é as it is, and in two lines"
    assert text(r"a\tab b\line c\par\pard d") == "a   b\nc\nd"


def test_what_is_not_shown_is_not_read() -> None:
    body = r"shown{\v hidden}{\deleted deleted}{\*\unknown star}{\info{\title T}}{\*\annotation note}"
    body += r"{\pict\wmetafile8 0a0b}"
    body += r"\v secret\v0  again {\xe{\v index}}{\*\bkmkstart b}"
    assert text(body) == "shown again"


def test_fields_and_forms_show_what_they_last_showed() -> None:
    body = r"on {\field{\*\fldinst {DATE}}{\fldrslt {3 May 2022}}} "
    body += r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres1}}}{\fldrslt}} "
    body += r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres0\ffdefres1}}}{\fldrslt}} "
    body += r"{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl Full}{\*\ffl Part}}}}{\fldrslt}}"
    assert text(body) == "on 3 May 2022 ☒ ☐ Part"


def test_lists_have_the_numbers_that_are_shown() -> None:
    body = r"\pard{\listtext\pard\plain\f1\'b7\tab}point\par\pard{\listtext\pard\plain (a)\tab}item\par"
    body += r"{\*\pn\pnlvlbody{\pntxta .}}{\pntext\f0 3.\tab}old\par"
    assert text(body) == "• point\n(a) item\n3. old"


def test_tables_are_read_row_by_row_and_inside_each_other() -> None:
    row = r"\trowd\pard\intbl a\cell\pard\intbl b\par c\cell\row"
    assert text(rf"before\par{row}{row}\pard after\par") == "before\n\na   b\nc\na   b\nc\n\nafter"
    inner = r"\pard\intbl\itap2 in 1\nestcell in 2\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
    assert text(rf"\trowd{inner}\pard\intbl x\cell y\cell\row") == "in 1   in 2\n\nx\n\ny"
    assert text(r"\pard\intbl torn\cell row\pard\par after") == "torn   row\n\nafter"
    assert text(r"never\cell ended\cell ") == "never   ended"


def test_boxes_notes_headers_and_footers_stand_where_they_are_shown() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard Civic Way\par}}"
    box += r"{\shprslt{\*\do{\dptxbxtext Civic Way}}}}"
    body = (
        r"{\header Head\par}{\headerf no\par}{\footer Foot\par}\pard "
        + box
        + r"Dear{\footnote\pard{\super\chftn} why\par}\par"
    )
    assert text(body) == "Head\n\nCivic Way\n\nDear¹\n\n¹ why\n\nFoot"
    assert text(r"\titlepg{\headerf First\par}{\header Head\par}x") == "First\n\nHead\n\nx"
    assert text(r"{\*\do\dobxcolumn{\dptxbxtext\pard old box\par}}x\par") == "old box\n\nx"


def test_pages_are_those_that_the_writer_began() -> None:
    body = r"one\page two\par\sect\sectd\sbknone three\par\sect\sectd four\par\pard\pagebb five\par"
    assert text(body) == "one\n=====\ntwo\nthree\n=====\nfour\n=====\nfive"


def test_bytes_of_a_picture_are_passed_over() -> None:
    assert text("a{\\pict\\bin5 {}{}}} b") == "a b"


def test_a_file_that_ends_early_is_read_and_says_so() -> None:
    document = read_rtf(HEAD.encode() + b" Dear {\\b requester")
    assert (document.status, document.pages[0].text) == ("read", "Dear requester")
    assert document.detail == "It ends before its groups do, so that something may be missing."
    assert read_rtf(b"{\\rtf1" + b"{" * 600).status == "damaged"
    assert read_rtf(b"{\\rtf1 {\\pict 00}}").detail == "It holds no text. It holds a picture."
    assert read_rtf(b"{\\rtf1 x}}}}{{ \\cell\\row more").pages[0].text == "x"


@pytest.mark.parametrize(
    "body",
    [
        r"\cell" * 200_000,
        r"\u1" * 300_000,
        r"{\field" * 400,
        r"\itap99999 x\par" * 2000,
        "\\'" * 400_000,
        "{}" * 400_000,
    ],
)
def test_marks_without_end_are_read_in_time(body: str) -> None:
    with spending(30):
        read_rtf(HEAD.encode() + body.encode())


@given(st.text(alphabet="\\{}'*\n abcellrowpardintbl019u-?;", max_size=300))
def test_any_marks_have_some_text(body: str) -> None:
    assert read_rtf(b"{\\rtf1" + body.encode()).status in {"read", "no_text", "damaged"}


def test_all_that_striprtf_finds_is_found() -> None:
    data = as_rtf(Laid(body=tuple(f"Line {number} of a letter’s section {number}(2)." for number in range(1, 30))))
    theirs = rtf_to_text(data.decode("ascii"))  # type: ignore[no-untyped-call]  # it has no types
    assert " ".join(page.text for page in read_rtf(data).pages).split() == theirs.split()
