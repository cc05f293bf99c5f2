"""Recognised words become the page that a person sees, and each keeps how sure it is."""

import pytest

from parsers.documents.records import DocumentText, Page
from parsers.documents.scans.ink import unread
from parsers.documents.scans.recognised import Recognised, Word, recognised, sureness
from parsers.documents.scans.settled import settled
from parsers.documents.scans.tesseract import words

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def line(text: str, number: int, *, left: int = 100, top: int = 100, confidence: float = 0.96) -> list[Word]:
    """Words of a line of small type at 200 dots an inch; three spaces are a gap between columns."""
    found, across = [], left
    for word in text.split(" "):
        if word:
            place = {"left": across, "top": top, "right": across + 14 * len(word), "bottom": top + 22}
            found.append(Word(text=word, line=(number,), confidence=confidence, **place))
        across += 14 * len(word) + (40 if not word else 8)
    return found


def read(*lines: list[Word]) -> Recognised:
    return recognised([word for one in lines for word in one], dots_per_inch=200)


def test_words_make_lines_and_paragraphs() -> None:
    found = read(
        line("Dear requester,", 1, top=100), line("The names are", 2, top=180), line("withheld.", 3, top=216),
        line("They are personal", 4, top=252), line("data.", 5, top=288), line("Yours faithfully", 6, top=360),
    )  # fmt: skip
    assert found.text == "Dear requester,\n\nThe names are\nwithheld.\nThey are personal\ndata.\n\nYours faithfully"
    assert found.words == (96,) * len(found.text.split())
    assert found.confidence == 0.96


def test_columns_of_a_table_are_read_row_by_row() -> None:
    cells = [
        *line("Document", 1, top=100), *line("Minutes", 2, top=180), *line("Tender", 3, top=260),
        *line("Exemption", 4, left=600, top=100), *line("section 40(2)", 5, left=600, top=180),
        *line("section 43(2)", 6, left=600, top=260),
    ]  # fmt: skip
    rows = recognised(cells, dots_per_inch=200).text.split("\n")
    assert [row for row in rows if row] == [
        "Document   Exemption",
        "Minutes   section 40(2)",
        "Tender   section 43(2)",
    ]


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    columns = [
        word
        for column in (0, 1)
        for row in range(12)
        for word in line(f"word{column}x{row} goes on", 20 * column + row, left=100 + 700 * column, top=100 + 36 * row)
    ]
    text = recognised(columns, dots_per_inch=200).text
    assert text.index("word0x11") < text.index("word1x0")


def test_each_word_keeps_how_sure_it_is_wherever_it_moves() -> None:
    words = [*line("sure", 1, top=200, confidence=0.97), *line("guess", 2, top=100, confidence=0.41)]
    found = recognised(words, dots_per_inch=200)
    assert dict(zip(found.text.split(), found.words, strict=True)) == {"sure": 97, "guess": 41}
    start = found.text.index("guess")
    assert sureness(found.text, found.words, start=start, end=start + 5) == 0.41
    assert sureness(found.text, found.words, start=0, end=len(found.text)) == 0.41
    assert sureness("typed words", (), start=0, end=5) == 1


def test_words_of_nothing_and_rules_of_tables_are_left_out() -> None:
    found = read(line("|", 1, confidence=0.4), line("\x00\u200a", 2), line("a\U000f0001b", 3, confidence=0.9))
    assert (found.text, found.words) == ("ab", (90,))
    assert read() == Recognised(text="", confidence=0.0, words=())


def test_what_tesseract_prints_is_read_and_what_is_none_left_out() -> None:
    table = HEADER + (
        "4\t1\t1\t1\t1\t0\t10\t10\t90\t20\t-1\t\n"
        "5\t1\t1\t1\t1\t1\t10\t12\t40\t18\t91.5\tsection\n"
        "5\t1\t1\t1\t1\t2\t60\t12\t40\t18\t88\t40(2)\n"
        "5\t1\t1\tx\t1\t3\t60\t12\t40\t18\t88\tbroken\n5\t1\t1\n5\t1\t1\t1\t1\t4\t1\t1\t1\t1\tnan\todd\n"
    )
    found = words(table)
    assert [(word.text, word.line, word.confidence) for word in found] == [
        ("section", (1, 1, 1), 0.915),
        ("40(2)", (1, 1, 1), 0.88),
    ]
    assert (found[0].left, found[0].top, found[0].right, found[0].bottom) == (10, 12, 50, 30)
    assert words("") == []


def test_ink_that_no_word_covers_is_counted() -> None:
    dots = bytearray(b"\xff" * 400 * 400)
    for row in [*range(100, 120), *range(300, 320)]:
        dots[row * 400 + 50 : row * 400 + 150] = bytes(100)
    word = Word(text="x", line=(1,), left=50, top=100, right=150, bottom=120, confidence=0.9)
    assert unread(bytes(dots), width=400, height=400, words=[]) == 1
    assert unread(bytes(dots), width=400, height=400, words=[word]) == pytest.approx(0.5)
    assert unread(b"\xff" * 400, width=20, height=20, words=[]) == 0


SCAN = DocumentText(
    status="no_text",
    document_type="pdf",
    pages=(
        Page(number=1, text="", source="text_layer", wants_ocr="picture"),
        Page(number=2, text="", source="text_layer", wants_ocr="nonsense"),
    ),
    detail="No page holds text.",
    tool="pypdfium2",
)
SURE = Recognised(text="The names are withheld.", confidence=0.95, words=(95, 96, 94, 95))


def test_recognised_pages_make_a_read_document() -> None:
    document = settled(SCAN, {1: SURE, 2: SURE}, tool="engine 1")
    assert (document.status, document.detail, document.tool) == ("read", None, "pypdfium2, engine 1")
    assert [(page.source, page.confidence, page.words) for page in document.pages] == [("ocr", 0.95, SURE.words)] * 2


def test_a_page_recognised_badly_is_kept_but_is_no_text() -> None:
    bad = Recognised(text="Tho nanes", confidence=0.55, words=(50, 60))
    document = settled(SCAN, {1: bad, 2: bad}, tool="engine 1")
    assert (document.status, [page.source for page in document.pages]) == ("no_text", ["ocr_doubtful"] * 2)
    assert document.pages[0].text == "Tho nanes"
    assert document.detail == (
        "No page holds text. The words on pages 1, 2 could not be recognised with confidence and are not shown."
    )


def test_pages_that_nobody_recognised_still_want_it_and_say_what_to_do() -> None:
    document = settled(SCAN, {}, unread="install an engine")
    assert document.detail == (
        "No page holds text. Its words are a picture on page 1: install an engine. "
        "The text layer holds codes without meaning on page 2: install an engine."
    )
    assert [page.wants_ocr for page in document.pages] == ["picture", "nonsense"]


def test_a_page_that_failed_says_why_and_is_not_asked_for_again() -> None:
    document = settled(SCAN, {1: SURE}, tool="engine 1", failed={2: "it took too long"})
    assert document.detail == "The words on page 2 were not recognised: it took too long."
    assert [page.wants_ocr for page in document.pages] == [None, None]


@pytest.mark.parametrize(
    ("layer", "found", "kept"),
    [
        ("Annex B: the signed report of the panel", SURE, "layer"),
        ("Page 1", SURE, "found"),
        ("Page 1", Recognised(text="Paqe l", confidence=0.4, words=(40, 40)), "layer"),
    ],
)
def test_a_thin_text_layer_gives_way_to_more_and_surer_words_only(layer: str, found: Recognised, kept: str) -> None:
    page = Page(number=1, text=layer, source="text_layer", wants_ocr="picture")
    document = DocumentText(status="read", document_type="pdf", pages=(page,), tool="pypdfium2")
    text = settled(document, {1: found}, tool="engine 1").pages[0].text
    assert text == (layer if kept == "layer" else found.text)
