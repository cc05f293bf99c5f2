"""Canonical provisions: written and read back, contained in one another, in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.errors import ParseError
from parsers.law.provision import Provision, roman_numeral, roman_value
from parsers.law.table import provisions

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
        ("DPA1998 Sch 1 Pt I para 1", ("Sch 1", "Pt I", "para 1")),
        ("DPA1998 Sch 2 para 6(1)", ("Sch 2", "para 6", "1")),
        ("OTHER CRCA2005 s18(1)", ("CRCA2005 s18", "1")),
        ("OTHER FEES2004 reg3(2)", ("FEES2004 reg3", "2")),
        ("OTHER ECHR1950 art8", ("ECHR1950 art8",)),
    ],
)
def test_parts_are_the_section_and_its_levels(text: str, parts: tuple[str, ...]) -> None:
    assert Provision.parse(text).parts == parts


@pytest.mark.parametrize("text", ["", "40(2)", "FOIA", "FOIA s40", "FOIA 40(2", "FOIA 40 (2)", "FOIB 40", "FOIA forty"])
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


def test_the_parent_of_a_row_is_the_one_the_table_names() -> None:
    for row in provisions():
        parent = row.key.parent
        assert (parent.text if parent else None) == row.parent


def test_order_is_by_number_and_not_by_letter() -> None:
    written = ["FOIA 9", "FOIA 12", "FOIA 22", "FOIA 22A", "FOIA 40(2)", "FOIA 40(2)(b)", "FOIA 40(10)", "EIR 5(3)"]
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
