"""How much of an archive is fresh for how many requests: by the policy, in turn, and by an oracle.

An archive is *fresh* in a request when it shows what the source shows at the end of the day: every message, state,
title, text and file, or that the request is hidden. A request that is at the source and not yet in the archive is not
fresh. The share is the mean over the days of a year of fresh requests of all that the source has or had.

Every way reads the same lists each day and pays for them. The policy is the one of ``scraper.due.policy`` itself, with
the order of ``scraper.due.queue``. *In turn* fetches what the lists show as new and looks at everything else one after
the other; *lists and turn* also looks at once at what the lists show as changed. Neither makes whole looks, which the
policy does make and pays for. The oracle knows the true rates of change, of all that lists do not show, and looks each
day where a look is worth most; it cannot see what it has not looked at.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import numpy as np

from scraper.due import policy
from scraper.due.queue import FOR_THOSE_WHO_WAIT
from tests.bench.figures import Bound, Figure
from tests.bench.site_as_seen import State
from tests.bench.site_of_a_million import DAYS, DUE, IN_JSON, LISTED, MILLION, SILENT, Floats, Site, made

Way = Literal["policy", "in turn", "lists and turn", "oracle"]
LIGHT, CHANGED, WHOLE = 1, 4, 7
"""Requests for the JSON alone; for JSON, page with quoted parts, and a new file; for a request with its 3.5 files."""
ROWS_A_PAGE, DAYS_LISTED = 25, 4
_BEGIN = datetime(2026, 1, 1, 12, tzinfo=UTC)
"""Noon, when the lists and looks of a day are made."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """What one way reached: requests spent a day on average, and the mean share that was fresh."""

    way: Way
    spent: float
    fresh: float


@dataclass(kw_only=True)
class Archive:
    """What is held of each request; days are those of the site."""

    site: Site
    stale: np.ndarray = field(init=False)
    silent: np.ndarray = field(init=False)
    """Stale in a way that only a whole look mends."""
    looked: Floats = field(init=False)
    whole: Floats = field(init=False)
    next_at: Floats = field(init=False)
    weight: Floats = field(init=False)
    is_whole: np.ndarray = field(init=False)
    """Whether what comes next is a whole look."""
    looks: np.ndarray = field(init=False)
    changes: np.ndarray = field(init=False)
    unchanged: np.ndarray = field(init=False)
    spent: float = 0.0

    def __post_init__(self) -> None:
        n, sent = self.site.size, self.site.when["sent"]
        dice = np.random.default_rng(1)
        old = sent < 0
        self.stale, self.silent = np.zeros(n, bool), np.zeros(n, bool)
        self.looked = np.where(old, -dice.uniform(0, np.minimum(90, np.maximum(1, -sent)), n), -np.inf)
        self.looked = np.where(sent > -200, np.where(old, -dice.random(n), -np.inf), self.looked)
        self.whole = np.where(old, -dice.uniform(0, np.minimum(360, np.maximum(1, -sent)), n), -np.inf)
        self.next_at, self.weight, self.is_whole = np.full(n, np.inf), np.zeros(n), np.zeros(n, bool)
        self.looks = np.where(old, 5, 0)
        self.changes, self.unchanged = np.where(old, 2, 0), np.where(old, 3, 0)


class Year:
    """A year of keeping an archive by one way, within a budget of requests a day."""

    def __init__(self, site: Site, way: Way, budget: float) -> None:
        self.site, self.way, self.budget = site, way, budget
        self.archive = Archive(site=site)
        self._listed = _by_day(site, LISTED)
        self._unlisted = _by_day(site, IN_JSON)
        self._silent = _by_day(site, SILENT)
        self._state = State(site)
        self._new, self._anew = np.empty(0, int), np.empty(0, int)
        if way == "policy":
            for one in np.flatnonzero(site.when["sent"] < 0):
                self._schedule(int(one), float(self.archive.looked[one]))
            held = site.when["sent"] < 0
            late = held & (self.archive.next_at < 0)
            self.archive.next_at[late] = np.random.default_rng(2).uniform(0, 3, late.sum())

    def run(self) -> Point:
        """Live through the year."""
        fresh = [self._day(day) for day in range(DAYS)]
        return Point(way=self.way, spent=self.archive.spent / DAYS, fresh=float(np.mean(fresh)))

    def _day(self, day: int) -> float:
        at, archive = day + 0.5, self.archive
        listed = self._changes(day)
        rows = sum(len(self._listed[past]) for past in range(max(0, day - DAYS_LISTED + 1), day + 1))
        left = self.budget - math.ceil(rows / ROWS_A_PAGE)
        archive.spent += self.budget - left
        left = self._look_at_listed(listed, at, left)
        self._look_at_rest(at, left)
        there = self.site.when["sent"] <= day + 1
        return 1 - float((archive.stale | archive.silent)[there].mean())

    def _changes(self, day: int) -> np.ndarray:
        listed = self._listed[day]
        self.archive.stale[listed] = True
        self.archive.stale[self._unlisted[day]] = True
        silent = self._silent[day]
        self.archive.silent[silent] = True
        return np.unique(listed)

    def _look_at_listed(self, listed: np.ndarray, at: float, left: float) -> float:
        """What is not held yet, the newest first, then what is held and was listed anew."""
        self._new = np.concatenate([listed[np.isinf(self.archive.looked[listed])], self._new])
        self._new = np.unique(self._new)[::-1]
        self._anew = np.concatenate([self._anew, listed[np.isfinite(self.archive.looked[listed])]])
        if self.way == "in turn":
            self._anew = self._anew[:0]
        for one in (*self._new, *self._anew):
            left = self._look(int(one), at, left)
        self._new = self._new[np.isinf(self.archive.looked[self._new])]
        self._anew = self._anew[self.archive.looked[self._anew] < at]
        return left

    def _look_at_rest(self, at: float, left: float) -> None:
        for one in self._order(at, left):
            if left < LIGHT:
                return
            left = self._look(int(one), at, left)

    def _order(self, at: float, left: float) -> np.ndarray:
        archive = self.archive
        most = max(0, math.ceil(left))
        held = np.isfinite(archive.looked)
        if self.way == "policy":
            due = np.flatnonzero(held & (archive.next_at <= at))
            looked, following = archive.looked[due], archive.next_at[due]
            likely = archive.weight[due] * (at - looked) / np.maximum(0.01, following - looked)
            return _interleaved(due, likely, following)[:most]
        if self.way == "oracle":
            worth = np.where(held, self._state.worth(archive.looked, at), 0.0)
            best = np.argsort(-worth, kind="stable")[:most]
            return best[worth[best] > 0]
        return np.argsort(np.where(held, archive.looked, np.inf), kind="stable")[: min(most, int(held.sum()))]

    def _look(self, one: int, at: float, left: float) -> float:
        archive = self.archive
        if left < LIGHT or archive.looked[one] == at:
            return left
        first = math.isinf(archive.looked[one])
        changed = bool(archive.stale[one])
        whole = first or (self.way == "policy" and bool(archive.is_whole[one]) and archive.next_at[one] <= at)
        cost = WHOLE if whole else CHANGED if changed else LIGHT
        archive.spent += cost
        archive.stale[one] = False
        if whole:
            archive.silent[one], archive.whole[one] = False, at
        archive.looks[one] += 1
        archive.changes[one] += changed and not first
        archive.unchanged[one] = 0 if changed else archive.unchanged[one] + 1
        archive.looked[one] = at
        self._state.seen(one, at)
        if self.way == "policy":
            self._schedule(one, at)
        return left - cost

    def _schedule(self, one: int, at: float) -> None:
        archive, sent = self.archive, self.site.when["sent"][one]
        check = policy.next_check(
            policy.Situation(
                at=_moment(at),
                status=self._state.status(one, at),
                due_on=_day(sent + DUE),
                quiet_since=_moment(self._state.quiet_since(one, at)),
                looks=int(archive.looks[one]),
                changes=int(archive.changes[one]),
                unchanged=int(archive.unchanged[one]),
                whole_at=_moment(archive.whole[one]),
                removal="confirmed" if self.site.when["hide"][one] <= at else None,
            )
        )
        archive.is_whole[one] = check.why == "whole"
        archive.next_at[one], archive.weight[one] = (check.at - _BEGIN).total_seconds() / 86_400 + 0.5, check.weight


def _interleaved(due: np.ndarray, weight: Floats, since: Floats) -> np.ndarray:
    """The most likely first, and now and then what has waited longest, as the queue does it."""
    likely, waiting = due[np.argsort(-weight, kind="stable")], due[np.argsort(since, kind="stable")]
    mixed = np.empty(2 * len(due), due.dtype)
    place = np.arange(len(due))
    every = FOR_THOSE_WHO_WAIT
    order = np.concatenate([place * every / (every - 1), place * every + every - 0.5])
    mixed = np.concatenate([likely, waiting])[np.argsort(order, kind="stable")]
    _, first = np.unique(mixed, return_index=True)
    return mixed[np.sort(first)]


def _by_day(site: Site, kinds: tuple[str, ...]) -> list[np.ndarray]:
    """Requests that change on each day, before noon of it as well as after noon of the day before."""
    days = np.concatenate([np.ceil(site.when[kind] - 0.5) for kind in kinds])
    which = np.tile(np.arange(site.size), len(kinds))
    inside = (days >= 0) & (days < DAYS)
    order = np.argsort(days[inside], kind="stable")
    parts = np.searchsorted(days[inside][order], np.arange(DAYS + 1))
    return [which[inside][order][parts[day] : parts[day + 1]] for day in range(DAYS)]


def _moment(day: float) -> datetime:
    return _BEGIN + timedelta(days=max(-8_000.0, float(day)) - 0.5)


def _day(day: float) -> date:
    return _moment(day).date()


def spend(site: Site, way: Way, budget: float) -> Point:
    """A year of ``way`` within ``budget`` requests a day, both as of a site of a million."""
    part = int((site.when["sent"] < 0).sum()) / MILLION
    found = Year(site, way, budget * part).run()
    return replace(found, spent=found.spent / part)


def needed(site: Site, way: Way, fresh: float, *, least: float = 1_000, most: float = 2_000_000) -> float:
    """The smallest budget a day at which ``way`` keeps that share fresh, to one part in twenty; or infinite."""
    if spend(site, way, most).fresh < fresh:
        return math.inf
    while most / least > 1.05:
        middle = math.sqrt(least * most)
        if spend(site, way, middle).fresh >= fresh:
            most = middle
        else:
            least = middle
    return most


def figures(requests: int = 10_000) -> Iterator[Figure]:
    """How many requests a day each other way needs for what the policy keeps fresh, beside the policy's own."""
    site = made(requests)
    others: tuple[tuple[Way, float, Bound], ...] = (
        ("in turn", 3.0, "least"), ("lists and turn", 1.0, "least"), ("oracle", 1.0, "most"),
    )  # fmt: skip
    for budget in (8_000, 15_000):
        ours = spend(site, "policy", budget)
        for way, limit, bound in others:
            yield Figure(
                part="freshness", what=f"{way}, as fresh as the policy at {budget:,}", unit="a day",
                ours=needed(site, way, ours.fresh), reference=ours.spent, beside=f"the policy, {ours.fresh:.2%} fresh",
                limit=limit, bound=bound, of="ratio",
            )  # fmt: skip
