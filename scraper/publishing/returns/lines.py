"""What the returns of authorities have in common: a line is a column with its name and how it counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scraper.publishing.schema.model import Column, Index, Table, integer, quoted, real, text

NOT_KNOWN = "Always empty: it cannot be known from public correspondence."


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a return: its official name, what it counts here, and the SQL of one group that counts it."""

    name: str
    says: str
    sql: str
    kind: Literal["count", "percent", "empty"] = "count"
    """A percentage is empty where its denominator is 0; an empty line says in ``says`` why it is."""

    @property
    def column(self) -> Column:
        """The column of the table."""
        if self.kind == "percent":
            return real(self.name, self.says)
        return integer(self.name, self.says, required=self.kind == "count")


def total(name: str, says: str, condition: str) -> Line:
    """A line that counts the requests for which ``condition`` holds."""
    return Line(name=name, says=says, sql=f"coalesce(sum({condition}), 0)")


def percentage(name: str, says: str, condition: str, *, of: str) -> Line:
    """A line that gives the requests for which ``condition`` holds as a percentage of those for which ``of`` does."""
    return Line(name=name, says=says, sql=f"round(100.0 * sum({condition}) / nullif(sum({of}), 0), 1)", kind="percent")


def empty(name: str, why: str) -> Line:
    """A line of the official form that stays empty, and why."""
    return Line(name=name, says=why, sql="NULL", kind="empty")


def steps(name: str, says: str, counts: Mapping[str, str]) -> Iterator[Line]:
    """Lines that add up a number of each request by how long something took: ``counts`` has the SQL by step."""
    for step, sql in counts.items():
        yield total(f"{name} {step}", f"{says} {step.lower()} working days.", sql)


def return_table(name: str, description: str, lines: Sequence[Line]) -> Table:
    """The table of a return: a row for each body and quarter, with its coverage behind the official lines."""
    keys = (
        text("id", "The authority's number and the quarter: 7/2024-Q2."),
        integer("authority_id", "The authority.", required=True, to="authorities.id"),
        text("Quarter", "The quarter in which the requests were sent: Q2 2024.", required=True),
        text("Government body", "The authority's name.", required=True),
        text("sector", "Its sector: only central_government has an official return to compare with.", required=True),
        integer("year", "The year of the quarter.", required=True),
    )
    counted = tuple(line.column for line in lines)
    indexes = (
        Index(columns=("authority_id", "year", "Quarter", "id")),
        Index(columns=("sector", "year", "Quarter", "id")),
        Index(columns=("year", "Quarter", "id")),
    )
    columns: tuple[Column, ...] = (*keys, *counted, *_COVERAGE)
    return Table(
        name=name,
        description=description,
        key=("id",),
        indexes=indexes,
        facets=("year", "sector"),
        sort_desc="id",
        columns=columns,
    )


_COVERAGE = (
    integer("requests_here", "Coverage: requests of that body and quarter in this database.", required=True),
    integer("requests_read", "Coverage: of these, requests with an incoming letter read.", required=True),
    integer(
        "outcome_not_known",
        "Coverage: requests counted as received that are in no line of the outcome: passed on to another body, pointed "
        "to what is published under another law than FOIA 21, or something came that was not read as an answer.",
        required=True,
    ),
    integer("timing_not_known", "Coverage: requests counted as received of which it is not known whether the answer "
            "came in time.", required=True),
    integer("known", "Coverage: requests of the body, of all years, that the site says it has."),
    integer("fetched", "Coverage: requests of the body, of all years, in this database."),
)  # fmt: skip


def insert(table: Table, lines: Sequence[Line], *, source: str, here: str) -> str:
    """The INSERT that fills ``table`` from the rows of ``source``, grouped by body and quarter.

    ``source`` is the name of a table with the columns authority_id, year, quarter, read, received, classed, timing;
    ``here`` is a condition on its rows.
    """
    counted = ",\n  ".join(line.sql for line in lines)
    return f"""
INSERT INTO main.{quoted(table.name)}
SELECT s.authority_id || '/' || s.year || '-Q' || s.quarter, s.authority_id, 'Q' || s.quarter || ' ' || s.year,
  (SELECT name FROM main.authorities WHERE id = s.authority_id),
  (SELECT sector FROM main.authorities WHERE id = s.authority_id), s.year,
  {counted},
  count(*), sum(s.read),
  sum(s.received AND s.classed IN ('not_known', 'otherwise_accessible')),
  sum(s.received AND s.timing = 'not_known'),
  (SELECT known FROM main.coverage WHERE authority_id = s.authority_id),
  (SELECT fetched FROM main.coverage WHERE authority_id = s.authority_id)
FROM {source} AS s
WHERE {here}
GROUP BY s.authority_id, s.year, s.quarter
"""  # noqa: S608 - names and conditions of the modules beside this one
