"""Opening archive.db and its files, so that two processes and a kill do no harm.

Everyone who has the archive open holds a shared lock on its folder. Who finds nobody else there cleans up
what a killed process left, and brings the tables up to date, before sharing the lock.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from scraper.archive import migrations
from scraper.archive.errors import ArchiveError, storage_errors
from scraper.archive.files import FileStore
from scraper.archive.lock import only_one as only_one  # noqa: PLC0414 - others look for it here

_APPLICATION_ID = 0x7764746B
"""``wdtk`` in ASCII: tells an archive from any other SQLite file."""
_CACHE_KIB = 65536


class Archive:
    """An open archive; made by ``open_archive``. Use it as a context manager."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, lock: int) -> None:
        self.folder = folder
        self.connection = connection
        """In autocommit mode: outside ``transaction()`` every statement is a transaction of its own."""
        self.files = FileStore(folder / "files")
        self._lock = lock

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: commits at the end, rolls back on any error.

        Raises ``ArchiveError`` when the disk is full or read-only, or another process writes for too long.
        """
        with storage_errors(self.path), ExitStack() as undo:
            if self.connection.in_transaction:
                raise AssertionError("one transaction at a time: the inner one would commit the outer one's half")
            undo.callback(self.roll_back)  # before the beginning: Ctrl-C may strike as soon as SQLite has begun
            self.connection.execute("BEGIN IMMEDIATE")
            yield self.connection
            self.connection.execute("COMMIT")
            undo.pop_all()

    def roll_back(self) -> None:
        """Undo a transaction that is open; harmless when there is none."""
        if self.connection.in_transaction:  # SQLite itself has rolled back where the disk was full
            self.connection.execute("ROLLBACK")

    @property
    def path(self) -> Path:
        """The database file."""
        return self.folder / "archive.db"

    def close(self) -> None:
        """Close the database and let others have the folder; harmless when done twice."""
        self.connection.close()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_archive(folder: Path, *, create: bool = False, patience: float = 30.0) -> Archive:
    """Open the archive in ``folder`` for reading and writing; make it first when ``create``.

    ``patience`` is how many seconds to wait for another process that is writing. Raises ``ArchiveError``
    with a sentence when there is no archive, when it is not one, cannot be written, is in use for too long,
    or was made by a newer version of this program.
    """
    path = folder / "archive.db"
    with storage_errors(folder):
        _find(folder, path, create=create)
        lock, alone = _share(folder, patience)
    with ExitStack() as undo:
        undo.callback(os.close, lock)
        archive = Archive(folder, _connect(path, patience), lock)
        undo.pop_all()
        undo.callback(archive.close)
        with storage_errors(path):
            _prepare(archive, alone=alone)
        fcntl.flock(lock, fcntl.LOCK_SH)
        undo.pop_all()
        return archive


def _find(folder: Path, path: Path, *, create: bool) -> None:
    if create:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "files").mkdir(exist_ok=True)
    elif not path.is_file():
        raise ArchiveError(
            f"There is no archive in {folder}. Run `wdtk crawl` to make one, or name its folder with --archive."
        )
    for place in (folder, folder / "files"):
        if place.is_dir() and not os.access(place, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(13, "no permission to write", place)


def _share(folder: Path, patience: float) -> tuple[int, bool]:
    """An open lock on the folder, and whether nobody else has the archive open."""
    lock = os.open(folder, os.O_RDONLY)
    until = time.monotonic() + patience
    while True:
        for kind in (fcntl.LOCK_EX, fcntl.LOCK_SH):
            try:
                fcntl.flock(lock, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            except OSError:
                return lock, False  # a file system without locks: do without the cleaning up
            return lock, kind == fcntl.LOCK_EX
        if time.monotonic() > until:
            os.close(lock)
            raise ArchiveError(f"Another process is preparing {folder}. Wait for it to end, then run this again.")
        time.sleep(0.05)


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    with storage_errors(path), ExitStack() as undo:
        connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
        undo.callback(connection.close)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what the site has removed must not stay in freed pages
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        undo.pop_all()
        return connection


def _prepare(archive: Archive, *, alone: bool) -> None:
    connection = archive.connection
    refuse_strangers(connection, archive.path)
    connection.execute("BEGIN IMMEDIATE")  # a file or folder that cannot be written says so here, not in mid-crawl
    connection.execute("ROLLBACK")
    missing = [name for name in migrations.STEPS if name not in migrations.applied(connection)]
    if missing and not alone:
        raise ArchiveError(
            f"{archive.path} needs its tables brought up to date ({', '.join(missing)}) while nobody else has it "
            "open. Stop the other process, then run this again."
        )
    if missing:
        connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        migrations.apply(connection)
    if alone:
        archive.files.remove_temporary()
        connection.execute("UPDATE runs SET finish_reason = 'killed' WHERE ended_at IS NULL AND finish_reason IS NULL")


def refuse_strangers(connection: sqlite3.Connection, path: Path) -> None:
    """Raises ``ArchiveError`` where the database at ``path`` is no archive, or one of a newer version."""
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and mark != _APPLICATION_ID:
        raise ArchiveError(f"{path} is a database, but not an archive of wdtk-archive. Name another --archive.")
    unknown = [name for name in migrations.applied(connection) if name not in migrations.STEPS]
    if unknown:
        writer = connection.execute("SELECT value FROM about WHERE key = 'written_by'").fetchone()
        version = writer[0] if writer else "a newer version"
        raise ArchiveError(
            f"{path} was made by wdtk-archive {version} (its tables are at {unknown[-1]}), and this is "
            f"wdtk-archive {migrations.program_version()}, which knows them up to {list(migrations.STEPS)[-1]}. "
            f"Install wdtk-archive {version} or later, or name another archive with --archive."
        )
