"""Forgetting by hand: what a person names is erased and never stored again, whatever the site shows."""

import re
import sqlite3
from dataclasses import dataclass
from urllib.parse import urlsplit

from parsers.errors import ParseError
from parsers.wdtk.urls import attachment_place, request_reference
from scraper.access import is_of
from scraper.archive import fingerprints
from scraper.archive.database import Archive
from scraper.archive.times import now
from scraper.counts import count_of
from scraper.errors import WdtkError
from scraper.removals import changes, withdrawals
from scraper.removals.withdrawals import is_forgotten

_SUBJECT = re.compile(r"(?:incoming|outgoing)-[0-9]{1,18}(?:/[0-9]{1,9})?|attachment-[0-9]{1,18}|request/[0-9]{1,18}")
_ANCHOR = re.compile(r"#((?:incoming|outgoing)-[0-9]{1,18}|attachment-[0-9]{1,18})$")
_FILES = """
SELECT attachments.message_id, attachments.sha256 FROM attachments JOIN messages ON messages.id = message_id
WHERE (attachments.id = :subject OR message_id = :subject) AND sha256 IS NOT NULL
"""
_NAME = "SELECT message_id, name FROM attachments WHERE id = ? AND name IS NOT NULL"
_MESSAGES = """
SELECT count(*) FROM messages WHERE request_id = :request AND (id = :subject OR 'request/' || request_id = :subject)
"""
_READINGS = """
SELECT count(*) FROM readings WHERE request_id = :request
  AND (message_id = :subject OR attachment_id = :subject OR 'request/' || request_id = :subject)
"""
_COUNT_FILES = """
SELECT count(*), count(DISTINCT a.sha256), count(DISTINCT CASE WHEN EXISTS (
    SELECT 1 FROM attachments AS o JOIN messages AS p ON p.id = o.message_id WHERE o.sha256 = a.sha256 AND o.id <> a.id
      AND 'request/' || p.request_id <> :subject AND p.id <> :subject) THEN a.sha256 END)
FROM messages AS m CROSS JOIN attachments AS a ON a.message_id = m.id
WHERE m.request_id = :request AND ('request/' || m.request_id = :subject OR m.id = :subject OR a.id = :subject)
"""
"""What is named is looked for in its request alone: an index finds that, and nothing else would."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a person named, and what the archive holds of it."""

    subject: str
    request_id: int
    messages: int
    files: int
    bodies: int
    """Different files among them."""
    shared: int
    """Of these, how many another place of the archive holds too, and keeps."""
    readings: int
    forgotten: bool

    @property
    def sentence(self) -> str:
        """What will be erased."""
        of = "" if self.subject == f"request/{self.request_id}" else f" of request/{self.request_id}"
        if not self.messages + self.files + self.readings:
            return (
                f"{self.subject}{of} is not stored here. What else was fetched of it is erased, and it is never "
                "stored, whatever the site shows."
            )
        numbers = [count_of(self.messages, "message"), count_of(self.files, "file"), count_of(self.readings, "reading")]
        kept = " {} held elsewhere in the archive too and {} there.".format(
            *(("One of the files is", "stays") if self.shared == 1 else (f"{self.shared:,} of the files are", "stay"))
        ) * bool(self.shared)
        return (
            f"{self.subject}{of} will be erased: {numbers[0]}, {numbers[1]} and {numbers[2]}, with everything that was "
            f"fetched of it, here and in the published database.{kept} It is never stored again, whatever the site "
            "shows."
        )


def named(archive: Archive, text: str) -> Named:
    """What ``text`` names: an address, a number, a slug, or a subject such as ``incoming-7``.

    Raises WdtkError where it names nothing, something whose request is not known here, what another site has, or a
    message under the address of another request.
    """
    connection = archive.connection
    text = text.strip()
    _refuse_another_site(archive, text)
    subject = _subject(connection, text)
    request_id = _request_of(connection, subject)
    if request_id is None:
        raise WdtkError(
            f"{subject} is not in this archive, so its request is not known. Give the number of the request to have "
            "the whole of it forgotten."
        )
    _refuse_another_request(connection, text, subject, request_id)
    given = {"subject": subject, "request": request_id}
    files, bodies, shared = connection.execute(_COUNT_FILES, given).fetchone()
    return Named(
        subject=subject,
        request_id=request_id,
        messages=connection.execute(_MESSAGES, given).fetchone()[0],
        files=files,
        bodies=bodies,
        shared=shared,
        readings=connection.execute(_READINGS, given).fetchone()[0],
        forgotten=is_forgotten(connection, subject),
    )


def forget(archive: Archive, found: Named) -> None:
    """Enter that it is forgotten; ``erase_confirmed`` then erases it. Nothing happens where it is entered already."""
    if found.forgotten:
        return
    seen_at = now()
    with archive.transaction() as connection:
        withdrawals.forget(connection, found.subject, found.request_id, seen_at)
        if found.subject != f"request/{found.request_id}":
            connection.executemany(
                "INSERT OR IGNORE INTO forgotten_files (message_id, sha256) VALUES (?, ?)",
                connection.execute(_FILES, {"subject": found.subject}).fetchall(),
            )
        for message_id, name in connection.execute(_NAME, [found.subject]).fetchall():
            fingerprints.enter_name(connection, found.subject, message_id, name)
        change = changes.Change(subject=found.subject, kind="forgotten")
        changes.add(connection, None, found.request_id, seen_at, [change])


def _refuse_another_site(archive: Archive, text: str) -> None:
    """Numbers and names mean something else at another site, and what is erased does not come back."""
    site = "://".join(urlsplit(text)[:2])
    if "://" not in text or is_of(archive, site):
        return
    raise WdtkError(
        f"{site} is not the site that this archive is of. Where {text[:200]} is only another address of the same "
        "site, give the number of the request, or incoming-7, outgoing-12 or attachment-8, instead."
    )


def _refuse_another_request(connection: sqlite3.Connection, text: str, subject: str, request_id: int) -> None:
    """An address of one request with the anchor of another's message is a slip of whoever copied it."""
    if not _ANCHOR.search(text):
        return
    try:
        reference = request_reference(text.partition("#")[0])
    except ParseError:
        return
    row = connection.execute("SELECT id FROM requests WHERE slug = ?", [reference.slug]).fetchone()
    there = reference.id if reference.id is not None else row and row[0]
    if there is not None and there != request_id:
        raise WdtkError(
            f"{subject} is of request/{request_id}, and {text[:200]} is an address of request/{there}. Look which of "
            f"the two is meant: {subject} alone names the message or file."
        )


def _subject(connection: sqlite3.Connection, text: str) -> str:
    if _SUBJECT.fullmatch(text):
        return text
    anchor = _ANCHOR.search(text)
    if anchor:
        return anchor[1]
    try:
        reference = request_reference(text)
    except ParseError as error:
        raise WdtkError(f"{error}, or a message or file such as incoming-7 or attachment-8.") from error
    if "/response/" in text:
        return _file(connection, text)
    if reference.id is not None:
        return f"request/{reference.id}"
    row = connection.execute("SELECT id FROM requests WHERE slug = ?", [reference.slug]).fetchone()
    if row is None:
        raise WdtkError(
            f"No request here is called {reference.slug}. Give its number, which `/request/NUMBER` shows at the site; "
            "a number is forgotten even where nothing of it is here yet."
        )
    return f"request/{row[0]}"


def _file(connection: sqlite3.Connection, text: str) -> str:
    try:
        place = attachment_place(text)
    except ParseError as error:
        raise WdtkError(f"{error}.") from error
    rows = connection.execute(
        "SELECT id FROM attachments WHERE message_id = ? AND part = ?", [f"incoming-{place.message_number}", place.part]
    ).fetchall()
    if len(rows) != 1:
        raise WdtkError(f"No file of this archive has the address {text[:200]}. Name it as attachment-NUMBER instead.")
    return str(rows[0][0])


def _request_of(connection: sqlite3.Connection, subject: str) -> int | None:
    if subject.startswith("request/"):
        return int(subject.removeprefix("request/"))
    for statement in (
        "SELECT request_id FROM messages WHERE id = ?",
        "SELECT request_id FROM messages JOIN attachments ON message_id = messages.id WHERE attachments.id = ?",
        "SELECT request_id FROM withdrawals WHERE subject = ?",
    ):
        row = connection.execute(statement, [subject]).fetchone()
        if row is not None:
            return int(row[0])
    return None
