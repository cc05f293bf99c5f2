"""The same rows with plain SQL: every table, index and full-text index of a public database, written anew.

Each table goes into a file of its own that is removed again, so that there need be room for the largest alone; what a
build writes is the same, and so is how: without a journal, in pages of the same size, indexes when the rows are in.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from scraper.publishing.schema.model import quoted
from scraper.publishing.schema.tables_search import SEARCHED
from scraper.publishing.schema.whole import PAGE_SIZE

_CACHE_KIB = 65_536
_TABLES = """
SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\'
"""
_FULL_TEXT = "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'"
_INDEXES = "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?"


@dataclass(kw_only=True)
class Copied:
    """Seconds that it took, of the processor and by the clock; and how many rows there were."""

    processor: float = 0.0
    wall: float = 0.0
    rows: int = 0


def plain_copy(public: Path, folder: Path) -> Copied:
    """Write all rows of ``public`` anew, in ``folder``."""
    copied = Copied()
    with closing(sqlite3.connect(f"{public.as_uri()}?mode=ro", uri=True)) as source:
        tables = source.execute(_TABLES).fetchall()
        indexes = {name: source.execute(_INDEXES, [name]).fetchall() for name, _ in tables}
        full_text = dict(source.execute(_FULL_TEXT).fetchall())
    for name, sql in tables:
        with _target(public, folder, copied) as target:
            target.execute(sql)
            insert = f"INSERT INTO main.{quoted(name)} SELECT * FROM source.{quoted(name)}"  # noqa: S608 - names of ours
            copied.rows += target.execute(insert).rowcount
            for (index,) in indexes[name]:
                target.execute(index)
    for table, view in SEARCHED.items():
        with _target(public, folder, copied) as target:
            target.execute(full_text[f"{table}_fts"])
            words = quoted(view.columns[1][0])
            target.execute(
                f"INSERT INTO main.{quoted(table + '_fts')} (rowid, {words}, marks)"  # noqa: S608 - likewise
                f" SELECT id, {words}, marks FROM source.{quoted(view.name)}"
            )
    return copied


@contextmanager
def _target(public: Path, folder: Path, copied: Copied) -> Iterator[sqlite3.Connection]:
    """An empty database with the source beside it; what is done with it is timed, with bringing it to the disk."""
    path = folder / "plain.db"
    used, begun = time.process_time(), time.perf_counter()
    with closing(sqlite3.connect(path, uri=True, isolation_level=None)) as target:
        for pragma in (
            f"page_size = {PAGE_SIZE}",
            "journal_mode = OFF",
            "synchronous = OFF",
            "locking_mode = EXCLUSIVE",
            f"cache_size = -{_CACHE_KIB}",
        ):
            target.execute(f"PRAGMA {pragma}")
        target.execute("ATTACH ? AS source", [f"{public.as_uri()}?mode=ro"])
        target.execute("BEGIN")
        yield target
        target.execute("COMMIT")
    copied.processor += time.process_time() - used
    copied.wall += time.perf_counter() - begun
    path.unlink()
