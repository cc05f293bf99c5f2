"""Fills the tables of ``tables_answers`` from the rows that are in already, each in one pass."""

import sqlite3
from collections import Counter
from typing import Any

_ANSWER_YEARS = """
WITH answers AS (
  SELECT authority_id, year, working_days_taken AS days,
    row_number() OVER (PARTITION BY authority_id, year ORDER BY working_days_taken) AS place,
    count(*) OVER (PARTITION BY authority_id, year) AS number
  FROM requests WHERE working_days_taken IS NOT NULL
), middle AS (
  SELECT authority_id, year, avg(days) AS days FROM answers
  WHERE place IN ((number + 1) / 2, number / 2 + 1) GROUP BY authority_id, year
)
INSERT INTO answer_years
SELECT r.authority_id || '/' || coalesce(r.year, 'unknown'), r.authority_id, r.year, count(*), count(r.answered_on),
  sum(r.timing = 'in_time'), sum(r.timing = 'permitted_extension'), sum(r.timing = 'late'), sum(r.timing = 'open'),
  sum(r.timing = 'overdue'), sum(r.timing = 'on_hold'), sum(r.timing = 'not_known'),
  sum(c.extension IS NOT NULL AND c.extension <> 'not_permitted'), sum(c.extension IS 'not_permitted'),
  round(avg(r.working_days_taken), 1), max(m.days), max(r.working_days_taken)
FROM requests AS r
LEFT JOIN clocks AS c ON c.request_id = r.id
LEFT JOIN middle AS m ON m.authority_id = r.authority_id AND m.year IS r.year
GROUP BY r.authority_id, r.year
"""
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
    for statement in (_ANSWER_YEARS, _LABEL_AND_READING):
        connection.execute(statement)
    return Counter(
        answer_years=connection.execute("SELECT count(*) FROM answer_years").fetchone()[0],
        label_and_reading=connection.execute("SELECT count(*) FROM label_and_reading").fetchone()[0],
    )


def label_facts(connection: sqlite3.Connection) -> dict[str, Any]:
    """In how many requests label and reading part ways, and in what share of those compared."""
    compared, parted = connection.execute(_FACTS).fetchone()
    return {
        "labels_disagreeing": parted,
        "label_disagreement_percent": round(100 * parted / compared, 1) if compared else "",
    }
