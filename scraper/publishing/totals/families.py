"""Fills ``family_grounds`` and ``family_users`` when the families are in: the largest have 50,000 members and more."""

import sqlite3
from collections import Counter

from scraper.publishing.schema.tables_families import MANY_USES, MOST_USERS

_GROUNDS_OF_REQUESTS = """
INSERT INTO main.family_grounds
SELECT m.family_id, c.counted_regime, c.counted_provision, max(c.provision_id), count(*)
FROM main.family_members AS m
CROSS JOIN main.citations AS c ON c.request_id = m.request_id AND c.counted = 1
WHERE m.family_id IN (SELECT id FROM main.families WHERE kind = 'round_robin')
GROUP BY m.family_id, c.counted_regime, c.counted_provision
"""
_GROUNDS_OF_PARAGRAPHS = """
INSERT INTO main.family_grounds
SELECT m.family_id, c.counted_regime, c.counted_provision, max(c.provision_id), count(DISTINCT m.request_id)
FROM main.family_members AS m CROSS JOIN main.citations AS c ON c.id = m.citation_id
GROUP BY m.family_id, c.counted_regime, c.counted_provision
"""
_USERS = """
INSERT INTO main.family_users
WITH used AS (
  SELECT m.family_id, m.authority_id, count(*) AS uses, min(m.day) AS first_day, max(m.day) AS last_day
  FROM main.family_members AS m
  WHERE m.family_id IN (SELECT id FROM main.families WHERE kind = 'template' AND size > :many)
  GROUP BY m.family_id, m.authority_id
), placed AS (
  SELECT u.*, row_number() OVER (PARTITION BY u.family_id ORDER BY u.uses DESC, a.name, a.id) AS place
  FROM used AS u JOIN main.authorities AS a ON a.id = u.authority_id
)
SELECT family_id, place, authority_id, uses, first_day, last_day FROM placed WHERE place <= :most
"""


def fill(connection: sqlite3.Connection) -> Counter[str]:
    """Count the members of each family; gives the rows by table."""
    grounds = sum(connection.execute(sql).rowcount for sql in (_GROUNDS_OF_REQUESTS, _GROUNDS_OF_PARAGRAPHS))
    users = connection.execute(_USERS, {"many": MANY_USES, "most": MOST_USERS}).rowcount
    return Counter(family_grounds=grounds, family_users=users)
