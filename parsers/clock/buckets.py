"""The steps in which official tables count working days (Cabinet Office, freedom of information statistics)."""

from bisect import bisect_left
from typing import Literal

ExtensionBucket = Literal[
    "5 or less",
    "6 to 10",
    "11 to 15",
    "16 to 20",
    "21 to 30",
    "31 to 40",
    "41 to 60",
    "61 to 80",
    "81 to 100",
    "More than 100",
]
ReviewBucket = Literal["10 or less", "11 to 20", "21 to 40", "41 to 60", "61 to 80", "81 to 100", "More than 100"]

_EXTENSION_ENDS = (5, 10, 15, 20, 30, 40, 60, 80, 100)
_EXTENSION_NAMES: tuple[ExtensionBucket, ...] = (
    "5 or less", "6 to 10", "11 to 15", "16 to 20", "21 to 30", "31 to 40", "41 to 60", "61 to 80", "81 to 100",
    "More than 100",
)  # fmt: skip
_REVIEW_ENDS = (10, 20, 40, 60, 80, 100)
_REVIEW_NAMES: tuple[ReviewBucket, ...] = (
    "10 or less", "11 to 20", "21 to 40", "41 to 60", "61 to 80", "81 to 100", "More than 100",
)  # fmt: skip


def extension_bucket(working_days: int) -> ExtensionBucket:
    """Where an extension of so many working days is counted: its last day is in the step."""
    return _EXTENSION_NAMES[bisect_left(_EXTENSION_ENDS, working_days)]


def review_bucket(working_days: int) -> ReviewBucket:
    """Where an internal review of so many working days is counted: its last day is in the step."""
    return _REVIEW_NAMES[bisect_left(_REVIEW_ENDS, working_days)]
