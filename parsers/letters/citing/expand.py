"""From what is printed to provisions: lists, ranges and continuations (rules R1 to R6 of the law notes).

The table comes first: of the ways to read ``(a)(b)`` or ``(i)`` the one that exists in the regime is taken, and what
exists in no way falls back to its nearest existing ancestor.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from parsers.law.provision import roman_numeral, roman_value
from parsers.law.table import provisions
from parsers.letters.citing.forms import Joiner

Parts = tuple[str, ...]
MAX_RANGE = 6
"""A range of this many sections or more describes a Part of the Act and is not a list of citations."""
MAX_LEVELS = 30
_WHOLE = frozenset({"FOIA", "FOISA", "EIR", "EISR"})
"""Laws of which the table has every provision; of the others it has those that letters cite most."""
_SCANNED = {"l": "1", "z": "2", "o": "0"}
"""Single letters that scanners make of digits, tried where the letter does not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One member of a list as printed: ``31(1)(a)``, or ``(b)`` that continues the one before."""

    number: str
    """Empty for a continuation."""
    levels: Parts
    joiner: Joiner
    start: int
    end: int
    inside: bool = False
    """Whether its last bracket is still open, as in ``31(1)(a, b and c)``."""


class Expanded(NamedTuple):
    """One provision that an item stands for."""

    parts: Parts
    exact: bool
    """Whether every printed level exists; otherwise ``parts`` is the nearest existing ancestor."""
    item: Item


@functools.cache
def paths(regime: str) -> frozenset[Parts]:
    """Every provision of a regime, as parts."""
    return frozenset(row.key.parts for row in provisions() if row.regime == regime)


def exists_anywhere(parts: Parts) -> bool:
    """Whether any regime of information law has the provision."""
    return parts in _anywhere()


@functools.cache
def _anywhere() -> frozenset[Parts]:
    regimes = ("FOIA", "EIR", "FOISA", "EISR", "UKGDPR", "DPA2018", "DPA1998")
    return frozenset().union(*(paths(regime) for regime in regimes))


@functools.cache
def _grounds() -> frozenset[Parts]:
    return frozenset(row.key.parts for row in provisions() if row.refusal_ground)


def is_ground(parts: Parts) -> bool:
    """Whether an authority can refuse under it, in any regime."""
    return parts in _grounds()


def expand(items: Sequence[Item], regime: str) -> tuple[Expanded, ...]:
    """The provisions that a list stands for in one regime, in the order printed and without repeats."""
    printed = tuple((item.number, item.levels, item.joiner) for item in items)
    return tuple(Expanded(parts, exact, items[index]) for parts, exact, index in _expanded(printed, regime))


def all_exist(items: Sequence[Item], regime: str) -> bool:
    """Whether a regime has every provision of a list as printed."""
    printed = tuple((item.number, item.levels, item.joiner) for item in items)
    return all(exact for _, exact, _ in _expanded(printed, regime))


@functools.lru_cache(maxsize=8192)
def _expanded(printed: tuple[tuple[str, Parts, Joiner], ...], regime: str) -> tuple[tuple[Parts, bool, int], ...]:
    """The same by the places of the items in their list: letters cite the same few lists again and again."""
    known = paths(regime)
    found: dict[Parts, Expanded] = {}
    last: Parts = ()
    for index, (number, levels, joiner) in enumerate(printed):
        item = Item(number=number, levels=levels, joiner=joiner, start=index, end=index)
        for step in _item(item, last, known, whole=regime in _WHOLE):
            found.setdefault(step.parts, step)
            last = step.parts
    return tuple((step.parts, step.exact, step.item.start) for step in found.values())


def _item(item: Item, last: Parts, known: frozenset[Parts], *, whole: bool) -> Iterator[Expanded]:
    if item.number:
        if item.joiner == "range":
            for number in _numbers_between(last, item):
                yield Expanded((number,), (number,) in known, item)
        yield from _walk((item.number,), item.levels, known, item, whole=whole)
        return
    target = _continue(last, item.levels, known)
    if item.joiner == "range":
        for parts in _between(last, target):
            if parts in known:
                yield Expanded(parts, exact=True, item=item)
    base = target[: len(target) - len(item.levels)]
    yield from _walk(base or target[:1], target[len(base) or 1 :], known, item, whole=whole)


def _walk(path: Parts, levels: Parts, known: frozenset[Parts], item: Item, *, whole: bool) -> Iterator[Expanded]:
    """Go down level by level; a level that can only be a sibling of the one before starts another provision (R3).

    What the table does not have ends the walk where it has the whole of the law, and is kept as printed elsewhere.
    """
    if path not in known and len(path) == 1:
        yield Expanded((*path, *levels), exact=False, item=item)
        return
    if (
        levels[:1]
        and levels[0].startswith("Pt.")
        and (*path, levels[0]) not in known
        and (*path, *levels[1:2]) in known
    ):
        levels = levels[1:]  # paragraphs of a schedule are numbered through its Parts
    exact = True
    for level in levels[:MAX_LEVELS]:
        below = _below(path, level, known)
        if below is not None:
            path = below
            continue
        beside = (*path[:-1], level)
        if len(path) > 1 and "." not in level and _kind(path[-1]) == _kind(level) and beside in known:
            yield Expanded(path, exact, item)
            path, exact = beside, True
            continue
        exact = False
        if whole:
            break
        path = (*path, level)
    yield Expanded(path, exact and path in known, item)


def _below(path: Parts, level: str, known: frozenset[Parts]) -> Parts | None:
    """The child as printed, or with a digit for a roman numeral or the reverse (R5)."""
    for form in (level, *_respelled(level)):
        if (*path, form) in known:
            return (*path, form)
    return None


def _respelled(level: str) -> Iterator[str]:
    if level.isdigit() and 0 < int(level) < 40:
        yield roman_numeral(int(level))
    if roman_value(level):
        yield str(roman_value(level))
    if level in _SCANNED:
        yield _SCANNED[level]


def _continue(last: Parts, levels: Parts, known: frozenset[Parts]) -> Parts:
    """Where ``(c)`` attaches: at the deepest level of the same kind where it exists, else below (R1, R4)."""
    first = levels[0]
    for depth in range(len(last) - 1, 0, -1):
        candidate = (*last[:depth], *levels)
        if _kind(last[depth]) == _kind(first) and (*last[:depth], first) in known:
            return candidate
    if (*last, first) in known:
        return (*last, *levels)
    for depth in range(len(last) - 1, 0, -1):
        if _kind(last[depth]) == _kind(first):
            return (*last[:depth], *levels)
    return (*last, *levels)


def _between(last: Parts, target: Parts) -> Iterator[Parts]:
    """The provisions strictly between two of one level: (a) to (d) gives (b) and (c)."""
    if len(last) != len(target) or last[:-1] != target[:-1]:
        return
    first, final = last[-1], target[-1]
    if first.isdigit() and final.isdigit():
        for number in range(int(first) + 1, min(int(final), int(first) + 30)):
            yield (*last[:-1], str(number))
    elif len(last) > 2 and last[-2].isalpha() and roman_value(first) and roman_value(final):
        for number in range(roman_value(first) + 1, roman_value(final)):
            yield (*last[:-1], roman_numeral(number))
    elif len(first) == len(final) == 1 and first.isalpha() and final.isalpha():
        for code in range(ord(first) + 1, ord(final)):
            yield (*last[:-1], chr(code))


def _numbers_between(last: Parts, item: Item) -> Iterator[str]:
    if len(last) == 1 and last[0].isdigit() and item.number.isdigit() and not item.levels:
        yield from map(str, range(int(last[0]) + 1, int(item.number)))


def is_long_range(items: Sequence[Item]) -> bool:
    """Whether a list is a range over so many sections that it describes a Part of the Act."""
    return any(
        after.joiner == "range"
        and before.number.isdigit()
        and after.number.isdigit()
        and not before.levels
        and not after.levels
        and int(after.number) - int(before.number) >= MAX_RANGE - 1
        for before, after in pairwise(items)
    )


def _kind(level: str) -> bool:
    """Digits or letters: the two kinds between which levels alternate."""
    return level[:1].isdigit()
