"""Who reads for ``wdtk read``: the processors of this machine, or the workers of a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from scraper.errors import WdtkError

if TYPE_CHECKING:
    from scraper.archive.database import Archive
    from scraper.reading.ocr import Engine
    from scraper.reading.work import Crew

SAMPLES = "SELECT sha256 FROM attachments WHERE state = 'file' AND sha256 IS NOT NULL LIMIT 50"
FEW = 3
WAIT_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Place:
    """A cluster as it was named."""

    address: str
    files: str | None
    wait_seconds: float


def named(address: str | None, files: str | None, wait: float | None, workers: int | None) -> Place | None:
    """The cluster that the options name, if they do; ``UsageError`` where they do not go together."""
    if address is None:
        if files is not None or wait is not None:
            raise click.UsageError("--files and --wait are for reading with --cluster.")
        return None
    if workers is not None:
        raise click.UsageError("--workers is for reading on this machine; with --cluster its own workers count.")
    missing = [name for name in ("dask", "distributed", "fsspec") if find_spec(name) is None]
    if missing:
        raise WdtkError(
            f"Reading on a cluster needs {' and '.join(missing)}: `.venv/bin/pip install -e '.[cluster]'` here and on "
            "every machine of the cluster, then run the command again."
        )
    return Place(address=address, files=files, wait_seconds=WAIT_SECONDS if wait is None else wait)


@contextmanager
def readers(
    place: Place | None, archive: "Archive", *, workers: int | None, engine: "Engine | None", unread: str
) -> "Iterator[Crew]":
    """The readers, until the block ends; ``WdtkError`` where there are none."""
    from scraper.reading.pool import ReaderPool  # noqa: PLC0415 - keeps `wdtk --help` quick
    from scraper.reading.run import default_workers  # noqa: PLC0415
    from scraper.reading.work import pool_crew  # noqa: PLC0415

    number = 1 if place else workers or default_workers()
    with ReaderPool(number, engine=engine, unread=unread) as pool:
        if place is None:
            with pool_crew(pool, archive.files) as crew:
                yield crew
            return
        from scraper.reading.cluster.connect import cluster_crew  # noqa: PLC0415 - imports Dask

        with cluster_crew(
            place.address, archive.files, pool=pool, url=place.files, samples=_samples(archive), unread=unread,
            wait_seconds=place.wait_seconds,
        ) as workers_there:  # fmt: skip
            yield workers_there


def _samples(archive: "Archive") -> list[str]:
    """Files that are here and must therefore be where the workers look; any, where the archive's are elsewhere."""
    known = [sha256 for (sha256,) in archive.connection.execute(SAMPLES)]
    return ([sha256 for sha256 in known if archive.files.has(sha256)] or known)[:FEW]
