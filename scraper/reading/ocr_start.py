"""Limits this process, closes network, files and other programs to it, and becomes the program that it is told.

Run as ``python -m scraper.reading.ocr_start LIMITS PROGRAM ARGUMENT...``. Limits and seal stay on the program.
"""

import os
import resource
import sys
from pathlib import Path

from scraper.reading.limits import Limits, MissingLimitError, apply
from scraper.reading.seal import seal

SETTINGS = ("TESSDATA_PREFIX",)
"""What it is told of our environment: where its data are, if that is not the usual place."""


def main() -> None:
    """Never comes back: the program takes this process's place, or 3 is its exit code."""
    limits = Limits.from_argument(sys.argv[1])
    command = sys.argv[2:]
    try:
        apply(limits, written_bytes=limits.output_bytes)
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
        seal(may_start_program=True, readable=_its_own(command[0]))
    except MissingLimitError:
        sys.exit(3)
    os.execv(command[0], command)  # noqa: S606 - no shell, and the command is ours


def _its_own(program: str) -> list[str]:
    """The folders of a program that is installed apart from the system's, and of its data."""
    installed = Path(program).resolve().parent
    data = [os.environ[name] for name in SETTINGS if name in os.environ]
    return [str(installed.parent if installed.name == "bin" else installed), *data]


if __name__ == "__main__":
    main()
