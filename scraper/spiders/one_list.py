"""Reads one list to its end, so that rows that move while it is read are not lost.

A row that is taken away moves all below it up, one of them across the edge of each page, past a reader who goes
down the pages. It also shortens the last page. So the last page is looked at before and after those between, and so
is the first, to which rows jump whose request has a new event (alaveteli.md 4.1). Where they do not agree, the list
is read again. A list of one page needs none of this.
"""

import math
from collections.abc import Callable
from typing import Literal

from parsers.records import ListingPage
from scraper.spiders.windows import MOST_PAGES, ROWS_A_PAGE

MOST_PASSES = 3
Ending = Literal["whole", "too_long", "moved", "stuck", "capped"]
"""``too_long``: longer than the site shows. ``moved``: it would not hold still. ``stuck``: its pages are all the same.
``capped``: too long, and read as far as the site shows it."""
Rows = tuple[str, ...]


class OneList:
    """Tell it how each page came; ask for ``page`` next, until ``ending`` says how the list ended."""

    def __init__(self, *, most_pages: int = MOST_PAGES, partable: bool) -> None:
        self.page: int = 1
        self.ending: Ending | None = None
        self.asked = 0
        self.about: int | None = None
        """The number in the heading of its first page."""
        self.met: dict[str, None] = {}
        """Every request it showed."""
        self.first: Rows = ()
        self.most_pages, self._partable = most_pages, partable
        self._passes = 1
        self._last_page = 1
        self._last: Rows = ()
        self._last_again: Rows = ()
        self._rows_above: Rows = ()
        self._read: Callable[[Rows, ListingPage], None] = self._read_first
        self._low, self._high = 1, 2

    def came(self, listing: ListingPage) -> None:
        """The page was there."""
        self.asked += 1
        shown = tuple(dict.fromkeys(row.slug for row in listing.rows))
        self._read(shown, listing)
        self.met.update(dict.fromkeys(shown))

    def missing(self) -> None:
        """The page was not found, so the site shows fewer pages of any list."""
        self.asked += 1
        self.most_pages = min(self.most_pages, self.page - 1)
        self.ending = "capped" if self._read == self._read_on else "too_long"

    def read_on(self) -> None:
        """Nothing parts it, though it is too long: read it as far as the site shows it."""
        self.ending = None if self.most_pages > 1 else "capped"
        self._read = self._read_on
        self._go_to(2)

    def _read_first(self, shown: Rows, listing: ListingPage) -> None:
        self._from_the_top(shown)
        self.about = listing.about
        if _ends(shown, listing):
            self.ending = "whole"
        elif self._partable and self._beyond_the_cap(listing):
            self.ending = "too_long"
        else:
            self._seek(shown, listing)

    def _from_the_top(self, shown: Rows) -> None:
        self.first, self._last = shown, shown
        self._low, self._high = 1, self.most_pages + 1

    def _beyond_the_cap(self, listing: ListingPage) -> bool:
        return (listing.about or 0) >= self.most_pages * ROWS_A_PAGE or _offered(listing) > self.most_pages

    # Where its last page is.

    def _seek(self, shown: Rows, listing: ListingPage) -> None:
        """Ask for the page that is its last, as nearly as is known."""
        said = _offered(listing) or math.ceil((listing.about or 0) / ROWS_A_PAGE)
        if self._low < said < self._high:
            page = said
        elif not shown:
            page = self._high - 1
        else:
            page = self._low + 1 if said else min(2 * self._low, self._high - 1)
        self._read = self._read_sought
        self._go_to(page)

    def _read_sought(self, shown: Rows, listing: ListingPage) -> None:
        if shown and shown == self.first:
            self.ending = "stuck"
            return
        if shown:
            self._low, self._last = self.page, shown
        else:
            self._high = self.page
        if shown and _ends(shown, listing):
            self._found_last()
        elif self._low >= self.most_pages:
            self.ending = "too_long"
        elif self._high == self._low + 1:
            self._found_last()
        else:
            self._seek(shown, listing)

    def _found_last(self) -> None:
        self._last_page = self._low
        self._last_again = self._last
        self._rows_above = ()
        self._below(1)

    # The pages between, and the two ends again.

    def _below(self, page: int) -> None:
        if page + 1 < self._last_page:
            self._read = self._read_between
            self._go_to(page + 1)
        elif self._last_page > 2:
            self._read = self._read_last_again
            self._go_to(self._last_page)
        else:
            self._read = self._read_first_again
            self._go_to(1)

    def _read_between(self, shown: Rows, _: ListingPage) -> None:
        if shown and shown == self._rows_above:
            self.ending = "stuck"
            return
        self._rows_above = shown
        self._below(self.page)

    def _read_last_again(self, shown: Rows, _: ListingPage) -> None:
        self._last_again = shown
        self._read = self._read_first_again
        self._go_to(1)

    def _read_first_again(self, shown: Rows, listing: ListingPage) -> None:
        if _ends(shown, listing) or self._held_still(shown):
            self.ending = "whole"
        elif self._passes >= MOST_PASSES:
            self.ending = "moved"
        else:
            self._passes += 1
            self._from_the_top(shown)
            self._read = self._read_sought
            self._go_to(max(2, self._last_page))

    def _held_still(self, shown: Rows) -> bool:
        """Whether nothing was taken away while the list was read: rows at its top may have come or moved there."""
        if shown == self.first and self._last_again == self._last:
            return True
        new = next((count for count in range(len(shown)) if self._follows(shown[:count], shown[count:])), None)
        if not new:
            return False
        come = sum(slug not in self.met for slug in shown[:new])
        return self._last_page <= 2 or len(self._last_again) == len(self._last) + come

    def _follows(self, above: Rows, rest: Rows) -> bool:
        before = tuple(slug for slug in self.first if slug not in above)
        return bool(rest) and rest == before[: len(rest)]

    def _read_on(self, shown: Rows, _: ListingPage) -> None:
        repeats = bool(shown) and shown == self._rows_above
        self._rows_above = shown
        if repeats or not shown or self.page >= self.most_pages:
            self.ending = "capped"
        else:
            self._go_to(self.page + 1)

    def _go_to(self, page: int) -> None:
        self.page = page


def _ends(shown: Rows, listing: ListingPage) -> bool:
    """Whether no page follows. A full page that offers none may be the last that the site shows: only asking tells."""
    return len(shown) < ROWS_A_PAGE and not (shown and listing.next_page)


def _offered(listing: ListingPage) -> int:
    return listing.last_page_offered or 0
