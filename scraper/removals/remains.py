"""Questions to the rows: what has no source, what is older than it should be, and what an erasure left."""

import sqlite3
from collections.abc import Iterator

from scraper.counts import count_of
from scraper.removals.follow import MADE_FROM
from scraper.removals.missing import kind_of
from scraper.removals.release import is_needed
from scraper.removals.traces import with_body

_WITHOUT_SOURCE = {
    "the reading of {} has neither a message nor a file": """
SELECT source FROM readings WHERE message_id NOT IN (SELECT id FROM messages)
  OR (attachment_id IS NOT NULL AND attachment_id NOT IN (SELECT id FROM attachments))
""",
    "{} is said to be fetched, and its bytes are not here": """
SELECT id FROM attachments WHERE fetch_status = 'fetched' AND state = 'file' AND sha256 IS NULL
""",
    "the text of {} is here, and nothing that it was read from": """
SELECT sha256 FROM documents WHERE NOT EXISTS (SELECT 1 FROM files WHERE files.sha256 = documents.sha256)
""",
    "the request {} has no answer in the ledger that it was made from": """
SELECT id FROM requests WHERE NOT EXISTS (SELECT 1 FROM fetches WHERE sha256 = requests.json_sha256)
""",
}
_SEVERAL = """
SELECT url FROM fetches WHERE status = 200 AND sha256 IS NOT NULL GROUP BY url HAVING min(sha256) <> max(sha256)
"""
_OLDER = f"""
SELECT 1 FROM fetches WHERE url = :url AND status = 200 AND sha256 IS NOT NULL AND NOT {MADE_FROM} AND sha256 <>
  (SELECT sha256 FROM fetches WHERE url = :url AND status = 200 AND sha256 IS NOT NULL ORDER BY id DESC LIMIT 1)
"""  # noqa: S608 - text of the program
_NOT_NAMED = """
SELECT sha256 FROM files WHERE NOT EXISTS (SELECT 1 FROM fetches WHERE sha256 = files.sha256)
  AND NOT EXISTS (SELECT 1 FROM attachments WHERE sha256 = files.sha256)
  AND NOT EXISTS (SELECT 1 FROM requests WHERE json_sha256 = files.sha256)
  AND NOT EXISTS (SELECT 1 FROM requests WHERE page_sha256 = files.sha256)
  AND NOT EXISTS (SELECT 1 FROM validators WHERE sha256 = files.sha256)
ORDER BY sha256
"""
"""Bodies that are needed for what they lie in, if at all: few enough to ask that of each."""
_REMAINS = {
    "request": """
SELECT 'requests' FROM requests WHERE id = :request
UNION ALL SELECT 'messages' FROM messages WHERE request_id = :request
UNION ALL SELECT 'comments' FROM comments WHERE request_id = :request
UNION ALL SELECT 'events' FROM events WHERE request_id = :request
UNION ALL SELECT 'resends' FROM resends WHERE request_id = :request
UNION ALL SELECT 'readings' FROM readings WHERE request_id = :request
UNION ALL SELECT 'request_tags' FROM request_tags WHERE request_id = :request
UNION ALL SELECT 'listed' FROM listed WHERE request_id = :request
UNION ALL SELECT 'changes' FROM changes WHERE request_id = :request AND (before IS NOT NULL OR after IS NOT NULL)
LIMIT 1
""",
    "message": """
SELECT 'messages' FROM messages WHERE id = :subject AND (text IS NOT NULL OR full_text IS NOT NULL)
UNION ALL SELECT 'attachments' FROM attachments WHERE message_id = :subject
UNION ALL SELECT 'readings' FROM readings WHERE message_id = :subject
LIMIT 1
""",
    "comment": "SELECT 'comments' FROM comments WHERE id = :subject",
    "file": """
SELECT 'attachments' FROM attachments WHERE id = :subject AND sha256 IS NOT NULL
UNION ALL SELECT 'readings' FROM readings WHERE attachment_id = :subject
LIMIT 1
""",
}
_PUBLISHED = {
    "request": """
SELECT 'requests' FROM requests WHERE id = :request
UNION ALL SELECT 'messages' FROM messages WHERE request_id = :request
UNION ALL SELECT 'attachments' FROM attachments WHERE request_id = :request
UNION ALL SELECT 'pages' FROM pages WHERE request_id = :request
UNION ALL SELECT 'readings' FROM readings WHERE request_id = :request
UNION ALL SELECT 'citations' FROM citations WHERE request_id = :request
LIMIT 1
""",
    "message": """
SELECT 'messages' FROM messages WHERE id = :subject AND text IS NOT NULL
UNION ALL SELECT 'attachments' FROM attachments WHERE message_id = :subject
UNION ALL SELECT 'readings' FROM readings WHERE message_id = :subject
LIMIT 1
""",
    "comment": "SELECT 1 WHERE 0",
    "file": """
SELECT 'pages' FROM pages WHERE attachment_id = :subject
UNION ALL SELECT 'readings' FROM readings WHERE attachment_id = :subject
LIMIT 1
""",
}
_ERASED = "SELECT subject, request_id FROM withdrawals WHERE erased_at IS NOT NULL ORDER BY subject"


def without_source(connection: sqlite3.Connection) -> Iterator[str]:
    """Rows whose source is not here."""
    for sentence, statement in _WITHOUT_SOURCE.items():
        for (name,) in connection.execute(statement):
            told = sentence.format(name)
            yield f"{told[0].upper()}{told[1:]}. Run `wdtk crawl` and `wdtk read` to mend it."


def superseded(connection: sqlite3.Connection) -> Iterator[str]:
    """Bodies of older answers, bodies that nothing needs, and bodies whose file is still to go."""
    for (url,) in connection.execute(_SEVERAL):  # few: so this asks of each what would be slow to ask of all
        if connection.execute(_OLDER, {"url": url}).fetchone() is not None:
            yield f"An older body of {url} is still here. Fetch its page again."
    for (sha256,) in connection.execute(_NOT_NAMED):
        if not is_needed(connection, sha256):
            yield f"Nothing needs the body {sha256} any more, and it is still here."
    (waiting,) = connection.execute("SELECT count(*) FROM erasures").fetchone()
    if waiting:
        bodies = count_of(waiting, "body is", "bodies are")
        yield f"{bodies} still to be taken off the disk. Run `wdtk update` to go on with it."


def of_erased(connection: sqlite3.Connection) -> Iterator[str]:
    """Rows of what a tombstone says is erased."""
    erased = connection.execute(_ERASED).fetchall()
    for subject, request_id in erased:
        row = connection.execute(_REMAINS[_kind(subject)], {"subject": subject, "request": request_id}).fetchone()
        if row is not None:
            yield f"{subject} is erased, and {row[0]} still has rows of it."
    gone = [request_id for subject, request_id in erased if _kind(subject) == "request"]
    for number, table in with_body(connection, gone):
        yield f"request/{number} is erased, and {table} still has a body of it."


def published(connection: sqlite3.Connection, public: sqlite3.Connection) -> Iterator[str]:
    """Rows of the published database of what a tombstone of the archive says is erased."""
    for subject, request_id in connection.execute(_ERASED).fetchall():
        row = public.execute(_PUBLISHED[_kind(subject)], {"subject": subject, "request": request_id}).fetchone()
        if row is not None:
            yield f"{subject} is erased, and {row[0]} of public.db still has rows of it. Run `wdtk publish`."


def _kind(subject: str) -> str:
    return "request" if subject.startswith("request/") else kind_of(subject)
