"""A pool of children that do what their documents tell them to."""

import sys
from dataclasses import replace
from pathlib import Path

from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.pool import ReaderPool

CHILD = str(Path(__file__).with_name("misbehaving_child.py"))
LIMITS = Limits(memory_bytes=400 * MEGABYTE, cpu_seconds=30, wall_seconds=120, output_bytes=MEGABYTE)
BRIEF = {"loop": replace(LIMITS, cpu_seconds=1)} | dict.fromkeys(
    ("sleep", "half_and_wait", "answer_drop_by_drop"), replace(LIMITS, wall_seconds=4)
)
"""Only what is to be stopped has little time: on a busy machine all takes long."""


def misbehaving(workers: int = 1, *, start: str = "start", limits: Limits = LIMITS) -> ReaderPool:
    return ReaderPool(workers, limits, command=(sys.executable, "-P", CHILD, start))
