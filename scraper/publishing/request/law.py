"""The law table, and what each citation counts as."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from parsers.errors import ParseError
from parsers.law.provision import Provision
from parsers.law.table import ProvisionRow, counted_as, lookup, provisions, versions


def provision_rows() -> Iterator[dict[str, Any]]:
    """Every row of the law table as published, in its order."""
    for row in provisions():
        yield {
            "id": provision_id(row),
            "regime": row.regime,
            "provision": row.provision,
            "section": row.key.section,
            "parent": row.parent,
            "kind": row.kind,
            "refusal_ground": _yes(row.refusal_ground),
            "short_title": row.short_title,
            "test": row.test,
            "basis": row.basis,
            "ncnd": _yes(row.ncnd),
            "in_force_from": _day(row.in_force_from),
            "in_force_to": _day(row.in_force_to),
            "statistics_label": row.statistics_label,
            "applies_in": row.applies_in,
            "rolls_up_to": row.rolls_up_to,
            "notes": row.notes,
            "source": row.source,
            "confidence": row.confidence,
            "source_url": row.source_url,
        }


def provision_id(row: ProvisionRow) -> str:
    """``FOIA 40(2)``, and the first day in force where there are several versions."""
    several = len(versions(row.regime, row.provision)) > 1
    return f"{row.regime} {row.provision}" + (f" @{_day(row.in_force_from)}" if several else "")


@lru_cache(maxsize=8192)
def counted(regime: str, provision: str, on: date | None) -> tuple[str, str, ProvisionRow | None]:
    """What a citation counts as, and the row of that ground in the version of the day; None where there is none."""
    ground = counted_as(regime, provision)
    return (*ground, lookup(*ground, on=on))


def hands_over(regime: str, provision: str) -> bool:
    """Whether a ground only passes a request on to the environmental regulations (FOIA s.39, FOISA s.39(2)).

    Where a letter then answers under them, what it refuses is refused there, and the ground is not counted twice.
    """
    return (regime == "FOIA" and section_of(provision) == "39") or (
        regime == "FOISA" and (provision == "39(2)" or provision.startswith("39(2)("))
    )


@lru_cache(maxsize=8192)
def section_of(provision: str) -> str | None:
    """The section, regulation or article of a provision; None where it is not in canonical form."""
    try:
        return Provision.parse(provision, regime="OTHER").section
    except ParseError:
        return None


def _yes(value: bool) -> str:  # noqa: FBT001 - the value itself
    return "yes" if value else "no"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
