"""How much memory commands take on an archive of some size, and how much room a request takes.

What publishing and export take is measured where their time is. Here a crawl brings 150 requests into the archive from
a site on this machine, ``wdtk read`` finds among all files the few that are new, and the site is served and asked.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from scraper.archive.database import open_archive
from scraper.standin import running
from tests.bench.archives import Place, lent
from tests.bench.cluster import filled
from tests.bench.commands import Memory, family, watched, wdtk
from tests.bench.figures import Figure
from tests.bench.site_server import served

LIMIT = 500.0
FEW = 150
_HERE = """
UPDATE fetches SET url = 'http://127.0.0.1:1/' WHERE url = (SELECT url FROM fetches WHERE sha256 IS NOT NULL LIMIT 1)
"""
_LENT = "so what was erased may still stand in its log"
"""What a crawl says at its end of an archive that is lent, and so is read by another process all the time."""
_ASKED = (
    "/", "/public/requests", "/public/messages", "/public/citations?_facet=regime", "/search?q=information",
    *(f"/search?{urlencode({'q': words})}" for words in ("council tax", '"section 40"', "school OR hospital")),
)  # fmt: skip


def figures(place: Place) -> Iterator[Figure]:
    """The peak of each command, and the room of both databases."""
    with lent(place) as archive, tempfile.TemporaryDirectory(dir=place.scratch) as name:
        folder = Path(name)
        yield _figure(place, "wdtk crawl", _crawl(archive, folder).largest)
        filled(archive, FEW // 5)
        read = wdtk("read", "--archive", archive, folder=folder).memory
        yield _figure(place, "wdtk read: its largest process", read.largest)
        yield _figure(place, "wdtk read: with its readers", read.together)
    yield _figure(place, "wdtk serve", _serve(place.public).largest)
    for what, path in (("archive.db", place.archive / "archive.db"), ("public.db", place.public)):
        size = path.stat().st_size / place.size
        yield Figure(part="memory", what=f"{what}, of a request", size=place.size, unit="bytes", ours=size)


def _figure(place: Place, what: str, peak: float) -> Figure:
    return Figure(part="memory", what=what, size=place.size, unit="MB", ours=peak, limit=LIMIT)


def _crawl(archive: Path, folder: Path) -> Memory:
    """An archive is of one site, but copies of sites on this machine may follow one another: so it becomes one."""
    with open_archive(archive) as opened:
        opened.connection.execute(_HERE)
    with running(requests=FEW + 50) as base:
        arguments = ("--site", base, "--all", "--limit", FEW, "--archive", archive)
        return wdtk("crawl", *arguments, folder=folder, despite=_LENT).memory


def _serve(public: Path) -> Memory:
    with served(public) as server, watched(family(os.getpid())[1]) as memory:
        for address in _ASKED:
            server.ask(address)
    return memory
