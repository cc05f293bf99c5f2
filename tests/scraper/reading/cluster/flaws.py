"""What is wrong with a worker: ``dask worker --preload flaws.py NAME``."""

import sys
from functools import partial
from pathlib import Path

import click

import scraper
from scraper.reading.cluster import described, on_worker
from scraper.reading.pool import ReaderPool

CHILD = str(Path(scraper.__file__).parents[1] / "tests/scraper/reading/misbehaving_child.py")
"""Dask runs a copy of this file from a folder of its own."""


@click.command()
@click.argument("flaw", type=click.Choice(["old", "unlimited"]))
def dask_setup(worker: object, flaw: str) -> None:  # noqa: ARG001 - Dask's signature
    if flaw == "old":
        vars(described)["READER_VERSION"] = "0"
    else:
        vars(on_worker)["ReaderPool"] = partial(ReaderPool, command=(sys.executable, "-P", CHILD, "no_limit"))
