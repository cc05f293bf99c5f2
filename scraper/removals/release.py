"""Giving up stored bodies that nothing needs any more, in an order that a kill at any moment leaves sound.

A body is given up in a transaction: its rows go and its SHA-256 is entered in ``erasures``. Then the file is unlinked,
then the entry struck out. Whoever is killed in between leaves an entry, and the next run goes on with it.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from scraper.archive.database import Archive
from scraper.archive.errors import storage_errors
from scraper.archive.files import sync
from scraper.archive.times import now

_NEEDED = """
WITH RECURSIVE above(sha256) AS (
  SELECT ?
  UNION
  SELECT p.parent FROM above JOIN document_parts AS p ON p.sha256 = above.sha256
)
SELECT 1 FROM above WHERE EXISTS (SELECT 1 FROM attachments AS a WHERE a.sha256 = above.sha256)
  OR EXISTS (SELECT 1 FROM requests AS r WHERE r.json_sha256 = above.sha256)
  OR EXISTS (SELECT 1 FROM requests AS r WHERE r.page_sha256 = above.sha256)
  OR EXISTS (SELECT 1 FROM fetches AS f WHERE f.sha256 = above.sha256)
  OR EXISTS (SELECT 1 FROM validators AS v WHERE v.sha256 = above.sha256)
LIMIT 1
"""
_HAS_ROWS = """
SELECT 1 FROM attachments WHERE sha256 = :sha256 UNION ALL SELECT 1 FROM requests WHERE json_sha256 = :sha256
UNION ALL SELECT 1 FROM requests WHERE page_sha256 = :sha256 LIMIT 1
"""
_PARTS = "SELECT sha256 FROM document_parts WHERE parent = ? AND sha256 IS NOT NULL"


def release(connection: sqlite3.Connection, bodies: Iterable[str]) -> int:
    """Give up those of ``bodies`` that nothing needs, with what was read from them and what lies in them.

    Gives how many. The files go when the transaction has ended: ``unlink_released``.
    """
    waiting, number = set(bodies), 0
    while waiting:
        sha256 = waiting.pop()
        held = connection.execute("SELECT 1 FROM files WHERE sha256 = ?", [sha256]).fetchone()
        if held is None or is_needed(connection, sha256):
            continue
        waiting |= {part for (part,) in connection.execute(_PARTS, [sha256])} - {sha256}
        _give_up(connection, sha256)
        number += 1
    return number


def release_rows(connection: sqlite3.Connection, bodies: Iterable[str]) -> int:
    """Give up bodies whose rows are gone, at whatever address they were had; those that other rows have stay."""
    given_up = set(bodies)
    for sha256 in given_up:
        if connection.execute(_HAS_ROWS, {"sha256": sha256}).fetchone() is None:
            connection.execute("UPDATE fetches SET sha256 = NULL WHERE sha256 = ?", [sha256])
            connection.execute("DELETE FROM validators WHERE sha256 = ?", [sha256])
    return release(connection, given_up)


def is_needed(connection: sqlite3.Connection, sha256: str) -> bool:
    """Whether a body, or a file that it lies in however deep, is that of an attachment, a request or an answer."""
    return connection.execute(_NEEDED, [sha256]).fetchone() is not None


def _give_up(connection: sqlite3.Connection, sha256: str) -> None:
    for statement in (
        "DELETE FROM documents WHERE sha256 = ?",  # with its pages and the list of what lies in it
        "DELETE FROM probes WHERE sha256 = ?",
        "UPDATE document_parts SET sha256 = NULL WHERE sha256 = ?",  # only in files that lie in one another
        "DELETE FROM files WHERE sha256 = ?",
    ):
        connection.execute(statement, [sha256])
    connection.execute("INSERT OR IGNORE INTO erasures (sha256, since) VALUES (?, ?)", [sha256, now()])


def unlink_released(archive: Archive) -> int:
    """Take the bodies that were given up off the disk; gives how many. Raises ArchiveError where the disk fails."""
    waiting = [sha256 for (sha256,) in archive.connection.execute("SELECT sha256 FROM erasures ORDER BY sha256")]
    if not waiting:
        return 0
    gone = 0
    folders = set()
    log = archive.path.with_name(f"{archive.path.name}-wal")
    with storage_errors(archive.files.folder):
        if log.exists():
            sync(
                log
            )  # or a power cut could bring back rows whose files are gone: commits alone do not wait for the disk
        for sha256 in waiting:
            if archive.connection.execute("SELECT 1 FROM files WHERE sha256 = ?", [sha256]).fetchone():
                continue  # fetched again since
            path = archive.files.path(sha256)
            path.unlink(missing_ok=True)
            folders.add(path.parent)
            gone += 1
        for folder in folders:
            if folder.is_dir():
                sync(folder)
    with archive.transaction() as connection:
        connection.executemany("DELETE FROM erasures WHERE sha256 = ?", [(sha256,) for sha256 in waiting])
    return gone


def unlink_strays(archive: Archive) -> int:
    """Take files off the disk that no row names: a kill between a body and its row left them. Gives how many.

    Only for who holds the job's lock: another job's newest body has no row yet.
    """
    number = 0
    with storage_errors(archive.files.folder):
        for number, sha256 in enumerate(without_a_row(archive), start=1):  # noqa: B007 - how many is told at the end
            archive.files.path(sha256).unlink(missing_ok=True)
    return number


def without_a_row(archive: Archive, first_bytes: Iterable[int] = range(256)) -> Iterator[str]:
    """The SHA-256 of files on the disk that no row names, of all or of those that begin so.

    One folder after the other, so that of millions of names few are in memory.
    """
    for byte in first_bytes:
        bounds = [f"{byte:02x}", f"{byte + 1:02x}" if byte < 255 else "g"]
        named = archive.connection.execute("SELECT sha256 FROM files WHERE sha256 >= ? AND sha256 < ?", bounds)
        yield from set(archive.files.hashes([byte])).difference(sha256 for (sha256,) in named)
