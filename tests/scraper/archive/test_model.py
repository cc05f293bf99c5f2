"""Any history of crawls, against a plain account of what should be left of it."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.records import Message
from scraper.archive import runs
from scraper.archive.compare import Contents, contents
from scraper.archive.database import Archive, open_archive
from scraper.items import RequestItem
from scraper.removals.erase import erase_subject
from scraper.removals.release import unlink_released
from scraper.storing.store import Store
from tests.scraper.archive.samples import (
    attachment,
    comment,
    event,
    fetched,
    hidden_attachment,
    hidden_message,
    message,
    request,
    resend,
)

pytestmark = pytest.mark.long

REQUESTS = (1, 2, 3)


@dataclasses.dataclass(frozen=True)
class Fetched:
    """The first file of a request's second message is asked for."""

    request_id: int
    data: bytes


@st.composite
def messages(draw: st.DrawFn, number: int) -> list[Message]:
    """Up to two messages of request ``number``; the second may have a file."""
    first, second = number * 10 + 1, number * 10 + 2
    files = draw(
        st.sampled_from(
            [
                (),
                (attachment(second, second, part=2),),
                (attachment(second, second, part=2, name="renamed.pdf"),),
                (hidden_attachment(second),),
                (hidden_attachment(second, "erased"),),
            ]
        )
    )
    choices = [
        st.sampled_from([message(first), message(first, text="redacted"), hidden_message(first)]),
        st.sampled_from([message(second, attachments=files), hidden_message(second)]),
    ]
    return [draw(choice) for choice in choices if draw(st.booleans())]


@st.composite
def pages(draw: st.DrawFn) -> RequestItem:
    """One request as a crawl may find it."""
    number = draw(st.sampled_from(REQUESTS))
    ids = st.lists(st.integers(number * 10, number * 10 + 3), unique=True)
    return request(
        number,
        draw(st.sampled_from(["a", "b", "c"])),
        draw(messages(number)),
        events=[event(one, draw(st.sampled_from(["response", "comment"]))) for one in draw(ids)],
        comments=[comment(one) for one in draw(ids)],
        resends=[resend(f"outgoing-{number}", place) for place in draw(ids)],
        record={"tags": draw(st.sampled_from([(), (("x", None),), (("x", "1"), ("y", None))]))},
    )


fetches = st.builds(Fetched, st.sampled_from(REQUESTS), st.sampled_from([b"one", b"two"]))


@contextmanager
def archive_of(history: list[RequestItem | Fetched]) -> Iterator[Archive]:
    with TemporaryDirectory() as folder, open_archive(Path(folder), create=True) as archive:
        store = Store(archive, runs.start(archive, "crawl", {}).id)
        for step in history:
            number = step.request_id if isinstance(step, Fetched) else 0
            store.store(
                fetched(f"attachment-{number * 10 + 2}", step.data, number) if isinstance(step, Fetched) else step
            )
        _erase_what_is_lacking(archive)
        yield archive


def _erase_what_is_lacking(archive: Archive) -> None:
    """As if a second look had confirmed all of it."""
    with archive.transaction() as connection:
        lacking = connection.execute("SELECT subject, request_id FROM withdrawals WHERE state = 'absent'").fetchall()
        for subject, request_id in lacking:
            erase_subject(connection, subject, request_id, "", "absent")
    unlink_released(archive)


def without(found: Contents, table: str, *columns: str) -> Any:
    return [{name: value for name, value in row.items() if name not in columns} for row in found[table]]


class Account:
    """What a careful clerk would write down."""

    def __init__(self) -> None:
        self.slugs: dict[int, str] = {}
        self.shown: dict[int, dict[str, Any]] = {}
        self.withdrawn: set[str] = set()
        self.lacking: dict[int, dict[str, Any]] = {}
        """What was on the page of a request and is not, without a word: it is kept until it is erased."""
        self.held: dict[str, bytes] = {}

    def see(self, item: RequestItem) -> None:
        identity = item.record.id
        self.slugs = {other: f"#{other}" if slug == item.record.slug else slug for other, slug in self.slugs.items()}
        self.slugs[identity] = item.record.slug
        before, after = self.shown.get(identity, {}), self._visible(item)
        self.withdrawn = (self.withdrawn | before.keys()) - after.keys()
        self.shown[identity] = after
        old = {**self.lacking.get(identity, {}), **before}
        gone = {one: name for one, name in old.items() if one not in after and not self._told(one, item)}
        self.lacking[identity] = {one: name for one, name in gone.items() if one in self.held}
        self.held = {
            file: data
            for file, data in self.held.items()
            if file not in old or file in gone or (file in after and old[file] == after[file])
        }

    def fetch(self, step: Fetched) -> None:
        file = f"attachment-{step.request_id * 10 + 2}"
        if file in self.shown.get(step.request_id, {}) or file in self.lacking.get(step.request_id, {}):
            self.held[file] = step.data

    def _told(self, subject: str, item: RequestItem) -> bool:
        """Whether the page shows a notice in its place, or in that of its message."""
        number = subject.partition("-")[2]
        hidden = {one.id for one in item.page.messages if one.prominence != "normal"}
        files = {file.id for one in item.page.messages for file in one.attachments if file.state != "file"}
        return bool({subject, f"incoming-{number}"} & (hidden | files))

    def all_held(self) -> dict[str, bytes]:
        """The bytes that are left once what is lacking is erased."""
        lacking = {one for found in self.lacking.values() for one in found}
        return {file: data for file, data in self.held.items() if file not in lacking}

    def _visible(self, item: RequestItem) -> dict[str, Any]:
        shown = [one for one in item.page.messages if one.prominence == "normal"]
        files = [file for one in shown for file in one.attachments if file.state == "file"]
        return (
            {one.id: None for one in shown}
            | {file.id: file.name for file in files}
            | {one.id: None for one in item.page.comments}
        )


@given(history=st.lists(pages() | fetches, max_size=12))
@settings(max_examples=80, deadline=None)
def test_an_archive_holds_what_was_seen_last_and_remembers_what_went(history: list[RequestItem | Fetched]) -> None:
    account = Account()
    newest: dict[int, RequestItem] = {}
    for step in history:
        if isinstance(step, Fetched):
            account.fetch(step)
        else:
            account.see(step)
            newest[step.record.id] = step

    with archive_of(history) as archive, archive_of(list(newest.values())) as fresh:
        found, expected = contents(archive), contents(fresh)
        held = archive.connection.execute(
            "SELECT id, sha256 FROM attachments WHERE fetch_status = 'fetched' AND state = 'file'"
        ).fetchall()
        bytes_held = {file: archive.files.get(sha256) for file, sha256 in held}

    for table in ("authorities", "request_tags", "messages", "comments", "resends", "events"):
        assert found[table] == expected[table], table
    listed = ("fetch_status", "fetch_detail", "sha256")
    assert without(found, "attachments", *listed) == without(expected, "attachments", *listed)
    assert without(found, "requests", "slug") == without(expected, "requests", "slug")
    assert {row["id"]: row["slug"] for row in found["requests"]} == account.slugs
    assert {row["subject"] for row in found["withdrawals"]} == account.withdrawn
    assert bytes_held == account.all_held()


@given(history=st.lists(pages() | fetches, max_size=6))
@settings(max_examples=30, deadline=None)
def test_the_last_item_stored_twice_changes_nothing(history: list[RequestItem | Fetched]) -> None:
    with archive_of(history) as once, archive_of(history + history[-1:]) as twice:
        assert contents(once) == contents(twice)
