"""A small site with the surface of the real one, on this machine only, made from a seed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTING_SECONDS = 60


@contextmanager
def running(*, seed: int = 1, requests: int = 300, **options: object) -> Iterator[str]:
    """Start the stand-in in a process of its own and give its address; end it afterwards.

    ``options`` are those of ``python -m scraper.standin`` with underscores for hyphens: ``error_rate=0.1``,
    ``log=path``, ``no_authorities_csv=True``. Raises ``RuntimeError`` with the reason where it cannot start.
    """
    command = [sys.executable, "-m", "scraper.standin", "--seed", str(seed), "--requests", str(requests)]
    root = Path(__file__).parent.parent.parent
    with subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--parent", str(os.getpid()), *_flags(options)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
    ) as process:
        try:
            yield _address(process)
        finally:
            process.terminate()
            process.communicate(timeout=STARTING_SECONDS)


def _flags(options: dict[str, object]) -> Iterator[str]:
    for name, value in options.items():
        flag = f"--{name.replace('_', '-')}"
        if value is True:
            yield flag
        elif value not in {None, False}:
            yield f"{flag}={value}"


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None  # noqa: S101 - it was asked for above
    line = process.stdout.readline().strip()
    if not line.startswith("http://127.0.0.1:"):
        process.terminate()
        _, said = process.communicate(timeout=STARTING_SECONDS)
        raise RuntimeError(f"The stand-in site did not start: {said.strip() or line or 'it said nothing'}")
    return line
