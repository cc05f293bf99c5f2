"""What is compared: the facts of a letter, as its labels have them or as a method read them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from parsers.letters.reading import strongest
from parsers.letters.records import RELIED_ON, Reading

Place = tuple[str, str]
"""A regime and a provision of it."""

SUPPORTING = "supporting"
"""The role of a provision that stands behind a ground: cited, and neither rightly nor wrongly relied on."""

_BEFORE_NUMBER = re.compile(r"(?:^|.* )(?:[a-z]{0,3}(?=[0-9]))?(?=[0-9]|Sch\.)")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One letter; None where nothing is said of a field.

    ``provisions`` gives the role that stands for the letter. Labels of other people only tell ``relied_on`` from
    ``mentioned``, and roles are compared as finely as both sides allow.
    """

    provisions: Mapping[Place, str] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    letter_date: str | None = None
    request_date: str | None = None
    kind: str | None = None
    outcome: str | None = None

    @property
    def relied(self) -> set[Place]:
        """What the letter relies on."""
        return {place for place, role in self.provisions.items() if role in RELIED_ON}

    @property
    def beside(self) -> set[Place]:
        """What may be taken for relied on or not."""
        return {place for place, role in self.provisions.items() if role == SUPPORTING}


def facts_of(reading: Reading) -> Facts:
    """The facts of a reading."""
    return Facts(
        provisions={place: citation.role for place, citation in strongest(reading.citations).items()},
        references=tuple(reference.value for reference in reading.references),
        letter_date=reading.letter_date.value if reading.letter_date else None,
        request_date=reading.request_date.value if reading.request_date else None,
        kind=reading.kind,
        outcome=reading.outcome,
    )


def standing(citations: Iterable[tuple[str, str, str]], strength: tuple[str, ...]) -> dict[Place, str]:
    """For each regime and provision the role that comes first in ``strength``."""
    roles: dict[Place, str] = {}
    for regime, provision, role in citations:
        best = roles.setdefault((regime, provision), role)
        if strength.index(role) < strength.index(best):
            roles[regime, provision] = role
    return roles


def above(short: Place, deep: Place) -> bool:
    """Whether the first is a shallower form of the second: ``40`` and ``40(2)`` of ``40(2)(a)``."""
    return short[0] == deep[0] and deep[1].startswith(f"{short[1]}(")


def same_status(role: str, other: str) -> bool:
    """Whether two roles are both relied on or both only mentioned."""
    return (role in RELIED_ON) == (other in RELIED_ON)


def reference_norm(value: str) -> str:
    """What the ways of printing one number have in common: ``FOI 2021-315`` and ``FOIA/2021/315`` are one."""
    return re.sub(r"^(?:foia|foi|eir|ref|no)+", "", re.sub(r"[^0-9a-z]", "", value.lower()))


def bare(place: Place) -> Place:
    """A provision of another Act by its number alone, as labels have it: ``117`` for ``MHA1983 s117``."""
    return (place[0], _BEFORE_NUMBER.sub("", place[1])) if place[0] == "OTHER" else place


def section(place: Place) -> Place:
    """The section of a provision: ``36`` of ``36(2)(b)(i)``."""
    return place[0], re.split(r"[(\s]", place[1].strip(), maxsplit=1)[0]
