"""What a request is about: a template from the table, with places, years and firms filled in."""

from dataclasses import dataclass
from typing import Any

from scraper.standin.data import table
from scraper.standin.dice import Dice
from scraper.standin.records import StandinAuthority


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One subject as a requester puts it."""

    key: str
    title: str
    subject: str
    items: tuple[str, ...]
    theme: str
    environmental: bool


def templates(authority: StandinAuthority, year: int) -> list[dict[str, Any]]:
    """What such a body could have been asked in that year."""
    every = table("topics")["topic"]
    kind = authority.kind
    fits = [row for row in every if year >= row.get("since", 0) and (kind in row["kinds"] or "any" in row["kinds"])]
    own = [row for row in fits if kind in row["kinds"]]
    if authority.eir_only:
        return [row for row in own if row.get("environmental")] or [row for row in every if row["key"] == "flooding"]
    return own * 3 + [row for row in fits if row not in own]


def round_robins() -> list[dict[str, Any]]:
    """Subjects that people ask of many bodies at once."""
    return [row for row in table("topics")["topic"] if row.get("roundrobin")]


def fill_in(template: dict[str, Any], dice: Dice, year: int) -> Topic:
    """One topic of this template."""
    words = _words(dice, year)
    return Topic(
        key=template["key"],
        title=_capital(dice.pick(template["titles"]).format_map(words)),
        subject=template["subject"].format_map(words),
        items=tuple(_capital(item.format_map(words)) for item in template["items"]),
        theme=template["theme"],
        environmental=bool(template.get("environmental")),
    )


def _words(dice: Dice, year: int) -> dict[str, str]:
    slots, names = table("topics")["slots"], table("names")
    words = {slot: dice.pick(values) for slot, values in slots.items()}
    asked_about = year - dice.between(0, 2)
    words["year"] = str(asked_about)
    words["years"] = f"{asked_about - dice.between(1, 4)} to {asked_about}"
    words["place"] = dice.pick(names["places"])
    words["river"] = dice.pick(names["rivers"])
    words["month"] = dice.pick(("January", "March", "May", "July", "October", "November"))
    return words


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
