"""The scores are those of the labels' own scoring program, and nothing passes on nothing."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest

from parsers.letters.records import LetterContext
from tests.measure.corpora import Corpus, Letter, given
from tests.measure.facts import SUPPORTING, Facts, Place, bare
from tests.measure.scores import MEASURES, score


def letter(unsure: frozenset[str] = frozenset(), **provisions: str) -> Letter:
    return Letter(key="k", name="n", pages=("",), context=LetterContext(), wanted=said(**provisions), unsure=unsure)


def said(**provisions: str) -> Facts:
    """``foia_40_2="relied_on"`` is FOIA 40(2), relied on."""
    places: dict[Place, str] = {}
    for name, role in provisions.items():
        regime, number, *levels = name.split("_")
        places[regime.upper(), number + "".join(f"({level})" for level in levels)] = role
    return Facts(provisions=places)


def tally(wanted: Letter, got: Facts, measure: str) -> tuple[int, int, int]:
    one = score([wanted], [got])[measure]
    return one.hits, one.spurious, one.missed


def test_a_shallower_form_is_neither_a_hit_nor_a_mistake() -> None:
    wanted = letter(foia_40_2="relied_on")
    assert tally(wanted, said(foia_40="relied_on", foia_40_2="relied_on"), "relied_deep") == (1, 0, 0)
    assert tally(wanted, said(foia_40="relied_on"), "relied_deep") == (0, 0, 1)
    assert tally(wanted, said(foia_41="relied_on"), "relied_deep") == (0, 1, 1)


def test_what_is_only_mentioned_is_cited_and_not_relied_on() -> None:
    wanted = letter(foia_17="procedural", foia_43_2="relied_on")
    got = said(foia_17="mentioned", foia_43_2="relied_on_ncnd")
    assert tally(wanted, got, "cited_deep") == (2, 0, 0)
    assert tally(wanted, got, "relied_section") == (1, 0, 0)


def test_a_supporting_provision_may_be_taken_for_relied_on_or_not() -> None:
    wanted = letter(foia_40_2="relied_on", foia_44_1="supporting")
    assert wanted.wanted.beside == {("FOIA", "44(1)")}
    assert SUPPORTING == "supporting"
    for role in ("relied_on", "procedural"):
        assert tally(wanted, said(foia_40_2="relied_on", foia_44_1=role), "relied_deep") == (1, 0, 0)


def test_fields_that_the_labels_leave_open_are_left_out() -> None:
    wanted = letter(unsure=frozenset({"provisions"}), foia_40="relied_on")
    assert tally(wanted, said(foia_41="relied_on"), "relied_section") == (0, 0, 0)


@pytest.mark.parametrize("printed", ["117", "s117", "MHA1983 s117", "Burial and Cremation Act 1857 s117", "reg117"])
def test_a_provision_of_another_act_is_compared_by_its_number(printed: str) -> None:
    assert bare(("OTHER", printed)) == ("OTHER", "117")
    assert bare(("OTHER", "CJA2009 Sch.5 para.7")) == ("OTHER", "Sch.5 para.7")
    assert bare(("DPA1998", "Sch.1 Pt.I")) == ("DPA1998", "Sch.1 Pt.I")


@pytest.mark.real
def test_scores_of_labelled_letters_are_those_of_the_program_that_came_with_them(
    shared: Path, real: Corpus, real_readings: list[Facts], tmp_path: Path
) -> None:
    predictions = tmp_path / "predictions.jsonl"
    rows = [_prediction(one, facts) for one, facts in zip(real.letters, real_readings, strict=True)]
    predictions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    gold = shared / "gold"
    command = [sys.executable, str(gold / "score.py"), str(gold / "dev.jsonl"), str(predictions)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    ours = score(real.letters, real_readings)
    for name in MEASURES:
        *_, hits, spurious, missed = next(line for line in told.splitlines() if line.startswith(name)).split()
        assert [ours[name].hits, ours[name].spurious, ours[name].missed] == [int(hits), int(spurious), int(missed)]
    assert f"accuracy {ours['outcome'].recall:.3f}" in told


def _prediction(one: Letter, facts: Facts) -> dict[str, object]:
    return {
        "id": one.name,
        "letter_date": facts.letter_date,
        "request_date": facts.request_date,
        "references": facts.references,
        "citations": [
            {"regime": regime, "provision": provision, "role": role.replace("relied_on_ncnd", "relied_on")}
            for (regime, provision), role in facts.provisions.items()
        ],
        "outcome": facts.outcome,
    }


@pytest.mark.parametrize(
    ("line", "words"), [("", "no letters"), ("{", "line 1: not a labelled letter"), ('{"text": ""}', "labels")]
)
def test_a_file_without_labelled_letters_is_refused(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "letters.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(click.ClickException, match=words):
        given([path])


def test_corpora_are_large_enough_to_say_something(own: Corpus, invented: Corpus) -> None:
    assert len(own.letters) > 100
    assert len(invented.letters) > 500
    wanted = [replace(one.wanted, outcome=None) for one in (*own.letters, *invented.letters)]
    assert sum(len(facts.relied) for facts in wanted) > 300
