"""Some of the words of what is about to be erased, to search the database for afterwards."""

import sqlite3
from collections.abc import Iterator

_LENGTH = 40
_EACH = 3
_MOST = 60
_REQUEST = """
SELECT title FROM requests WHERE id = :request
UNION ALL SELECT coalesce(full_text, text) FROM messages WHERE request_id = :request
UNION ALL SELECT text FROM comments WHERE request_id = :request
UNION ALL SELECT pages.text FROM pages JOIN attachments USING (sha256) JOIN messages ON messages.id = message_id
  WHERE request_id = :request
"""
_PART = """
SELECT coalesce(full_text, text) FROM messages WHERE id = :subject
UNION ALL SELECT text FROM comments WHERE id = :subject
UNION ALL SELECT pages.text FROM pages JOIN attachments USING (sha256)
  WHERE attachments.id = :subject OR message_id = :subject
"""


def words_of(connection: sqlite3.Connection, subject: str) -> set[str]:
    """At most sixty pieces of a subject's texts, forty characters each, from their beginnings, middles and ends."""
    number = subject.removeprefix("request/")
    statement = _REQUEST if subject != number else _PART
    given = {"request": int(number)} if subject != number else {"subject": subject}
    found: set[str] = set()
    for (text,) in connection.execute(statement, given):
        found.update(_pieces(text or ""))
        if len(found) >= _MOST:
            break
    return found


def _pieces(text: str) -> Iterator[str]:
    if len(text) < _LENGTH:
        return
    for place in {0, (len(text) - _LENGTH) // 2, len(text) - _LENGTH}:
        yield text[place : place + _LENGTH]
