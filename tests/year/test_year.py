"""Three weeks of changes and the year after them, night by night: the archive follows, and what is gone is gone."""

import pytest

from scraper.due.policy import LONGEST_DELAY, LONGEST_WHOLE
from tests.fast_time import needs_fast_time
from tests.year.report import SLACK, late, row
from tests.year.year import Span, Year

NIGHTS = (*range(13), 16, 21, 110, 240, 384, 388)
"""Nightly at first. Then seldom: whatever was promised is due in the last two nights."""
SPAN = Span(requests=50, recent=12, days=20, nights=NIGHTS, kills=0.2)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    needs_fast_time()
    lived = Year(SPAN, tmp_path_factory.mktemp("year"))
    for night in lived.live():
        print(row(night))  # noqa: T201 - shown where a test fails
    return lived


def test_the_archive_is_as_the_site_within_the_promised_delay(year: Year) -> None:
    assert late(year.behind(), delay=LONGEST_DELAY, whole=LONGEST_WHOLE) == []


def test_nothing_that_was_removed_is_left_in_any_byte(year: Year) -> None:
    assert len(year.secrets_on(year.nights[-1].day)) > 10
    assert year.traces(delay=LONGEST_DELAY + SLACK, silent=LONGEST_WHOLE + SLACK) == []


def test_nothing_was_asked_for_that_robots_txt_forbids(year: Year) -> None:
    assert year.forbidden() == []


def test_the_nights_were_as_a_year_has_them(year: Year) -> None:
    nights = year.nights
    assert any(night.killed for night in nights)
    assert any(night.outage for night in nights)
    assert all(night.requests for night in nights)
    assert nights[-1].held > nights[0].held


def test_a_quiet_night_costs_far_less_than_asking_for_everything(year: Year) -> None:
    usual = sorted(night.requests for night in year.nights[1:9] if not night.outage and not night.killed)
    assert usual[len(usual) // 2] < year.nights[0].requests / 2
