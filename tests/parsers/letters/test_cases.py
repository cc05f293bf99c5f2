"""Invented letters of every kind, read whole: each case is a directory."""

import json
from pathlib import Path

import pytest

from parsers.letters.reading import read_letter, reading_as_json
from parsers.letters.records import Evidence, LetterContext, Reading
from tests.golden import Golden, case_id, cases

CASES = cases(Path(__file__).parent / "cases")


def pages_and_context(case: Path) -> tuple[list[str], LetterContext]:
    """The pages of a case (parted by form feeds where its meta says ``pages``) and what is known beforehand."""
    meta = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    text = (case / "input.txt").read_text(encoding="utf-8")
    pages = text.split("\f") if meta.pop("pages", False) else [text]
    return pages, LetterContext(**meta)


def all_evidence(reading: Reading) -> list[Evidence]:
    found = [citation.evidence for citation in reading.citations]
    found += [reference.evidence for reference in reading.references]
    found += [signal.evidence for signal in reading.signals]
    found += [fact.evidence for fact in (reading.letter_date, reading.request_date) if fact]
    return found + ([reading.outcome_evidence] if reading.outcome_evidence else [])


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_case_is_read_as_expected(case: Path, golden: Golden) -> None:
    pages, context = pages_and_context(case)
    golden.check(case / "expected.json", reading_as_json(read_letter(pages, context=context), id=case.name))


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_every_fact_stands_where_it_says(case: Path) -> None:
    pages, context = pages_and_context(case)
    reading = read_letter(pages, context=context)
    for evidence in all_evidence(reading):
        assert evidence.quote
        assert pages[evidence.page - 1][evidence.start : evidence.end] == evidence.quote
    for citation in reading.citations:
        assert citation.printed_start is not None
        page = pages[citation.evidence.page - 1]
        assert page[citation.printed_start :].startswith(citation.printed)


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_line_endings_of_another_system_change_nothing_but_places(case: Path) -> None:
    pages, context = pages_and_context(case)
    plain = read_letter(pages, context=context)
    windows = read_letter([page.replace("\n", "\r\n") for page in pages], context=context)
    assert [(c.regime, c.provision, c.role) for c in windows.citations] == [
        (c.regime, c.provision, c.role) for c in plain.citations
    ]
    assert (windows.kind, windows.outcome) == (plain.kind, plain.outcome)
