"""Rows of lists as the archive keeps them, and what a crawl that was stopped finds of them."""

from dataclasses import replace

import pytest

from parsers.records import ListingRow
from scraper.archive import lists, queries
from scraper.archive.database import Archive
from scraper.items import ListItem
from scraper.storing.store import Store
from tests.scraper.archive.samples import fetch, request
from tests.scraper.archive.samples import list_state as state

ROW = ListingRow(
    slug="potholes",
    url="/request/potholes",
    title="Potholes",
    event_at="2026-01-05T00:20:00+01:00",
    authority_slug="council_1",
    status="rejected",
)


def show(store: Store, *rows: ListingRow, url: str = "/list", **given: object) -> None:
    states = (state(url, "whole", **given),)  # type: ignore[arg-type]
    store.store(ListItem(fetch=fetch(url, None, fetched_at="2026-03-10T12:00:00Z"), states=states, rows=rows))


def listed(archive: Archive) -> list[tuple[object, ...]]:
    found = archive.connection.execute("SELECT slug, authority, request_id, last_event_at FROM listed ORDER BY slug")
    return found.fetchall()


def test_a_row_is_kept_once_with_its_newest_event_in_utc(archive: Archive, store: Store) -> None:
    show(store, ROW)
    show(store, replace(ROW, event_at="2025-12-31T12:00:00+00:00"), url="/list?page=2")
    assert listed(archive) == [("potholes", "council_1", None, "2026-01-04T23:20:00Z")]


def test_a_row_knows_its_request_whichever_came_first(archive: Archive, store: Store) -> None:
    store.store(request(7, "potholes"))
    show(store, ROW, replace(ROW, slug="bins"))
    store.store(request(8, "bins"))
    assert [row[:3] for row in listed(archive)] == [("bins", "council_1", 8), ("potholes", "council_1", 7)]


def test_a_slug_that_another_request_takes_belongs_to_that_one(archive: Archive, store: Store) -> None:
    store.store(request(7, "potholes"))
    show(store, ROW)
    store.store(request(9, "potholes"))
    assert [row[2] for row in listed(archive)] == [9]


def test_a_stopped_crawl_gives_its_lists_and_what_they_showed_to_the_next(archive: Archive, store: Store) -> None:
    states = (
        state("a", "parted"),
        state("1", "whole", "2026-01-01", "2026-01-10", parent="a"),
        state("2", None, "2026-01-11", "2026-01-20", parent="a", narrowed={"path": "awaiting"}),
        state("3", "failed", "2026-01-21", "2026-01-31", parent="a"),
    )
    store.store(ListItem(fetch=None, states=states, rows=(ROW,)))
    (first,) = archive.connection.execute("SELECT DISTINCT run_id FROM enumerations").fetchone()
    with archive.transaction() as connection:
        connection.execute("INSERT INTO runs (command, started_at, arguments) VALUES ('crawl', '', '{}')")
    taken_up = lists.take_up(archive, first + 1, [first])
    assert [(one.after, one.before, one.narrowed) for one in taken_up.lists] == [
        ("2026-01-11", "2026-01-20", {"path": "awaiting"}),
        ("2026-01-21", "2026-01-31", {}),
    ]
    assert taken_up.all_planned
    assert list(lists.shown_by(archive, [first])) == ["potholes"]
    assert not lists.take_up(archive, first + 1, []).all_planned


def test_requests_are_known_a_page_at_a_time_and_those_checked_meanwhile_come_once(
    archive: Archive, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_AT_A_TIME", 2)
    for number in range(1, 8):
        store.store(request(number, f"request_{number}", fetched_at=f"2025-05-0{number}T00:00:00Z"))
    met = []
    for known in queries.known_requests(archive):
        met.append(known.id)
        archive.connection.execute("UPDATE requests SET last_checked_at = '2025-06-01' WHERE id = ?", [known.id])
    assert met == [1, 2, 3, 4, 5, 6, 7]
