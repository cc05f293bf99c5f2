"""What is told of a change, and what is not."""

from typing import Any

import pytest

from scraper.archive.database import Archive
from scraper.storing.store import Store
from tests.scraper.archive.samples import (
    attachment,
    authority,
    comment,
    event,
    fetched,
    hidden_attachment,
    hidden_message,
    message,
    refusal,
    request,
)

SHOWN = [message(1), message(2, attachments=(attachment(5, 2),))]


def told(archive: Archive) -> list[tuple[Any, ...]]:
    return archive.connection.execute("SELECT subject, kind, before, after FROM changes ORDER BY id").fetchall()


@pytest.fixture
def stored(store: Store) -> Store:
    store.store(request(7, "a_slug", SHOWN, comments=[comment(3)]))
    store.store(fetched("attachment-5", b"first"))
    return store


def test_nothing_is_told_of_the_first_look_nor_of_one_that_finds_nothing_new(archive: Archive, stored: Store) -> None:
    stored.store(request(7, "a_slug", SHOWN, comments=[comment(3)]))
    stored.store(fetched("attachment-5", b"first"))
    assert told(archive) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"messages": [*SHOWN, message(9)]}, [("incoming-9", "new_message", None, None)]),
        ({"events": [event(4)]}, [("request/7", "new_event", None, "response")]),
        ({"events": [event(4, "Ann's own")]}, [("request/7", "new_event", None, "other")]),
        ({"record": {"described_state": "rejected"}}, [("request/7", "new_state", "successful", "rejected")]),
        ({"record": {"described_state": "Ann"}}, [("request/7", "new_state", "successful", "other")]),
        ({"slug": "new_slug"}, [("request/7", "renamed", None, None)]),
        ({"page": {"title": "Holes"}}, [("request/7", "retitled", None, None)]),
        ({"record": {"authority": authority(2)}}, [("request/7", "moved", "1", "2")]),
        ({"page": {"noindex": True}}, [("request/7", "prominence", "normal", "backpage")]),
        (
            {"messages": [message(1, text="The words of [name removed] 1, and more."), SHOWN[1]]},
            [("incoming-1", "text_censored", None, None)],
        ),
        ({"messages": [message(1, text="The words."), SHOWN[1]]}, [("incoming-1", "text_censored", None, None)]),
        (
            {"messages": [message(1, text="The words of incoming 1, now longer."), SHOWN[1]]},
            [("incoming-1", "text_edited", None, None)],
        ),
        ({"messages": [hidden_message(1), SHOWN[1]]}, [("incoming-1", "hidden", None, None)]),
        ({"messages": [SHOWN[1]]}, [("incoming-1", "absent", None, None)]),
        ({"comments": []}, [("comment-3", "comment_gone", None, None)]),
        ({"comments": [comment(3, text="A.")]}, [("comment-3", "text_censored", None, None)]),
        (
            {"messages": [SHOWN[0], message(2, attachments=(attachment(5, 2, name="Other.pdf"),))]},
            [("attachment-5", "file_renamed", None, None)],
        ),
        (
            {"messages": [SHOWN[0], message(2, attachments=(attachment(5, 2), attachment(6, 2)))]},
            [("attachment-6", "file_new", None, None)],
        ),
        (
            {"messages": [SHOWN[0], message(2, attachments=(attachment(8, 2, name="Reply 5.pdf"),))]},
            [],
        ),
        (
            {"messages": [SHOWN[0], message(2, attachments=(hidden_attachment(5),))]},
            [("attachment-5", "hidden", None, None)],
        ),
        (
            {"messages": [SHOWN[0], message(2, attachments=(hidden_attachment(5, "erased"),))]},
            [("attachment-5", "erased", None, None)],
        ),
    ],
)
def test_each_change_is_told_once_and_without_words(
    archive: Archive, stored: Store, given: dict[str, Any], expected: list[tuple[Any, ...]]
) -> None:
    changed = {"messages": SHOWN, "comments": [comment(3)], **given}
    for _ in range(2):
        stored.store(request(7, changed.get("slug", "a_slug"), **{k: v for k, v in changed.items() if k != "slug"}))
    assert told(archive) == expected


def test_a_file_with_other_bytes_is_replaced_and_the_older_are_gone(archive: Archive, stored: Store) -> None:
    stored.store(fetched("attachment-5", b"second"))
    assert told(archive) == [("attachment-5", "file_replaced", None, None)]
    kept = [archive.files.get(sha256) for sha256 in archive.files.hashes()]
    assert b"second" in kept
    assert b"first" not in kept


def test_what_is_shown_again_is_told(archive: Archive, stored: Store) -> None:
    stored.store(refusal("/request/a_slug", "hidden", slug="a_slug"))
    stored.store(refusal("/request/a_slug", "hidden", slug="a_slug"))
    stored.store(request(7, "a_slug", SHOWN, comments=[comment(3)]))
    assert [kind for _, kind, _, _ in told(archive)] == ["hidden", "shown_again"]


def test_an_old_slug_is_left_nowhere(archive: Archive, stored: Store) -> None:
    stored.store(request(7, "new_slug", SHOWN, comments=[comment(3)]))
    found = [
        url
        for table in ("fetches", "validators", "refusals")
        for (url,) in archive.connection.execute(f"SELECT url FROM {table} WHERE instr(url, 'a_slug')")  # noqa: S608 - names above
    ]
    assert found == []
