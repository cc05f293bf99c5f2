"""Facts for the rules, read from the archive; nothing is written."""

import itertools
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scraper.watch.measures import kept
from scraper.watch.model import Facts, Session, Stage, Waiting, moment

SESSIONS = 60
"""So many rounds are looked back upon."""
_RUNS_READ = 1_500
STAGES = ("update", "crawl", "read", "publish")
_RUNS = """
SELECT id, command, started_at, ended_at, finish_reason, arguments, counts FROM runs
WHERE command IN ('update', 'crawl') ORDER BY id DESC LIMIT ?"""
_STAGE = "SELECT started_at, finish_reason FROM runs WHERE command = ? ORDER BY id DESC LIMIT 10"
_READ = "SELECT started_at, counts FROM runs WHERE counts LIKE '%\"documents %' ORDER BY id DESC LIMIT ?"
_PUBLISHED = """
SELECT max(started_at) FROM (
  SELECT started_at FROM runs WHERE command = 'publish' AND finish_reason = 'finished' AND ended_at IS NOT NULL
  ORDER BY id DESC LIMIT 1)"""
"""By the order in which they were entered: one that ran by a wrong clock must not count as the newest for years."""
_ROWS = "SELECT coalesce(sum(rows), 0) FROM enumerations WHERE run_id = ?"
_SUSPECTED = """
SELECT count(*), min(first_seen_at) FROM withdrawals
WHERE confirmed_at IS NULL AND state <> 'forgotten' AND evidence IS NOT 'many_at_once'
  AND subject LIKE 'request/%'"""
_LACKING = """
SELECT count(*), min(first_seen_at) FROM withdrawals
WHERE confirmed_at IS NULL AND state <> 'forgotten' AND evidence IS NOT 'many_at_once'
  AND subject NOT LIKE 'request/%'"""
_DOUBTED = """
SELECT count(*), min(first_seen_at) FROM withdrawals
WHERE confirmed_at IS NULL AND evidence = 'many_at_once' AND subject LIKE 'request/%'"""
_DOUBTED_PARTS = """
SELECT count(*), min(first_seen_at) FROM withdrawals
WHERE confirmed_at IS NULL AND evidence = 'many_at_once' AND subject NOT LIKE 'request/%'"""
_UNERASED = """
SELECT count(*), min(since) FROM (
  SELECT confirmed_at AS since FROM withdrawals
  WHERE confirmed_at IS NOT NULL AND erased_at IS NULL AND state <> 'forgotten'
  UNION ALL SELECT since FROM erasures)"""
_FOUND = (
    "requests_stored",
    "resumed",
    "looked",
    "listed",
    "authorities",
    "authorities_by_page",
    "unchanged",
    "changed",
)
_DOCUMENTS = "documents "


@dataclass(frozen=True, kw_only=True)
class _Run:
    id: int
    command: str
    started_at: str
    ended_at: str | None
    reason: str | None
    spider: str | None
    counts: Mapping[str, int]


def gather(
    connection: sqlite3.Connection,
    *,
    now: datetime,
    access_until: date | None = None,
    disk: Mapping[str, int] | None = None,
) -> Facts:
    """All that the rules need to know of the archive behind ``connection``."""
    free = disk or {}
    return Facts(
        now=now,
        sessions=tuple(_sessions(connection, _runs(connection))),
        holds=connection.execute("SELECT EXISTS (SELECT 1 FROM requests)").fetchone()[0] == 1,
        stages=tuple(Stage(command=name, runs=tuple(connection.execute(_STAGE, [name]))) for name in STAGES),
        read_batches=tuple(_batches(connection.execute(_READ, [SESSIONS]).fetchall())),
        published_at=connection.execute(_PUBLISHED).fetchone()[0],
        erased_at=connection.execute("SELECT max(erased_at) FROM withdrawals").fetchone()[0],
        suspected=_waiting(connection, _SUSPECTED),
        lacking=_waiting(connection, _LACKING),
        doubted=_waiting(connection, _DOUBTED),
        doubted_parts=_waiting(connection, _DOUBTED_PARTS),
        unerased=_waiting(connection, _UNERASED),
        access_until=access_until,
        disk_free=free.get("disk_free"),
        archive_bytes=free.get("archive_bytes"),
    )


def _waiting(connection: sqlite3.Connection, statement: str) -> Waiting:
    count, since = connection.execute(statement).fetchone()
    return Waiting(count=count, since=since)


def _runs(connection: sqlite3.Connection) -> list[_Run]:
    """The last crawls and updates, oldest first."""
    rows = connection.execute(_RUNS, [_RUNS_READ]).fetchall()
    return [_run(row) for row in reversed(rows)]


def _run(row: tuple[int, str, str, str | None, str | None, str, str]) -> _Run:
    identity, command, started_at, ended_at, reason, arguments, counts = row
    return _Run(
        id=identity, command=command, started_at=started_at, ended_at=ended_at, reason=reason,
        spider=_text(_object(arguments).get("spider")), counts=_numbers(_object(counts)),
    )  # fmt: skip


def _sessions(connection: sqlite3.Connection, runs: Sequence[_Run]) -> list[Session]:
    """Updates with what ran inside them; crawls of requests where there was never an update."""
    heads = [run for run in runs if run.command == "update" and run.spider is None]
    heads = heads or [run for run in runs if run.spider != "authorities"]
    ends = [head.id for head in heads[1:]]
    rounds = itertools.zip_longest(heads, ends)
    return [_session(connection, head, _inside(head, end, runs)) for head, end in list(rounds)[-SESSIONS:]]


def _inside(head: _Run, end: int | None, runs: Sequence[_Run]) -> list[_Run]:
    """An update and its crawls; ``end`` is the id of the next update, as a killed one does not say when it ended."""
    if head.command != "update":
        return [head]
    after = [run for run in runs if run.id > head.id and (end is None or run.id < end)]
    return [head, *(run for run in after if run.spider is not None and _is_within(run, head))]


def _is_within(run: _Run, head: _Run) -> bool:
    if head.ended_at is None and head.reason is not None:  # killed: what it began may have ended later than we know
        return moment(run.started_at) - moment(head.started_at) < timedelta(hours=24)
    return run.started_at <= (head.ended_at or "9999")


def _session(connection: sqlite3.Connection, head: _Run, runs: Sequence[_Run]) -> Session:
    counts: Counter[str] = Counter()
    for run in runs[1:] or runs:  # the head of an update may repeat what its crawls counted
        counts.update(run.counts)
    listed = sum(connection.execute(_ROWS, [run.id]).fetchone()[0] for run in runs)
    return Session(
        run_id=head.id,
        started_at=head.started_at,
        ended_at=head.ended_at,
        reasons=frozenset(run.reason for run in runs if run.reason),
        counts=counts,
        found=listed + sum(counts[name] for name in _FOUND),
        measures=kept(connection, head.id),
    )


def _batches(rows: Iterable[tuple[str, str]]) -> list[tuple[str, dict[str, int]]]:
    found = []
    for started_at, counts in rows:
        numbers = _numbers(_object(counts))
        batch = {name.removeprefix(_DOCUMENTS): n for name, n in numbers.items() if name.startswith(_DOCUMENTS)}
        found.append((started_at, batch))
    return found[::-1]


def _object(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _numbers(found: Mapping[str, object]) -> dict[str, int]:
    return {name: value for name, value in found.items() if isinstance(value, int) and not isinstance(value, bool)}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
