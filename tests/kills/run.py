"""Crawl, read, publish and update, killed again and again, and gone on with until they are done."""

import ctypes
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.kills.same import broken, size, unlike, unlike_published
from tests.kills.stages import Undisturbed, command, done, shares, spent, surroundings

_KILLS_IN_A_LIFE = 4
"""At most; after them a stage is let end, and compared, and the next life begins."""
_MOST_LIVES = 100
_STARTING = {"crawl": 0.4, "read": 0.3, "publish": 0.5, "update": 0.15}
"""Share of a stage's processor time that goes by before it does anything, on a small site."""
_LOOK_EVERY = 0.01
_LEFT_SECONDS = 60
"""In which everything that a killed command had started must be gone."""
_SUBREAPER = 36

Step = Callable[[str], None]


@dataclass(kw_only=True)
class Report:
    """What was done, and a line for each thing that should not be."""

    kills: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One command, the site that it asks, and what it comes to undisturbed."""

    name: str
    base: str
    whole: Undisturbed


def killed(base: str, place: Path, whole: Undisturbed, *, moments: int, seed: int, step: Step) -> Report:
    """Kill each stage at its share of the moments, in several lives of it, and compare the end of each life."""
    dice = random.Random(seed)  # noqa: S311 - moments that can be had again
    report = Report()
    _adopt_orphans()
    for name, share in shares(moments):
        where: list[str] = []
        lives = 0
        while len(where) < share and lives < _MOST_LIVES:
            most = min(share - len(where), dice.randint(1, _KILLS_IN_A_LIFE))
            where += _life(Stage(name=name, base=base, whole=whole), place, dice, most, report)
            lives += 1
        report.kills += len(where)
        if len(where) < share:
            report.faults.append(f"{name} was killed {len(where)} times only, not {share}")
        told = (f"{one} ({where.count(one)})" for one in sorted(set(where), key=_order))
        step(f"{name}: {len(where)} kills in {lives} lives, at {', '.join(told)}")
    return report


def _order(where: str) -> tuple[bool, int, str]:
    """What is no percentage comes last."""
    number, percent, _ = where.partition(" %")
    return (not percent, int(number) if percent else 0, where)


def _life(stage: Stage, place: Path, dice: random.Random, most: int, report: Report) -> Iterator[str]:
    """From the beginning of a stage to its end, killed ``most`` times in between; where each kill was."""
    stage.whole.lay(stage.name, place)
    took = stage.whole.took[stage.name]
    for _ in range(most):
        hit, left = _kill(
            stage, place, after=dice.uniform(_STARTING[stage.name], 1) * took, all_of_it=dice.random() < 0.5
        )
        faults = broken(place) + [f"left at work: {one}" for one in left]
        if stage.name == "publish" and (place / "site" / "public.db").exists():
            faults += unlike_published(stage.whole.after(stage.name), place)
        report.faults += [f"{stage.name}, killed: {fault}" for fault in faults]
        if not hit:
            break
        yield _where(stage, place)
    ended = done(stage.name, stage.base, place)
    if ended.returncode:
        report.faults.append(f"{stage.name} did not end well: {ended.stdout[-500:]}{ended.stderr[-500:]}")
    report.faults += [f"{stage.name}: {line}" for line in unlike(stage.whole.after(stage.name), place)]


def _kill(stage: Stage, place: Path, *, after: float, all_of_it: bool) -> tuple[bool, list[str]]:
    """Kill a stage, or it and all that it has started; whether it was still at work, and what outlived it."""
    before = _children()
    with (
        (place / "said.txt").open("wb") as said,
        subprocess.Popen(
            command(stage.name, stage.base, place),
            cwd=place, env=surroundings(), stdout=said, stderr=said, start_new_session=True,
        ) as process,
    ):  # fmt: skip
        while process.poll() is None and spent(process.pid) < after:
            time.sleep(_LOOK_EVERY)
        hit = process.poll() is None
        if hit and all_of_it:
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    return hit, _outlived(before)


def _where(stage: Stage, place: Path) -> str:
    """How far a stage had come when it was killed: its share of the rows, its file, or the part of an update."""
    if stage.name == "update":
        stages = [line.partition(":")[0] for line in (place / "said.txt").read_text(errors="replace").splitlines()]
        after = next((one for one in ("checks", "publish", "read", "erase", "second looks") if one in stages), None)
        if after is not None:
            return f"after {after}"
    if stage.name == "publish":
        files = sorted(path.name for path in (place / "site").glob("*"))
        return ("database in place" if "public.db" in files else "database begun") if files else "nothing begun"
    before = stage.whole.before(stage.name)
    return _percent(size(place), size(before) if before else 0, size(stage.whole.after(stage.name)))


def _percent(now: int, first: int, last: int) -> str:
    return f"{100 * (now - first) // max(1, last - first)} %"


def _adopt_orphans() -> None:
    """Let what outlives a killed command become a child of this process, so that it is seen."""
    with suppress(AttributeError):  # not Linux
        ctypes.CDLL(None).prctl(_SUBREAPER, 1)


def _children() -> dict[int, str]:
    """Processes of which this one is the parent, and their command lines."""
    found = {}
    for task in Path("/proc/self/task").glob("*/children"):
        for pid in map(int, task.read_text().split()):
            with suppress(OSError):
                found[pid] = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")[:200]
    return found


def _outlived(before: dict[int, str]) -> list[str]:
    """What is still at work some seconds later of all that was not there ``before``; it is ended then."""
    deadline = time.monotonic() + _LEFT_SECONDS
    while left := {pid: line for pid, line in _children().items() if pid not in before}:
        for pid in left:
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0 if time.monotonic() > deadline else os.WNOHANG)
        if time.monotonic() > deadline:
            return sorted(left.values())
        time.sleep(0.05)
    return []
