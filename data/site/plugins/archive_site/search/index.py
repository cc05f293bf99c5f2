"""Looking into the full-text indexes, so that no search reads more of them than it may, however common its words.

Matches are counted up to ``COUNTED``. The best come first while there are at most ``RANKED`` of them in an index, since
each must be weighed; of more, the newest come first, which are found month by month from the end. Words that stand in
over ``COMMON`` texts are looked for and not weighed: SQLite counts all their texts for that, and the weight is nought.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from archive_site.search.words import Terms

COUNTED = 1_000
RANKED = 20_000
COMMON = 100_000
Kind = Literal["titles", "messages", "documents"]
Sort = Literal["best", "newest"]


@dataclass(frozen=True, kw_only=True)
class Index:
    """One full-text index: its table, the column with the words, and when what it holds was said."""

    table: str
    column: str
    weight: float
    days: str


INDEXES: dict[Kind, Index] = {
    "titles": Index(
        table="requests_fts",
        column="title",
        weight=2.0,
        days="SELECT id, asked_on FROM requests WHERE id IN (SELECT value FROM json_each(?))",
    ),
    "messages": Index(
        table="messages_fts",
        column="text",
        weight=1.0,
        days="SELECT rowid, sent_at FROM messages WHERE rowid IN (SELECT value FROM json_each(?))",
    ),
    "documents": Index(
        table="pages_fts",
        column="text",
        weight=1.0,
        days="SELECT p.rowid, m.sent_at FROM pages AS p JOIN attachments AS a ON a.id = p.attachment_id "
        "JOIN messages AS m ON m.id = a.message_id WHERE p.rowid IN (SELECT value FROM json_each(?))",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for, and which part of the answer is shown."""

    terms: Terms
    marks: tuple[str, ...]
    kinds: tuple[Kind, ...]
    sort: Sort
    skip: int
    size: int
    last_day: str
    """No letter is newer: the day of the last look at the source."""
    first_day: str
    """None that may match is older."""

    def expression(self, index: Index) -> str:
        """The FTS5 expression with the filters."""
        parts = [*filter(None, [self.terms.of(index.column)]), *(f"{{marks}} : {mark}" for mark in self.marks)]
        return " AND ".join(f"({part})" for part in parts)


@dataclass(frozen=True, kw_only=True)
class Place:
    """One match: which index, its row there, and the words around it."""

    kind: Kind
    key: int
    snippet: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """The places of one page of the answer."""

    counts: dict[Kind, int]
    """By kind, up to ``COUNTED`` + 1."""
    places: tuple[Place, ...]
    has_more: bool
    sort: Sort
    """As it was done: ``newest`` where there are too many to weigh."""
    keys: dict[Kind, list[int]]
    """All matches, where there are at most ``COUNTED``; empty where there are more."""
    absent: tuple[str, ...] = ()
    """Where nothing was found: the terms that no text holds at all."""


def look(connection: sqlite3.Connection, wanted: Wanted, *, marks: tuple[str, str]) -> Found:
    """The answer; ``marks`` open and close what matched in a snippet."""
    every = {kind: _keys(connection, wanted, INDEXES[kind], COUNTED + 1) for kind in INDEXES}
    counts = {kind: len(keys) for kind, keys in every.items()}
    few = sum(counts[kind] for kind in wanted.kinds) <= COUNTED
    sort = wanted.sort if wanted.terms.wanted and (few or _can_weigh(connection, wanted)) else "newest"
    in_order = _best(connection, wanted) if sort == "best" else _newest(connection, wanted, every)
    shown = in_order[wanted.skip : wanted.skip + wanted.size]
    return Found(
        counts=counts,
        places=tuple(_place(connection, wanted, kind, key, marks) for kind, key in shown),
        has_more=len(in_order) > wanted.skip + wanted.size,
        sort=sort,
        keys={kind: every[kind] for kind in wanted.kinds} if few else {},
        absent=() if any(counts.values()) else tuple(_absent(connection, wanted.terms)),
    )


def _absent(connection: sqlite3.Connection, terms: Terms) -> Iterator[str]:
    for term in terms.wanted:
        told = [(index, f"{{{index.column}}} : {term}") for index in INDEXES.values()]
        if not any(_how_many(connection, index, match, 0) for index, match in told):
            yield term


def _keys(connection: sqlite3.Connection, wanted: Wanted, index: Index, most: int, *more: str) -> list[int]:
    """Rows of the index that match, the last first, at most so many; ``more`` are further marks."""
    match = " AND ".join([wanted.expression(index), *(f"({{marks}} : {mark})" for mark in more)])
    sql = f"SELECT rowid FROM {index.table} WHERE {index.table} MATCH ? ORDER BY rowid DESC LIMIT ?"  # noqa: S608 - names of this module
    return [key for (key,) in connection.execute(sql, (match, most))]


def _can_weigh(connection: sqlite3.Connection, wanted: Wanted) -> bool:
    """Whether there are few enough matches, and words among them that tell texts apart."""
    for kind in wanted.kinds:
        index = INDEXES[kind]
        if _how_many(connection, index, wanted.expression(index), RANKED) > RANKED:
            return False
    return True


def _how_many(connection: sqlite3.Connection, index: Index, match: str, most: int) -> int:
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {index.table} WHERE {index.table} MATCH ? LIMIT ?)"  # noqa: S608 - as above
    return int(connection.execute(sql, (match, most + 1)).fetchone()[0])


def _best(connection: sqlite3.Connection, wanted: Wanted) -> list[tuple[Kind, int]]:
    scored = [one for kind in wanted.kinds for one in _scored(connection, wanted, kind)]
    return [(kind, key) for _, kind, key in sorted(scored)]


def _scored(connection: sqlite3.Connection, wanted: Wanted, kind: Kind) -> Iterator[tuple[float, Kind, int]]:
    """The best of one index, by the words that are not in very many texts."""
    index = INDEXES[kind]
    most = wanted.skip + wanted.size + 1
    common = _common(connection, wanted.terms, index)
    weighed = wanted.terms.of(index.column, without=common)
    whole = wanted.expression(index)
    if weighed is None:
        yield from ((0.0, kind, key) for key in _keys(connection, wanted, index, most))
        return
    sql = f"""
SELECT bm25({index.table}, 1.0, 0.0) AS score, rowid FROM {index.table} WHERE {index.table} MATCH :weighed
  AND (:weighed = :whole OR +rowid IN (SELECT rowid FROM {index.table} WHERE {index.table} MATCH :whole))
ORDER BY score, rowid LIMIT :most"""  # noqa: S608 - names of this module
    whole = weighed if not wanted.marks and not common else whole
    for score, key in connection.execute(sql, {"weighed": weighed, "whole": whole, "most": most}):
        yield score * index.weight, kind, key


def _common(connection: sqlite3.Connection, terms: Terms, index: Index) -> frozenset[str]:
    told = ((term, f"{{{index.column}}} : {term}") for term in terms.wanted)
    return frozenset(term for term, match in told if _how_many(connection, index, match, COMMON) > COMMON)


def _newest(connection: sqlite3.Connection, wanted: Wanted, every: dict[Kind, list[int]]) -> list[tuple[Kind, int]]:
    dated: list[tuple[str, Kind, int]] = []
    for kind in wanted.kinds:
        index = INDEXES[kind]
        keys = every[kind] if len(every[kind]) <= COUNTED else _latest(connection, wanted, index)
        days = dict(connection.execute(index.days, (f"[{','.join(map(str, keys))}]",)).fetchall())
        dated += [(days.get(key) or "", kind, key) for key in keys]
    return [(kind, key) for _, kind, key in sorted(dated, key=lambda one: (one[0], one[2]), reverse=True)]


def _latest(connection: sqlite3.Connection, wanted: Wanted, index: Index) -> list[int]:
    """Matches of whole months, and days of months with many, from the last on until there are enough."""
    found: list[int] = []
    enough = wanted.skip + wanted.size + 1
    for month in _months(wanted.last_day, wanted.first_day):
        keys = _keys(connection, wanted, index, COUNTED + 1, f"xqm{month}0")
        if len(keys) > COUNTED:
            for day in range(31, 0, -1):
                found += _keys(connection, wanted, index, enough, f"xqd{month}{day:02}0")
                if len(found) >= enough:
                    break
        else:
            found += keys
        if len(found) >= enough:
            return found
    return found + _keys(connection, wanted, index, enough, "xqm0")


def _months(last: str, first: str) -> Iterator[str]:
    """``202403``, ``202402``, ... from the month of the last day to that of the first."""
    months = [int(day[:4]) * 12 + int(day[5:7]) - 1 if day[:4].isdecimal() else 0 for day in (last, first)]
    for month in range(months[0], months[1] - 1, -1):
        yield f"{month // 12:04}{month % 12 + 1:02}"


def _place(connection: sqlite3.Connection, wanted: Wanted, kind: Kind, key: int, marks: tuple[str, str]) -> Place:
    index = INDEXES[kind]
    words = wanted.terms.of(index.column)
    if words is None:
        sql = f"SELECT substr({index.column}, 1, 320) FROM {index.table} WHERE rowid = ?"  # noqa: S608 - as above
        given: Sequence[object] = (key,)
    else:
        sql = f"""
SELECT snippet({index.table}, 0, ?, ?, '…', 48) FROM {index.table} WHERE {index.table} MATCH ? AND rowid = ?"""  # noqa: S608 - as above
        given = (*marks, words, key)
    found = connection.execute(sql, given).fetchone()
    return Place(kind=kind, key=key, snippet=(found[0] if found else None) or "")
