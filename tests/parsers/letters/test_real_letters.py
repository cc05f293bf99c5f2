"""Labelled letters of real authorities, where they lie beside the checkout: measuring only, nothing of them is kept."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from parsers.letters.reading import read_letter, strongest
from parsers.letters.records import RELIED_ON, LetterContext, Reading

pytestmark = pytest.mark.real

Facts = set[tuple[str, ...]]

AT_LEAST = {
    "relied_section": 0.97,
    "relied_deep": 0.97,
    "cited_deep": 0.95,
    "references": 0.96,
    "letter_date": 0.97,
    "request_date": 0.95,
}
"""F1 below which a change has made the reader worse."""
OUTCOMES_AT_LEAST = 0.88


@pytest.fixture(scope="module")
def letters(shared: Path) -> list[dict[str, Any]]:
    with (shared / "gold" / "dev.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def readings(letters: list[dict[str, Any]]) -> dict[str, Reading]:
    return {row["id"]: read_letter(row["text"], context=LetterContext(authority=row["authority"])) for row in letters}


def longest_refusals(letters: list[dict[str, Any]]) -> list[str]:
    """The letters with most provisions whose every field is certain: those that quote the Act at length."""
    certain = [row for row in letters if not row["labels"].get("ambiguous") and not row["labels"].get("inferred")]
    certain.sort(key=lambda row: -len(row["labels"]["provisions"]))
    return [row["id"] for row in certain[:5]]


def test_the_longest_refusals_are_read_exactly(letters: list[dict[str, Any]], readings: dict[str, Reading]) -> None:
    for key in longest_refusals(letters):
        check_exactly(next(row["labels"] for row in letters if row["id"] == key), readings[key])


def check_exactly(labels: dict[str, Any], reading: Reading) -> None:
    roles = {provision: citation.role for provision, citation in strongest(reading.citations).items()}
    assert [reference.value for reference in reading.references] == labels["references"]
    days = [fact.value if fact else None for fact in (reading.letter_date, reading.request_date)]
    assert days == [labels["letter_date"], labels["request_date"]]
    assert reading.outcome == labels["outcome"]
    named = {provision for provision in roles if provision[0] not in {"OTHER", "unknown"}}
    assert named == {(row["law"], row["provision"]) for row in labels["provisions"] if row["law"] != "OTHER"}
    relied = {(row["law"], row["provision"]) for row in labels["provisions"] if row["role"] == "relied_on"}
    assert {provision for provision, role in roles.items() if role in RELIED_ON} == relied


def test_quoted_statute_is_not_relied_on(readings: dict[str, Reading]) -> None:
    quoted = [c for reading in readings.values() for c in reading.citations if c.role == "statute_quotation"]
    assert {"30", "35"} <= {citation.provision for citation in quoted}


def test_every_fact_of_every_letter_stands_where_it_says(
    letters: list[dict[str, Any]], readings: dict[str, Reading]
) -> None:
    for row in letters:
        reading = readings[row["id"]]
        evidence = [citation.evidence for citation in reading.citations]
        evidence += [reference.evidence for reference in reading.references]
        evidence += [signal.evidence for signal in reading.signals]
        for each in evidence:
            assert row["text"][each.start : each.end] == each.quote


@pytest.mark.parametrize("measure", AT_LEAST)
def test_f1_on_labelled_letters(measure: str, letters: list[dict[str, Any]], readings: dict[str, Reading]) -> None:
    hits = spurious = missed = 0
    for row in letters:
        if _unsure(row, measure):
            continue
        want, got = _wanted(row)[measure], _found(readings[row["id"]])[measure]
        if measure.endswith("_deep"):
            got = {fact for fact in got if fact in want or not any(_contains(fact, other) for other in want)}
            want = {fact for fact in want if fact in got or not any(_contains(fact, other) for other in got)}
        hits += len(want & got)
        spurious += len(got - want)
        missed += len(want - got)
    assert 2 * hits / (2 * hits + spurious + missed) >= AT_LEAST[measure]


def test_outcomes_of_labelled_letters(letters: list[dict[str, Any]], readings: dict[str, Reading]) -> None:
    right = [readings[row["id"]].outcome == row["labels"]["outcome"] for row in letters]
    assert sum(right) / len(right) >= OUTCOMES_AT_LEAST


def _unsure(row: dict[str, Any], measure: str) -> bool:
    labels = row["labels"]
    field = "provisions" if measure.startswith(("relied", "cited")) else measure
    return field in (*labels.get("ambiguous", ()), *labels.get("inferred", ()))


def _wanted(row: dict[str, Any]) -> dict[str, Facts]:
    labels = row["labels"]
    provisions = [(p["law"], p["provision"], p["role"] == "relied_on") for p in labels["provisions"]]
    return _facts(labels["letter_date"], labels["request_date"], labels["references"], provisions)


def _found(reading: Reading) -> dict[str, Facts]:
    provisions = [(c.regime, c.provision, c.role in RELIED_ON) for c in reading.citations]
    dates = [fact.value if fact else None for fact in (reading.letter_date, reading.request_date)]
    return _facts(dates[0], dates[1], [reference.value for reference in reading.references], provisions)


def _facts(
    dated: str | None, requested: str | None, references: list[str], provisions: Sequence[tuple[str, str, bool]]
) -> dict[str, Facts]:
    relied = {(law, provision) for law, provision, relied in provisions if relied}
    return {
        "relied_section": {(law, provision.split("(")[0]) for law, provision in relied},
        "relied_deep": set(relied),
        "cited_deep": {(law, provision) for law, provision, _ in provisions if law != "OTHER"},
        "references": {(_reference(reference),) for reference in references},
        "letter_date": {(dated,)} if dated else set(),
        "request_date": {(requested,)} if requested else set(),
    }


def _reference(value: str) -> str:
    bare = re.sub(r"[^0-9a-z]", "", value.lower())
    return re.sub(r"^(foia|foi|eir|ref|no)+", "", bare)


def _contains(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return short != long and short[0] == long[0] and long[1].startswith(short[1] + "(")
