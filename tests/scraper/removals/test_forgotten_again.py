"""A forgotten file that the site has numbered anew is not kept, and not waited for."""

from scraper.archive.database import Archive
from scraper.archive.store import Store
from scraper.removals.erase import erase_confirmed
from scraper.removals.forget import forget, named
from tests.scraper.archive.samples import attachment, fetch, fetched, message, request

BYTES = b"It says what is forgotten, in so many words."


def test_it_is_neither_kept_nor_asked_for_every_day(archive: Archive, store: Store) -> None:
    store.store(request(7, "a_slug", [message(2, attachments=(attachment(5, 2),))]))
    store.store(fetched("attachment-5", BYTES))
    forget(archive, named(archive, "attachment-5"))
    erase_confirmed(archive)
    day, then = "2025-06-01T00:00:00Z", "2025-06-01T00:00:05Z"
    store.store(request(7, "a_slug", [message(2, attachments=(attachment(9, 2, part=2),))], fetched_at=day))
    assert store.store(fetched("attachment-9", BYTES, fetches=(fetch("/file", BYTES, fetched_at=then),)))
    row = archive.connection.execute("SELECT fetch_status, sha256 FROM attachments WHERE id = 'attachment-9'")
    assert row.fetchone() == ("erased", None)
    assert archive.connection.execute("SELECT whole_at, whole_begun_at FROM checks").fetchone() == (day, None)
    assert BYTES not in {archive.files.get(sha256) for sha256 in archive.files.hashes()}
