"""Word documents: what is shown is read, where it is shown; what is not shown is not."""

import io

import docx
import pytest

from parsers.documents.caps import Caps
from parsers.documents.sniff import sniff
from parsers.documents.word.docx import read_docx
from tests.parsers.documents.layouts import Laid, as_docx
from tests.parsers.documents.marked import R, W, field, p, r, word

NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Clause"/>'
    '<w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>"
)


def text(body: str, **parts: str) -> str:
    """The pages of a document with this body, parted by a line."""
    document = read_docx(word(body, **parts))  # type: ignore[arg-type]  # only names of parts
    assert (document.status, document.detail) == ("read", None)
    return "\n=====\n".join(page.text for page in document.pages)


def item(words: str, level: int = 0, use: int = 1) -> str:
    return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{use}"/></w:numPr>')


def test_lists_have_the_numbers_that_are_shown() -> None:
    body = item("one") + item("two") + item("two a", 1) + item("deep", 2) + item("two b", 1) + item("three")
    body += item("point", use=2) + item("five", use=3) + item("", 0) + p("plain")
    shown = "1. one|2. two|(a) two a|2.a.I deep|(b) two b|3. three|• point|5. five||plain"
    assert text(body, numbering=NUMBERING) == shown.replace("|", "\n")


def test_a_style_may_bring_the_number_and_be_switched_off() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="Clause"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Ring"><w:basedOn w:val="Ring"/></w:style>'
    )
    body = p("one", '<w:pStyle w:val="Clause"/>') + p("two", '<w:pStyle w:val="Mine"/>')
    body += p("none", '<w:pStyle w:val="Mine"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body += p("ring", '<w:pStyle w:val="Ring"/>')
    assert text(body, numbering=NUMBERING, styles=styles) == "1. one\n2. two\nnone\nring"


def test_inserted_text_is_text_and_deleted_moved_and_hidden_text_is_not() -> None:
    body = "<w:p>" + r("We ") + f"<w:ins>{r('now ')}</w:ins>"
    body += "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
    body += f"<w:moveFrom>{r('old place ')}</w:moveFrom>" + f"<w:moveTo>{r('new place ')}</w:moveTo>"
    body += r("secret ", "<w:vanish/>") + r("styled ", '<w:rStyle w:val="Ghost"/>')
    body += r("shown", '<w:rStyle w:val="Ghost"/><w:vanish w:val="0"/>') + "</w:p>"
    body += f'<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>{p("gone")}</w:tc></w:tr></w:tbl>'
    styles = '<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
    assert text(body, styles=styles, comments=p("a comment")) == "We now new place shown"


def test_fields_show_their_last_result_and_no_code() -> None:
    nested = field("IF x", "a") + field(f"DATE </w:instrText></w:r>{r('inner')}<w:r><w:instrText>", "3 May 2022")
    body = f"<w:p>{r('Dated ')}{nested}{field('PAGE', None)}<w:fldSimple>{r(' page 1')}</w:fldSimple></w:p>"
    body += '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("never ended") + "</w:p>"
    assert text(body) == "Dated a3 May 2022 page 1\nnever ended"


def test_boxes_to_tick_and_lists_to_choose_from_show_what_was_chosen() -> None:
    box = (
        '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="{}"/>{}</w:checkBox></w:ffData>'
        "</w:fldChar>"
    )
    choice = (
        '<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Full"/>'
        '<w:listEntry w:val="Part"/></w:ddList></w:ffData></w:fldChar>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    marks = [box.format(1, ""), box.format(1, '<w:checked w:val="0"/>'), choice]
    body = "".join(f"<w:p><w:r>{mark}</w:r>{end}{r(' x')}</w:p>" for mark in marks)
    control = f'<w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent>{p("in a control")}</w:sdtContent></w:sdt>'
    assert text(body + control) == "☒ x\n☐ x\nPart x\nin a control"


def test_small_marks_become_what_they_look_like() -> None:
    inner = (
        "<w:t>no</w:t><w:noBreakHyphen/><w:t>break</w:t><w:softHyphen/><w:tab/><w:t>after</w:t><w:br/><w:t> line </w:t>"
    )
    body = f'<w:p><w:r>{inner}<w:cr/><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:char="zz"/></w:r></w:p>'
    body += f'<w:p><w:hyperlink r:id="x">{r("a link")}</w:hyperlink><w:smartTag>{r(" and a tag")}</w:smartTag></w:p>'
    assert text(body) == "no\u2011break   after\nline\n☑\na link and a tag"


def test_tables_are_read_in_their_place_row_by_row_and_inside_each_other() -> None:
    def table(*rows: tuple[str, ...]) -> str:
        cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
        return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"

    inner = table((p("in 1"), p("in 2")))
    body = p("before") + table((p("a"), p("b")), (p("c"), p("") + p("d"))) + p("after")
    assert text(body) == "before\n\na   b\nc   d\n\nafter"
    assert text(table((inner + p("x"), p("y")))) == "in 1   in 2\n\nx\n\ny"


def test_headers_notes_and_footers_stand_around_their_section() -> None:
    reference = '<w:{}Reference w:type="{}" r:id="{}"/>'.format
    sect = "<w:sectPr>{}</w:sectPr>".format
    first = sect(reference("header", "default", "header1") + reference("footer", "default", "footer1"))
    last = sect(reference("header", "first", "header2") + reference("header", "default", "header1") + "<w:titlePg/>")
    note = '<w:p><w:r><w:t>Withheld</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    end = '<w:p><w:r><w:t>Given</w:t><w:endnoteReference w:id="3"/></w:r></w:p>'
    body = note + end + f"<w:p><w:pPr>{first}</w:pPr></w:p>" + p("second part") + last
    found = text(
        body, header1=p("Head"), header2=p("First head"), footer1=p("Foot"),
        footnotes=f'<w:footnote w:id="2">{p("a footnote")}</w:footnote>',
        endnotes=f'<w:endnote w:id="3">{p("an endnote")}</w:endnote>',
    )  # fmt: skip
    assert found == (
        "Head\n\nWithheld¹\nGiven¹\n\n¹ a footnote\n\nFoot\n=====\nFirst head\n\nsecond part\n\n¹ an endnote"
    )


def test_only_headers_that_are_shown_are_read() -> None:
    sect = '<w:sectPr><w:headerReference w:type="{}" r:id="header1"/></w:sectPr>'
    assert text(p("x") + sect.format("first"), header1=p("no")) == "x"
    assert text(p("x") + sect.format("even"), header1=p("no")) == "x"
    shown = text(p("x") + sect.format("even"), header1=p("yes"), settings="<w:evenAndOddHeaders/>")
    assert shown == "yes\n\nx"


def test_pages_are_those_that_the_writer_began() -> None:
    body = p("one") + '<w:p><w:r><w:t>two</w:t><w:br w:type="page"/><w:t>three</w:t></w:r></w:p>'
    body += p("four", "<w:pageBreakBefore/>") + p("five", '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>')
    body += "<w:p><w:r><w:lastRenderedPageBreak/><w:t>six</w:t></w:r></w:p>"
    body += '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    assert text(body) == "one\ntwo\n=====\nthree\n=====\nfour\nfive\nsix"


def test_a_text_box_is_read_once_and_the_older_drawing_where_there_is_no_other() -> None:
    letter = Laid(body=("Dear requester",), box=("Civic Way", "Brackenfold"))
    assert read_docx(as_docx(letter)).pages[0].text == "Civic Way\nBrackenfold\n\nDear requester"
    box = f"<w:pict><w:txbxContent>{p('old box')}</w:txbxContent></w:pict>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice/><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert text(body) == "old box"


def test_what_is_not_read_is_said() -> None:
    document = read_docx(word(p("x") + '<w:altChunk r:id="a"/>'))
    assert document.detail == "A part of it is kept inside in another format and was not read."
    document = read_docx(word("<w:p/>", more={"word/media/image1.png": b"\x89PNG"}))
    assert (document.status, document.detail) == ("no_text", "It holds no text. It holds a picture.")
    assert read_docx(word("")).detail == "It holds no text."


def test_strict_files_files_with_macros_and_unusual_names_are_read_too() -> None:
    strict = word(p("strict"), main="word/document2.xml").replace(W.encode(), W.encode())
    assert read_docx(strict).pages[0].text == "strict"
    names = {
        W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
        R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    body = p("a strict file")
    for usual, other in names.items():
        body = body.replace(usual, other)
    assert read_docx(word(body)).pages[0].text == "a strict file"
    assert read_docx(word(p("x")), document_type="docm").document_type == "docm"
    assert sniff(word(p("x"), more={"word/vbaProject.bin": b"x"})) == "docm"


@pytest.mark.parametrize("body", [("<w:p>" * 3000), "<w:tbl><w:tr><w:tc>" * 90 + p("deep")])
def test_deep_nesting_ends_as_a_record(body: str) -> None:
    assert read_docx(word(body)).status in {"read", "damaged", "no_text"}


def test_damage_is_said_and_what_can_be_read_is() -> None:
    assert read_docx(b"PK\x03\x04 nothing").status == "damaged"
    assert read_docx(word(p("x")).replace(b"<w:body>", b"<w:xxxx>")).status == "damaged"
    torn = word(p("The first words") + "<w:p><w:r><w:t>and then <w:br</w:p>")
    document = read_docx(torn)
    assert document.status == "read"
    assert document.pages[0].text.startswith("The first words")
    assert document.detail == "It is damaged in places, so that something may be missing."


def test_caps_hold() -> None:
    assert len(read_docx(word(p("word " * 100)), caps=Caps(page_characters=50)).pages[0].text) == 50


def test_all_that_python_docx_finds_is_found() -> None:
    lines = tuple(f"Line {number} of a letter under section {number}(2)." for number in range(1, 30))
    data = as_docx(Laid(body=(*lines, ((("a cell",), ("another", "of two")),))))
    ours = " ".join(page.text for page in read_docx(data).pages).split()
    theirs = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in theirs.tables for row in table.rows for cell in row.cells]
    assert ours == " ".join([*(one.text for one in theirs.paragraphs), *cells]).split()
