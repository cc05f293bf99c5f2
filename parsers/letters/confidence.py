"""How sure the reader is, as a rate: of what a rule said of letters that people had labelled, how much was right.

``confidence.csv`` holds the counts, renewed by ``make calibrate``. A rule that was judged often speaks for itself; one
that was judged seldom is drawn towards its family, and a family towards all that was judged of its sort, each by a
Beta prior that weighs as much as ``WEIGHT`` judgements. Nothing is ever certain: ten of ten is not 1.

A citation is right if its law and provision are, and if it is rightly taken for relied on or not. The first depends
on how the law was found, the second on how the role was, so that the two rates are multiplied.
"""

import csv
import functools
import io
from collections.abc import Iterable, Mapping
from importlib import resources
from types import MappingProxyType
from typing import Literal, NamedTuple

from parsers.letters.records import RELIED_ON, Citation, Role
from parsers.letters.rules import RegimeRule, RoleRule

Ranked = Literal["reference", "letter_date", "request_date"]
Sort = Literal["place", "role", Ranked]
"""What is judged: that a provision of this law is cited, what it does, or one of the other facts."""

WEIGHT = 6.0
"""As how many judgements the rate of the family counts."""

_INFERRED = frozenset({"form", "nation", "letter", "noun_slip", "not_in_information_law", "no_act_named", "label"})
"""Rules that find the law where no Act is named beside the number."""


class Cell(NamedTuple):
    """What counts are kept for."""

    sort: Sort
    family: str
    rule: str


class Count(NamedTuple):
    """How often something was judged, and how often it was right."""

    judged: int
    right: int

    @property
    def alone(self) -> float:
        """The rate after the rule of succession: a half where nothing was judged, and never 0 or 1."""
        return (self.right + 1) / (self.judged + 2)

    def drawn_to(self, rate: float) -> float:
        """The mean of the Beta distribution after these judgements, with a prior of mean ``rate``.

        Never above both what these judgements support alone and what those of the family do.
        """
        return min((self.right + WEIGHT * rate) / (self.judged + WEIGHT), max(self.alone, rate))


Counts = Mapping[Cell, Count]


def cells(citation: Citation) -> tuple[Cell, Cell]:
    """What a citation is judged as: how its law was found, and how its role was."""
    return _cells(citation.regime_rule, citation.role_rule, citation.role, ambiguous=bool(citation.candidates))


def _cells(regime_rule: str, role_rule: str, role: str, *, ambiguous: bool) -> tuple[Cell, Cell]:
    family = "ambiguous" if ambiguous else "inferred" if regime_rule in _INFERRED else "named"
    return Cell("place", family, regime_rule), Cell(
        "role", "relied on" if role in RELIED_ON else "mentioned", role_rule
    )


def ranked_cell(sort: Ranked, rank: float) -> Cell:
    """What a reference or a date is judged as: the rank that its rule gave it."""
    return Cell(sort, "", f"{rank:.2f}")


@functools.cache
def of_citation(regime_rule: RegimeRule, role_rule: RoleRule, role: Role, *, ambiguous: bool) -> float:
    """The confidence of a citation whose law and role these rules found."""
    place, does = _cells(regime_rule, role_rule, role, ambiguous=ambiguous)
    return round(rate(place) * rate(does), 3)


def of_ranked(sort: Ranked, rank: float) -> float:
    """The confidence of a reference or a date that a rule found with this rank."""
    return round(rate(ranked_cell(sort, rank)), 3)


def rate(cell: Cell, rates: Mapping[Cell, float] | None = None) -> float:
    """How often the rule of a cell is right, between 0 and 1, neither included; of the table unless rates are given."""
    known = _rates() if rates is None else rates
    return known.get(cell) or known.get(Cell(cell.sort, cell.family, "")) or known[Cell(cell.sort, "", "")]


def estimate(counts: Counts) -> dict[Cell, float]:
    """The rates of all cells, of their families (rule ``""``) and sorts (family ``""`` too); a half where none was
    judged."""
    every = _added((Cell(cell.sort, "", ""), count) for cell, count in counts.items())
    families = _added((Cell(cell.sort, cell.family, ""), count) for cell, count in counts.items())
    found = {Cell(sort, "", ""): 0.5 for sort in ("place", "role", "reference", "letter_date", "request_date")}
    found |= {cell: count.alone for cell, count in every.items()}
    found |= {cell: count.drawn_to(found[Cell(cell.sort, "", "")]) for cell, count in families.items() if cell.family}
    return found | {
        cell: count.drawn_to(found[Cell(cell.sort, cell.family, "")]) for cell, count in counts.items() if cell.rule
    }


def _added(counts: Iterable[tuple[Cell, Count]]) -> dict[Cell, Count]:
    found: dict[Cell, Count] = {}
    for cell, count in counts:
        before = found.get(cell, Count(0, 0))
        found[cell] = Count(before.judged + count.judged, before.right + count.right)
    return found


def read_counts(text: str) -> dict[Cell, Count]:
    """The counts of a CSV text as ``write_counts`` makes it."""
    rows = csv.DictReader(io.StringIO(text))
    return {
        Cell(row["sort"], row["family"], row["rule"]): Count(int(row["judged"]), int(row["right"]))  # type: ignore[arg-type] # the file is ours
        for row in rows
    }


def write_counts(counts: Counts) -> str:
    """The counts as CSV text, sorted."""
    lines = [f"{cell.sort},{cell.family},{cell.rule},{count.judged},{count.right}" for cell, count in counts.items()]
    return "\n".join(["sort,family,rule,judged,right", *sorted(lines)]) + "\n"


@functools.cache
def _rates() -> Mapping[Cell, float]:
    text = resources.files("parsers.letters").joinpath("confidence.csv").read_text(encoding="utf-8")
    return MappingProxyType(estimate(read_counts(text)))
