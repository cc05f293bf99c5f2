"""What it takes to publish: all of an archive beside the same rows with plain SQL, and then one request in a hundred.

Where there is no room for another public.db beside the one that is there, the full build is the one that made that one,
if ``publish.time`` beside it tells what it took, and nothing is renewed.
"""

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scraper.archive.database import open_archive
from scraper.publishing.making.origin import last_published
from tests.bench.archives import PUBLIC_BYTES, Place, as_if_read, lent
from tests.bench.commands import Ran, wdtk
from tests.bench.figures import Figure, Unmeasured
from tests.bench.plain_copy import Copied, plain_copy

SMALL = 20_000
"""Up to here everything is measured twice."""
LARGEST_TABLE = 0.23
"""Of a public database, with its indexes and what sorting them takes."""
FILES_AT_ONCE = 2.2
"""While a public database is renewed, there are two of them."""
_TOUCH = """
UPDATE messages SET text = text || ' One further word: ' || :word WHERE id IN (
  SELECT max(id) FROM messages WHERE request_id % 100 = :of AND text IS NOT NULL GROUP BY request_id)
"""
_LOOK = "UPDATE requests SET last_checked_at = :at WHERE id % 20 = :of"


def figures(place: Place) -> Iterator[Figure | Unmeasured]:
    """The full build, its memory, and renewing it; or what is told of the build that was made before."""
    room = shutil.disk_usage(place.scratch).free
    if room > FILES_AT_ONCE * PUBLIC_BYTES * place.size + (1 << 30):
        yield from _built(place)
    elif place.public.exists() and (ran := place.published):
        yield from _told(place, ran, room)
    else:
        raise OSError(
            f"There is room for {room / 1e9:.1f} GB, and building and renewing a public.db of {place.size:,} requests "
            f"takes {FILES_AT_ONCE * PUBLIC_BYTES * place.size / 1e9:.1f}. What a build took elsewhere is read from "
            "publish.time beside public.db: what `time -v wdtk publish` tells."
        )


def _told(place: Place, ran: Ran, room: int) -> Iterator[Figure | Unmeasured]:
    yield from _memory(place, "publish", [ran])
    if room > LARGEST_TABLE * place.public.stat().st_size:
        with tempfile.TemporaryDirectory(dir=place.scratch) as name:
            yield from _full(place, [ran], [plain_copy(place.public, Path(name))])
    else:
        why = f"the build took {ran.processor:,.0f} s of the processor, and there is no room to copy its rows beside it"
        yield Unmeasured(part="publishing", what="full build", size=place.size, why=why)
    yield Unmeasured(part="publishing", what="renewal", size=place.size, why="no room for another public.db")


def _built(place: Place) -> Iterator[Figure | Unmeasured]:
    rounds = 2 if place.size <= SMALL else 1
    with lent(place) as archive, tempfile.TemporaryDirectory(dir=place.scratch) as name:
        folder = Path(name)
        public = folder / "public.db"
        as_if_read(archive)
        builds, copies = [], []
        for _ in range(rounds):
            builds.append(_publish(archive, public, "--anew"))
            copies.append(plain_copy(public, folder))
        yield from _full(place, builds, copies)
        yield from _memory(place, "publish", builds)
        whole = statistics.median(one.processor for one in builds)
        for what, looked, limit in (
            ("renewal, one request in a hundred changed", False, 0.1),
            ("the same, and one in twenty looked at again", True, None),
        ):
            renewals = []
            for number in range(rounds):
                _touch(archive, number + 10 * looked, looked=looked)
                renewals.append(_renewed(archive, public))
            yield Figure(
                part="publishing", what=what, size=place.size, unit="s",
                ours=statistics.median(one.processor for one in renewals), reference=whole, beside="the full build",
                limit=limit, of="ratio" if limit else "ours", repeats=rounds,
            )  # fmt: skip
        yield from _memory(place, "publish, renewing", renewals)


def _publish(archive: Path, public: Path, *more: str) -> Ran:
    return wdtk("publish", "--archive", archive, "--public", public, *more, folder=public.parent)


def _renewed(archive: Path, public: Path) -> Ran:
    before = last_published(public)
    ran = _publish(archive, public)
    after = last_published(public)
    if before is None or after is None or before.whole_at != after.whole_at:
        raise AssertionError("It was built as a whole, not renewed: has the program been changed meanwhile?")
    return ran


def _full(place: Place, builds: list[Ran], copies: list[Copied]) -> Iterator[Figure]:
    for clock, name in (("processor", "processor"), ("wall", "clock")):
        yield Figure(
            part="publishing", what=f"full build, by the {name}", size=place.size, unit="s",
            ours=statistics.median(getattr(one, clock) for one in builds),
            reference=statistics.median(getattr(one, clock) for one in copies),
            beside="the same rows with plain SQL", limit=2.0, of="ratio", repeats=len(builds),
        )  # fmt: skip
    yield Figure(
        part="publishing", what="rows that are published", size=place.size, unit="rows", ours=float(copies[0].rows)
    )


def _memory(place: Place, what: str, runs: list[Ran]) -> Iterator[Figure]:
    """At its most; of a build that was told of only that of the largest process is known."""
    largest = max(one.memory.largest for one in runs)
    together = max(one.memory.together for one in runs)
    for name, peak in (("its largest process", largest), ("with its helpers", together)):
        if peak:
            yield Figure(
                part="memory", what=f"wdtk {what}: {name}", size=place.size, unit="MB", ours=peak, limit=500.0,
                repeats=len(runs),
            )  # fmt: skip


def _touch(folder: Path, of: int, *, looked: bool) -> None:
    """Change the last message of one request in a hundred, and read it; look again at one in twenty."""
    with open_archive(folder) as archive, archive.transaction() as connection:
        changed = connection.execute(_TOUCH, {"word": of, "of": of}).rowcount
        if looked:
            connection.execute(_LOOK, {"at": f"2031-01-{of + 1:02}T03:00:00Z", "of": of % 20})
    if not changed:
        raise AssertionError("nothing was changed")
    wdtk("read", "--archive", folder, folder=folder)
