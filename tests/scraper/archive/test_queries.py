"""What spiders ask of the archive."""

from scraper.archive import queries
from scraper.archive.database import Archive
from scraper.items import PageItem
from scraper.storing.store import Store
from tests.scraper.archive.samples import (
    SITE,
    fetch,
    refusal,
    request,
)


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
