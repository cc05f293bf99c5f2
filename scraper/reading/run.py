"""``wdtk read``: documents to text, then texts to readings, for all that is new or stale.

Each document and each reading is stored in one transaction, on a cluster some together, and what is there already is
skipped, so a run that was stopped or killed at any moment goes on where it was, and ends with the same rows. One
process writes, whoever reads; and however large the archive is, little of it is held in memory at a time.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from parsers.documents.read import READER_VERSION
from parsers.letters.records import Reading
from scraper.archive.database import Archive
from scraper.archive.parts import store_parts
from scraper.reading import letters, probing, since, taken
from scraper.reading.inside import parts_to_read
from scraper.reading.limits import Limits
from scraper.reading.ocr import INSTALL, Engine
from scraper.reading.pool import ReaderPool
from scraper.reading.progress import Progress
from scraper.reading.store import store_document, store_reading
from scraper.reading.work import Crew, FileTask, LetterTask, ProbeTask, pool_crew

ATTACHED = "SELECT DISTINCT sha256 FROM attachments WHERE sha256 IS NOT NULL"
"""From an index, in the order in which documents lie too."""
CHANGED = """
SELECT DISTINCT a.sha256 FROM temp.changed AS c CROSS JOIN messages AS m ON m.request_id = c.request_id
  CROSS JOIN attachments AS a ON a.message_id = m.id
WHERE a.sha256 IS NOT NULL
"""
STALE = """
INSERT INTO temp.to_read
SELECT found.sha256 FROM ({found}) AS found LEFT JOIN documents AS d ON d.sha256 = found.sha256
WHERE ? OR d.reader_version IS NOT ? OR (? AND d.pages_unrecognised > 0)
"""
"""Of these, what is new or stale."""
NEXT = """
SELECT t.sha256, min(a.name) FROM temp.to_read AS t CROSS JOIN attachments AS a ON a.sha256 = t.sha256
WHERE t.sha256 > ? AND a.state = 'file' GROUP BY t.sha256 ORDER BY t.sha256 LIMIT ?
"""
TOGETHER = 1_000


def default_workers() -> int:
    """As many as the processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def read_archive(
    archive: Archive,
    *,
    again: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
    counts: Counter[str] | None = None,
    engine: Engine | None = None,
    unread: str = INSTALL,
) -> Counter[str]:
    """Read every stored file and every letter that is new or stale; ``again`` takes up the others too.

    With an ``engine`` words in pictures are read as well, also of files that were read when there was none; without
    one ``unread`` says why and what to do. The engine ends with the run.

    Gives how many documents came to each status (``documents read``, ``documents encrypted``, ...), how many
    letters were read, were unchanged, or cost their process, and how many stored files were missing or damaged;
    in ``counts`` where it is given, as the work goes on.
    """
    with (
        ReaderPool(workers or default_workers(), limits, engine=engine, unread=unread) as pool,
        pool_crew(pool, archive.files) as crew,
    ):
        return read_by(crew, archive, again=again, progress=progress, counts=counts)


def read_by(
    crew: Crew,
    archive: Archive,
    *,
    again: bool = False,
    progress: Progress | None = None,
    counts: Counter[str] | None = None,
) -> Counter[str]:
    """The same by readers that are there already and stay."""
    counts = Counter() if counts is None else counts
    connection, with_engine = archive.connection, crew.with_engine
    looked_at = since.span(connection, again=again, with_engine=with_engine)
    work = _Work(
        archive=archive, crew=crew, progress=progress or Progress(), counts=counts, again=again, looked_at=looked_at
    )
    for stage in (_read_documents, _probe_documents, _read_letters):
        since.gather(connection, looked_at)
        stage(work)
    if not work.lacking.total():  # what could not be had is asked for by the next run
        with archive.transaction():
            since.finish(connection, looked_at)
    return counts


@dataclass(frozen=True, kw_only=True)
class _Work:
    archive: Archive
    crew: Crew
    progress: Progress
    counts: Counter[str]
    again: bool
    looked_at: since.Span
    lacking: Counter[str] = field(default_factory=Counter)
    """Stored files that could not be had, by stage."""


def _read_documents(work: _Work) -> None:
    """Attached files first, then what lies in them, level by level."""
    connection = work.archive.connection
    with taken.taken(connection):
        number = _find_stale(work)
        _read_files(work, _attached(work), number)
        while _read_parts(work):
            pass


def _read_parts(work: _Work) -> bool:
    """The files inside those that are read by now; whether there were any."""
    found = False
    for files in parts_to_read(work.archive.connection, again=work.again, with_engine=work.crew.with_engine):
        _read_files(work, [FileTask(sha256=sha256, name=name) for sha256, name in files], len(files))
        found = True
    return found


def _find_stale(work: _Work) -> int:
    """Put aside the attached files that are new or stale; about how many there are."""
    connection = work.archive.connection
    connection.execute("DROP TABLE IF EXISTS temp.to_read")
    connection.execute("CREATE TEMP TABLE to_read (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
    statement = STALE.format(found=ATTACHED if work.looked_at.since is None else CHANGED)
    return connection.execute(statement, [work.again, READER_VERSION, work.crew.with_engine]).rowcount


def _attached(work: _Work) -> Iterator[FileTask]:
    """These, in the order of their SHA-256."""
    last, connection = "", work.archive.connection
    while rows := connection.execute(NEXT, [last, TOGETHER]).fetchall():
        yield from (FileTask(sha256=sha256, name=name) for sha256, name in rows)
        last = rows[-1][0]


def _read_files(work: _Work, files: Iterable[FileTask], number: int) -> None:
    work.progress.begin("Documents", number)
    for group in work.crew.documents(files):
        with work.archive.transaction() as connection:
            taken.take(connection, [task.sha256 for task, _ in group])
            for task, found in group:
                if found is not None:
                    opened, stored = found
                    store_document(connection, task.sha256, opened.document)
                    store_parts(connection, task.sha256, opened, stored)
        for _, found in group:
            work.counts["files missing" if found is None else f"documents {found[0].document.status}"] += 1
            work.lacking["documents"] += found is None
            work.progress.step()
    work.progress.end()


def _probe_documents(work: _Work) -> None:
    connection = work.archive.connection
    work.progress.begin("Probes", probing.find_stale(connection, work.looked_at, again=work.again))
    found = probing.to_probe(connection)
    tasks = (ProbeTask(sha256=sha256, document_type=kind) for sha256, kind in found)
    for group in work.crew.probes(tasks):
        with work.archive.transaction() as writing:
            for task, probe in group:
                if probe is not None:
                    probing.store_probe(writing, task.sha256, task.document_type, probe)
        for _, probe in group:
            work.lacking["probes"] += probe is None
            if probe is not None:
                held = any(finding.severity == "holds_back" for finding in probe.findings)
                work.counts["probes with findings" if held else f"probes {probe.status}"] += 1
            work.progress.step()
    work.progress.end()


def _read_letters(work: _Work) -> None:
    work.progress.begin("Letters", letters.count(work.archive.connection, work.looked_at))
    for group in work.crew.letters(_letter_tasks(work)):
        _keep(work, group)
    work.progress.end()


def _letter_tasks(work: _Work) -> Iterator[LetterTask]:
    """The letters to be read; readings of files that lie in an attached one no more are dropped on the way."""
    connection = work.archive.connection
    for some in since.requests(connection, work.looked_at):
        found = letters.of(connection, some)
        if found.strays:
            with work.archive.transaction():
                letters.drop(connection, found.strays)
        for letter, is_known in found.letters:
            if is_known and not work.again:
                work.counts["letters unchanged"] += 1
                work.progress.step()
            else:
                yield LetterTask(letter=letter, words=letters.words(connection, letter))


def _keep(work: _Work, group: list[tuple[LetterTask, Reading]]) -> None:
    kept = []
    with work.archive.transaction() as connection:
        for task, reading in group:
            unchanged = letters.is_unchanged(connection, task.letter)
            if unchanged:
                store_reading(connection, task.letter, reading)
            kept.append(unchanged)
    for (_, reading), unchanged in zip(group, kept, strict=True):
        lost = reading.notes and reading.notes[-1].startswith("Not read")
        what = "lost" if lost else "read"
        work.counts[f"letters {what}" if unchanged else "letters changed meanwhile"] += 1
        work.progress.step()
