"""A child process can be given another day, and its delays stay as long as they are."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

from tests.fast_time import environment_at, needs_fast_time

CODE = """
import subprocess, sys, threading, time
from datetime import UTC, datetime
started = time.monotonic()
time.sleep(0.2)
threading.Event().wait(0.2)
print(time.monotonic() - started)
print(datetime.now(UTC).isoformat())
child = "from datetime import UTC, datetime; print(datetime.now(UTC).isoformat())"
print(subprocess.run([sys.executable, "-c", child], capture_output=True, text=True, timeout=240).stdout.strip())
"""


def test_a_process_and_its_children_live_on_another_day() -> None:
    needs_fast_time()
    day = datetime(2025, 5, 1, 3, tzinfo=UTC)
    done = subprocess.run(
        [sys.executable, "-c", CODE], env=environment_at(day), capture_output=True, text=True, timeout=240, check=True
    )
    lasted, own, child = done.stdout.split()
    assert 0.35 < float(lasted) < 3_600
    assert day <= datetime.fromisoformat(own) < datetime.fromisoformat(child) < day + timedelta(hours=1)
