"""Lives through the days: sets the site's clock, runs the schedule on that day, and looks at what came of it."""

import json
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from time import sleep
from urllib.parse import urlencode

from protego import Protego

from scraper.standin import running
from scraper.standin.changes import ChangeKind
from scraper.standin.dice import Dice
from scraper.standin.moving import CONTROL, MovingWorld
from scraper.standin.robots import robots_txt
from scraper.standin.truth import Secret, Visible, secrets_at, visible_of
from scraper.standin.upheaval import plan_upheaval
from scraper.standin.world import Holding, World
from tests.fast_time import environment_at
from tests.year.held import held
from tests.year.lag import FACETS, Behind, behind
from tests.year.traces import database_bytes, still_there, traces

RUN_AT = time(3, 7, tzinfo=UTC)
"""When the schedule runs, every night."""
LONGEST_RUN = 600
SILENT: frozenset[ChangeKind] = frozenset({"censored", "file_censored", "file_renamed", "requester_erased"})
"""Changes that leave the request's state and history as they were."""
ROBOTS = Protego.parse(robots_txt("develop"))


@dataclass(frozen=True, kw_only=True)
class Span:
    """A site and the days for which it is watched."""

    seed: int = 1
    requests: int = 120
    recent: int = 220
    first: date = date(2025, 5, 1)
    days: int = 365
    """Days in which things are hidden, renamed, ...; requests go on to be asked and answered."""
    nights: tuple[int, ...] | None = None
    """The days on which the schedule runs, counted from the first; ``None`` for each of ``days``."""
    kills: float = 0.05
    """Share of the nights on which the job is killed; half of the time it is started again in the same night."""

    @property
    def all_days(self) -> list[date]:
        nights = range(self.days) if self.nights is None else self.nights
        return [self.first + timedelta(days=number) for number in nights]


@dataclass(kw_only=True)
class Night:
    """What one night's run came to."""

    day: date
    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    codes: list[int] = field(default_factory=list)
    killed: bool = False
    outage: str = ""
    said: str = ""
    fresh: float = 0.0
    """Share of the requests of which every facet is as the site shows it."""
    held: int = 0
    readable: int = 0
    followed: list[tuple[Secret, float]] = field(default_factory=list)
    """Secrets that the archive got rid of, with the days since the site did."""


class Year:
    """A site, an archive in ``folder``, and the nights so far."""

    def __init__(self, span: Span, folder: Path) -> None:
        self.span, self.folder = span, folder
        self.archive, self.public, self.log = (
            folder / "archive",
            folder / "site" / "public.db",
            folder / "requests.jsonl",
        )
        self.world = World(seed=span.seed, requests=span.requests, recent=span.recent)
        first = datetime.combine(span.first, RUN_AT)
        last = first + timedelta(days=span.days)
        self.moving = MovingWorld(self.world, plan_upheaval(self.world, first, last))
        self.nights: list[Night] = []
        self._dice = Dice(span.seed, "year", "kills")
        self._bounds = (first, last)
        self._logged = 0
        self._gone: dict[tuple[str, int], float] = {}
        self._listed: set[int] = set()

    def live(self) -> Iterator[Night]:
        """The nights, one after another."""
        first, last = (moment.isoformat() for moment in self._bounds)
        with running(
            seed=self.span.seed, requests=self.span.requests, recent=self.span.recent, at=first, changes_from=first,
            changes_until=last, control=True, log=self.log,
        ) as base:  # fmt: skip
            for day in self.span.all_days:
                night = self._night(base, day)
                self.nights.append(night)
                yield night

    # a night

    def _night(self, base: str, day: date) -> Night:
        moment = datetime.combine(day, RUN_AT)
        _set_clock(base, moment)
        night = Night(day=day, outage=self._outage(moment))
        night.killed = self._dice.chance(self.span.kills) and day != self.span.first
        again = self._dice.chance(0.5)
        if night.killed:
            self._run(moment, night, base, kill_after=self._dice.between(1, 9))
        if not night.killed or again or day == self.span.all_days[-1]:
            self._run(moment + timedelta(minutes=20), night, base)
        self._count(night)
        self._look(night)
        return night

    def _run(self, moment: datetime, night: Night, base: str, *, kill_after: int | None = None) -> None:
        """The scheduled job; ``kill_after`` so many requests it is killed, if it is still at work."""
        places = ["--archive", str(self.archive), "--public", str(self.public)]
        command = [sys.executable, "-m", "scraper", "update", "--site", base, *places]
        with (self.folder / "said.txt").open("ab") as out:
            start = out.tell()
            with subprocess.Popen(
                command, env=environment_at(moment), cwd=self.folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            ) as process:
                if kill_after is not None:
                    self._kill(process, after=kill_after)
                night.codes.append(process.wait(timeout=LONGEST_RUN))
        with (self.folder / "said.txt").open("rb") as said:
            said.seek(start)
            night.said += said.read().decode(errors="replace")

    def _kill(self, process: "subprocess.Popen[bytes]", *, after: int) -> None:
        """Kill the job a moment after it has asked the site so often."""
        while process.poll() is None and self._lines() < self._logged + after:
            sleep(0.01)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=1.5 * self._dice.fraction())
        process.kill()

    def _lines(self) -> int:
        return self.log.read_bytes().count(b"\n")

    def _outage(self, moment: datetime) -> str:
        outages = self.moving.upheaval.outages
        return next((outage.kind for outage in outages if outage.begins <= moment < outage.ends), "")

    def _count(self, night: Night) -> None:
        lines = self.log.read_text(encoding="utf-8").splitlines()
        asked = [json.loads(line) for line in lines[self._logged :]]
        self._logged = len(lines)
        asked = [one for one in asked if not one["path"].startswith(CONTROL)]
        night.requests = len(asked)
        night.statuses = Counter(one["status"] for one in asked)

    def _look(self, night: Night) -> None:
        holding, truth = held(self.archive), self.seen_on(night.day)
        self._listed |= {request.id for request in self.world_on(night.day).requests if request.listed}
        both = [number for number in holding.keys() | truth.keys() if self.wanted(number)]
        fresh = sum(holding.get(number) == truth.get(number) for number in both)
        night.fresh = fresh / len(both) if both else 0.0
        night.held, night.readable = len(holding), len(truth)
        night.followed = list(self._followed(night.day))

    def _followed(self, day: date) -> Iterator[tuple[Secret, float]]:
        data, moment = database_bytes(self.archive), datetime.combine(day, RUN_AT)
        for secret in self.secrets_on(day):
            key = (secret.word, secret.request)
            if key not in self._gone and not secret.public_only and not still_there(secret, self.archive, data):
                self._gone[key] = (moment - secret.since) / timedelta(days=1)
                yield secret, self._gone[key]

    # the truth

    def world_on(self, day: date) -> Holding:
        """The site when the schedule runs."""
        return _world(self.moving, day)

    def seen_on(self, day: date) -> dict[int, Visible]:
        """What a visitor sees when the schedule runs."""
        return _seen(self.moving, day)

    def secrets_on(self, day: date) -> list[Secret]:
        """What must be gone some time after the run of a day."""
        return secrets_at(self.moving.requests, self.moving.upheaval.changes, datetime.combine(day, RUN_AT))

    def wanted(self, number: int) -> bool:
        """Whether a list ever showed the request when the schedule ran, and robots.txt allows its page."""
        request = next(one for one in self.moving.requests if one.id == number)
        slugs = {request.slug, *(change.slug for change in self.moving.changes.get(number, ()) if change.slug)}
        return number in self._listed and all(may_ask(f"/request/{slug}") for slug in slugs)

    # what came of it

    def behind(self) -> list[Behind]:
        """What is not as the site shows it at the end."""
        return behind(held(self.archive), [night.day for night in self.nights], self.seen_on, self.wanted)

    def traces(self, *, delay: timedelta, silent: timedelta) -> list[str]:
        """Where secrets turn up that the site took away longer ago than ``delay``, or ``silent`` without a word."""
        day = self.nights[-1].day
        end = datetime.combine(day, RUN_AT)
        old = [one for one in self.secrets_on(day) if end - one.since > (silent if one.kind in SILENT else delay)]
        return traces(old, self.archive, self.public)

    def forbidden(self) -> list[str]:
        """Paths that were asked for though robots.txt forbids them."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        paths = {json.loads(line)["path"] for line in lines}
        return sorted(path for path in paths if not path.startswith(CONTROL) and not may_ask(path))


def may_ask(path: str) -> bool:
    """Whether robots.txt allows it."""
    return bool(ROBOTS.can_fetch(f"http://127.0.0.1{path}", "wdtk-archive"))


def _set_clock(base: str, moment: datetime) -> None:
    with urllib.request.urlopen(f"{base}{CONTROL}?{urlencode({'time': moment.isoformat()})}", timeout=240) as answer:  # noqa: S310 - our own stand-in
        answer.read()


@lru_cache(maxsize=2)
def _world(moving: MovingWorld, day: date) -> Holding:
    return moving.at(datetime.combine(day, RUN_AT))


@lru_cache(maxsize=4)
def _seen(moving: MovingWorld, day: date) -> dict[int, Visible]:
    found = ((request.id, visible_of(request)) for request in _world(moving, day).requests)
    return {number: {**seen, "events": sorted(seen["events"])} for number, seen in found if seen is not None}  # type: ignore[call-overload]  # tuples


def facets_behind(found: list[Behind]) -> str:
    """How many facets are behind, of each kind, and by how many days at most."""
    parts = []
    for facet in FACETS:
        days = [one.days for one in found if one.facet == facet]
        if days:
            worst = "never so" if None in days else f"{max(day or 0 for day in days)} days"
            parts.append(f"{facet} {len(days)} (at most {worst})")
    return ", ".join(parts) or "nothing"
