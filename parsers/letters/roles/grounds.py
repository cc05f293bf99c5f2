"""What the table of provisions says of those that a letter names."""

import functools

from parsers.law.provision import written
from parsers.law.table import ProvisionRow, lookup
from parsers.letters.citing.expand import Parts


@functools.lru_cache(maxsize=4096)
def row_of(regime: str, parts: Parts) -> ProvisionRow | None:
    """What the table knows of a provision, or of the deepest one above it that it knows."""
    rows = (lookup(regime, written(parts[:depth])) for depth in range(len(parts), 0, -1))
    return next((row for row in rows if row is not None), None)


def whole_section(row: ProvisionRow) -> tuple[str, str]:
    """The law and the section or regulation to which a provision belongs."""
    return row.regime, row.provision.split("(")[0]


_PURPOSES = frozenset({("FOIA", "31(2)"), ("FOIA", "33(1)"), ("FOISA", "35(2)"), ("FOISA", "25(3)")})


def is_ground(row: ProvisionRow) -> bool:
    """Whether something can be refused by a provision: a ground, or the purposes that are cited beside one."""
    return row.refusal_ground or (row.regime, "(".join(row.provision.split("(")[:2])) in _PURPOSES


def part_of_a_ground(row: ProvisionRow) -> bool:
    """Whether a provision is no ground itself, but a part of a section that is one, and may be read with it."""
    whole = lookup(*whole_section(row))
    return whole is not None and whole.refusal_ground
