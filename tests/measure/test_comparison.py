"""The comparison in the documents is what the command prints, and the reader does what the site's detector cannot."""

import pytest

from parsers.letters.reading import read_letter
from tests.measure.comparison import COMPARED, METHODS, SCORED, TITLES, compare, scores
from tests.measure.corpora import Corpus
from tests.measure.documents import DATA, README, block, with_block, with_rows
from tests.measure.plainer import detected

RENEW = "run: make compare"

STRINGS = [
    ("Sections 40 and 43", [], ["40", "43"]),
    ("ss.30 and 31", [], ["30", "31"]),
    ("sections 31(1)(a) and 43(2)", [], ["31(1)(a)", "43(2)"]),
    ("section 31(1)(a) and 43(2)", ["31(1)(a)"], ["31(1)(a)", "43(2)"]),
    ("s.40(2) and (3A)(a)", ["40(2)"], ["40(2)", "40(3A)(a)"]),
    ("s43A", ["43"], []),
    ("Section 14 of my letter", ["14"], []),
]
"""What the site's detector loses or garbles: the words, what it sees in them, and what of the Act they cite."""
BOTH = [
    ("section 40(2)", ["40(2)"]),
    ("section 40(2), 43(2)", ["40(2)", "43(2)"]),
    ("section 3.1 or 41", ["3(1)", "41"]),
]


def seen(text: str) -> list[str]:
    return [number + "".join(f"({level})" for level in levels) for number, levels in detected(text)]


def read(text: str) -> list[str]:
    letter = f"Freedom of Information Act 2000\n\nThe file is withheld under {text}."
    return [citation.provision for citation in read_letter(letter).citations if citation.regime == "FOIA"]


@pytest.mark.parametrize(("text", "lost", "right"), STRINGS)
def test_what_the_detector_loses_or_garbles_is_read(text: str, lost: list[str], right: list[str]) -> None:
    assert seen(text) == lost
    assert read(text) == right


@pytest.mark.parametrize(("text", "right"), BOTH)
def test_what_both_find(text: str, right: list[str]) -> None:
    assert seen(text) == right
    assert read(text) == right


def test_the_comparison_in_the_readme_is_current(own: Corpus, invented: Corpus) -> None:
    told = block(README.read_text(encoding="utf-8"), "comparison")
    rows = compare([own, invented])
    assert told[: len(COMPARED)] == COMPARED
    assert len(told) == len(COMPARED) + len(METHODS) * len(TITLES)
    assert told[len(COMPARED) :][: 2 * len(METHODS)] == [*rows["cases"], *rows["stand-in"]], RENEW


def test_the_scores_in_the_data_readme_are_current(invented: Corpus) -> None:
    told = block(DATA.read_text(encoding="utf-8"), "scores")
    assert told[: len(SCORED)] == SCORED
    rows = scores([invented])["stand-in"]
    assert told[len(SCORED) :][: len(rows)] == rows, RENEW


@pytest.mark.real
def test_the_figures_of_labelled_letters_are_current(real: Corpus) -> None:
    assert block(README.read_text(encoding="utf-8"), "comparison")[-len(METHODS) :] == compare([real])["labelled"], (
        RENEW
    )
    rows = scores([real])["labelled"]
    assert block(DATA.read_text(encoding="utf-8"), "scores")[-len(rows) :] == rows, RENEW


def test_the_reader_does_better_than_the_plainer_methods(own: Corpus, invented: Corpus) -> None:
    for rows in compare([own, invented]).values():
        plain, detector, ours = ([float(cell) for cell in row.split(" | ")[2:5]] for row in rows)
        assert min(ours) > max(*plain, *detector)


TEXT = "before\n<!-- t: begin -->\n| a (1) | x |\n| b (2) | y |\n<!-- t: end -->\nafter\n"


def test_rows_of_letters_that_are_not_here_stay() -> None:
    renewed = with_rows(TEXT, "t", ["head"], {"A": ["| a (3) | z |"]}, {"A": "a", "B": "b"})
    assert block(renewed, "t") == ["head", "| a (3) | z |", "| b (2) | y |"]
    assert renewed.startswith("before\n")
    assert renewed.endswith("\nafter\n")


def test_a_document_without_its_markers_is_an_error() -> None:
    with pytest.raises(LookupError, match="expected the markers"):
        with_block("nothing", "t", [])
