"""Answers that have the right shape and cannot be so; and answers that would cost their reader."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from parsers.documents.caps import CAPS
from parsers.documents.parts import MOST_PARTS
from parsers.documents.probes.probe_findings import Finding, Probe
from parsers.documents.records import DocumentText, Opened, Page, Part
from parsers.documents.scans.dots import Raster
from parsers.letters.reading import read_letter
from parsers.letters.records import Reading
from scraper.reading import checked
from scraper.reading.checked import ImpossibleError
from scraper.reading.jobs import decode, encode
from tests.parsers.documents.samples import LETTER
from tests.patience import spending

PAGE = Page(number=1, text="A letter.", source="text_layer")
DOCUMENT = DocumentText(status="read", document_type="pdf", pages=(PAGE,), tool="pypdfium2")
RASTER = Raster(number=1, width=2, height=2, other_turns=(180, 90, 270))
READING = read_letter(LETTER)


def test_what_readers_give_is_left_as_it_is() -> None:
    opened = Opened(document=replace(DOCUMENT, parts=(Part(name="a/b.txt", size=1),)), files=(b"x",))
    probe = Probe(
        status="probed", findings=(Finding(kind="white_text", severity="holds_back", place="page 3", count=2),)
    )
    assert checked.opened(opened) == opened
    assert checked.probe(probe) == probe
    assert checked.pictures([(RASTER, b"1234")], [1]) == [(RASTER, b"1234")]
    assert READING.citations
    assert READING.letter_date
    assert checked.reading(READING, LETTER) == READING


@pytest.mark.parametrize(
    "pages",
    [
        [PAGE, PAGE],
        [replace(PAGE, number=2), PAGE],
        [replace(PAGE, number=0)],
        [replace(PAGE, number=number) for number in range(1, CAPS.pages + 2)],
        [replace(PAGE, text="x" * (CAPS.page_characters + 1))],
        [replace(PAGE, number=number, text="x" * CAPS.page_characters) for number in range(1, 102)],
        [replace(PAGE, confidence=1.5)],
        [replace(PAGE, words=(101,))],
    ],
    ids=[
        "twice",
        "out of order",
        "before the first",
        "too many",
        "too long",
        "too much",
        "too sure",
        "too sure a word",
    ],
)
def test_pages_that_no_reader_gives_are_refused(pages: list[Page]) -> None:
    with pytest.raises(ImpossibleError):
        checked.opened(Opened(document=replace(DOCUMENT, pages=tuple(pages))))


def test_parts_and_findings_without_end_are_refused() -> None:
    parts = (Part(name=None, size=0),) * (MOST_PARTS + 1)
    with pytest.raises(ImpossibleError):
        checked.opened(Opened(document=replace(DOCUMENT, parts=parts), files=(b"",) * len(parts)))
    less = Finding(kind="white_text", severity="note", place="page 1", count=-1)
    with pytest.raises(ImpossibleError):
        checked.probe(Probe(status="probed", findings=(less,)))


def test_words_for_people_cannot_act_on_their_terminal() -> None:
    parts = (Part(name="../\x1b]0;x\x07a.txt", size=0, detail="\x1b[2J"),)
    given = replace(DOCUMENT, detail="\x1b[31mRead.", tool="x\x9b2J", parts=parts)
    cleaned = checked.opened(Opened(document=given, files=(b"",))).document
    assert (cleaned.detail, cleaned.tool) == ("[31mRead.", "x2J")
    assert (cleaned.parts[0].name, cleaned.parts[0].detail) == ("]0;xa.txt", "[2J")
    assert checked.probe(Probe(status="damaged", detail="\x1b[2J")).detail == "[2J"


@pytest.mark.parametrize(
    "rasters",
    [
        [],
        [replace(RASTER, number=2)],
        [RASTER, RASTER],
        [replace(RASTER, width=0)],
        [replace(RASTER, width=-2, height=-2)],
        [replace(RASTER, width=70_000)],
        [replace(RASTER, other_turns=(45,))],
        [replace(RASTER, other_turns=(90,) * 1_000)],
        [replace(RASTER, dots_per_inch=0.0)],
        [replace(RASTER, problem="none", width=70_000)],
    ],
)
def test_pictures_other_than_were_asked_for_keep_no_engine_at_work(rasters: list[Raster]) -> None:
    with pytest.raises(ImpossibleError):
        checked.pictures([(raster, b"") for raster in rasters], [1])


CITATION = READING.citations[0]
EVIDENCE = CITATION.evidence


@pytest.mark.parametrize(
    "change",
    [
        {"parser_version": "another"},
        {"citations": (replace(CITATION, evidence=replace(EVIDENCE, page=99)),)},
        {"citations": (replace(CITATION, evidence=replace(EVIDENCE, page=0)),)},
        {"citations": (replace(CITATION, evidence=replace(EVIDENCE, start=-5)),)},
        {"citations": (replace(CITATION, evidence=replace(EVIDENCE, quote="words of another letter")),)},
        {"citations": (replace(CITATION, confidence=2.0),)},
        {"outcome_evidence": replace(EVIDENCE, quote="words of another letter")},
    ],
)
def test_a_reading_on_words_that_the_letter_does_not_have_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ImpossibleError):
        checked.reading(replace(READING, **change), LETTER)


def test_a_day_that_is_none_is_refused() -> None:
    assert READING.letter_date
    with pytest.raises(ValueError, match="isoformat"):
        checked.reading(replace(READING, letter_date=replace(READING.letter_date, value="some day")), LETTER)


def bomb_of_lists() -> bytes:
    return b'{"pages":[' + b"[]," * 10_000_000 + b"[]]}"


def bomb_of_numbers() -> bytes:
    return b'{"pages":[' + b"0," * 10_000_000 + b"0]}"


def endless_text() -> bytes:
    return b'{"detail":"' + b'\\"' * 10_000_000


def open_texts() -> bytes:
    return b'{"detail":' + b'"\\' * 10_000_000


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (bomb_of_lists, "too many values"),
        (bomb_of_numbers, "too many values"),
        (endless_text, "Unterminated string"),
        (open_texts, "Unterminated string"),
    ],
)
def test_an_answer_that_would_fill_our_memory_is_refused_before_it_does(
    make: Callable[[], bytes], sentence: str
) -> None:
    body = make()
    with spending(20), pytest.raises(ValueError, match=sentence):
        decode(DocumentText, body)


def test_a_long_text_full_of_commas_is_no_bomb() -> None:
    text = 'a,"b",[c],{d}\\\n' * 300_000
    document = replace(DOCUMENT, pages=(replace(PAGE, text=text),))
    assert decode(DocumentText, encode(document)) == document


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e999", b"9" * 5_000])
def test_a_number_that_is_none_is_refused(number: bytes) -> None:
    body = encode(replace(DOCUMENT, pages=(replace(PAGE, confidence=0.5),)))
    with pytest.raises(ValueError, match=r"number|digits"):
        decode(DocumentText, body.replace(b"0.5", number))


def test_a_number_beyond_what_an_archive_holds_is_refused() -> None:
    for number in (1 << 63, -(1 << 63) - 1):
        with pytest.raises(ValueError, match="whole number"):
            decode(Probe, encode(Probe(status="probed", findings=(
                Finding(kind="white_text", severity="note", place="page 1", count=number),
            ))))  # fmt: skip


def test_half_a_surrogate_pair_becomes_what_can_be_stored() -> None:
    body = encode(replace(DOCUMENT, pages=(replace(PAGE, text="a\ud800b"),)))
    assert decode(DocumentText, body).pages[0].text == "a\ufffdb"
    assert decode(Reading, encode(READING)) == READING
