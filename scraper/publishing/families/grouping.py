"""Families of what is published: the same request sent to many authorities, the same paragraph with which many refuse.

``family_texts`` says by numbers which texts may be alike; these are fetched and compared exactly. The numbers are set
in order in tables of SQLite's own, on the disk and gone at the end, and so are the families until all are found. Memory
holds the texts under comparison, the members of one family, and four bytes for each wording.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any

from parsers.families import Family, Runs, likeness, link, split, waves
from scraper.publishing.families import renewed
from scraper.publishing.families.joined import Joined
from scraper.publishing.families.likened import KINDS, bands, of_kind
from scraper.publishing.families.shared import shared
from scraper.publishing.families.texts import Source, Text

MANY = 2
"""Different authorities that a family has at least."""
CACHED = 1_500
"""Texts whose runs are held while others are compared with them: 15 kB each."""
_NODES = """
CREATE TEMP TABLE family_nodes AS
SELECT wording, min(number) AS first, count(*) AS copies, bands FROM main.family_texts WHERE {kind}
GROUP BY wording ORDER BY first
"""
"""Each wording, a node, with its first text and that one's bands; numbered from 1 by its rowid."""
_MADE = (
    "CREATE UNIQUE INDEX temp.family_nodes_wording ON family_nodes (wording)",
    "CREATE TEMP TABLE family_bands (band INTEGER NOT NULL, node INTEGER NOT NULL)",
    "CREATE TEMP TABLE family_joined (root INTEGER NOT NULL, node INTEGER NOT NULL)",
    "CREATE TEMP TABLE family_found (first INTEGER NOT NULL, usual INTEGER NOT NULL, node INTEGER, alike REAL)",
)
_TABLES = ("nodes", "bands", "joined", "found")
_BANDED = "SELECT rowid, bands FROM temp.family_nodes WHERE bands <> ''"
_BUCKETS = "SELECT group_concat(node) FROM temp.family_bands GROUP BY band HAVING count(*) > 1 ORDER BY band"
_LAST = "SELECT coalesce(max(rowid), 0) FROM temp.family_nodes"
_TOGETHER = "SELECT root, node FROM temp.family_joined ORDER BY root, node"
_COPIES = """
SELECT t.number, t.place FROM temp.family_nodes AS n
CROSS JOIN main.family_texts AS t ON t.wording = n.wording AND {kind}
WHERE n.rowid = ? ORDER BY t.number
"""
_COPIED = "SELECT rowid FROM temp.family_nodes WHERE copies > 1"
_FOUND = "INSERT INTO temp.family_found VALUES (?, ?, ?, ?)"
_FAMILIES = "SELECT first, usual, node, alike FROM temp.family_found ORDER BY first, rowid"
_WEIGHTS = "SELECT rowid, copies FROM temp.family_nodes WHERE rowid IN (SELECT value FROM json_each(?))"
_FIRST = """
SELECT t.place FROM temp.family_nodes AS n JOIN main.family_texts AS t ON t.number = n.first WHERE n.rowid = ?
"""
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One text of a family."""

    number: int
    """As ``family_texts`` numbers it."""
    node: int
    """Of its very words, or of its batch."""
    text: Text
    likeness: float
    """To the representative."""


def family_rows(connection: sqlite3.Connection) -> Iterator[tuple[Row, Iterator[Row]]]:
    """Each family of a public database with its members, as rows of ``families`` and ``family_members``.

    After ``renewed.keep`` those alone that it has taken out, takes out now, or did not have.
    """
    for kind in KINDS:
        source = Source(connection=connection, kind=kind)
        for representative, members in _Finder(source).families():
            yield _rows(source, representative, members)
    renewed.end(connection)


class _Finder:
    """Finds the families of one source."""

    def __init__(self, source: Source) -> None:
        self._source, self._connection = source, source.connection
        self._copies = _COPIES.format(kind=of_kind(source.kind))
        self._runs = lru_cache(maxsize=CACHED)(self._fetched)

    def families(self) -> Iterator[tuple[Text, list[Member]]]:
        """The representative and the members of each, by the numbers of the first members."""
        self._set_in_order()
        self._connection.executemany(_FOUND, self._found())
        in_order = self._connection.execute(_FAMILIES)
        for (_, usual), rows in groupby(in_order, key=lambda row: row[:2]):
            family = Family(representative=usual, members={node: found for _, _, node, found in rows})
            members = sorted(self._members(family), key=lambda member: member.number)
            for representative, wave in self._waves(usual, members):
                if len({member.text.authority_id for member in wave}) >= MANY:
                    yield representative, wave
        for table in _TABLES:
            self._connection.execute(f"DROP TABLE temp.family_{table}")

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

    def _set_in_order(self) -> None:
        connection = self._connection
        for statement in (_NODES.format(kind=of_kind(self._source.kind)), *_MADE):
            connection.execute(statement)
        (last,) = connection.execute(_LAST).fetchone()
        banded = shared(self._banded, last, also=renewed.seeds(connection, self._source.kind))
        connection.executemany("INSERT INTO temp.family_bands VALUES (?, ?)", banded)
        renewed.narrow(connection, self._source.kind, last=last)

    def _banded(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        return ((node, bands(told)) for node, told in self._connection.execute(_BANDED))

    def _found(self) -> Iterator[tuple[int, int, int, float]]:
        """The nodes of each family, with its first and its most usual one, and how like that one each is."""
        connection = self._connection
        (last,) = connection.execute(_LAST).fetchone()
        alike = Joined(last)
        for (bucket,) in connection.execute(_BUCKETS):
            link([int(node) for node in bucket.split(",")], self._runs, alike, self._source.rule)
        joined = ((alike.root(node), node) for node in range(1, last + 1) if node in alike)
        connection.executemany("INSERT INTO temp.family_joined VALUES (?, ?)", joined)
        for _, rows in groupby(connection.execute(_TOGETHER), key=lambda row: row[0]):
            nodes = [node for _, node in rows]
            weights = dict(connection.execute(_WEIGHTS, [json.dumps(nodes)]))
            for family in split(nodes, self._runs, weights, self._source.rule):
                first = min(family.members)
                yield from ((first, family.representative, *member) for member in family.members.items())
        for (node,) in connection.execute(_COPIED):
            if node not in alike:
                yield node, node, node, 1.0

    def _members(self, family: Family) -> Iterator[Member]:
        for node, found in family.members.items():
            for number, told in self._connection.execute(self._copies, [node]):
                yield Member(number=number, node=node, text=Text.of(told), likeness=found)

    def _text(self, node: int) -> Text:
        return Text.of(self._connection.execute(_FIRST, [node]).fetchone()[0])

    def _fetched(self, node: int) -> Runs:
        return self._source.runs(self._text(node))


def _rows(source: Source, representative: Text, members: Sequence[Member]) -> tuple[Row, Iterator[Row]]:
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
    return family, (_member(identity, member) for member in members)


def _member(family: str, member: Member) -> Row:
    return {**member.text.columns(), "family_id": family, "likeness": round(member.likeness, 3)}
