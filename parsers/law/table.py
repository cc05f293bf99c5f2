"""The table of provisions: what exists, since when, what sort of thing it is, and what it is counted as.

The rows come from the package's own ``data/provisions.csv``, read once. Beside it ``data/acts.csv`` names other
Acts and ``data/false_friends.csv`` the sections of other Acts that letters print without naming the Act.
"""

import csv
import functools
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from types import MappingProxyType
from typing import Literal, cast

from parsers.law.provision import LawRegime, Provision

ProvisionKind = Literal[
    "exemption",
    "exception",
    "cost_limit",
    "vexatious",
    "repeat",
    "ncnd",
    "procedure",
    "right",
    "appeal",
    "offence",
    "definition",
    "other",
]
Test = Literal["absolute", "qualified", "n/a"]
Basis = Literal["class", "prejudice", "n/a"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProvisionRow:
    """One provision in one version; every column of ``provisions.csv``, days as dates and yes or no as bool."""

    regime: LawRegime
    provision: str
    parent: str | None
    kind: ProvisionKind
    refusal_ground: bool
    """Whether an authority can rely on it to refuse, withhold, or neither confirm nor deny."""
    short_title: str
    test: Test
    basis: Basis
    ncnd: bool
    in_force_from: date | None
    in_force_to: date | None
    """Last day in force; None while it still is."""
    statistics_label: str | None
    applies_in: str
    rolls_up_to: str | None
    notes: str | None
    source: str
    confidence: str
    source_url: str

    @property
    def key(self) -> Provision:
        """The place in the law, without the version."""
        return Provision.parse(self.provision, regime=self.regime)


@dataclass(frozen=True, slots=True)
class OtherAct:
    """An Act or instrument outside information law: its code, its name, and how letters shorten it."""

    code: str
    name: str
    short_forms: tuple[str, ...]


ANY_WORD = "*"
"""Of a number that is so well known that no word need betray it, where no law on information has it."""


@dataclass(frozen=True, slots=True)
class FalseFriend:
    """Sections of another Act that letters print without naming it, and the words that betray them."""

    act: str
    noun: str
    """What looks like information law: a section, a regulation, an article or a schedule."""
    sections: frozenset[str]
    after: tuple[str, ...]
    """Words that betray it right behind the number (``agreement``, ``notice``); ANY_WORD where the number does."""
    near: tuple[str, ...]
    """Words that betray it anywhere in the sentence."""


@functools.cache
def provisions() -> tuple[ProvisionRow, ...]:
    """Every row of the table, in the order of the file."""
    return tuple(_row(columns) for columns in _read("provisions.csv"))


def versions(regime: str, provision: str) -> tuple[ProvisionRow, ...]:
    """All versions of a provision, the oldest first; empty where there is none."""
    return _index().get((regime, provision), ())


def lookup(regime: str, provision: str, on: date | None = None) -> ProvisionRow | None:
    """The version in force ``on`` a day; without a day, or where none was in force that day, the latest one.

    Letters go on citing provisions that have been replaced, so a day outside every version is not an error.
    None where the provision does not exist.
    """
    found = versions(regime, provision)
    if on is not None:
        in_force = [row for row in found if _in_force(row, on)]
        found = tuple(in_force) or found
    return found[-1] if found else None


def exists(regime: str, provision: str) -> bool:
    """Whether the table has the provision, in any version."""
    return (regime, provision) in _index()


def deepest(provision: Provision) -> Provision | None:
    """The provision itself where the table has it, else its nearest ancestor that the table has, else None."""
    return next((p for p in (provision, *provision.ancestors()) if exists(p.regime, p.text)), None)


def counted_as(regime: str, provision: str) -> tuple[str, str]:
    """The ground that a citation of this provision counts towards, as regime and provision.

    40(3A)(a) counts as 40(2); the bar in another Act counts as FOIA 44(1)(a). What rolls up to nothing, and what
    the table does not have, counts as itself.
    """
    row = lookup(regime, provision)
    if row is None or row.rolls_up_to is None:
        return regime, provision
    target, _, rest = row.rolls_up_to.partition(" ")
    return (target, rest) if rest else (regime, row.rolls_up_to)


@functools.cache
def sections(regime: str) -> frozenset[str]:
    """The numbers of the sections, regulations or articles of a regime that the table has."""
    return frozenset(Provision.parse(row.provision, regime=row.regime).section for row in _of(regime))


@functools.cache
def other_acts() -> tuple[OtherAct, ...]:
    """The Acts outside information law that letters name."""
    return tuple(OtherAct(r["code"], r["name"], _split(r["short_forms"])) for r in _read("acts.csv"))


@functools.cache
def friends_of(noun: str, number: str) -> tuple[FalseFriend, ...]:
    """The false friends that a number with a noun may be, in the order of the file."""
    return tuple(friend for friend in false_friends() if friend.noun == noun and number in friend.sections)


@functools.cache
def false_friends() -> tuple[FalseFriend, ...]:
    """The sections of other Acts that look like information law (``section 106 agreement``)."""
    return tuple(
        FalseFriend(
            r["act"],
            r["noun"],
            frozenset(_split(r["sections"])),
            _split(r["after"]),
            _split(r["near"]),
        )
        for r in _read("false_friends.csv")
    )


def _of(regime: str) -> Iterable[ProvisionRow]:
    return (row for row in provisions() if row.regime == regime)


@functools.cache
def _index() -> Mapping[tuple[str, str], tuple[ProvisionRow, ...]]:
    found: defaultdict[tuple[str, str], list[ProvisionRow]] = defaultdict(list)
    for row in sorted(provisions(), key=lambda row: row.in_force_from or date.min):
        found[row.regime, row.provision].append(row)
    return MappingProxyType({key: tuple(rows) for key, rows in found.items()})


def _in_force(row: ProvisionRow, on: date) -> bool:
    return (row.in_force_from or date.min) <= on <= (row.in_force_to or date.max)


def _read(name: str) -> list[dict[str, str]]:
    text = (resources.files("parsers.law") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _row(columns: dict[str, str]) -> ProvisionRow:
    return ProvisionRow(
        regime=cast("LawRegime", columns["regime"]),
        provision=columns["provision"],
        parent=columns["parent"] or None,
        kind=cast("ProvisionKind", columns["kind"]),
        refusal_ground=columns["refusal_ground"] == "yes",
        short_title=columns["short_title"],
        test=cast("Test", columns["test"]),
        basis=cast("Basis", columns["basis"]),
        ncnd=columns["ncnd"] == "yes",
        in_force_from=_day(columns["in_force_from"]),
        in_force_to=_day(columns["in_force_to"]),
        statistics_label=columns["statistics_label"] or None,
        applies_in=columns["applies_in"],
        rolls_up_to=columns["rolls_up_to"] or None,
        notes=columns["notes"] or None,
        source=columns["source"],
        confidence=columns["confidence"],
        source_url=columns["source_url"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _split(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(";") if word.strip())
