"""For child processes on a clock of their own: sleep by the wait for a file that never comes.

libfaketime takes ``clock_nanosleep`` up to a moment for one on the clock it fakes even where it was told to leave
monotonic clocks alone, so that ``time.sleep`` ends with EINVAL. ``select`` waits for a span and is let be.
"""

import select
import time
from typing import SupportsIndex


def _sleep(seconds: float | SupportsIndex) -> None:
    select.select([], [], [], float(seconds))


time.sleep = _sleep
