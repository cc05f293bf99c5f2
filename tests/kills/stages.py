"""The commands that are disturbed, and what they come to where nothing disturbs them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

STAGES = ("crawl", "read", "publish")
ALL = (*STAGES, "update")
"""An update does all the stages, each in a process of its own."""
_LONGEST = 600
"""Seconds."""
_FROM_NOTHING = frozenset({"crawl", "update"})


def command(stage: str, base: str, folder: Path) -> list[str]:
    """The line that does a stage with the archive and the database in ``folder``."""
    public = ["--public", str(folder / "site" / "public.db")]
    arguments = {
        "crawl": ["--site", base, "--all"],
        "read": ["--ocr", "off", "--workers", "2"],
        "publish": public,
        "update": ["--site", base, "--config", str(Path(__file__).with_name("update.toml")), *public],
    }
    return [sys.executable, "-m", "scraper", stage, *arguments[stage], "--archive", str(folder / "archive")]


def done(stage: str, base: str, folder: Path, *, prefix: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    """Do a stage to its end."""
    folder.mkdir(exist_ok=True)
    line = [*prefix, *command(stage, base, folder)]
    return subprocess.run(
        line, cwd=folder, env=surroundings(), capture_output=True, text=True, check=False, timeout=600
    )


def surroundings() -> dict[str, str]:
    """Variables of a command: what it prints is there at once, so that a kill does not take it along."""
    return {**os.environ, "PYTHONUNBUFFERED": "1"}


def spent(pid: int) -> float:
    """Seconds of processor time that a process and all that it has started have had."""
    ticks, waiting = 0, [pid]
    while waiting:
        one = Path(f"/proc/{waiting.pop()}")
        with suppress(OSError):  # it may end at any moment
            fields = (one / "stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
            waiting += [int(child) for task in one.glob("task/*/children") for child in task.read_text().split()]
    return ticks / os.sysconf("SC_CLK_TCK")


class Undisturbed:
    """What each stage begins with and ends with, in folders of their own below ``folder``."""

    def __init__(self, base: str, folder: Path) -> None:
        """Do all of it. AssertionError where a stage failed."""
        self._folder = folder
        self.took: dict[str, float] = {}
        """Seconds of processor time by stage: they are nearly the same however busy the machine is."""
        folder.mkdir()
        for stage in ALL:
            self.lay(stage, self.after(stage))
            began = os.times()
            ended = done(stage, base, self.after(stage))
            assert ended.returncode == 0, f"{stage}: {ended.stdout}{ended.stderr}"
            now = os.times()
            self.took[stage] = sum(now[2:4]) - sum(began[2:4])

    def after(self, stage: str) -> Path:
        """The folder in which a stage was the last that ran."""
        return self._folder / stage

    def before(self, stage: str) -> Path | None:
        """The folder that a stage begins with; ``None`` where it begins with nothing."""
        return None if stage in _FROM_NOTHING else self.after(STAGES[STAGES.index(stage) - 1])

    def lay(self, stage: str, place: Path) -> None:
        """Put what a stage begins with in ``place``, of which nothing else is left."""
        shutil.rmtree(place, ignore_errors=True)
        before = self.before(stage)
        if before is None:
            place.mkdir()
        else:
            shutil.copytree(before, place)


def shares(moments: int) -> Iterator[tuple[str, int]]:
    """How many of the moments fall on each stage; an update gets a third as many as all stages together."""
    for number, stage in enumerate(STAGES):
        yield stage, moments // len(STAGES) + (number < moments % len(STAGES))
    yield "update", moments // 3
