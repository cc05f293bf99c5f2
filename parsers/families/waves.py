"""Requests in the same words that were sent at about the same time."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

GAP_DAYS = 90
"""A round robin goes on while the next request is sent within so many days; the same words a year later are another."""
Item = TypeVar("Item")


def waves(items: Iterable[tuple[str | None, Item]], *, gap_days: int = GAP_DAYS) -> list[list[Item]]:
    """Items, each with its day as ``2024-03-31``, in lists within which no day is far from the next.

    What has no day that can be read goes with the earliest. The order within a list is that of the days, then of
    ``items``.
    """
    dated = sorted(((_day(day), item) for day, item in items), key=lambda one: one[0])
    found: list[list[Item]] = []
    last = date.min
    for day, item in dated:
        if not found or (last > date.min and (day - last).days > gap_days):
            found.append([])
        found[-1].append(item)
        last = day
    return found


def _day(day: str | None) -> date:
    try:
        return date.fromisoformat(day or "")
    except ValueError:
        return date.min
