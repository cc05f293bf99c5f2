"""A page that is odd erases nothing, and what is really gone is followed in the end."""

from typing import Any

import pytest

from scraper.archive.database import Archive
from scraper.items import LookItem, PageItem, RequestItem
from scraper.removals.verify import verify
from scraper.storing.store import Store
from tests.scraper.archive.samples import attachment, event, fetch, fetched, hidden_message, message, request

ALL = [message(1, "outgoing"), message(2, attachments=(attachment(5, 2),))]
EVENTS = [event(1, "sent", outgoing_message_id=1), event(2, incoming_message_id=2)]
STRANGE = {"unexplained": ("incoming-2: unknown div.new-list",)}


def day(number: int) -> str:
    return f"2025-05-{number:02d}T00:00:00Z"


def look(at: int, messages: list[Any], **given: Any) -> RequestItem:
    return request(7, "a_slug", messages, fetched_at=day(at), **{"events": EVENTS, **given})


def gone(archive: Archive) -> set[str]:
    return {subject for (subject,) in archive.connection.execute("SELECT subject FROM withdrawals")}


def held(archive: Archive) -> int:
    tables = ("messages", "attachments WHERE sha256 IS NOT NULL")
    return sum(archive.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)  # noqa: S608 - names above


@pytest.fixture
def stored(store: Store) -> Store:
    store.store(look(1, ALL))
    store.store(fetched("attachment-5", b"first", fetches=(fetch("/file", b"first", fetched_at=day(1)),)))
    return store


ODD = [
    pytest.param(look(10, ALL[1:]), {"outgoing-1"}, id="a message that the JSON names"),
    pytest.param(look(10, [ALL[0], message(2)], page=STRANGE), {"attachment-5"}, id="files, of a page read in part"),
    pytest.param(look(10, ALL[1:], events=EVENTS[1:], page=STRANGE), {"outgoing-1"}, id="a message, of such a page"),
]


@pytest.mark.parametrize(("odd", "_lost"), ODD)
def test_what_an_odd_page_lacks_stays(archive: Archive, stored: Store, odd: RequestItem, _lost: set[str]) -> None:
    assert not stored.store(odd)
    assert (gone(archive), held(archive)) == (set(), 3)
    check = archive.connection.execute("SELECT why, date(next_check_at), looked_at FROM checks").fetchone()
    assert check == ("failed", day(10)[:10], day(1))
    assert stored.store(look(11, ALL))
    assert archive.connection.execute("SELECT * FROM refusals").fetchall() == []


@pytest.mark.parametrize(("odd", "lost"), ODD)
def test_what_is_lacking_for_days_is_gone(archive: Archive, stored: Store, odd: RequestItem, lost: set[str]) -> None:
    assert not stored.store(odd)
    assert stored.store(LookItem(fetch=fetch("/request/a_slug.json", b"{}", fetched_at=day(11)), request_id=7))
    later = tuple(type(one)(**{**vars(one), "fetched_at": day(13)}) for one in odd.fetches)
    assert stored.store(RequestItem(**{**vars(odd), "fetches": later}))
    assert lost <= gone(archive)


@pytest.mark.parametrize(
    ("true", "lost"),
    [
        (look(10, ALL[1:], events=EVENTS[1:]), {"outgoing-1"}),
        (look(10, [ALL[0], hidden_message(2)]), {"incoming-2", "attachment-5"}),
        (look(10, [ALL[0], message(2)]), {"attachment-5"}),
        (look(10, ALL, page=STRANGE), set()),
    ],
    ids=[
        "destroyed with its event",
        "hidden, which the page says",
        "a file without anything odd",
        "odd, and all there",
    ],
)
def test_other_pages_are_believed_at_once(archive: Archive, stored: Store, true: RequestItem, lost: set[str]) -> None:
    assert stored.store(true)
    assert gone(archive) == lost


def test_what_was_odd_before_is_no_reason_to_doubt(archive: Archive, stored: Store) -> None:
    assert stored.store(look(10, ALL, page=STRANGE))
    assert stored.store(look(12, [ALL[0], message(2)], page=STRANGE))
    assert gone(archive) == {"attachment-5"}


def test_an_imported_json_of_long_before_proves_nothing(archive: Archive, stored: Store) -> None:
    given = look(10, ALL[1:])
    document = type(given.fetches[0])(**{**vars(given.fetches[0]), "fetched_at": day(5)})
    assert stored.store(RequestItem(**{**vars(given), "fetches": (document, given.fetches[1])}))
    assert gone(archive) == {"outgoing-1"}


def test_what_cannot_be_stored_keeps_the_newest_answer_and_that_of_which_rows_are_made(
    archive: Archive, stored: Store
) -> None:
    def bodies() -> list[str]:
        rows = archive.connection.execute("SELECT sha256 FROM fetches WHERE url LIKE '%/a_slug' AND sha256 IS NOT NULL")
        return [archive.files.get(sha256).decode()[:3] for (sha256,) in rows]

    for number in (10, 11):
        odd = look(number, ALL[1:])
        page = type(odd.fetches[1])(**{**vars(odd.fetches[1]), "body": f"{number}: odd".encode()})
        assert not stored.store(RequestItem(**{**vars(odd), "fetches": (odd.fetches[0], page)}))
        assert bodies() == ["pag", f"{number}:"]
        assert [one for one in verify(archive, None) if one.problems] == []
    assert stored.store(look(12, ALL, page={"title": "Changed"}))
    assert bodies() == ["pag"]
    assert archive.connection.execute("SELECT count(*) FROM files").fetchone() == (3,)


def test_a_new_json_beside_a_page_that_could_not_be_read_leaves_the_rows_what_they_are_made_of(
    archive: Archive, stored: Store
) -> None:
    stored.store(PageItem(fetch=fetch("/request/a_slug.json", b"newer", page_kind="request_json")))
    assert [one for one in verify(archive, None) if one.problems] == []
    assert stored.store(look(12, ALL))
    assert archive.connection.execute("SELECT count(*) FROM files").fetchone() == (3,)
