"""Which documents are to be probed, and the rows of what was found. See ``parsers.documents.probes.probe``."""

import sqlite3
from collections.abc import Iterator

from parsers.documents.probes.probe import PROBE_VERSION
from parsers.documents.probes.probe_findings import Probe
from parsers.documents.records import DocumentType
from scraper.archive.times import now

_ASKED_FOR = """
FROM documents d LEFT JOIN probes p ON p.sha256 = d.sha256
WHERE d.status IN ('read', 'no_text')
  AND (? OR p.probe_version IS NOT ? OR p.document_type IS NOT d.document_type)
  AND (EXISTS (SELECT 1 FROM attachments a WHERE a.sha256 = d.sha256 AND a.state = 'file')
    OR EXISTS (SELECT 1 FROM document_parts i WHERE i.sha256 = d.sha256))
"""
TO_PROBE = f"SELECT d.sha256, d.document_type {_ASKED_FOR} AND d.sha256 > ? ORDER BY d.sha256 LIMIT ?"
HOW_MANY = f"SELECT count(*) {_ASKED_FOR}"
TOGETHER = 1_000
PROBE = """
SELECT d.sha256, d.document_type
FROM documents d LEFT JOIN probes p ON p.sha256 = d.sha256
WHERE d.status IN ('read', 'no_text')
  AND (? OR p.probe_version IS NOT ? OR p.document_type IS NOT d.document_type)
  AND (EXISTS (SELECT 1 FROM attachments a WHERE a.sha256 = d.sha256 AND a.state = 'file')
    OR EXISTS (SELECT 1 FROM document_parts i WHERE i.sha256 = d.sha256))
ORDER BY d.sha256
"""
PROBE = """
INSERT INTO probes (sha256, document_type, status, detail, probe_version, probed_at) VALUES (?, ?, ?, ?, ?, ?)
"""
FINDING = "INSERT INTO findings (sha256, number, kind, severity, place, count) VALUES (?, ?, ?, ?, ?, ?)"


def to_probe(connection: sqlite3.Connection, *, again: bool) -> Iterator[tuple[str, DocumentType]]:
    """The documents that were opened and not yet probed as this program probes them; all where ``again``.

    Rows are fetched some at a time, so the caller may write in between.
    """
    last = ""
    while rows := connection.execute(TO_PROBE, [again, PROBE_VERSION, last, TOGETHER]).fetchall():
        yield from rows
        last = rows[-1][0]


def probes_to_make(connection: sqlite3.Connection, *, again: bool) -> int:
    """How many of these there are."""
    (number,) = connection.execute(HOW_MANY, [again, PROBE_VERSION]).fetchone()
    return int(number)


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
