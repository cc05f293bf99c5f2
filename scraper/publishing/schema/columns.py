"""From rows by name to rows as the tables of the schema have them."""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from scraper.publishing.schema import whole
from scraper.publishing.schema.model import quoted

Row = dict[str, Any]
Values = tuple[Any, ...]
COLUMNS = {table.name: tuple(column.name for column in table.columns) for table in whole.TABLES}
INSERTS = {
    name: f"INSERT INTO {quoted(name)} ({', '.join(map(quoted, columns))}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - names of the schema
    for name, columns in COLUMNS.items()
}

_NAMES = {name: frozenset(columns) for name, columns in COLUMNS.items()}
_IN_ORDER = {name: itemgetter(*columns) for name, columns in COLUMNS.items()}  # every table has two columns or more


def values(table: str, rows: Iterable[Row]) -> Iterator[Values]:
    """Rows as the columns of a table have them; AssertionError for one with others."""
    names, in_order = _NAMES[table], _IN_ORDER[table]
    for row in rows:
        if row.keys() != names:
            raise AssertionError(f"a row of {table} has other columns than the schema: {row.keys() ^ names}")
        yield in_order(row)
