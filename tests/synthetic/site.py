"""Who is asked, by whom, when and together with whom: the skew of a site of any size.

Known of the real site (published by mySociety): 109,653 requests in the year to October 2022, 2,500 a week in 2026,
more than a million in all, 3.5 million attachments; about 1 % of a year's requests are hidden. All else is assumed, and
``tests.synthetic`` says so.
"""

from bisect import bisect, bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from scraper.standin.data import table
from scraper.standin.dice import Dice
from scraper.standin.slugs import simplified
from scraper.standin.topics import fill_in
from tests.synthetic.days import ZERO
from tests.synthetic.lengths import dice
from tests.synthetic.pattern import Pattern, Row
from tests.synthetic.vocabulary import Vocabulary, named

YEARS = {
    2008: 8, 2009: 15, 2010: 22, 2011: 36, 2012: 42, 2013: 48, 2014: 54, 2015: 60, 2016: 63, 2017: 67, 2018: 72,
    2019: 80, 2020: 72, 2021: 92, 2022: 109, 2023: 116, 2024: 123, 2025: 130, 2026: 62,
}  # fmt: skip
"""Thousands of requests made in each year; of the last one its first months."""
LAST_DAY = date(2026, 6, 12)
SKEW, SHIFT = 1.05, 8.0
"""The authority of rank r is asked in proportion to (r + 8) ** -1.05: the first gets about 1.5 % of a million."""
MOST_AUTHORITIES = 45_000
TOGETHER = 0.12
"""Share of requests that one person sends to several authorities in the same words."""
ASKERS = 6
"""Requests a requester, on average; a few send thousands."""
TITLES = 3_000
_PLACES = ("ford", "ham", "ton", "bury", "wick", "stead", "mere", "combe")
_SURNAMES = ("son", "worth", "well", "ley", "man", "croft", "smith", "ward")
_RECENT = 420
"""Threads of the stand-in's last days, which wait for an answer, are copied to the last days only."""


@dataclass(frozen=True, slots=True)
class Body:
    """An authority that is asked; ``base`` is the number of the stand-in's that it is like."""

    id: int
    url_name: str
    name: str
    short_name: str | None
    base: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is settled of one copy before it is made."""

    number: int
    body: Body
    pattern: int
    """Its place among the patterns."""
    days: int
    """By how many days the thread is moved."""
    asker: int
    title: str
    wave: int | None
    """What requests have in common that were sent together; their first messages are in the same words."""
    is_batch: bool
    """Whether the site itself sent them as one batch."""


def bodies(seed: int, requests: int, patterns: Sequence[Pattern]) -> list[Body]:
    """The authorities, the most asked first; those of the stand-in are among them."""
    random = dice("bodies", seed)
    kept: dict[int, Row] = {}
    weights: dict[int, int] = {}
    for pattern in patterns:
        identity = pattern.authority["id"]
        kept[identity] = pattern.authority
        weights[identity] = weights.get(identity, 0) + 1
    number = min(MOST_AUTHORITIES, max(len(kept), round(30 * requests**0.55)))
    drawn = random.choices(list(weights), list(weights.values()), k=number)
    found = []
    for rank, base in enumerate(drawn):
        name = _name(kept[base]["name"], named(rank, _PLACES))
        found.append(Body(10 + 3 * rank, f"{simplified(name)[:60]}_{rank}", name, None, base))
    return found


def _name(name: str, place: str) -> str:
    old = next((known for known in table("names")["places"] if known in name), None)
    return name.replace(old, place) if old else f"{name}, {place}"


def asker(number: int) -> str:
    """The name of a requester."""
    first = table("names")["first"]
    return f"{first[number * 7 % len(first)]} {named(number, _SURNAMES)}"


class Planner:
    """Draws up one plan after the other, in the order of their days."""

    def __init__(self, seed: int, requests: int, patterns: Sequence[Pattern], vocabulary: Vocabulary) -> None:
        self._random = dice("plans", seed)
        self._requests, self._vocabulary = requests, vocabulary
        self._starts = [pattern.start for pattern in patterns]
        self.bodies = bodies(seed, requests, patterns)
        self._skew = list(accumulate((rank + SHIFT) ** -SKEW for rank in range(1, len(self.bodies) + 1)))
        self._by_base: dict[int, list[int]] = {}
        for place, pattern in enumerate(patterns):
            self._by_base.setdefault(pattern.authority["id"], []).append(place)
        self._titles = _titles(seed)
        self._calendar = _Calendar(requests)
        self.askers = max(30, requests // ASKERS)
        self._waves: list[_Wave] = []
        self._last_wave = 0

    def plan(self, number: int) -> Plan:
        """The plan of the request with this number, from 0; to be called in their order."""
        random = self._random
        wave = self._wave(number) if random.random() < TOGETHER else None
        body = self.bodies[bisect(self._skew, random.random() * self._skew[-1])]
        pattern = self._pattern(body, self._calendar.day(number))
        weeks = (self._calendar.day(number) - self._starts[pattern]) // 7
        return Plan(
            number=number,
            body=body,
            pattern=pattern,
            days=7 * weeks,
            asker=wave.asker if wave else self._asker(),
            title=wave.title if wave else self._title(),
            wave=wave.number if wave else None,
            is_batch=wave.is_batch if wave else False,
        )

    def _pattern(self, body: Body, day: int) -> int:
        """A thread of the same sort of authority, from about the same years."""
        threads = self._by_base[body.base]
        recent = self._calendar.last - _RECENT
        fits = [one for one in threads if (self._starts[one] > recent) == (day > recent)] or threads
        near = bisect_left([self._starts[one] for one in fits], day)
        low, high = max(0, near - 6), min(len(fits), near + 6)
        return fits[low + int(self._random.random() * (high - low))]

    def _asker(self) -> int:
        return int(self.askers * self._random.random() ** 2.5)

    def _title(self) -> str:
        random = self._random
        title = self._titles[int(random.random() * len(self._titles))]
        if random.random() < 0.6:
            return f"{title}, {named(int(random.random() ** 2 * 20_000), _PLACES)}"
        return f"{title}: {self._vocabulary.fresh(random)}"

    def _wave(self, number: int) -> "_Wave":
        """One of the waves that go on, or a new one; a wave has 3 to 400 requests, most have few."""
        random = self._random
        self._waves = [wave for wave in self._waves if wave.left and wave.until >= number]
        if len(self._waves) < 3 or random.random() < 0.02:
            self._last_wave += 1
            size = min(400, int(3 * (1 - random.random()) ** -0.9))
            is_batch = random.random() < 0.4
            until = number + 40 + size * 25
            self._waves.append(_Wave(self._last_wave, self._asker(), self._title(), is_batch, size, until))
        wave = self._waves[int(random.random() * len(self._waves))]
        wave.left -= 1
        return wave


@dataclass(slots=True)
class _Wave:
    number: int
    asker: int
    title: str
    is_batch: bool
    left: int
    until: int
    """The last request that may be of it: those sent months apart are not together."""


class _Calendar:
    """The day of each request, so that the years have their shares."""

    def __init__(self, requests: int) -> None:
        self._requests = requests
        self._years = list(YEARS)
        self._shares = list(accumulate(YEARS.values()))
        self.last = LAST_DAY.toordinal() - ZERO

    def day(self, number: int) -> int:
        """The number of its day."""
        share = (number + 0.5) / self._requests * self._shares[-1]
        place = bisect(self._shares, share)
        before = self._shares[place - 1] if place else 0
        within = (share - before) / (self._shares[place] - before)
        first = date(self._years[place], 1, 1).toordinal() - ZERO
        last = self.last if place + 1 == len(self._years) else date(self._years[place] + 1, 1, 1).toordinal() - ZERO
        return first + int(within * (last - first))


def _titles(seed: int) -> list[str]:
    dice = Dice(seed, "titles")
    rows = table("topics")["topic"]
    found = {fill_in(dice.pick(rows), dice, dice.between(2010, 2026)).title: None for _ in range(TITLES)}
    return list(found)
