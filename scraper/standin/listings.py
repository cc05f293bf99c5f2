"""Lists of requests: what matches, in which order, on which page, and how many the site says there are."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup

from scraper.standin.calendar import TODAY, utc_day
from scraper.standin.dice import Dice
from scraper.standin.records import INDEXED, StandinEvent, StandinRequest, StandinUser
from scraper.standin.states import in_view
from scraper.standin.words import excerpt, visible
from scraper.standin.world import Holding

PER_PAGE = 25
MOST_PAGES = 20
FIRST_DAY = date(2001, 1, 1)


@dataclass(frozen=True)
class Entry:
    """One row: an event that stands for its request."""

    request: StandinRequest
    event: StandinEvent

    @cached_property
    def day(self) -> date:
        """The UTC day, which is what windows go by (site/README.md)."""
        return utc_day(self.event.created_at)

    @property
    def href(self) -> str:
        """The request, and the message or annotation on its page."""
        path = f"/request/{self.request.slug}"
        if self.event.event_type == "sent":
            return path
        if self.event.comment is not None:
            return f"{path}#comment-{self.event.comment.id}"
        return f"{path}#{self.event.message.anchor}" if self.event.message else path

    @property
    def lead(self) -> str:
        """How the description begins."""
        names = {"sent": "Request sent to", "response": "Response by", "comment": "Request to"}
        if self.event.event_type in names:
            return names[self.event.event_type]
        named = {"waiting_response": "Clarification", "internal_review": "Internal review request"}
        return f"{named.get(self.event.calculated_state or '', 'Follow up')} sent to"

    @property
    def joiner(self) -> str:
        """The word between the body and the person."""
        return "to" if self.event.event_type == "response" else "by"

    @property
    def annotator(self) -> StandinUser | None:
        """Who wrote the annotation, if the row is one."""
        return self.event.comment.author if self.event.comment else None

    def person(self, base: str) -> Markup:
        """The requester, linked where there is a page to link to."""
        user = self.request.user
        if user.url_name is None:
            return Markup("{}").format(user.name or "An anonymous user")
        return Markup('<a href="{}/user/{}">{}</a>').format(base, user.url_name, user.name)

    @cached_property
    def words(self) -> str:
        """All the words of the event, for matching."""
        if self.event.comment is not None:
            return self.event.comment.text
        return self.event.message.stretches[0][0] if self.event.message else ""

    @property
    def excerpt(self) -> str:
        """The first words."""
        return excerpt(self.words)


def entries(requests: Iterable[StandinRequest]) -> list[Entry]:
    """Every event that lists know of."""
    return [
        Entry(request, event) for request in requests if request.listed for event in request.events if _public(event)
    ]


def _public(event: StandinEvent) -> bool:
    if event.event_type not in INDEXED:
        return False
    if event.comment is not None:
        return event.comment.visible
    return event.message is not None and event.message.prominence == "normal"


def newest_first(entry: Entry) -> tuple[float, int]:
    """The order of ``/list``: by time to the second, then by number."""
    return (-int(entry.event.created_at.timestamp()), -entry.event.id)


def last_described_first(entry: Entry) -> tuple[float, int]:
    """The order of a body's page."""
    moment = entry.event.last_described_at or entry.event.created_at
    return (-int(moment.timestamp()), -entry.event.id)


@dataclass(frozen=True, kw_only=True)
class Query:
    """What a list was asked for."""

    query: str = ""
    after: str = ""
    before: str = ""
    view: str = "all"
    today: date = TODAY

    def matches(self, entry: Entry) -> bool:
        """Whether the event is wanted."""
        window = self._window
        if window is None or not window[0] <= entry.day <= window[1]:
            return False
        return in_view(entry.request, self.view) and all(any(term(entry) for term in group) for group in self._groups)

    @cached_property
    def _window(self) -> tuple[date, date] | None:
        if not self.after and not self.before:
            return (FIRST_DAY, date.max)
        first = _day(self.after) if self.after else FIRST_DAY
        last = _day(self.before) if self.before else self.today
        return None if first is None or last is None else (first, last)

    @cached_property
    def _groups(self) -> list[list[Callable[[Entry], bool]]]:
        """Terms to be met together, each a choice of those that ``OR`` joins."""
        groups: list[list[Callable[[Entry], bool]]] = []
        choose = False
        for word in self.query.replace("(", " ").replace(")", " ").split():
            if word == "OR":
                choose = bool(groups)
            elif word != "AND":
                term = _term(word)
                if choose:
                    groups[-1].append(term)
                else:
                    groups.append([term])
                choose = False
        return groups


def _day(text: str) -> date | None:
    """``DD/MM/YYYY``, ``D/M/YYYY`` or ``YYYY-MM-DD``; anything else matches nothing (site/README.md)."""
    slashed = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    dashed = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    if slashed:
        day, month, year = map(int, slashed.groups())
    elif dashed:
        year, month, day = map(int, dashed.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _term(text: str) -> Callable[[Entry], bool]:
    name, _, value = text.partition(":")
    terms: dict[str, Callable[[Entry], bool]] = {
        "variety": lambda entry: entry.event.event_type == value,
        "requested_from": lambda entry: entry.request.authority.url_name == value,
        "requested_by": lambda entry: entry.request.user.url_name == value,
        "request": lambda entry: entry.request.slug == value,
        "latest_status": lambda entry: entry.request.described_state == value,
        "tag": lambda entry: any(tag == value for tag, _ in entry.request.tags),
    }
    if value and name in terms:
        return terms[name]
    word = text.strip('"').lower()
    return lambda entry: word in f"{entry.request.title}\n{visible(entry.words)}".lower()


def collapsed(found: Iterable[Entry], *, order: Callable[[Entry], tuple[float, int]]) -> list[Entry]:
    """One row a request, its first in that order."""
    rows: dict[int, Entry] = {}
    for entry in sorted(found, key=order):
        rows.setdefault(entry.request.id, entry)
    return list(rows.values())


@dataclass(frozen=True, kw_only=True)
class Pages:
    """Where a list stands and which pages its bar offers."""

    current: int
    last: int
    address: str
    """Address of a page but for its number."""

    def url(self, number: int) -> str:
        """Address of a page."""
        return f"{self.address}{number}"

    @property
    def shown(self) -> list[int | None]:
        """Numbers in the bar, ``None`` for a gap: four either side of the current page, two at each end (4.2)."""
        near = {number for number in range(1, self.last + 1) if abs(number - self.current) <= 4}
        near |= {number for number in (1, 2, self.last - 1, self.last) if 1 <= number <= self.last}
        numbers: list[int | None] = []
        for number in sorted(near):
            if numbers and numbers[-1] is not None and number > numbers[-1] + 1:
                numbers.append(None)
            numbers.append(number)
        return numbers


def page_of(rows: Sequence[Entry], number: int) -> Sequence[Entry]:
    """The rows of one page."""
    return rows[(number - 1) * PER_PAGE : number * PER_PAGE]


def estimate(world: Holding, key: str, total: int, number: int) -> int:
    """The "About N" of a page: exact at the end of a list, rough before it (site/README.md)."""
    if total <= PER_PAGE * 2 or number >= math.ceil(total / PER_PAGE):
        return total
    share = 1 + 0.08 * Dice(world.seed, "estimate", key, number).fraction()
    return max(total, round(total * share / 10) * 10)
