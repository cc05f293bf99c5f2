"""Promises that the schema makes to whoever builds on it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.publishing.schema.model import Table
from scraper.publishing.schema.whole import FULL_TEXT, TABLES
from tests.scraper.publishing.archives import Seeds, refused
from tests.scraper.publishing.conftest import Query

Published = Callable[..., Query]


@pytest.fixture
def ask(seeds: Seeds, published: Published) -> Query:
    seeds.authority()
    refused(seeds)
    refused(seeds, 8)
    return published()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_are_strict_with_the_columns_described(ask: Query, table: Table) -> None:
    (sql,) = ask("SELECT sql FROM sqlite_master WHERE name = ?", table.name)[0]
    assert sql.endswith("STRICT")
    columns = ask("SELECT name, type FROM pragma_table_info(?)", table.name)
    assert columns == [(column.name, column.type) for column in table.columns]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_foreign_key_leads_an_index(ask: Query, table: Table) -> None:
    pointing = {name for (name,) in ask('SELECT "from" FROM pragma_foreign_key_list(?)', table.name)}
    assert pointing == {column.name for column in table.columns if column.references}
    indexes = ask("SELECT name FROM pragma_index_list(?) WHERE partial = 0", table.name)
    leading = {ask("SELECT name FROM pragma_index_info(?) WHERE seqno = 0", name)[0][0] for (name,) in indexes}
    whole = {name for (name,) in ask("SELECT name FROM pragma_table_info(?) WHERE pk = 1", table.name)}
    assert pointing <= leading | whole


def test_the_facets_of_tables_that_grow_with_the_requests_are_counted_from_an_index(ask: Query) -> None:
    """Each would else read every row, with the words of all letters."""
    growing = [table for table in TABLES if table.name == "requests" or "request_id" in set(_names(table))]
    for name, facet in ((table.name, facet) for table in growing for facet in table.facets):
        told = f'"{facet}", count(*) FROM "{name}" WHERE "{facet}" IS NOT NULL GROUP BY 1'
        plan = " ".join(step for *_, step in ask(f"EXPLAIN QUERY PLAN SELECT {told}"))
        assert "COVERING INDEX" in plan, (name, facet, plan)


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def test_the_law_table_holds_every_provision(ask: Query) -> None:
    assert ask("SELECT count(*) > 1300, count(DISTINCT id) = count(*) FROM provisions") == [(1, 1)]
    assert ask("SELECT section, refusal_ground, test FROM provisions WHERE id = 'FOIA 36(2)(b)'") == [
        ("36", "yes", "qualified")
    ]
    assert ask("SELECT id FROM provisions WHERE id LIKE 'FOIA 40(2)(b)%' ORDER BY id") == [
        ("FOIA 40(2)(b) @2005-01-01",),
        ("FOIA 40(2)(b) @2018-05-25",),
    ]


@pytest.mark.parametrize("table", FULL_TEXT)
def test_search_stems_words_and_knows_no_nonsense(ask: Query, table: str) -> None:
    word = {"messages": "withhold", "pages": None, "requests": "parks"}[table]
    find = f"SELECT count(*) FROM {table}_fts WHERE {table}_fts MATCH ?"  # noqa: S608 - names of the schema
    assert ask(find, "qzxjkvwqqzx") == [(0,)]
    assert ask(find, "featherstone") == [(0,)]
    if word:
        assert ask(find, word) == [(2,)]


def test_full_text_search_outlives_a_vacuum(ask: Query, public: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with sqlite3.connect(public) as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])
    connection.close()
    with sqlite3.connect(copy) as connection:
        for table in FULL_TEXT:
            connection.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - names of the schema
    connection.close()
    assert ask("SELECT max(rowid), count(*) FROM messages")[0][0] == 4


def test_the_file_needs_no_other_file_beside_it(ask: Query, public: Path) -> None:
    assert ask("PRAGMA journal_mode") == [("delete",)]
    assert ask("PRAGMA user_version") == [(2,)]
    assert list(public.parent.iterdir()) == [public]
