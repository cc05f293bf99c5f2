"""Renewing a copy of the last database: only the requests that have changed are published anew.

Rows that say what they said stay where they are, the full-text index included; what is told of all requests is
counted anew, but for families and the largest totals, of which only what the changes reach is made anew. The result has
the same rows as a database built as a whole, and a test holds it to that.
"""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from heapq import merge
from pathlib import Path
from typing import Any

from scraper.publishing.families import renewed as families
from scraper.publishing.ids import Ids
from scraper.publishing.making import looks, reindexing
from scraper.publishing.making.build import Built, Filler, Making, Teller, opened
from scraper.publishing.request.prepare import Prepared
from scraper.publishing.returns import filled as returns
from scraper.publishing.schema import tables_search, whole
from scraper.publishing.schema.columns import COLUMNS, INSERTS
from scraper.publishing.schema.model import quoted
from scraper.publishing.schema.whole import TABLES_OF_A_REQUEST
from scraper.publishing.totals import uses

_OF_READINGS = frozenset({"signals"})
"""Tables whose rows name a reading and no request."""
_IN_TURN = sorted(TABLES_OF_A_REQUEST, key=lambda name: name not in _OF_READINGS)
"""First those whose rows are found by their readings."""
_WAITING = "SELECT request_id, sha256 FROM attachments WHERE held_back = 'spreadsheet'"
_SEEN = "SELECT first_seen_at FROM files WHERE sha256 = ?"
_ADD = """
SELECT id FROM temp.wanted WHERE id IN (SELECT id FROM temp.changed) OR id NOT IN (SELECT id FROM main.requests)
ORDER BY id
"""
_REMOVE = "SELECT id FROM main.requests WHERE id NOT IN (SELECT id FROM temp.wanted) ORDER BY id"
_TOUCHED = "SELECT request_id FROM touched WHERE number > ?"
_FIXED = frozenset(
    {"provisions", *TABLES_OF_A_REQUEST, tables_search.SEARCH_MARKS.name, *returns.KEPT, *uses.KEPT, *families.KEPT}
)
"""Tables that are the same for every archive, told request by request, or renewed in part."""
_FREE = (
    "UPDATE main.requests SET slug = '#' || id || ' until it is renewed' WHERE id IN (SELECT value FROM json_each(?))"
)
_RENEWED = "SELECT id FROM temp.renewed"
_BATCH = 200
"""Requests whose words are held while they are indexed anew."""


@dataclass(frozen=True, kw_only=True)
class Renewal:
    """What a renewal has to do."""

    add: Sequence[int]
    """Requests to be published anew, in order."""
    remove: Sequence[int]
    """Requests that leave, in order; none of the others."""

    @cached_property
    def all(self) -> Sequence[int]:
        """Every request that has something to do with it, in order."""
        return array("q", merge(self.add, self.remove))


def renewal(making: Making, public: sqlite3.Connection, wanted: Iterable[int], *, since: int) -> Renewal:
    """Which requests differ from those in ``public``, which has the archive's changes up to ``since``.

    Those that could not be published before are tried again. Those that were merely looked at are in ``temp.looked``.
    """
    archive = making.archive.connection
    public.execute("CREATE TEMP TABLE wanted (id INTEGER PRIMARY KEY)")
    public.execute("CREATE TEMP TABLE changed (id INTEGER PRIMARY KEY)")
    public.executemany("INSERT INTO temp.wanted VALUES (?)", ((identity,) for identity in wanted))
    public.executemany("INSERT INTO temp.changed VALUES (?)", archive.execute(_TOUCHED, [since]))
    public.executemany("INSERT OR IGNORE INTO temp.changed VALUES (?)", _over(making, public))
    looks.gather(public, archive, since=since)
    add, remove = (array("q", (identity for (identity,) in public.execute(statement))) for statement in (_ADD, _REMOVE))
    for table in ("wanted", "changed"):
        public.execute(f"DROP TABLE temp.{table}")
    return Renewal(add=add, remove=remove)


def _over(making: Making, public: sqlite3.Connection) -> Iterator[tuple[int]]:
    """Requests with a spreadsheet whose days are over now, so that nothing need have changed in the archive."""
    task = making.task
    latest = (task.on - timedelta(days=task.policy.spreadsheets_after_days)).isoformat()
    for request_id, sha256 in public.execute(_WAITING):
        first = making.archive.connection.execute(_SEEN, [sha256]).fetchone()
        if first is None or first[0][:10] <= latest:
            yield (request_id,)


def renew(path: Path, making: Making, *, since: int, progress: Teller) -> tuple[Built, Renewal]:
    """Bring the copy at ``path``, which has the archive's changes up to ``since``, to what the archive holds now."""
    with opened(path) as connection:
        filler = Filler(connection, making)
        work = renewal(making, connection, filler.preparer.threads.published, since=since)
        _renew(connection, filler, work, progress)
    return filler.built, work


def _renew(connection: sqlite3.Connection, filler: Filler, work: Renewal, progress: Teller) -> None:
    connection.execute("BEGIN")
    returns.keep(connection)
    for kept in (uses, families):
        kept.keep(connection, work.all)
    connection.execute("CREATE TEMP TABLE renewed (id INTEGER PRIMARY KEY)")
    connection.execute(_FREE, [json.dumps([*work.all])])  # a request may have taken the slug of another
    looks.write(connection)
    words_lost: set[str] = set()
    add = Ids(work.add)
    prepared = filler.preparer.each(work.add)
    progress.begin("Requests", len(work.all))
    for first in range(0, len(work.all), _BATCH):
        batch = work.all[first : first + _BATCH]
        connection.execute("DELETE FROM temp.renewed")
        connection.executemany("INSERT INTO temp.renewed VALUES (?)", [(identity,) for identity in batch])
        before = reindexing.indexed(connection)
        for identity in batch:
            _write(connection, _published(filler, next(prepared)) if identity in add else Prepared(request_id=identity))
            progress.step()
        tables_search.fill(connection, only=_RENEWED)
        words_lost |= reindexing.reindex(connection, before, reindexing.indexed(connection))
    progress.end()
    connection.execute("DROP TABLE temp.renewed")
    _empty(connection)
    filler.finish()
    reindexing.forget(connection, words_lost)
    connection.execute("COMMIT")


def _published(filler: Filler, prepared: Prepared) -> Prepared:
    return prepared if filler.publishes(prepared) else Prepared(request_id=prepared.request_id)


def _empty(connection: sqlite3.Connection) -> None:
    """Take out what is told of all requests."""
    for table in whole.TABLES:
        if table.name not in _FIXED:
            connection.execute(f"DELETE FROM main.{quoted(table.name)}")  # noqa: S608 - names of the schema


def _write(connection: sqlite3.Connection, prepared: Prepared) -> None:
    """Make the rows of a request exactly these."""
    for table in _IN_TURN:
        _replace(connection, table, prepared.request_id, prepared.tables.get(table, []))


def _replace(connection: sqlite3.Connection, table: str, request: int, rows: list[tuple[Any, ...]]) -> None:
    """Leave the rows where they are the same, and put all of them in anew, in their order, where one is not."""
    held = connection.execute(_HELD[table], [request]).fetchall()
    if held != rows:
        connection.execute(_DELETES[table], [request])
        connection.executemany(INSERTS[table], rows)


def _of(table: str) -> str:
    if table in _OF_READINGS:
        return "source IN (SELECT source FROM readings WHERE request_id = ?)"
    return "id = ?" if table == "requests" else "request_id = ?"


def _held(table: str) -> str:
    columns = ", ".join(map(quoted, COLUMNS[table]))
    return f"SELECT {columns} FROM {quoted(table)} WHERE {_of(table)} ORDER BY rowid"  # noqa: S608 - names of the schema


_HELD = {table: _held(table) for table in TABLES_OF_A_REQUEST}
_DELETES = {table: f"DELETE FROM {quoted(table)} WHERE {_of(table)}" for table in TABLES_OF_A_REQUEST}  # noqa: S608 - names of the schema
