"""The machine on which something is measured, as far as it matters to others: no names of hosts, people or folders."""

import os
import platform
import re
import sqlite3
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIBRARIES = ("scrapy", "lxml", "pypdfium2", "pdfplumber", "datasette", "pyarrow", "distributed")
_MODEL = re.compile(r"^model name\s*:\s*(.+)$", re.MULTILINE)
_MEMORY = re.compile(r"^MemTotal:\s+(\d+) kB", re.MULTILINE)


def machine(folder: Path) -> dict[str, str]:
    """What there is to know, in words; ``folder`` is where the archives that are measured lie."""
    return {
        "processor": _found(_MODEL, "/proc/cpuinfo") or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{int(_found(_MEMORY, '/proc/meminfo') or 0) / (1 << 20):.0f} GB",
        "disk": disk(folder),
        "system": f"{platform.freedesktop_os_release().get('PRETTY_NAME', 'Linux')}, Linux {_kernel()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        **{name: _version(name) for name in LIBRARIES},
    }


def disk(folder: Path) -> str:
    """The file system of a folder, and whether its disk turns."""
    folder = next(one for one in (folder, *folder.parents) if one.exists())
    number = folder.stat().st_dev
    kind = Path(f"/sys/dev/block/{os.major(number)}:{os.minor(number)}")
    turning = _first(kind / "queue/rotational", kind.resolve().parent / "queue/rotational")
    words = {"0": "solid-state or virtual disk", "1": "rotating or virtual disk"}.get(turning, "disk of unknown kind")
    return f"{words}, {_file_system(folder)}"


def commit() -> str:
    """The commit that is measured, with a plus where the program differs from it; empty outside a checkout."""
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--abbrev=10", "--exclude=*"]
    changed = [
        "git",
        "-C",
        str(ROOT),
        "status",
        "--porcelain",
        "--untracked-files=no",
        "parsers",
        "scraper",
        "data/site",
    ]
    told = [subprocess.run(one, capture_output=True, text=True, check=False).stdout.strip() for one in (asked, changed)]
    return told[0] + ("+" if told[1] else "")


def _kernel() -> str:
    return ".".join(platform.release().split("-")[0].split(".")[:2])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _found(pattern: re.Pattern[str], path: str) -> str:
    found = pattern.search(Path(path).read_text(encoding="utf-8"))
    return found[1].strip() if found else ""


def _first(*paths: Path) -> str:
    return next((path.read_text(encoding="ascii").strip() for path in paths if path.is_file()), "")


def _file_system(folder: Path) -> str:
    """By the longest mount point above the folder."""
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    above = [(len(place), kind) for place, kind in mounts if folder.resolve().is_relative_to(place)]
    return max(above, default=(0, "unknown"))[1]
