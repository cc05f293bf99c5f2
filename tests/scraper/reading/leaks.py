"""What this process holds: to be the same before and after."""

import threading
from pathlib import Path

from tests import warm


def held() -> tuple[int, list[str], int]:
    """Open files, child processes (zombies among them) and threads; on systems without ``/proc`` only threads."""
    descriptors = Path("/proc/self/fd")
    count = len(list(descriptors.iterdir())) if descriptors.exists() else 0
    return count, children(), threading.active_count()


def children(process: str = "self") -> list[str]:
    """The process ids of the children of a process; what the tests fork their commands from is none of them."""
    found: list[str] = []
    for task in Path("/proc", process, "task").glob("*/children"):
        found += task.read_text(encoding="ascii").split()
    return [child for child in found if child != warm.own_process()]


def is_running(process: str) -> bool:
    """Whether there is a process with this id that is no zombie."""
    status = Path("/proc", process, "stat")
    try:
        return status.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
