"""Waiting for what is meant, however slow the machine: for a state and not for a time, by work and not by a clock."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 120.0
"""Seconds after which a state that is waited for will not come."""
SCALES = (1, 4, 16)


def until(true: Callable[[], object], otherwise: str, *, seconds: float = PATIENCE) -> None:
    """Wait until a thing is so; fails with the words ``otherwise`` where it never comes to be."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.01)


def at_some_pace(attempt: Callable[[int], None]) -> None:
    """Make an attempt that a machine which stands still for a moment spoils, and another with all its times longer.

    Only for what is told from outside by the clock alone: ``attempt`` gets how many times longer, and the last one
    counts.
    """
    *first, last = SCALES
    for scale in first:
        try:
            attempt(scale)
        except AssertionError:
            continue
        return
    attempt(last)


@contextmanager
def spending(seconds: float, *, of: Callable[[], float] = time.thread_time) -> Iterator[None]:
    """Fail where the block takes more processor time of its thread, which others on the machine hardly make longer.

    The limit is twenty times what is needed or more: it is for what takes time by the square of a length.
    """
    began = of()
    yield
    taken = of() - began
    assert taken < seconds, f"{taken:.1f} seconds of the processor"
