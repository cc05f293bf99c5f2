"""What spiders ask of the archive."""

from scraper.archive import queries
from scraper.archive.database import Archive
from scraper.archive.store import Store
from scraper.items import PageItem
from tests.scraper.archive.samples import (
    SITE,
    attachment,
    fetch,
    fetched,
    hidden_attachment,
    message,
    refusal,
    request,
)


def wanted(archive: Archive, **choice: list[int]) -> list[str]:
    return [file.id for file in queries.needs_fetching(archive, request_ids=choice.get("request_ids"))]


def test_files_to_fetch_are_those_that_are_listed_and_not_held(archive: Archive, store: Store) -> None:
    files = tuple(attachment(number, 2) for number in (3, 4, 5, 6))
    store.store(request(8, "later", [message(9, attachments=(attachment(90, 9),))]))
    store.store(request(7, "first", [message(2, attachments=(*files, hidden_attachment(7)))]))
    assert wanted(archive) == ["attachment-3", "attachment-4", "attachment-5", "attachment-6", "attachment-90"]

    store.store(fetched("attachment-3", b"bytes"))
    for number, status in [(4, "waiting"), (5, "failed"), (6, "refused_by_robots")]:
        store.store(fetched(f"attachment-{number}", b"", fetch_status=status, sha256=None))
    assert wanted(archive) == ["attachment-4", "attachment-5", "attachment-90"]
    assert wanted(archive, request_ids=[8]) == ["attachment-90"]
    assert wanted(archive, request_ids=[]) == []

    store.store(refusal("/request/later", "hidden", slug="later"))
    assert wanted(archive) == ["attachment-4", "attachment-5"]


def test_a_file_to_fetch_tells_where_it_is(archive: Archive, store: Store) -> None:
    store.store(request(messages=[message(2, attachments=(attachment(5, 2),))]))
    assert list(queries.needs_fetching(archive)) == [
        queries.WantedFile(
            id="attachment-5",
            request_id=7,
            message_id="incoming-2",
            url="/request/a_slug/response/2/attach/7/Reply 5.pdf",
            name="Reply 5.pdf",
            fetch_status="not_fetched",
        )
    ]


def test_validators_are_given_only_with_the_body_they_stand_for(archive: Archive, store: Store) -> None:
    url = f"{SITE}/list"
    assert queries.validator(archive, url) is None
    store.store(PageItem(fetch=fetch("/list", b"a list", headers={"etag": '"1"'})))
    found = queries.validator(archive, url)
    assert found is not None
    assert (found.etag, found.last_modified, archive.files.get(found.sha256)) == ('"1"', None, b"a list")
    archive.files.path(found.sha256).unlink()
    assert queries.validator(archive, url) is None


def test_known_requests_come_oldest_check_first_with_what_became_of_them(archive: Archive, store: Store) -> None:
    store.store(request(7, "potholes", fetched_at="2025-05-03T00:00:00Z"))
    store.store(request(8, "bins", fetched_at="2025-05-01T00:00:00Z"))
    store.store(request(9, "potholes", fetched_at="2025-05-02T00:00:00Z"))
    store.store(refusal("/request/potholes", "hidden", request_id=9, fetch=fetch("/request/potholes", status=403)))
    known = [(one.id, one.slug, one.withdrawn) for one in queries.known_requests(archive)]
    assert known == [(8, "bins", None), (9, "potholes", "hidden"), (7, None, None)]


def test_a_request_is_found_by_id_or_slug(archive: Archive, store: Store) -> None:
    store.store(request(7, "potholes"))
    by_slug = queries.known_request(archive, "potholes")
    assert by_slug is not None
    assert by_slug == queries.known_request(archive, 7)
    assert by_slug.authority_url_name == "council_1"
    assert queries.known_request(archive, "bins") is None
    assert queries.known_request(archive, 99) is None
    assert queries.known_request(archive, 10**30) is None
