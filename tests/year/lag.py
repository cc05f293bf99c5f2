"""How many days the archive is behind the site, request by request and facet by facet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scraper.standin.truth import Facet, Visible

Seen = Mapping[int, Visible]
"""What a visitor sees of each request, or what an archive holds of it."""
FACETS: tuple[Facet, ...] = ("record", "events", "messages", "comments", "files", "bytes")


@dataclass(frozen=True, kw_only=True)
class Behind:
    """One facet of one request that is as the site showed it so many days ago; ``None`` if it never did."""

    request: int
    facet: Facet
    days: int | None
    held: object
    shown: object


def behind(
    holding: Seen, days: Sequence[date], seen_on: Callable[[date], Seen], wanted: Callable[[int], bool]
) -> list[Behind]:
    """Every facet that is not as the site shows it on the last of ``days``.

    ``days`` are those on which the archive was brought up to date, and ``seen_on`` tells what there was to see when
    it was. ``wanted`` says whether the site lets a request be found and fetched at all.
    """
    now = seen_on(days[-1])
    numbers = sorted(number for number in holding.keys() | now.keys() if wanted(number))
    left = [
        (number, facet)
        for number in numbers
        for facet in FACETS
        if _of(holding, number, facet) != _of(now, number, facet)
    ]
    found = []
    for day in reversed(days[:-1]):
        if not left:
            break
        then, still = seen_on(day), []
        for number, facet in left:
            if _of(holding, number, facet) == _of(then, number, facet):
                found.append(_behind(holding, now, number, facet, (days[-1] - day).days))
            else:
                still.append((number, facet))
        left = still
    return found + [_behind(holding, now, number, facet, None) for number, facet in left]


def _behind(holding: Seen, now: Seen, number: int, facet: Facet, days: int | None) -> Behind:
    return Behind(
        request=number, facet=facet, days=days, held=_of(holding, number, facet), shown=_of(now, number, facet)
    )


def _of(seen: Seen, number: int, facet: Facet) -> object:
    return seen[number][facet] if number in seen else None
