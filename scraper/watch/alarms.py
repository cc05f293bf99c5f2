"""What a person must look at, judged from the archive alone: its runs, its counts, and what it came to before."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from scraper.access import is_loopback
from scraper.archive.database import Archive
from scraper.archive.times import now, written
from scraper.config import Config
from scraper.watch import measures, rules_clock, rules_runs, rules_state
from scraper.watch.facts import gather
from scraper.watch.model import Alarm, Facts, moment

Rule = Callable[[Facts], Iterator[Alarm]]
RULES: tuple[Rule, ...] = (
    rules_runs.challenge,
    rules_clock.clock,
    rules_state.access,
    rules_state.removals_wait,
    rules_state.bulk_removals,
    rules_state.disk_fills,
    rules_runs.runs_fail,
    rules_runs.no_run,
    rules_runs.found_nothing,
    rules_runs.unknown_things,
    rules_runs.fill_fell,
    rules_runs.unreadable_rose,
    rules_state.budget_exhausted,
    rules_state.backlog_grows,
    rules_state.publish_behind,
)
"""The most pressing first."""
LATE_AFTER = timedelta(days=2)
"""A check that is due counts as late this long afterwards: a run comes once a day, and one may fail."""


def alarms(facts: Facts) -> list[Alarm]:
    """Everything that a person must look at, the most pressing first; nothing where all is well."""
    return [alarm for rule in RULES for alarm in rule(facts)]


def after_run(archive: Archive, run_id: int, *, config: Config | None = None) -> list[Alarm]:
    """Measure the archive at the end of the run, keep the measures with it, and tell what a person must look at.

    ``run_id`` is the run of the update, or of a crawl by itself. Without ``config`` the access record is not judged.
    Raises ``ArchiveError`` where the measures cannot be written.
    """
    moment_now = now()
    connection = archive.connection
    (started_at,) = connection.execute("SELECT started_at FROM runs WHERE id = ?", [run_id]).fetchone()
    disk = measures.disk(archive.folder)
    late = late_before(moment_now)
    taken = measures.backlog(connection, now=moment_now, late=late) | measures.whole(connection)
    measures.keep(archive, run_id, taken | measures.looked(connection, since=started_at) | disk)
    found = gather(connection, now=moment(moment_now), access_until=access_until(config), disk=disk)
    return alarms(found)


def late_before(moment_now: str) -> str:
    """A check due before this moment is late now."""
    return written(moment(moment_now) - LATE_AFTER)


def access_until(config: Config | None) -> date | None:
    """The last day of the permission; ``None`` where the site needs none or none is written down."""
    return None if config is None or is_loopback(config.site) else config.access.until


def clock() -> datetime:
    """This moment."""
    return moment(now())
