"""No network, no new programs, no writing: what a child process gives up before it reads.

On Linux a seccomp filter, which needs no privilege, answers "not permitted" to the system calls that reach
the network, start a program, signal another process, or create, change or remove a file. Where the kernel or
the processor is not one that the filter knows, the child moves into an empty network namespace if it may.
``seal`` says what came of it; limits on memory and time hold in either case.
"""

import ctypes
import platform
import struct
import sys
from dataclasses import dataclass, replace
from typing import Literal

Sealed = Literal["filter", "namespace", "open"]
"""How: by a filter of system calls, by an empty network namespace, or not at all."""

PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
"""Instructions of the kernel's filter machine: BPF_LD|W|ABS, BPF_JMP|JEQ, JGE and JSET, BPF_RET."""
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16
"""Offsets in ``struct seccomp_data``; arguments are 8 bytes each, low half first."""
ALLOW, KILL, NOT_PERMITTED = 0x7FFF0000, 0x80000000, 0x00050001
FOREIGN_CALLS = 0x40000000
"""Numbers from here on are the x32 calls of a 64-bit Intel kernel."""
WRITING = 0o1 | 0o2 | 0o100 | 0o1000
"""O_WRONLY, O_RDWR, O_CREAT, O_TRUNC: alike on both processors."""


@dataclass(frozen=True, kw_only=True)
class _Machine:
    audit: int
    """The kernel's own number for the processor."""
    starting: int
    """The call that a program is started by."""
    dividing: tuple[int, ...]
    """The calls that threads and most new processes are made by: clone and clone3."""
    refused: tuple[int, ...]
    opening: tuple[tuple[int, int], ...]
    """Calls that open a file, and which argument holds the flags."""


MACHINES = {
    "x86_64": _Machine(
        audit=0xC000003E,
        starting=59,
        dividing=(56, 435),
        # socket connect accept sendto sendmsg bind listen socketpair fork vfork execve kill
        # truncate rename mkdir rmdir creat link unlink symlink chmod fchmod chown lchown ptrace
        # mknod mount mkdirat mknodat fchownat unlinkat renameat linkat symlinkat fchmodat accept4
        # process_vm_writev renameat2 bpf execveat pidfd_send_signal io_uring_setup openat2
        refused=(
            41, 42, 43, 44, 46, 49, 50, 53, 57, 58, 59, 62,
            76, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 94, 101,
            133, 165, 258, 259, 260, 263, 264, 265, 266, 268, 288,
            311, 316, 321, 322, 424, 425, 437,
        ),
        opening=((2, 1), (257, 2)),
    ),
    "aarch64": _Machine(
        audit=0xC00000B7,
        starting=221,
        dividing=(220, 435),
        # mknodat mkdirat unlinkat symlinkat linkat renameat mount truncate fchmod fchmodat fchownat
        # ptrace kill socket socketpair bind listen accept connect sendto sendmsg execve accept4
        # process_vm_writev renameat2 bpf execveat pidfd_send_signal io_uring_setup openat2
        refused=(
            33, 34, 35, 36, 37, 38, 40, 45, 52, 53, 54,
            117, 129, 198, 199, 200, 201, 202, 203, 206, 211, 221, 242,
            271, 276, 280, 281, 424, 425, 437,
        ),
        opening=((56, 2),),
    ),
}  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def seal(*, may_start_program: bool = False) -> Sealed:
    """Give up network, programs and writing for good, by the best means this system has.

    ``may_start_program`` leaves the one call by which this process becomes another program, sealed like this one, and
    takes the calls by which it could start one beside itself, or a thread.
    """
    if not sys.platform.startswith("linux"):
        return "open"
    libc = ctypes.CDLL(None, use_errno=True)
    machine = MACHINES.get(platform.machine())
    if machine is not None and may_start_program:
        refused = tuple(call for call in (*machine.refused, *machine.dividing) if call != machine.starting)
        machine = replace(machine, refused=refused)
    if machine is not None and _filter(libc, machine):
        return "filter"
    return "namespace" if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0 else "open"


def _filter(libc: ctypes.CDLL, machine: _Machine) -> bool:
    code = _program(machine)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(buffer))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _program(machine: _Machine) -> bytes:
    """The filter, as the kernel's machine reads it: each instruction is 8 bytes, jumps count instructions."""
    steps = [
        _step(LOAD, ARCHITECTURE),
        _step(EQUAL, machine.audit, 1, 0),
        _step(RETURN, KILL),
        _step(LOAD, NUMBER),
        _step(AT_LEAST, FOREIGN_CALLS, 0, 1),
        _step(RETURN, KILL),
    ]
    for number in machine.refused:
        steps += [_step(EQUAL, number, 0, 1), _step(RETURN, NOT_PERMITTED)]
    for number, argument in machine.opening:
        steps += [
            _step(EQUAL, number, 0, 4),
            _step(LOAD, ARGUMENTS + 8 * argument),
            _step(ANY_BIT, WRITING, 0, 1),
            _step(RETURN, NOT_PERMITTED),
            _step(RETURN, ALLOW),
        ]
    return b"".join([*steps, _step(RETURN, ALLOW)])


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
