"""Which requests the world holds: who asks whom for what, when, and how it ends."""

from collections import Counter
from datetime import date, timedelta

from scraper.standin.calendar import TODAY, next_working_day
from scraper.standin.dice import Dice
from scraper.standin.odd import ODD_PLOTS, OddPlot
from scraper.standin.plots import SPANS, WEIGHTS
from scraper.standin.records import StandinAuthority, StandinUser
from scraper.standin.thread import Carrier, Plan
from scraper.standin.topics import Topic, fill_in, round_robins, templates

YEARS = {
    2012: 2,
    2013: 3,
    2014: 3,
    2015: 4,
    2016: 5,
    2017: 6,
    2018: 6,
    2019: 7,
    2020: 6,
    2021: 8,
    2022: 9,
    2023: 11,
    2024: 12,
    2025: 12,
    2026: 4,
}
"""How many requests of each year: there are more of late."""
CARRIERS: dict[Carrier, float] = {"body": 11, "pdf": 12, "docx": 1}
FIRST = ("part", "withheld", "cost_limit", "disclosed", "not_held", "ncnd", "part_upheld")
"""Plots that even a small world has, in this order."""


class Planner:
    """Draws up the plans of a world of a given size."""

    def __init__(
        self, seed: int, requests: int, authorities: tuple[StandinAuthority, ...], users: tuple[StandinUser, ...]
    ) -> None:
        self.seed, self.requests = seed, requests
        self.authorities, self.users = authorities, users
        self.by_name = {authority.url_name: authority for authority in authorities}
        self._titles: Counter[str] = Counter()

    def plans(self) -> list[Plan]:
        """Every plan, oldest request first."""
        odd = self._odd()
        plans = [*odd, *self._ordinary(len(odd))]
        return sorted(plans, key=lambda plan: (plan.start, plan.number))

    def _odd(self) -> list[Plan]:
        """The odd things; they take at most half of a small world, in the order of their list."""
        room = max(self.requests // 2, min(self.requests, 1))
        return [self._odd_plan(number, odd) for number, odd in enumerate(ODD_PLOTS[:room])]

    def _odd_plan(self, number: int, odd: OddPlot) -> Plan:
        dice = Dice(self.seed, "odd", odd.name)
        authority = self.by_name[odd.authority] if odd.authority else self._authority(dice)
        start = odd.start or self._start(dice, odd.plot)
        topic = self._topic(dice, authority, start.year)
        user = next((user for user in self.users if user.kind == odd.user), None) if odd.user else None
        if odd.title:
            topic = Topic(**{**topic.__dict__, "title": odd.title})
        return Plan(
            number=number,
            plot=f"odd:{odd.name}",
            authority=authority,
            user=user or self._user(dice),
            topic=topic,
            start=next_working_day(start),
            carrier=odd.carrier,
            odd=odd.things,
            batch_id=odd.batch_id,
        )

    def _ordinary(self, taken: int) -> list[Plan]:
        plans: list[Plan] = []
        number = taken
        while len(plans) + taken < self.requests:
            dice = Dice(self.seed, "plan", number)
            if len(plans) >= 20 and dice.chance(0.03):
                plans.extend(self._round_robin(dice, number, self.requests - taken - len(plans)))
            else:
                plans.append(self._plan(dice, number, len(plans)))
            number = taken + len(plans)
        return plans

    def _plan(self, dice: Dice, number: int, place: int) -> Plan:
        plot = FIRST[place] if place < len(FIRST) else dice.weighted(WEIGHTS)
        authority, start = self._authority(dice), self._start(dice, plot)
        return Plan(
            number=number,
            plot=plot,
            authority=authority,
            user=self._user(dice),
            topic=self._topic(dice, authority, start.year, ncnd=plot == "ncnd"),
            start=next_working_day(start),
            carrier=dice.weighted(CARRIERS),
        )

    def _round_robin(self, dice: Dice, number: int, room: int) -> list[Plan]:
        """One person asks several bodies the same."""
        user, start = self._user(dice), self._start(dice, "disclosed")
        template = dice.pick(round_robins())
        topic = fill_in(template, dice, start.year)
        asked = [body for body in self.authorities if body.kind in template["kinds"] or "any" in template["kinds"]]
        asked = [body for body in asked if body.weight > 4 and not body.eir_only]
        chosen = dice.some(asked, min(dice.between(3, 7), room))
        return [
            Plan(
                number=number + place,
                plot=dice.weighted(WEIGHTS) if place else "disclosed",
                authority=authority,
                user=user,
                topic=topic,
                start=next_working_day(start + timedelta(days=place // 2)),
                carrier=dice.weighted(CARRIERS),
            )
            for place, authority in enumerate(chosen)
        ]

    def _authority(self, dice: Dice) -> StandinAuthority:
        usual = [body for body in self.authorities if not body.not_subject and ("defunct", None) not in body.tags]
        chosen = dice.weighted({body.url_name: body.weight**1.35 for body in usual})
        return self.by_name[chosen]

    def _user(self, dice: Dice) -> StandinUser:
        """A few people ask a great deal."""
        people = [user for user in self.users if user.kind == "user"]
        return people[int(len(people) * dice.fraction() ** 2.6)]

    def _topic(self, dice: Dice, authority: StandinAuthority, year: int, *, ncnd: bool = False) -> Topic:
        """A topic whose title is not used yet, if a few throws find one."""
        choices = templates(authority, year)
        if ncnd:
            choices = [
                row for row in choices if row["theme"] in {"ncnd", "police", "investigation", "staff"}
            ] or choices
        for _ in range(12):
            topic = fill_in(dice.pick(choices), dice, year)
            if not self._titles[topic.title]:
                break
        self._titles[topic.title] += 1
        return topic

    def _start(self, dice: Dice, plot: str) -> date:
        if plot in SPANS:
            low, high = SPANS[plot]
            return TODAY - timedelta(days=dice.between(low, high))
        year = dice.weighted(YEARS)
        day = date(year, 1, 1) + timedelta(days=dice.between(1, 363))
        return min(day, TODAY - timedelta(days=dice.between(190, 420)))
