"""The whole stand-in world: made from a seed, the same for ever, and knowing the truth about itself."""

from datetime import date
from functools import cached_property

from scraper.standin.bodies import authorities, users
from scraper.standin.calendar import TODAY
from scraper.standin.data import table
from scraper.standin.dice import Dice
from scraper.standin.letters.styles import Style, style_of
from scraper.standin.odd import ODD_PLOTS
from scraper.standin.planning import Planner
from scraper.standin.plots import PLOTS
from scraper.standin.records import StandinAuthority, StandinEvent, StandinFile, StandinRequest, StandinUser
from scraper.standin.slugs import SlugBook
from scraper.standin.thread import Numbers, Plan, Thread


class Holding:
    """Bodies, people and requests, as the pages of the site look them up."""

    def __init__(
        self,
        *,
        seed: int,
        today: date,
        authorities: tuple[StandinAuthority, ...],
        users: tuple[StandinUser, ...],
        requests: tuple[StandinRequest, ...] = (),
    ) -> None:
        self.seed, self.today = seed, today
        self.authorities, self.users, self.requests = authorities, users, requests

    @cached_property
    def by_slug(self) -> dict[str, StandinRequest]:
        """Requests by the last part of their address."""
        return {request.slug: request for request in self.requests}

    @cached_property
    def by_id(self) -> dict[int, StandinRequest]:
        """Requests by number."""
        return {request.id: request for request in self.requests}

    @cached_property
    def bodies(self) -> dict[str, StandinAuthority]:
        """Bodies by the last part of their address."""
        return {body.url_name: body for body in self.authorities}

    @cached_property
    def former_bodies(self) -> dict[str, StandinAuthority]:
        """Bodies by an address they once had."""
        return {old: body for body in self.authorities for old in body.old_names}

    @cached_property
    def events(self) -> dict[int, tuple[StandinRequest, StandinEvent]]:
        """Events by number."""
        return {event.id: (request, event) for request in self.requests for event in request.events}

    @cached_property
    def files(self) -> dict[int, tuple[StandinRequest, StandinFile]]:
        """Files by number."""
        return {
            file.id: (request, file)
            for request in self.requests
            for message in request.messages
            for file in message.files
        }

    @cached_property
    def by_authority(self) -> dict[str, list[StandinRequest]]:
        """Every request to a body, hidden ones too."""
        found: dict[str, list[StandinRequest]] = {body.url_name: [] for body in self.authorities}
        for request in self.requests:
            found[request.authority.url_name].append(request)
        return found

    @cached_property
    def batches(self) -> dict[int, list[StandinRequest]]:
        """The requests of each batch."""
        found: dict[int, list[StandinRequest]] = {}
        for request in self.requests:
            if request.batch_id is not None:
                found.setdefault(request.batch_id, []).append(request)
        return found


class World(Holding):
    """All that ever happens. The files of letters are made when first asked for.

    ``recent`` further requests were made in the year before today, so that a site that is watched for a year grows.
    """

    def __init__(self, *, seed: int = 1, requests: int = 300, recent: int = 0) -> None:
        people = users(seed, max(24, requests // 4))
        super().__init__(seed=seed, today=TODAY, authorities=authorities(seed), users=people)
        self.size = requests + recent
        self._styles = {body.url_name: self._style(body) for body in self.authorities}
        self._numbers, self._slugs = Numbers(), SlugBook()
        self._odd = {f"odd:{odd.name}": odd.run for odd in ODD_PLOTS}
        plans = Planner(seed, requests, self.authorities, self.users, recent=recent).plans()
        self.requests = tuple(map(self._live, plans))

    def _style(self, body: StandinAuthority) -> Style:
        street = Dice(self.seed, "street", body.url_name).pick(table("names")["streets"])
        return style_of(body, seed=self.seed, street=street)

    def _live(self, plan: Plan) -> StandinRequest:
        thread = Thread(
            plan,
            seed=self.seed,
            numbers=self._numbers,
            slug=self._slugs.take(plan.topic.title),
            style=self._styles[plan.authority.url_name],
        )
        thread.passer_by = Dice(self.seed, "passer", plan.number).pick(self.users[:-4])
        (self._odd.get(plan.plot) or PLOTS[plan.plot])(thread)
        return thread.done()
