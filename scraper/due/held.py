"""What is held of a request, beside what the site now says: is there anything to ask for?"""

from dataclasses import replace

from parsers.errors import ParseError
from parsers.records import Attachment, RequestRecord
from parsers.wdtk.request_json import parse_request_json
from scraper.archive.database import Archive
from scraper.archive.errors import ArchiveError
from scraper.archive.queries import TO_FETCH

FileHeld = tuple[str, str | None, int | None, str | None, str]
"""Id, name, part, printed size and address from ``/response/`` on: as long as these stand, nothing tells of another."""


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


def files_held(archive: Archive, request_id: int) -> frozenset[FileHeld]:
    """The files of a request that need not be asked for as long as its page lists them so."""
    rows = archive.connection.execute(
        "SELECT attachments.id, name, part, size_shown, url, fetch_status FROM attachments"
        " JOIN messages ON messages.id = message_id WHERE request_id = ? AND state = 'file' AND url IS NOT NULL",
        [request_id],
    )
    return frozenset(
        (identity, name, part, size, _place(url))
        for identity, name, part, size, url, status in rows
        if status not in TO_FETCH
    )


def file_as_listed(attachment: Attachment) -> FileHeld:
    """A file as its page lists it, to be looked up in ``files_held``."""
    return attachment.id, attachment.name, attachment.part, attachment.size_shown, _place(attachment.url or "")


def files_wanted(archive: Archive, request_id: int) -> list[tuple[str, str]]:
    """Id and address of the files of a request that could not be had for a reason that may pass."""
    marks = ", ".join("?" for _ in TO_FETCH)
    rows = archive.connection.execute(
        "SELECT attachments.id, url FROM attachments JOIN messages ON messages.id = message_id"  # noqa: S608 - question marks only
        f" WHERE request_id = ? AND state = 'file' AND url IS NOT NULL AND fetch_status IN ({marks})"
        " ORDER BY messages.position, attachments.position",
        [request_id, *TO_FETCH],
    )
    return [(identity, url) for identity, url in rows]


def _of_itself(record: RequestRecord, other: RequestRecord) -> RequestRecord:
    same = record.authority if record.authority.id != other.authority.id else other.authority
    return replace(record, authority=same, updated_at="", unexplained=())


def _place(url: str) -> str:
    """A new slug is another address of the same file."""
    return url.partition("/response/")[2] or url
