"""Which days count as gone through: those of lists that came to their end, and of parts that all did."""

import pytest

from scraper.archive import lists
from scraper.archive.covered import covered
from scraper.archive.database import Archive
from scraper.items import ListState
from tests.scraper.archive.samples import list_state as state

READ = "2026-03-10T12:00:00Z"


def days(archive: Archive, *states: ListState, authority: str = "moe") -> str | None:
    with archive.transaction() as connection:
        connection.execute("INSERT INTO runs (command, started_at, arguments) VALUES ('crawl', ?, '{}')", [READ])
        (run,) = connection.execute("SELECT max(id) FROM runs").fetchone()
        lists.record(connection, run, states, [], seen_at=READ)
    found = covered(archive, authority)
    return f"{found.first} to {found.last}" if found else None


def test_nothing_read_covers_nothing(archive: Archive) -> None:
    assert days(archive) is None


@pytest.mark.parametrize("result", ["capped", "stuck", "failed", "refused", "not_found", None])
def test_a_list_that_did_not_come_to_its_end_covers_nothing(archive: Archive, result: str | None) -> None:
    assert days(archive, state("a", result)) is None


def test_a_list_covers_its_days_up_to_the_one_before_it_was_read(archive: Archive) -> None:
    assert days(archive, state("a", "whole", before="2026-03-11")) == "2026-01-01 to 2026-03-09"


def test_a_list_of_today_covers_nothing_yet(archive: Archive) -> None:
    assert days(archive, state("a", "whole", after="2026-03-10", before="2026-03-11")) is None


def test_the_pages_of_an_authority_cover_that_authority_from_the_sites_first_day(archive: Archive) -> None:
    pages = state("b", "whole", None, None, authority="moe")
    assert days(archive, pages) == "2001-01-01 to 2026-03-09"
    assert days(archive, authority="dhc") is None


def test_parts_by_days_cover_what_each_covers(archive: Archive) -> None:
    whole = state("a", "parted")
    parts = [
        state("1", "whole", "2026-01-01", "2026-01-10", parent="a"),
        state("2", "capped", "2026-01-11", "2026-01-20", parent="a"),
        state("3", "whole", "2026-01-21", "2026-01-31", parent="a"),
    ]
    assert days(archive, whole, *parts) == "2026-01-21 to 2026-01-31"
    assert days(archive, state("2", "whole", "2026-01-11", "2026-01-20")) == "2026-01-01 to 2026-01-31"


@pytest.mark.parametrize(("last", "expected"), [("whole", "2026-01-01 to 2026-01-01"), ("failed", None), (None, None)])
def test_parts_by_kind_cover_a_day_only_together(archive: Archive, last: str | None, expected: str | None) -> None:
    day = {"after": "2026-01-01", "before": "2026-01-01"}
    parts = [
        state("1", "whole", parent="a", narrowed={"variety": "sent"}, **day),
        state("2", last, parent="a", narrowed={"variety": "response"}, **day),
    ]
    assert days(archive, state("a", "parted", **day), *parts) == expected


def test_a_list_of_one_kind_covers_no_day_by_itself(archive: Archive) -> None:
    assert days(archive, state("a", "whole", narrowed={"path": "successful"})) is None


def test_lists_that_meet_make_one_stretch(archive: Archive) -> None:
    assert days(archive, state("a", "whole"), state("b", "whole", "2026-02-01", "2026-02-07")) == (
        "2026-01-01 to 2026-02-07"
    )
    own = state("c", "whole", "2026-02-08", "2026-02-09", authority="moe")
    assert days(archive, own) == "2026-01-01 to 2026-02-09"
    assert days(archive, authority="dhc") == "2026-01-01 to 2026-02-07"
