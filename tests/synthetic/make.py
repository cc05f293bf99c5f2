"""Makes a synthetic archive: a small one the honest way, then copies of its threads in bulk."""

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from scraper.archive.database import Archive, open_archive
from scraper.errors import WdtkError
from scraper.reading.letters import Letter, candidates
from tests.synthetic.bulk import Bulk, filling
from tests.synthetic.copying import FIRST_REQUEST, Copier
from tests.synthetic.extras import surely_nothing
from tests.synthetic.history import authorities, history
from tests.synthetic.kernel import make_kernel
from tests.synthetic.ledger import Ledger
from tests.synthetic.pattern import Pattern, patterns
from tests.synthetic.site import Planner
from tests.synthetic.threadform import Former, ThreadForm
from tests.synthetic.vocabulary import Vocabulary

KERNEL = 800
"""Requests of the stand-in whose threads are copied."""
AT_ONCE = 60
"""Copies that are written together."""
ROW_BYTES, FILE_BYTES = 32_000, 4 * 4_096
"""Of a request: what its rows take in archive.db, and its files where all are written (``tests.synthetic``)."""
Tell = Callable[[str], None]


@dataclass(kw_only=True)
class Made:
    """What was made."""

    requests: int
    rows: dict[str, int] = field(default_factory=dict)
    bytes: int = 0
    """Of archive.db."""
    seconds: float = 0.0
    """Of the copying, by the clock."""
    processor: float = 0.0
    """Of the copying, by the processor."""
    unproven: int = 0


def make(
    folder: Path, requests: int, *, seed: int = 1, kernel: int = KERNEL, all_bytes: bool = True, tell: Tell = print
) -> Made:
    """Make the archive in ``folder``, which must not have one yet.

    ``kernel`` is how many threads of the stand-in are copied. Where ``all_bytes`` is false, the files of letters are
    not written, only what publishing opens: then ``wdtk verify`` says of each that it is missing. The same arguments
    make the same rows. Raises WdtkError where there is no room, or an archive already.
    """
    check_room(folder, requests, all_bytes=all_bytes)
    with tempfile.TemporaryDirectory(prefix=".kernel-", dir=folder) as name:
        place = Path(name).absolute()
        tell(f"Living through {kernel:,} requests and reading their letters.")
        make_kernel(place, seed=seed, requests=kernel, target=folder.absolute())
        with open_archive(place) as archive:
            vocabulary = Vocabulary(seed)
            forms = threads(archive, vocabulary)
            return _copied(_Job(folder, requests, seed, all_bytes, tell), archive, forms, vocabulary)


def check_room(folder: Path, requests: int, *, all_bytes: bool) -> int:
    """How many bytes the archive will take; WdtkError where the disk has less, or where an archive is there."""
    if (folder / "archive.db").exists():
        raise WdtkError(f"There is an archive in {folder} already. Remove it, or name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    needed = size(requests, all_bytes=all_bytes)
    free = shutil.disk_usage(folder).free
    if free < needed * 1.1:
        raise WdtkError(
            f"An archive of {requests:,} requests takes about {needed / 1e9:.1f} GB, and {folder} has room for "
            f"{free / 1e9:.1f} GB. Make room, or ask for fewer."
        )
    return needed


def size(requests: int, *, all_bytes: bool) -> int:
    """About how many bytes an archive of so many requests takes."""
    return 30_000_000 + requests * (ROW_BYTES + (FILE_BYTES if all_bytes else 800))


def threads(archive: Archive, vocabulary: Vocabulary) -> list[ThreadForm]:
    """The forms of all threads of an archive that was read."""
    if not surely_nothing(vocabulary):
        raise AssertionError("the words of the vocabulary say something to the reader of letters")
    by_request: dict[int, dict[str, Letter]] = {}
    for letter, _ in candidates(archive.connection):
        by_request.setdefault(letter.request_id, {})[letter.source] = letter
    return [Former(one, by_request.get(one.id, {}), vocabulary).form() for one in _usual(patterns(archive))]


def _usual(found: Iterable[Pattern]) -> list[Pattern]:
    return [one for one in found if one.events and one.messages]


@dataclass(frozen=True)
class _Job:
    folder: Path
    requests: int
    seed: int
    all_bytes: bool
    tell: Tell


def _copied(job: _Job, kernel: Archive, forms: list[ThreadForm], vocabulary: Vocabulary) -> Made:
    began, processor = time.monotonic(), time.process_time()
    made = Made(requests=job.requests, unproven=sum(form.unproven for form in forms))
    found = [form.pattern for form in forms]
    files = job.folder / "files"
    ledger = Ledger(job.seed, job.requests, files, all_bytes=job.all_bytes)
    planner = Planner(job.seed, job.requests, found, vocabulary)
    copier = Copier(job.seed, forms, vocabulary, ledger)
    with filling(job.folder) as bulk:
        asked = _copy_all(job, planner, copier, bulk)
        for rows in authorities(planner.bodies, found, asked):
            bulk.write(rows)
        for rows in history(job.seed, job.requests, planner.bodies, FIRST_REQUEST, vocabulary):
            bulk.write(rows)
        for sha256 in bulk.take_over(kernel.path, ledger.used):
            target = files / sha256[:2] / kernel.files.path(sha256).name
            target.write_bytes(kernel.files.path(sha256).read_bytes())
        made.rows = bulk.written
        job.tell("Making the indexes.")
    made.seconds, made.processor = time.monotonic() - began, time.process_time() - processor
    made.bytes = (job.folder / "archive.db").stat().st_size
    return made


def _copy_all(job: _Job, planner: Planner, copier: Copier, bulk: Bulk) -> dict[int, int]:
    """Write all copies; gives how often each authority was asked."""
    asked: Counter[int] = Counter()
    began = time.monotonic()
    for number in range(job.requests):
        plan = planner.plan(number)
        asked[plan.body.id] += 1
        copier.copy(plan)
        if number % AT_ONCE == AT_ONCE - 1:
            bulk.write(copier.rows)
        if number % 50_000 == 49_999:
            rate = (number + 1) / (time.monotonic() - began)
            job.tell(f"{number + 1:,} of {job.requests:,} requests, {rate:,.0f} a second.")
    bulk.write(copier.rows)
    return dict(asked)
