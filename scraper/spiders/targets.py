"""What a crawl is asked to fetch, read from the words of a command line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from parsers.errors import ParseError
from parsers.wdtk.urls import RequestReference, request_reference
from scraper.archive.covered import FIRST_DAY
from scraper.errors import WdtkError
from scraper.spiders.windows import AuthorityPages, Source, Window

_AUTHORITY = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_TRUE, _FALSE = frozenset({"1", "true", "yes", "on", ""}), frozenset({"0", "false", "no", "off"})

NOTHING_NAMED = (
    "Nothing is named. Say what to fetch: an authority, a request, since or until a day, or all "
    "(`wdtk crawl --help`, or `scrapy crawl requests -a authority=NAME`)."
)


@dataclass(frozen=True, kw_only=True)
class Targets:
    """Requests by authority, by name or number, by the days of their events, or all; at most ``limit`` of them."""

    authorities: tuple[str, ...] = ()
    requests: tuple[RequestReference, ...] = ()
    since: date | None = None
    until: date | None = None
    everything: bool = False
    limit: int | None = None
    lists_only: bool = False
    """Whether lists are gone through and none of their requests is fetched."""

    def __post_init__(self) -> None:
        if self.everything and (self.since or self.until or self.authorities):
            raise WdtkError("All means every request: leave out authorities and days, or leave out all.")
        if self.since and self.until and self.until < self.since:
            raise WdtkError(f"The days are the wrong way round: until {self.until} comes before since {self.since}.")
        if not (self.authorities or self.requests or self.since or self.until or self.everything):
            raise WdtkError(NOTHING_NAMED)

        if self.lists_only and (self.requests or not self.lists):
            raise WdtkError("Only lists are to be read, but a request is named: name authorities, days or all instead.")

    @property
    def lists(self) -> bool:
        """Whether any list is read, beside requests that are named one by one."""
        return bool(self.authorities or self.since or self.until or self.everything)

    @property
    def whole(self) -> bool:
        """Whether the lists hold every request that is listed of the site or of an authority, of whatever day."""
        return self.everything or bool(self.authorities and not (self.since or self.until))

    def sources(self) -> list[Source]:
        """The lists to read. A day further than today, because the site's day may have begun."""
        last = datetime.now(UTC).date() + timedelta(days=1)
        if not (self.since or self.until or self.everything):
            return [AuthorityPages(authority=name, before=last) for name in self.authorities]
        days = Window(after=self.since or FIRST_DAY, before=self.until or last)
        if not self.authorities:
            return [days]
        return [Window(after=days.after, before=days.before, authority=name) for name in self.authorities]

    def arguments(self) -> dict[str, object]:
        """As the archive's table of runs keeps it; two runs of the same arguments ask for the same."""
        return {
            "authority": list(self.authorities),
            "request": [str(one.slug or one.id) for one in self.requests],
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "all": self.everything,
            "limit": self.limit,
            **({"lists": "only"} if self.lists_only else {}),
        }


def read_targets(arguments: dict[str, str]) -> Targets:
    """Arguments of ``scrapy crawl requests -a NAME=VALUE``; lists are parted by commas. WdtkError names what is wrong.

    Empties ``arguments`` of the names it knows.
    """
    return Targets(
        authorities=authorities(_words(arguments.pop("authority", ""))),
        requests=requests(_words(arguments.pop("request", ""))),
        since=_day("since", arguments.pop("since", None)),
        until=_day("until", arguments.pop("until", None)),
        everything=_flag("all", arguments.pop("all", "no")),
        limit=_limit(arguments.pop("limit", None)),
        lists_only=_only("lists", arguments.pop("lists", None)),
    )


def authorities(names: Iterable[str]) -> tuple[str, ...]:
    """Names of authorities as in their addresses, each once."""
    found = tuple(dict.fromkeys(names))
    for name in found:
        if not _AUTHORITY.fullmatch(name) or not name.strip("."):
            raise WdtkError(f"{name!r} is not an authority. Give the name in its address: NAME in /body/NAME.")
    return found


def requests(names: Iterable[str]) -> tuple[RequestReference, ...]:
    """Requests by slug, number or address, each once."""
    try:
        return tuple(dict.fromkeys(request_reference(name) for name in names))
    except ParseError as error:
        raise WdtkError(f"{error}.") from error


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _day(name: str, text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WdtkError(f"{name} must be a day such as 2026-01-31, not {text!r}.") from error


def _flag(name: str, text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise WdtkError(f"{name} must be yes or no, not {text!r}.")
    return text.lower() in _TRUE


def _only(name: str, text: str | None) -> bool:
    if text not in {None, "", "only"}:
        raise WdtkError(f"{name} can be only, not {text!r}.")
    return text == "only"


def _limit(text: str | None) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise WdtkError(f"limit must be a whole number, 1 or more, not {text!r}.")
    return int(text)
