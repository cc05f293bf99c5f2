"""Lists of requests that the site offers, and how one that is too long is parted (alaveteli.md 1.2, 4.2).

The site shows at most 500 rows of any list. A list that reaches this is replaced by lists that together
hold all its rows: by days first, then by kind of event, then by state, and at last by authority.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from parsers.wdtk.urls import SiteUrls
from scraper.archive.covered import FIRST_DAY

ROWS_A_PAGE = 25
MOST_PAGES = 20

VARIETIES = ("sent", "followup_sent", "response", "comment")
"""Kinds of event that are listed: together they are all."""
PATHS = ("awaiting", "successful", "unsuccessful")
STATES = ("waiting_classification", "attention_requested", "not_foi", "user_withdrawn", "vexatious")
"""States that none of the three paths lists."""
_BY_STATE = (
    {"path": "awaiting"},
    {"state": "waiting_classification"},
    {"path": "successful"},
    {"path": "unsuccessful"},
    *({"state": state} for state in STATES[1:]),
)
"""In the order in which states follow each other: what changes while its day is read turns up further on."""

_MOST_PARTS = 8
_FILLED = 0.8
"""How full the parts of a list should be, as estimates are rough and days uneven."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """``/list`` between two days, both inside it (UTC), perhaps of one authority, kind of event, path or state."""

    after: date
    before: date
    authority: str | None = None
    variety: str | None = None
    path: str = ""
    state: str | None = None

    def url(self, urls: SiteUrls, page: int) -> str:
        """Address of one page, numbered from 1."""
        return urls.listing(path=self.path, after=self.after, before=self.before, query=self._query(), page=page)

    def parts(self, *, about: int | None = None, authorities: Sequence[str] = ()) -> "tuple[Window, ...]":
        """Shorter lists that together hold every row of this one; none where nothing parts it further.

        ``about`` is how many rows it is said to have. Parts by authority hold the rows of these alone.
        """
        if self.after < self.before:
            return tuple(self._by_days(about))
        if self.variety is None:
            return tuple(replace(self, variety=variety) for variety in VARIETIES)
        if not self.path and self.state is None:
            return tuple(replace(self, path=one.get("path", ""), state=one.get("state")) for one in _BY_STATE)
        if self.authority is None:
            return tuple(replace(self, authority=name) for name in authorities)
        return ()

    @property
    def narrowed(self) -> dict[str, str]:
        """What else narrows it beside days and authority, by name."""
        told = {"variety": self.variety, "path": self.path, "state": self.state}
        return {name: value for name, value in told.items() if value}

    def _by_days(self, about: int | None) -> "Iterator[Window]":
        days = (self.before - self.after).days + 1
        wanted = math.ceil((about or 0) / (_FILLED * MOST_PAGES * ROWS_A_PAGE))
        count = min(max(2, wanted), _MOST_PARTS, days)
        for number in range(count):
            first, following = (self.after + timedelta(days=days * place // count) for place in (number, number + 1))
            yield replace(self, after=first, before=following - timedelta(days=1))

    def _query(self) -> str | None:
        terms = {"requested_from": self.authority, "variety": self.variety, "latest_status": self.state}
        return " ".join(f"{name}:{value}" for name, value in terms.items() if value) or None


@dataclass(frozen=True, kw_only=True)
class AuthorityPages:
    """``/body/NAME``: the requests of one authority."""

    authority: str
    before: date
    """The last day to look at where the list is too long and windows take its place."""

    def url(self, urls: SiteUrls, page: int) -> str:
        """Address of one page, numbered from 1."""
        return urls.authority_requests(self.authority, page=page)

    def parts(self, *, about: int | None = None, authorities: Sequence[str] = ()) -> tuple[Window, ...]:  # noqa: ARG002 - as a window's
        """The same requests by the days of their events."""
        return (Window(after=FIRST_DAY, before=self.before, authority=self.authority),)

    @property
    def narrowed(self) -> dict[str, str]:
        """Nothing."""
        return {}


Source = Window | AuthorityPages


def source_of(
    *, authority: str | None, after: str | None, before: str | None, narrowed: Mapping[str, str], last: date
) -> Source:
    """The list that a row of the archive tells of; ``last`` is the last day to look at where it has none.

    Raises ``ValueError`` for days that are none.
    """
    if after is None or before is None:
        if authority is None:
            raise ValueError("a list has days, or an authority, or both")
        return AuthorityPages(authority=authority, before=last)
    return Window(
        after=date.fromisoformat(after),
        before=date.fromisoformat(before),
        authority=authority,
        variety=narrowed.get("variety"),
        path=narrowed.get("path", ""),
        state=narrowed.get("state"),
    )
