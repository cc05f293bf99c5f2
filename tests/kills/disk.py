"""The same commands on a disk that fills up again and again."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.kills.run import Report, Step
from tests.kills.same import broken, unlike
from tests.kills.stages import ALL, Undisturbed, done

_FULL = ("is full (", "failed while", "cannot be written")
_LITTLE_ROOM = "free on the archive's disk. Free some space"
"""Of this an update warns on any disk that is as small as ours."""
_UPDATE_GROWS = 4
"""Times as fast: it writes as much as all the other stages, and each start of it takes as long as theirs."""
_MOST_REFUSALS = 400
_AMPLE = 100_000
"""Kilobytes."""


class Disk:
    """A disk of its own where this machine lets us mount one; elsewhere the largest file that may be written."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._kilobytes = folder, _AMPLE
        folder.mkdir(parents=True)
        self.mounted = _mount("-t", "tmpfs", "-o", f"size={_AMPLE}k,mode=700", "tmpfs", str(folder))

    @property
    def prefix(self) -> tuple[str, ...]:
        """What stands before a command that is to meet this disk's end."""
        return () if self.mounted else ("prlimit", f"--fsize={self._kilobytes * 1024}")

    def tighten(self) -> None:
        """Take away all room that is left."""
        if self.mounted:
            disk = os.statvfs(self.folder)
            used = (disk.f_blocks - disk.f_bfree) * disk.f_frsize // 1024
            self.grow(max(4, used) - self._kilobytes)  # a size of nothing would mean no limit
        else:
            largest = max((path.stat().st_size for path in self.folder.rglob("*")), default=0)
            self._kilobytes = largest // 1024

    def grow(self, by: int) -> None:
        """Give so many kilobytes more."""
        self._kilobytes += by
        if self.mounted:
            _mount("-o", f"remount,size={self._kilobytes}k", str(self.folder))

    def close(self) -> None:
        """Give the disk back, with all that is on it."""
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.folder)], check=False)


@contextmanager
def disk(folder: Path) -> Iterator[Disk]:
    """A disk that is gone afterwards."""
    small = Disk(folder)
    try:
        yield small
    finally:
        small.close()


def _mount(*arguments: str) -> bool:
    if os.geteuid() != 0:
        return False
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


def starved(base: str, place: Path, whole: Undisturbed, *, by: int, step: Step) -> tuple[int, Report]:
    """Do each stage on a disk with next to no room, giving it a little more each time that it is full.

    Gives how often there was no room.
    """
    report, refusals = Report(), 0
    for stage in ALL:
        with disk(place / stage) as small:
            work = small.folder / "work"
            whole.lay(stage, work)
            small.tighten()
            found = _starve(stage, base, small, by * _UPDATE_GROWS if stage == "update" else by, report)
            step(f"{stage}: no room {found} times")
            refusals += found
            report.faults += [f"{stage}, starved: {line}" for line in unlike(whole.after(stage), work)]
    return refusals, report


def _starve(stage: str, base: str, small: Disk, by: int, report: Report) -> int:
    """One stage to its end; how often there was no room."""
    for refusals in range(_MOST_REFUSALS):
        ended = done(stage, base, small.folder / "work", prefix=small.prefix)
        report.faults += [f"{stage}, starved: {fault}" for fault in broken(small.folder / "work")]
        said = ended.stdout + ended.stderr
        if ended.returncode == 0 or (_LITTLE_ROOM in said and not any(words in said for words in _FULL)):
            return refusals
        if "Traceback" in said or not any(words in said for words in _FULL):
            report.faults.append(f"{stage} ended otherwise than with a sentence: {said[-800:]}")
        small.grow(by)
    report.faults.append(f"{stage} never ended")
    return _MOST_REFUSALS
