"""What a search is narrowed to: requests of an authority, a year, a law, a ground or an outcome."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive_site.search import suggest
from archive_site.store import Row, row, rows
from archive_site.wording import body_words, labels

LAWS = ("FOIA", "EIR", "FOISA", "EISR")
LONGEST = 200
_OFFERED = 12

_AUTHORITY = "SELECT id, url_name, name, short_name, request_count FROM authorities"
_BY_ADDRESS = f"{_AUTHORITY} WHERE url_name = :asked"
_BY_NAME = f"""{_AUTHORITY}
WHERE instr(lower(name), lower(:asked)) OR lower(short_name) = lower(:asked)
ORDER BY lower(name) = lower(:asked) DESC, lower(short_name) = lower(:asked) DESC, request_count DESC, name
LIMIT {_OFFERED + 1}"""
_GROUND = """
SELECT regime, provision, rolls_up_to, short_title FROM provisions
WHERE regime = :regime AND provision = :provision COLLATE NOCASE ORDER BY in_force_from DESC LIMIT 1"""


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One filter as it is shown: what it says, and the names of the parameters that removing it takes away."""

    name: str
    value: str
    parameter: str


@dataclass(frozen=True, kw_only=True)
class Filters:
    """The filters that were asked for, resolved; a problem is a sentence, and then nothing is looked for."""

    given: Mapping[str, str]
    """The parameters as they stand in addresses."""
    authority: Row | None = None
    year: int | None = None
    regime: str | None = None
    grounds: tuple[tuple[str, str], ...] = ()
    """Law and provision of each ground that was perhaps meant; one is enough."""
    outcome: str | None = None
    offered: tuple[Row, ...] = ()
    """Authorities of which one was perhaps meant."""
    problems: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """FTS5 expressions over the marks of requests, all of which must hold (see the table ``search_marks``)."""
        return tuple(self._marks())

    def _marks(self) -> Iterator[str]:
        if self.authority:
            yield f"xqa{self.authority['id']}0"
        if self.year:
            yield f"xqy{self.year}0"
        if self.regime:
            yield f"xqr{self.regime.lower()}0"
        if self.outcome:
            yield f"xqo{self.outcome.replace('_', '')}0"
        if self.grounds:
            yield "(" + " OR ".join(ground_mark(*ground) for ground in self.grounds) + ")"

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Each filter in words."""
        return tuple(self._chips())

    def _chips(self) -> Iterator[Chip]:
        if self.authority:
            yield Chip(name="Authority", value=self.authority["name"], parameter="authority")
        if self.year:
            yield Chip(name="Asked in", value=str(self.year), parameter="year")
        if self.regime:
            yield Chip(name="Law", value=labels.words(self.regime, labels.LAWS), parameter="regime")
        if self.grounds:
            told = " or ".join(labels.provision(*ground) for ground in self.grounds)
            yield Chip(name="Relied on", value=told, parameter="provision")
        if self.outcome:
            yield Chip(name="Outcome", value=body_words.CLASSES[self.outcome], parameter="outcome")


def ground_mark(regime: str, provision: str) -> str:
    """The mark of requests in which an authority relies on this provision or on a part of it."""
    written = provision.replace(")", "").replace("(", "x").replace(" ", "").replace(".", "")
    return f'"xqp{regime}{written}0"'.lower()


async def filters(datasette: Any, args: Any) -> Filters:
    """The filters in the parameters of an address; those that say nothing known are told of and left out."""
    given = {name: (args.get(name) or "").replace("\0", " ").strip()[:LONGEST] for name in NAMES}
    given = {name: value for name, value in given.items() if value}
    problems: list[str] = []
    year = given.get("year", "")
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        problems.append(f"{year} is not a year.")
    regime = given.get("regime", "").upper()
    if regime and regime not in LAWS:
        problems.append(f"{given['regime']} is none of the four laws.")
    outcome = given.get("outcome", "")
    if outcome and outcome not in body_words.CLASSES:
        problems.append(f"{outcome} is no outcome that is told apart here.")
    grounds = await _grounds(datasette, given.get("provision", ""), regime)
    if given.get("provision") and not grounds:
        problems.append(f"No section or regulation is known as {given['provision']}.")
    authority, offered = await _authority(datasette, given.get("authority", ""))
    if given.get("authority") and not authority and not offered:
        problems.append(f"No authority here is called {given['authority']}.")
    return Filters(
        given=given | ({"authority": authority["url_name"]} if authority else {}),
        authority=authority,
        year=int(year) if year and not problems else None,
        regime=regime if regime in LAWS else None,
        grounds=grounds,
        outcome=outcome if outcome in body_words.CLASSES else None,
        offered=offered,
        problems=tuple(problems),
    )


NAMES = ("authority", "year", "regime", "provision", "outcome")


async def _authority(datasette: Any, asked: str) -> tuple[Row | None, tuple[Row, ...]]:
    """The authority of that name, in addresses or in full; else those whose name holds it."""
    if not asked:
        return None, ()
    if found := await row(datasette, _BY_ADDRESS, asked=asked):
        return found, ()
    like = await rows(datasette, _BY_NAME, asked=asked)
    exact = [one for one in like if asked.lower() in {one["name"].lower(), (one["short_name"] or "").lower()}]
    if len(like) == 1 or len(exact) == 1:
        return (exact or like)[0], ()
    return None, tuple(like[:_OFFERED])


async def _grounds(datasette: Any, asked: str, regime: str) -> tuple[tuple[str, str], ...]:
    """The grounds that ``40(2)``, ``s.12`` or ``EIR 12(5)(e)`` may name, as they are counted: 40(3A)(a) as 40(2)."""
    found: dict[tuple[str, str], None] = {}
    for law, provision in suggest.named(asked, bare=True) if asked else []:
        if regime and law != regime:
            continue
        if ground := await row(datasette, _GROUND, regime=law, provision=provision):
            head, _, rest = (ground["rolls_up_to"] or ground["provision"]).partition(" ")
            found[(head, rest) if rest and head in LAWS else (law, ground["rolls_up_to"] or ground["provision"])] = None
    return tuple(found)
