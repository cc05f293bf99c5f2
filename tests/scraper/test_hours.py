"""Hours of the day by the clocks of the United Kingdom, over midnight and over the two nights when they change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.hours import Hours, uk_time

MOMENTS = st.datetimes(datetime(2003, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
SPANS = st.tuples(st.integers(0, 1439), st.integers(0, 1439)).filter(lambda pair: pair[0] != pair[1])


def hours(text: str) -> Hours:
    found = Hours.read(text)
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["", "22-6", "22:00", "24:00-06:00", "22:60-06:00", "06:00-06:00", " 22:00-06:00"])
def test_what_is_no_span_is_none(text: str) -> None:
    assert Hours.read(text) is None


@pytest.mark.parametrize(
    ("span", "moment", "within"),
    [
        ("22:00-06:00", "2026-01-10T21:59:59", False),
        ("22:00-06:00", "2026-01-10T22:00:00", True),
        ("22:00-06:00", "2026-01-10T05:59:59", True),
        ("22:00-06:00", "2026-01-10T06:00:00", False),
        ("22:00-06:00", "2026-07-10T20:59:59", False),  # British Summer Time: an hour ahead of UTC
        ("22:00-06:00", "2026-07-10T21:00:00", True),
        ("22:00-06:00", "2026-07-10T05:00:00", False),
        ("09:30-17:00", "2026-01-10T09:30:00", True),
        ("09:30-17:00", "2026-01-10T17:00:00", False),
        ("00:30-01:30", "2026-03-29T00:45:00", True),  # 00:45, before the clocks go from 01:00 to 02:00
        ("00:30-01:30", "2026-03-29T01:15:00", False),  # 02:15: an hour that this night has not
        ("01:00-02:00", "2026-10-25T00:30:00", True),  # 01:30, and an hour later 01:30 again
        ("01:00-02:00", "2026-10-25T01:30:00", True),
        ("01:00-02:00", "2026-10-25T02:00:00", False),
    ],
)
def test_a_moment_is_within_by_the_clock_on_the_wall(span: str, moment: str, *, within: bool) -> None:
    assert hours(span).hold(datetime.fromisoformat(moment).replace(tzinfo=UTC)) is within


@given(MOMENTS)
def test_summer_time_is_that_of_the_zone_of_london(moment: datetime) -> None:
    assert uk_time(moment) == moment.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None)


@given(MOMENTS, SPANS)
def test_they_open_at_the_first_minute_that_they_hold(moment: datetime, span: tuple[int, int]) -> None:
    some = Hours(first=span[0], last=span[1])
    assert Hours.read(str(some)) == some
    opens = some.opens(moment)
    assert some.hold(opens)
    assert opens == moment.replace(second=0, microsecond=0) or not some.hold(opens - timedelta(minutes=1))
    assert timedelta(minutes=-1) < opens - moment <= timedelta(hours=48)
