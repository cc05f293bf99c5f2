"""No network, no new programs, no writing, no files of others: what a child gives up before it is given a byte.

Two means of Linux that need no privilege, both for good. A seccomp filter lets through the system calls that
``calls`` names and answers "not permitted" to all others, so that a child that something hostile has taken over can
reach no socket, start or signal no other process, and create, change or remove no file. Landlock (``landlock``)
closes to it all files but those that programs are made of. And the kernel ends it when its parent is gone.

Without the filter nothing is read: where the kernel has none, or the processor is not one whose calls are known, a
sentence says so. A kernel without Landlock is warned of; everything else holds there too.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scraper.reading.calls import FREE, MACHINES, Machine
from scraper.reading.landlock import close_files
from scraper.reading.limits import MissingLimitError

PR_SET_PDEATHSIG, PR_SET_NAME, PR_SET_NO_NEW_PRIVS = 1, 15, 38
SET_FILTER, EVERY_THREAD = 1, 1
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
"""Instructions of the kernel's filter machine: BPF_LD|W|ABS, BPF_JMP|JEQ, JGE and JSET, BPF_RET."""
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16
"""Offsets in ``struct seccomp_data``; arguments are 8 bytes each, low half first."""
ALLOW, KILL, NOT_PERMITTED, NO_SUCH_CALL = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
UNKNOWN_CALLS = 460
"""From here on a call is newer than this list; libraries ask whether there is one and do without."""
FOREIGN_CALLS = 0x40000000
"""Numbers from here on are the x32 calls of a 64-bit Intel kernel."""
WRITING = 0o1 | 0o2 | 0o100 | 0o1000
"""O_WRONLY, O_RDWR, O_CREAT, O_TRUNC: alike on both processors."""
CLONE_THREAD = 0x10000
DESCRIPTOR_COMMANDS = (0, 1, 2, 3, 4, 1030)
"""Of ``fcntl``: F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC; others send signals or take locks."""
DEVICE_COMMANDS = (0x5401, 0x541B, 0x5450, 0x5451)
"""Of ``ioctl``: TCGETS, FIONREAD, FIONCLEX, FIOCLEX."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def seal(*, may_start_program: bool = False, readable: Iterable[str] = ()) -> bool:
    """Give up the above for good; whether files that are not ``readable`` or a program's are closed as well.

    ``may_start_program`` leaves the one call by which this process becomes another program, sealed like this one, and
    takes the one by which it could start a thread. ``MissingLimitError`` where there is no filter.
    """
    machine = _machine()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise MissingLimitError(_NO_FILTER)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    closed = close_files(more=readable, run=may_start_program)
    code = _Filter(machine).allowing(may_start_program=may_start_program)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(buffer))
    if libc.syscall(machine.filtering, SET_FILTER, EVERY_THREAD, ctypes.byref(program)) != 0:
        raise MissingLimitError(_NO_FILTER)
    return closed


_NO_FILTER = (
    "This kernel has no filter of system calls (seccomp), or does not let this process set one, so files that others "
    "sent cannot be opened safely here. Read on a Linux kernel of 3.17 or later; in a container, allow seccomp."
)


def _machine() -> Machine:
    machine = MACHINES.get(platform.machine()) if sys.platform.startswith("linux") else None
    if machine is None or sys.maxsize < 1 << 32:
        bits = 64 if sys.maxsize > 1 << 32 else 32
        raise MissingLimitError(
            f"Network and files cannot be closed to a process on this system ({sys.platform}, {platform.machine()}, "
            f"{bits} bits), so files that others sent cannot be opened safely here. Read on 64-bit Linux on an Intel, "
            "AMD or ARM processor, or in a virtual machine with one."
        )
    return machine


@dataclass(frozen=True)
class _Filter:
    """The filter, as the kernel's machine reads it: each instruction is 8 bytes, jumps count instructions."""

    machine: Machine

    def allowing(self, *, may_start_program: bool) -> bytes:
        """The whole of it."""
        steps = [
            _step(LOAD, ARCHITECTURE),
            _step(EQUAL, self.machine.audit, 1, 0),
            _step(RETURN, KILL),
            _step(LOAD, NUMBER),
            _step(AT_LEAST, FOREIGN_CALLS, 0, 1),
            _step(RETURN, KILL),
            _step(AT_LEAST, UNKNOWN_CALLS, 0, 1),
            _step(RETURN, NO_SUCH_CALL),
        ]
        for number in self.machine.numbers((*FREE, *(("execve",) if may_start_program else ()))):
            steps += [_step(EQUAL, number, 0, 1), _step(RETURN, ALLOW)]
        steps += self._call("clone3", [_step(RETURN, NO_SUCH_CALL)])
        for name, conditions in self._conditions(threads=not may_start_program):
            steps += self._call(name, conditions)
        return b"".join([*steps, _step(RETURN, NOT_PERMITTED)])

    def _conditions(self, *, threads: bool) -> Iterator[tuple[str, list[bytes]]]:
        """Calls with the steps that follow where it is that one; the last of them must return."""
        no = _step(RETURN, NOT_PERMITTED)
        yield "open", [_argument(1), _step(ANY_BIT, WRITING, 1, 0), _step(RETURN, ALLOW), no]
        yield "openat", [_argument(2), _step(ANY_BIT, WRITING, 1, 0), _step(RETURN, ALLOW), no]
        if threads:
            yield "clone", [_argument(0), _step(ANY_BIT, CLONE_THREAD, 0, 1), _step(RETURN, ALLOW), no]
        yield "tgkill", [_argument(0), *_one_of([os.getpid()])]
        yield "fcntl", [_argument(1), *_one_of(DESCRIPTOR_COMMANDS)]
        yield "ioctl", [_argument(1), *_one_of(DEVICE_COMMANDS)]
        yield "prctl", [_argument(0), *_one_of([PR_SET_NAME])]
        yield "setrlimit", [_argument(0), *_one_of([resource.RLIMIT_CPU])]
        yield "prlimit64", [
            _argument(0), _step(EQUAL, 0, 1, 0), no,
            _argument(1), _step(EQUAL, resource.RLIMIT_CPU, 4, 0),
            _argument(2), _step(EQUAL, 0, 0, 3), _argument(2, high=True), _step(EQUAL, 0, 0, 1),
            _step(RETURN, ALLOW), no,
        ]  # fmt: skip

    def _call(self, name: str, steps: list[bytes]) -> list[bytes]:
        number = self.machine.number(name)
        return [] if number is None else [_step(EQUAL, number, 0, len(steps)), *steps]


def _one_of(values: Iterable[int]) -> list[bytes]:
    steps = [step for value in values for step in (_step(EQUAL, value, 0, 1), _step(RETURN, ALLOW))]
    return [*steps, _step(RETURN, NOT_PERMITTED)]


def _argument(place: int, *, high: bool = False) -> bytes:
    return _step(LOAD, ARGUMENTS + 8 * place + (4 if high else 0))


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
