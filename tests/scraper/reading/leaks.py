"""What this process holds: nothing more after a test than before.

Other tests of the same process may have left a browser, a server or a thread that ends in its own time.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import warm


@dataclass(frozen=True, kw_only=True)
class Held:
    """Open files, child processes (zombies among them) and threads; on systems without ``/proc`` only threads."""

    files: int
    children: frozenset[str]
    threads: frozenset[threading.Thread]

    def since(self, before: "Held") -> list[str]:
        """What there is now and was not before."""
        new = [f"child {child}" for child in sorted(self.children - before.children)]
        new += [f"thread {thread.name}" for thread in self.threads - before.threads]
        return new + (["an open file"] if self.files > before.files else [])


def held() -> Held:
    """What this process holds now."""
    descriptors = Path("/proc/self/fd")
    count = len(list(descriptors.iterdir())) if descriptors.exists() else 0
    return Held(files=count, children=frozenset(children()), threads=frozenset(threading.enumerate()))


def children(process: str = "self") -> list[str]:
    """The process ids of the children of a process; what the tests fork their commands from is none of them."""
    found: list[str] = []
    for task in Path("/proc", process, "task").glob("*/children"):
        found += task.read_text(encoding="ascii").split()
    return [child for child in found if child != warm.own_process()]


def started_from_now() -> Callable[[], list[str]]:
    """Tells the children of this process that it does not have yet."""
    before = {*children()}
    return lambda: [child for child in children() if child not in before]


def is_running(process: str) -> bool:
    """Whether there is a process with this id that is no zombie."""
    status = Path("/proc", process, "stat")
    try:
        return status.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
