"""Fills the tables of ``tables_questions`` from the rows that are in already.

No index is there yet when this runs: every statement reads a table once and meets the others by their keys.
"""

import sqlite3
from collections import Counter

_GROUNDS_USED = """
INSERT INTO main.grounds_used
SELECT c.request_id, c.counted_regime, c.counted_provision, p.section, p.kind, r.authority_id, r.year,
  c.role = 'relied_on_ncnd', c.id, c.provision_id
FROM main.citations AS c
JOIN main.provisions AS p ON p.id = c.provision_id
JOIN main.requests AS r ON r.id = c.request_id
WHERE c.counted = 1
ORDER BY c.request_id, c.counted_regime, c.counted_provision
"""
_NCND_YEARS = """
INSERT INTO main.ncnd_years
WITH named AS (
  SELECT request_id, counted_regime AS regime, counted_provision AS provision, min(id) AS said FROM main.citations
  WHERE role = 'relied_on_ncnd' AND relied_on = 1 GROUP BY request_id, regime, provision
), unnamed AS (
  SELECT g.request_id, NULL AS regime, NULL AS provision, min(g.source) AS said FROM main.signals AS s
  JOIN main.readings AS g ON g.source = s.source
  JOIN main.messages AS m ON m.id = g.message_id
  WHERE s.name = 'ncnd' AND m.direction = 'incoming' AND g.request_id NOT IN (SELECT request_id FROM named)
  GROUP BY g.request_id
)
SELECT r.authority_id || '/' || coalesce(r.year, 'unknown') || '/' || coalesce(f.regime || ' ' || f.provision, 'none'),
  r.authority_id, r.year, f.regime, f.provision, count(*), min(f.said)
FROM (SELECT * FROM named UNION ALL SELECT * FROM unnamed) AS f
JOIN main.requests AS r ON r.id = f.request_id
GROUP BY r.authority_id, r.year, f.regime, f.provision
"""
_SAID = """
CREATE TEMP TABLE said AS
SELECT request_id, coalesce(source, message_id) AS said_in, min(position) AS position FROM main.clock_steps
WHERE step IN ('extended', 'extension_not_permitted') GROUP BY request_id
"""
_EXTENDED_REQUESTS = """
INSERT INTO main.extended_requests
SELECT c.request_id, r.authority_id, r.year, c.extension, c.extension_working_days, s.said_in
FROM main.clocks AS c
JOIN main.requests AS r ON r.id = c.request_id
LEFT JOIN temp.said AS s ON s.request_id = c.request_id
WHERE c.extension IS NOT NULL
"""
_OPINIONS = """
CREATE TEMP TABLE opinions AS
SELECT g.request_id, s.id AS signal, min((s.value IS NULL) || s.id) AS first
FROM main.signals AS s JOIN main.readings AS g ON g.source = s.source
WHERE s.name = 'qualified_person' GROUP BY g.request_id
"""
_OPINION_REQUESTS = """
INSERT INTO main.opinion_requests
SELECT r.id, r.authority_id, r.year, u.provisions, o.signal, u.example
FROM (
  SELECT request_id, group_concat(provision, ', ') AS provisions, min(citation) AS example
  FROM (
    SELECT c.request_id, c.counted_provision AS provision, c.id AS citation
    FROM main.citations AS c JOIN main.provisions AS p ON p.id = c.provision_id
    WHERE c.counted = 1 AND c.counted_regime = 'FOIA' AND p.section = '36' ORDER BY c.request_id, c.counted_provision
  )
  GROUP BY request_id
) AS u
JOIN main.requests AS r ON r.id = u.request_id
LEFT JOIN temp.opinions AS o ON o.request_id = u.request_id
"""
_KEYS = (
    "CREATE UNIQUE INDEX temp.said_key ON said (request_id)",
    "CREATE UNIQUE INDEX temp.opinions_key ON opinions (request_id)",
)


def fill(connection: sqlite3.Connection) -> Counter[str]:
    """Fill the tables; gives the rows by table. Call it when readings, citations and clocks are in."""
    for statement in (_SAID, _OPINIONS, *_KEYS):
        connection.execute(statement)
    made = Counter(
        grounds_used=connection.execute(_GROUNDS_USED).rowcount,
        ncnd_years=connection.execute(_NCND_YEARS).rowcount,
        extended_requests=connection.execute(_EXTENDED_REQUESTS).rowcount,
        opinion_requests=connection.execute(_OPINION_REQUESTS).rowcount,
    )
    for table in ("said", "opinions"):
        connection.execute(f"DROP TABLE temp.{table}")
    return made
