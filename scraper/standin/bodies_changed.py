"""What happens to authorities in a year: new ones, other names, the end of some, and one that takes over another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from scraper.standin.dice import Dice
from scraper.standin.records import StandinAuthority
from scraper.standin.slugs import simplified
from scraper.standin.world import World

BodyChangeKind = Literal["new", "renamed", "defunct", "merged"]


@dataclass(frozen=True, kw_only=True)
class BodyChange:
    """One thing that happens to one body."""

    kind: BodyChangeKind
    at: datetime
    body: int
    name: str = ""
    """The new one."""
    into: int = 0
    """The body that takes over."""


def plan_bodies(world: World, first: datetime, last: datetime) -> tuple[BodyChange, ...]:
    """One of each kind, on bodies that can bear it."""
    dice = Dice(world.seed, "bodies of the year")
    usual = [body for body in world.authorities if not body.tags or ("defunct", None) not in body.tags]
    busy = dice.shuffled([body for body in usual if world.by_authority[body.url_name] and not body.not_subject])
    idle = dice.shuffled([body for body in usual if not world.by_authority[body.url_name]])
    wanted: list[tuple[BodyChangeKind, StandinAuthority]] = [("renamed", busy[0]), ("merged", busy[1])]
    wanted += [(kind, body) for kind, body in zip(("new", "defunct"), idle, strict=False)]  # type: ignore[misc]  # literals
    changes = []
    for kind, body in wanted:
        at = first + timedelta(days=2) + (last - first - timedelta(days=4)) * dice.fraction()
        name = f"New {body.name}" if kind == "renamed" else ""
        into = busy[2].id if kind == "merged" else 0
        changes.append(BodyChange(kind=kind, at=at.replace(microsecond=0), body=body.id, name=name, into=into))
    return tuple(sorted(changes, key=lambda change: change.at))


def bodies_at(
    bodies: Sequence[StandinAuthority], changes: Sequence[BodyChange], moment: datetime
) -> tuple[StandinAuthority, ...]:
    """The bodies as they are at a moment; one that is yet to come is left out."""
    found = {body.id: body for body in bodies}
    for change in changes:
        if change.kind == "new" and moment < change.at:
            del found[change.body]
        elif change.at <= moment:
            found[change.body] = _changed(found[change.body], change, found)
    return tuple(found.values())


def _changed(body: StandinAuthority, change: BodyChange, bodies: dict[int, StandinAuthority]) -> StandinAuthority:
    body = replace(body, updated_at=change.at)
    match change.kind:
        case "new":
            return replace(body, created_at=change.at)
        case "renamed":
            name = simplified(change.name)
            return replace(
                body, name=change.name, short_name="", url_name=name, old_names=(*body.old_names, body.url_name)
            )
        case "defunct":
            return replace(body, tags=(*body.tags, ("defunct", None)))
        case "merged":
            note = f"{body.name} is now part of {bodies[change.into].name}."
            return replace(body, tags=(*body.tags, ("defunct", None)), notes=note)
