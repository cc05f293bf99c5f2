"""The state of an archive for ``wdtk status``: read without changing anything, beside whatever else is running."""

import json
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from scraper.access import daily_budget, is_loopback, most_per_day
from scraper.archive import migrations
from scraper.archive.database import refuse_strangers
from scraper.archive.errors import ArchiveError, storage_errors
from scraper.archive.times import written
from scraper.clocks import site_time
from scraper.config import Config
from scraper.due.promises import Promised, promised
from scraper.watch import measures
from scraper.watch.alarms import access_until, alarms, late_before
from scraper.watch.facts import gather
from scraper.watch.model import Alarm

COUNTED_AT_ONCE = 20_000
"""Up to so many requests, what takes long to count is counted when asked; above it, as the last run measured it."""
_LAST_RUNS = """
SELECT id, command, started_at, ended_at, finish_reason, counts FROM runs ORDER BY id DESC LIMIT 8"""
_MEASURED = """
SELECT runs.id, runs.started_at FROM runs WHERE EXISTS (SELECT 1 FROM measures WHERE run_id = runs.id)
ORDER BY runs.id DESC LIMIT 1"""
_ASKED = """
SELECT (SELECT count(*) FROM fetches WHERE fetched_at BETWEEN :since AND :at
    AND run_id NOT IN (SELECT id FROM runs WHERE command = 'import'))
  + (SELECT coalesce(sum(max(0, coalesce(json_extract(counts, '$.asked'), 0)
      - (SELECT count(*) FROM fetches WHERE run_id = runs.id))), 0)
    FROM runs WHERE started_at BETWEEN :since AND :at)"""
_ASKED_LATER = """
SELECT json_extract(headers, '$.date'), json_extract(headers, '$.age') FROM fetches
WHERE fetched_at > ? AND run_id NOT IN (SELECT id FROM runs WHERE command = 'import')"""
"""By a clock that was wrong; when it was in truth, the site's answer tells."""
_CHECKED = """
SELECT (SELECT min(last_checked_at) FROM requests), (SELECT max(last_checked_at) FROM requests)"""
"""One by one each is the end of an index; together they would go through all of it."""
_PATIENCE = 5.0
_MOST_PIDS = 1 << 31


@dataclass(frozen=True, kw_only=True)
class RunTold:
    """One run."""

    id: int
    command: str
    started_at: str
    ended_at: str | None
    finish_reason: str | None
    counts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class State:
    """What ``wdtk status`` tells."""

    at: str
    archive: str
    counts: Mapping[str, int]
    """Measures by name (``scraper.watch.measures``)."""
    counted_at: str | None
    """When those that take long were counted, if not now."""
    oldest_check: str | None
    newest_check: str | None
    runs: tuple[RunTold, ...]
    """The last, newest first."""
    job: Mapping[str, object] | None
    """What has the archive now: job, pid and since."""
    local: bool
    """Whether the site is on this machine, so that it needs no permission."""
    asked: int
    """Requests made in the last 24 hours."""
    budget: int | None
    access_until: date | None
    permission_from: str | None
    published_at: str | None
    promised: Promised
    """Whether requests are looked at as often as is promised, and what that takes."""
    alarms: tuple[Alarm, ...]

    @property
    def fresh(self) -> float | None:
        """The share of the requests that were looked at when they should have been; ``None`` where none is planned."""
        planned = self.counts.get("planned", 0)
        return 1 - self.counts["late"] / planned if planned else None


def state_of(folder: Path, config: Config, *, now: datetime) -> State:
    """The state of the archive in ``folder``; ``ArchiveError`` where there is none that this version can read."""
    with reading(folder) as connection:
        return _state(connection, folder, config, now)


@contextmanager
def reading(folder: Path) -> Iterator[sqlite3.Connection]:
    """A connection that can only read, in one view of the archive whatever is written meanwhile."""
    path = folder / "archive.db"
    if not path.is_file():
        raise ArchiveError(
            f"There is no archive in {folder}. Run `wdtk crawl` to make one, or name its folder with --archive."
        )
    with storage_errors(path), closing(_connect(path)) as connection:
        refuse_strangers(connection, path)
        missing = [name for name in migrations.STEPS if name not in migrations.applied(connection)]
        if missing:
            raise ArchiveError(
                f"{path} has the tables of an older version ({', '.join(missing)} missing). Any other command of this "
                "version, such as `wdtk read`, brings them up to date."
            )
        connection.execute("BEGIN")
        yield connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE, isolation_level=None
    )
    connection.execute("PRAGMA query_only = ON")
    return connection


def _state(connection: sqlite3.Connection, folder: Path, config: Config, now: datetime) -> State:
    at = written(now)
    counts, counted_at = _counts(connection, at)
    disk = measures.disk(folder)
    until = access_until(config)
    facts = gather(connection, now=now, access_until=until, disk=disk)
    oldest, newest = connection.execute(_CHECKED).fetchone()
    return State(
        at=at,
        archive=str(folder),
        counts=counts | disk,
        counted_at=counted_at,
        oldest_check=oldest,
        newest_check=newest,
        runs=tuple(_told(row) for row in connection.execute(_LAST_RUNS)),
        job=_job(folder),
        local=is_loopback(config.site),
        asked=_asked(connection, now),
        budget=daily_budget(config, config.site),
        access_until=until,
        permission_from=config.access.permission_from if until else None,
        published_at=facts.published_at,
        promised=promised(connection, at=at, budget=most_per_day(config, config.site)),
        alarms=tuple(alarms(facts)),
    )


def _asked(connection: sqlite3.Connection, now: datetime) -> int:
    since = now - timedelta(days=1)
    (asked,) = connection.execute(_ASKED, {"since": written(since), "at": written(now)}).fetchone()
    later = (site_time(date, age) for date, age in connection.execute(_ASKED_LATER, [written(now)]))
    return int(asked) + sum(told is not None and since <= told <= now for told in later)


def _counts(connection: sqlite3.Connection, at: str) -> tuple[dict[str, int], str | None]:
    counts = measures.backlog(connection, now=at, late=late_before(at))
    measured = connection.execute(_MEASURED).fetchone()
    if counts["held"] <= COUNTED_AT_ONCE or measured is None:
        return counts | measures.whole(connection), None
    run_id, started_at = measured
    return measures.kept(connection, run_id) | counts, started_at


def _told(row: tuple[int, str, str, str | None, str | None, str]) -> RunTold:
    identity, command, started_at, ended_at, reason, counts = row
    return RunTold(
        id=identity, command=command, started_at=started_at, ended_at=ended_at, finish_reason=reason,
        counts=json.loads(counts),
    )  # fmt: skip


def _job(folder: Path) -> Mapping[str, object] | None:
    """What the job that has the archive wrote of itself; ``None`` where nobody has it.

    The lock itself is not touched: to ask for it would turn away a job that begins at that moment.
    """
    lock = folder / "job.lock"
    try:
        found, signed_at = json.loads(lock.read_bytes()[:4096]), lock.stat().st_mtime
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and _is_alive(found.get("pid"), signed_at) else None


def _is_alive(pid: object, signed_at: float) -> bool:
    """Whether the process that signed is there still, and not another that has its number by now."""
    if not isinstance(pid, int) or isinstance(pid, bool) or not 0 < pid < _MOST_PIDS:
        return False
    age = _age_of(pid)
    if age is not None and age + _PATIENCE < time.time() - signed_at:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def _age_of(pid: int) -> float | None:
    """Seconds since a process began, where the system tells (proc(5))."""
    try:
        ticks = int(Path(f"/proc/{pid}/stat").read_text(encoding="latin-1").rpartition(")")[2].split()[19])
        uptime = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return uptime - ticks / os.sysconf("SC_CLK_TCK")
