"""What pages merely lack is kept until it is believed to be gone, and what they say is hidden goes at once."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.archive import runs
from scraper.archive.database import Archive, open_archive
from scraper.archive.times import written
from scraper.items import RequestItem
from scraper.removals import suspects
from scraper.removals.erase import HELD_PARTS, erase_confirmed
from scraper.removals.missing import renumbered
from scraper.storing.store import Store
from tests.scraper.archive.samples import (
    attachment,
    comment,
    event,
    fetch,
    fetched,
    hidden_message,
    message,
    request,
)

START = datetime.fromisoformat("2025-05-01T00:00:00Z")


def at(hours: float) -> str:
    return written(START + timedelta(hours=hours))


def thread(number: int, hours: float, lacking: Sequence[str] = (), **given: Any) -> RequestItem:
    """Request ``number`` as its page showed it without what is ``lacking``; the JSON names its message."""
    files = () if "file" in lacking else (attachment(number, number),)
    told = [] if "message" in lacking else [message(number, attachments=files)]
    notes = [] if "comment" in lacking else [comment(number)]
    events = [] if "event" in lacking else [event(number, incoming_message_id=number)]
    events += [event(number + 500, "comment", comment_id=number), event(number + 700, "sent", outgoing_message_id=99)]
    messages = given.pop("messages", told)
    return request(number, f"r{number}", messages, comments=notes, events=events, fetched_at=at(hours), **given)


def see(archive: Archive, item: RequestItem) -> None:
    """A run that stores this."""
    assert Store(archive, runs.start(archive, "crawl", {}).id).store(item)


def look(archive: Archive, hours: float, numbers: Sequence[int], lacking: Sequence[str] = ()) -> None:
    """One run that looks at the pages of these requests."""
    store = Store(archive, runs.start(archive, "crawl", {}).id)
    for number in numbers:
        assert store.store(thread(number, hours, lacking))


def rows(archive: Archive) -> list[int]:
    tables = ("messages", "attachments WHERE sha256 IS NOT NULL", "comments")
    return [archive.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]  # noqa: S608 - names above


def withdrawn(archive: Archive) -> list[tuple[Any, ...]]:
    return archive.connection.execute(
        "SELECT subject, state, evidence, confirmed_at IS NOT NULL, erased_at IS NOT NULL FROM withdrawals ORDER BY 1"
    ).fetchall()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten requests, each with a message, a file and a comment."""
    folder = tmp_path_factory.mktemp("made") / "archive"
    with open_archive(folder, create=True) as archive:
        store = Store(archive, runs.start(archive, "crawl", {}).id)
        for number in range(1, 11):
            store.store(thread(number, 0))
            answer = fetch(f"/file{number}", b"%d" % number, fetched_at=at(0))
            store.store(fetched(f"attachment-{number}", b"%d" % number, number, fetches=(answer,)))
        assert rows(archive) == [10, 10, 10]
    return folder


@pytest.fixture
def held(made: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of them."""
    with open_archive(shutil.copytree(made, tmp_path / "copy")) as opened:
        yield opened


LACKING = [("comment", "comment-1"), ("file", "attachment-1")]


@pytest.mark.parametrize(("part", "subject"), LACKING)
def test_what_a_page_lacks_is_erased_after_a_second_look_while_others_show_such_parts(
    held: Archive, part: str, subject: str
) -> None:
    look(held, 24, [1], [part])
    erase_confirmed(held)
    assert withdrawn(held) == [(subject, "absent", "not_listed", 0, 0)]
    assert rows(held) == [10, 10, 10]
    assert suspects.to_look_at(held.connection, at(27)) == ([], [])
    assert suspects.to_look_at(held.connection, at(28))[0] == [1]
    look(held, 28, [1], [part])
    erase_confirmed(held)
    assert rows(held) == [10, 10, 10], "nothing shows yet that such parts can be read"
    look(held, 29, [*suspects.to_look_at(held.connection, at(99))[1], 1][:1])
    look(held, 29, [1], [part])
    done = erase_confirmed(held)
    assert withdrawn(held) == [(subject, "absent", "not_listed", 1, 1)]
    assert sum(rows(held)) == 29
    assert done[f"{part}s_erased"] == 1


@pytest.mark.parametrize(("part", "subject"), LACKING)
def test_what_is_shown_again_was_never_gone(held: Archive, part: str, subject: str) -> None:
    look(held, 24, [1], [part])
    look(held, 48, [1, 2])
    erase_confirmed(held)
    assert (withdrawn(held), rows(held)) == ([], [10, 10, 10])
    kinds = held.connection.execute("SELECT kind FROM changes WHERE subject = ?", [subject]).fetchall()
    assert kinds == [("comment_gone" if part == "comment" else "absent",), ("shown_again",)]


@pytest.mark.parametrize("lacking", [["comment"], ["file"], ["message", "event"]])
def test_a_run_in_which_many_pages_lack_parts_erases_nothing(held: Archive, lacking: list[str]) -> None:
    look(held, 24, range(1, 8), lacking)
    assert erase_confirmed(held)[HELD_PARTS] == 7
    assert {row[2:] for row in withdrawn(held)} == {("many_at_once", 0, 0)}
    assert rows(held) == [10, 10, 10]


def test_many_at_once_wait_for_days_and_for_other_pages(held: Archive) -> None:
    look(held, 24, range(1, 8), ["file"])
    assert erase_confirmed(held)[HELD_PARTS] == 7
    assert {row[1:] for row in withdrawn(held)} == {("absent", "many_at_once", 0, 0)}
    look(held, 48, range(1, 8), ["file"])
    look(held, 100, range(1, 11), ["file"])
    erase_confirmed(held)
    assert rows(held) == [10, 10, 10], "no page shows a file any more, so it is the reader that is doubted"
    look(held, 101, range(4, 11))
    look(held, 101, range(1, 4), ["file"])
    erase_confirmed(held)
    assert rows(held) == [10, 7, 10]


def test_messages_that_the_json_names_no_more_go_at_once_unless_they_are_many(held: Archive) -> None:
    look(held, 24, [1], ["message", "event"])
    erase_confirmed(held)
    assert {row[:1] + row[2:] for row in withdrawn(held)} == {
        ("incoming-1", "page_and_json", 1, 1),
        ("attachment-1", "page_and_json", 1, 1),
    }
    assert rows(held) == [9, 9, 10]
    look(held, 25, range(2, 9), ["message", "event"])
    assert erase_confirmed(held)[HELD_PARTS] == 7
    assert rows(held) == [9, 9, 10]


def test_a_comment_that_its_json_tells_was_hidden_goes_at_once(held: Archive) -> None:
    item = thread(1, 24, ["comment"])
    events = (*item.record.events, event(900, "hide_comment", comment_id=1))
    see(held, RequestItem(**{**vars(item), "record": type(item.record)(**{**vars(item.record), "events": events})}))
    erase_confirmed(held)
    assert withdrawn(held) == [("comment-1", "absent", "page_and_json", 1, 1)]
    assert rows(held) == [10, 10, 9]


def test_hidden_notices_are_believed_however_many(held: Archive) -> None:
    for number in range(1, 9):
        see(held, thread(number, 24, messages=[hidden_message(number)]))
    erase_confirmed(held)
    assert {(row[2], row[4]) for row in withdrawn(held)} == {("request_page", 1)}
    assert rows(held)[1] == 2


def test_a_suspect_that_its_page_then_tells_is_hidden_goes_at_once(held: Archive) -> None:
    look(held, 24, range(1, 8), ["file"])
    erase_confirmed(held)
    see(held, thread(1, 25, messages=[hidden_message(1)]))
    erase_confirmed(held)
    assert [row[0] for row in withdrawn(held) if row[4]] == ["attachment-1", "incoming-1"]


def test_a_file_that_is_numbered_anew_after_all_is_suspected_no_more(held: Archive) -> None:
    look(held, 24, [1], ["file"])
    anew = message(1, attachments=(attachment(81, 1, name="Reply 1.pdf"),))
    see(held, thread(1, 25, messages=[anew]))
    assert withdrawn(held) == []
    assert held.connection.execute("SELECT id FROM attachments WHERE message_id = 'incoming-1'").fetchall() == [
        ("attachment-81",)
    ]


def test_what_the_one_request_of_an_archive_lacks_is_believed_after_days(archive: Archive) -> None:
    see(archive, thread(1, 0))
    for hours, left in ((24, 1), (48, 1), (96, 0)):
        see(archive, thread(1, hours, ["comment"]))
        erase_confirmed(archive)
        assert rows(archive)[2] == left


def test_a_whole_look_does_not_wait_for_a_file_that_is_lacking(held: Archive) -> None:
    look(held, 24, [1], ["file"])
    begun = held.connection.execute("SELECT whole_at, whole_begun_at FROM checks WHERE request_id = 1").fetchone()
    assert begun == (at(24), None)


@pytest.mark.parametrize(
    ("before", "listed", "expected"),
    [
        ({"a": ("m", "x")}, {"b": ("m", "x")}, {"a": "b"}),
        ({"a": ("m", "x"), "b": ("m", "x")}, {"c": ("m", "x")}, {"a": "c"}),
        ({"a": ("m", "x")}, {"a": ("m", "x"), "b": ("m", "x")}, {}),
        ({"a": ("m", "x"), "b": ("m", "x")}, {"b": ("m", "x")}, {}),
        ({"a": ("m", "x")}, {"b": ("n", "x")}, {}),
        ({"a": ("m", None)}, {"b": ("m", None)}, {}),
    ],
)
def test_a_new_number_stands_for_one_old_file_of_its_name_in_its_message(
    before: dict[str, tuple[str, str | None]], listed: dict[str, tuple[str, str | None]], expected: dict[str, str]
) -> None:
    assert renumbered(before, listed) == expected
