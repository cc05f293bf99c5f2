"""What of the schema leaves in an export: which tables, which of their columns, and how their files are divided."""

from collections.abc import Iterable
from dataclasses import dataclass

from scraper.publishing.schema.model import Column, Table
from scraper.publishing.schema.whole import TABLES

YEAR = "request_year"
"""The key in the names of folders by which tables of requests are divided."""
REQUESTS = "requests"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One table as it leaves."""

    table: Table
    columns: tuple[Column, ...]
    left_out: tuple[Column, ...]
    """Prose that was not asked for."""
    request: str | None
    """The column with the request that a row belongs to; None for a table that is in one piece."""

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.name


def parts(*, with_text: bool, tables: Iterable[Table] = TABLES) -> tuple[Part, ...]:
    """Every table that leaves, in the order of the schema; columns of prose only ``with_text``."""
    return tuple(_part(table, with_text=with_text) for table in tables if table.exported)


def _part(table: Table, *, with_text: bool) -> Part:
    left_out = () if with_text else tuple(column for column in table.columns if column.holds == "prose")
    return Part(
        table=table,
        columns=tuple(column for column in table.columns if column not in left_out),
        left_out=left_out,
        request=_request(table),
    )


def _request(table: Table) -> str | None:
    if table.name == REQUESTS:
        return "id"
    belongs = any(column.name == "request_id" and column.references == "requests.id" for column in table.columns)
    return "request_id" if belongs else None
