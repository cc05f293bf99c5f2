"""The system calls that a child may make, and nothing else: by name, with their numbers on each processor.

Everything that is not named here is refused: sockets, programs, new processes, signals to others, other processes'
memory, changes to files or to the clock, shared memory, timers that outlive the process, and whatever kernels to come
will have. What is named without a condition reads, waits, or works on memory and on files that are open already.

The numbers are those of the kernel's ``arch/x86/entry/syscalls/syscall_64.tbl`` and ``include/uapi/asm-generic/
unistd.h`` (which 64-bit ARM has); the tests compare them with the headers of the system, where it has them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Number = int | None
"""``None`` where the processor has no such call."""


@dataclass(frozen=True, kw_only=True)
class Machine:
    """One kind of processor."""

    audit: int
    """The kernel's own number for it, ``AUDIT_ARCH_...`` in ``linux/audit.h``."""
    column: int
    """Which of the numbers below are its own."""
    filtering: int
    """The call that sets a filter, ``seccomp``."""

    def number(self, name: str) -> Number:
        """Of a call named below."""
        return NUMBERS[name][self.column]

    def numbers(self, names: tuple[str, ...]) -> list[int]:
        """Of those that the processor has."""
        return [number for name in names if (number := self.number(name)) is not None]


MACHINES = {
    "x86_64": Machine(audit=0xC000003E, column=0, filtering=317),
    "aarch64": Machine(audit=0xC00000B7, column=1, filtering=277),
}

FREE: Mapping[str, tuple[Number, Number]] = {
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67),
    "preadv": (295, 69), "close": (3, 57), "close_range": (436, 436), "lseek": (8, 62), "fadvise64": (221, 223),
    "stat": (4, None), "fstat": (5, 80), "lstat": (6, None), "newfstatat": (262, 79), "statx": (332, 291),
    "access": (21, None), "faccessat": (269, 48), "faccessat2": (439, 439), "readlink": (89, None),
    "readlinkat": (267, 78), "getdents": (78, None), "getdents64": (217, 61), "getcwd": (79, 17),
    "fstatfs": (138, 44), "statfs": (137, 43), "poll": (7, None), "ppoll": (271, 73), "select": (23, None),
    "pselect6": (270, 72), "epoll_create1": (291, 20), "pipe": (22, None), "pipe2": (293, 59), "dup": (32, 23),
    "dup2": (33, None), "dup3": (292, 24), "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215),
    "brk": (12, 214), "mremap": (25, 216), "madvise": (28, 233), "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132), "restart_syscall": (219, 128),
    "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153), "alarm": (37, None), "getitimer": (36, 102),
    "setitimer": (38, 103), "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178), "getuid": (102, 174),
    "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177), "uname": (63, 160), "sysinfo": (99, 179),
    "getrusage": (98, 165), "getrlimit": (97, 163), "getcpu": (309, 168), "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123), "futex": (202, 98), "set_tid_address": (218, 96), "set_robust_list": (273, 99),
    "rseq": (334, 293), "membarrier": (324, 283), "arch_prctl": (158, None), "getrandom": (318, 278),
    "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
CONDITIONED: Mapping[str, tuple[Number, Number]] = {
    "open": (2, None), "openat": (257, 56), "clone": (56, 220), "clone3": (435, 435), "tgkill": (234, 131),
    "fcntl": (72, 25), "ioctl": (16, 29), "prctl": (157, 167), "prlimit64": (302, 261), "setrlimit": (160, 164),
    "execve": (59, 221),
}  # fmt: skip
"""Allowed by what they are asked for; ``seal`` has the conditions."""
NUMBERS = {**FREE, **CONDITIONED}
