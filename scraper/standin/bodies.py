"""The authorities and the people of the world, from the tables of invented names."""

import hashlib
from datetime import date, timedelta

from scraper.standin.calendar import at
from scraper.standin.data import rows, table
from scraper.standin.dice import Dice
from scraper.standin.records import StandinAuthority, StandinUser
from scraper.standin.slugs import simplified, slugged

FORMER_NAMES = {
    "Department for Harbours and Coasts": ("board_of_lights",),
    "Quenbury City Council": ("quenbury_borough",),
}


def authorities(seed: int) -> tuple[StandinAuthority, ...]:
    """Every body, by number."""
    return tuple(_authority(seed, number, row) for number, row in enumerate(rows("authorities"), 1))


def _authority(seed: int, number: int, row: dict[str, str]) -> StandinAuthority:
    dice = Dice(seed, "authority", row["name"])
    home = f"https://www.{row['domain']}.example"
    created = at(date(2008, 1, 31) + timedelta(days=dice.between(0, 900)), dice.between(8, 18), dice.between(0, 59), 12)
    return StandinAuthority(
        id=number * 7 + dice.between(0, 6),
        url_name=simplified(row["short_name"] or row["name"]),
        name=row["name"],
        short_name=row["short_name"],
        kind=row["kind"],
        nation=row["nation"],
        domain=row["domain"],
        tags=_tags(row, dice),
        notes=row["note"],
        weight=int(row["weight"]),
        created_at=created,
        home_page=home,
        publication_scheme=f"{home}/scheme" if dice.chance(0.5) else "",
        disclosure_log=f"{home}/disclosure-log" if dice.chance(0.4) else "",
        old_names=FORMER_NAMES.get(row["name"], ()),
    )


def _tags(row: dict[str, str], dice: Dice) -> tuple[tuple[str, str | None], ...]:
    tags: list[tuple[str, str | None]] = [(tag, None) for tag in row["tags"].split()]
    nation = row["nation"]
    if nation != "uk" and (nation, None) not in tags and not {"defunct", "not_apply"} & {tag for tag, _ in tags}:
        tags.append((nation, None))
    if dice.chance(0.3):
        tags.append(("wikidata", f"Q9{dice.between(10_000_000, 99_999_999)}"))
    return tuple(tags)


def users(seed: int, count: int) -> tuple[StandinUser, ...]:
    """People who ask, some of them more than once; the last ones are those whose accounts are special."""
    names = table("names")
    dice = Dice(seed, "users")
    pairs = dice.shuffled([f"{first} {last}" for first in names["first"] for last in names["last"]])
    people = [
        StandinUser(id=31 + 3 * number, name=name, url_name=slugged(name)) for number, name in enumerate(pairs[:count])
    ]
    removed = hashlib.sha1(f"erased {seed}".encode(), usedforsecurity=False).hexdigest()
    return (
        *people,
        StandinUser(id=9001, name="[Name Removed]", url_name=removed, kind="erased"),
        StandinUser(id=9002, name="Mortimer Gladwell", url_name="mortimer_gladwell", kind="suspended"),
        StandinUser(id=9003, name="Prudence Ashdown", url_name=None, kind="external"),
        StandinUser(id=9004, name="", url_name=None, kind="anonymous"),
    )
