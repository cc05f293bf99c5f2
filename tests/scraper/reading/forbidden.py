"""What a child that something hostile has taken over would try against others; each says what came of it."""

import ctypes
import errno
import fcntl
import os
import platform
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)
MACHINE = platform.machine()


def connect() -> str:
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=2)
    except PermissionError:
        return "not permitted"
    except OSError as error:
        return f"reached the network: {error}"
    return "reached the network"


def run_program() -> str:
    try:
        subprocess.run(["/bin/true"], check=True)
    except PermissionError:
        return "not permitted"
    return "ran a program"


def write_file() -> str:
    try:
        Path("left-behind").write_bytes(b"x")
    except PermissionError:
        return "not permitted"
    return "wrote a file"


def remove_file() -> str:
    try:
        Path(sys.executable).with_name("no-such-file").unlink()
    except PermissionError:
        return "not permitted"
    return "could have removed a file"


def kill_parent() -> str:
    try:
        os.kill(os.getppid(), signal.SIGUSR1)
    except PermissionError:
        return "not permitted"
    return "signalled its parent"


def permitted(done: int) -> str:
    """What a system call gave, in words."""
    if done >= 0:
        return f"permitted: {done}"
    return "not permitted" if ctypes.get_errno() == errno.EPERM else errno.errorcode[ctypes.get_errno()]


def kill_parent_by_thread() -> str:
    return permitted(LIBC.syscall(234 if MACHINE == "x86_64" else 131, os.getppid(), os.getppid(), signal.SIGUSR1))


def kill_parent_by_file() -> str:
    """A pipe may be told whom to signal when something comes in."""
    return permitted(LIBC.fcntl(0, fcntl.F_SETOWN, os.getppid()))


def limit_parent() -> str:
    limit = (ctypes.c_ulong * 2)(1, 1)
    return permitted(LIBC.prlimit(os.getppid(), resource.RLIMIT_CPU, ctypes.byref(limit), None))


def trace_parent() -> str:
    return permitted(LIBC.ptrace(0x4206, os.getppid(), None, None))


def fork() -> str:
    try:
        if os.fork() == 0:
            os._exit(0)
    except PermissionError:
        return "not permitted"
    return "forked"


def raise_own_limit() -> str:
    limit = (ctypes.c_ulong * 2)(1 << 40, 1 << 40)
    return permitted(LIBC.setrlimit(resource.RLIMIT_FSIZE, ctypes.byref(limit)))


def share_memory() -> str:
    return permitted(LIBC.shmget(0, 4096, 0o1600))


def file_in_memory() -> str:
    return permitted(LIBC.memfd_create(b"x", 0))


def date_file() -> str:
    return permitted(LIBC.utimes(sys.executable.encode(), None))


def outlive_parent() -> str:
    return permitted(LIBC.prctl(1, 0))


def open_place(place: str) -> str:
    try:
        os.open(place, os.O_RDONLY)
    except PermissionError:
        return "not permitted"
    return "opened"


def open_many() -> str:
    descriptors = []
    try:
        while True:
            descriptors.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        for descriptor in descriptors:
            os.close(descriptor)
    return str(len(descriptors))


def tell_environment() -> str:
    return ",".join(sorted(os.environ))


def dump() -> str:
    return str(resource.getrlimit(resource.RLIMIT_CORE))


FORBIDDEN: tuple[Callable[[], str], ...] = (
    connect, run_program, write_file, remove_file, kill_parent, kill_parent_by_thread, kill_parent_by_file,
    limit_parent, trace_parent, fork, raise_own_limit, share_memory, file_in_memory, date_file, outlive_parent,
    open_many, tell_environment, dump,
)  # fmt: skip
