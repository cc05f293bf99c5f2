"""Fills ``value_counts`` from all other tables and views, which must be filled."""

import sqlite3
from collections import Counter

from scraper.publishing.schema import whole
from scraper.publishing.schema.model import View, quoted
from scraper.publishing.schema.tables_counts import MOST_VALUES, VALUE_COUNTS

_INSERT = f"INSERT INTO main.{VALUE_COUNTS.name}"


def fill(connection: sqlite3.Connection) -> Counter[str]:
    """Count the rows by the columns that pages count by; gives the rows by table.

    The views need not be there yet: their questions are asked here.
    """
    made = sum(_values(connection, table.name, f"main.{quoted(table.name)}", table.facets) for table in whole.TABLES)
    made += sum(_of_view(connection, view) for view in whole.VIEWS if not view.hidden)
    return Counter({VALUE_COUNTS.name: made})


def _values(connection: sqlite3.Connection, name: str, counted: str, columns: tuple[str, ...]) -> int:
    made = 0
    for column in map(quoted, columns):
        sql = f"""{_INSERT}
SELECT :table, :column, CAST(value AS TEXT), typeof(value) = 'integer', "rows"
FROM (SELECT {column} AS value, count(*) AS "rows" FROM {counted} WHERE {column} IS NOT NULL
      GROUP BY {column} ORDER BY "rows" DESC, value LIMIT {MOST_VALUES})"""  # noqa: S608 - names of the schema
        made += connection.execute(sql, {"table": name, "column": column.strip('"')}).rowcount
    return made


def _of_view(connection: sqlite3.Connection, view: View) -> int:
    names = ", ".join(quoted(name) for name, _ in view.columns)
    connection.execute(f"CREATE TEMP VIEW counted ({names}) AS {view.sql}")
    whole_of = f"{_INSERT} SELECT ?, '', '', 0, count(*) FROM temp.counted"  # noqa: S608 - names of the schema
    made = connection.execute(whole_of, [view.name]).rowcount
    made += _values(connection, view.name, "temp.counted", view.facets)
    connection.execute("DROP VIEW temp.counted")
    return made
