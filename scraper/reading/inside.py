"""Which of the files inside attached files are to be read next: level by level, each below files that are read."""

import sqlite3
from collections.abc import Callable, Collection, Iterator

from parsers.documents.read import READER_VERSION
from scraper.archive.parts import PartNode, roots, tree

CURRENT = """
SELECT 1 FROM documents WHERE sha256 = ? AND reader_version = ? AND NOT (? AND pages_unrecognised > 0)
"""
NAME = "SELECT min(name) FROM document_parts WHERE sha256 = ?"


def parts_to_read(
    connection: sqlite3.Connection, *, again: bool, with_engine: bool, done: Collection[str]
) -> list[tuple[str, str | None]]:
    """SHA-256 and name of what is new or stale and lies in no file that is; ``done`` was read in this run."""
    found: set[str] = set()

    def is_current(sha256: str) -> bool:
        row = None if again else connection.execute(CURRENT, [sha256, READER_VERSION, with_engine]).fetchone()
        return sha256 in done or row is not None

    for root in filter(is_current, roots(connection)):
        found.update(_next(tree(connection, root).nodes, is_current))
    return [(sha256, connection.execute(NAME, [sha256]).fetchone()[0]) for sha256 in sorted(found)]


def _next(nodes: Collection[PartNode], is_current: Callable[[str], bool]) -> Iterator[str]:
    """Those to be read among the files below one; what lies in a file that waits waits with it."""
    waiting: set[tuple[int, ...]] = set()
    for node in nodes:
        if node.path[:-1] in waiting:
            waiting.add(node.path)
        elif node.problem is None and node.sha256 is not None and not is_current(node.sha256):
            waiting.add(node.path)
            yield node.sha256
