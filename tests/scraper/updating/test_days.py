"""From which day an update reads the lists."""

from datetime import date, timedelta

import pytest

from scraper.updating.days import OVERLAP, Listed, since

FIRST = date(2001, 1, 1)
MARCH = date(2026, 3, 1)


def listed(after: date | None, began: date, *, before: date | None = None, done: bool = True) -> Listed:
    return Listed(after=after, before=before, began=began, done=done)


WHOLE = listed(None, MARCH)


@pytest.mark.parametrize(
    ("lists", "day"),
    [
        ([listed(None, MARCH, done=False)], FIRST),
        ([WHOLE], date(2026, 2, 28) - OVERLAP),
        ([WHOLE, listed(date(2026, 2, 25), date(2026, 3, 5))], date(2026, 3, 4) - OVERLAP),
        ([WHOLE, listed(date(2026, 2, 25), date(2026, 3, 5), done=False)], date(2026, 2, 28) - OVERLAP),
        ([WHOLE, listed(date(2026, 4, 1), date(2026, 4, 5))], date(2026, 2, 28) - OVERLAP),
        ([listed(date(2026, 2, 1), MARCH)], date(2026, 2, 28) - OVERLAP),
        ([listed(date(2026, 2, 1), MARCH, done=False)], date(2026, 2, 1)),
        ([listed(date(2026, 2, 1), MARCH, before=date(2026, 2, 10))], date(2026, 2, 10) - OVERLAP),
    ],
)
def test_it_begins_before_the_end_of_what_is_covered_without_a_gap(lists: list[Listed], day: date) -> None:
    assert since(lists) == day


def test_a_day_on_which_a_list_was_read_is_not_covered() -> None:
    assert (
        since([listed(MARCH, MARCH + timedelta(days=10), before=MARCH + timedelta(days=20))])
        == MARCH + timedelta(days=9) - OVERLAP
    )
