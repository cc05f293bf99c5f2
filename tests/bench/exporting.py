"""What ``wdtk export`` takes, beside a plain SELECT of the same columns and rows that does nothing with them."""

import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from scraper.exporting.parts import parts
from scraper.publishing.schema.model import quoted
from tests.bench.archives import Place
from tests.bench.commands import Ran, wdtk
from tests.bench.figures import Figure, Unmeasured

BYTES = {"parquet": 3_500, "csv": 8_000}
"""Of a request in an export without the words of letters, with some to spare."""
SMALL = 20_000
"""Up to here everything is measured thrice."""
_AT_ONCE = 4_096


def figures(place: Place) -> Iterator[Figure | Unmeasured]:
    """Both forms, without the words of letters: time, memory, and what a request takes on the disk."""
    for form, each in BYTES.items():
        if shutil.disk_usage(place.scratch).free < each * place.size + (1 << 30):
            yield Unmeasured(part="export", what=f"export as {form}", size=place.size, why="no room on the disk for it")
        else:
            yield from _form(place, form)


def _form(place: Place, form: str) -> Iterator[Figure]:
    rounds = 3 if place.size <= SMALL else 1
    ran, selected, size = [], [], 0
    for _ in range(rounds):
        selected.append(_selected(place.public))
        with tempfile.TemporaryDirectory(dir=place.scratch) as name:
            ran.append(_export(place, form, Path(name)))
            size = sum(path.stat().st_size for path in Path(name).rglob("*") if path.is_file())
    yield Figure(
        part="export", what=f"export as {form}", size=place.size, unit="s",
        ours=statistics.median(one.processor for one in ran), reference=statistics.median(selected),
        beside="plain SELECT of the same rows", repeats=rounds,
    )  # fmt: skip
    yield Figure(part="export", what=f"{form}, of a request", size=place.size, unit="bytes", ours=size / place.size)
    yield Figure(
        part="memory", what=f"wdtk export --format {form}", size=place.size, unit="MB",
        ours=max(one.memory.largest for one in ran), limit=500.0, repeats=rounds,
    )  # fmt: skip


def _export(place: Place, form: str, folder: Path) -> Ran:
    return wdtk("export", "--format", form, "--public", place.public, folder / "tables", folder=folder)


def _selected(public: Path) -> float:
    """Seconds of the processor in which Python has had every row, in the order in which they lie."""
    begun = time.process_time()
    with closing(sqlite3.connect(f"{public.as_uri()}?mode=ro", uri=True)) as connection:
        for part in parts(with_text=False):
            names = ", ".join(quoted(column.name) for column in part.columns)
            rows = connection.execute(f"SELECT {names} FROM {quoted(part.name)}")  # noqa: S608 - names of the schema
            while rows.fetchmany(_AT_ONCE):
                pass
    return time.process_time() - begun
