"""Which lists of requests were gone through, what they showed, and which days they cover."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from parsers.errors import ParseError
from parsers.records import ListingRow
from parsers.wdtk.urls import request_reference
from scraper.archive import fingerprints
from scraper.archive.database import Archive
from scraper.archive.rows import sound
from scraper.archive.times import written
from scraper.items import ListState

_PAGE = 1_000
_STATE = """
INSERT INTO enumerations
  (run_id, parent_id, url, authority, after, before, narrowed, began_at, ended_at, pages, rows, about, result)
VALUES (:run, (SELECT id FROM enumerations WHERE run_id = :run AND url = :parent), :url, :authority, :after, :before,
  :narrowed, :at, iif(:result IS NULL, NULL, :at), :pages, :rows, :about, :result)
ON CONFLICT (run_id, url) DO UPDATE SET authority = excluded.authority,
  began_at = iif(pages = 0, excluded.began_at, began_at), ended_at = excluded.ended_at, pages = excluded.pages,
  rows = excluded.rows, about = coalesce(excluded.about, about), result = excluded.result
"""
_ROW = """
INSERT INTO listed (slug, authority, request_id, last_event_at, run_id, first_listed_at, last_listed_at)
VALUES (:slug, :authority, (SELECT id FROM requests WHERE slug = :slug), :event_at, :run, :at, :at)
ON CONFLICT (slug) DO UPDATE SET authority = coalesce(excluded.authority, authority),
  request_id = coalesce(excluded.request_id, request_id),
  last_event_at = nullif(max(coalesce(last_event_at, ''), coalesce(excluded.last_event_at, '')), ''),
  run_id = excluded.run_id, last_listed_at = excluded.last_listed_at
"""
_MISSING = "FROM listed WHERE request_id IS NULL AND NOT EXISTS (SELECT 1 FROM requests WHERE slug = listed.slug)"
_FATES = {"robots": "refused_by_robots", "not_found": "not_found", "hidden": "hidden"}
"""What a refusal of a request's address makes of a request that is not held; of several the last one here holds."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A list that a stopped crawl had still to read."""

    authority: str | None
    after: str | None
    before: str | None
    narrowed: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class TakenUp:
    """What a stopped crawl left: its lists still to be read, in their order."""

    lists: tuple[Planned, ...]
    all_planned: bool
    """Whether it had begun with its lists: if not, they are to be planned anew."""


def record(
    connection: sqlite3.Connection,
    run_id: int,
    states: Iterable[ListState],
    rows: Iterable[ListingRow],
    *,
    seen_at: str,
) -> None:
    """Enter how far lists have been read, and the requests that a page of one shows."""
    for state in states:
        told = {
            "run": run_id,
            "parent": state.parent,
            "url": sound(state.url),
            "authority": state.authority,
            "after": state.after,
            "before": state.before,
            "narrowed": json.dumps(state.narrowed, sort_keys=True),
            "pages": state.pages,
            "rows": state.rows,
            "about": state.about,
            "result": state.result,
        }
        connection.execute(_STATE, {**told, "at": seen_at})
    shown = [
        {"slug": sound(row.slug), "authority": sound(row.authority_slug), "event_at": utc(row.event_at)}
        for row in rows
        if not fingerprints.is_forgotten(connection, row.slug)
    ]
    connection.executemany(_ROW, [{**row, "run": run_id, "at": seen_at} for row in shown])


def fetched(connection: sqlite3.Connection, slug: str, request_id: int) -> None:
    """Tell which request stands behind a slug that lists showed."""
    connection.execute(
        "UPDATE listed SET request_id = ? WHERE slug = ? AND request_id IS NOT ?", [request_id, slug, request_id]
    )
    fingerprints.give_up_slug(connection, slug)


def refused(connection: sqlite3.Connection) -> dict[str, str]:
    """Slugs of requests whose page was refused, and what became of each: refused_by_robots, not_found or hidden."""
    order = list(_FATES)
    found: dict[str, str] = {}
    rows = connection.execute("SELECT url, reason FROM refusals WHERE reason IN ('robots', 'not_found', 'hidden')")
    for url, reason in sorted(rows, key=lambda row: order.index(row[1])):
        slug = _slug(url)
        if slug is not None:
            found[slug] = _FATES[reason]
    return found


def missing(connection: sqlite3.Connection) -> int:
    """How many requests lists showed that are still to be fetched: those not held here whose page was not refused.

    The published ``coverage`` tells the same, authority by authority.
    """
    (waiting,) = connection.execute(f"SELECT count(*) {_MISSING}").fetchone()
    (never,) = connection.execute(
        f"SELECT count(*) {_MISSING} AND slug IN (SELECT value FROM json_each(?))",  # noqa: S608 - likewise
        [json.dumps(list(refused(connection)))],
    ).fetchone()
    return int(waiting - never)


def _slug(url: str) -> str | None:
    """The slug of a request's page in whatever form; ``None`` for a file of it, a number, and anything else."""
    try:
        return None if "/response/" in url else request_reference(url).slug
    except ParseError:
        return None


def take_up(archive: Archive, run_id: int, earlier: Sequence[int]) -> TakenUp:
    """Go on with the lists of stopped runs of the same crawl, which become those of ``run_id``."""
    if not earlier:
        return TakenUp(lists=(), all_planned=False)
    with archive.transaction() as connection:
        marks = json.dumps(list(earlier))
        connection.execute(
            "UPDATE enumerations SET run_id = ?, result = nullif(result, 'failed')"
            " WHERE run_id IN (SELECT value FROM json_each(?))",
            [run_id, marks],
        )
        rows = connection.execute(
            "SELECT authority, after, before, narrowed FROM enumerations WHERE run_id = ? AND result IS NULL"
            " ORDER BY id",
            [run_id],
        ).fetchall()
        begun = connection.execute("SELECT 1 FROM enumerations WHERE run_id = ? LIMIT 1", [run_id]).fetchone()
    planned = tuple(
        Planned(authority=authority, after=after, before=before, narrowed=json.loads(narrowed))
        for authority, after, before, narrowed in rows
    )
    return TakenUp(lists=planned, all_planned=begun is not None)


def shown_by(archive: Archive, runs: Sequence[int]) -> Iterator[str]:
    """Slugs of the requests that the lists of these runs showed, and no later run's."""
    last, chosen = "", json.dumps(list(runs))
    while True:
        found = archive.connection.execute(
            "SELECT slug FROM listed WHERE slug > ? AND slug NOT LIKE '#%'"
            " AND run_id IN (SELECT value FROM json_each(?)) ORDER BY slug LIMIT ?",
            [last, chosen, _PAGE],
        ).fetchall()
        if not found:
            return
        yield from (slug for (slug,) in found)
        last = found[-1][0]


def utc(moment: str | None) -> str | None:
    """A time of the site in UTC, such as ``2026-01-31T09:30:00Z``; ``None`` for what is none with an offset."""
    try:
        read = datetime.fromisoformat(moment or "")
    except ValueError:
        return None
    return written(read) if read.tzinfo else None
