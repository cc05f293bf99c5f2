"""Which page of which list comes next, so that no row is lost to the site's cap on the length of lists.

"About N" is an estimate: it may make a list be parted early, which loses nothing, and never makes one end.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from parsers.records import ListingPage
from scraper.spiders.windows import MOST_PAGES, ROWS_A_PAGE, Source


@dataclass(frozen=True, kw_only=True)
class Step:
    """One page to ask for."""

    source: Source
    page: int


class Walk:
    """Goes through lists one page at a time. Tell it how each page came; read ``next`` for the one after."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._ahead = list(reversed(list(sources)))
        self._most_pages = MOST_PAGES
        self.next: Step | None = None
        self.lost: list[Source] = []
        """Lists that are too long and that nothing parts: rows may be missing."""
        self.stuck: list[Step] = []
        """Pages that show again what the page before them showed: the list is not read on."""
        self._shown: tuple[str, ...] = ()
        self._go_on()

    def came(self, step: Step, listing: ListingPage) -> None:
        """The page was there."""
        shown = tuple(row.slug for row in listing.rows)
        repeats = step.page > 1 and bool(shown) and shown == self._shown
        self._shown = shown
        if repeats:
            self.stuck.append(step)
            self._go_on()
            return
        many = listing.about is not None and listing.about >= self._most_pages * ROWS_A_PAGE
        full = len(listing.rows) >= ROWS_A_PAGE
        begun_too_long = step.page == 1 and many and bool(step.source.parts())
        ended_too_long = step.page >= self._most_pages and (full or many)
        if begun_too_long or ended_too_long:
            self._part(step.source)
        elif listing.rows and step.page < self._most_pages and (full or listing.next_page):
            # A full page that offers no next one may be the last that this site shows: only asking tells.
            self.next = Step(source=step.source, page=step.page + 1)
        else:
            self._go_on()

    def ended(self, step: Step) -> None:
        """The page was not found, though the one before it was: the site shows no more of any list than that."""
        self._most_pages = min(self._most_pages, step.page - 1)
        self._part(step.source)

    def skipped(self) -> None:
        """The list cannot be read on; go on with the one after."""
        self._go_on()

    def _part(self, source: Source) -> None:
        parts = source.parts()
        if not parts:
            self.lost.append(source)
        self._ahead.extend(reversed(parts))
        self._go_on()

    def _go_on(self) -> None:
        self.next = Step(source=self._ahead.pop(), page=1) if self._ahead else None
