"""Invented letters of every kind, read whole: each case is a directory."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from parsers.letters.reading import read_letter, reading_as_json
from parsers.letters.records import Evidence, Reading
from tests.golden import Golden, case_id, cases
from tests.measure.corpora import CASES as FOLDER
from tests.measure.corpora import pages_and_context

CASES = cases(FOLDER)


@cache
def read(case: Path) -> Reading:
    """A case as it stands, read once for all that is asked of it."""
    pages, context = pages_and_context(case)
    return read_letter(pages, context=context)


def expected_of(case: Path) -> dict[str, Any]:
    """What is kept of a reading: all but the confidence, which changes whenever it is measured anew."""
    told: dict[str, Any] = reading_as_json(read(case), id=case.name)
    for citation in told["citations"]:
        del citation["confidence"]
    return told


def all_evidence(reading: Reading) -> list[Evidence]:
    found = [citation.evidence for citation in reading.citations]
    found += [reference.evidence for reference in reading.references]
    found += [signal.evidence for signal in reading.signals]
    found += [fact.evidence for fact in (reading.letter_date, reading.request_date) if fact]
    return found + ([reading.outcome_evidence] if reading.outcome_evidence else [])


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_case_is_read_as_expected(case: Path, golden: Golden) -> None:
    golden.check(case / "expected.json", expected_of(case))


def stands(reading: Reading, pages: list[str]) -> None:
    for evidence in all_evidence(reading):
        assert evidence.quote
        assert pages[evidence.page - 1][evidence.start : evidence.end] == evidence.quote
    for citation in reading.citations:
        assert citation.printed_start is not None
        page = pages[citation.evidence.page - 1]
        assert page[citation.printed_start :].startswith(citation.printed)


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_every_fact_stands_where_it_says(case: Path) -> None:
    pages, _ = pages_and_context(case)
    stands(read(case), pages)


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_page_may_end_within_a_mention(case: Path) -> None:
    pages, context = pages_and_context(case)
    cited = [c for c in read(case).citations if c.evidence.page == 1]
    for citation in cited[:3]:
        assert citation.printed_start is not None
        end = citation.printed_start + len(citation.printed) // 2
        cut = [pages[0][:end], pages[0][end:], *pages[1:]]
        stands(read_letter(cut, context=context), cut)


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_line_endings_of_another_system_change_nothing_but_places(case: Path) -> None:
    pages, context = pages_and_context(case)
    plain = read(case)
    windows = read_letter([page.replace("\n", "\r\n") for page in pages], context=context)
    assert [(c.regime, c.provision, c.role) for c in windows.citations] == [
        (c.regime, c.provision, c.role) for c in plain.citations
    ]
    assert (windows.kind, windows.outcome) == (plain.kind, plain.outcome)
