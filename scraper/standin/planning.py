"""Which requests the world holds: who asks whom for what, when, and how it ends."""

from collections import Counter
from dataclasses import replace
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
REVIEWED = frozenset({"withheld_upheld", "withheld_overturned", "part_upheld", "cost_upheld", "not_held_overturned"})
RECENT_DAYS = 450
LONG = 190
"""Days that a request with a review can take."""
OPENERS: tuple[tuple[str, str, bool], ...] = (
    ("part", "bcc", False),
    ("withheld", "sdif", False),
    ("cost_limit", "mpw", False),
    ("withheld", "carrowmoor_city_council", True),
    ("part", "inchmorrow_council", True),
    ("ncnd", "brackenshire_constabulary", False),
    ("disclosed", "st_hildas", False),
    ("not_held", "university_of_carrowmoor", False),
    ("withheld_upheld", "drl", False),
    ("not_held_overturned", "lbe", False),
    ("vexatious", "borough_of_ambleford", False),
    ("cost_limit", "larkshire_water_plc", True),
    ("held_up", "dhc", False),
    ("clarified", "quenbury_city_council", False),
    ("passed_on", "gmbc", False),
    ("accessible", "llanfechan_borough_council", False),
    ("ncnd", "nhs_glenfarrow", False),
    ("cost_limit", "glenfarrow_council", False),
    ("not_held", "city_of_dunsallow_council", False),
    ("not_held", "kirkmuir_and_lorn_council", True),
    ("cost_limit", "city_of_dunsallow_council", True),
    ("withheld", "sdif", True),
    ("withheld_overturned", "scottish_rural_payments_office", False),
    ("repeated", "thornvale_police", False),
    ("vexatious", "glenfarrow_council", True),
    ("withheld_upheld", "wexcombe_county_council", True),
    ("held_up", "inchmorrow_council", True),
    ("held_up", "larkshire_water_plc", True),
    ("not_held", "north_larkshire_council", True),
    ("passed_on", "wexcombe_county_council", True),
    ("for_a_fee", "oxley_vale_district_council", False),
    ("by_post", "merrow_canal_navigation_company", True),
    ("bounced", "pellbrook_town_council", False),
    ("part_upheld", "carrowmoor_police", False),
)
"""Plots that come before chance has its say, so that every outcome is there under every law that knows it.

Each is a plot, a body, and whether the subject is environmental.
"""


class Planner:
    """Draws up the plans of a world of a given size."""

    def __init__(
        self,
        seed: int,
        requests: int,
        authorities: tuple[StandinAuthority, ...],
        users: tuple[StandinUser, ...],
        *,
        recent: int = 0,
    ) -> None:
        self.seed, self.requests, self.recent = seed, requests, recent
        self.authorities, self.users = authorities, users
        self.by_name = {authority.url_name: authority for authority in authorities}
        self._titles: Counter[str] = Counter()
        self._together: dict[str, tuple[date, Topic, StandinUser]] = {}

    def plans(self) -> list[Plan]:
        """Every plan, oldest request first."""
        odd = self._odd()
        plans = [*odd, *self._ordinary(len(odd)), *self._of_late()]
        return sorted(plans, key=lambda plan: (plan.start, plan.number))

    def _odd(self) -> list[Plan]:
        """The odd things; they take at most half of a small world, in the order of their list."""
        room = max(self.requests // 2, min(self.requests, 1))
        return [self._odd_plan(number, odd) for number, odd in enumerate(ODD_PLOTS[:room])]

    def _odd_plan(self, number: int, odd: OddPlot) -> Plan:
        dice = Dice(self.seed, "odd", odd.name)
        authority = self.by_name[odd.authority] if odd.authority else self._authority(dice)
        start, topic, user = self._shared(dice, odd, authority)
        return Plan(
            number=number,
            plot=f"odd:{odd.name}",
            authority=authority,
            user=user,
            topic=replace(topic, title=odd.title) if odd.title else topic,
            start=start,
            carrier=odd.carrier,
            odd=odd.things,
            batch_id=odd.batch_id,
            together=odd.together,
        )

    def _shared(self, dice: Dice, odd: OddPlot, authority: StandinAuthority) -> tuple[date, Topic, StandinUser]:
        """When, what and who: the same for all requests that belong together."""
        key = odd.together or f"{odd.name} {odd.start}"
        if key not in self._together:
            start = next_working_day(odd.start or self._start(dice, odd.plot))
            special = next((user for user in self.users if user.kind == odd.user), None) if odd.user else None
            topic = self._topic(dice, authority, start.year)
            self._together[key] = (start, topic, special or self._user(dice))
        return self._together[key]

    def _ordinary(self, taken: int) -> list[Plan]:
        plans: list[Plan] = []
        number = taken
        while len(plans) + taken < self.requests:
            dice = Dice(self.seed, "plan", number)
            if len(plans) >= len(OPENERS) and dice.chance(0.03):
                plans.extend(self._round_robin(dice, number, self.requests - taken - len(plans)))
            else:
                plans.append(self._plan(dice, number, len(plans)))
            number = taken + len(plans)
        return plans

    def _plan(self, dice: Dice, number: int, place: int) -> Plan:
        if place < len(OPENERS):
            plot, name, environmental = OPENERS[place]
            authority = self.by_name[name]
        else:
            plot, authority, environmental = dice.weighted(WEIGHTS), self._authority(dice), None
        start = self._start(dice, plot)
        return Plan(
            number=number,
            plot=plot,
            authority=authority,
            user=self._user(dice),
            topic=self._topic(dice, authority, start.year, ncnd=plot == "ncnd", environmental=environmental),
            start=next_working_day(start),
            carrier=dice.weighted(CARRIERS),
        )

    def _of_late(self) -> list[Plan]:
        """Requests of the last year, and a little more, spread evenly."""
        plans = []
        for place in range(self.recent):
            dice = Dice(self.seed, "recent", place)
            start = next_working_day(TODAY - timedelta(days=dice.between(1, RECENT_DAYS)))
            authority = self._authority(dice)
            plan = Plan(
                number=self.requests + place,
                plot=dice.weighted(WEIGHTS),
                authority=authority,
                user=self._user(dice),
                topic=self._topic(dice, authority, start.year),
                start=min(start, TODAY),
                carrier=dice.weighted(CARRIERS),
            )
            plans.append(plan)
        return plans

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
                together=f"round robin {number}",
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
        return people[int(len(people) * dice.fraction() ** 1.8)]

    def _topic(
        self,
        dice: Dice,
        authority: StandinAuthority,
        year: int,
        *,
        ncnd: bool = False,
        environmental: bool | None = None,
    ) -> Topic:
        """A topic whose title is not used yet, if a few throws find one."""
        choices = templates(authority, year)
        if environmental is not None:
            choices = [row for row in choices if bool(row.get("environmental")) is environmental] or choices
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
        return min(day, TODAY - timedelta(days=LONG if plot in REVIEWED else dice.between(60, 420)))
