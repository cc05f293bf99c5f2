"""Whatever text comes in, a reading comes out, in time that grows with its length, and every fact stands in it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.letters.reading import read_letter, reading_as_json
from parsers.letters.records import Evidence, Reading
from parsers.letters.text.clean import MAX_LENGTH

pytestmark = pytest.mark.long

LENGTH = 50_000

ADVERSARIAL = {
    "nouns": "section ",
    "brackets": "(",
    "open levels": "40(2)(",
    "unclosed": "section 40(((((",
    "siblings": "(a)(b)(c)",
    "long levels": "section 40(2)(a)(b)(c)",
    "list": "section 40, 41, 42, 43, ",
    "continuations": "section 40(2) and (3) and ",
    "ranges": "reg 12(4)(a) to (e) ",
    "stamps": "[s40(2)] ",
    "the Act": "the Act section 40 of the Act ",
    "Acts": "Mental Health Act 1983 ",
    "statute": "subsection (1) ",
    "dates": "1 January 2020 ",
    "references": "our reference A1/ ",
    "quote marks": "> ",
    "quotations": 'you asked:\n"',
    "headers": "From: a\nSent: b\nTo: c\n",
    "topics": "your request about you asked for ",
    "titles": "Dear A\n\nFOI request 11-11-11 - refused\n\n",
    "codes in a title": "foi 1a-1a-1a-1a ",
    "request set out": "your request of x is set out below.\n",
    "negations": "not apply section 40 ",
    "unhappy": "if you are ",
    "public interest": "public interest in maintaining ",
    "digits": "1 2 3 ",
    "scanned": "secti0n 4O(2) ",
    "soft hyphens": "sec\u00adtion 40 ",
    "line ends": "x\n",
    "blank": " ",
    "spaced": "section" + " " * 50,
}

PIECES = [
    "section 40(2)",
    "s.31(1)(a)",
    "ss. 21 and 43",
    "regulation 12(5)(e)",
    "Article 6(1)(f)",
    "Schedule 2, para 6",
    "(a)",
    "and",
    "or",
    "to",
    "-",
    ",",
    ".",
    "\n",
    "\n\n",
    "\r\n",
    "> ",
    "not",
    "apply",
    "withheld",
    "under",
    "of the Act",
    "of FOIA",
    "EIR",
    "Freedom of Information Act 2000",
    "3 May 2020",
    "Ref: FOI/12",
    "you asked:",
    '"',
    "public interest",
    "outweighs",
    "\xad",
    "ﬁ",
    "&amp;",
    "sec-\n",
    "tion",
    "From: x\nSent: y\nSubject: z\n",
    "If you are unhappy",
    "İ",
    "\x0c",
    "\u2028",
    "[1]",
]

any_character = st.characters()
"""Every code point there is, halves of surrogate pairs among them."""

levels = st.lists(
    st.sampled_from(["(1)", "(2)", "(a)", "(b)", "(i)", "(ii)", " (3A)", "(", "[2)", ".1", "{a}", "(a)-(c)", "(99)"]),
    max_size=5,
).map("".join)
numbers = st.one_of(st.integers(0, 120).map(str), st.sampled_from(["12", "22A", "4O", "l2", "2000", "40,", "s40"]))
items = st.tuples(numbers, levels).map("".join)
nouns = st.sampled_from(
    [
        "section",
        "Sections",
        "ss.",
        "s",
        "s.",
        "§",
        "reg",
        "regulations",
        "Article",
        "exemption",
        "adran",
        "Schedule 2 para",
        "",
    ]
)
joiners = st.sampled_from([" and ", ", ", " & ", "/", " or ", " to ", "-", "\n", " by virtue of ", ")(", " a ", ";"])
laws = st.sampled_from(
    [
        "",
        " of the Act",
        " FOIA",
        " of the EIR",
        " of FOISA",
        " of that Act 2004",
        " of the Data Protection Act 1998",
        " o Ddeddf",
    ]
)
verbs = st.sampled_from(
    [
        "is withheld under",
        "does not apply:",
        "You asked about",
        "neither confirm nor deny,",
        "> On 3 May 2020 you wrote:",
        "Ref:",
    ]
)


@st.composite
def citations(draw: st.DrawFn) -> str:
    """A sentence with a list of provisions, rightly made or nearly so."""
    listed = draw(st.lists(st.tuples(items, joiners), min_size=1, max_size=6))
    printed = "".join(item + joiner for item, joiner in listed)
    return f"{draw(verbs)} {draw(nouns)}{draw(st.sampled_from([' ', '', chr(10)]))}{printed}{draw(laws)}."


@st.composite
def long_texts(draw: st.DrawFn) -> str:
    """A few words over and over, to some thousand characters, with something else at the end."""
    piece = draw(st.one_of(citations(), st.text(any_character, min_size=1, max_size=12), st.sampled_from(PIECES)))
    return piece * draw(st.integers(1, 8000 // len(piece) + 1)) + draw(citations())


any_text = st.one_of(
    st.text(any_character, max_size=400),
    st.lists(st.one_of(st.sampled_from(PIECES), citations()), max_size=60).map(" ".join),
    long_texts(),
)


def all_evidence(reading: Reading) -> list[Evidence]:
    found = [citation.evidence for citation in reading.citations]
    found += [reference.evidence for reference in reading.references]
    found += [signal.evidence for signal in reading.signals]
    found += [fact.evidence for fact in (reading.letter_date, reading.request_date) if fact]
    return found + ([reading.outcome_evidence] if reading.outcome_evidence else [])


@settings(max_examples=300, deadline=None)
@given(st.lists(any_text, max_size=3))
def test_no_text_makes_it_fail_and_every_fact_stands_where_it_says(pages: list[str]) -> None:
    reading = read_letter(pages)
    for evidence in all_evidence(reading):
        assert evidence.quote
        assert pages[evidence.page - 1][evidence.start : evidence.end] == evidence.quote
    for citation in reading.citations:
        assert 0 < citation.confidence <= 1
        assert citation.regime_rule
        assert citation.role_rule


@settings(max_examples=100, deadline=None)
@given(any_text)
def test_one_text_reads_as_a_document_of_one_page(text: str) -> None:
    assert read_letter(text) == read_letter([text])


@settings(max_examples=100, deadline=None)
@given(any_text)
def test_reading_twice_says_the_same(text: str) -> None:
    assert reading_as_json(read_letter(text), id="x") == reading_as_json(read_letter(text), id="x")


@pytest.mark.parametrize("piece", ADVERSARIAL.values(), ids=ADVERSARIAL.keys())
def test_time_grows_with_length_only(piece: str) -> None:
    text = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
    read_letter(text[:1000])
    # Other work on the machine makes processor time longer too, so one of three attempts is enough, and ten times
    # the text may take thirty times as long: what grows with the square of the length takes a hundred.
    attempts = (_short_and_long(text) for _ in range(3))
    assert any(long < 60 and long < 30 * short + 0.05 for short, long in attempts)


def _short_and_long(text: str) -> tuple[float, float]:
    """How long a tenth of the text takes, and the whole of it, one right after the other."""
    return min(_once(text[: LENGTH // 10]) for _ in range(3)), _once(text)


def _once(text: str) -> float:
    begun = time.process_time()
    read_letter(text)
    return time.process_time() - begun


def test_a_text_beyond_the_cap_is_cut_and_says_so() -> None:
    text = "The names are withheld under section 40(2) of the FOIA.\n" + " " * MAX_LENGTH + "section 43(2) of the FOIA"
    reading = read_letter(text)
    assert [citation.provision for citation in reading.citations] == ["40(2)"]
    assert reading.notes == (f"only the first {MAX_LENGTH} characters were read",)


def test_pages_beyond_the_cap_are_cut_too() -> None:
    reading = read_letter([" " * MAX_LENGTH, "section 43(2) of the FOIA"])
    assert reading.citations == ()
    assert len(reading.notes) == 1


def test_an_empty_letter_says_nothing() -> None:
    reading = read_letter("")
    assert (reading.kind, reading.citations, reading.references, reading.notes) == ("other", (), (), ())
    assert reading.letter_date is None
