"""What came of fetching a file is kept for as long as it is the same file."""

from typing import Any

import pytest

from parsers.records import Message
from scraper.archive.database import Archive
from scraper.storing.store import Store
from tests.scraper.archive.samples import attachment, fetched, hidden_attachment, message, request


def rows(archive: Archive, sql: str) -> list[tuple[Any, ...]]:
    return archive.connection.execute(sql).fetchall()


def outcome(archive: Archive) -> list[tuple[Any, ...]]:
    return rows(archive, "SELECT fetch_status, sha256 IS NOT NULL FROM attachments WHERE id = 'attachment-5'")


def file(**fields: Any) -> Message:
    return message(2, attachments=(attachment(5, 2, **fields),))


@pytest.fixture(autouse=True)
def stored(store: Store) -> None:
    store.store(request(messages=[file()]))
    store.store(fetched("attachment-5", b"bytes"))


@pytest.mark.parametrize(
    "change",
    [
        {"position": 3},
        {"size_shown": "13K"},
        {"reason": "a note beside it"},
        {"url": "/request/a_new_slug/response/2/attach/7/Reply 5.pdf"},
    ],
)
def test_a_file_that_stays_the_same_is_not_fetched_again(
    archive: Archive, store: Store, change: dict[str, Any]
) -> None:
    store.store(request(messages=[file(**change)]))
    assert outcome(archive) == [("fetched", 1)]


@pytest.mark.parametrize("change", [{"name": "Reply v2.pdf"}, {"part": 4}, {"url": "/request/a_slug/elsewhere"}])
def test_a_file_that_may_be_another_is_fetched_again(archive: Archive, store: Store, change: dict[str, Any]) -> None:
    store.store(request(messages=[file(**change)]))
    assert outcome(archive) == [("not_fetched", 0)]


@pytest.mark.parametrize("state", ["hidden", "erased"])
def test_a_file_that_is_hidden_says_so_and_is_fetched_when_it_comes_back(
    archive: Archive, store: Store, state: str
) -> None:
    store.store(request(messages=[message(2, attachments=(hidden_attachment(5, state),))]))
    assert outcome(archive) == [(state, 1)]
    store.store(request(messages=[file()]))
    assert outcome(archive) == [("not_fetched", 0)]


def test_an_answer_that_comes_late_does_not_show_what_the_page_hides(archive: Archive, store: Store) -> None:
    store.store(request(messages=[message(2, attachments=(hidden_attachment(5),))]))
    store.store(fetched("attachment-5", b"bytes"))
    assert outcome(archive) == [("hidden", 1)]
    assert rows(archive, "SELECT subject FROM withdrawals") == [("attachment-5",)]


def test_a_failure_later_on_does_not_lose_the_bytes(archive: Archive, store: Store) -> None:
    store.store(fetched("attachment-5", b"<html>wait", fetch_status="waiting", sha256=None, detail="gave up"))
    assert outcome(archive) == [("waiting", 1)]


def test_a_file_that_is_no_longer_listed_is_doubted_though_its_address_still_gives_it(
    archive: Archive, store: Store
) -> None:
    store.store(request(messages=[]))
    store.store(fetched("attachment-5", b"late bytes"))
    assert outcome(archive) == [("fetched", 1)]
    doubted = "SELECT state, confirmed_at FROM withdrawals WHERE subject = 'attachment-5'"
    assert rows(archive, doubted) == [("absent", None)]
    assert len(rows(archive, "SELECT 1 FROM fetches WHERE url LIKE '%/attachment-5'")) == 2


def test_bytes_that_are_not_among_the_answers_are_a_mistake_of_ours(archive: Archive, store: Store) -> None:
    with pytest.raises(ValueError, match="not among its answers"):
        store.store(fetched("attachment-5", b"bytes", sha256="0" * 64))
    assert outcome(archive) == [("fetched", 1)]
