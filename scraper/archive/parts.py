"""Files inside files: rows of ``document_parts``, and the tree below an attached file within its bounds.

A file is opened once, whatever holds it, so what lies in it is known by its SHA-256 alone. How far one goes down is
decided for each attached file anew, level by level, from what is known: the same bytes always give the same tree.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parsers.documents.records import Opened
from scraper.archive.rows import sound
from scraper.archive.times import now
from scraper.counts import count_of

MEGABYTE = 1 << 20
MOST_DEPTH = 5
"""Of files in files below an attached one; a letter in a mail in a zip in a mail is at three."""
MOST_FILES = 1_000
"""Below one attached file."""
MOST_BYTES = 256 * MEGABYTE
"""Of all files below one attached file."""

_PARTS = "SELECT number, name, sha256, size, problem, detail FROM document_parts WHERE parent = ? ORDER BY number"
_PARTS_OF_MANY = """
SELECT parent, number, name, sha256, size, problem, detail FROM document_parts
WHERE parent IN (SELECT value FROM json_each(?)) ORDER BY parent, number
"""
MOST_ROWS = 50_000
"""Of parts that are looked up beforehand; further ones are looked up one file at a time."""
_Row = tuple[Any, ...]
_FILE = "INSERT INTO files (sha256, size, first_seen_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_PART = """
INSERT INTO document_parts (parent, number, name, sha256, size, problem, detail) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_ROOTS = """
WITH RECURSIVE above(sha256) AS (
  SELECT value FROM json_each(?)
  UNION
  SELECT p.parent FROM above JOIN document_parts p ON p.sha256 = above.sha256
)
SELECT DISTINCT a.sha256 FROM above JOIN attachments a ON a.sha256 = above.sha256
WHERE a.state = 'file' ORDER BY a.sha256
"""


@dataclass(frozen=True, kw_only=True)
class PartNode:
    """One file below an attached one."""

    path: tuple[int, ...]
    """Its place: the second file in the third is ``(3, 2)``."""
    name: str | None
    sha256: str | None
    """``None`` where its bytes could not be had."""
    size: int
    problem: str | None
    """Why it was not opened; ``None`` where it is a document like any other."""
    detail: str | None


@dataclass(frozen=True, kw_only=True)
class Tree:
    """What lies below an attached file, each file before those in it."""

    nodes: tuple[PartNode, ...]
    left_out: int
    """How many files the bounds left out."""

    @property
    def sentence(self) -> str | None:
        """On what was left out, if anything was."""
        if not self.left_out:
            return None
        left = count_of(self.left_out, "file in it was", "files in it were")
        return f"{left} left out: {MOST_FILES:,} are taken, of {MOST_BYTES // MEGABYTE} MB."


def part_id(attachment: str, path: Sequence[int]) -> str:
    """What a part is known by: ``attachment-8.3.2``."""
    return ".".join([attachment, *map(str, path)])


def store_parts(connection: sqlite3.Connection, sha256: str, opened: Opened, stored: Sequence[str | None]) -> None:
    """Enter what lies in a document whose row has just been written; ``stored`` are the SHA-256 of its parts."""
    for number, (part, kept) in enumerate(zip(opened.document.parts, stored, strict=True), start=1):
        if kept is not None:
            connection.execute(_FILE, [kept, part.size, now()])
        connection.execute(_PART, [sha256, number, sound(part.name), kept, part.size, part.problem, sound(part.detail)])


def roots(connection: sqlite3.Connection, files: Collection[str]) -> list[str]:
    """The attached files in which any of these lies, however deep, by SHA-256; of those among them that are attached,
    themselves as well."""
    return [sha256 for (sha256,) in connection.execute(_ROOTS, [json.dumps(sorted(files))])]


def tree(connection: sqlite3.Connection, sha256: str) -> Tree:
    """What is known to lie below the file with this SHA-256."""
    return trees(connection, [sha256])[sha256]


def trees(connection: sqlite3.Connection, roots: Collection[str]) -> dict[str, Tree]:
    """The same of several files, with few questions to the database however many files lie in them."""
    rows = _rows(connection, roots)
    return {root: _Walk(connection, rows).tree(root) for root in roots}


def _rows(connection: sqlite3.Connection, roots: Collection[str]) -> dict[str, list[_Row]]:
    """The parts of these files and of those in them, level by level, until they are many."""
    found: dict[str, list[_Row]] = {}
    level, number = set(roots), 0
    while level and number < MOST_ROWS:
        found.update((parent, []) for parent in level)
        for parent, *row in connection.execute(_PARTS_OF_MANY, [json.dumps(sorted(level))]):
            found[parent].append(tuple(row))
            number += 1
        level = {row[2] for parent in level for row in found[parent] if row[2] is not None} - found.keys()
    return found


class _Walk:
    """One level after the other, so that what lies deep never displaces what lies above it."""

    def __init__(self, connection: sqlite3.Connection, rows: Mapping[str, list[_Row]]) -> None:
        """``rows`` are the parts of files that were looked up beforehand."""
        self._connection = connection
        self._rows = rows
        self.nodes: list[PartNode] = []
        self.left_out = 0
        self._bytes = 0

    def tree(self, sha256: str) -> Tree:
        """What lies below one file."""
        self._below(sha256)
        return Tree(nodes=tuple(sorted(self.nodes, key=lambda node: node.path)), left_out=self.left_out)

    def _parts(self, sha256: str) -> list[_Row]:
        found = self._rows.get(sha256)
        return self._connection.execute(_PARTS, [sha256]).fetchall() if found is None else found

    def _below(self, sha256: str) -> None:
        level: list[tuple[tuple[int, ...], tuple[str, ...]]] = [((), (sha256,))]
        while level:
            level = [found for path, above in level for found in self._inside(path, above)]

    def _inside(
        self, path: tuple[int, ...], above: tuple[str, ...]
    ) -> Iterator[tuple[tuple[int, ...], tuple[str, ...]]]:
        """Take the files in one; those that may hold others, each with the files that it lies in."""
        for number, name, sha256, size, *why in self._parts(above[-1]):
            if len(self.nodes) >= MOST_FILES or self._bytes + size > MOST_BYTES:
                self.left_out += 1
                continue
            self._bytes += size
            place = (*path, number)
            problem, detail = _refused(place, above, sha256) or why
            self.nodes.append(PartNode(path=place, name=name, sha256=sha256, size=size, problem=problem, detail=detail))
            if problem is None and sha256 is not None:
                yield place, (*above, sha256)


def _refused(path: Sequence[int], above: Sequence[str], sha256: str | None) -> tuple[str, str] | None:
    if len(path) > MOST_DEPTH:
        return "bomb", f"It lies more than {MOST_DEPTH} files deep, and is not opened."
    if sha256 in above:
        return "bomb", "It is one of the files that it lies in."
    return None
