"""Fills the two official returns: a row for each body and quarter, from one row for each request."""

import sqlite3
from collections import Counter

from scraper.publishing.returns import official, scottish
from scraper.publishing.returns.lines import insert

_GROUNDS = """
CREATE TEMP TABLE return_grounds AS
SELECT r.authority_id, r.year, (cast(substr(r.asked_on, 6, 2) AS integer) + 2) / 3 AS quarter, c.request_id,
  c.counted_regime AS regime, c.counted_provision AS provision,
  iif(c.counted_regime IN ('EIR', 'EISR'), c.counted_provision, p.section) AS section, p.kind
FROM main.citations AS c
JOIN main.readings AS g ON g.source = c.source
JOIN main.provisions AS p ON p.id = c.provision_id
JOIN main.requests AS r ON r.id = c.request_id
WHERE c.counted = 1 AND g.kind <> 'internal_review_outcome' AND r.asked_on IS NOT NULL
"""
_RELIES = """
CREATE TEMP TABLE return_relies AS
SELECT request_id, min(regime = 'FOIA' AND section = '21') AS only_21, max(kind = 'repeat') AS repeated,
  max(regime = 'EISR' AND provision = '10(4)(b)') AS unreasonable
FROM return_grounds GROUP BY request_id
"""
_NUMBERS = {
    "reviews": "count(*)",
    "upheld": "sum(v.outcome = 'upheld')",
    "upheld_in_part": "sum(v.outcome = 'upheld_in_part')",
    "overturned": "sum(v.outcome = 'overturned')",
    "reached": "sum(v.outcome = 'not_known' AND g.kind IN ('response', 'refusal_notice'))",
    "reviews_decided": "sum(v.outcome <> 'open')",
    "reviews_in_time": "sum(v.timing = 'in_time')",
    "reviews_late": "sum(v.timing IN ('late', 'permitted_extension'))",
    "reviews_overdue": "sum(v.timing = 'overdue')",
    **{f"review_{number}": f"sum(v.bucket IS '{step}')" for number, step in enumerate(official.REVIEW_WAITS)},
}
"""What is added up of the reviews of a request."""
_REVIEWED = f"""
CREATE TEMP TABLE return_reviews AS
SELECT v.request_id, {", ".join(f"{sql} AS {name}" for name, sql in _NUMBERS.items())}
FROM main.reviews AS v LEFT JOIN main.readings AS g ON g.source = v.decided_source GROUP BY v.request_id
"""  # noqa: S608 - words of this module
_FEES = """
CREATE TEMP TABLE return_fees AS
SELECT DISTINCT g.request_id FROM main.readings AS g JOIN main.messages AS m ON m.id = g.message_id
WHERE g.kind = 'fees_notice' AND m.direction = 'incoming'
"""
_REQUESTS = f"""
CREATE TEMP TABLE return_requests AS
WITH classed AS (
  SELECT r.id, r.authority_id, r.year, (cast(substr(r.asked_on, 6, 2) AS integer) + 2) / 3 AS quarter, r.regime,
    r.letters_read > 0 AS read, r.outcome_class = 'not_delivered' AS undelivered,
    r.initial_class IS NULL AND r.outcome_class = 'on_hold' AS on_hold,
    r.initial_class IS NOT NULL AS processed, coalesce(c.regime, r.regime) AS handled_under, c.extension,
    c.extension_bucket AS bucket, coalesce(r.initial_outcome, 'none') AS first_outcome, r.timing,
    r.described_state = 'user_withdrawn' AS withdrawn,
    CASE
      WHEN r.initial_class = 'otherwise_accessible' AND r.regime IN ('FOISA', 'EISR') THEN 'fully_withheld'
      WHEN r.initial_class IN ('granted_in_full', 'partially_withheld', 'fully_withheld', 'not_held', 'on_hold',
        'otherwise_accessible') THEN r.initial_class
      WHEN r.initial_class IS NULL AND r.outcome_class IN ('not_yet_answered', 'on_hold') THEN r.outcome_class
      ELSE 'not_known'
    END AS classed
  FROM main.requests AS r LEFT JOIN main.clocks AS c ON c.request_id = r.id
  WHERE r.asked_on IS NOT NULL AND r.regime IS NOT NULL
)
SELECT s.id, s.authority_id, s.year, s.quarter, s.read, s.on_hold, s.processed, s.first_outcome, s.timing, s.classed,
  s.regime IN ('FOISA', 'EISR') AS scottish, s.handled_under,
  coalesce(g.only_21, s.classed = 'otherwise_accessible') AS only_21,
  NOT s.undelivered AND NOT coalesce(g.only_21, s.classed = 'otherwise_accessible') AS received,
  CASE
    WHEN s.classed <> 'fully_withheld' THEN NULL
    WHEN s.handled_under IN ('EIR', 'EISR') THEN 'exemption'
    WHEN s.first_outcome = 'cost_limit' THEN 'cost_limit'
    WHEN s.first_outcome = 'vexatious_or_repeat' THEN iif(coalesce(g.repeated, 0), 'repeated', 'vexatious')
    ELSE 'exemption'
  END AS route,
  s.classed = 'partially_withheld' OR (s.classed = 'fully_withheld' AND (s.handled_under IN ('EIR', 'EISR')
    OR s.first_outcome NOT IN ('cost_limit', 'vexatious_or_repeat'))) AS claimed,
  s.classed = 'fully_withheld' AND coalesce(g.unreasonable, 0) AS unreasonable, s.extension, s.bucket,
  s.withdrawn, f.request_id IS NOT NULL AS fee,
  {", ".join(f"coalesce(v.{name}, 0) AS {name}" for name in _NUMBERS)}
FROM classed AS s
LEFT JOIN temp.return_fees AS f ON f.request_id = s.id
LEFT JOIN temp.return_relies AS g ON g.request_id = s.id
LEFT JOIN temp.return_reviews AS v ON v.request_id = s.id
"""  # noqa: S608 - words of this module
_SECTIONS = """
CREATE TEMP TABLE return_sections AS
SELECT DISTINCT g.authority_id, g.year, g.quarter, g.request_id, g.regime, g.section
FROM temp.return_grounds AS g CROSS JOIN temp.return_requests AS s ON s.id = g.request_id
WHERE NOT s.scottish AND s.received AND (s.claimed OR g.section = '12(4)(a)')
"""
_MADE = (
    _GROUNDS,
    _RELIES,
    "CREATE UNIQUE INDEX temp.return_relies_key ON return_relies (request_id)",
    _REVIEWED,
    "CREATE UNIQUE INDEX temp.return_reviews_key ON return_reviews (request_id)",
    _FEES,
    "CREATE UNIQUE INDEX temp.return_fees_key ON return_fees (request_id)",
    _REQUESTS,
    "CREATE UNIQUE INDEX temp.return_requests_key ON return_requests (id)",
    _SECTIONS,
    "CREATE INDEX temp.return_sections_key ON return_sections (authority_id, year, quarter, regime, section)",
    "CREATE INDEX temp.return_grounds_key ON return_grounds (authority_id, year, quarter, regime, provision)",
)


_GROUP = "{row}.authority_id || '/' || {row}.year || '-Q' || {row}.quarter"
"""The id of the row of a return that something is counted in."""
_COUNTED = ("requests", "grounds", "sections")
"""All that lines are counted from."""
_CHANGED = "CREATE TEMP TABLE return_changed (id TEXT PRIMARY KEY) WITHOUT ROWID"
_DIFFERENT = f"""
INSERT OR IGNORE INTO temp.return_changed
SELECT {_GROUP.format(row="d")} FROM (
  SELECT * FROM temp.{{one}} EXCEPT SELECT * FROM temp.{{other}}
) AS d
WHERE d.year IS NOT NULL AND d.quarter IS NOT NULL
"""  # noqa: S608 - words of this module
_TOLD_OTHERWISE = """
INSERT OR IGNORE INTO temp.return_changed
SELECT o.id FROM main.{table} AS o
LEFT JOIN main.authorities AS a ON a.id = o.authority_id LEFT JOIN main.coverage AS c ON c.authority_id = o.authority_id
WHERE (o."Government body", o.sector, o.known, o.fetched) IS NOT (a.name, a.sector, c.known, c.fetched)
"""
"""Rows that tell something else of their body than the tables that they have it from."""
_RETURNS = (
    (official.OFFICIAL_RETURN, official.LINES, "NOT s.scottish"),
    (scottish.SCOTTISH_RETURN, scottish.LINES, "s.scottish"),
)
KEPT = frozenset(table.name for table, _, _ in _RETURNS)
"""Tables of which ``fill`` after ``keep`` counts only those rows anew of which anything has changed."""


def keep(connection: sqlite3.Connection) -> None:
    """Note what the returns in the database were counted from, before any of that changes."""
    _make(connection)
    for name in _COUNTED:
        connection.execute(f"CREATE TEMP TABLE was_{name} AS SELECT * FROM temp.return_{name}")  # noqa: S608 - words of this module
    _drop(connection)


def fill(connection: sqlite3.Connection) -> Counter[str]:
    """Fill both; gives the rows by table. Call it when requests, clocks, reviews, citations and coverage are in.

    The tables are empty, or as they were when ``keep`` was called.
    """
    _make(connection)
    kept = connection.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'was_requests'").fetchone() is not None
    among = _changed(connection) if kept else ""
    made: Counter[str] = Counter()
    for table, lines, here in _RETURNS:
        statement = insert(table, lines, source="temp.return_requests", here=here + among)
        made[table.name] = connection.execute(statement).rowcount
    if kept:
        for name in (*(f"was_{name}" for name in _COUNTED), "return_changed"):
            connection.execute(f"DROP TABLE temp.{name}")
    _drop(connection)
    return made


def _changed(connection: sqlite3.Connection) -> str:
    """Take out the rows of which anything has changed; gives the condition for what they are counted from."""
    connection.execute(_CHANGED)
    for name in _COUNTED:
        for one, other in ((f"was_{name}", f"return_{name}"), (f"return_{name}", f"was_{name}")):
            connection.execute(_DIFFERENT.format(one=one, other=other))
    for table in sorted(KEPT):
        connection.execute(_TOLD_OTHERWISE.format(table=table))
        connection.execute(f"DELETE FROM main.{table} WHERE id IN (SELECT id FROM temp.return_changed)")  # noqa: S608 - words of this module
    return f" AND {_GROUP.format(row='s')} IN (SELECT id FROM temp.return_changed)"  # noqa: S608 - words of this module


def _make(connection: sqlite3.Connection) -> None:
    for statement in _MADE:
        connection.execute(statement)


def _drop(connection: sqlite3.Connection) -> None:
    for name in ("sections", "grounds", "requests", "relies", "reviews", "fees"):
        connection.execute(f"DROP TABLE temp.return_{name}")
