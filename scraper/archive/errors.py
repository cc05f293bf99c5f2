"""Failures of the disk and of SQLite, told as sentences a person can act on."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.errors import WdtkError

_NO_ROOM = (
    "The disk that holds {place} is full ({error}). What was stored before is safe: "
    "free some space and run the same command again."
)
_READ_ONLY = (
    "{place} cannot be written ({error}). Check who owns the folder and whether its disk is mounted "
    "read-only, or name another folder with --archive."
)
_BUSY = (
    "Another process is writing to {place} and did not finish in time ({error}). "
    "Wait for it to end or stop it, then run this command again."
)
_NOT_A_DATABASE = (
    "{place} is not a database ({error}). Name the right folder with --archive, or move the file away and start anew."
)
_DAMAGED = (
    "{place} is damaged ({error}). Stop using it, keep a copy, and restore it from a backup; "
    "`sqlite3 archive.db .recover` may save what is readable."
)
_DEVICE = (
    "The disk failed while {place} was written ({error}). What was stored before is safe: "
    "check the disk and its quota, then run the same command again."
)

_SQLITE = {
    "SQLITE_FULL": _NO_ROOM,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_CANTOPEN": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_NOTADB": _NOT_A_DATABASE,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_IOERR": _DEVICE,
}
_SYSTEM = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: _NO_ROOM,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.ENOTDIR: _READ_ONLY,
    errno.EEXIST: _READ_ONLY,
    errno.EIO: _DEVICE,
}


class ArchiveError(WdtkError):
    """The archive cannot be opened, read or written; nothing that was stored before is lost."""


@contextmanager
def storage_errors(place: Path) -> Iterator[None]:
    """Turn failures of SQLite or of the disk at ``place`` into an ``ArchiveError``; let mistakes of ours through."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # "SQLITE_IOERR_WRITE" is a kind of "SQLITE_IOERR": the first two words name the family.
        family = "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])
        _raise(_SQLITE.get(family), place, error)
        raise
    except OSError as error:
        _raise(_SYSTEM.get(error.errno or 0), place, error)
        raise


def _raise(sentence: str | None, place: Path, error: Exception) -> None:
    if sentence:
        what = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ArchiveError(sentence.format(place=place, error=what)) from error
