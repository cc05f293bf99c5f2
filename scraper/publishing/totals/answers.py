"""Fills the tables of ``tables_answers`` from the rows that are in already, each in one pass."""

import sqlite3
from collections import Counter
from typing import Any

from scraper.publishing.schema.tables_answers import TIMES

_TIMED = """
CREATE TEMP TABLE timed AS
SELECT r.authority_id, r.year, r.letters_read > 0 AS read, r.answered_on IS NOT NULL AS answered, r.timing, c.extension,
  c.working_days AS days
FROM main.requests AS r LEFT JOIN main.clocks AS c ON c.request_id = r.id
"""
_SUMS = ", ".join(f"sum(timing = '{name}')" for name in TIMES)
_PERIOD = "coalesce(year, 'unknown')"


def _added_up(table: str, keys: str, columns: str) -> str:
    """The INSERT of one row for each of ``keys``, whose own columns are ``columns``."""
    by = f"PARTITION BY {keys}" if keys else ""
    grouped = f"GROUP BY {keys}" if keys else ""
    return f"""
INSERT INTO main.{table}
SELECT {columns}, count(*), sum(read), sum(answered), {_SUMS},
  sum(extension IS NOT NULL AND extension <> 'not_permitted'), sum(extension IS 'not_permitted'),
  round(avg(days), 1), avg(days) FILTER (WHERE place IN ((number + 1) / 2, number / 2 + 1)), max(days)
FROM (
  SELECT *, iif(days IS NULL, 0, row_number() OVER ({by} ORDER BY days DESC)) AS place,
    count(days) OVER ({by}) AS number
  FROM temp.timed
) {grouped}
HAVING count(*) > 0"""  # noqa: S608 - words of this module


_TIMES = (
    _added_up("authority_times", "authority_id, year", f"authority_id || '/' || {_PERIOD}, authority_id, year"),
    _added_up("time_totals", "authority_id", "authority_id || '/all', authority_id, 'all'"),
    _added_up("time_totals", "year", f"'all/' || {_PERIOD}, NULL, {_PERIOD}"),
    _added_up("time_totals", "", "'all/all', NULL, 'all'"),
)
_LABEL_AND_READING = """
WITH pairs AS (
  SELECT described_state, label_class, outcome_class, outcome_source, label_agrees, count(*) AS requests,
    max(id) AS example
  FROM requests GROUP BY 1, 2, 3, 4
), labels AS (
  SELECT described_state, label_class, sum(requests) AS requests FROM pairs GROUP BY 1, 2
)
INSERT INTO label_and_reading
SELECT p.described_state || '/' || coalesce(p.label_class, 'none') || '/' || p.outcome_class || '/' || p.outcome_source,
  p.described_state, p.label_class, p.outcome_class, p.outcome_source, p.label_agrees, p.requests, l.requests,
  round(100.0 * p.requests / l.requests, 1), p.example
FROM pairs AS p
JOIN labels AS l ON l.described_state = p.described_state AND l.label_class IS p.label_class
ORDER BY 1
"""
_FACTS = """
SELECT coalesce(sum(requests) FILTER (WHERE agrees IS NOT NULL), 0),
  coalesce(sum(requests) FILTER (WHERE agrees = 0), 0)
FROM label_and_reading
"""


def fill(connection: sqlite3.Connection) -> Counter[str]:
    """Add everything up; gives how many rows each table got."""
    for statement in (_TIMED, *_TIMES, _LABEL_AND_READING):
        connection.execute(statement)
    connection.execute("DROP TABLE temp.timed")
    return Counter(
        authority_times=connection.execute("SELECT count(*) FROM authority_times").fetchone()[0],
        time_totals=connection.execute("SELECT count(*) FROM time_totals").fetchone()[0],
        label_and_reading=connection.execute("SELECT count(*) FROM label_and_reading").fetchone()[0],
    )


def label_facts(connection: sqlite3.Connection) -> dict[str, Any]:
    """In how many requests label and reading part ways, and in what share of those compared."""
    compared, parted = connection.execute(_FACTS).fetchone()
    return {
        "labels_disagreeing": parted,
        "label_disagreement_percent": round(100 * parted / compared, 1) if compared else "",
    }
