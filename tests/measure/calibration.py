"""How often what the reader says with some confidence is right, and the counts that its confidence is made of.

A citation is right when its law and provision are in the labels, relied on or not as it says; a shallower form of
what the labels have is not judged. A letter is asked once about each provision and rule, however often it prints it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import click

from parsers.letters import confidence
from parsers.letters.confidence import Cell, Count, cells, ranked_cell
from parsers.letters.reading import read_letter
from parsers.letters.records import RELIED_ON, Reading
from tests.measure.corpora import Corpus, Letter
from tests.measure.facts import above, bare, reference_norm

TABLE = Path(confidence.__file__).with_suffix(".csv")
STEPS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Between which confidences the table has its rows."""
FOLDS = 5


class Judged(NamedTuple):
    """One thing said of a letter: the cells that its confidence is made of, and whether each was right.

    The role of a citation is judged only where its law and provision are right, so there may be fewer answers than
    cells; the whole is right if every cell is.
    """

    letter: str
    what: str
    cells: tuple[Cell, ...]
    answers: tuple[bool, ...]

    @property
    def right(self) -> bool:
        """Whether what was said is right as a whole."""
        return all(self.answers)


def measured(corpora: Iterable[Corpus]) -> list[Corpus]:
    """The corpora that were labelled by people who had not seen what the reader says."""
    return [corpus for corpus in corpora if corpus.kept in {"hashed", "not"}]


def judged(corpora: Iterable[Corpus]) -> list[Judged]:
    """All that the labels judge, each thing once a letter, however often the letter prints it."""
    letters = (letter for corpus in measured(corpora) for letter in corpus.letters)
    return [one for letter in letters for one in _judged(letter)]


def _judged(letter: Letter) -> Iterator[Judged]:
    reading = read_letter(letter.pages, context=letter.context)
    yield from dict.fromkeys(_citations(letter, reading))
    for reference in reading.references if "references" not in letter.unsure else ():
        right = reference_norm(reference.value) in map(reference_norm, letter.wanted.references)
        yield Judged(letter.key, "reference", (ranked_cell("reference", reference.rank),), (right,))
    if (day := reading.letter_date) and "letter_date" not in letter.unsure:
        right = day.value == letter.wanted.letter_date
        yield Judged(letter.key, "letter_date", (ranked_cell("letter_date", day.rank),), (right,))
    if (day := reading.request_date) and "request_date" not in letter.unsure:
        right = day.value == letter.wanted.request_date
        yield Judged(letter.key, "request_date", (ranked_cell("request_date", day.rank),), (right,))


def _citations(letter: Letter, reading: Reading) -> Iterator[Judged]:
    if "provisions" in letter.unsure:
        return
    wanted = {bare(place): role in RELIED_ON for place, role in letter.wanted.provisions.items()}
    for citation in reading.citations:
        place = bare((citation.regime, citation.provision))
        relied = citation.role in RELIED_ON
        what = f"citation of {' '.join(place)}"
        if place in wanted:
            yield Judged(letter.key, what, cells(citation), (True, wanted[place] == relied))
        elif not any(above(place, deep) for deep in wanted):
            yield Judged(letter.key, what, cells(citation), (False,))


def count(told: Iterable[Judged]) -> dict[Cell, Count]:
    """How often each cell was judged, and how often it was right."""
    tallies: dict[Cell, Counter[bool]] = defaultdict(Counter)
    for one in told:
        for cell, right in zip(one.cells, one.answers, strict=False):
            tallies[cell][right] += 1
    return {cell: Count(tally.total(), tally[True]) for cell, tally in tallies.items()}


def renew(corpora: Sequence[Corpus]) -> list[Judged]:
    """Count anew on all labelled letters; refuse where there are none, since nothing would be known."""
    told = judged(corpora)
    if not told:
        raise click.ClickException("no labelled letters: name files of them, or put them into ../shared/gold")
    TABLE.write_text(confidence.write_counts(count(told)), encoding="utf-8")
    return told


def said(told: Iterable[Judged]) -> list[tuple[Judged, float]]:
    """What was said, each with the confidence that the reader now has in it."""
    return [(one, math.prod(map(confidence.rate, one.cells))) for one in told]


def said_unseen(told: Sequence[Judged]) -> list[tuple[Judged, float]]:
    """The same, each fifth of the letters with the confidence that counting the other four gives."""
    found: list[tuple[Judged, float]] = []
    for fold in range(FOLDS):
        rates = confidence.estimate(count(one for one in told if _fold(one) != fold))
        fifth = [one for one in told if _fold(one) == fold]
        found += [(one, math.prod(confidence.rate(cell, rates) for cell in one.cells)) for one in fifth]
    return found


def _fold(one: Judged) -> int:
    return int(one.letter, 16) % FOLDS


def reliability(told: Sequence[tuple[Judged, float]]) -> Iterator[tuple[str, str, str, str]]:
    """Rows: what was said with which confidence, how sure that was on average, how often right, and how many."""
    for low, high in pairwise(STEPS):
        if part := [one for one in told if low <= one[1] < high]:
            yield _row(f"{low:.2f} to {high:.2f}", part)
    for what in ("citation", "reference", "letter_date", "request_date"):
        if part := [one for one in told if one[0].what.startswith(what)]:
            yield _row(f"every {what.replace('_', ' ')}", part)


def _row(title: str, part: Sequence[tuple[Judged, float]]) -> tuple[str, str, str, str]:
    sure, right = sum(sure for _, sure in part) / len(part), sum(one.right for one, _ in part) / len(part)
    return title, f"{sure:.2f}", f"{right:.2f}", str(len(part))


def calibration_error(told: Sequence[tuple[Judged, float]]) -> float:
    """The distance between how sure and how right, averaged over the stretches by how much is in each."""
    parts = ([one for one in told if low <= one[1] < high] for low, high in pairwise(STEPS))
    return sum(abs(sum(sure - one.right for one, sure in part)) for part in parts) / len(told) if told else 0.0


def report(corpora: Sequence[Corpus]) -> str:
    """For each stretch of confidence how much was right on the labelled letters, as plain text."""
    told = said(judged(corpora))
    if not told:
        return "No labelled letters are here, so nothing is said of the confidence."
    rows = [("said with", "sure", "right", "n"), *reliability(told)]
    lines = [f"{title:22}{sure:>6}{right:>7}{number:>6}" for title, sure, right, number in rows]
    return "\n".join([*lines, f"expected calibration error {calibration_error(told):.3f}"])
