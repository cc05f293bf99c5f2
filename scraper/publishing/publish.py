"""Publishing: build beside the last database, check, and only then take its place."""

import logging
import os
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from scraper.archive.beside import is_still, lock_beside
from scraper.archive.database import Archive
from scraper.archive.files import sync
from scraper.archive.times import now
from scraper.errors import WdtkError
from scraper.publishing.making.build import Built, Making, Teller, build
from scraper.publishing.making.checks import CHECKS, Check, Finished, first_failure
from scraper.publishing.making.hands import MANY_HANDS, NUMBER, WORTH_HANDS, Hands, publishers
from scraper.publishing.making.origin import (
    Origin,
    copied,
    digest_of,
    is_as_made,
    last_published,
    origin_of,
    remember,
    renewable,
)
from scraper.publishing.making.renewal import Renewal, renew
from scraper.publishing.making.replaceable import check_replaceable
from scraper.publishing.policy import Policy
from scraper.publishing.request.prepare import Task
from scraper.publishing.totals.about import site_of
from scraper.removals.proof import DamagedError, scrub

WHOLE_AFTER_DAYS = 7
"""So often a database is built as a whole, whatever has changed: rows that were moved often stand far apart, and no
mistake of renewing lives longer."""
_WAITS = (0.0, *[0.05] * 100)
"""Seconds to wait until processes that saw different states of the archive look again."""
_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
log = logging.getLogger(__name__)


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
    processes: int | None = None,
) -> Counter[str]:
    """Make ``public`` the published form of ``archive``; gives the rows by table, and what was left out.

    The new database is made in a hidden file beside it, checked, put on the disk and renamed over it: a reader sees
    the old one or the new one, never a part. It is a renewed copy of the last one where that was made of the same
    archive by the same program under the same policy and is byte for byte as it was made, and built as a whole
    otherwise, when ``anew``, and when the last whole one is older than ``WHOLE_AFTER_DAYS``; also where a renewed copy
    fails a check, which the log tells. ``processes`` prepare the requests: as many as there are processors where there
    is much to do, unless told. Raises WdtkError, and leaves the old one as it is, where the archive holds no request,
    where a check fails, where another publish is at work, where ``public`` is no such database but something else, and
    where the disk is full or cannot be written.
    """
    policy = policy or Policy()
    check_replaceable(public)
    if not archive.connection.execute("SELECT 1 FROM requests LIMIT 1").fetchone():
        raise WdtkError(f"The archive in {archive.folder} holds no requests to publish. Run `wdtk crawl` first.")
    public = public.resolve()  # a link stays a link, and what it leads to is what gets replaced
    built_at = built_at or now()
    task = Task(policy=policy, site=policy.site or site_of(archive.connection), on=date.fromisoformat(built_at[:10]))
    with _told_in_words(public), _building(public) as path:
        last = None if anew else last_published(public)
        with ExitStack() as ended:
            hands = _hands(archive, task, ended, since=last.change if last else 0, processes=processes)
            ended.enter_context(_snapshot(archive, hands))
            origin = origin_of(archive.connection, policy, site=task.site, at=built_at)
            making = Making(archive=archive, task=task, origin=origin, built_at=built_at, crew=hands)
            built = _made(path, public, making, last, progress or Quiet(), checks)
        digest = _replace(path, public)
    with archive.transaction() as connection:
        remember(connection, making.origin, digest)
    return built.tables + built.left_out


def _hands(archive: Archive, task: Task, ended: ExitStack, *, since: int, processes: int | None) -> Hands | None:
    """Processes that help, begun before the snapshot is taken; None where this one does the work as fast."""
    number = publishers(processes)
    if number < MANY_HANDS:
        return None
    changed = archive.connection.execute("SELECT count(*) FROM touched WHERE number > ?", [since]).fetchone()[0]
    return ended.enter_context(Hands(archive.folder, task, number)) if processes or changed >= WORTH_HANDS else None


def _made(
    path: Path, public: Path, making: Making, last: Origin | None, progress: Teller, checks: tuple[Check, ...]
) -> Built:
    """Fill the file at ``path``, and check it."""
    if last is not None and renewable(making.archive.connection, last, making.origin, most_days=WHOLE_AFTER_DAYS):
        built = _renewed(path, public, making, last, progress, checks)
        if built is not None:
            return built
        os.truncate(path, 0)
    built = build(path, making, progress=progress)
    scrub(path)  # what rows that moved between pages left behind is no less to be looked after than what is shown
    if failure := _failure(path, making, built, None, checks):
        raise WdtkError(
            f"Not published, since the new database fails a check of its own: {failure}. The last one is as it was. "
            "This is a defect of wdtk-archive: please report it with this message."
        )
    return built


def _renewed(
    path: Path, public: Path, making: Making, last: Origin, progress: Teller, checks: tuple[Check, ...]
) -> Built | None:
    """Renew a copy of the last database; None where that is not as it was made, or the copy does not turn out."""
    if not is_as_made(making.archive.connection, last, copied(public, path)):
        log.warning("%s is not as it was published; it is built anew as a whole.", public)
        return None
    making = replace(making, origin=replace(making.origin, whole_at=last.whole_at))
    try:
        built, work = renew(path, making, since=last.change, progress=progress)
        scrub(path)
        failure = _failure(path, making, built, work, checks)
    except (sqlite3.DatabaseError, DamagedError) as error:
        if _is_of_the_disk(error):
            raise
        failure = str(error)
    if failure is None:
        return built
    log.error("A renewed copy of %s fails: %s. It is built anew as a whole. Please report this.", public, failure)
    return None


def _failure(path: Path, making: Making, built: Built, work: Renewal | None, checks: tuple[Check, ...]) -> str | None:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as finished:
        told = Finished(
            public=finished,
            archive=making.archive.connection,
            policy=making.task.policy,
            built=built,
            renewed=work.all if work else None,
        )
        return first_failure(told, checks)


@contextmanager
def _snapshot(archive: Archive, hands: Hands | None) -> Iterator[None]:
    """One view of the archive, whatever a crawl writes meanwhile, for this process and for those that help."""
    try:
        for waited in _WAITS:
            archive.connection.execute("BEGIN")
            (number,) = archive.connection.execute(NUMBER).fetchone()
            if hands is None or hands.see(number):
                break
            archive.roll_back()
            time.sleep(waited)
        else:
            raise WdtkError(
                f"{archive.path} changes too fast for several processes to see the same of it. Publish when the crawl "
                "has ended, or with WDTK_PUBLISHERS=1."
            )
        yield
    finally:
        archive.roll_back()


@contextmanager
def _building(public: Path) -> Iterator[Path]:
    """An empty file beside ``public`` that no other publish has; removed at the end unless it was renamed."""
    public.parent.mkdir(parents=True, exist_ok=True)
    # Not *.db: Datasette would serve every such file of its folder.
    path = public.parent / f".{public.name}.building"
    lock = lock_beside(path, _begin, what=f"publish is building {public}")
    try:
        os.ftruncate(lock, 0)
        yield path
    finally:
        if is_still(lock, path):
            path.unlink()
        os.close(lock)


def _begin(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)


def _replace(path: Path, public: Path) -> str:
    """Put the file on the disk, then its new name; gives what it is known by."""
    digest = digest_of(path)
    sync(path)
    path.replace(public)
    sync(public.parent)
    return digest


@contextmanager
def _told_in_words(public: Path) -> Iterator[None]:
    """Failures of the disk as a sentence; mistakes of ours come through."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        if not _is_of_the_disk(error):
            raise
        raise WdtkError(
            f"{public} cannot be written: {error}. Free some space, or choose another place with --public; "
            "the last one is as it was."
        ) from error


def _is_of_the_disk(error: Exception) -> bool:
    return isinstance(error, OSError | sqlite3.OperationalError) and str(
        getattr(error, "sqlite_errorname", "SQLITE_IOERR")
    ).startswith(_DISK)
