"""OpenDocument texts: what is shown is read, where it is shown; what is not shown is not."""

import io

import odfdo

from parsers.documents.word.odt import read_odt
from tests.parsers.documents.layouts import Laid, as_odt
from tests.parsers.documents.marked import odt

LISTS = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="I" text:display-levels="3"/></text:list-style>'
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    "</text:list-style>"
)
HIDDEN = (
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="HP" style:family="paragraph" style:parent-style-name="HQ"/>'
    '<style:style style:name="HQ" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Ring" style:family="paragraph" style:parent-style-name="Ring"/>'
)


def text(body: str, *, automatic: str = "", styles: str = "") -> str:
    """The pages of a document with this body, parted by a line."""
    document = read_odt(odt(body, automatic=automatic, styles=styles))
    assert (document.status, document.detail) == ("read", None)
    return "\n=====\n".join(page.text for page in document.pages)


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def items(*inner: str, style: str = "", more: str = "") -> str:
    return (
        f'<text:list text:style-name="{style}" {more}>'
        + "".join(f"<text:list-item>{i}</text:list-item>" for i in inner)
        + "</text:list>"
    )


def test_spaces_tabs_and_lines() -> None:
    body = p(
        "  two\n   lines  in<text:s/><text:s text:c='3'/>one<text:tab/>here<text:line-break/>  "
        "<text:span>next </text:span> x"
    )
    assert text(body) == "two lines in    one   here\nnext x"


def test_a_mark_for_a_million_spaces_is_not_obeyed() -> None:
    document = read_odt(odt(p("a<text:s text:c='900000000'/>b") + p("c<text:s text:c='x'/>d")))
    assert len(document.pages[0].text) < 300
    cell = "<table:table-cell table:number-columns-repeated='999999999'>" + p("x") + "</table:table-cell>"
    row = "<table:table-row table:number-rows-repeated='999999999'>" + cell + "</table:table-row>"
    assert len(read_odt(odt(f"<table:table>{row}</table:table>")).pages[0].text) < 100


def test_lists_have_the_numbers_that_are_shown() -> None:
    deep = items(p("deep"))
    body = items(p("one") + p("still one"), p("two") + items(p("two a") + deep, p("two b")), style="L")
    body += items(p("three"), style="L", more='text:continue-numbering="true"') + items(p("new"), style="L")
    body += items(p("point"), style="B")
    shown = ["1. one", "still one", "2. two", "(a) two a", "2.a.I deep", "(b) two b", "3. three", "1. new", "• point"]
    assert text(body, automatic=LISTS) == "\n".join(shown)


def test_a_style_may_bring_the_list() -> None:
    automatic = LISTS + '<style:style style:name="Item" style:family="paragraph" style:list-style-name="L"/>'
    body = "<text:list><text:list-item>" + p("one", "Item") + "</text:list-item></text:list>"
    assert text(body, automatic=automatic) == "1. one"


def test_what_is_not_shown_is_not_read() -> None:
    deleted = f"<text:changed-region><text:deletion>{p('deleted')}</text:deletion></text:changed-region>"
    tracked = f"<text:tracked-changes>{deleted}</text:tracked-changes>"
    body = (
        tracked
        + p('shown <text:change text:change-id="1"/><text:span text:style-name="H">ghost</text:span>here')
        + p("gone", "HP")
    )
    body += p("note<office:annotation>" + p("a comment") + "</office:annotation> kept", "Ring")
    body += f'<text:section text:display="none">{p("section")}</text:section>'
    body += p('all of it<text:hidden-paragraph text:is-hidden="true"/>')
    assert text(body, automatic=HIDDEN) == "shown here\nnote kept"


def test_tables_boxes_and_notes_stand_where_they_are_shown() -> None:
    def cell(*lines: str) -> str:
        return "<table:table-cell>" + "".join(map(p, lines)) + "</table:table-cell>"

    rows = [cell("a") + "<table:covered-table-cell/>" + cell("b"), cell("c", "d") + cell("e")]
    table = "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"
    box = (
        "<draw:frame><svg:title>no</svg:title><draw:text-box>"
        + p("Civic Way")
        + p("Town")
        + "</draw:text-box></draw:frame>"
    )
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        + p("why")
        + "</text:note-body></text:note>"
    )
    body = p(f"Dear{box} requester{note}") + table
    assert text(body) == "Civic Way\nTown\n\nDear requester¹\n\na   b\n\nc\nd\n\ne\n\n¹ why"


def test_pages_are_those_that_the_writer_began() -> None:
    automatic = (
        '<style:style style:name="N" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/>'
        '</style:style><style:style style:name="E" style:family="paragraph">'
        '<style:paragraph-properties fo:break-after="page"/></style:style>'
        '<style:style style:name="M" style:family="paragraph" style:master-page-name="Other"/>'
    )
    body = p("one", "N") + p("two", "N") + p("three", "E") + p("four<text:soft-page-break/>") + p("five", "M")
    assert text(body, automatic=automatic) == "one\n=====\ntwo\nthree\n=====\nfour\n=====\nfive"


def test_headers_and_footers_of_the_pages_in_use() -> None:
    def master(name: str, inner: str) -> str:
        return f'<style:master-page style:name="{name}" {inner}</style:master-page>'

    styles = "<office:master-styles>" + master("Standard", f">{'<style:header>' + p('unused') + '</style:header>'}")
    styles += master("First", f'style:next-style-name="Next"><style:header>{p("Head")}</style:header>')
    styles += master(
        "Next", f'><style:footer>{p("Foot")}</style:footer><style:header style:display="false">{p("no")}</style:header>'
    )
    automatic = '<style:style style:name="M" style:family="paragraph" style:master-page-name="First"/>'
    assert text(p("one", "M"), automatic=automatic, styles=styles + "</office:master-styles>") == "Head\n\none\n\nFoot"


def test_a_locked_or_damaged_file_says_so() -> None:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry>'
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    locked = read_odt(odt(p("x"), more={"META-INF/manifest.xml": manifest}))
    assert (locked.status, locked.detail) == ("encrypted", "It needs a password to open.")
    assert read_odt(odt(p("x")).replace(b"<office:text>", b"<office:texx>")).status == "damaged"
    assert read_odt(odt("<text:p/>", more={"Pictures/1.png": b"x"})).detail == "It holds no text. It holds a picture."


def test_all_that_odfdo_finds_is_found() -> None:
    data = as_odt(Laid(body=tuple(f"Line {number}  of a letter under section {number}(2)." for number in range(1, 30))))
    theirs = odfdo.Document(io.BytesIO(data)).get_formatted_text()
    assert " ".join(page.text for page in read_odt(data).pages).split() == theirs.split()
