"""Whether a share is unusual beside the shares before it, judged so that a year of well-running days raises nothing.

A share counts as unusual only where it is beyond every usual share before it, by more than chance would do once
in ten million days, by far more than those differ among themselves, and by enough to matter. Small runs are taken
together until they hold enough to judge.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

LEAST = 50
"""Fewer than these are no share."""
HISTORY = 8
"""Groups that must have gone before."""
_ODDS = math.log(1e7)
_SPREADS = 5.0
"""An unusual share lies so many standard deviations of the usual ones from their mean; more where few are known."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """``hits`` of ``total``, beginning at ``since``."""

    since: str
    hits: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.hits / self.total

    @property
    def smooth(self) -> float:
        """As ``share``, and never quite 0 or 1."""
        return (self.hits + 0.5) / (self.total + 1)


@dataclass(frozen=True, kw_only=True)
class Streak:
    """The newest groups that are all unusual."""

    since: str
    share: float
    """Of the newest group."""
    usual: float
    """The usual share nearest to it."""


def grouped(counts: Iterable[tuple[str, int, int]], least: int = LEAST) -> list[Group]:
    """Runs as (time, hits, total), oldest first, put together from the newest back until each group holds enough.

    What is left over at the old end is dropped; hits beyond the total are cut to it.
    """
    groups: list[Group] = []
    hits = total = 0
    for since, some, of in reversed(list(counts)):
        hits, total = hits + max(0, min(some, of)), total + max(0, of)
        if total >= least:
            groups.append(Group(since=since, hits=hits, total=total))
            hits = total = 0
    return groups[::-1]


def rise(groups: Sequence[Group], *, times: float = 1.5, step: float = 0.02) -> Streak | None:
    """The streak of the newest groups whose share is above the usual; ``None`` where the newest is usual.

    To count, a share must be ``times`` the highest usual one and ``step`` above it.
    """
    return _streak(groups, lambda share, usual: share > max(usual * times, usual + step), falls=False)


def fall(groups: Sequence[Group], *, times: float = 0.7, step: float = 0.1) -> Streak | None:
    """As ``rise``, of shares below the lowest usual one: under ``times`` of it and ``step`` below it."""
    return _streak(groups, lambda share, usual: share < min(usual * times, usual - step), falls=True)


def _streak(groups: Sequence[Group], matters: Callable[[float, float], bool], *, falls: bool) -> Streak | None:
    """Goes through the groups from the oldest; what is unusual does not become part of the usual."""
    usual: list[Group] = []
    since, bound = None, 1.0 if falls else 0.0
    for group in groups:
        if len(usual) >= HISTORY and matters(group.share, bound) and _is_far(group, usual, bound, falls=falls):
            since = since or group.since
        else:
            usual.append(group)
            bound = (min if falls else max)(bound, group.smooth)
            since = None
    return Streak(since=since, share=groups[-1].share, usual=bound) if since else None


def _is_far(group: Group, usual: Sequence[Group], bound: float, *, falls: bool) -> bool:
    """Whether chance does not explain the share, nor how much the usual shares differ from one another."""
    chance = (group.total - group.hits, 1 - bound) if falls else (group.hits, bound)
    if not beyond_chance(chance[0], group.total, chance[1]):
        return False
    angles = [_angle(one.share) for one in usual]
    mean = sum(angles) / len(angles)
    spread = math.sqrt(sum((angle - mean) ** 2 for angle in angles) / (len(angles) - 1))
    return abs(_angle(group.share) - mean) > _SPREADS * spread * (1 + 4 / len(angles))


def _angle(share: float) -> float:
    """Shares on a scale on which chance moves all of them alike."""
    return math.asin(math.sqrt(share))


def beyond_chance(hits: int, total: int, share: float) -> bool:
    """Whether ``hits`` or more of ``total`` come by chance less often than once in ten million, at this ``share``.

    By the bound of Chernoff and Hoeffding: P(X >= kn) <= exp(-n D(k || p)), with D the relative entropy.
    """
    share = min(max(share, 1e-6), 1 - 1e-6)
    seen = hits / total
    if seen <= share:
        return False
    distance = _term(seen, share) + _term(1 - seen, 1 - share)
    return total * distance > _ODDS


def _term(left: float, right: float) -> float:
    return left * math.log(left / right) if left else 0.0


def median(values: Sequence[float]) -> float:
    """The middle one, or the mean of the two in the middle."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
