"""The full-text indexes while some rows change: what is out is taken out, and what is in is put in."""

import sqlite3
from collections.abc import Collection, Iterator

from scraper.publishing.schema.model import quoted
from scraper.publishing.schema.tables_search import SEARCHED

Indexed = dict[str, dict[int, tuple[str, str]]]
"""By table and rowid the words and the marks."""
_ROWIDS = {
    table: f"SELECT rowid FROM {quoted(table)} WHERE {key} IN (SELECT id FROM temp.renewed)"  # noqa: S608 - names of the schema
    for table, key in {"messages": "request_id", "pages": "request_id", "requests": "id"}.items()
}


def indexed(connection: sqlite3.Connection) -> Indexed:
    """What the indexes hold of the requests in ``temp.renewed``, as the tables now are."""
    return {table: {row[0]: row[1:] for row in connection.execute(statement)} for table, statement in _INDEXED.items()}


def reindex(connection: sqlite3.Connection, before: Indexed, after: Indexed) -> set[str]:
    """Bring the indexes from ``before`` to ``after``; gives the tables of which words are there no more."""
    for table in SEARCHED:
        connection.executemany(_OUT[table], _only(before[table], after[table]))
        connection.executemany(_IN[table], _only(after[table], before[table]))
    return {table for table in SEARCHED if _words_of(before[table]) - _words_of(after[table])}


def forget(connection: sqlite3.Connection, tables: Collection[str]) -> None:
    """Write the indexes anew without what was taken out, which they otherwise keep until they are merged."""
    for table in sorted(tables):
        index = quoted(f"{table}_fts")
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 - names of the schema


def _words_of(rows: dict[int, tuple[str, str]]) -> set[str]:
    return {words for words, _ in rows.values()}


def _only(these: dict[int, tuple[str, str]], others: dict[int, tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    return ((rowid, *row) for rowid, row in these.items() if others.get(rowid) != row)


def _words(table: str) -> str:
    return quoted(SEARCHED[table].columns[1][0])


def _indexed(table: str) -> str:
    view = quoted(SEARCHED[table].name)
    return f"SELECT id, {_words(table)}, marks FROM {view} WHERE id IN ({_ROWIDS[table]})"  # noqa: S608 - likewise


def _out(table: str) -> str:
    index = quoted(f"{table}_fts")
    return f"INSERT INTO {index} ({index}, rowid, {_words(table)}, marks) VALUES ('delete', ?, ?, ?)"  # noqa: S608 - likewise


def _in(table: str) -> str:
    return f"INSERT INTO {quoted(f'{table}_fts')} (rowid, {_words(table)}, marks) VALUES (?, ?, ?)"  # noqa: S608 - likewise


_INDEXED = {table: _indexed(table) for table in SEARCHED}
_OUT = {table: _out(table) for table in SEARCHED}
_IN = {table: _in(table) for table in SEARCHED}
