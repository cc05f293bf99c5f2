"""Crawl, read and publish, killed or starved of room again and again, and gone on with until they are done."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scraper.archive.compare import TIMES, contents, differences
from scraper.archive.database import open_archive

ROOT = Path(__file__).parents[2]
STAGES = ("crawl", "read", "publish")
_MOST_STARTS = 40
"""Starts of one stage in a row that may end before their kill."""
_FULL = ("is full", "failed while", "cannot be written")
_HISTORY = frozenset({"runs", "about"})


@dataclass(kw_only=True)
class Report:
    """What was done, and a line for each thing that should not be."""

    kills: dict[str, int] = field(default_factory=dict)
    refusals: int = 0
    """Times that a command ended because there was no room."""
    faults: list[str] = field(default_factory=list)


Step = Callable[[str], None]


def command(stage: str, base: str, folder: Path) -> list[str]:
    """The line that does a stage with the archive and the database in ``folder``."""
    arguments = {
        "crawl": ["--site", base, "--all"],
        "read": ["--ocr", "off", "--workers", "2"],
        "publish": ["--public", str(folder / "site" / "public.db")],
    }
    return [sys.executable, "-m", "scraper", stage, *arguments[stage], "--archive", str(folder / "archive")]


def done(stage: str, base: str, folder: Path, *, prefix: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    """Do a stage to its end."""
    folder.mkdir(exist_ok=True)
    line = [*prefix, *command(stage, base, folder)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)


def undisturbed(base: str, folder: Path) -> dict[str, float]:
    """Do all stages, and tell how many seconds each took. AssertionError where one failed."""
    took = {}
    for stage in STAGES:
        began = time.monotonic()
        ended = done(stage, base, folder)
        assert ended.returncode == 0, ended.stderr
        took[stage] = time.monotonic() - began
    return took


def killed(base: str, folder: Path, took: dict[str, float], *, moments: int, seed: int, step: Step) -> Report:
    """Kill each stage at its share of the moments, then let it end."""
    dice = random.Random(seed)  # noqa: S311 - moments that can be had again
    report = Report()
    for number, stage in enumerate(STAGES):
        share = moments // 3 + (number < moments % 3)
        report.kills[stage], longest = 0, took[stage]
        for _ in range(share + _MOST_STARTS):
            if report.kills[stage] == share:
                break
            hit = _kill(stage, base, folder, dice.uniform(0.2, 1.0) * longest)
            report.kills[stage] += hit
            longest *= 1.0 if hit else 0.8  # it has less to do by now
            report.faults += [f"{stage}: {fault}" for fault in broken(folder)]
        step(f"{stage}: killed {report.kills[stage]} times")
        ended = done(stage, base, folder)
        if ended.returncode:
            report.faults.append(f"{stage} did not end well: {ended.stderr[-500:]}")
    return report


def _kill(stage: str, base: str, folder: Path, after: float) -> bool:
    folder.mkdir(exist_ok=True)
    with subprocess.Popen(
        command(stage, base, folder), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(timeout=after)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def starved(base: str, disk: "Disk", *, step: Step) -> Report:
    """Do all stages on a disk that is too small, giving it a little more room each time that it is full."""
    report = Report()
    for stage in STAGES:
        for _ in range(200):
            ended = done(stage, base, disk.folder / "work", prefix=disk.prefix)
            report.faults += [f"{stage}: {fault}" for fault in broken(disk.folder / "work")]
            if ended.returncode == 0:
                break
            if "Traceback" in ended.stderr or not any(words in ended.stderr for words in _FULL):
                report.faults.append(f"{stage} ended otherwise than with a sentence: {ended.stderr[-800:]}")
            report.refusals += 1
            disk.grow()
        else:
            report.faults.append(f"{stage} never ended")
        step(f"{stage}: no room {report.refusals} times so far")
    return report


class Disk:
    """A disk of its own where this machine lets us mount one; elsewhere the largest file that may be written."""

    def __init__(self, folder: Path, *, kilobytes: int, by: int) -> None:
        self.folder, self._kilobytes, self._by = folder, kilobytes, by
        folder.mkdir(exist_ok=True)
        self.mounted = _mount("-t", "tmpfs", "-o", f"size={kilobytes}k,mode=700", "tmpfs", str(folder))

    @property
    def prefix(self) -> tuple[str, ...]:
        """What stands before a command that is to meet this disk's end."""
        return () if self.mounted else ("prlimit", f"--fsize={self._kilobytes * 1024}")

    def grow(self) -> None:
        """Give more room."""
        self._kilobytes += self._by
        if self.mounted:
            _mount("-o", f"remount,size={self._kilobytes}k", str(self.folder))

    def close(self) -> None:
        """Give the disk back, with all that is on it."""
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.folder)], check=False)


@contextmanager
def disk(folder: Path, *, kilobytes: int, by: int) -> Iterator[Disk]:
    """A disk that is gone afterwards."""
    small = Disk(folder, kilobytes=kilobytes, by=by)
    try:
        yield small
    finally:
        small.close()


def _mount(*arguments: str) -> bool:
    if os.geteuid() != 0:
        return False
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


def broken(folder: Path) -> list[str]:
    """What is wrong with the databases in ``folder`` at this moment."""
    found = []
    for path in (folder / "archive" / "archive.db", folder / "site" / "public.db"):
        if path.exists() and path.stat().st_size:
            with closing(sqlite3.connect(path)) as connection:
                checks = connection.execute("PRAGMA integrity_check").fetchall()
                lost = connection.execute("PRAGMA foreign_key_check").fetchall()
            found += [] if checks == [("ok",)] and not lost else [f"{path.name} is broken: {checks[:3]} {lost[:3]}"]
    return found


def unlike(left: Path, right: Path) -> list[str]:
    """How the archives and the public databases of two folders differ, when and how often aside."""
    with open_archive(left / "archive") as ours, open_archive(right / "archive") as theirs:
        found = [f"archive: {line}" for line in differences(contents(ours), contents(theirs))]
    mine, other = (_public(folder / "site" / "public.db") for folder in (left, right))
    for table in sorted(mine.keys() | other.keys()):
        if mine.get(table) != other.get(table):
            extra = mine.get(table, set()) ^ other.get(table, set())
            found.append(f"public: {table} differs in {len(extra)} rows: {sorted(extra)[:1]}")
    return [line[:400] for line in found]


def _public(path: Path) -> dict[str, set[str]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
        names = [name for (name,) in tables if name not in _HISTORY and not name.startswith("sqlite_")]
        return {name: _told(connection, name) for name in names}


def _told(connection: sqlite3.Connection, table: str) -> set[str]:
    columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", [table])]
    listed = ", ".join(f'"{name}"' for name in columns if name not in TIMES)
    return {repr(row) for row in connection.execute(f'SELECT {listed} FROM "{table}"')}  # noqa: S608 - from the schema
