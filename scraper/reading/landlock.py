"""No file but those that programs are made of: Landlock, which Linux has had since 5.13 and which needs no privilege.

The filter of system calls cannot tell one path from another. Landlock can: what it closes here are the archive, the
home folder, other processes' memory below ``/proc``, and everything else that is no library, font or module of ours.
What is open already stays open. Its three system calls have the same numbers on every processor.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
PATH_BENEATH = 1
EXECUTE, READ_FILE, READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""From which version on Landlock knows which rights to files."""
SCOPES = 0b11
"""Abstract sockets and signals to others; from version 6."""

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = (ROOT / "parsers", ROOT / "scraper")
SYSTEM = (
    "/usr", "/lib", "/lib32", "/lib64", "/bin", "/nix/store", "/gnu/store", "/etc/ld.so.cache", "/etc/ld.so.preload",
    "/etc/fonts", "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random", "/proc/cpuinfo", "/proc/meminfo",
    "/sys/devices/system/cpu",
)  # fmt: skip


def close_files(*, more: Iterable[str] = (), run: bool = False) -> bool:
    """Give up every file but those of the system, of Python, our own and ``more``; False where the kernel cannot.

    ``run`` allows that programs among them are started. To be called after ``no_new_privs`` is set.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION)
    if version < 1:
        return False
    rights = RIGHTS[max(known for known in RIGHTS if known <= version)]
    attributes = struct.pack("=QQQ", rights, 0, SCOPES if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    try:
        for path in [*_readable(), *more]:
            _allow(libc, ruleset, path, EXECUTE if run else 0)
        return bool(libc.syscall(RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _readable() -> Iterator[str]:
    """Of the folders that Python looks into, the checkout itself is none: archives may lie in it."""
    yield from SYSTEM
    yield from map(str, OURS)
    yield from {sys.prefix, sys.base_prefix, sys.exec_prefix} - {str(ROOT)}
    yield from (entry for entry in sys.path if entry and Path(entry).resolve() != ROOT)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, also: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        folder = READ_FOLDER if Path(path).is_dir() else 0
        rule = struct.pack("=Qi", READ_FILE | folder | also, descriptor)
        libc.syscall(ADD_RULE, ruleset, PATH_BENEATH, rule, 0)
    finally:
        os.close(descriptor)
