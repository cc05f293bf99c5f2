"""The table of checks: what looks leave in it, and what it gives when asked for what is due."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.archive import runs
from scraper.archive.database import Archive, open_archive
from scraper.archive.times import FORMAT
from scraper.due import queue
from scraper.due.held import files_wanted
from scraper.items import LookItem
from scraper.storing.store import Store
from tests.scraper.archive.samples import attachment, event, fetch, fetched, message, refusal, request

DAY = datetime(2025, 5, 1, tzinfo=UTC)


def day(number: float) -> str:
    return (DAY + timedelta(days=number)).strftime(FORMAT)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", create=True) as opened:
        yield opened


@pytest.fixture
def store(archive: Archive) -> Store:
    return Store(archive, runs.start(archive, "crawl", {}).id)


def check(archive: Archive, number: int = 7) -> dict[str, Any]:
    cursor = archive.connection.execute("SELECT * FROM checks WHERE request_id = ?", [number])
    return dict(zip([column for column, *_ in cursor.description], cursor.fetchone(), strict=True))


def thread(at: float, **given: Any) -> Any:
    return request(events=given.pop("events", [event(1, "sent")]), fetched_at=day(at), **given)


def file(name: str, at: float) -> Any:
    return fetched(name, name.encode(), fetches=(fetch(f"/{name}", name.encode(), fetched_at=day(at)),))


def refused(url: str, reason: str, at: float) -> Any:
    return refusal(url, reason, fetch=fetch(url, None, status=500, fetched_at=day(at)))


def light(at: float, number: int = 7) -> LookItem:
    return LookItem(fetch=fetch("/request/a_slug.json", b"{}", fetched_at=day(at)), request_id=number)


def test_looks_are_counted_and_what_they_found(archive: Archive, store: Store) -> None:
    store.store(thread(0))
    first = check(archive)
    assert (first["looks"], first["changes"], first["unchanged"], first["looked_at"]) == (1, 0, 0, day(0))
    assert day(0) < first["next_check_at"] <= day(90)
    store.store(light(3))
    assert [check(archive)[name] for name in ("looks", "changes", "unchanged")] == [2, 0, 1]
    store.store(thread(5, events=[event(1, "sent"), event(2)]))
    assert [check(archive)[name] for name in ("looks", "changes", "unchanged")] == [3, 1, 0]
    assert check(archive)["last_changed_at"] == day(5)


def test_the_same_look_stored_twice_counts_once(archive: Archive, store: Store) -> None:
    store.store(thread(0))
    before = check(archive)
    store.store(thread(0))
    store.store(light(-2))
    assert check(archive) == before


def test_a_light_look_is_never_a_whole_one(archive: Archive, store: Store) -> None:
    store.store(thread(0))
    assert check(archive)["whole_at"] == day(0)
    store.store(light(5))
    assert (check(archive)["looked_at"], check(archive)["whole_at"]) == (day(5), day(0))
    assert archive.connection.execute("SELECT last_checked_at FROM requests").fetchone() == (day(0),)


def test_a_look_is_whole_when_the_last_of_its_files_was_asked_for(archive: Archive, store: Store) -> None:
    files = (attachment(5, 2), attachment(6, 2))
    store.store(thread(0, messages=[message(2, attachments=files)]))
    store.store(file("attachment-5", 0.1))
    assert check(archive)["whole_at"] is None
    store.store(file("attachment-6", 0.2))
    assert check(archive)["whole_at"] == day(0)


def test_a_look_at_new_files_alone_is_not_whole(archive: Archive, store: Store) -> None:
    store.store(thread(0, messages=[message(2, attachments=(attachment(5, 2),))]))
    store.store(file("attachment-5", 0))
    given = thread(9, messages=[message(2, attachments=(attachment(5, 2), attachment(6, 2)))])
    store.store(type(given)(**{**vars(given), "whole": False}))
    store.store(file("attachment-6", 9.1))
    assert check(archive)["whole_at"] == day(0)


@pytest.mark.parametrize("quiet", [0, 9])
def test_a_page_that_fails_is_tried_again_later_and_no_look(archive: Archive, store: Store, quiet: int) -> None:
    store.store(thread(0))
    archive.connection.execute("UPDATE checks SET unchanged = ?", [quiet])
    for at, then in ((10, 11), (11, 13), (13, 17)):
        store.store(refused("/request/a_slug.json", "failed", at))
        assert check(archive)["why"] == "failed"
        assert day(then - 0.5) < check(archive)["next_check_at"] < day(then)
    assert (check(archive)["looked_at"], check(archive)["unchanged"]) == (day(0), quiet)


def test_a_look_broken_off_before_its_files_is_taken_up_at_once(archive: Archive, store: Store) -> None:
    store.store(thread(0, messages=[message(2, attachments=(attachment(5, 2), attachment(6, 2)))]))
    store.store(file("attachment-5", 0.1))
    assert queue.take(archive.connection, at=day(0.2), budget=None) == []
    assert queue.mark_broken_off(archive.connection, day(0.2)) == 1
    (taken,) = queue.take(archive.connection, at=day(0.2), budget=None)
    assert (taken.why, taken.files) == ("files", 1)
    store.store(file("attachment-6", 0.3))
    assert queue.mark_broken_off(archive.connection, day(0.4)) == 0


def test_a_file_that_no_look_asks_for_does_not_have_its_request_looked_at_each_night(
    archive: Archive, store: Store
) -> None:
    store.store(thread(0, messages=[message(2, attachments=(attachment(5, 2),))]))
    marked = []
    for number in range(1, 13):
        marked.append(queue.mark_broken_off(archive.connection, day(number / 100)))
        store.store(light(number / 100))
    assert marked == [1] * 10 + [0] * 2


def rows(archive: Archive, store: Store, given: dict[int, tuple[float, float]]) -> None:
    for number, (due, weight) in given.items():
        store.store(request(number, f"slug_{number}", fetched_at=day(-100)))
        archive.connection.execute(
            "UPDATE checks SET next_check_at = ?, weight = ?, why = 'settled', whole_at = ? WHERE request_id = ?",
            [day(due), weight, day(0), number],
        )


def test_what_is_most_likely_stale_comes_first(archive: Archive, store: Store) -> None:
    rows(archive, store, {1: (-1, 0.1), 2: (-1, 0.9), 3: (1, 1.0), 4: (-1, 0.5)})
    taken = queue.take(archive.connection, at=day(0), budget=None)
    assert [due.request_id for due in taken] == [2, 4, 1]
    assert [due.whole for due in taken] == [False] * 3


def test_a_budget_is_kept_to_and_what_is_being_looked_at_is_left_out(archive: Archive, store: Store) -> None:
    rows(archive, store, {number: (-number, 0.2) for number in range(1, 30)})
    taken = queue.take(archive.connection, at=day(0), budget=5, without={29})
    assert sum(due.cost for due in taken) <= 5
    assert 29 not in {due.request_id for due in taken}
    assert queue.take(archive.connection, at=day(0), budget=0) == []


def large(archive: Archive, store: Store, number: int = 7) -> None:
    """A request with 39 files whose whole look is due and not begun."""
    files = tuple(attachment(100 * number + one, number, part=one) for one in range(1, 40))
    store.store(request(number, f"large_{number}", messages=[message(number, attachments=files)], fetched_at=day(0)))
    for one in files:
        store.store(fetched(one.id, b"x", number, fetches=(fetch(f"/{one.id}", b"x", fetched_at=day(0)),)))
    archive.connection.execute("UPDATE checks SET why = 'whole', next_check_at = ?", [day(1)])


def test_one_with_more_files_than_the_budget_is_looked_at_in_parts(archive: Archive, store: Store) -> None:
    large(archive, store)
    (due,) = queue.take(archive.connection, at=day(9), budget=20)
    assert (due.request_id, due.whole, due.most_files, due.cost) == (7, True, 8, 10)
    (due,) = queue.take(archive.connection, at=day(9), budget=50)
    assert (due.whole, due.most_files, due.cost) == (True, None, 41)
    (due,) = queue.take(archive.connection, at=day(9), budget=2)
    assert (due.whole, due.most_files, due.cost) == (True, 0, 2)


def test_half_of_the_budget_is_left_to_those_that_are_not_too_large(archive: Archive, store: Store) -> None:
    rows(archive, store, dict.fromkeys(range(1, 7), (-1, 0.01)))
    for number in (7, 8):
        large(archive, store, number)
    taken = queue.take(archive.connection, at=day(30), budget=20)
    assert [due.request_id for due in taken if due.most_files] == [7]
    assert len(taken) == 1 + 5
    assert sum(due.cost for due in taken) <= 20


def test_a_whole_look_goes_on_where_it_stopped_and_is_whole_when_all_is_done(archive: Archive, store: Store) -> None:
    large(archive, store)
    store.store(request(7, "large_7", messages=_messages(), fetched_at=day(200)))
    looked = [identity for identity, _ in files_wanted(archive, 7)][:30]
    for identity in looked:
        store.store(fetched(identity, b"x", fetches=(fetch(f"/{identity}", b"x", fetched_at=day(200.1)),)))
    assert (check(archive)["why"], check(archive)["next_check_at"]) == ("whole", day(200.5))
    (due,) = queue.take(archive.connection, at=day(201), budget=20)
    assert (due.whole, due.files, due.most_files, due.cost) == (False, 9, None, 12)
    rest = [identity for identity, _ in files_wanted(archive, 7)]
    assert len(rest) == 9
    assert not set(rest) & set(looked)
    store.store(request(7, "large_7", messages=_messages(), fetched_at=day(201)))
    for identity in rest:
        store.store(fetched(identity, b"x", fetches=(fetch(f"/{identity}", b"x", fetched_at=day(201)),)))
    assert check(archive)["whole_at"] == day(200)
    assert files_wanted(archive, 7) == []


def _messages() -> list[Any]:
    files = tuple(attachment(700 + one, 7, part=one) for one in range(1, 40))
    return [message(7, attachments=files)]


def test_nothing_waits_for_ever(archive: Archive, store: Store) -> None:
    rows(archive, store, {**dict.fromkeys(range(2, 60), (-1, 0.9)), 1: (-50, 0.0001)})
    taken = queue.take(archive.connection, at=day(0), budget=None, most=20)
    assert 1 in {due.request_id for due in taken}


def test_an_archive_from_before_there_were_checks_gets_them(archive: Archive, store: Store) -> None:
    rows(archive, store, {1: (-1, 0.1)})
    archive.connection.execute("DELETE FROM checks")
    assert queue.fill(archive.connection, day(0)) == 1
    assert queue.fill(archive.connection, day(0)) == 0
    (due,) = queue.take(archive.connection, at=day(0), budget=None)
    assert (due.why, due.whole) == ("first", True)


def listed(archive: Archive, slug: str, at: str | None, number: int | None = None) -> None:
    archive.connection.execute(
        "INSERT INTO listed (slug, request_id, last_event_at, run_id, first_listed_at, last_listed_at)"
        " VALUES (?, ?, ?, 1, ?, ?)",
        [slug, number, at, day(30), day(30)],
    )


@pytest.mark.parametrize(("event_at", "marked"), [(day(29), 1), (day(0), 0), ("2025-03-04T10:00:00Z", 0)])
def test_a_request_of_which_a_list_shows_something_new_is_due(
    archive: Archive, store: Store, event_at: str, marked: int
) -> None:
    store.store(thread(20))
    archive.connection.execute("UPDATE checks SET next_check_at = ?", [day(80)])
    listed(archive, "a_slug", event_at, 7)
    assert queue.mark_listed(archive.connection, day(30)) == marked
    assert [due.why for due in queue.take(archive.connection, at=day(30), budget=None)] == ["listed"] * marked


def test_what_is_not_held_and_fails_again_and_again_is_tried_ever_later(archive: Archive, store: Store) -> None:
    store.store(thread(20))
    listed(archive, "poisoned", day(5))
    tried = []
    for number in range(20, 60):
        if queue.NotHeld(archive.connection, "http://127.0.0.1:9").following(at=day(number), most=1):
            tried.append(number)
            store.store(refused("/request/poisoned.json", "failed", number))
    assert tried == [20, 21, 22, 24, 28, 36, 52]


def test_what_lists_show_and_nobody_holds_is_given_the_newest_first(archive: Archive, store: Store) -> None:
    store.store(thread(20))
    for slug, at in (("a_slug", 1), ("old", 2), ("new", 3), ("hidden", 4), ("failed", 5)):
        listed(archive, slug, day(at))
    store.store(refused("/request/hidden", "hidden", 29))
    store.store(refused("/request/failed.json", "failed", 29))
    assert queue.waiting(archive.connection, "http://127.0.0.1:9", at=day(30)) == 3
    waiting = queue.NotHeld(archive.connection, "http://127.0.0.1:9")
    assert waiting.following(at=day(30), most=2) == ["failed", "new"]
    listed(archive, "of_no_day", None)
    assert waiting.following(at=day(30), most=2) == ["old", "of_no_day"]
    assert waiting.following(at=day(30), most=2) == []
    again = queue.NotHeld(archive.connection, "http://127.0.0.1:9")
    assert again.following(at=day(29.5), most=9) == ["new", "old", "of_no_day"]


def test_those_that_are_being_looked_at_do_not_hide_the_rest(archive: Archive, store: Store) -> None:
    for number in range(1, 12):
        store.store(thread(0, number=number, slug=f"slug_{number}"))
    busy = {due.request_id for due in queue.take(archive.connection, at=day(400), budget=None, most=9)}
    rest = queue.take(archive.connection, at=day(400), budget=None, most=2, without=busy)
    assert busy | {due.request_id for due in rest} == set(range(1, 12))
