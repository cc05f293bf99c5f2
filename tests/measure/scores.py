"""Precision, recall and F1 of facts, and the share of letters whose kind and outcome are right.

A shallower form of what is wanted (``40`` where ``40(2)`` is) is neither a hit nor a mistake in the measures that go
deep. Fields that the labels leave open are left out for that letter.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsers.letters.reading import read_letter
from tests.measure.corpora import Corpus, Letter
from tests.measure.facts import Facts, Place, above, facts_of, reference_norm, section

Method = Callable[[Letter], Facts]
MEASURES = ("relied_section", "relied_deep", "cited_deep", "references", "letter_date", "request_date")
ACCURACIES = ("outcome", "kind")


@dataclass(kw_only=True)
class Tally:
    """Facts found rightly, found wrongly, and not found."""

    hits: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """How much of what was found is right; 1 where nothing was found."""
        found = self.hits + self.spurious
        return self.hits / found if found else 1.0

    @property
    def recall(self) -> float:
        """How much of what is there was found; 1 where nothing is there."""
        there = self.hits + self.missed
        return self.hits / there if there else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two; 1 where there was nothing to find and nothing was found."""
        every = 2 * self.hits + self.spurious + self.missed
        return 2 * self.hits / every if every else 1.0


def reader(letter: Letter) -> Facts:
    """What this project's reader says."""
    return facts_of(read_letter(letter.pages, context=letter.context))


def score(letters: Iterable[Letter], readings: Iterable[Facts]) -> dict[str, Tally]:
    """A tally for each measure; for kind and outcome a wrong one is both spurious and missed."""
    tallies = {name: Tally() for name in (*MEASURES, *ACCURACIES)}
    for letter, got in zip(letters, readings, strict=True):
        for name, found, wanted in _compared(letter, got):
            hits = len(found & wanted)
            tallies[name].hits += hits
            tallies[name].spurious += len(found) - hits
            tallies[name].missed += len(wanted) - hits
    return tallies


def _compared(letter: Letter, got: Facts) -> Iterator[tuple[str, set[object], set[object]]]:
    for name in MEASURES:
        if _field(name) in letter.unsure:
            continue
        beside = letter.wanted.beside if name.startswith("relied") else set()
        found, wanted = _facts(got, name, beside), _facts(letter.wanted, name, set())
        if name.endswith("_deep"):
            found, wanted = _without_shallower(found, wanted)
        yield name, set(found), set(wanted)
    for name in ACCURACIES:
        label = getattr(letter.wanted, name)
        if name not in letter.unsure and label is not None:
            yield name, {getattr(got, name)}, {label}


def _field(measure: str) -> str:
    return "provisions" if measure.endswith(("section", "deep")) else measure


def _facts(facts: Facts, name: str, beside: set[Place]) -> set[Place]:
    relied = facts.relied - beside
    if name == "relied_section":
        return {section(place) for place in relied}
    if name == "relied_deep":
        return relied
    if name == "cited_deep":
        return {place for place in facts.provisions if place[0] != "OTHER"}
    if name == "references":
        return {("", norm) for norm in map(reference_norm, facts.references) if norm}
    day = getattr(facts, name)
    return {("", day)} if day else set()


def _without_shallower(found: set[Place], wanted: set[Place]) -> tuple[set[Place], set[Place]]:
    found = {one for one in found if one in wanted or not any(above(one, deep) for deep in wanted)}
    return found, {one for one in wanted if one in found or not any(above(one, deep) for deep in wanted)}


def table(corpus: Corpus, tallies: dict[str, Tally]) -> list[str]:
    """The scores of a corpus, one measure a line, as plain text."""
    head = f"{'':15}{'precision':>10}{'recall':>8}{'F1':>8}{'hit':>6}{'spurious':>10}{'missed':>8}"
    lines = [f"{corpus.name}: {len(corpus.letters)} letters", head]
    for name in MEASURES:
        one = tallies[name]
        figures = f"{one.precision:10.3f}{one.recall:8.3f}{one.f1:8.3f}"
        lines.append(f"{name:15}{figures}{one.hits:6}{one.spurious:10}{one.missed:8}")
    for name in ACCURACIES:
        one = tallies[name]
        lines.append(f"{name:15}{'accuracy':>10}{one.recall:8.3f}{'':8}{one.hits:6}{'':10}{one.missed:8}")
    return lines


def read_all(letters: Sequence[Letter], method: Method = reader) -> list[Facts]:
    """What a method says of each letter, in order."""
    return [method(letter) for letter in letters]
