"""One job at a time: crawl, read, update, import and forget each change the archive, and never two of them at once.

The lock is the kernel's (flock) on ``job.lock`` in the archive's folder. It dies with the process that holds it,
so that none is ever left over after a kill or a power cut; what the file says is for people alone.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.archive.errors import ArchiveError, storage_errors
from scraper.archive.times import now

_NAME = "job.lock"
_MOST_BYTES = 4096
_held: set[Path] = set()
"""Folders whose lock this process holds: what a job calls is part of it."""
log = logging.getLogger(__name__)


@contextmanager
def only_one(folder: Path, what: str, *, create: bool = False) -> Iterator[None]:
    """Hold the archive in ``folder`` for the job ``what``, such as ``wdtk crawl``, for as long as the block lasts.

    A job may call others: within the process that holds the lock, and in its children, the block is entered at once.
    ``create`` makes the folder. Raises ``ArchiveError`` with who holds it, since when and what to do about it, and
    where there is no folder.
    """
    place = folder.resolve()
    if place in _held:
        yield
        return
    with storage_errors(folder):
        lock = _open(folder, create=create)
    try:
        if not _take(lock, folder, what):
            yield  # our parent's job, or a file system without locks
            return
        _held.add(place)
        try:
            yield
        finally:
            _held.discard(place)
            os.ftruncate(lock, 0)
    finally:
        os.close(lock)


def _open(folder: Path, *, create: bool) -> int:
    if create:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif not folder.is_dir():
        raise ArchiveError(
            f"There is no archive in {folder}. Run `wdtk crawl` to make one, or name its folder with --archive."
        )
    return os.open(folder / _NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _take(lock: int, folder: Path, what: str) -> bool:
    """Whether the lock is now held by us; ``ArchiveError`` where another job has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = _holder(lock)
        if holder.get("pid") == os.getppid():
            return False
        raise ArchiveError(_busy(folder, holder)) from None
    except OSError as error:
        log.warning("%s has no locks (%s): see to it that no two jobs run there at once.", folder, error.strerror)
        return False
    _sign(lock, what)
    return True


def _sign(lock: int, what: str) -> None:
    try:
        os.ftruncate(lock, 0)
        os.pwrite(lock, json.dumps({"job": what, "pid": os.getpid(), "since": now()}).encode(), 0)
    except OSError as error:  # a full disk: the lock holds all the same, and the job itself will say so
        log.info("%s", error)


def _holder(lock: int) -> dict[str, object]:
    try:
        found = json.loads(os.pread(lock, _MOST_BYTES, 0))
    except ValueError:  # it has only just begun, or its disk is full
        return {}
    return found if isinstance(found, dict) else {}


def _busy(folder: Path, holder: dict[str, object]) -> str:
    if not holder:
        return f"Another job has the archive in {folder}. Wait for it to end, then run this again."
    job, pid, since = (holder.get(key) for key in ("job", "pid", "since"))
    return (
        f"`{job}` has had the archive in {folder} since {since} (process {pid}), and one job at a time may change it. "
        f"Wait for it to end, or stop it with `kill {pid}`, which loses nothing; then run this again."
    )
