"""How much memory commands take on an archive of some size, and how much room a request takes.

What publishing and export take is measured where their time is. Here a crawl brings 150 requests into the archive from
a site on this machine, ``wdtk read`` reads those few as it does every night, after a run that read everything; then it
asks of every letter whether its reading is stale, as after a change of the program, for half a minute at most; ``wdtk
status`` tells what is there; and the site is served and asked.

Where another version of the parser made the synthetic readings, all are stale, and to read them to the end would take
minutes for ten thousand requests and hours for a million. How much memory a run takes does not change on the way: it
takes up a hundred requests at a time.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from scraper.archive.database import open_archive
from scraper.reading import since
from scraper.standin import running
from tests.bench.archives import Place, as_if_read, lent
from tests.bench.cluster import filled
from tests.bench.commands import Memory, family, watched, wdtk
from tests.bench.figures import Figure
from tests.bench.site_server import served

LIMIT = 500.0
FEW = 150
ALL_SECONDS = 30.0
_HERE = """
UPDATE fetches SET url = 'http://127.0.0.1:1/' WHERE url = (SELECT url FROM fetches WHERE sha256 IS NOT NULL LIMIT 1)
"""
_TOUCH = "INSERT INTO touch SELECT id FROM requests WHERE last_checked_at > ?"
_LENT = "so what was erased may still stand in its log"
"""What a crawl says at its end of an archive that is lent, and so is read by another process all the time."""
_ALARM = "alarm"
"""What the status of an archive ends with in which no run has ended for long."""
_ASKED = (
    "/", "/public/requests", "/public/messages", "/public/citations?_facet=regime", "/search?q=information",
    *(f"/search?{urlencode({'q': words})}" for words in ("council tax", '"section 40"', "school OR hospital")),
)  # fmt: skip


def figures(place: Place) -> Iterator[Figure]:
    """The peak of each command, and the room of both databases."""
    with lent(place) as archive, tempfile.TemporaryDirectory(dir=place.scratch) as name:
        folder = Path(name)
        newest = _newest(archive)
        yield _figure(place, "wdtk crawl", _crawl(archive, folder).largest)
        filled(archive, FEW // 5)
        as_if_read(archive)
        _touch(archive, newest)
        yield from _read(place, archive, folder, "wdtk read")
        _forget_reading(archive)
        yield from _read(place, archive, folder, "wdtk read, all asked about", seconds=ALL_SECONDS)
        status = wdtk("status", "--archive", archive, folder=folder, despite=_ALARM)
        yield _figure(place, "wdtk status", status.memory.largest)
    yield _figure(place, "wdtk serve", _serve(place.public).largest)
    for what, path in (("archive.db", place.archive / "archive.db"), ("public.db", place.public)):
        size = path.stat().st_size / place.size
        yield Figure(part="memory", what=f"{what}, of a request", size=place.size, unit="bytes", ours=size)


def _figure(place: Place, what: str, peak: float) -> Figure:
    return Figure(part="memory", what=what, size=place.size, unit="MB", ours=peak, limit=LIMIT)


def _read(place: Place, archive: Path, folder: Path, what: str, *, seconds: float | None = None) -> Iterator[Figure]:
    memory = wdtk("read", "--archive", archive, folder=folder, seconds=seconds).memory
    yield _figure(place, f"{what}: its largest process", memory.largest)
    yield _figure(place, f"{what}: with its readers", memory.together)


def _newest(archive: Path) -> str:
    """When a request was last looked at."""
    with open_archive(archive) as opened:
        return str(opened.connection.execute("SELECT max(last_checked_at) FROM requests").fetchone()[0])


def _touch(archive: Path, newest: str) -> None:
    """Have the next ``wdtk read`` look at the requests that were looked at later, and at no others.

    The authorities of the site on this machine have the numbers of others here, and give them other names, by which all
    their requests would be looked at.
    """
    with open_archive(archive) as opened, opened.transaction() as connection:
        connection.execute(_TOUCH, [newest])


def _forget_reading(archive: Path) -> None:
    """Have the next ``wdtk read`` not know that anything was read before."""
    with open_archive(archive) as opened, opened.transaction() as connection:
        connection.execute("DELETE FROM about WHERE key = ?", [since.MARK])


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
