"""Marks in any text: nothing of the text is lost, nothing of it becomes markup, and every mark holds true."""

import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.data.plugin import module
from tests.patience import spending

marks = module("texts.marks")
blocks = module("texts.blocks")
quotes = module("texts.quotes")
HOSTILE = st.text(alphabet=st.sampled_from("<>&\"' ab40()\n\t\r\0\u202e\u2066\x85é字😀"), max_size=60)


class Reader(HTMLParser):
    """Takes HTML apart again: the words outside notes, and every tag that was met."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.in_note = "", False
        self.tags: list[tuple[str, str | None]] = []
        self.feed(str(markup))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs).get("class")))
        self.in_note = self.in_note or tag == "a"

    def handle_endtag(self, tag: str) -> None:
        self.in_note = self.in_note and tag != "a"

    def handle_data(self, data: str) -> None:
        self.words += "" if self.in_note else data


def mark(text: str, start: int, end: int, *, number: int = 1, relied_on: bool = True, **more: Any) -> Any:
    values = {
        "id": f"incoming-1/citation/{number}", "anchor": f"citation-incoming-1-{number}", "start": start, "end": end,
        "quote": text[start:end], "relied_on": relied_on, "name": "FOIA s.40(2)", "role": "relied on", "link": "/row",
    }  # fmt: skip
    return marks.Mark(**values | more)


@given(text=HOSTILE, places=st.lists(st.tuples(st.integers(-3, 63), st.integers(-3, 63), st.booleans()), max_size=6))
def test_any_text_with_any_marks_reads_as_it_was(text: str, places: list[tuple[int, int, bool]]) -> None:
    found = [
        mark(text, start, end, number=number, relied_on=relied_on)
        for number, (start, end, relied_on) in enumerate(places)
    ]
    read = Reader(marks.marked(text, found))
    assert read.words == text.translate(marks.UNSEEN)
    assert {tag for tag, _ in read.tags} <= {"mark", "span", "a"}


@given(
    lines=st.lists(
        st.sampled_from(["> quoted", "", "plain", ">", "From: a", "Sent: b", "-----Original Message-----"]), max_size=40
    ),
    places=st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=4),
    window=st.tuples(st.integers(0, 200), st.integers(0, 400)),
)
def test_folding_quoted_mail_loses_nothing(
    lines: list[str], places: list[tuple[int, int]], window: tuple[int, int]
) -> None:
    text = "\n".join(lines)
    found = [mark(text, start, end, number=number) for number, (start, end) in enumerate(places) if start < end]
    folds = quotes.quoted_mail(text)
    assert all(0 <= fold.start < fold.end <= len(text) and fold.lines >= quotes.FEWEST_LINES for fold in folds)
    start, end = min(window[0], len(text)), max(window)
    read = Reader(marks.marked(text, found, start=start, end=end, folds=folds))
    assert re.sub(r"Quoted mail, \d+ lines", "", read.words) == text[start:end]
    anchors = [one for one, _ in read.tags if one == "mark"]
    assert len(anchors) <= len(marks.clusters(text, found))


def test_quoted_mail_is_found_in_time_that_grows_with_its_length() -> None:
    for line in ("> a\n\n", "From: x\n", "-" * 59 + "original\n", "\t" * 9 + "\n", "> a\nb\n"):
        with spending(10):
            quotes.quoted_mail(line * 20_000)


@given(text=HOSTILE, size=st.integers(1, 20))
def test_pieces_of_a_text_join_without_a_gap(text: str, size: int) -> None:
    start, read = 0, ""
    found = [mark(text, 0, min(7, len(text)))]
    while start < len(text):
        end = marks.window_end(text, start, size)
        assert end > start
        read += Reader(marks.marked(text, found, start=start, end=end)).words
        start = end
    assert read == text.translate(marks.UNSEEN)


def test_a_mark_whose_words_are_not_there_is_left_out() -> None:
    text = "exempt under section 40(2)"
    moved = mark(text, 0, 6, quote="section")
    assert marks.marked(text, [moved]) == text


def test_relied_on_and_mentioned_differ_in_words_and_not_in_colour_alone() -> None:
    text = "section 40(2) and section 43"
    relied = mark(text, 0, 13)
    named = mark(text, 18, 28, number=2, relied_on=False, name="FOIA s.43", role="considered, not applied")
    read = Reader(marks.marked(text, [relied, named]))
    assert [one for one in read.tags if one[0] == "mark"] == [("mark", "cite relied"), ("mark", "cite mentioned")]
    assert "relied on</a>" in marks.marked(text, [relied])
    assert "considered, not applied</a>" in marks.marked(text, [named])


def test_thousands_of_marks_take_no_longer_than_they_should() -> None:
    text = "s.40 " * 20_000
    many = [mark(text, 5 * number, 5 * number + 4, number=number) for number in range(20_000)]
    block = blocks.Block(id="attachment-1/1", number=1, text=text, length=len(text), marks=tuple(many))
    with spending(30):
        shown = blocks.piece(block, characters=40_000, octets=120_000)
    assert len(shown.html.encode()) <= 120_000
    assert shown.is_cut
