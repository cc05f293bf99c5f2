"""Days and moments as an export has them: every moment in UTC."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any


def day(value: str) -> str | None:
    """``value`` where it is a day such as 2024-03-01, else ``None``."""
    if value[4:5] != "-" or value[7:8] != "-":
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None


def moment(value: str) -> str | None:
    """``value`` in UTC, such as 2024-03-01T09:00:00Z; ``None`` where it is no moment or does not tell its offset."""
    try:
        read = datetime.fromisoformat(value)
        return read.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z" if read.tzinfo else None
    except (ValueError, OverflowError):
        return None


READ = {"day": day, "moment": moment}
"""How a column that holds one of them is read."""


def read(holds: str, values: Sequence[Any]) -> tuple[list[str | None], int]:
    """The values as days or moments, and how many are neither: these are left empty, and told."""
    made = [None if value is None else READ[holds](value) for value in values]
    return made, made.count(None) - sum(value is None for value in values)
