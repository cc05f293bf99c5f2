"""From which day an update reads the lists."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from scraper.archive import runs
from scraper.archive.database import open_archive
from scraper.updating.days import OVERLAP, Listed, Scope, scope, since

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


@pytest.mark.parametrize(
    ("result", "times", "covered"),
    [
        ("whole", 1, True),
        ("refused", 1, True),
        ("stuck", 1, True),
        (None, 1, False),
        ("failed", 2, False),
        ("failed", 3, True),
    ],
)
def test_one_list_that_is_never_to_be_had_does_not_let_all_be_read_each_night(
    tmp_path: Path, result: str | None, times: int, *, covered: bool
) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        for _ in range(times):
            run = runs.start(archive, "crawl", {})
            for url, after, one in (("/whole", None, "parted"), ("/part", "2020-01-01", result)):
                archive.connection.execute(
                    "INSERT INTO enumerations (run_id, parent_id, url, after, began_at, result)"
                    " VALUES (?1, (SELECT id FROM enumerations WHERE run_id = ?1 AND url = '/whole'), ?2, ?3, ?4, ?5)",
                    [run.id, url, after, "2026-03-01T10:00:00Z", one],
                )
        assert scope(archive.connection) == Scope(since=date(2026, 2, 28) - OVERLAP if covered else FIRST)
