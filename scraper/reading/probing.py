"""Which documents are to be probed, and the rows of what was found. See ``parsers.documents.probes.probe``."""

import sqlite3
from collections.abc import Iterator

from parsers.documents.probes.probe import PROBE_VERSION
from parsers.documents.probes.probe_findings import Probe
from parsers.documents.records import DocumentType
from scraper.archive.times import now
from scraper.reading.since import Span

CHANGED = """
WITH RECURSIVE held(sha256) AS (
  SELECT a.sha256 FROM temp.changed AS c CROSS JOIN messages AS m ON m.request_id = c.request_id
    CROSS JOIN attachments AS a ON a.message_id = m.id
  WHERE a.sha256 IS NOT NULL
  UNION SELECT i.sha256 FROM held CROSS JOIN document_parts AS i ON i.parent = held.sha256 WHERE i.sha256 IS NOT NULL
)
SELECT d.* FROM held CROSS JOIN documents AS d ON d.sha256 = held.sha256
"""
STALE = """
INSERT INTO temp.to_probe
SELECT d.sha256, d.document_type FROM ({found}) AS d LEFT JOIN probes AS p ON p.sha256 = d.sha256
WHERE d.status IN ('read', 'no_text')
  AND (? OR p.probe_version IS NOT ? OR p.document_type IS NOT d.document_type)
"""
NEXT = """
SELECT t.sha256, t.document_type FROM temp.to_probe AS t
WHERE t.sha256 > ? AND (EXISTS (SELECT 1 FROM attachments AS a WHERE a.sha256 = t.sha256 AND a.state = 'file')
  OR EXISTS (SELECT 1 FROM document_parts AS i WHERE i.sha256 = t.sha256))
ORDER BY t.sha256 LIMIT ?
"""
TOGETHER = 1_000
PROBE = """
INSERT INTO probes (sha256, document_type, status, detail, probe_version, probed_at) VALUES (?, ?, ?, ?, ?, ?)
"""
FINDING = "INSERT INTO findings (sha256, number, kind, severity, place, count) VALUES (?, ?, ?, ?, ?, ?)"


def find_stale(connection: sqlite3.Connection, looked_at: Span, *, again: bool) -> int:
    """Put aside the documents that were opened and not yet probed as this program probes them; all where ``again``.

    Among those of requests that changed, unless all are looked at. Gives about how many there are.
    """
    connection.execute("DROP TABLE IF EXISTS temp.to_probe")
    connection.execute("CREATE TEMP TABLE to_probe (sha256 TEXT PRIMARY KEY, document_type TEXT) STRICT, WITHOUT ROWID")
    statement = STALE.format(found="SELECT * FROM documents" if looked_at.since is None else CHANGED)
    return connection.execute(statement, [again, PROBE_VERSION]).rowcount


def to_probe(connection: sqlite3.Connection) -> Iterator[tuple[str, DocumentType]]:
    """Those that were put aside; rows are fetched some at a time, so the caller may write in between."""
    last = ""
    while rows := connection.execute(NEXT, [last, TOGETHER]).fetchall():
        yield from rows
        last = rows[-1][0]


def store_probe(connection: sqlite3.Connection, sha256: str, document_type: DocumentType, probe: Probe) -> None:
    """Replace what is known to be hidden in the file with this SHA-256; to be called inside a transaction."""
    connection.execute("DELETE FROM probes WHERE sha256 = ?", [sha256])
    connection.execute(PROBE, [sha256, document_type, probe.status, probe.detail, PROBE_VERSION, now()])
    connection.executemany(
        FINDING,
        [
            (sha256, number, finding.kind, finding.severity, finding.place, finding.count)
            for number, finding in enumerate(probe.findings, start=1)
        ],
    )
