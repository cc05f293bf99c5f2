"""Lists of requests that the site offers, and how one that is too long is parted (alaveteli.md 1.2, 4.2).

The site shows at most 500 rows of any list. A list that reaches this is replaced by lists that together
hold all its rows: by days first, then by kind of event, then by state.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from parsers.wdtk.urls import SiteUrls

ROWS_A_PAGE = 25
MOST_PAGES = 20
FIRST_DAY = date(2001, 1, 1)
"""Where the site itself begins a window that has no first day."""

VARIETIES = ("sent", "followup_sent", "response", "comment")
"""Kinds of event that are listed: together they are all."""
PATHS = ("successful", "unsuccessful", "awaiting")
STATES = ("attention_requested", "not_foi", "user_withdrawn", "vexatious", "waiting_classification")
"""States that none of the three paths lists."""


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

    def parts(self) -> "tuple[Window, ...]":
        """Shorter lists that together hold every row of this one; none where nothing parts it further."""
        if self.after < self.before:
            middle = self.after + timedelta(days=(self.before - self.after).days // 2)
            return replace(self, before=middle), replace(self, after=middle + timedelta(days=1))
        if self.variety is None:
            return tuple(replace(self, variety=variety) for variety in VARIETIES)
        if not self.path and self.state is None:
            by_path = tuple(replace(self, path=path) for path in PATHS)
            return by_path + tuple(replace(self, state=state) for state in STATES)
        return ()

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

    def parts(self) -> tuple[Window, ...]:
        """The same requests by the days of their events."""
        return (Window(after=FIRST_DAY, before=self.before, authority=self.authority),)


Source = Window | AuthorityPages
