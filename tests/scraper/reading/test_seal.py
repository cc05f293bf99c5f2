"""What a child gives up, tried in processes that may be spoilt; the numbers of system calls, against the headers."""

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.reading import landlock, seal
from scraper.reading.calls import CONDITIONED, MACHINES, NUMBERS
from scraper.reading.limits import MissingLimitError

ROOT = Path(__file__).parents[3]
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
DEFINED = re.compile(r"^#define (__NR(?:3264)?_\w+)\s+(\w+)", re.MULTILINE)
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="filter and Landlock are Linux's")
with_landlock = pytest.mark.skipif(
    "landlock" not in Path("/proc/kallsyms").read_text(encoding="ascii") if Path("/proc/kallsyms").exists() else True,
    reason="the kernel has no Landlock",
)


def child(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"from scraper.reading.seal import seal\n{code}"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip


@linux
def test_reading_and_threads_go_on() -> None:
    done = child(
        "import threading, pathlib, parsers\n"
        "seal()\n"
        "thread = threading.Thread(target=lambda: print('a thread'))\n"
        "thread.start(); thread.join()\n"
        "import xml.dom.minidom\n"
        "print(pathlib.Path(parsers.__path__[0], 'README.md').read_text()[:9])\n"
    )
    assert done.stdout == "a thread\n# parsers\n", done.stderr


@linux
def test_a_thread_that_was_there_before_is_sealed_as_well() -> None:
    done = child(
        "import socket, threading\n"
        "sealed = threading.Event()\n"
        "def reach():\n"
        "    sealed.wait()\n"
        "    try: socket.socket()\n"
        "    except PermissionError: print('not permitted')\n"
        "thread = threading.Thread(target=reach)\n"
        "thread.start(); seal(); sealed.set(); thread.join()\n"
    )
    assert done.stdout == "not permitted\n", done.stderr


@linux
@with_landlock
def test_no_file_is_open_to_it_but_those_that_programs_are_made_of(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="ascii")
    places = [str(tmp_path / "secret"), str(tmp_path), "pyproject.toml", "/etc/passwd", str(Path.home()), "/proc",
              f"/proc/{os.getpid()}/environ", f"/proc/{os.getpid()}/mem", f"/proc/{os.getpid()}/fd", "/proc/self/maps",
              str(Path("/proc/self", "root", "etc", "passwd")), str(Path("/dev", "shm"))]  # fmt: skip
    done = child(
        "import os\n"
        "print(seal())\n"
        f"for place in {places!r}:\n"
        "    try: os.open(place, os.O_RDONLY); print('opened', place)\n"
        "    except PermissionError: pass\n"
    )
    assert done.stdout == "True\n", done.stderr


@linux
def test_files_that_it_is_to_read_stay_open_to_it(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("data", encoding="ascii")
    done = child(f"seal(readable=[{str(tmp_path)!r}]); print(open({str(tmp_path / 'data')!r}).read())")
    assert done.stdout == "data\n", done.stderr


def test_a_checkout_that_holds_archives_is_no_folder_of_programs() -> None:
    assert str(ROOT) not in {str(Path(path).resolve()) for path in landlock._readable()}


@linux
def test_a_program_runs_under_the_seal_and_starts_no_other() -> None:
    done = child(
        "import os\n"
        "seal(may_start_program=True)\n"
        "os.execv('/bin/sh', ['sh', '-c', 'echo one; (echo two); echo x > left-behind; /bin/true || echo three'])\n"
    )
    assert done.stdout == "one\n"
    assert not (ROOT / "left-behind").exists()


@pytest.mark.parametrize(("system", "machine"), [("linux", "abacus"), ("linux", "armv7l"), ("plan9", "x86_64")])
def test_a_machine_whose_calls_are_not_known_reads_nothing(
    system: str, machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.machine", lambda: machine)
    monkeypatch.setattr("sys.platform", system)
    with pytest.raises(MissingLimitError, match=rf"\({system}, {machine}, 64 bits\), so files that others"):
        seal.seal()


@linux
def test_a_kernel_without_a_filter_reads_nothing() -> None:
    done = child(
        "from scraper.reading.limits import MissingLimitError\n"
        "seal(may_start_program=True)\n"  # after it no other filter can be set
        "try: seal()\n"
        "except MissingLimitError as error: print(error)\n"
    )
    assert done.stdout.startswith("This kernel has no filter of system calls (seccomp), or does not let"), done.stderr


@pytest.mark.parametrize("name", MACHINES)
def test_the_numbers_of_calls_are_those_of_the_kernels_headers(name: str) -> None:
    header, machine = HEADERS[name], MACHINES[name]
    if not header.exists():
        pytest.skip("the kernel's headers are not installed")
    defined = dict(DEFINED.findall(header.read_text(encoding="utf-8")))
    defined = {name: defined.get(value, value) for name, value in defined.items()}
    told = {name.partition("_NR_")[2]: int(value) for name, value in defined.items() if value.isdecimal()}
    ours = {call: number for call in NUMBERS if (number := machine.number(call)) is not None}
    assert ours == {call: told[call] for call in ours}
    assert machine.filtering == told["seccomp"]
    assert {told[call] for call in ("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self")} == {
        landlock.CREATE_RULESET, landlock.ADD_RULE, landlock.RESTRICT_SELF,
    }  # fmt: skip
    assert max(ours.values()) < seal.UNKNOWN_CALLS


@pytest.mark.parametrize(("name", "elf"), [("x86_64", 62), ("aarch64", 183)])
def test_a_machine_is_known_to_the_kernel_by_its_number(name: str, elf: int) -> None:
    """AUDIT_ARCH_... of ``linux/audit.h``: 64 bits, little end first, and the machine's number in ELF files."""
    assert MACHINES[name].audit == 0x8000_0000 | 0x4000_0000 | elf


def run(code: bytes, machine: int, number: int, arguments: tuple[int, ...]) -> int:
    """What the kernel's filter machine would answer."""
    data = struct.pack("<IIQ6Q", number, machine, 0, *arguments, *[0] * (6 - len(arguments)))
    steps = [struct.unpack_from("=HBBI", code, place) for place in range(0, len(code), 8)]
    at, held = 0, 0
    while True:
        what, if_true, if_false, value = steps[at]
        at += 1
        if what == seal.LOAD:
            (held,) = struct.unpack_from("<I", data, value)
        elif what == seal.RETURN:
            return int(value)
        else:
            holds = {seal.EQUAL: held == value, seal.AT_LEAST: held >= value, seal.ANY_BIT: bool(held & value)}[what]
            at += if_true if holds else if_false


ANSWERS = [
    ("openat", (0, 0, 0), seal.ALLOW),
    ("openat", (0, 0, os.O_WRONLY), seal.NOT_PERMITTED),
    ("openat", (0, 0, os.O_RDONLY | os.O_TRUNC), seal.NOT_PERMITTED),
    ("clone", (0x3D0F00,), seal.ALLOW),
    ("clone", (17,), seal.NOT_PERMITTED),
    ("clone3", (), seal.NO_SUCH_CALL),
    ("tgkill", (os.getpid(), 5, 6), seal.ALLOW),
    ("tgkill", (os.getppid(), 5, 6), seal.NOT_PERMITTED),
    ("fcntl", (0, 8, 1), seal.NOT_PERMITTED),
    ("fcntl", (0, 3), seal.ALLOW),
    ("ioctl", (0, 0x5412), seal.NOT_PERMITTED),
    ("prctl", (1, 0), seal.NOT_PERMITTED),
    ("setrlimit", (0, 1), seal.ALLOW),
    ("setrlimit", (9, 1), seal.NOT_PERMITTED),
    ("prlimit64", (0, 0, 1), seal.ALLOW),
    ("prlimit64", (0, 9, 0), seal.ALLOW),
    ("prlimit64", (0, 9, 1), seal.NOT_PERMITTED),
    ("prlimit64", (0, 9, 1 << 40), seal.NOT_PERMITTED),
    ("prlimit64", (1, 0, 1), seal.NOT_PERMITTED),
    ("execve", (), seal.NOT_PERMITTED),
    ("read", (), seal.ALLOW),
]


@pytest.mark.parametrize("name", MACHINES)
def test_the_filter_of_each_machine_answers_by_what_is_asked(name: str) -> None:
    """Run here, so that the filter of a processor that is not at hand is tried as well."""
    machine = MACHINES[name]
    code = seal._Filter(machine).allowing(may_start_program=False)
    assert {call for call, _, _ in ANSWERS} >= set(CONDITIONED) - {"open"}
    for call, arguments, answer in ANSWERS:
        number = machine.number(call)
        if number is not None:
            assert run(code, machine.audit, number, arguments) == answer, (call, arguments)
    known = {machine.number(call) for call in NUMBERS}
    refused = set(range(seal.UNKNOWN_CALLS)) - known
    assert {run(code, machine.audit, number, ()) for number in refused} == {seal.NOT_PERMITTED}
    assert run(code, machine.audit, seal.UNKNOWN_CALLS, ()) == seal.NO_SUCH_CALL
    assert {run(code, other, 0, ()) for other in (0x40000003, 0x40000028)} == {seal.KILL}
    assert run(code, machine.audit, seal.FOREIGN_CALLS, ()) == seal.KILL
