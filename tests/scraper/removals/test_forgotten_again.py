"""A forgotten file that the site has numbered anew is not kept, and not waited for."""

import pytest

from parsers.records import ListingRow
from scraper.archive import fingerprints, lists
from scraper.archive.compare import contents
from scraper.archive.database import Archive
from scraper.due import held
from scraper.removals import forgotten
from scraper.removals.erase import erase_confirmed
from scraper.removals.forget import forget, named
from scraper.removals.verify import verify
from scraper.storing.store import Store
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


def test_its_name_does_not_come_back_under_a_new_number(archive: Archive, store: Store) -> None:
    pair = (attachment(5, 2, name="Ann Example.pdf"), attachment(6, 2, name="Ann Example.pdf"))
    store.store(request(7, "a_slug", [message(2, attachments=pair)]))
    store.store(fetched("attachment-5", BYTES))
    forget(archive, named(archive, "attachment-5"))
    erase_confirmed(archive)
    store.store(request(7, "a_slug", [message(2, attachments=pair)]))
    names = "SELECT id, name, state FROM attachments ORDER BY id"
    kept = ("attachment-6", "Ann Example.pdf", "file")
    assert archive.connection.execute(names).fetchall() == [("attachment-5", None, "erased"), kept]
    for number in (9, 12):
        anew = attachment(number, 2, name="Ann Example.pdf")
        store.store(request(7, "a_slug", [message(2, attachments=(anew, pair[1]))]))
        rows = sorted([(f"attachment-{number}", None, "erased"), kept])
        assert archive.connection.execute(names).fetchall() == rows
        assert erase_confirmed(archive)["files_erased"] == 1
    assert "Ann" not in str(archive.connection.execute("SELECT * FROM forgotten_names").fetchall())


def listing_row(slug: str) -> ListingRow:
    return ListingRow(slug=slug, url="", title="", event_at=None, authority_slug="council_1", status=None)


def test_a_list_does_not_bring_back_the_slug_of_a_forgotten_request(archive: Archive, store: Store) -> None:
    store.store(request(7, "ann_example", [message(2)]))
    forget(archive, named(archive, "7"))
    erase_confirmed(archive)
    rows = [listing_row("ann_example"), listing_row("another")]
    lists.record(archive.connection, 1, [], rows, seen_at="2025-06-01T00:00:00Z")
    assert archive.connection.execute("SELECT slug FROM listed").fetchall() == [("another",)]
    lists.record(archive.connection, 1, [], [listing_row("new_name")], seen_at="2025-06-01T00:00:00Z")
    forgotten.met(archive, "new_name", 7)
    lists.record(archive.connection, 1, [], [listing_row("new_name")], seen_at="2025-06-01T00:00:00Z")
    assert archive.connection.execute("SELECT slug FROM listed").fetchall() == [("another",)]
    store.store(request(8, "new_name", [message(9)]))  # somebody named it, and another request has the name by now
    assert not fingerprints.is_forgotten(archive.connection, "new_name")


@pytest.mark.parametrize("subject", ["incoming-2", "attachment-5"])
def test_it_does_not_come_back_in_another_request_to_which_the_site_moves_it(
    archive: Archive, store: Store, subject: str
) -> None:
    moved = message(2, text="Ann's words.", attachments=(attachment(5, 2, name="Ann Example.pdf"),))
    store.store(request(7, "a_slug", [message(1), moved]))
    store.store(fetched("attachment-5", BYTES))
    forget(archive, named(archive, subject))
    erase_confirmed(archive)
    store.store(request(7, "a_slug", [message(1)], fetched_at="2025-06-01T00:00:00Z"))
    item = request(8, "b_slug", [message(3), moved])
    assert held.files_to_ask(archive, 8, item.page, whole=True, most=None) == []
    assert store.store(item)
    assert [one for one in verify(archive, None) if one.problems] == []
    everything = str(contents(archive))
    assert "Ann Example" not in everything
    assert ("Ann's words" in everything) == (subject == "attachment-5")
    assert BYTES not in {archive.files.get(sha256) for sha256 in archive.files.hashes()}
