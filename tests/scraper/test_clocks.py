"""The site's clock beside ours: what its answers tell, and when one of the two must be wrong."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.archive import runs
from scraper.archive.database import open_archive
from scraper.archive.times import written
from scraper.clocks import apart, site_time
from scraper.items import PageItem
from scraper.middlewares.memory import Memory
from scraper.storing.store import Store
from tests.scraper.archive.samples import fetch

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DATE = "Fri, 01 May 2026 10:00:00 GMT"


def test_a_page_from_a_cache_is_as_old_as_it_says() -> None:
    assert site_time(DATE, None) == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert site_time(DATE, "3600") == datetime(2026, 5, 1, 11, tzinfo=UTC)
    assert site_time(DATE, "soon") == datetime(2026, 5, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("date", [None, "", "today", "Fri, 99 May 2026 10:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_what_is_no_time_is_none(date: str | None) -> None:
    assert site_time(date, "5") is None


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [
        (None, None),
        (-3_000, None),
        (3_700, "This machine's clock is an hour ahead of the site's."),
        (90_000, "This machine's clock is 25 hours ahead of the site's."),
        (-864_000, "This machine's clock is 10 days behind the site's."),
    ],
)
def test_clocks_that_are_hours_apart_are_told(seconds: float | None, sentence: str | None) -> None:
    assert apart(seconds) == sentence


@pytest.mark.parametrize(
    ("entered", "ahead", "hours"),
    [
        (NOW - timedelta(hours=2), None, 2),  # the site has not told: our clock alone
        (NOW - timedelta(hours=26), 86_400, 2),  # ours was put forward a day since
        (NOW + timedelta(days=9), 0, 2),  # ours was ahead then
        (NOW - timedelta(hours=1), 0, 1),  # the page stood in a cache that did not say so
        (NOW - timedelta(hours=2), -7_200, 2),
    ],
)
def test_a_request_is_as_old_as_the_clock_says_that_makes_it_younger(
    tmp_path: Path, entered: datetime, ahead: float | None, hours: float
) -> None:
    sent = NOW - timedelta(hours=2) - timedelta(seconds=max(0.0, ahead or 0.0))
    headers = {"Date": sent.strftime("%a, %d %b %Y %H:%M:%S GMT")}
    with open_archive(tmp_path / "a", create=True) as archive:
        store = Store(archive, runs.start(archive, "crawl", {}).id)
        store.store(PageItem(fetch=fetch("/robots.txt", fetched_at=written(entered), headers=headers)))
        memory = Memory(archive)
        memory.ahead = ahead
        assert memory.ages_of_asked(NOW, most=5) == [hours * 3_600]
