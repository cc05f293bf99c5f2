"""Fills the tables of ``tables_summaries`` from the rows that are in already, each in one pass.

No index is there yet when this runs: every statement reads a table once and meets the others by their keys.
"""

import sqlite3
from collections import Counter

_GROUND = "iif(c.counted_regime IN ('EIR', 'EISR'), c.counted_provision, p.section)"
"""What official statistics count: the section of an Act, and each exception of the regulations."""

_WAYS = """
CREATE TEMP TABLE ways AS
SELECT request_id, counted_regime AS regime, counted_provision AS provision, max(role = 'relied_on_ncnd') AS ncnd,
  max(role <> 'relied_on_ncnd') AS withholds
FROM main.citations WHERE relied_on = 1 GROUP BY request_id, counted_regime, counted_provision
"""
"""How each ground is relied on at any of its mentions, of which the first alone is counted."""
_KINDS = """
CREATE TEMP TABLE kinds AS
SELECT c.request_id,
  max(p.kind IN ('exemption', 'exception') AND w.withholds
      AND (c.counted_regime, c.counted_provision) NOT IN (VALUES ('EIR', '12(4)(a)'), ('EISR', '10(4)(a)')))
    AS exemption,
  max(p.kind = 'cost_limit') AS cost_limit,
  max(p.kind = 'vexatious') AS vexatious,
  max(p.kind = 'repeat') AS repeated,
  max((c.counted_regime, c.counted_provision) IN (VALUES ('EIR', '12(4)(a)'), ('EISR', '10(4)(a)'))) AS not_held
FROM main.citations AS c
JOIN main.provisions AS p ON p.id = c.provision_id
CROSS JOIN temp.ways AS w
  ON w.request_id = c.request_id AND w.regime = c.counted_regime AND w.provision = c.counted_provision
WHERE c.counted = 1
GROUP BY c.request_id
"""
_NCND = """
CREATE TEMP TABLE ncnd AS
SELECT request_id FROM main.citations WHERE relied_on = 1 AND role = 'relied_on_ncnd'
UNION
SELECT g.request_id FROM main.signals AS s
JOIN main.readings AS g ON g.source = s.source
JOIN main.messages AS m ON m.id = g.message_id
WHERE s.name = 'ncnd' AND m.direction = 'incoming'
"""
_WAYS_KEY = "CREATE UNIQUE INDEX temp.ways_key ON ways (request_id, regime, provision)"
_KEYS = (
    "CREATE UNIQUE INDEX temp.kinds_key ON kinds (request_id)",
    "CREATE UNIQUE INDEX temp.ncnd_key ON ncnd (request_id)",
)
_REFUSAL_YEARS = """
INSERT INTO main.refusal_years
SELECT r.authority_id || '/' || coalesce(r.year, 'unknown'), r.authority_id, r.year, count(*), sum(r.letters_read > 0),
  count(k.request_id), coalesce(sum(k.exemption), 0), coalesce(sum(k.cost_limit), 0), coalesce(sum(k.vexatious), 0),
  coalesce(sum(k.repeated), 0), count(n.request_id),
  sum(coalesce(k.not_held, 0) OR r.outcome_class = 'not_held')
FROM main.requests AS r
LEFT JOIN kinds AS k ON k.request_id = r.id
LEFT JOIN ncnd AS n ON n.request_id = r.id
GROUP BY r.authority_id, r.year
"""
_USED = f"""
CREATE TEMP TABLE used AS
SELECT r.authority_id, r.year, c.request_id, c.counted_regime AS regime, {_GROUND} AS section,
  c.counted_provision AS provision, c.provision_id, w.ncnd, c.id AS citation
FROM main.citations AS c
JOIN main.provisions AS p ON p.id = c.provision_id
CROSS JOIN temp.ways AS w
  ON w.request_id = c.request_id AND w.regime = c.counted_regime AND w.provision = c.counted_provision
JOIN main.requests AS r ON r.id = c.request_id
WHERE c.counted = 1
"""  # noqa: S608 - SQL of this module
_PROVISION_YEARS = """
INSERT INTO main.provision_years
SELECT authority_id || '/' || coalesce(year, 'unknown') || '/' || regime || ' ' || provision, authority_id, year,
  regime, provision, max(provision_id), count(*), sum(ncnd), min(citation)
FROM used GROUP BY authority_id, year, regime, provision
"""
_SECTION_YEARS = """
INSERT INTO main.section_years
SELECT authority_id || '/' || coalesce(year, 'unknown') || '/' || regime || ' ' || section, authority_id, year,
  regime, section, count(*), sum(ncnd), min(citation)
FROM (
  SELECT authority_id, year, regime, section, max(ncnd) AS ncnd, min(citation) AS citation
  FROM used GROUP BY request_id, regime, section
) GROUP BY authority_id, year, regime, section
"""
_SECTOR_YEARS = """
INSERT INTO main.sector_years
SELECT a.sector || '/' || a.nation || '/' || coalesce(y.year, 'unknown'), a.sector, a.nation, y.year, count(*),
  sum(requests), sum(requests_read), sum(any_ground), sum(exemption), sum(cost_limit), sum(vexatious), sum(repeated),
  sum(ncnd), sum(not_held)
FROM main.refusal_years AS y JOIN main.authorities AS a ON a.id = y.authority_id
GROUP BY a.sector, a.nation, y.year
"""
_SECTOR_SECTIONS = """
INSERT INTO main.sector_sections
SELECT a.sector || '/' || a.nation || '/' || coalesce(y.year, 'unknown') || '/' || y.regime || ' ' || y.section,
  a.sector, a.nation, y.year, y.regime, y.section, count(*), sum(y.requests), sum(y.ncnd), min(y.example)
FROM main.section_years AS y JOIN main.authorities AS a ON a.id = y.authority_id
GROUP BY a.sector, a.nation, y.year, y.regime, y.section
"""
_SECTOR_SECTION_TOTALS = """
INSERT INTO main.sector_section_totals
SELECT a.sector, a.nation, y.regime, y.section, count(DISTINCT y.authority_id), sum(y.requests), sum(y.ncnd),
  min(y.example)
FROM main.section_years AS y JOIN main.authorities AS a ON a.id = y.authority_id
GROUP BY a.sector, a.nation, y.regime, y.section
"""
_SECTION_TOTALS = """
INSERT INTO main.section_totals
WITH reviewed AS (
  SELECT request_id, max(outcome IN ('upheld_in_part', 'overturned')) AS changed FROM main.reviews
  WHERE outcome IN ('upheld', 'upheld_in_part', 'overturned') GROUP BY request_id
), each_request AS (
  SELECT request_id, regime, section, max(ncnd) AS ncnd, min(citation) AS citation
  FROM used GROUP BY request_id, regime, section
)
SELECT u.regime, u.section, count(*), sum(u.ncnd), min(u.citation), count(v.request_id), coalesce(sum(v.changed), 0)
FROM each_request AS u LEFT JOIN reviewed AS v ON v.request_id = u.request_id
GROUP BY u.regime, u.section
"""
_COMBINATIONS = """
INSERT INTO main.combinations
WITH in_order AS (
  SELECT DISTINCT request_id, year, regime || ' ' || section AS ground, regime, section FROM used
  ORDER BY request_id, regime <> 'FOIA', regime, cast(section AS integer), section
), together AS (
  SELECT request_id, year, group_concat(ground, ' + ') AS grounds, count(*) AS sections
  FROM in_order GROUP BY request_id
), counted AS (
  SELECT year, grounds, sections, count(*) AS requests, min(request_id) AS example
  FROM together GROUP BY year, grounds
)
SELECT coalesce(year, 'unknown') || '/' || grounds, year, grounds, sections, requests,
  sum(requests) OVER (PARTITION BY year), example
FROM counted
"""
_FILLED = {
    "refusal_years": _REFUSAL_YEARS,
    "provision_years": _PROVISION_YEARS,
    "section_years": _SECTION_YEARS,
    "sector_years": _SECTOR_YEARS,
    "sector_sections": _SECTOR_SECTIONS,
    "sector_section_totals": _SECTOR_SECTION_TOTALS,
    "section_totals": _SECTION_TOTALS,
    "combinations": _COMBINATIONS,
}
"""In the order in which they are filled: those of sectors are sums of those of authorities."""


def fill(connection: sqlite3.Connection) -> Counter[str]:
    """Fill the tables; gives the rows by table. Call it when all that is counted is in."""
    for statement in (_WAYS, _WAYS_KEY, _KINDS, _NCND, *_KEYS, _USED):
        connection.execute(statement)
    made = Counter({name: connection.execute(statement).rowcount for name, statement in _FILLED.items()})
    for table in ("ways", "kinds", "ncnd", "used"):
        connection.execute(f"DROP TABLE temp.{table}")
    return made
