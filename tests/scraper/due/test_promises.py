"""What is told of the two promises: whether they are kept, and what keeping them takes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.archive import runs
from scraper.archive.database import Archive, open_archive
from scraper.archive.times import written
from scraper.due.promises import promised
from scraper.storing.store import Store
from tests.scraper.archive.samples import attachment, message, request

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def ago(days: float) -> str:
    return written(NOW - timedelta(days=days))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", create=True) as opened:
        yield opened


def held(archive: Archive, number: int, *, looked: float, whole: float | None, files: int = 0) -> None:
    """A request looked at so many days ago, and whole so many days ago."""
    listed = tuple(attachment(10 * number + one, number, part=one + 2) for one in range(files))
    item = request(number, f"slug_{number}", messages=[message(number, attachments=listed)], fetched_at=ago(500))
    Store(archive, runs.start(archive, "crawl", {}).id).store(item)
    archive.connection.execute(
        "UPDATE checks SET looked_at = ?, whole_at = ?, whole_begun_at = ? WHERE request_id = ?",
        [ago(looked), None if whole is None else ago(whole), ago(100), number],
    )


def test_nothing_is_behind_in_an_archive_that_holds_nothing(archive: Archive) -> None:
    told = promised(archive.connection, at=ago(0), budget=10)
    assert told.kept
    assert (told.looked.of, told.looked.oldest, told.needed_per_day, told.budget_per_day) == (0, None, 0.0, 10)


def test_each_promise_tells_how_many_it_is_not_kept_of_and_the_oldest_look(archive: Archive) -> None:
    for number, (looked, whole) in enumerate([(1, 1), (91, 300), (95, 361), (10, 400), (5, None)], start=1):
        held(archive, number, looked=looked, whole=whole)
    told = promised(archive.connection, at=ago(0))
    assert (told.looked.days, told.looked.behind, told.looked.of, told.looked.oldest) == (90, 1, 5, ago(95))
    assert (told.whole.days, told.whole.behind, told.whole.of, told.whole.oldest) == (360, 1, 5, ago(400))
    assert not told.kept


def test_what_keeping_them_takes_counts_each_file(archive: Archive) -> None:
    held(archive, 1, looked=1, whole=1, files=5)
    told = promised(archive.connection, at=ago(0), budget=None)
    assert told.needed_per_day == pytest.approx((3 * 1 + 7) / 360)
    assert told.within_budget
    assert not promised(archive.connection, at=ago(0), budget=0).within_budget
