"""Which of the files inside attached files are to be read next: level by level, each below files that are read."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence

from parsers.documents.read import READER_VERSION
from scraper.archive.parts import PartNode, roots, trees
from scraper.reading.taken import NOT_TAKEN

STALE = f"""
SELECT p.sha256, min(p.name)
FROM document_parts p LEFT JOIN documents d ON d.sha256 = p.sha256
WHERE p.sha256 IS NOT NULL AND p.problem IS NULL
  AND (? OR d.reader_version IS NOT ? OR (? AND d.pages_unrecognised > 0))
  AND {NOT_TAKEN.format(column="p.sha256")} AND p.sha256 > ?
GROUP BY p.sha256 ORDER BY p.sha256 LIMIT ?
"""  # noqa: S608 - constants of this package
NOT_CURRENT = f"""
SELECT a.sha256 FROM attachments a LEFT JOIN documents d ON d.sha256 = a.sha256
WHERE a.state = 'file' AND a.sha256 IN (SELECT value FROM json_each(?))
  AND (? OR d.reader_version IS NOT ? OR (? AND d.pages_unrecognised > 0))
  AND {NOT_TAKEN.format(column="a.sha256")}
"""  # noqa: S608 - constants of this package
TOGETHER = 200
AT_ONCE = 10_000
"""Stale parts in memory at a time."""


def parts_to_read(
    connection: sqlite3.Connection, *, again: bool, with_engine: bool
) -> Iterator[list[tuple[str, str | None]]]:
    """SHA-256 and name of what is new or stale and lies in no file that is; nothing that was ``taken`` in this run.

    Some at a time, in the order of their SHA-256. Only trees in which something is stale are walked, so where nothing
    is this asks one question.
    """
    asked, last = [again, READER_VERSION, with_engine], ""
    while names := dict(connection.execute(STALE, [*asked, last, AT_ONCE]).fetchall()):
        last = max(names)
        if found := _first_to_read(connection, names, asked):
            yield found


def _first_to_read(
    connection: sqlite3.Connection, names: dict[str, str | None], asked: Sequence[object]
) -> list[tuple[str, str | None]]:
    """Those among these parts that lie in no file that is stale itself."""
    above = roots(connection, names)
    found: set[str] = set()
    for start in range(0, len(above), TOGETHER):
        some = above[start : start + TOGETHER]
        waiting = {sha256 for (sha256,) in connection.execute(NOT_CURRENT, [json.dumps(some), *asked])}
        for one in trees(connection, [root for root in some if root not in waiting]).values():
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
