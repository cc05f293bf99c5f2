"""What a new body costs to keep for good, beside inserting it into a table and committing that for good."""

import itertools
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from scraper.archive.database import open_archive
from tests.bench.figures import Figure
from tests.bench.turns import ROUNDS, a_piece, in_turns


def figures() -> Iterator[Figure]:
    """Bodies of 4 kB, by the clock, in which the disk has its share."""
    numbers = itertools.count()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(Path(folder) / "a", create=True) as archive,
        closing(sqlite3.connect(Path(folder) / "plain.db", isolation_level=None)) as plain,
    ):
        plain.execute("CREATE TABLE bodies (body BLOB)")
        ours, reference = in_turns(
            a_piece(lambda: len([archive.files.put(body) for body in _bodies(numbers)]), clock=time.perf_counter),
            a_piece(
                lambda: len([plain.execute("INSERT INTO bodies VALUES (?)", [body]) for body in _bodies(numbers)]),
                clock=time.perf_counter,
            ),
        )
    yield Figure(
        part="files", what="a new body into the file store, by the clock", unit="ms", ours=ours, reference=reference,
        beside="INSERT and commit", limit=1.0, of="ratio", repeats=ROUNDS,
    )  # fmt: skip


def _bodies(numbers: Iterator[int]) -> list[bytes]:
    return [f"{next(numbers)} ".encode() * 800 for _ in range(100)]
