"""What was erased here on request is not stored again, from whatever door it comes."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from parsers.records import Attachment, Message, RequestPage
from scraper.archive import fingerprints
from scraper.archive.database import Archive
from scraper.archive.times import now
from scraper.items import AttachmentItem, FetchItem, Item, RefusalItem, RequestItem
from scraper.removals.changes import Change, add
from scraper.removals.mentions import blank
from scraper.removals.release import release
from scraper.removals.traces import drop_pages
from scraper.removals.withdrawals import forget, is_forgotten

REASON = "This was taken down here."
_AGAIN = (
    "SELECT 1 FROM forgotten_files WHERE sha256 = ? AND message_id = (SELECT message_id FROM attachments WHERE id = ?)"
)
_PARTS = """
SELECT subject FROM withdrawals WHERE request_id = ? AND state = 'forgotten'
UNION SELECT subject FROM withdrawals WHERE subject IN (SELECT value FROM json_each(?)) AND state = 'forgotten'
"""


def without(archive: Archive, item: Item) -> Item | None:
    """The item without what is forgotten; ``None`` where nothing of it may be stored.

    A forgotten file that the site has numbered anew is entered as forgotten under its new number.
    """
    connection = archive.connection
    if isinstance(item, RequestItem | AttachmentItem) and _parts(connection, item):
        with archive.transaction():
            _enter_new_numbers(connection, item)
    match item:
        case RequestItem():
            return _request(connection, item)
        case AttachmentItem():
            return _file(connection, item)
        case RefusalItem() if item.request_id is not None and is_forgotten(connection, f"request/{item.request_id}"):
            return None
    return item


def met(archive: Archive, slug: str, request_id: int) -> None:
    """Enter that a forgotten request is called ``slug`` by now, and leave that name in no list."""
    with archive.transaction() as connection:
        fingerprints.enter_slugs(connection, [slug], request_id)
        connection.execute("DELETE FROM listed WHERE slug = ?", [slug])


def parts(connection: sqlite3.Connection, request_id: int, shown: Iterable[str] = ()) -> set[str]:
    """What of a request is forgotten: ``request/7`` itself, or messages and files of it.

    Those among ``shown`` count also where they were of another request then: the site may move a message.
    """
    return {subject for (subject,) in connection.execute(_PARTS, [request_id, json.dumps(list(shown))])}


def parts_shown(connection: sqlite3.Connection, request_id: int, page: RequestPage) -> set[str]:
    """The same of a request with what its page shows."""
    files = [file.id for message in page.messages for file in message.attachments]
    return parts(connection, request_id, [*(message.id for message in page.messages), *files])


def _parts(connection: sqlite3.Connection, item: RequestItem | AttachmentItem) -> set[str]:
    if isinstance(item, RequestItem):
        return parts_shown(connection, item.record.id, item.page)
    return parts(connection, item.request_id, [item.attachment_id])


def _enter_new_numbers(connection: sqlite3.Connection, item: RequestItem | AttachmentItem) -> None:
    if isinstance(item, AttachmentItem):
        if connection.execute(_AGAIN, [item.sha256, item.attachment_id]).fetchone():
            _enter(connection, item.attachment_id, item.request_id)
        return
    for message in item.page.messages:
        listed = [(file.id, file.name) for file in message.attachments]
        for new, old in fingerprints.numbered_anew(connection, message.id, listed).items():
            _enter(connection, new, item.record.id)
            connection.execute("UPDATE forgotten_names SET subject = ? WHERE subject = ?", [new, old])


def _enter(connection: sqlite3.Connection, subject: str, request_id: int) -> None:
    """As it was forgotten by hand before, under another number."""
    if not is_forgotten(connection, subject):
        forget(connection, subject, request_id, now())
        change = Change(subject=subject, kind="forgotten")
        add(connection, None, request_id, now(), [change])


def _file(connection: sqlite3.Connection, item: AttachmentItem) -> AttachmentItem | None:
    subjects = _parts(connection, item)
    if not subjects:
        return item
    again = connection.execute(_AGAIN, [item.sha256, item.attachment_id]).fetchone() is not None
    if f"request/{item.request_id}" in subjects or (item.attachment_id in subjects and not again):
        return None
    # A file that its message does not list may be one of a forgotten message, numbered anew.
    if not connection.execute("SELECT 1 FROM attachments WHERE id = ?", [item.attachment_id]).fetchone():
        return None
    if not again:
        return item
    # That it was asked for is kept, or it would be waited for, and its request looked at whole, every day.
    fetches = tuple(replace(fetch, body=None, headers={}, not_modified=False, status=200) for fetch in item.fetches)
    return replace(item, fetches=fetches, fetch_status="erased", detail=REASON, sha256=None)


def _request(connection: sqlite3.Connection, item: RequestItem) -> RequestItem | None:
    subjects = _parts(connection, item)
    if f"request/{item.record.id}" in subjects:
        return None
    if not subjects:
        return item
    page = replace(item.page, messages=tuple(_message(one, subjects) for one in item.page.messages))
    unfolded = tuple(one for one in item.unfolded if one.id not in subjects)
    document, *pages = item.fetches
    return replace(item, page=page, unfolded=unfolded, fetches=(document, *map(_wordless, pages)))


def cover(connection: sqlite3.Connection, subject: str, request_id: int, page: str) -> None:
    """Let the rows of a forgotten message or file say so, and let ``page`` stand for the page that shows it."""
    blank(connection, page)
    connection.execute("UPDATE messages SET prominence = 'hidden', hidden_reason = ? WHERE id = ?", [REASON, subject])
    connection.execute(
        "UPDATE attachments SET state = 'erased', fetch_status = 'erased', name = NULL, url = NULL, size_shown = NULL,"
        " reason = ? WHERE id = ?",
        [REASON, subject],
    )
    found = connection.execute("SELECT slug, page_sha256 FROM requests WHERE id = ?", [request_id]).fetchone()
    bodies = {page}
    if found is not None:
        connection.execute("UPDATE requests SET page_sha256 = ? WHERE id = ?", [page, request_id])
        bodies |= {found[1]} | drop_pages(connection, found[0])
    release(connection, bodies)


def _message(message: Message, subjects: set[str]) -> Message:
    if message.id in subjects:
        hidden = {"prominence": "hidden", "text": None, "hidden_reason": REASON, "note": None, "attachments": ()}
        return replace(message, **hidden)  # type: ignore[arg-type]  # one dictionary for fields of several types
    return replace(message, attachments=tuple(_attachment(one, subjects) for one in message.attachments))


def _attachment(attachment: Attachment, subjects: set[str]) -> Attachment:
    if attachment.id not in subjects:
        return attachment
    return replace(attachment, state="erased", name=None, url=None, size_shown=None, reason=REASON)


def _wordless(fetch: FetchItem) -> FetchItem:
    """The answer without its body, which holds what is forgotten, nor anything that a 304 could bring it back by."""
    return replace(fetch, body=b"", headers={}, not_modified=False, status=200)
