"""Three weeks of changes and the year after, a few nights of each: the archive follows, and what is gone is gone."""

import pytest

from scraper.due.policy import LONGEST_DELAY, LONGEST_WHOLE
from tests.fast_time import needs_fast_time
from tests.year.report import SLACK, late, row
from tests.year.year import Span, Year

pytestmark = [pytest.mark.timeout(3600), pytest.mark.long]
NIGHTS = (0, 1, 2, 6, 11, 12, 21, 115, 384, 388)
"""Three weeks with a challenge and a maintenance page; then seldom, and all that was promised is due by the end."""
SPAN = Span(requests=50, recent=12, days=20, nights=NIGHTS, kills=0.25)


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
    assert {night.outage for night in nights} == {"", "challenge", "maintenance"}
    assert all(night.requests for night in nights)
    assert nights[-1].held > nights[0].held
    assert {secret.kind for night in nights for secret, _ in night.followed} > {"embargoed", "deleted", "censored"}


def test_a_challenge_needs_a_person_and_a_night_without_trouble_nobody(year: Year) -> None:
    assert [night.codes for night in year.nights if night.outage == "challenge"] == [[1]]
    well = [night for night in year.nights if not night.outage and not night.killed]
    assert [(night.day, night.said) for night in well if night.codes != [0]] == []


def test_a_quiet_night_costs_far_less_than_asking_for_everything(year: Year) -> None:
    quiet = [night.requests for night in year.nights[1:3] if not night.killed]
    assert max(quiet) < year.nights[0].requests / 4
