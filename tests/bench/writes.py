"""What it takes to write requests into an archive of some size, beside the same rows with ``executemany``.

Ours is the write path of the crawl, from records to the disk, with the bytes of pages and files. The reference puts the
rows that came of it into the same tables, with the same indexes and triggers, where they are empty: how much a large
archive slows writing down is in the ratio.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scraper.archive import runs
from scraper.archive.database import Archive, open_archive
from scraper.publishing.schema.model import quoted
from scraper.standin.world import World
from scraper.storing.store import Store
from tests.bench.archives import Place, lent
from tests.bench.figures import Figure
from tests.synthetic.direct import Direct

REQUESTS = 120
ROUNDS = 3
BASE = "https://synthetic.example"
Rows = dict[str, list[tuple[Any, ...]]]
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE ?"
_OF_EVERY_ARCHIVE = ("about", "_sqlite_migrations", "touches", "touched")


def figures(place: Place) -> Iterator[Figure]:
    """Requests of the stand-in that the archive does not have yet."""
    with tempfile.TemporaryDirectory(dir=place.scratch) as name:
        folder = Path(name)
        items = _items(folder / "first")
        rows = _rows(folder / "first")
        ours, plain = [], []
        for number in range(ROUNDS):
            with lent(place) as archive:
                ours.append(_stored(archive, items))
            plain.append(_inserted(folder / f"plain-{number}", rows))
    count = sum(map(len, rows.values()))
    for clock, which in (("processor", 0), ("clock", 1)):
        yield Figure(
            part="writes", what=f"rows written by the {clock}", size=place.size, unit="a second",
            ours=count / statistics.median(one[which] for one in ours),
            reference=count / statistics.median(one[which] for one in plain),
            beside="executemany into empty tables", repeats=ROUNDS,
        )  # fmt: skip


def _items(folder: Path) -> list[Any]:
    """What a crawl gives to the store, and all of it stored in a new archive."""
    with open_archive(folder, create=True) as archive:
        items = list(Direct(archive, World(seed=7, requests=REQUESTS), base=BASE)._items())
        _stored_in(archive, items)
    return items


def _rows(folder: Path) -> Rows:
    with open_archive(folder) as archive:
        names = [name for (name,) in archive.connection.execute(_TABLES, ["sqlite%"]) if name not in _OF_EVERY_ARCHIVE]
        return {name: archive.connection.execute(f"SELECT * FROM {quoted(name)}").fetchall() for name in names}  # noqa: S608 - names of ours


def _stored(folder: Path, items: list[Any]) -> tuple[float, float]:
    with open_archive(folder) as archive:
        used, begun = time.process_time(), time.perf_counter()
        _stored_in(archive, items)
        return time.process_time() - used, time.perf_counter() - begun


def _stored_in(archive: Archive, items: list[Any]) -> None:
    with runs.run(archive, "crawl", {"site": BASE, "all": True}) as run:
        store = Store(archive, run.id)
        for item in items:
            store.store(item)


def _inserted(folder: Path, rows: Rows) -> tuple[float, float]:
    with open_archive(folder, create=True) as archive:
        archive.connection.execute("PRAGMA foreign_keys = OFF")
        used, begun = time.process_time(), time.perf_counter()
        with archive.transaction() as connection:
            for name, values in rows.items():
                if values:
                    places = ", ".join("?" * len(values[0]))
                    connection.executemany(f"INSERT INTO {quoted(name)} VALUES ({places})", values)  # noqa: S608 - likewise
        return time.process_time() - used, time.perf_counter() - begun
