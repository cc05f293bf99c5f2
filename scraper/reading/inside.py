"""Which of the files inside attached files are to be read next: level by level, each below files that are read."""

import sqlite3
from collections.abc import Collection, Iterator

from parsers.documents.read import READER_VERSION
from scraper.archive.parts import PartNode, roots, trees

STALE = """
SELECT p.sha256, min(p.name)
FROM document_parts p LEFT JOIN documents d ON d.sha256 = p.sha256
WHERE p.sha256 IS NOT NULL AND p.problem IS NULL
  AND (? OR d.reader_version IS NOT ? OR (? AND d.pages_unrecognised > 0))
GROUP BY p.sha256
"""
NOT_CURRENT = """
SELECT a.sha256 FROM attachments a LEFT JOIN documents d ON d.sha256 = a.sha256
WHERE a.state = 'file' AND a.sha256 IS NOT NULL
  AND (? OR d.reader_version IS NOT ? OR (? AND d.pages_unrecognised > 0))
"""
TOGETHER = 200


def parts_to_read(
    connection: sqlite3.Connection, *, again: bool, with_engine: bool, done: Collection[str]
) -> list[tuple[str, str | None]]:
    """SHA-256 and name of what is new or stale and lies in no file that is; ``done`` was read in this run.

    Only trees in which something is stale are walked, so where nothing is this asks one question.
    """
    asked = [again, READER_VERSION, with_engine]
    names = {sha256: name for sha256, name in connection.execute(STALE, asked) if sha256 not in done}
    if not names:
        return []
    waiting = {sha256 for (sha256,) in connection.execute(NOT_CURRENT, asked)} - set(done)
    above = [root for root in roots(connection, names) if root not in waiting]
    found: set[str] = set()
    for start in range(0, len(above), TOGETHER):
        for one in trees(connection, above[start : start + TOGETHER]).values():
            found.update(_next(one.nodes, names))
    return [(sha256, names[sha256]) for sha256 in sorted(found)]


def _next(nodes: Collection[PartNode], stale: Collection[str]) -> Iterator[str]:
    """Those to be read among the files below one; what lies in a file that waits waits with it."""
    waiting: set[tuple[int, ...]] = set()
    for node in nodes:
        if node.path[:-1] in waiting:
            waiting.add(node.path)
        elif node.problem is None and node.sha256 is not None and node.sha256 in stale:
            waiting.add(node.path)
            yield node.sha256
