"""Publishing: build beside the last database, check, and only then take its place."""

import fcntl
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from scraper.archive.database import Archive
from scraper.archive.files import sync
from scraper.archive.times import now
from scraper.errors import WdtkError
from scraper.publishing.build import Built, Teller, build
from scraper.publishing.checks import CHECKS, Check, Finished, first_failure
from scraper.publishing.policy import Policy
from scraper.removals.proof import scrub

_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")


class Quiet:
    """Tells nobody how far the work has come."""

    def begin(self, label: str, total: int) -> None:
        """Nothing."""

    def step(self) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


def publish(
    archive: Archive,
    public: Path,
    policy: Policy | None = None,
    *,
    built_at: str | None = None,
    progress: Teller | None = None,
    checks: tuple[Check, ...] = CHECKS,
) -> Counter[str]:
    """Make ``public`` the published form of ``archive``; gives the rows by table, and what was left out.

    The new database is built in a hidden file beside it, checked, put on the disk and renamed over it: a reader sees
    the old one or the new one, never a part. Raises WdtkError, and leaves the old one as it is, where the archive
    holds no request, where a check fails, where another publish is at work, and where the disk is full or cannot be
    written.
    """
    policy = policy or Policy()
    if not archive.connection.execute("SELECT 1 FROM requests LIMIT 1").fetchone():
        raise WdtkError(f"The archive in {archive.folder} holds no requests to publish. Run `wdtk crawl` first.")
    with _told_in_words(public), _building(public) as path, _snapshot(archive):
        built = build(archive, path, policy, built_at=built_at or now(), progress=progress or Quiet())
        scrub(path)  # what rows that moved between pages left behind is no less to be looked after than what is shown
        _check(archive, path, policy, built, checks)
        _replace(path, public)
    return built.tables + built.left_out


def _check(archive: Archive, path: Path, policy: Policy, built: Built, checks: tuple[Check, ...]) -> None:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as finished:
        told = Finished(public=finished, archive=archive.connection, policy=policy, built=built)
        failure = first_failure(told, checks)
    if failure:
        raise WdtkError(
            f"Not published, since the new database fails a check of its own: {failure}. The last one is as it was. "
            "This is a defect of wdtk-archive: please report it with this message."
        )


@contextmanager
def _snapshot(archive: Archive) -> Iterator[None]:
    """One view of the archive, whatever a crawl writes meanwhile."""
    archive.connection.execute("BEGIN")
    try:
        yield
    finally:
        archive.connection.execute("ROLLBACK")


@contextmanager
def _building(public: Path) -> Iterator[Path]:
    """An empty file beside ``public`` that no other publish has; removed at the end unless it was renamed."""
    public.parent.mkdir(parents=True, exist_ok=True)
    # Not *.db: Datasette would serve every such file of its folder.
    path = public.parent / f".{public.name}.building"
    lock = _lock(path, public)
    try:
        os.ftruncate(lock, 0)
        yield path
    finally:
        if _is_same(lock, path):
            path.unlink()
        os.close(lock)


def _lock(path: Path, public: Path) -> int:
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(lock)
            raise WdtkError(
                f"Another publish is building {public}. Wait for it to end, then run this again."
            ) from error
        # The other may have renamed the file away just before: then it is the public database, and not ours.
        if _is_same(lock, path):
            return lock
        os.close(lock)


def _is_same(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _replace(path: Path, public: Path) -> None:
    """Put the file on the disk, then its new name."""
    sync(path)
    path.replace(public)
    sync(public.parent)


@contextmanager
def _told_in_words(public: Path) -> Iterator[None]:
    """Failures of the disk as a sentence; mistakes of ours come through."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        name = str(getattr(error, "sqlite_errorname", "SQLITE_IOERR"))
        if not name.startswith(_DISK):
            raise
        raise WdtkError(
            f"{public} cannot be written: {error}. Free some space, or choose another place with --public; "
            "the last one is as it was."
        ) from error
