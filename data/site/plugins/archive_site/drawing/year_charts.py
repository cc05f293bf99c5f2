"""Charts of counts by year, made from rows of summary tables."""

from collections.abc import Callable, Sequence
from typing import Any

from archive_site.drawing.charts import Chart, Series
from archive_site.store import Row
from archive_site.wording.body_words import Part

NO_YEAR = "no date"
Address = Callable[[int, Part], str | None]
"""Where the number of a year and a part leads."""


def years_of(found: Sequence[Row]) -> list[int | None]:
    """Each year from the first to the last with none left out; None before them where a row has no year."""
    known = [row["year"] for row in found if row["year"] is not None]
    between: list[int | None] = list(range(min(known), max(known) + 1)) if known else []
    return ([None] if any(row["year"] is None for row in found) else []) + between


def named(years: Sequence[int | None]) -> tuple[str, ...]:
    """The names of years in a chart."""
    return tuple(NO_YEAR if year is None else str(year) for year in years)


def summed(found: Sequence[Row], years: Sequence[int | None], column: str) -> tuple[float, ...]:
    """A column, added up by year."""
    return tuple(sum(row[column] or 0 for row in found if row["year"] == year) for year in years)


def parts(
    found: Sequence[Row],
    years: Sequence[int | None],
    grouping: Sequence[Part],
    *,
    by: str,
    column: str,
    to: Address | None = None,
) -> tuple[Series, ...]:
    """A series for each part that has any; ``by`` is the column of codes, ``column`` what is added up."""
    every = []
    for part in grouping:
        mine = [row for row in found if row[by] in part.codes]
        if any(row[column] for row in mine):
            every.append(_series(part, summed(mine, years, column), years, to))
    return tuple(every)


def columns(
    found: Sequence[Row], years: Sequence[int | None], grouping: Sequence[Part], *, to: Address | None = None
) -> tuple[Series, ...]:
    """As ``parts``, where each code is a column of its own."""
    every = []
    for part in grouping:
        added = [summed(found, years, code) for code in sorted(part.codes)]
        values = tuple(sum(some) for some in zip(*added, strict=True))
        if any(values):
            every.append(_series(part, values, years, to))
    return tuple(every)


def _series(part: Part, values: tuple[float, ...], years: Sequence[int | None], to: Address | None) -> Series:
    pairs = zip(values, years, strict=True)
    links = tuple(to(year, part) if to and value and year is not None else None for value, year in pairs)
    return Series(name=part.name, values=values, links=links, shade=part.shade)


def chart(key: str, kind: Any, title: str, description: str, years: Sequence[int | None], *series: Series) -> Chart:
    """A chart by year."""
    return Chart(
        key=key, kind=kind, title=title, description=description, categories=named(years), series=tuple(series)
    )
