"""What the archive knows of requests before their letters are read."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection

from parsers.clock import nation_of
from parsers.letters.records import LetterContext

REQUESTS = """
SELECT r.id, a.id, a.name, r.law_used,
  (SELECT min(e.created_at) FROM events e WHERE e.request_id = r.id AND e.event_type = 'sent')
FROM requests r JOIN authorities a ON a.id = r.authority_id
WHERE r.id IN (SELECT value FROM json_each(?))
"""
TAGS = """
SELECT authority_id, name, value FROM authority_tags
WHERE authority_id IN (SELECT value FROM json_each(?)) ORDER BY authority_id, name, value
"""


def contexts(connection: sqlite3.Connection, requests: Collection[int]) -> dict[int, LetterContext]:
    """The context of the incoming letters of each of these requests."""
    rows = connection.execute(REQUESTS, [json.dumps(sorted(requests))]).fetchall()
    tags: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for authority, name, value in connection.execute(TAGS, [json.dumps(sorted({row[1] for row in rows}))]):
        tags[authority].append((name, value))
    return {
        request: LetterContext(
            authority=name,
            nation=nation_of(tags[authority]),
            law_used=law_used,
            direction="incoming",
            # The site prints its own clock, so the day it prints is the day in the United Kingdom.
            request_date=sent_at[:10] if sent_at else None,
        )
        for request, authority, name, law_used, sent_at in rows
    }
