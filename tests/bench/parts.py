"""Every part by its name; each is run as a process of its own (``python -m tests.bench.parts NAME``).

So a part that fails, or that the system ends, takes no other with it, and what it measured before is there already. It
writes each figure as a line of JSON as soon as it has it.
"""

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from tests.bench.archives import Place
from tests.bench.figures import PARTS, SIZED, Figure, Part, Unmeasured

Told = Figure | Unmeasured
MODULES: dict[Part, str] = {
    "pages": "pages", "letters": "letters", "pdfs": "pdfs", "office": "office", "scans": "ocr", "files": "files",
    "crawl": "crawl", "freshness": "freshness", "cluster": "cluster", "writes": "writes", "publishing": "publishing",
    "site": "site", "search": "site", "export": "exporting", "memory": "memory",
}  # fmt: skip
"""Where each is: ``figures()``, or ``figures(place)`` of one with a size. Of the site, search is a part."""


def measured(name: Part, place: Place | None) -> Iterator[Told]:
    """What a part tells, one after the other."""
    module = importlib.import_module(f"tests.bench.{MODULES[name]}")
    if name in {"site", "search"} and place is not None:
        figures: Iterator[Figure] = module.figures(place.public, place.size)
        return (figure for figure in figures if name in {"site", figure.part})
    give: Callable[..., Iterator[Told]] = module.figures
    return give(place) if name in SIZED else give()


@click.command()
@click.argument("name", type=click.Choice(PARTS))
@click.option("--size", type=int)
@click.option("--place", "folder", type=click.Path(path_type=Path))
@click.option("--scratch", type=click.Path(path_type=Path))
def main(*, name: Part, size: int | None, folder: Path | None, scratch: Path | None) -> None:
    """Measure one part. When it is told to end it ends what it began first."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    place = Place(size=size, folder=folder, scratch=scratch) if size and folder and scratch else None
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)  # whatever else prints does not come between
        for told in measured(name, place):
            kind = "figure" if isinstance(told, Figure) else "unmeasured"
            out.write(json.dumps({kind: told.to_json()}) + "\n")
            out.flush()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
