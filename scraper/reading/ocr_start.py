"""Limits this process, closes network, files and other programs to it, and becomes the program that it is told.

Run as ``python -m scraper.reading.ocr_start LIMITS PROGRAM ARGUMENT...``. Limits and seal stay on the program.
"""

import os
import resource
import sys

from scraper.reading.limits import Limits, MissingLimitError, apply
from scraper.reading.seal import seal


def main() -> None:
    """Never comes back: the program takes this process's place, or 3 is its exit code."""
    limits = Limits.from_argument(sys.argv[1])
    command = sys.argv[2:]
    try:
        apply(limits, written_bytes=limits.output_bytes)
    except MissingLimitError:
        sys.exit(3)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    seal(may_start_program=True)
    os.execv(command[0], command)  # noqa: S606 - no shell, and the command is ours


if __name__ == "__main__":
    main()
