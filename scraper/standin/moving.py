"""The site that changes with time: at each moment it shows what had happened by then."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from threading import Lock
from urllib.parse import parse_qs, urlsplit

from scraper.standin.answers import Answer
from scraper.standin.bodies_changed import bodies_at
from scraper.standin.calendar import LONDON
from scraper.standin.changes import Change, done, with_event
from scraper.standin.outages import answer_in
from scraper.standin.past import as_it_was
from scraper.standin.planting import planted
from scraper.standin.records import StandinAuthority, StandinRequest
from scraper.standin.site import Options, Site
from scraper.standin.upheaval import QUIET, Upheaval
from scraper.standin.views import not_found
from scraper.standin.world import Holding, World

CONTROL = "/__standin__/at"
Clock = Callable[[], datetime]
DEFAULT = Options()


class MovingWorld:
    """A world, what is done to it, and what it looks like at any moment."""

    def __init__(self, world: World, upheaval: Upheaval = QUIET) -> None:
        self.world, self.upheaval = world, upheaval
        self.changes: dict[int, list[Change]] = {}
        for change in upheaval.changes:
            self.changes.setdefault(change.request, []).append(change)
        self.requests = tuple(map(self._planted, world.requests))
        self._moments = sorted({*self._all_moments()})

    def _planted(self, request: StandinRequest) -> StandinRequest:
        for change in self.changes.get(request.id, ()):
            if change.kind not in {"shown_again", "file_back"}:
                request = planted(request, change)
        return request

    def _all_moments(self) -> Iterable[datetime]:
        yield from (event.created_at for request in self.requests for event in request.events)
        yield from (change.at for change in self.upheaval.changes)
        yield from (change.at for change in self.upheaval.bodies)

    def state(self, moment: datetime) -> tuple[int, date]:
        """Two moments with the same state have the same pages."""
        return bisect_right(self._moments, moment), moment.astimezone(LONDON).date()

    def at(self, moment: datetime) -> Holding:
        """The world at a moment."""
        bodies = bodies_at(self.world.authorities, self.upheaval.bodies, moment)
        names = {body.id: body for body in bodies}
        by_name = {body.url_name: names.get(body.id, body) for body in self.world.authorities}
        shown = (self._request(request, moment, by_name) for request in self.requests)
        return Holding(
            seed=self.world.seed,
            today=moment.astimezone(LONDON).date(),
            authorities=bodies,
            users=self.world.users,
            requests=tuple(request for request in shown if request is not None),
        )

    def _request(
        self, request: StandinRequest, moment: datetime, bodies: dict[str, StandinAuthority]
    ) -> StandinRequest | None:
        then = as_it_was(request, moment)
        if then is None:
            return None
        then = self._taken_over(replace(then, authority=bodies[then.authority.url_name]), moment, bodies)
        for change in self.changes.get(request.id, ()):
            if change.at <= moment and then is not None:
                then = done(then, change)
                if then is not None and change.kind == "moved":
                    then = replace(then, authority=bodies[change.was])
        return then

    def _taken_over(
        self, request: StandinRequest, moment: datetime, bodies: dict[str, StandinAuthority]
    ) -> StandinRequest:
        """A request to a body that another has taken over."""
        for number, change in enumerate(self.upheaval.bodies):
            if change.kind != "merged" or change.body != request.authority.id or change.at > moment:
                continue
            into = next(body for body in bodies.values() if body.id == change.into)
            if request.created_at < change.at:
                told = Change(
                    kind="moved", at=change.at, request=request.id, event=9_500_000 + 10 * request.id + number
                )
                request = with_event(request, told, "move_request", "public_body_url_name")
            request = replace(request, authority=into)
        return request


class MovingSite:
    """As ``Site``, for a world that moves. ``control`` opens the address that sets the clock, for tests only."""

    def __init__(self, moving: MovingWorld, clock: Clock, options: Options = DEFAULT, *, control: bool = False) -> None:
        self.moving, self.world = moving, moving.world
        self._clock, self._options, self._control = clock, options, control
        self._asked: Counter[int] = Counter()
        self._shown: tuple[tuple[int, date], Site] | None = None
        self._lock = Lock()

    def now(self) -> datetime:
        """The site's own time."""
        return self._clock()

    def answer(self, target: str, *, base: str) -> Answer:
        """The answer to ``GET target`` at this moment."""
        if urlsplit(target).path == CONTROL:
            return self._set_clock(target, base=base)
        moment = self.now()
        for outage in self.moving.upheaval.outages:
            if outage.begins <= moment < outage.ends:
                answer = answer_in(outage)
                if answer is not None:
                    return answer
        return self._site(moment).answer(target, base=base)

    def _site(self, moment: datetime) -> Site:
        state = self.moving.state(moment)
        with self._lock:
            if self._shown is None or self._shown[0] != state:
                self._shown = (state, Site(self.moving.at(moment), self._options, self._asked))
            return self._shown[1]

    def _set_clock(self, target: str, *, base: str) -> Answer:
        given = parse_qs(urlsplit(target).query).get("time", [""])[-1]
        if not self._control:
            return not_found(base=base, path=CONTROL)
        try:
            moment = moment_of(given)
        except ValueError:
            return Answer(400, {"Content-Type": "text/plain"}, b"time=2025-01-31T09:30:00+00:00 is wanted\n")
        self._clock = lambda: moment
        return Answer(200, {"Content-Type": "text/plain"}, f"{moment.isoformat()}\n".encode())


def moment_of(text: str) -> datetime:
    """A moment as ISO 8601 writes it, in London where it names no zone; ``ValueError`` for anything else."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
