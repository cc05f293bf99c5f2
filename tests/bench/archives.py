"""The synthetic archives that are measured: where they lie, how they are made, and how they are lent out.

``FOLDER/10k``, ``100k``, ``1m`` each have ``archive`` and ``public.db``, and may have ``publish.time``: what the build
of that public.db took, as GNU time tells it with ``-v``. What is missing is made there and kept for the next run.

A part that writes is lent a copy that takes no room: a folder in which archive.db is a second name of the same file.
SQLite writes into the log beside that name alone, for another process reads the file as it was lent, and while somebody
does, nothing of the log may be brought into it; at the end the log goes. That reader outlives whatever was run over the
folder, also where the bench is stopped or killed. The files are second names likewise, and the program never changes
one in place.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from scraper.archive import migrations
from scraper.archive.database import open_archive
from scraper.errors import WdtkError
from scraper.exporting import snapshot
from scraper.reading import since
from scraper.reading.engines import find_engine
from tests.bench.commands import Ran, as_told, from_time, handed_on, wdtk
from tests.bench.machine import ROOT

PUBLIC_BYTES = 30_000
"""Of a request in public.db."""
MADE = "made"
"""A file that says of which generator and size an archive is."""
_READER = """
import signal, sqlite3, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, isolation_level=None)
connection.execute("BEGIN")
connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
print("reading", flush=True)
sys.stdin.read()
"""
"""It reads until nobody is left who could write: each command inherits the other end of what it waits on."""
Tell = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where what belongs to one size lies, and a folder on the same disk for what is only needed for a while."""

    size: int
    folder: Path
    scratch: Path

    @property
    def archive(self) -> Path:
        """The private archive."""
        return self.folder / "archive"

    @property
    def public(self) -> Path:
        """The public database."""
        return self.folder / "public.db"

    @property
    def published(self) -> Ran | None:
        """What its build took; None where nobody told."""
        told = self.folder / "publish.time"
        return from_time(told.read_text(encoding="utf-8")) if told.exists() else None


def place_of(folder: Path, size: int, scratch: Path) -> Place:
    """Of a size; the folders are absolute, for commands run elsewhere."""
    return Place(size=size, folder=(folder / short(size)).absolute(), scratch=scratch.absolute())


def short(size: int) -> str:
    """``10k`` of 10,000 and ``1m`` of a million."""
    for whole, letter in ((1_000_000, "m"), (1_000, "k")):
        if size >= whole and size % whole == 0:
            return f"{size // whole}{letter}"
    return str(size)


def make(place: Place, *, public: bool, tell: Tell) -> None:
    """Make what is missing. WdtkError where the disk has no room, or where something else lies there."""
    if not (place.archive / "archive.db").exists():
        tell(f"Making an archive of {place.size:,} requests.")
        command = [sys.executable, "-m", "tests.synthetic", "--few-files", "--requests", str(place.size)]
        made = subprocess.run([*command, str(place.folder)], cwd=ROOT, check=False, capture_output=True, text=True)
        if made.returncode:
            raise WdtkError(made.stderr.strip()[-600:])
        (place.folder / MADE).write_text(generator(), encoding="ascii")
    check(place)
    _up_to_date(place, tell)
    if public and not place.public.exists():
        tell(f"Publishing {place.size:,} requests.")
        need(place, PUBLIC_BYTES * place.size, "The public database")
        ran = wdtk("publish", "--archive", place.archive, "--public", place.public, folder=place.folder)
        (place.folder / "publish.time").write_text(as_told(ran), encoding="ascii")
    if public:
        check_public(place)


def _up_to_date(place: Place, tell: Tell) -> None:
    """As any command does that opens it: else each that is lent one would do it again, and be measured with it."""
    with closing(sqlite3.connect(f"{(place.archive / 'archive.db').as_uri()}?immutable=1", uri=True)) as connection:
        missing = [name for name in migrations.STEPS if name not in migrations.applied(connection)]
    if missing:
        tell(f"Bringing the tables of the archive up to date ({', '.join(missing)}).")
        open_archive(place.archive).close()


def check_public(place: Place) -> None:
    """WdtkError where the public database has not all tables of this program: its pages would be of another one."""
    with closing(sqlite3.connect(f"{place.public.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            snapshot._check(connection, place.public)
        except (WdtkError, sqlite3.DatabaseError) as error:
            raise WdtkError(f"{error} Or remove it, and publish.time beside it: then it is published here.") from error


def check(place: Place) -> None:
    """WdtkError where the archive has another number of requests, or is known to be of another generator."""
    made = place.folder / MADE
    if made.exists() and made.read_text(encoding="ascii") != generator():
        raise WdtkError(
            f"The archive in {place.folder} was made by another version of tests/synthetic, so its figures would not "
            "be of what is measured now. Remove the folder, or name another with DIR=."
        )
    with closing(sqlite3.connect(f"{(place.archive / 'archive.db').as_uri()}?immutable=1", uri=True)) as connection:
        (held,) = connection.execute("SELECT count(*) FROM requests").fetchone()
    if held != place.size:
        raise WdtkError(f"The archive in {place.folder} has {held:,} requests, not {place.size:,}. Name another DIR=.")


def generator() -> str:
    """A hash of what makes synthetic archives."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "tests" / "synthetic").glob("*.*")):
        if not path.name.startswith("test_"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def need(place: Place, size: int, what: str) -> None:
    """WdtkError where the disk has not so many bytes to spare."""
    free = shutil.disk_usage(place.scratch if place.scratch.exists() else ROOT).free
    if free < size * 1.1:
        raise WdtkError(
            f"{what} of {place.size:,} requests takes {size / 1e9:.1f} GB, and there is room for {free / 1e9:.1f} GB. "
            "Make room, or name a folder on another disk with DIR=."
        )


@contextmanager
def lent(place: Place) -> Iterator[Path]:
    """A folder with the archive in it that may be written to; the archive itself stays as it is.

    WdtkError where somebody else has it open, where a write to it was not ended, and on another disk.
    """
    lock = os.open(place.archive, os.O_RDONLY)
    try:
        _alone(place, lock)
        before = _state(place)
        with tempfile.TemporaryDirectory(prefix="lent-", dir=place.scratch) as name:
            folder = Path(name)
            _second_names(place.archive, folder)
            with _read_throughout(folder / "archive.db"):
                yield folder
                if _state(place) != before:
                    raise AssertionError(f"{place.archive} was written to while it was lent")
    finally:
        os.close(lock)


def as_if_read(archive: Path) -> None:
    """Have the next ``wdtk read`` find that this program read everything that is there now.

    Else it would ask of every letter whether its reading is stale, and read all of them where the archive was made by
    an older parser: a quarter of an hour for ten thousand requests.
    """
    with open_archive(archive) as opened, opened.transaction() as connection:
        since.finish(connection, since.span(connection, again=True, with_engine=find_engine() is not None))


def _alone(place: Place, lock: int) -> None:
    log = place.archive / "archive.db-wal"
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise WdtkError(f"Another process has {place.archive} open. Wait for it to end.") from error
    if log.exists() and log.stat().st_size:
        raise WdtkError(
            f"A write to {place.archive} was not brought to its end. `wdtk publish` or any other command that opens it "
            "for writing does so."
        )


def _second_names(source: Path, folder: Path) -> None:
    try:
        (folder / "archive.db").hardlink_to(source / "archive.db")
    except OSError as error:
        raise WdtkError(f"{source} and {folder.parent} are on different disks: put DIR= and WORK= on one.") from error
    shutil.copytree(source / "files", folder / "files", copy_function=os.link)


@contextmanager
def _read_throughout(database: Path) -> Iterator[None]:
    command = [sys.executable, "-c", _READER, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        if reader.stdout.readline().strip() != b"reading":
            raise AssertionError(f"{database} cannot be read")
        with handed_on(reader.stdin.fileno()):
            try:
                yield
            finally:
                reader.send_signal(signal.SIGKILL)


def _state(place: Place) -> tuple[int, int]:
    state = (place.archive / "archive.db").stat()
    return state.st_size, state.st_mtime_ns
