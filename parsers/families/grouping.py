"""From pairs that are alike to families in which every member is like one of them, however long the chain."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from parsers.families.minhash import band_keys
from parsers.families.wording import Runs, fingerprint

LEADERS = 8
"""Most unlike texts of one bucket that each further one is compared with: a bucket costs no more than so many times
its size."""
CANDIDATES, SAMPLE = 8, 40
"""How many texts may become the representative, and how many they are tried on."""
Node = TypeVar("Node", bound=Hashable)
RunsOf = Callable[[int], Runs]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When texts are of one family; likenesses are shares of runs in common (Jaccard), from 0 to 1."""

    alike: float
    """Two texts this like each other are joined."""
    kept: float
    """A member is at least this like the representative: what a chain of small changes has led further away is not."""
    fewest: int
    """Texts with fewer different runs say too little to be likened."""
    rows: int = 4
    """Places in a band of signatures (``minhash``): more find fewer texts that are less alike."""


REQUESTS = Rule(alike=0.7, kept=0.6, fewest=12, rows=5)
PARAGRAPHS = Rule(alike=0.5, kept=0.4, fewest=18)


@dataclass(frozen=True, kw_only=True)
class Family:
    """Texts that say nearly the same; ``members`` are their numbers, each with its likeness to the representative."""

    representative: int
    members: Mapping[int, float]


class Joins(Protocol):
    """What notes which texts are alike; ``Alike`` is one."""

    def root(self, node: int) -> int:
        """The one that stands for all that are joined with ``node``."""

    def join(self, one: int, other: int) -> None:
        """They are alike."""


@dataclass(kw_only=True)
class Alike(Generic[Node]):
    """Which texts were found alike, directly or through others; holds only those that were."""

    _above: dict[Node, Node] = field(default_factory=dict)

    def root(self, node: Node) -> Node:
        """The one that stands for all that are joined with ``node``."""
        top = node
        while (above := self._above.get(top, top)) != top:
            top = above
        while (above := self._above.get(node, node)) != top and node != top:
            self._above[node] = top
            node = above
        return top

    def join(self, one: Node, other: Node) -> None:
        """They are alike."""
        first, second = self.root(one), self.root(other)
        self._above.setdefault(first, first)
        self._above[second] = first

    def __contains__(self, node: object) -> bool:
        """Whether something was found like it."""
        return node in self._above

    def together(self) -> list[list[Node]]:
        """Those joined, in lists of two and more."""
        lists: dict[Node, list[Node]] = defaultdict(list)
        for node in self._above:
            lists[self.root(node)].append(node)
        return list(lists.values())


def likeness(one: Runs, other: Runs) -> float:
    """The share of all their runs that both have: 1 for the same, 0 for nothing in common."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else float(one == other)


def link(bucket: Sequence[int], runs_of: RunsOf, alike: Joins, rule: Rule) -> None:
    """Compare the texts that share a band, in the order of their numbers, and join those that are alike."""
    leaders: list[int] = []
    for node in sorted(bucket):
        found = next((one for one in leaders if _are_alike(one, node, runs_of, alike, rule)), None)
        if found is not None:
            alike.join(found, node)
        elif len(leaders) < LEADERS:
            leaders.append(node)


def _are_alike(one: int, other: int, runs_of: RunsOf, alike: Joins, rule: Rule) -> bool:
    return alike.root(one) == alike.root(other) or likeness(runs_of(one), runs_of(other)) >= rule.alike


def split(joined: Sequence[int], runs_of: RunsOf, weights: Mapping[int, int], rule: Rule) -> Iterator[Family]:
    """The families among texts that are joined: the most usual wording and all that is like it, then the rest again.

    ``weights`` says how many texts have the very wording of each. Every member is at least ``rule.kept`` like its
    representative.
    """
    rest = sorted(joined, key=lambda node: (-weights.get(node, 1), node))
    while rest:
        chosen = _most_usual(rest, runs_of, weights)
        wording = runs_of(chosen)
        likenesses = {node: likeness(wording, runs_of(node)) for node in rest}
        members = {node: found for node, found in likenesses.items() if found >= rule.kept}
        yield Family(representative=chosen, members=members)
        rest = [node for node in rest if node not in members]


def _most_usual(nodes: Sequence[int], runs_of: RunsOf, weights: Mapping[int, int]) -> int:
    sample = [(weights.get(node, 1), runs_of(node)) for node in nodes[:SAMPLE]]

    def usual(node: int) -> float:
        wording = runs_of(node)
        return sum(weight * likeness(wording, other) for weight, other in sample)

    return max(nodes[:CANDIDATES], key=usual)


def families(texts: Mapping[int, Runs], rule: Rule) -> list[Family]:
    """The families of two and more among texts that fit into memory; the order of ``texts`` does not matter."""
    same: dict[int, list[int]] = defaultdict(list)
    for number in sorted(texts):
        if len(texts[number]) >= rule.fewest:
            same[fingerprint(texts[number])].append(number)
    copies = {numbers[0]: numbers for numbers in same.values()}
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    for node in sorted(copies):
        for band, key in enumerate(band_keys(texts[node], rows=rule.rows)):
            buckets[band, key].append(node)
    alike: Alike[int] = Alike()
    for _, bucket in sorted(buckets.items()):
        link(bucket, texts.__getitem__, alike, rule)
    weights = {node: len(numbers) for node, numbers in copies.items()}
    joined = alike.together()
    alone = set(copies).difference(*joined)
    found = [family for nodes in joined for family in split(nodes, texts.__getitem__, weights, rule)]
    found += [Family(representative=node, members={node: 1.0}) for node in alone]
    whole = (_with_copies(family, copies) for family in found)
    return sorted((family for family in whole if len(family.members) > 1), key=lambda family: min(family.members))


def _with_copies(family: Family, copies: Mapping[int, Sequence[int]]) -> Family:
    members = {number: found for node, found in family.members.items() for number in copies[node]}
    return Family(representative=family.representative, members=members)
