"""Families of what is published: the same request sent to many authorities, the same paragraph with which many refuse.

Texts stream by once and leave numbers in a database of SQLite's own, on the disk and gone at the end: which text is
a copy of which, and the bands of its signature. Texts that share a band are fetched again and compared exactly. Memory
holds the texts under comparison, and one number for each text that has a like.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from parsers.families import Alike, Family, Runs, band_keys, fingerprint, likeness, link, split, waves
from scraper.publishing.family_texts import Kind, Source, Text

KINDS: tuple[Kind, ...] = ("round_robin", "template")
MANY = 2
"""Different authorities that a family has at least."""
CACHED = 4_000
"""Texts whose runs are held while others are compared with them: 15 kB each."""
_SCRATCH = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE texts (number INTEGER PRIMARY KEY, key INTEGER NOT NULL, told TEXT NOT NULL);
CREATE TABLE nodes (key INTEGER PRIMARY KEY, node INTEGER NOT NULL);
CREATE TABLE bands (key INTEGER NOT NULL, node INTEGER NOT NULL);
"""
_INDEXES = """
CREATE INDEX texts_key ON texts (key, number);
CREATE UNIQUE INDEX nodes_node ON nodes (node);
"""
_BUCKETS = "SELECT group_concat(node) FROM bands GROUP BY key HAVING count(*) > 1 ORDER BY key"
_COPIES = "SELECT number, told FROM texts WHERE key = (SELECT key FROM nodes WHERE node = ?) ORDER BY number"
_COPIED = "SELECT min(number) FROM texts GROUP BY key HAVING count(*) > 1"
_WEIGHTS = """
SELECT n.node, count(*) FROM json_each(?) AS e JOIN nodes AS n ON n.node = e.value JOIN texts AS t ON t.key = n.key
GROUP BY n.node
"""
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Member:
    """One text of a family."""

    number: int
    """Its place in the stream."""
    node: int
    """The number of the first text with its very words, or of its batch."""
    text: Text
    likeness: float
    """To the representative."""


def family_rows(connection: sqlite3.Connection) -> Iterator[tuple[Row, list[Row]]]:
    """Each family of a public database with its members, as rows of ``families`` and ``family_members``."""
    for kind in KINDS:
        source = Source(connection=connection, kind=kind)
        # An empty name is a database on the disk that is deleted when it is closed.
        with closing(sqlite3.connect("", isolation_level=None)) as scratch:
            finder = _Finder(source, scratch)
            for representative, members in finder.families():
                yield _rows(source, representative, members)


class _Finder:
    """Finds the families of one source."""

    def __init__(self, source: Source, scratch: sqlite3.Connection) -> None:
        self._source, self._scratch = source, scratch
        self._runs = lru_cache(maxsize=CACHED)(self._fetched)

    def families(self) -> Iterator[tuple[Text, list[Member]]]:
        """The representative and the members of each, by the numbers of the first members."""
        self._stream()
        found = [(min(family.members), family) for family in self._found()]
        for _, family in sorted(found, key=lambda one: one[0]):
            members = sorted(self._members(family), key=lambda member: member.number)
            for representative, wave in self._waves(family.representative, members):
                if len({member.text.authority_id for member in wave}) >= MANY:
                    yield representative, wave

    def _waves(self, usual: int, members: list[Member]) -> Iterator[tuple[Text, list[Member]]]:
        """Round robins by the time at which they were sent, each likened to a member of its own."""
        if self._source.kind == "template":
            yield self._text(usual), members
            return
        for wave in waves((member.text.day, member) for member in members):
            nodes = Counter(member.node for member in wave)
            for family in split(list(nodes), self._runs, nodes, self._source.rule):
                own = [member for member in wave if member.node in family.members]
                first = min((one for one in own if one.node == family.representative), key=lambda one: one.number)
                told = [self._likened(member, family) for member in own]
                yield first.text, sorted(told, key=lambda member: member.number)

    def _likened(self, member: Member, family: Family) -> Member:
        if member.text.batch_id is None:
            return replace(member, likeness=family.members[member.node])
        usual = self._runs(family.representative)
        return replace(member, likeness=likeness(usual, self._source.runs(member.text)))

    def _stream(self) -> None:
        scratch, fewest = self._scratch, self._source.rule.fewest
        scratch.executescript(_SCRATCH)
        scratch.execute("BEGIN")
        for number, (text, runs) in enumerate(self._source):
            if len(runs) < fewest and text.batch_id is None:
                continue
            # What the site sent as one batch is one text, whatever its copies look like.
            key = fingerprint(runs) if text.batch_id is None else -text.batch_id
            scratch.execute("INSERT INTO texts VALUES (?, ?, ?)", [number, key, text.told()])
            is_new = scratch.execute("INSERT OR IGNORE INTO nodes VALUES (?, ?)", [key, number]).rowcount
            if is_new and len(runs) >= fewest:
                bands = [(band, number) for band in band_keys(runs, rows=self._source.rule.rows)]
                scratch.executemany("INSERT INTO bands VALUES (?, ?)", bands)
        scratch.execute("COMMIT")
        scratch.executescript(_INDEXES)

    def _found(self) -> Iterator[Family]:
        alike: Alike[int] = Alike()
        for (bucket,) in self._scratch.execute(_BUCKETS):
            link([int(node) for node in bucket.split(",")], self._runs, alike, self._source.rule)
        for nodes in alike.together():
            weights = dict(self._scratch.execute(_WEIGHTS, [json.dumps(nodes)]))
            yield from split(nodes, self._runs, weights, self._source.rule)
        for (node,) in self._scratch.execute(_COPIED):
            if node not in alike:
                yield Family(representative=node, members={node: 1.0})

    def _members(self, family: Family) -> Iterator[Member]:
        for node, found in family.members.items():
            for number, told in self._scratch.execute(_COPIES, [node]):
                yield Member(number=number, node=node, text=Text.of(told), likeness=found)

    def _text(self, number: int) -> Text:
        return Text.of(self._scratch.execute("SELECT told FROM texts WHERE number = ?", [number]).fetchone()[0])

    def _fetched(self, number: int) -> Runs:
        return self._source.runs(self._text(number))


def _rows(source: Source, representative: Text, members: Sequence[Member]) -> tuple[Row, list[Row]]:
    texts = [member.text for member in members]
    identity = source.family_id(texts[0])
    days = [text.day for text in texts if text.day]
    family = {
        "id": identity,
        "kind": source.kind,
        "size": len(texts),
        "authorities": len({text.authority_id for text in texts}),
        "requests": len({text.request_id for text in texts}),
        "first_day": min(days, default=None),
        "last_day": max(days, default=None),
        "representative": representative.id,
        "title": source.title(representative),
        "batches": len({text.batch_id for text in texts} - {None}),
    }
    return family, [_member(identity, member) for member in members]


def _member(family: str, member: Member) -> Row:
    return {**vars(member.text), "family_id": family, "likeness": round(member.likeness, 3)}
