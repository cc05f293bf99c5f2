"""Publishing: build beside the last database, check, and only then take its place."""

import fcntl
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from scraper.archive.database import Archive
from scraper.archive.files import sync
from scraper.archive.times import now
from scraper.errors import WdtkError
from scraper.publishing.about import site_of
from scraper.publishing.build import Built, Making, Teller, build
from scraper.publishing.checks import CHECKS, Check, Finished, first_failure
from scraper.publishing.origin import Origin, last_published, origin_of, remember, renewable
from scraper.publishing.policy import Policy
from scraper.publishing.renewal import Renewal, renew
from scraper.publishing.replaceable import check_replaceable
from scraper.removals.proof import scrub

WHOLE_AFTER_DAYS = 7
"""So often a database is built as a whole, whatever has changed: rows that were moved often stand far apart, and no
mistake of renewing lives longer."""
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
    anew: bool = False,
) -> Counter[str]:
    """Make ``public`` the published form of ``archive``; gives the rows by table, and what was left out.

    The new database is made in a hidden file beside it, checked, put on the disk and renamed over it: a reader sees
    the old one or the new one, never a part. It is a renewed copy of the last one where that was made of the same
    archive by the same program under the same policy, and built as a whole otherwise, when ``anew``, and when the last
    whole one is older than ``WHOLE_AFTER_DAYS``. Raises WdtkError, and leaves the old one as it is, where the archive
    holds no request, where a check fails, where another publish is at work, where ``public`` is no such database but
    something else, and where the disk is full or cannot be written.
    """
    policy = policy or Policy()
    if not archive.connection.execute("SELECT 1 FROM requests LIMIT 1").fetchone():
        raise WdtkError(f"The archive in {archive.folder} holds no requests to publish. Run `wdtk crawl` first.")
    check_replaceable(public)
    with _told_in_words(public), _building(public) as path:
        with _snapshot(archive):
            making = _making(archive, policy, built_at=built_at or now())
            last = None if anew else last_published(public)
            built, renewed = _made(path, public, making, last, progress or Quiet())
            scrub(
                path
            )  # what rows that moved between pages left behind is no less to be looked after than what is shown
            _check(path, making, built, renewed, checks)
        _replace(path, public)
    with archive.transaction() as connection:
        remember(connection, making.origin)
    return built.tables + built.left_out


def _making(archive: Archive, policy: Policy, *, built_at: str) -> Making:
    site = policy.site or site_of(archive.connection)
    origin = origin_of(archive.connection, policy, site=site, at=built_at)
    return Making(archive=archive, policy=policy, origin=origin, site=site, built_at=built_at)


def _made(
    path: Path, public: Path, making: Making, last: Origin | None, progress: Teller
) -> tuple[Built, Renewal | None]:
    """Fill the file at ``path``; tells what was renewed, or None where all is new."""
    if last is None or not renewable(making.archive.connection, last, making.origin, most_days=WHOLE_AFTER_DAYS):
        return build(path, making, progress=progress), None
    shutil.copyfile(public, path)
    making = replace(making, origin=replace(making.origin, whole_at=last.whole_at))
    return renew(path, making, since=last.change, progress=progress)


def _check(path: Path, making: Making, built: Built, renewed: Renewal | None, checks: tuple[Check, ...]) -> None:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as finished:
        told = Finished(
            public=finished,
            archive=making.archive.connection,
            policy=making.policy,
            built=built,
            renewed=renewed.all if renewed else None,
        )
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
