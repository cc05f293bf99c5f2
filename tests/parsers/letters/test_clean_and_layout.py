"""Plain text with a way back, sentences that end where the writer ended them, and phrases looked up by word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.letters.text.clean import prepare
from parsers.letters.text.layout import lay_out
from parsers.letters.text.phrases import Phrases, Words


@pytest.mark.parametrize(
    ("given_text", "plain"),
    [
        ("section\u00a040(2)", "section 40(2)"),
        ("31(1)(a)\u2013(c)", "31(1)(a)-(c)"),
        ("\u201cthe Act\u201d", '"the Act"'),
        ("sec\u00adtion", "section"),
        ("section 40(2)\u00b9 of", "section 40(2)  of"),
        ("40\uff082\uff09", "40(2)"),
        ("(i)\u2044(ii)", "(i)/(ii)"),
        ("con\ufb01rm", "confirm"),
        ("36(2)&amp;(3)", "36(2)&(3)"),
        ("sec-\ntion 40", "section 40"),
        ("> sec-\n> tion 40", "  section 40"),
        ("line\r\nline", "line \nline"),
        ("**Annex A**", "  Annex A  "),
        ("[1]here", "   here"),
        ("31-\n40", "31-\n40"),
        ("&unknown;", "&unknown;"),
    ],
)
def test_text_is_made_plain(given_text: str, plain: str) -> None:
    assert prepare([given_text]).text == plain


@given(st.text(alphabet="ab-\n &amp;\u00ad\ufb01\u200b40(2)>", max_size=80), st.data())
def test_every_span_of_the_plain_text_leads_back_to_the_original(text: str, data: st.DataObject) -> None:
    letter = prepare([text])
    end = data.draw(st.integers(0, len(letter.text)))
    start = data.draw(st.integers(0, end))
    evidence = letter.evidence(start, end)
    assert text[evidence.start : evidence.end] == evidence.quote
    if letter.text[start:end].strip():
        assert evidence.quote.strip()


def test_offsets_count_from_the_start_of_the_page() -> None:
    letter = prepare(["first page", "second page"])
    place = letter.text.index("second")
    evidence = letter.evidence(place, place + 6)
    assert (evidence.page, evidence.start, evidence.quote) == (2, 0, "second")


def test_a_span_over_two_pages_is_cut_at_the_first() -> None:
    letter = prepare(["the end", "the start"])
    evidence = letter.evidence(4, 12)
    assert (evidence.page, evidence.quote) == (1, "end")


def test_lower_case_keeps_its_place_whatever_the_letter() -> None:
    letter = prepare(["\u0130STANBUL Section 40"])
    assert len(letter.lower) == len(letter.text)
    assert letter.lower.index("section") == letter.text.index("Section")


def sentences(text: str) -> list[str]:
    layout = lay_out(prepare([text]))
    spans = zip(layout.breaks, layout.breaks[1:], strict=False)
    return [" ".join(text[start:end].split()) for start, end in spans if text[start:end].strip()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        ("Exempt under s. 40 of the Act. See below.", ["Exempt under s. 40 of the Act.", "See below."]),
        ("Write to Mr. Smith. He will answer.", ["Write to Mr. Smith.", "He will answer."]),
        ("A line that is wrapped at the\nedge goes on here.", ["A line that is wrapped at the edge goes on here."]),
        (
            "Personal information\nThe names of staff are withheld because they are personal data.",
            ["Personal information", "The names of staff are withheld because they are personal data."],
        ),
        ("You asked for:\n1. the list\n2. the plan", ["You asked for:", "1. the list", "2. the plan"]),
        ("One paragraph\n\nAnother one", ["One paragraph", "Another one"]),
        ("A table | of cells\n(a) a limb\n(b) another", ["A table | of cells", "(a) a limb", "(b) another"]),
    ],
)
def test_sentences_end_where_the_writer_ended_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("withh*", "we have withheld it"),
        ("unable|not_able to {2} provide|give", "we are not able to simply just provide it"),
        ("no [recorded] information", "there is no information"),
        ("no [recorded] information", "there is no recorded information"),
        ("confirm ...40 deny", "to confirm (or, as it may be, to) deny"),
        ("exceeds # hours", "it exceeds 18 hours"),
        ("exceeds # hours", "it exceeds\n  18.5\n  hours"),
        ("internal review", "an internal\nreview"),
        ("may [not] be|appl*", "it may not be"),
        ("may [not] be|appl*", "it may, applying that"),
        ("non-disclosure of", "for non-disclosure of it"),
        ("not_able|unable to", "not able to"),
        ("paid \u00a3450|more", "we paid \u00a3450"),
        ("section (1)|(2)", "section (2)"),
        ("costs #", "it costs \u00a325.50"),
        ("search* for", "searching for"),
        ("response: -", "response: - none"),
    ],
)
def test_phrase_is_found(phrase: str, text: str) -> None:
    assert Phrases(phrase).search(Words(text)) is not None


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("no information", "there is noinformation"),
        ("hold", "we behold it"),
        ("hold", "the household"),
        ("unable to {2} provide", "unable to go on and on to provide"),
        ("confirm ...40 deny", "to confirm. We deny"),
        ("may apply", "on 3 May apply within"),
        ("may", "since May 2020"),
    ],
)
def test_phrase_is_not_found(phrase: str, text: str) -> None:
    assert Phrases(phrase).search(Words(text)) is None


def test_words_blanked_out_begin_no_phrase() -> None:
    text = "we hold it and we hold that"
    part = Words(text).within(" " * 10 + text[10:], bytes([1] * 10 + [0] * (len(text) - 10)))
    assert [found.start() for found in Phrases("we hold", "it and").finditer(part)] == [15]


def test_a_pattern_is_tried_where_its_phrases_stand() -> None:
    words = Words("the act. the old act, the old acts; bathe act")
    found = Phrases("the [old] act").tried(re.compile(r"the (?:old )?act\b"), words)
    assert [match[0] for match in found] == ["the act", "the old act"]


def test_a_phrase_must_lie_within_the_bounds_given() -> None:
    words = Words("withheld under section 40")
    assert Phrases("section #").search(words, 0, 20) is None
    assert Phrases("section #").search(words, 0, 25) is not None


@pytest.mark.parametrize("phrase", ["{2} word", "ab* word", "... word"])
def test_a_phrase_must_begin_with_a_word(phrase: str) -> None:
    with pytest.raises(ValueError, match="must begin with a word"):
        Phrases(phrase)


@given(st.text(alphabet="abc 40.\n", max_size=300))
def test_many_words_and_few_are_looked_up_alike(text: str) -> None:
    words, phrases = Words(text), Phrases("a|abc b", "abc", "c #")
    whole = [match.span() for match in phrases.finditer(words)]
    long = Words(text + " x" * 200)
    assert [match.span() for match in phrases.finditer(long, 0, len(text))] == whole
