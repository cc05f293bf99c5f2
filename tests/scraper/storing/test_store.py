"""A request stored, stored again, and stored changed."""

from typing import Any

import pytest

from scraper.archive import runs
from scraper.archive.compare import contents, differences
from scraper.archive.database import Archive
from scraper.items import PageItem, RequestItem
from scraper.storing.store import Store
from tests.scraper.archive.samples import (
    attachment,
    comment,
    event,
    fetch,
    fetched,
    hidden_attachment,
    hidden_message,
    message,
    request,
    resend,
)


def thread(**changes: Any) -> RequestItem:
    """A request with one of everything."""
    given: dict[str, Any] = {
        "messages": [message(1, "outgoing"), message(2, attachments=(attachment(5, 2), attachment(6, 2)))],
        "events": [event(1, "sent"), event(2)],
        "comments": [comment(3)],
        "resends": [resend("outgoing-1", 3)],
        **changes,
    }
    return request(**given)


def rows(archive: Archive, sql: str) -> list[tuple[Any, ...]]:
    return archive.connection.execute(sql).fetchall()


def changes_in(archive: Archive, item: RequestItem, store: Store) -> dict[str, int]:
    """How many rows of each table an item changes, the check times aside."""
    before = contents(archive)
    store.store(item)
    changed: dict[str, int] = {}
    for line in differences(before, contents(archive)):
        table = line.partition(":")[0]
        changed[table] = changed.get(table, 0) + 1
    return changed


def test_storing_the_same_request_again_changes_only_the_check_times(archive: Archive, store: Store) -> None:
    store.store(thread())
    store.store(fetched("attachment-5", b"bytes of the file"))
    before = contents(archive)

    store.store(thread(fetched_at="2025-06-01T00:00:00Z"))

    assert differences(before, contents(archive)) == []
    assert rows(archive, "SELECT last_checked_at FROM requests") == [("2025-06-01T00:00:00Z",)]
    assert {table: len(found) for table, found in before.items() if found} == {
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


def test_an_unchanged_row_is_not_written(archive: Archive, store: Store) -> None:
    store.store(thread())
    before = archive.connection.total_changes
    store.store(thread())
    # Two answers entered in the ledger; nothing else, for the check time is the same too.
    assert archive.connection.total_changes - before == 2


def test_what_the_page_no_longer_shows_waits_to_be_erased_and_the_rest_is_untouched(
    archive: Archive, store: Store
) -> None:
    store.store(thread())
    store.store(fetched("attachment-5", b"of a message that goes"))
    store.store(request(8, "another", [message(9)], events=[event(9)], comments=[comment(9)]))
    store.store(thread(messages=[message(1, "outgoing")], events=[event(1, "sent")], comments=(), resends=()))
    assert rows(archive, "SELECT id FROM messages ORDER BY id") == [("incoming-2",), ("incoming-9",), ("outgoing-1",)]
    assert rows(archive, "SELECT id FROM events ORDER BY id") == [(1,), (9,)]
    assert rows(archive, "SELECT id FROM comments ORDER BY id") == [("comment-3",), ("comment-9",)]
    assert rows(archive, "SELECT * FROM resends") == []
    assert rows(archive, "SELECT id FROM attachments") == [("attachment-5",)], (
        "one that was never had is not waited for"
    )


def test_what_changed_is_updated(archive: Archive, store: Store) -> None:
    store.store(thread())
    redacted = [message(1, "outgoing"), message(2, text="[name removed] wrote", attachments=(attachment(5, 2),))]
    changed = thread(messages=redacted, record={"tags": (("roads", "a1"),)}, page={"status": "rejected"})
    assert changes_in(archive, changed, store) == {
        "messages": 2,  # before and after
        "attachments": 1,
        "request_tags": 3,
        "requests": 2,
        "files": 4,  # the two that were stand for words that may have been removed
        "stored files": 4,
        "withdrawals": 1,
    }
    assert rows(archive, "SELECT name, value FROM request_tags") == [("roads", "a1")]
    assert rows(archive, "SELECT calculated_status FROM requests") == [("rejected",)]


def test_names_of_requesters_are_kept_only_where_asked(archive: Archive, store: Store) -> None:
    names = """SELECT requester_name FROM requests UNION ALL SELECT author FROM comments
               UNION ALL SELECT author FROM messages WHERE direction = 'outgoing'"""
    store.store(thread())
    assert rows(archive, names) == [(None,)] * 3
    assert rows(archive, "SELECT author FROM messages WHERE direction = 'incoming'") == [("Council",)]

    keeping = Store(archive, runs.start(archive, "crawl", {}).id, keep_requester_names=True)
    keeping.store(thread())
    assert rows(archive, names) == [("Ann Example",), ("Bob Example",), ("Ann Example",)]

    store.store(thread())
    assert rows(archive, names) == [(None,)] * 3


def test_the_title_is_the_pages_because_the_site_censors_it_there(archive: Archive, store: Store) -> None:
    store.store(thread(record={"title": "About Jo Bloggs"}, page={"title": "About [name removed]"}))
    assert rows(archive, "SELECT title FROM requests") == [("About [name removed]",)]


def test_the_whole_text_is_kept_where_the_page_folds_some_of_it(archive: Archive, store: Store) -> None:
    folded = [message(1, "outgoing"), message(2, has_folded_quote=True)]
    unfolded = [message(1, "outgoing"), message(2, text="The words of incoming 2.\n\n> quoted")]
    store.store(thread(messages=folded, unfolded=unfolded))
    assert rows(archive, "SELECT id, full_text FROM messages ORDER BY id") == [
        ("incoming-2", "The words of incoming 2.\n\n> quoted"),
        ("outgoing-1", None),
    ]


def test_notes_of_the_site_are_kept_beside_what_they_are_about(archive: Archive, store: Store) -> None:
    again = message(1, "outgoing", note="This message has not been sent.", shown_again_at=("2025-03-05T00:00:00Z",))
    store.store(thread(messages=[again], page={"notes": ("See also the guide.",), "law_note": "Not subject to FOI."}))
    assert rows(archive, "SELECT notes, law_note, unexplained FROM requests") == [
        ('["See also the guide."]', "Not subject to FOI.", "[]")
    ]
    assert rows(archive, "SELECT note, shown_again_at FROM messages") == [
        ("This message has not been sent.", '["2025-03-05T00:00:00Z"]')
    ]


def test_text_that_is_not_unicode_is_stored_with_a_mark_in_its_place(archive: Archive, store: Store) -> None:
    store.store(thread(messages=[message(1, text="caf\u00e9 \ud83d\ude00 \udc00 end")]))
    assert rows(archive, "SELECT text FROM messages") == [("caf\u00e9 \U0001f600 \ufffd end",)]


def test_a_message_moved_to_another_request_goes_with_its_files(archive: Archive, store: Store) -> None:
    moved = message(2, attachments=(attachment(5, 2),))
    store.store(request(7, "a", [moved]))
    store.store(request(8, "b", [moved]))
    store.store(request(7, "a", []))
    assert rows(
        archive, "SELECT request_id, message_id FROM messages JOIN attachments ON message_id = messages.id"
    ) == [(8, "incoming-2")]
    assert rows(archive, "SELECT subject FROM withdrawals") == []


def test_a_reading_never_outlives_the_words_it_quotes(archive: Archive, store: Store) -> None:
    shown = [message(1), message(2, attachments=(attachment(5, 2), attachment(6, 2))), message(3)]
    store.store(request(messages=shown))
    for number in (5, 6):
        store.store(fetched(f"attachment-{number}", b"bytes"))
    for source, of in [
        ("incoming-1", 1),
        ("incoming-2", 2),
        ("incoming-3", 3),
        ("attachment-5", 2),
        ("attachment-6", 2),
    ]:
        archive.connection.execute(
            "INSERT INTO readings (source, request_id, message_id, attachment_id, kind, outcome, signals, notes,"
            " parser_version, input_key, read_at) VALUES (?, 7, ?, ?, 'response', 'other', '[]', '[]', '', '', '')",
            [source, f"incoming-{of}", source if source.startswith("attachment") else None],
        )
    store.store(request(messages=shown))
    assert len(rows(archive, "SELECT 1 FROM readings")) == 5

    less = [
        message(1, text="redacted"),
        message(2, attachments=(attachment(5, 2), hidden_attachment(6))),
        hidden_message(3),
    ]
    store.store(request(messages=less))
    assert rows(archive, "SELECT source FROM readings ORDER BY 1") == [("attachment-5",), ("incoming-2",)]

    store.store(fetched("attachment-5", b"other bytes"))
    assert rows(archive, "SELECT source FROM readings") == [("incoming-2",)]


def test_a_request_without_its_two_documents_is_a_mistake_of_ours(archive: Archive, store: Store) -> None:
    with pytest.raises(ValueError, match="bodies of its JSON and its page"):
        store.store(request(fetches=(fetch("/request/a_slug.json", b"{}"),)))
    assert rows(archive, "SELECT 1 FROM fetches") == []


def test_other_pages_are_kept_in_the_ledger_alone(archive: Archive, store: Store) -> None:
    store.store(PageItem(fetch=fetch("/robots.txt", b"User-agent: *")))
    ((sha256,),) = rows(archive, "SELECT sha256 FROM fetches")
    assert archive.files.get(sha256) == b"User-agent: *"
