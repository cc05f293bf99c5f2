"""A list that is too long is replaced by lists that hold each of its rows."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from parsers.wdtk.urls import SiteUrls
from scraper.archive.covered import FIRST_DAY
from scraper.spiders.windows import PATHS, STATES, VARIETIES, AuthorityPages, Window

URLS = SiteUrls("http://127.0.0.1:1")
DAYS = st.dates(date(2001, 1, 1), date(2040, 12, 31))


@given(DAYS, st.integers(1, 4000))
def test_days_are_parted_without_gap_or_overlap(first: date, length: int) -> None:
    whole = Window(after=first, before=first + timedelta(days=length), authority="moe")
    left, right = whole.parts()
    assert (left.after, right.before) == (whole.after, whole.before)
    assert right.after - left.before == timedelta(days=1)
    assert left.authority == right.authority == "moe"


@given(DAYS)
def test_one_day_is_parted_by_kind_of_event_then_by_state_then_no_more(day: date) -> None:
    by_kind = Window(after=day, before=day).parts()
    assert [part.variety for part in by_kind] == list(VARIETIES)
    for part in by_kind:
        by_state = part.parts()
        assert {one.path for one in by_state if one.path} == set(PATHS)
        assert {one.state for one in by_state if one.state} == set(STATES)
        assert {one.variety for one in by_state} == {part.variety}
        assert not any(one.parts() for one in by_state)


def test_addresses_are_those_of_the_site() -> None:
    day = date(2026, 3, 1)
    window = Window(after=day, before=date(2026, 12, 31), authority="moe", variety="response", path="awaiting")
    assert window.url(URLS, 3) == (
        "http://127.0.0.1:1/list/awaiting?query=requested_from:moe%20variety:response"
        "&request_date_after=01/03/2026&request_date_before=31/12/2026&page=3"
    )
    state = Window(after=day, before=day, variety="sent", state="vexatious")
    assert "query=variety:sent%20latest_status:vexatious" in state.url(URLS, 1)
    assert "query" not in Window(after=day, before=day).url(URLS, 1)
    assert AuthorityPages(authority="moe", before=day).url(URLS, 2) == "http://127.0.0.1:1/body/moe?page=2"


def test_an_authority_with_too_many_requests_is_read_by_days() -> None:
    day = date(2026, 3, 1)
    assert AuthorityPages(authority="moe", before=day).parts() == (
        Window(after=FIRST_DAY, before=day, authority="moe"),
    )
