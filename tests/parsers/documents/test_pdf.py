"""PDFs to pages. The files that mean harm are in tests/scraper/reading: they are opened in a child only."""

import re

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from parsers.documents.caps import Caps
from parsers.documents.pdf.pdf import read_pdf
from parsers.letters.reading import read_letter
from tests.parsers.documents import samples

BODY = "\n".join(samples.LETTER[4:])


def text(data: bytes) -> str:
    document = read_pdf(data)
    assert document.status == "read"
    return document.pages[0].text


def test_a_letter_comes_line_by_line_and_paragraph_by_paragraph() -> None:
    document = read_pdf(samples.plain())
    assert [(page.number, page.text, page.source) for page in document.pages] == [
        (1, "\n".join(samples.LETTER), "text_layer"),
        (2, "Annex A follows.\n\nIt is short.", "text_layer"),
    ]
    assert (document.status, document.detail, document.tool) == ("read", None, "pypdfium2")


def test_the_address_on_the_right_does_not_mix_with_the_letter_and_the_footer_comes_last() -> None:
    assert text(samples.letterhead()) == (
        "Information Team\nTown Hall\nMallow Street\nMallowby MB1 2CD\n\n"
        f"Our reference: FOI-4417\n3 May 2022\n\n{BODY}\n\nPage 1 of 1"
    )


def test_the_words_of_a_table_cell_stay_together() -> None:
    printed = text(samples.table())
    assert "Names of officers\nand residents" in printed
    assert "Section 43(2):\ncommercial interests" in printed
    assert "Document   Withheld   Why" in printed


def test_a_table_painted_column_by_column_is_read_along_its_rows() -> None:
    document = read_pdf(samples.table_by_columns())
    assert document.tool == "pypdfium2, pdfplumber"
    assert document.pages[0].text == (
        "Schedule of information withheld\n"
        "Document   Withheld   Why\n\n"
        "Minutes of\n12 June\n\nNames of officers\nand residents\n\nSection 40(2):\npersonal data\n\n"
        "Tender\nreport\n\nUnit prices in\nannex 2\n\nSection 43(2):\ncommercial interests\n\n"
        "If you are unhappy with this reply you may ask for an internal review."
    )


def test_columns_without_lines_between_their_rows_stay_whole() -> None:
    document = read_pdf(samples.table_by_columns(ruled=False))
    assert document.tool == "pypdfium2"
    assert "Why\n\nSection 40(2):\npersonal data\n\nSection 43(2):" in document.pages[0].text


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_shown(degrees: int) -> None:
    assert text(samples.turned(degrees)) == BODY


def test_a_raised_ending_belongs_to_its_day() -> None:
    assert (
        text(samples.raised())
        == "We received your request on 4th April 2022\n\nWe received your request on 21st June 2022"
    )


def test_a_hyphen_at_the_end_of_a_line_stays_as_printed() -> None:
    assert (
        text(samples.hyphenated()) == "Write to the freedom-of-\ninformation team, or to\nfoi-requests@mallow.example"
    )


def test_lines_painted_out_of_order_are_read_by_their_place() -> None:
    document = read_pdf(samples.shuffled())
    numbers = [int(number) for number in re.findall(r"Line (\d+)", document.pages[0].text)]
    assert numbers == list(range(1, 31))
    assert document.tool == "pypdfium2, pdfplumber"


def test_a_document_has_the_slow_reader_for_so_many_pages_only_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsers.documents.pdf.pdf.MOST_BY_PLACE", 1)
    lines = [f"Line {number:02} of a letter that was painted out of order." for number in range(1, 31)]

    def draw(canvas: Canvas) -> None:
        for number in sorted(range(30), key=lambda n: n * 17 % 31):
            samples.write(canvas, [lines[number]], top=780 - 14 * number)

    document = read_pdf(samples.pdf(draw, draw, draw))
    assert document.pages[0].text.split("\n") == lines
    assert [sorted(line for line in page.text.split("\n") if line) for page in document.pages[1:]] == [lines, lines]
    assert document.detail == "On 2 of its pages the lines stand in the order in which they were painted."


def test_the_same_words_laid_out_in_another_way_are_the_same_letter() -> None:
    def said(data: bytes) -> object:
        reading = read_letter([page.text for page in read_pdf(data).pages])
        citations = {(one.regime, one.provision, one.role) for one in reading.citations}
        return reading.letter_date and reading.letter_date.value, {one.value for one in reading.references}, citations

    assert said(samples.plain()) == said(samples.letterhead())
    assert said(samples.plain()) == ("2022-05-03", {"FOI-4417"}, {("FOIA", "40(2)", "relied_on")})


def test_a_page_without_words_is_kept_and_said() -> None:
    document = read_pdf(samples.empty_page())
    assert (document.status, document.detail) == ("no_text", "No page holds text.")
    assert [page.text for page in document.pages] == [""]


def test_a_scan_is_not_an_empty_letter() -> None:
    document = read_pdf(samples.image())
    assert (document.status, [page.wants_ocr for page in document.pages]) == ("no_text", ["picture"])


def test_a_text_layer_without_meaning_is_not_text() -> None:
    document = read_pdf(samples.meaningless())
    assert (document.status, document.pages[0].text) == ("no_text", "")
    assert document.pages[0].wants_ocr == "nonsense"


def test_a_form_of_dotted_lines_is_text() -> None:
    form = samples.pdf(
        lambda canvas: samples.write(canvas, ["Name " + "." * 90, "Address " + "_" * 70, "Signed " + "." * 80])
    )
    assert text(form).startswith("Name .....")


def test_a_password_is_asked_for_only_where_reading_needs_one() -> None:
    document = read_pdf(samples.encrypted())
    assert (document.status, document.detail, document.pages) == ("encrypted", "It needs a password to open.", ())
    assert text(samples.locked_against_changes()) == "\n".join(samples.LETTER)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n" + b"garbage " * 50, samples.plain()[:700], b"%PDF-"])
def test_what_cannot_be_opened_is_damaged(data: bytes) -> None:
    document = read_pdf(data)
    assert (document.status, document.pages) == ("damaged", ())
    assert document.detail
    assert document.detail.startswith("It is not a PDF that can be opened")


def test_a_file_whose_table_of_contents_is_lost_is_still_read() -> None:
    data = samples.plain()
    assert text(data[: data.rindex(b"xref")]) == "\n".join(samples.LETTER)


def test_a_file_that_the_first_reader_refuses_is_given_to_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_data: bytes) -> pypdfium2.PdfDocument:
        raise pypdfium2.PdfiumError("Failed to load document.", err_code=3)

    monkeypatch.setattr("pypdfium2.PdfDocument", refuse)
    document = read_pdf(samples.plain())
    assert (document.status, document.tool, len(document.pages)) == ("read", "pdfplumber", 2)
    assert document.pages[0].text.split() == " ".join(samples.LETTER).split()
    assert read_pdf(samples.encrypted()).status == "encrypted"


def test_caps_are_kept_and_said() -> None:
    document = read_pdf(samples.many_pages(12), caps=Caps(pages=10))
    assert (len(document.pages), document.detail) == (10, "Only the first 10 pages were read.")
    document = read_pdf(samples.plain(), caps=Caps(page_characters=20))
    assert [len(page.text) for page in document.pages] == [20, 20]
    assert document.detail == "2 of its pages were cut after 20 characters."
    document = read_pdf(samples.many_pages(12), caps=Caps(characters=40))
    assert sum(len(page.text) for page in document.pages) == 40
    assert document.detail == "Reading stopped after page 3, at 40 characters in all."
