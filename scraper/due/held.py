"""What is held of a request, beside what the site now says: is there anything to ask for?"""

import json
from dataclasses import replace

from parsers.errors import ParseError
from parsers.records import Attachment, RequestPage, RequestRecord
from parsers.wdtk.request_json import parse_request_json
from scraper.archive.database import Archive
from scraper.archive.errors import ArchiveError
from scraper.archive.queries import TO_FETCH
from scraper.removals import forgotten
from scraper.removals.evidence import SCANNED

FileHeld = tuple[str, str | None, int | None, str | None, str]
"""Id, name, part, printed size and address from ``/response/`` on: as long as these stand, nothing tells of another."""
_FILES = """
SELECT attachments.id, name, part, size_shown, url, coalesce(attachments.last_checked_at, ''),
  fetch_status IN (SELECT value FROM json_each(:to_fetch))
  OR (fetch_status = 'hidden' AND instr(coalesce(fetch_detail, ''), :scanned))
  OR coalesce(attachments.last_checked_at, '') < coalesce(whole_begun_at, '') AS wanted
FROM messages JOIN attachments ON message_id = messages.id LEFT JOIN checks ON checks.request_id = messages.request_id
WHERE messages.request_id = :request AND state = 'file' AND url IS NOT NULL
ORDER BY attachments.last_checked_at IS NOT NULL, attachments.last_checked_at, messages.position, attachments.position
"""
"""Those first that nobody has asked for, or not for longest. Wanted is what could not be had for a reason that may
pass, what the site hid while it looked through it, and what a whole look that was begun has still to ask for."""


def says_the_same(archive: Archive, record: RequestRecord) -> bool:
    """Whether the JSON of a request says what the one held says, down to each event.

    What it says of its authority, such as how many requests that has, and ``updated_at``, which most events leave as
    it is and other things move (alaveteli.md 2.1), do not count.
    """
    row = archive.connection.execute("SELECT json_sha256 FROM requests WHERE id = ?", [record.id]).fetchone()
    if row is None:
        return False
    try:
        held = parse_request_json(archive.files.get(row[0]))
    except (ArchiveError, ParseError):  # lost, damaged, or of a form that is read no more: look at the page
        return False
    return _of_itself(held, record) == _of_itself(record, record)


def files_to_ask(
    archive: Archive, request_id: int, page: RequestPage, *, whole: bool, most: int | None
) -> list[Attachment]:
    """Files of a page that are to be asked for, at most ``most``: all of them, or those that are not held as listed.

    Those first that were not looked at for longest, so that what one look has no room for comes first in the next.
    """
    held = frozenset[FileHeld]() if whole else _files_held(archive, request_id)
    left_out = forgotten.parts_shown(archive.connection, request_id, page)
    asked = [
        attachment
        for message in page.messages
        for attachment in message.attachments
        if attachment.state == "file"
        and _as_listed(attachment) not in held
        and not left_out & {message.id, attachment.id}
    ]
    order = {identity: number for number, (identity, *_) in enumerate(_files(archive, request_id))}
    return sorted(asked, key=lambda attachment: order.get(attachment.id, -1))[:most]


def files_wanted(archive: Archive, request_id: int, *, most: int | None = None) -> list[tuple[str, str]]:
    """Id and address of files that could not be had for a reason that may pass, or that a whole look still lacks."""
    return [(row[0], row[4]) for row in _files(archive, request_id) if row[-1]][:most]


def _files_held(archive: Archive, request_id: int) -> frozenset[FileHeld]:
    """The files of a request that need not be asked for as long as its page lists them so."""
    return frozenset(
        (identity, name, part, size, _place(url))
        for identity, name, part, size, url, _, wanted in _files(archive, request_id)
        if not wanted
    )


def _files(archive: Archive, request_id: int) -> list[tuple[str, str | None, int | None, str | None, str, str, int]]:
    given = {"request": request_id, "to_fetch": json.dumps(TO_FETCH), "scanned": SCANNED}
    return archive.connection.execute(_FILES, given).fetchall()


def _as_listed(attachment: Attachment) -> FileHeld:
    """A file as its page lists it, to be looked up in ``_files_held``."""
    return attachment.id, attachment.name, attachment.part, attachment.size_shown, _place(attachment.url or "")


def _of_itself(record: RequestRecord, other: RequestRecord) -> RequestRecord:
    same = record.authority if record.authority.id != other.authority.id else other.authority
    return replace(record, authority=same, updated_at="", unexplained=())


def _place(url: str) -> str:
    """A new slug is another address of the same file."""
    return url.partition("/response/")[2] or url
