"""Whether the archive and the published database are whole, and whether nothing of what was erased is left in them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from scraper.archive.database import Archive
from scraper.archive.errors import ArchiveError
from scraper.archive.times import now
from scraper.counts import count_of
from scraper.errors import WdtkError
from scraper.removals import remains
from scraper.removals.erase import overwrite_leftovers
from scraper.removals.release import without_a_row
from scraper.removals.scan import scan

_SHOWN = 10
_PROMISE = timedelta(hours=4)
"""From the confirmation of a removal to its end."""
_LEAST_AT_ONCE = 20_000
"""Bodies that are looked at in any case: an archive with fewer is looked at whole each time."""
_ALL = 256
_PLACE = "bodies_verified"
"""Row of ``about``: the first byte of the SHA-256 of the bodies whose turn is next."""
_BODIES = "FROM files WHERE sha256 >= ? AND sha256 < ?"
_UNERASED = """
SELECT subject, confirmed_at FROM withdrawals WHERE confirmed_at IS NOT NULL AND erased_at IS NULL ORDER BY subject
"""
_FULL_TEXT = """
SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%' ORDER BY name
"""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one check found."""

    name: str
    problems: tuple[str, ...]
    """Sentences, the first few; empty where all is well."""


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What is looked at."""

    archive: Archive
    public: Path | None
    """``None`` where nothing is published."""
    bodies: range
    """First bytes of the SHA-256 of the bodies that are looked at: 256 are all."""


Check = Callable[[Verified], Iterator[str]]


def verify(archive: Archive, public: Path | None, *, nights: int = 1) -> list[Result]:
    """Every check, as ``verified`` makes them."""
    return list(verified(archive, public, nights=nights))


def verified(archive: Archive, public: Path | None, *, nights: int = 1) -> Iterator[Result]:
    """Every check in turn, as it ends; a check that cannot be made is a problem of its own.

    Of the stored bodies one part in ``nights`` is looked at, and the next part when this is next called.
    """
    looked_at = Verified(archive=archive, public=public, bodies=_turn(archive, nights))
    for check in CHECKS:
        yield Result(name=check.__name__.replace("_", " "), problems=tuple(_sentences(check, looked_at)))
    if len(looked_at.bodies) < _ALL:
        with archive.transaction() as connection:
            place = [_PLACE, str(looked_at.bodies.stop % _ALL)]
            connection.execute("INSERT OR REPLACE INTO about (key, value) VALUES (?, ?)", place)


def _turn(archive: Archive, nights: int) -> range:
    """The part of the bodies whose turn it is, of ``_LEAST_AT_ONCE`` at least as far as there are so many."""
    (total,) = archive.connection.execute("SELECT count(*) FROM files").fetchone()
    parts = min(nights, total // _LEAST_AT_ONCE)
    if parts <= 1:
        return range(_ALL)
    row = archive.connection.execute("SELECT value FROM about WHERE key = ?", [_PLACE]).fetchone()
    start = int(row[0]) if row else 0
    return range(start, min(_ALL, start + -(-_ALL // parts)))


def _bounds(bodies: range) -> list[str]:
    """The SHA-256 of these bodies are at or above the first, and below the second."""
    return [f"{bodies.start:02x}", f"{bodies.stop:02x}" if bodies.stop < _ALL else "g"]


def _sentences(check: Check, looked_at: Verified) -> Iterator[str]:
    try:
        found = list(islice(check(looked_at), _SHOWN + 1))
    except (WdtkError, sqlite3.DatabaseError) as error:
        found = [f"This could not be looked at: {error}"]
    yield from found[:_SHOWN]
    if len(found) > _SHOWN:
        yield "There are more."


def stored_files(looked_at: Verified) -> Iterator[str]:
    """Every file that a row names is there, with the bytes of its name."""
    archive = looked_at.archive
    rows = archive.connection.execute(f"SELECT sha256, size {_BODIES} ORDER BY sha256", _bounds(looked_at.bodies))
    for sha256, size in rows:
        try:
            stored = archive.files.get(sha256)
        except ArchiveError as error:
            yield str(error)
        else:
            if len(stored) != size:
                yield f"{archive.files.path(sha256)} has {count_of(len(stored), 'byte')}, and its row says {size:,}."


def files_without_a_row(looked_at: Verified) -> Iterator[str]:
    """Nothing lies in files/ that no row names, nor is on its way out."""
    archive = looked_at.archive
    for sha256 in without_a_row(archive, looked_at.bodies):
        yield f"{archive.files.path(sha256)} belongs to no row. The next `wdtk crawl` or `wdtk update` removes it."
    for path in archive.files.folder.glob(".*.tmp"):
        yield f"{path} was left half written. It goes when the archive is next opened by one process alone."


def database(looked_at: Verified) -> Iterator[str]:
    """archive.db is sound, and every reference in it leads to a row."""
    yield from _sound(looked_at.archive.connection, "archive.db")


def published_database(looked_at: Verified) -> Iterator[str]:
    """public.db is sound, every reference in it leads to a row, and its full-text indexes are those of its rows."""
    if looked_at.public is None:
        return
    with closing(sqlite3.connect(looked_at.public, isolation_level=None)) as connection:
        yield from _sound(connection, looked_at.public.name)
        for (name,) in connection.execute(_FULL_TEXT).fetchall():
            index = '"' + name.replace('"', '""') + '"'
            try:
                connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - quoted
            except sqlite3.DatabaseError as error:
                yield f"The full-text index {name} does not fit its rows ({error}). Run `wdtk publish`."


def _sound(connection: sqlite3.Connection, name: str) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield f"{name} is damaged: {line}. Restore it from a backup."
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {rowid} of {table} in {name} points to no row of {parent}."


def sources(looked_at: Verified) -> Iterator[str]:
    """What was read or had has what it was made from."""
    yield from remains.without_source(looked_at.archive.connection)


def superseded_answers(looked_at: Verified) -> Iterator[str]:
    """Of each address only the newest answer's body is kept, and that of which rows are made; and none in vain."""
    yield from remains.superseded(looked_at.archive.connection)


def removals(looked_at: Verified) -> Iterator[str]:
    """What is confirmed as removed is erased within four hours."""
    late = datetime.fromisoformat(now()) - _PROMISE
    for subject, confirmed_at in looked_at.archive.connection.execute(_UNERASED):
        if datetime.fromisoformat(confirmed_at) < late:
            yield f"{subject} was confirmed as removed at {confirmed_at} and is not erased. Run `wdtk update`."


def tombstones(looked_at: Verified) -> Iterator[str]:
    """Nothing has a row any more, here or in public.db, that a tombstone says is erased."""
    connection = looked_at.archive.connection
    yield from remains.of_erased(connection)
    if looked_at.public is not None:
        with closing(sqlite3.connect(f"{looked_at.public.resolve().as_uri()}?mode=ro", uri=True)) as public:
            yield from remains.published(connection, public)


def freed_space(looked_at: Verified) -> Iterator[str]:
    """No byte of a word stands in archive.db, its log or public.db outside the rows that are there.

    What rows that were moved have left between the rows of archive.db, as any writing does, is overwritten first.
    """
    archive = looked_at.archive
    here = overwrite_leftovers(archive).left
    there = scan(looked_at.public).left if looked_at.public else {}
    for path, left, mend in ((archive.path, here, _MEND), (looked_at.public, there, _PUBLISH)):
        for what, number in sorted(left.items()):
            yield f"{path} holds words in {count_of(number, 'place')} that belong to no row ({what}). {mend}"


_MEND = "Stop whatever else has the archive open, then run this again."
_PUBLISH = "`wdtk publish` builds it anew."
CHECKS: tuple[Check, ...] = (
    stored_files,
    files_without_a_row,
    database,
    published_database,
    sources,
    superseded_answers,
    removals,
    tombstones,
    freed_space,
)
