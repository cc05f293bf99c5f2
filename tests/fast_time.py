"""Another day for a child process, from outside: libfaketime (Debian's package ``faketime``) before its C library.

Nothing in the program knows of it. Its monotonic clock stays that of the machine, so that timeouts and delays last
as long as they say.
"""

import os
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

OUTSIDE = Path(__file__).parent / "outside"
NAME = "faketime/libfaketimeMT.so.1"


@cache
def library() -> Path | None:
    """Where libfaketime lies, or ``None``."""
    places = (Path("/usr/lib"), Path("/usr/local/lib"))
    return next((path for place in places for path in (*place.glob(NAME), *place.glob(f"*/{NAME}"))), None)


def needs_fast_time() -> None:
    """Skip the test where child processes cannot be given another day."""
    if sys.platform != "linux" or library() is None:
        pytest.skip("needs libfaketime: apt-get install faketime")


def environment_at(moment: datetime, *, rate: float = 1) -> dict[str, str]:
    """What a process is to be started with whose clock says ``moment`` now and goes on from there.

    Processes that it starts with its environment are on the same clock. Raises ``RuntimeError`` where libfaketime is
    missing.
    """
    found = library()
    if found is None:
        raise RuntimeError("libfaketime is missing: apt-get install faketime")
    offset = (moment - datetime.now(UTC)).total_seconds()
    speed = f" x{rate:g}" if rate != 1 else ""
    return {
        **os.environ,
        "LD_PRELOAD": str(found),
        "FAKETIME": f"{offset:+.0f}{speed}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DISABLE_SHM": "1",
        "PYTHONPATH": str(OUTSIDE),
    }
