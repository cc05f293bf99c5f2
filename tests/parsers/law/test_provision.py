"""Canonical provisions: written and read back, contained in one another, in order."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.errors import ParseError
from parsers.law.provision import REGIMES, Provision, roman_numeral, roman_value
from parsers.law.table import provisions
from tests.patience import spending

ROWS = [row.key for row in provisions()]
any_row = st.sampled_from(ROWS)


@pytest.mark.parametrize("provision", ROWS, ids=str)
def test_every_row_reads_back_as_it_was_written(provision: Provision) -> None:
    assert Provision.parse(str(provision)) == provision
    assert Provision.parse(provision.text, regime=provision.regime) == provision


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("FOIA 40(2)(a)", ("40", "2", "a")),
        ("FOIA 40(3A)(a)", ("40", "3A", "a")),
        ("FOIA 22A(1)(b)(iv)", ("22A", "1", "b", "iv")),
        ("FOISA 30(b)(i)", ("30", "b", "i")),
        ("DPA1998 Sch.1 Pt.I para.1", ("Sch.1", "Pt.I", "para.1")),
        ("DPA1998 Sch.2 para.6(1)", ("Sch.2", "para.6", "1")),
        ("DPA1998 Sch 1 Pt I para 1", ("Sch.1", "Pt.I", "para.1")),
        ("DPA1998 Sch 2 para 6(1)", ("Sch.2", "para.6", "1")),
        ("DPA2018 Sch.2 Pt.1 para.2(1)(a)", ("Sch.2", "Pt.1", "para.2", "1", "a")),
        ("UKGDPR 6(1)(f)", ("6", "1", "f")),
        ("OTHER CRCA2005 Sch.1", ("CRCA2005 Sch.1",)),
        ("OTHER LGA1972 Sch.12A Pt.1 para.3", ("LGA1972 Sch.12A", "Pt.1", "para.3")),
        ("OTHER Burial Grounds (Records) Act 1979 s4(2)(a)", ("Burial Grounds (Records) Act 1979 s4", "2", "a")),
        ("OTHER Towns, Ports and Piers Act 1911 Sch 2 para 4", ("Towns, Ports and Piers Act 1911 Sch.2", "para.4")),
        ("OTHER Lighthouse Dues Regulations 2011 reg7", ("Lighthouse Dues Regulations 2011 reg7",)),
        ("OTHER s106", ("s106",)),
        ("OTHER CRCA2005 s18(1)", ("CRCA2005 s18", "1")),
        ("OTHER FEES2004 reg3(2)", ("FEES2004 reg3", "2")),
        ("OTHER ECHR1950 art8", ("ECHR1950 art8",)),
    ],
)
def test_parts_are_the_section_and_its_levels(text: str, parts: tuple[str, ...]) -> None:
    assert Provision.parse(text).parts == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "40(2)",
        "FOIA",
        "FOIA s40",
        "FOIA 40(2",
        "FOIA 40 (2)",
        "FOIB 40",
        "FOIA forty",
        "FOIA CRCA2005 s18",
        "FOIA Sch.one",
        "OTHER the Act s4",
        "OTHER " + "Burial " * 60 + "Act 1979 s4",
    ],
)
def test_anything_else_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ParseError, match="such as"):
        Provision.parse(text)


def test_a_section_covers_its_levels_and_itself_but_not_its_neighbours() -> None:
    section, level = Provision.parse("FOIA 40"), Provision.parse("FOIA 40(2)")
    assert section.covers(level)
    assert section.covers(section)
    assert not level.covers(section)
    assert not Provision.parse("FOIA 4").covers(section)
    assert not Provision.parse("FOISA 40").covers(level)


@given(any_row, any_row)
def test_covering_is_being_an_ancestor(left: Provision, right: Provision) -> None:
    assert left.covers(right) == (left == right or left in right.ancestors())


@given(any_row)
def test_a_schedule_reads_the_same_with_and_without_dots(provision: Provision) -> None:
    undotted = re.sub(r"(Sch|Pt|para)\.", r"\1 ", provision.text)
    assert Provision.parse(undotted, regime=provision.regime) == provision


level = st.sampled_from(["1", "2", "3A", "10", "a", "b", "zz", "i", "iv"])
other_head = st.sampled_from(
    [
        "s4",
        "CRCA2005 s18",
        "Charities Act 2011 s12A",
        "Fees Regulations 2004 reg3",
        "Sch.1",
        "TCPA1990 Sch.2",
        "HRA1998 art8",
    ]
)


@given(other_head, st.lists(level, max_size=5))
def test_what_is_written_of_other_acts_reads_back(head: str, levels: list[str]) -> None:
    provision = Provision("OTHER", (head, *levels))
    assert Provision.parse(str(provision)) == provision


@given(st.text(max_size=40))
def test_no_text_makes_it_fail_in_another_way(text: str) -> None:
    for regime in REGIMES:
        with contextlib.suppress(ParseError):
            assert Provision.parse(Provision.parse(text, regime=regime).text, regime=regime).regime == regime


def test_a_text_made_to_be_slow_is_refused_at_once() -> None:
    for piece in ("A", "A ", "(1)", "A, ", "Sch.1 ", "A (", "1999 "):
        with spending(10), pytest.raises(ParseError):
            Provision.parse("OTHER " + piece * 100_000 + "!")


def test_the_parent_of_a_row_is_the_one_the_table_names() -> None:
    for row in provisions():
        parent = row.key.parent
        assert (parent.text if parent else None) == row.parent


def test_order_is_by_number_and_not_by_letter() -> None:
    written = ["FOIA 9", "FOIA 12", "FOIA 22", "FOIA 22A", "FOIA 40(2)", "FOIA 40(2)(b)", "FOIA 40(10)", "EIR 5(3)"]
    assert [str(p) for p in sorted(map(Provision.parse, reversed(written)))] == written


def test_parts_of_a_schedule_are_in_order_of_value() -> None:
    written = ["DPA1998 Sch.1 Pt.II", "DPA1998 Sch.1 Pt.IV", "DPA1998 Sch.1 Pt.IX", "DPA1998 Sch.2", "DPA1998 Sch.10"]
    assert [str(p) for p in sorted(map(Provision.parse, reversed(written)))] == written


def test_roman_numerals_below_a_letter_are_in_order_of_value() -> None:
    written = [f"FOIA 36(2)(b)({roman_numeral(n)})" for n in range(1, 12)]
    assert [str(p) for p in sorted(map(Provision.parse, reversed(written)))] == written


def test_i_below_a_digit_is_a_letter() -> None:
    assert max(map(Provision.parse, ["FOIA 31(1)(i)", "FOIA 31(1)(h)", "FOIA 31(1)(c)"])).parts[-1] == "i"


@given(any_row, any_row)
def test_two_provisions_are_equal_or_one_comes_first(left: Provision, right: Provision) -> None:
    assert (left == right) + (left < right) + (right < left) == 1


@pytest.mark.parametrize("value", range(1, 40))
def test_roman_numerals_read_back(value: int) -> None:
    assert roman_value(roman_numeral(value)) == value


@pytest.mark.parametrize("word", ["", "a", "mix", "law"])
def test_other_letters_are_no_roman_numerals(word: str) -> None:
    assert roman_value(word) == 0
