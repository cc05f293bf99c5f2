"""What was asked and what was answered."""

import json
from typing import Any

from scraper.archive.database import Archive
from scraper.items import PageItem
from scraper.storing.store import Store
from tests.scraper.archive.samples import SITE, fetch, fetched, message, refusal, request


def page(url: str = "/list", body: bytes | None = b"a list", **fields: Any) -> PageItem:
    return PageItem(fetch=fetch(url, body, **fields))


def rows(archive: Archive, sql: str) -> list[tuple[Any, ...]]:
    return archive.connection.execute(sql).fetchall()


def test_every_answer_is_entered_even_where_nothing_is_new(archive: Archive, store: Store) -> None:
    for _ in range(3):
        store.store(page())
    assert rows(archive, "SELECT run_id, url, status, count(*) FROM fetches GROUP BY sha256") == [
        (1, f"{SITE}/list", 200, 3)
    ]
    assert rows(archive, "SELECT size FROM files") == [(6,)]


def test_headers_that_say_something_of_the_page_are_kept_and_cookies_are_not(archive: Archive, store: Store) -> None:
    headers = {"Content-Type": "text/html", "ETag": 'W/"1"', "Set-Cookie": "session=secret", "X-Runtime": "0.1"}
    store.store(page(headers=headers))
    ((kept,),) = rows(archive, "SELECT headers FROM fetches")
    assert json.loads(kept) == {"content-type": "text/html", "etag": 'W/"1"'}


def test_a_304_stands_for_the_body_that_is_held(archive: Archive, store: Store) -> None:
    store.store(page(headers={"etag": 'W/"1"'}))
    store.store(page(body=None, status=304, not_modified=True))
    assert rows(archive, "SELECT status, fetches.sha256 = files.sha256 FROM fetches, files") == [(200, 1), (304, 1)]
    assert rows(archive, "SELECT etag FROM validators") == [('W/"1"',)]


def test_a_request_that_is_not_modified_keeps_its_documents(archive: Archive, store: Store) -> None:
    headers = {"etag": '"1"'}
    whole = (fetch("/request/a.json", b"{}", headers=headers), fetch("/request/a", b"page", headers=headers))
    store.store(request(7, "a", [message(1)], fetches=whole))
    before = rows(archive, "SELECT json_sha256, page_sha256 FROM requests")
    same = tuple(fetch(url, None, status=304, not_modified=True) for url in ("/request/a.json", "/request/a"))
    store.store(request(7, "a", [message(1)], fetches=same))
    assert rows(archive, "SELECT json_sha256, page_sha256 FROM requests") == before


def test_a_page_that_loses_its_validators_is_asked_for_whole(archive: Archive, store: Store) -> None:
    store.store(page(headers={"last-modified": "Sat, 01 Mar 2025 00:00:00 GMT"}))
    store.store(page(body=b"a new list"))
    assert rows(archive, "SELECT * FROM validators") == []


def test_an_error_page_does_not_disturb_the_validators(archive: Archive, store: Store) -> None:
    store.store(page(headers={"etag": '"1"'}))
    store.store(page(body=b"down", status=503, headers={"etag": '"error"'}))
    assert rows(archive, "SELECT etag FROM validators") == [('"1"',)]


def test_a_refused_page_that_comes_after_all_is_refused_no_more(archive: Archive, store: Store) -> None:
    store.store(refusal("/list", "failed", detail="timed out"))
    store.store(refusal("/request/other", "robots"))
    store.store(page(body=b"not found", status=404))
    assert len(rows(archive, "SELECT 1 FROM refusals")) == 2
    store.store(page())
    assert rows(archive, "SELECT url, reason FROM refusals") == [(f"{SITE}/request/other", "robots")]


def test_a_file_that_comes_after_all_is_refused_no_more(archive: Archive, store: Store) -> None:
    store.store(request(messages=[message(2)]))
    store.store(refusal("/attachment-5", "failed"))
    store.store(fetched("attachment-5", b"bytes"))
    assert rows(archive, "SELECT * FROM refusals") == []


def test_a_refusal_keeps_its_first_day_and_its_newest_detail(archive: Archive, store: Store) -> None:
    for day, detail in [("2025-05-01T00:00:00Z", "once"), ("2025-06-01T00:00:00Z", "twice")]:
        store.store(refusal("/list", "failed", detail=detail, fetch=fetch("/list", None, status=500, fetched_at=day)))
    assert rows(archive, "SELECT detail, first_seen_at, last_seen_at FROM refusals") == [
        ("twice", "2025-05-01T00:00:00Z", "2025-06-01T00:00:00Z")
    ]
