"""What the archive knows of a request before its letters are read."""

import sqlite3
from functools import lru_cache

from parsers.clock import nation_of
from parsers.letters.records import LetterContext

REQUEST = """
SELECT a.id, a.name, r.law_used,
  (SELECT min(e.created_at) FROM events e WHERE e.request_id = r.id AND e.event_type = 'sent')
FROM requests r JOIN authorities a ON a.id = r.authority_id
WHERE r.id = ?
"""
TAGS = "SELECT name, value FROM authority_tags WHERE authority_id = ? ORDER BY name, value"


class Contexts:
    """The context of a request's incoming letters; the last requests asked for are remembered."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.of_request = lru_cache(maxsize=4096)(self._of_request)

    def _of_request(self, request_id: int) -> LetterContext:
        authority_id, name, law_used, sent_at = self._connection.execute(REQUEST, [request_id]).fetchone()
        tags = self._connection.execute(TAGS, [authority_id]).fetchall()
        return LetterContext(
            authority=name,
            nation=nation_of(tags),
            law_used=law_used,
            direction="incoming",
            # The site prints its own clock, so the day it prints is the day in the United Kingdom.
            request_date=sent_at[:10] if sent_at else None,
        )
