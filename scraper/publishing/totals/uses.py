"""Fills the tables of ``tables_uses`` from those that are filled already, so that no page has to count a whole table.

Each statement reads tables in the order in which they lie, and joins by key: it needs none of the indexes, which are
made after the rows are in.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable

from scraper.publishing.schema.model import quoted
from scraper.publishing.schema.tables_uses import USES

_LEVELS = """
CREATE TEMP TABLE use_levels AS
WITH RECURSIVE known(regime, provision) AS (
  SELECT regime, provision FROM main.provisions
  UNION SELECT counted_regime, counted_provision FROM main.citations WHERE relied_on = 1
  UNION SELECT regime, provision FROM main.citations WHERE relied_on = 1
), up(regime, provision, level) AS (
  SELECT regime, provision, provision FROM known
  UNION
  SELECT up.regime, up.provision, p.parent FROM up
  JOIN main.provisions AS p ON p.regime = up.regime AND p.provision = up.level
  WHERE p.parent <> ''
)
SELECT regime, provision, level FROM up"""
_LEVELS_KEY = "CREATE UNIQUE INDEX temp.use_levels_key ON use_levels (regime, provision, level)"
_MENTIONS = """
CREATE TEMP TABLE use_mentions AS
SELECT c.rowid AS citation, c.request_id, l.regime, l.level AS provision,
  c.counted AS counted, c.counted AND l.level = l.provision AS exact, 0 AS named
FROM main.citations AS c
CROSS JOIN use_levels AS l ON l.regime = c.counted_regime AND l.provision = c.counted_provision
WHERE c.relied_on = 1
UNION ALL
SELECT c.rowid, c.request_id, l.regime, l.level, 0, 0, 1
FROM main.citations AS c
CROSS JOIN use_levels AS l ON l.regime = c.regime AND l.provision = c.provision
WHERE c.relied_on = 1"""
_REQUESTS = """
CREATE TEMP TABLE use_requests AS
SELECT m.regime, m.provision, r.authority_id, r.year, m.request_id,
  max(m.counted) AS counted, max(m.exact) AS exact, max(m.named) AS named
FROM use_mentions AS m CROSS JOIN main.requests AS r ON r.id = m.request_id
GROUP BY m.regime, m.provision, m.request_id"""
REPLIES = "provision_replies"
KEPT = frozenset({REPLIES})
"""Tables of which ``fill`` after ``keep`` makes only the rows of some requests anew."""
_TAKE_OUT = f"""
DELETE FROM main.{REPLIES} WHERE citation_id IN (
  SELECT id FROM main.citations WHERE request_id IN (SELECT id FROM temp.use_renewed))"""  # noqa: S608 - as below
_AMONG = "WHERE request_id IN (SELECT id FROM temp.use_renewed)"
_COUNTS = "sum(counted), sum(exact), sum(named)"

_FILL = {
    "authority_outcomes": """
SELECT authority_id || '/' || coalesce(year, 'unknown') || '/' || described_state || '/' || outcome_class,
  authority_id, year, described_state, outcome_class, count(*), count(label_agrees), coalesce(sum(label_agrees), 0)
FROM main.requests GROUP BY authority_id, year, described_state, outcome_class""",
    "authority_reviews": """
SELECT r.authority_id || '/' || coalesce(r.year, 'unknown') || '/' || v.outcome || '/' || v.timing,
  r.authority_id, r.year, v.outcome, v.timing, count(*), count(DISTINCT v.request_id),
  count(v.asked_on), min(v.id)
FROM main.reviews AS v CROSS JOIN main.requests AS r ON r.id = v.request_id
GROUP BY r.authority_id, r.year, v.outcome, v.timing""",
    "authority_provisions": f"""
SELECT authority_id, regime, provision, {_COUNTS}, min(year), max(year)
FROM use_requests GROUP BY authority_id, regime, provision""",  # noqa: S608 - words of this module
    "provision_use": f"""
SELECT regime || '/' || provision || '/' || coalesce(year, 'unknown'),
  regime, provision, year, {_COUNTS}, count(DISTINCT authority_id)
FROM use_requests GROUP BY regime, provision, year""",  # noqa: S608 - words of this module
    "law_years": """
WITH placed AS (
  SELECT iif(regime IN ('FOISA', 'EISR'), 'Scotland', 'UK/E&W/NI') AS applies_in, year, letters_read FROM main.requests
)
SELECT applies_in || '/' || coalesce(year, 'unknown'), applies_in, year, count(*), sum(letters_read > 0)
FROM placed GROUP BY applies_in, year""",
    REPLIES: """
WITH mentioned AS (
  SELECT DISTINCT citation, regime, provision FROM use_mentions {among}
), placed AS (
  SELECT c.id, c.message_id, c.request_id, k.regime, k.provision,
    count(*) OVER (PARTITION BY k.regime, k.provision, c.message_id) AS mentions,
    row_number() OVER (
      PARTITION BY k.regime, k.provision, c.message_id
      ORDER BY c.role_rule = 'heading_in_a_refusal', length(c.quote) < 60, c.page, c.start, c.id
    ) AS place
  FROM mentioned AS k CROSS JOIN main.citations AS c ON c.rowid = k.citation
)
SELECT p.regime, p.provision, p.id, r.authority_id, r.year, date(m.sent_at), p.mentions
FROM placed AS p
JOIN main.messages AS m ON m.id = p.message_id
JOIN main.requests AS r ON r.id = p.request_id
WHERE p.place = 1""",
}
"""What goes into each table, in the order of its columns."""


def keep(connection: sqlite3.Connection, renewed: Iterable[int]) -> None:
    """Take out what is told of these requests one by one, before any of it changes."""
    connection.execute("CREATE TEMP TABLE use_renewed (id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO temp.use_renewed VALUES (?)", ((identity,) for identity in renewed))
    connection.execute(_TAKE_OUT)


def fill(connection: sqlite3.Connection) -> Counter[str]:
    """Count what is in the database; gives how many rows each table got.

    The tables must be there and empty, or as ``keep`` left them, and those that they are counted from full.
    """
    kept = connection.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'use_renewed'").fetchone() is not None
    for statement in (_LEVELS, _LEVELS_KEY, _MENTIONS, _REQUESTS):
        connection.execute(statement)
    made: Counter[str] = Counter()
    for table in USES:
        columns = ", ".join(quoted(column.name) for column in table.columns)
        rows = _FILL[table.name].format(among=_AMONG if kept else "")
        made[table.name] = connection.execute(f"INSERT INTO main.{quoted(table.name)} ({columns}) {rows}").rowcount
    for name in ("use_requests", "use_mentions", "use_levels", *(["use_renewed"] if kept else [])):
        connection.execute(f"DROP TABLE temp.{name}")
    return made
