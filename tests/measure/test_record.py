"""The recorded run is that of the reader as it is, and what changes is told by letter and kind."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from tests.measure import __main__ as command
from tests.measure.corpora import Corpus, Letter
from tests.measure.facts import Facts
from tests.measure.record import changes, parse, render, strangers

CURRENT = (
    "the reader differs from the recorded run; see what changed with: make letters; keep it with: make letters RECORD=1"
)


def recorded(corpus: Corpus) -> str:
    assert corpus.record is not None
    return corpus.record.read_text(encoding="utf-8")


def told(corpus: Corpus, readings: list[Facts], before: str) -> list[str]:
    return [
        " ".join(str(change).replace(change.letter.name, "X").split()) for change in changes(corpus, readings, before)
    ]


def test_the_recorded_run_of_the_stand_in_is_current(invented: Corpus, invented_readings: list[Facts]) -> None:
    text = recorded(invented)
    assert [str(change) for change in changes(invented, invented_readings, text)] == []
    assert render(invented, invented_readings) == text, CURRENT
    assert text.startswith(f"# stand-in: {len(invented.letters)} letters\n")
    assert 10 < len(parse(text)) < len(invented.letters) / 2, "the record should hold differences only"


@pytest.mark.real
def test_the_recorded_run_of_the_labelled_letters_is_current(real: Corpus, real_readings: list[Facts]) -> None:
    text = recorded(real)
    assert strangers(real, text) == 0
    assert [str(change) for change in changes(real, real_readings, text)] == []
    assert render(real, real_readings) == text, CURRENT
    assert len(parse(text)) == len(real.letters) > 50


@pytest.mark.real
def test_the_record_of_the_labelled_letters_holds_none_of_their_words(real: Corpus) -> None:
    text = recorded(real)
    for one in real.letters:
        facts = [
            *one.wanted.references,
            one.wanted.letter_date,
            one.wanted.request_date,
            one.context.authority,
            one.name,
        ]
        assert [fact for fact in facts if fact and len(fact) > 4 and fact in text] == []


@pytest.fixture
def one(invented: Corpus) -> tuple[Corpus, Letter]:
    letter = next(one for one in invented.letters if one.wanted.relied and one.wanted.references)
    return replace(invented, letters=(letter,)), letter


def test_what_is_lost_gained_moved_and_changed_is_told(one: tuple[Corpus, Letter]) -> None:
    corpus, letter = one
    right = letter.wanted
    place = min(right.relied)
    before = render(corpus, [right])
    assert told(corpus, [right], before) == []
    less = {key: role for key, role in right.provisions.items() if key != place}
    name = " ".join(place)
    assert told(corpus, [replace(right, provisions=less)], before) == [f"worse lost X: {name} relied_on"]
    moved = {**right.provisions, place: "procedural"}
    assert told(corpus, [replace(right, provisions=moved)], before) == [f"worse moved X: {name} relied_on → procedural"]
    more = {**right.provisions, ("FOIA", "24(1)"): "relied_on"}
    assert told(corpus, [replace(right, provisions=more)], before) == ["worse gained X: FOIA 24(1) relied_on"]
    assert told(corpus, [replace(right, outcome="other")], before) == [
        f"worse changed X: outcome {right.outcome} → other"
    ]
    assert told(corpus, [replace(right, references=())], before) == [f"worse lost X: reference {right.references[0]}"]


def test_what_gets_better_is_told_too(one: tuple[Corpus, Letter]) -> None:
    corpus, letter = one
    wrong = replace(letter.wanted, kind="bounce", outcome="other", letter_date="1999-01-01")
    before = render(corpus, [wrong])
    assert all(line.startswith("better ") for line in told(corpus, [letter.wanted], before))
    assert len(told(corpus, [letter.wanted], before)) == 3


def test_a_hashed_record_tells_changes_as_well(one: tuple[Corpus, Letter]) -> None:
    corpus, letter = replace(one[0], kept="hashed"), one[1]
    before = render(corpus, [letter.wanted])
    assert not any(reference in before for reference in letter.wanted.references)
    assert told(corpus, [letter.wanted], before) == []
    assert told(corpus, [replace(letter.wanted, references=("ZZ 1",))], before) == [
        "worse gained X: reference ZZ 1",
        f"worse lost X: reference {letter.wanted.references[0]}",
    ]


def test_the_command_fails_where_a_reading_is_lost_and_not_where_none_is(
    monkeypatch: pytest.MonkeyPatch, invented: Corpus, invented_readings: list[Facts]
) -> None:
    monkeypatch.setattr(command, "corpora", lambda _: [invented])
    monkeypatch.setattr(command, "read_all", lambda _: invented_readings)
    assert CliRunner().invoke(command.main, ["letters"]).exit_code == 0
    blind = [replace(facts, provisions={}) for facts in invented_readings]
    monkeypatch.setattr(command, "read_all", lambda _: blind)
    ran = CliRunner().invoke(command.main, ["letters"])
    assert ran.exit_code == 1
    assert "Not as recorded: stand-in" in ran.output
