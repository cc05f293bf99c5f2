"""What is made under a hidden name beside the place that it is to take, by one process at a time."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from scraper.errors import WdtkError


def lock_beside(path: Path, begin: Callable[[Path], int], *, what: str) -> int:
    """A descriptor of ``path``, as ``begin`` makes and opens it, that no other process has locked.

    Raises WdtkError where another has: ``what`` is how it is called, such as ``publish is building public.db``.
    """
    while True:
        lock = begin(path)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(lock)
            raise WdtkError(f"Another {what}. Wait for it to end, then run this again.") from error
        # The other may have given it its place just before: then it is the other's, and not ours to fill.
        if is_still(lock, path):
            return lock
        os.close(lock)


def is_still(descriptor: int, path: Path) -> bool:
    """Whether the file or folder that is open is the one of that name."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
