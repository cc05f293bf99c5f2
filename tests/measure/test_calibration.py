"""Confidence is a rate that judgements support, and what is said with 0.9 is right about nine times in ten."""

import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.letters.confidence import (
    Cell,
    Count,
    cells,
    estimate,
    of_ranked,
    ranked_cell,
    rate,
    read_counts,
    write_counts,
)
from parsers.letters.reading import read_letter
from parsers.letters.rules import RegimeRule, RoleRule
from tests.measure.calibration import TABLE, Judged, calibration_error, count, judged, renew, said, said_unseen
from tests.measure.corpora import Corpus

RULE = Cell("role", "relied on", "relies")
OTHER = Cell("role", "relied on", "heading")
counts = st.integers(0, 300).flatmap(lambda n: st.integers(0, n).map(lambda right: Count(n, right)))


@given(counts, counts)
def test_a_rate_is_never_certain_and_lies_between_a_rule_and_its_family(one: Count, other: Count) -> None:
    rates = estimate({RULE: one, OTHER: other})
    assert all(0 < found < 1 for found in rates.values())
    family = rates[Cell("role", "relied on", "")]
    assert rates[RULE] <= max(family, one.alone) + 1e-9
    assert rates[RULE] >= min(family, one.right / one.judged if one.judged else family) - 1e-9


@given(st.integers(1, 200), st.data())
def test_more_that_is_right_never_lowers_the_rate(number: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, number - 1))
    less, more = (estimate({RULE: Count(number, n)})[RULE] for n in (right, right + 1))
    assert less < more


def test_a_few_judgements_say_little() -> None:
    rates = estimate({RULE: Count(3, 3), OTHER: Count(200, 180)})
    assert 0.89 < rates[RULE] < 0.94
    assert rates[OTHER] == pytest.approx(0.9, abs=0.01)


def test_a_rule_that_was_never_judged_has_the_rate_of_its_family_or_sort() -> None:
    rates = estimate({RULE: Count(100, 90), Cell("role", "mentioned", "heading"): Count(100, 50)})
    assert rate(Cell("role", "relied on", "new"), rates) == rates[Cell("role", "relied on", "")]
    assert rate(Cell("role", "new", "new"), rates) == rates[Cell("role", "", "")]
    assert rate(Cell("reference", "", "0.50"), {**rates}) == 0.5


@given(st.dictionaries(st.sampled_from([RULE, OTHER, ranked_cell("letter_date", 0.9)]), counts))
def test_counts_are_kept_as_they_are(table: dict[Cell, Count]) -> None:
    assert read_counts(write_counts(table)) == table


def test_the_counts_are_of_rules_that_there_are_and_are_many() -> None:
    table = read_counts(TABLE.read_text(encoding="utf-8"))
    assert write_counts(table) == TABLE.read_text(encoding="utf-8")
    rules = {"place": set(get_args(RegimeRule)), "role": set(get_args(RoleRule))}
    assert [cell for cell in table if cell.sort in rules and cell.rule not in rules[cell.sort]] == []
    assert {cell.sort for cell in table} == {"place", "role", "reference", "letter_date", "request_date"}
    assert all(0 <= one.right <= one.judged for one in table.values())
    assert sum(one.judged for one in table.values()) > 500


def test_every_fact_has_the_confidence_of_its_rule() -> None:
    reading = read_letter(
        "Our ref: FOI 2031\n3 May 2022\n\nDear Ms Ode,\n\nThank you for your request of 4 April 2022. "
        "The names are withheld under section 40(2) of the Freedom of Information Act 2000."
    )
    (citation,) = reading.citations
    assert citation.confidence == pytest.approx(math.prod(map(rate, cells(citation))), abs=0.001)
    assert 0.5 < citation.confidence < 1
    assert reading.letter_date is not None
    assert reading.letter_date.confidence == of_ranked("letter_date", reading.letter_date.rank)
    assert reading.request_date is not None
    assert reading.request_date.confidence == of_ranked("request_date", reading.request_date.rank)
    assert [one.confidence for one in reading.references] == [
        of_ranked("reference", one.rank) for one in reading.references
    ]


def test_without_labelled_letters_nothing_is_counted(own: Corpus, invented: Corpus) -> None:
    before = TABLE.read_bytes()
    with pytest.raises(Exception, match="no labelled letters"):
        renew([own, invented])
    assert TABLE.read_bytes() == before


def thing(letter: int, *, right: bool) -> Judged:
    return Judged(f"{letter:08x}", "reference", (ranked_cell("reference", 0.9),), (right,))


def test_each_fifth_is_judged_by_the_other_four() -> None:
    told = [thing(number, right=number % 5 != 0) for number in range(100)]
    sure = {sure for one, sure in said_unseen(told) if not one.right}
    assert min(sure) > 0.95, "the fifth that is wrong was not counted"
    assert calibration_error(said_unseen(told)) > 0.2


def test_the_role_of_what_is_not_there_is_not_judged() -> None:
    place = Cell("place", "named", "act_after")
    told = [Judged("00", "citation of FOIA 40", (place, RULE), answers) for answers in ((True, False), (False,))]
    assert count(told) == {place: Count(2, 1), RULE: Count(1, 0)}
    assert [one.right for one in told] == [False, False]


@pytest.mark.real
def test_confidence_is_about_right_on_the_labelled_letters(real: Corpus) -> None:
    told = said(judged([real]))
    assert len(told) > 200
    assert calibration_error(told) < 0.06
    sure = [one.right for one, sure in told if sure >= 0.95]
    assert len(sure) > 100
    assert sum(sure) / len(sure) >= 0.95
