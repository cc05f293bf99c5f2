"""What an archive holds of each request, facet by facet, as ``scraper.standin.truth.visible_of`` tells the truth."""

import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

from scraper.standin.truth import Visible

_RECORD = """
SELECT requests.id, slug, title, law_used, described_state, calculated_status, prominence, awaiting_description,
  authorities.url_name AS authority
FROM requests JOIN authorities ON authorities.id = authority_id
"""
_EVENTS = (
    "SELECT request_id, id, event_type, created_at, described_state, calculated_state FROM events ORDER BY created_at"
)
_MESSAGES = "SELECT request_id, id, prominence, text, full_text FROM messages ORDER BY position"
_COMMENTS = "SELECT request_id, id, text FROM comments ORDER BY position"
_FILES = """
SELECT request_id, attachments.id, message_id, part, name, state, sha256
FROM attachments JOIN messages ON messages.id = message_id ORDER BY messages.position, attachments.position
"""
_NAMES = ("id", "slug", "title", "law_used", "described_state", "calculated_status", "prominence", "authority")


def held(archive: Path) -> dict[int, Visible]:
    """By number of the request; empty where there is no archive yet."""
    path = archive / "archive.db"
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE name = 'requests'")]
        return _held(connection) if tables else {}


def _held(connection: sqlite3.Connection) -> dict[int, Visible]:
    events, messages, comments = (_by_request(connection, query) for query in (_EVENTS, _MESSAGES, _COMMENTS))
    files: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    stored: dict[int, dict[str, str]] = defaultdict(dict)
    for request, *fields, sha256 in connection.execute(_FILES):
        files[request].append(tuple(fields))
        if sha256 is not None:
            stored[request][fields[0]] = sha256
    found: dict[int, Visible] = {}
    for row in connection.execute(_RECORD):
        number = row["id"]
        record = {**{name: row[name] for name in _NAMES}, "awaiting_description": bool(row["awaiting_description"])}
        found[number] = {
            "record": record,
            "events": sorted(events[number]),
            "messages": messages[number],
            "comments": comments[number],
            "files": files[number],
            "bytes": stored[number],
        }
    return found


def _by_request(connection: sqlite3.Connection, query: str) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for request, *fields in connection.execute(query):
        found[request].append(tuple(fields))
    return found
