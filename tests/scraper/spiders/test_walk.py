"""Whatever the site holds and wherever it cuts its lists, every request is met or said to be lost."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.records import ListingPage, ListingRow
from scraper.spiders.walk import MOST_AUTHORITIES, Walk
from scraper.spiders.windows import ROWS_A_PAGE, VARIETIES, AuthorityPages, Source, Window

FIRST = date(2026, 1, 1)
LISTED_BY = {
    "successful": "successful",
    "rejected": "unsuccessful",
    "waiting_response": "awaiting",
    "vexatious": None,
    "not_foi": None,
}


@dataclass(frozen=True)
class Event:
    slug: str
    day: date
    variety: str
    state: str


class Site:
    """Lists events as the site does: newest first, one row a request, at most ``pages`` pages."""

    def __init__(self, events: list[Event], *, pages: int, noise: float = 0.0, bar_knows_the_cap: bool = True) -> None:
        self.events, self.pages, self.noise, self.bar_knows_the_cap = events, pages, noise, bar_knows_the_cap
        self.asked = 0

    def rows(self, source: Source) -> list[str]:
        found = sorted(self.events, key=lambda event: event.day, reverse=True)
        if isinstance(source, Window):
            found = [event for event in found if self.lists(source, event)]
        return list(dict.fromkeys(event.slug for event in found))

    def lists(self, window: Window, event: Event) -> bool:
        return (
            window.after <= event.day <= window.before
            and window.variety in {None, event.variety}
            and window.state in {None, event.state}
            and (not window.path or LISTED_BY[event.state] == window.path)
        )

    def page(self, source: Source, number: int) -> ListingPage | None:
        self.asked += 1
        if number > self.pages:
            return None
        rows = self.rows(source)
        start = (number - 1) * ROWS_A_PAGE
        shown = rows[start : start + ROWS_A_PAGE]
        offered = min(len(rows), self.pages * ROWS_A_PAGE) if self.bar_knows_the_cap else len(rows)
        more = start + ROWS_A_PAGE < offered
        return ListingPage(
            rows=tuple(
                ListingRow(
                    slug=slug, url=f"/request/{slug}", title=slug, event_at=None, authority_slug=None, status=None
                )
                for slug in shown
            ),
            about=int(len(rows) * (1 + self.noise)) if isinstance(source, Window) else None,
            next_page="more" if more else None,
            last_page_offered=None,
        )


def walked(site: Site, source: Source) -> tuple[set[str], Walk]:
    walk, met = Walk([source]), set[str]()
    while (step := walk.next) is not None:
        assert site.asked < 20_000
        page = site.page(step.source, step.page)
        if page is None:
            walk.missing(step)
        else:
            met.update(row.slug for row in page.rows)
            walk.came(step, page)
    return met, walk


def events(count: int, *, days: int, states: tuple[str, ...] = tuple(LISTED_BY)) -> list[Event]:
    return [
        Event(
            slug=f"request_{number}",
            day=FIRST + timedelta(days=number % days),
            variety=VARIETIES[number % 4],
            state=states[number // 4 % len(states)],
        )
        for number in range(count)
    ]


WHOLE = Window(after=FIRST, before=FIRST + timedelta(days=365))


@settings(deadline=None, max_examples=60)
@given(
    count=st.integers(0, 900),
    days=st.integers(1, 60),
    pages=st.integers(1, 6),
    noise=st.sampled_from([-0.5, 0.0, 0.15, 9.0]),
    knows=st.booleans(),
)
def test_every_request_is_met_or_its_list_is_said_to_be_lost(
    count: int, days: int, pages: int, noise: float, knows: bool
) -> None:
    site = Site(events(count, days=days), pages=pages, noise=noise, bar_knows_the_cap=knows)
    met, walk = walked(site, WHOLE)
    missing = {event for event in site.events if event.slug not in met}
    lost = [source for source, _ in walk.lost if isinstance(source, Window)]
    assert all(any(site.lists(window, event) for window in lost) for event in missing)


@pytest.mark.parametrize("count", [0, 24, 25, 26, 499, 500, 501, 2000])
def test_nothing_is_lost_at_the_edges_of_the_real_cap(count: int) -> None:
    site = Site(events(count, days=30), pages=20)
    met, walk = walked(site, WHOLE)
    assert len(met) == count
    assert walk.lost == []


@pytest.mark.parametrize("count", [500, 501, 1300])
def test_an_authority_with_more_than_the_cap_is_read_by_days(count: int) -> None:
    site = Site(events(count, days=50), pages=20, bar_knows_the_cap=False)
    met, walk = walked(site, AuthorityPages(authority="moe", before=FIRST + timedelta(days=365)))
    assert len(met) == count
    assert walk.lost == []


def test_a_busy_day_is_read_by_kind_and_state() -> None:
    site = Site(events(1800, days=1), pages=4)
    met, walk = walked(site, WHOLE)
    assert len(met) == 1800
    assert walk.lost == []


def test_a_day_that_nothing_parts_far_enough_is_said_to_be_lost() -> None:
    site = Site(events(1800, days=1, states=("successful",)), pages=4)
    met, walk = walked(site, WHOLE)
    assert len(met) == 400
    assert [(source.path, source.variety) for source, _ in walk.lost if isinstance(source, Window)] == [
        ("successful", variety) for variety in VARIETIES
    ]


def test_an_estimate_that_is_too_low_ends_no_list() -> None:
    met, _ = walked(Site(events(450, days=30), pages=20, noise=-0.99), WHOLE)
    assert len(met) == 450


def test_an_estimate_that_is_too_high_costs_few_pages() -> None:
    exact, noisy = Site(events(450, days=300), pages=20), Site(events(450, days=300), pages=20, noise=0.2)
    walked(exact, WHOLE)
    walked(noisy, WHOLE)
    assert noisy.asked <= exact.asked + 6


def test_a_list_that_fails_is_read_again_when_the_others_are_done_and_given_up_when_it_fails_again() -> None:
    first, second = Window(after=FIRST, before=FIRST), Window(after=FIRST, before=FIRST, authority="moe")
    walk = Walk([first, second])
    met = []
    given_up = False
    while walk.next is not None:
        met.append(walk.next.source)
        given_up = walk.failed(walk.next)
    assert met == [first, second, first, second]
    assert given_up
    assert [told.result for told in walk.told()[-2:]] == ["failed", "failed"]


def test_a_site_that_shows_the_same_page_for_ever_is_not_read_for_ever() -> None:
    site = Site(events(25, days=1), pages=20)
    walk = Walk([WHOLE])
    while (step := walk.next) is not None:
        page = site.page(step.source, 1)
        assert page is not None
        walk.came(step, page)
    assert site.asked == 2
    assert [step.page for step in walk.stuck] == [2]


class MovingSite(Site):
    """Takes requests away, adds new ones on the last day, or lets one jump there by a new event, between two pages."""

    def __init__(self, events: list[Event], moves: dict[int, tuple[str, int]], *, pages: int) -> None:
        super().__init__(events, pages=pages)
        self.moves = moves

    def page(self, source: Source, number: int) -> ListingPage | None:
        kind, which = self.moves.pop(self.asked, ("", 0))
        one = self.events[which % len(self.events)] if self.events else None
        if kind == "hide" and one:
            self.events = [event for event in self.events if event.slug != one.slug]
        elif kind == "jump" and one:
            self.events.append(replace(one, day=LAST_DAY))
        elif kind == "new":
            self.events.append(Event(slug=f"new_{self.asked}", day=LAST_DAY, variety="sent", state="waiting_response"))
        return super().page(source, number)


LAST_DAY = FIRST + timedelta(days=99)
NEVER_PARTED = Window(after=FIRST, before=LAST_DAY)


@settings(deadline=None, max_examples=300)
@given(
    count=st.integers(0, 420),
    moves=st.dictionaries(st.integers(0, 40), st.tuples(st.just("hide"), st.integers(0, 500)), max_size=5)
    | st.dictionaries(st.integers(0, 40), st.tuples(st.sampled_from(["new", "jump"]), st.integers(0, 500)), max_size=5),
)
def test_a_list_that_shrinks_or_grows_while_it_is_read_loses_nothing(
    count: int, moves: dict[int, tuple[str, int]]
) -> None:
    site = MovingSite(events(count, days=90), dict(moves), pages=20)
    met, walk = walked(site, NEVER_PARTED)
    there = {event.slug for event in site.events if not event.slug.startswith("new_")}
    assert there <= met or walk.stuck


@settings(deadline=None, max_examples=100)
@given(
    count=st.integers(600, 2_000),
    moves=st.dictionaries(st.integers(0, 150), st.tuples(st.just("hide"), st.integers(0, 2_000)), max_size=20),
)
def test_lists_that_are_parted_and_shrink_lose_nothing(count: int, moves: dict[int, tuple[str, int]]) -> None:
    site = MovingSite(events(count, days=90), dict(moves), pages=20)
    met, walk = walked(site, NEVER_PARTED)
    assert {event.slug for event in site.events} <= met or walk.stuck


def test_a_day_that_nothing_else_parts_is_read_by_authority_and_the_remainder_is_told() -> None:
    day = Window(after=FIRST, before=FIRST, variety="sent", path="successful")
    names = [f"body_{number}" for number in range(MOST_AUTHORITIES + 3)]
    for known, lost in ((names[:3], 0), (names, 1)):
        site = Site(events(600, days=1, states=("successful",)), pages=5)
        walk = Walk([day], authorities=lambda known=known: known)  # type: ignore[misc]  # a list of the loop's
        asked = []
        while (step := walk.next) is not None:
            if isinstance(step.source, Window) and step.source.authority:
                asked.append(step.source.authority)
                walk.came(step, replace(EMPTY, rows=()))
            else:
                page = site.page(step.source, step.page)
                assert page is not None
                walk.came(step, replace(page, about=900))
        assert asked == known[:MOST_AUTHORITIES]
        assert len([why for _, why in walk.lost if "authorities" in why]) == lost


def test_parts_that_do_not_show_what_the_whole_showed_are_told() -> None:
    site = Site(events(400, days=1, states=("successful", "a state of its own")), pages=2)
    LISTED_BY["a state of its own"] = None
    met, walk = walked(site, Window(after=FIRST, before=FIRST))
    assert len(met) < 400
    assert any("parts do not show" in why for _, why in walk.lost)
    del LISTED_BY["a state of its own"]


EMPTY = ListingPage(rows=(), about=None, next_page=None, last_page_offered=None)
