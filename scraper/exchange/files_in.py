"""The files of messages: matched to what the archive's requests list, by address or by part and name."""

import hashlib
from typing import NamedTuple

from parsers.errors import ParseError
from parsers.records import Notice
from parsers.wdtk.notices import classify
from parsers.wdtk.urls import attachment_place
from scraper.archive.database import Archive
from scraper.exchange import held
from scraper.exchange.addresses import Addresses, place_key
from scraper.exchange.captures import REDIRECTS, moment
from scraper.exchange.requests_in import NOT_STORED
from scraper.exchange.shelf import OLDER, Shelf, Shelved
from scraper.items import AttachmentItem, FetchItem
from scraper.removals.evidence import FILE_GONE, FILE_KINDS
from scraper.storing.store import Store

NOT_LISTED = (
    "files that no message in the archive lists: import the JSON and the page of their request, and then them again"
)
NO_SUCH_REQUEST = "files of a request that is not in the archive: import its JSON and its page, and then them again"
MORE_THAN_ONE = "files whose name and part fit more than one that the request lists"
A_PAGE = "a page in place of a file"
FILES, ANSWERS = "files", "answers that a file is gone"

_GONE = frozenset({"hidden", "erased", "missing"})
_ANSWERED = _GONE | {"fetched"}
_LISTED = (
    "SELECT attachments.id, messages.id, request_id, part, name, url, fetch_status, sha256,"
    " attachments.last_checked_at, sent_at FROM attachments JOIN messages ON messages.id = message_id"
    " WHERE state = 'file' AND url IS NOT NULL"
)


class Listed(NamedTuple):
    """A file that the page of a request lists, and what came of it so far."""

    id: str
    message_id: str
    request_id: int
    part: int | None
    name: str | None
    url: str
    fetch_status: str
    sha256: str | None
    checked_at: str | None
    sent_at: str | None


class FilesIn:
    """Stores files under one run."""

    def __init__(self, archive: Archive, shelf: Shelf, store: Store, addresses: Addresses) -> None:
        self._archive = archive
        self._shelf = shelf
        self._store = store
        self._addresses = addresses

    def settle_place(self, key: str) -> None:
        """Take the newest answer for one file of one message, told by its address (``MESSAGE/PART/NAME``)."""
        listed = self._at(key)
        done = False
        for one in self._shelf.newest("file", key):
            if listed is None:
                self._shelf.leave(one, NOT_LISTED)
            elif done:
                self._shelf.leave(one, OLDER)
            else:
                done = self._answer(one, listed)

    def settle_beside(self, slug: str) -> None:
        """Take files that came without an address, with a request that they belong to."""
        rows = self._archive.connection.execute(
            f"{_LISTED} AND request_id = (SELECT id FROM requests WHERE slug = ?) ORDER BY messages.position, attachments.position",  # noqa: E501, S608 - text of this module
            [slug],
        ).fetchall()
        listed = [Listed(*row) for row in rows]
        known = self._archive.connection.execute("SELECT 1 FROM requests WHERE slug = ?", [slug]).fetchone()
        for one in self._shelf.newest("beside", slug):
            fitting = self._fitting(one.address.url, listed, slug)
            if not fitting:
                self._shelf.leave(one, NOT_LISTED if known else NO_SUCH_REQUEST)
            elif len(fitting) > 1:
                self._shelf.leave(one, MORE_THAN_ONE)
            else:
                self._file(one, fitting[0])

    def _fitting(self, url: str, listed: list[Listed], slug: str) -> list[Listed]:
        form, _, told = url.partition(":")
        if form == "file":
            return [file for file in listed if told in _names(file)]
        place, part, name = told.split("/", 2)
        fitting = [file for file in listed if file.part == int(part) and name in _names(file)]
        if len(fitting) < 2:
            return fitting
        message = self._message(slug, int(place))
        return [file for file in fitting if file.message_id == message] or fitting

    def _message(self, slug: str, place: int) -> str | None:
        """The incoming message that the zip counts as ``place``, from 1."""
        row = self._archive.connection.execute(
            "SELECT id FROM messages WHERE request_id = (SELECT id FROM requests WHERE slug = ?)"
            " AND direction = 'incoming' ORDER BY position LIMIT 1 OFFSET ?",
            [slug, max(0, place - 1)],
        ).fetchone()
        return str(row[0]) if row else None

    def _at(self, key: str) -> Listed | None:
        rows = self._archive.connection.execute(
            f"{_LISTED} AND message_id = ?",
            [f"incoming-{key.partition('/')[0]}"],
        )
        found = (Listed(*row) for row in rows.fetchall())
        return next((file for file in found if place_key(file.url) == key), None)

    def _answer(self, one: Shelved, listed: Listed) -> bool:
        """Take one answer; False where it says nothing, so that an older one may."""
        notice = classify(status=one.status, headers=one.headers, body=self._shelf.body(one))
        if one.status == 200 and notice.kind in FILE_KINDS:
            self._file(one, listed)
            return True
        status = "missing" if one.status == 303 else FILE_GONE.get(notice.kind)
        if status is None:
            self._shelf.leave(one, REDIRECTS if 300 <= one.status < 400 else A_PAGE)
            return False
        self._gone(one, listed, status, notice)
        return True

    def _file(self, one: Shelved, listed: Listed) -> None:
        body = self._shelf.body(one)
        sha256 = hashlib.sha256(body).hexdigest()
        reason = self._refused(one, listed, sha256)
        if reason is not None:
            self._shelf.leave(one, reason)
            return
        url = self._addresses.urls.attachment(listed.url)
        at = one.at if one.dated else max(one.at, moment(listed.sent_at) or "")
        fetch = FetchItem(url=url, fetched_at=at, status=200, page_kind="file", headers=one.headers, body=body)
        self._put(one, listed, fetch, "fetched", None, sha256)

    def _gone(self, one: Shelved, listed: Listed, status: str, notice: Notice) -> None:
        reason = self._refused(one, listed, None)
        if reason is not None:
            self._shelf.leave(one, reason)
            return
        fetch = FetchItem(
            url=one.address.url,
            fetched_at=one.at,
            status=one.status,
            page_kind=notice.kind,
            headers=one.headers,
            body=None,
        )
        detail = "the site shows the message instead" if one.status == 303 else notice.words or notice.heading
        self._put(one, listed, fetch, status, detail, None)

    def _put(
        self, one: Shelved, listed: Listed, fetch: FetchItem, status: str, detail: str | None, sha256: str | None
    ) -> None:
        item = AttachmentItem(
            attachment_id=listed.id,
            request_id=listed.request_id,
            fetches=(fetch,),
            fetch_status=status,
            detail=detail,
            sha256=sha256,
        )
        if self._store.store(item):
            self._shelf.take(one, FILES if sha256 else ANSWERS)
        else:
            self._shelf.leave(one, NOT_STORED)

    def _refused(self, one: Shelved, listed: Listed, sha256: str | None) -> str | None:
        subjects = [listed.id, listed.message_id, f"request/{listed.request_id}"]
        if reason := held.tombstone(self._archive, subjects, at=one.at if one.dated else ""):
            return reason
        if not one.dated and listed.fetch_status in _ANSWERED:
            return held.HERE if sha256 == listed.sha256 else held.UNDATED
        looked = listed.checked_at or ""
        if listed.fetch_status == "fetched" and looked >= one.at:
            return held.HERE if sha256 == listed.sha256 else held.NEWER_HERE
        if listed.fetch_status in _GONE and looked >= one.at:
            return held.HERE if sha256 is None else held.REMOVED_LATER
        return None


def _names(file: Listed) -> set[str | None]:
    """As shown, and as in the address."""
    try:
        return {file.name, attachment_place(file.url).file_name}
    except ParseError:
        return {file.name}
