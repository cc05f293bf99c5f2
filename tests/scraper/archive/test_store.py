"""Storing a request, again and changed."""

from scraper.archive.compare import contents, differences
from scraper.archive.database import Archive
from scraper.archive.store import Store
from tests.scraper.archive.samples import (
    attachment,
    comment,
    event,
    fetched,
    message,
    request,
    resend,
)


def test_storing_the_same_request_again_changes_only_the_check_times(archive: Archive, store: Store) -> None:
    item = request(
        messages=[message(1, "outgoing"), message(2, attachments=(attachment(5, 2), attachment(6, 2)))],
        events=[event(1, "sent"), event(2)],
        comments=[comment(3)],
        resends=[resend("outgoing-1", 3)],
    )
    store.store(item)
    store.store(fetched("attachment-5", b"bytes of the file"))
    before = contents(archive)

    store.store(item)

    assert differences(before, contents(archive)) == []
    assert {table: len(rows) for table, rows in before.items() if rows} == {
        "attachments": 2,
        "authorities": 1,
        "authority_tags": 1,
        "comments": 1,
        "events": 2,
        "files": 3,
        "messages": 2,
        "request_tags": 2,
        "requests": 1,
        "resends": 1,
        "stored files": 3,
    }
