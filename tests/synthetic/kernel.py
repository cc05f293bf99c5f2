"""The small archive whose threads are copied: made by the crawl's own write path and ``wdtk read``'s own readers.

It is made in a process of its own (``python -m tests.synthetic.kernel``), so that its memory is given back.
"""

import subprocess
import sys
from pathlib import Path

from scraper.archive.database import open_archive
from scraper.reading.run import read_archive
from scraper.standin.world import World
from tests.synthetic.direct import Direct
from tests.synthetic.ledger import SITE


def make_kernel(folder: Path, *, seed: int, requests: int, target: Path) -> None:
    """Fill a new archive with the stand-in's world of that seed and size, and read its letters.

    ``target`` is where an empty archive is made beside it: what makes tables takes much memory too.
    """
    command = [sys.executable, "-m", "tests.synthetic.kernel", str(folder), str(seed), str(requests), str(target)]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])


def _main(folder: str, seed: str, requests: str, target: str) -> None:
    open_archive(Path(target), create=True).close()
    with open_archive(Path(folder), create=True) as archive:
        Direct(archive, World(seed=int(seed), requests=int(requests)), base=SITE).crawl()
        read_archive(archive, workers=1)


if __name__ == "__main__":
    _main(*sys.argv[1:])
