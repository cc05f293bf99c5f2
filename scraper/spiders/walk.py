"""Which page of which list comes next, so that no row is lost to the site's cap on the length of lists.

"About N" is an estimate: it may make a list be parted early, which loses nothing, and never makes one end.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from parsers.records import ListingPage
from scraper.spiders.one_list import OneList
from scraper.spiders.windows import MOST_PAGES, Source, Window

MOST_AUTHORITIES = 500
"""By so many authorities at most is a list parted that nothing else parts."""
_TRIES = 2
NOTHING_PARTS_IT = "The site shows no more than the first pages of this list, and nothing parts it further."


@dataclass(frozen=True, kw_only=True)
class Step:
    """One page to ask for."""

    source: Source
    page: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """How far a list has been read; ``result`` as the archive's table of enumerations has it."""

    source: Source
    parent: Source | None
    authority: str | None
    """Its name of today."""
    pages: int = 0
    rows: int = 0
    about: int | None = None
    result: str | None = None


@dataclass(eq=False, kw_only=True)
class _List:
    source: Source
    named: Source
    """With the name that its authority has now."""
    parent: "_List | None" = None
    one: OneList
    tries: int = 1
    result: str | None = None
    parts: int = 0
    """Of those into which it was parted, how many are still to be read."""
    unmet: set[str] = field(default_factory=set)
    """Requests that it showed and that none of its parts has shown so far."""

    def told(self) -> Told:
        return Told(
            source=self.source,
            parent=self.parent.source if self.parent else None,
            authority=self.named.authority,
            pages=self.one.asked,
            rows=len(self.one.met),
            about=self.one.about,
            result=self.result,
        )

    def above(self) -> "Iterator[_List]":
        """The lists of which it is a part, the nearest first."""
        one = self.parent
        while one is not None:
            yield one
            one = one.parent


class Walk:
    """Goes through lists one page at a time. Tell it how each page came; read ``next`` for the one after.

    ``authorities`` gives names of authorities, those with most requests first: asked for when nothing else parts.
    """

    def __init__(self, sources: Iterable[Source], *, authorities: Callable[[], Sequence[str]] = tuple) -> None:
        self._authorities = authorities
        self._most_pages = MOST_PAGES
        self._ahead: list[_List] = []
        self._known: set[Source] = set()
        self._now: _List | None = None
        self._told: list[Told] = []
        self.next: Step | None = None
        self.lost: list[tuple[Source, str]] = []
        """Lists of which rows may be missing, and why."""
        self.stuck: list[Step] = []
        """Pages at which a list was given up that repeats itself or will not hold still."""
        self._add(sources, None)
        self._go_on()

    def told(self) -> tuple[Told, ...]:
        """What has become of lists since this was last asked."""
        told, self._told = tuple(self._told), []
        return told

    def came(self, step: Step, listing: ListingPage, *, named: Source | None = None) -> None:
        """The page was there; ``named`` is its list under today's name of its authority."""
        now = self._current(step)
        now.named = named or now.named
        shown = {row.slug for row in listing.rows}
        for one in now.above():
            one.unmet -= shown
        now.one.came(listing)
        self._look(now)

    def missing(self, step: Step) -> None:
        """The page was not found, though the first was: the site shows no more of any list than those before it."""
        now = self._current(step)
        self._most_pages = min(self._most_pages, step.page - 1)
        now.one.missing()
        self._look(now)

    def failed(self, step: Step) -> bool:
        """The page could not be had. Whether the list is given up; else it is read anew when the others are done."""
        now = self._current(step)
        if now.tries >= _TRIES:
            self._finish(now, "failed")
            return True
        now.tries += 1
        now.one = self._begun(now.named)
        self._ahead.insert(0, now)
        self._told.append(now.told())
        self._go_on()
        return False

    def refused(self, step: Step, result: str) -> None:
        """The list is not to be had: ``refused`` or ``not_found``."""
        self._finish(self._current(step), result)

    def _current(self, step: Step) -> _List:
        if self._now is None or step != self.next:
            raise AssertionError(f"{step} was not asked for")
        return self._now

    def _look(self, now: _List) -> None:
        ending = now.one.ending
        if ending is None:
            self._told.append(now.told())
            self.next = Step(source=now.source, page=now.one.page)
        elif ending in {"too_long", "moved"}:
            self._part(now, ending)
        else:
            if ending == "stuck":
                self.stuck.append(Step(source=now.source, page=now.one.page))
            if ending == "capped":
                self.lost.append((now.source, NOTHING_PARTS_IT))
            self._finish(now, ending)

    def _part(self, now: _List, ending: str) -> None:
        names, left_out = self._names(now.named)
        parts = now.named.parts(about=now.one.about, authorities=names)
        if parts:
            if isinstance(now.named, Window) and now.named.after == now.named.before:
                now.unmet = set(now.one.first)
            now.result = "parted"
            self._told.append(now.told())
            now.parts = self._add(parts, now)
            if left_out:
                self._lose(now, f"It was read for {len(names)} authorities; {left_out} more may have requests in it.")
            if now.parts:
                self._go_on()
            else:  # all of them were read as parts of another list
                self._finish(now, "parted")
        elif ending == "too_long":
            now.one.read_on()
            self._look(now)
        else:
            self.stuck.append(Step(source=now.source, page=now.one.page))
            self._finish(now, "stuck")

    def _names(self, source: Source) -> tuple[Sequence[str], int]:
        """Authorities to part a list by that nothing else parts, and how many are left out."""
        if source.parts(authorities=("any",)) == source.parts():
            return (), 0
        names = self._authorities()
        return names[:MOST_AUTHORITIES], max(0, len(names) - MOST_AUTHORITIES)

    def _lose(self, one: _List, why: str) -> None:
        one.result = "capped"
        self.lost.append((one.source, why))
        self._told.append(one.told())

    def _finish(self, now: _List, result: str) -> None:
        now.result = result
        self._told.append(now.told())
        for one in now.above():
            one.parts -= 1
            if one.parts:
                break
            if one.unmet and one.result == "parted":
                self._lose(one, f"Its parts do not show all that it shows, such as {min(one.unmet)}.")
        self._go_on()

    def _add(self, sources: Iterable[Source], parent: _List | None) -> int:
        """Put lists before those that are ahead; how many are new."""
        new = [source for source in dict.fromkeys(sources) if source not in self._known]
        self._known.update(new)
        added = [_List(source=source, named=source, parent=parent, one=self._begun(source)) for source in new]
        self._ahead.extend(reversed(added))
        self._told.extend(one.told() for one in added)
        return len(added)

    def _begun(self, source: Source) -> OneList:
        return OneList(most_pages=self._most_pages, partable=self._partable(source))

    def _partable(self, source: Source) -> bool:
        return bool(source.parts(authorities=self._names(source)[0]))

    def _go_on(self) -> None:
        self._now = self._ahead.pop() if self._ahead else None
        if self._now is None:
            self.next = None
            return
        self._now.one.most_pages = min(self._now.one.most_pages, self._most_pages)
        self.next = Step(source=self._now.source, page=self._now.one.page)
