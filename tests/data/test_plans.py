"""No page of the site's own goes through a table that grows with the requests: each asks by an index."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.database import Database

from scraper.publishing.schema.whole import TABLES
from tests.data.conftest import Site
from tests.data.plugin import module

GROWING = {table.name for table in TABLES if "request_id" in {column.name for column in table.columns}} | {"requests"}
OF_DATASETTE = "select count(*) from ["
"""It counts the tables once, each for ten milliseconds at most. What it asks of the schema has a ``?`` in it."""
PAGES = (
    *(
        "/",
        "/runs",
        "/method",
        "/dictionary",
        "/cite",
        "/authorities",
        "/provisions",
        "/provisions?law=EIR",
        "/-/health",
    ),
    *("/search?q=section", "/search?year=2023&in=documents&sort=newest", "/search.atom?q=section&regime=FOIA"),
    *("/families", "/families?kind=template", "/provision/FOIA/40", "/provision/FOIA/40(2)?year=2023"),
    *("/authority/id/1", "/authority/id/1?year=2023", "/request/101", "/request/101/incoming-2", "/request/102"),
    *("/citation/attachment-1/citation/1", "/place/incoming-2", "/cite/request/101", "/cite/provision/FOIA/40"),
)
_NAMED = re.compile(r"\b(?:from|join)\s+\"?(\w+)\"?\s+(?:as\s+)?(\w+)", re.IGNORECASE)
_PARAMETER = re.compile(r"(?<![\w:]):([A-Za-z_]\w*)")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SQL that pages ask for, from now on."""
    found: list[str] = []
    execute = Database.execute

    async def telling(self: Any, sql: str, *given: Any, **more: Any) -> Any:
        if not self.name.startswith("_"):
            found.append(sql)
        return await execute(self, sql, *given, **more)

    monkeypatch.setattr(Database, "execute", telling)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_no_page_goes_through_a_table_that_grows(site: Site, public: Path, asked: list[str], path: str) -> None:
    site.page(path) if "." not in path and "health" not in path else site.get(path)
    assert asked
    with closing(sqlite3.connect(public)) as connection:
        for sql in (one for one in asked if not one.startswith((OF_DATASETTE, "PRAGMA")) and "?" not in one):
            given = dict.fromkeys(_PARAMETER.findall(sql), "")
            steps = [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", given)]
            names = {alias: table for table, alias in _NAMED.findall(sql)}
            through = {step.split()[1] for step in steps if step.startswith("SCAN ")}
            assert not {names.get(name, name) for name in through} & GROWING, (sql, steps)


TABLE_PAGES = (
    *("/public/requests", "/public/requests?year=2023", "/public/requests?outcome_class=withheld&_sort_desc=asked_on"),
    *(
        "/public/citations?section=40&regime=FOIA",
        "/public/citations?_facet=quote",
        "/public/messages?_next=incoming-1",
    ),
    *("/public/exemption_use", "/public/sections_by_authority_year", "/public/requests?regime=FOIA&_facet=late"),
    *("/public", "/public/requests/101", "/public/requests?_sort=asked_on", "/public/messages.json?kind=response"),
)
OFFERED = (
    "/public/authority_outcomes?year=2023",
    "/public/single_reviews?regime=FOIA",
    "/public/authorities?nation=wales",
)
HEADED = (
    ("/public/requests?_where=title+like+'%25drains%25'", "1 row "),
    ("/public/requests?_where=title+like+'%25'&_size=2", "More than 2 rows "),
    ("/public/requests?_where=title+like+'%25drains%25'&_next=999,999", "The last 1 row "),
)
ASKED = (
    "select count(*) from requests where title like '%a%'",
    "select count(*) from requests where regime = 'FOIA'",
    "select id from requests where id = 101 union select id from requests where id = 102 order by id limit 9",
    "select max(id) as id, regime from requests where id > 0 group by regime order by id limit 9",
    "select id, title from requests where id > 0 order by title limit 9",
)
UNINDEXED = (
    *("/public/requests?title__contains=roads", "/public/requests?_sort=title", "/public/citations?quote__contains=we"),
    *("/public/messages?text__contains=we", "/public/requests.json?law_used=eir"),
)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table is one that is too large to be gone through."""
    for name, least in {"prepared": "SMALL", "value_facets": "SMALL", "large": "WALKED"}.items():
        monkeypatch.setattr(module(name), least, 0)
    monkeypatch.setattr(module("value_facets"), "FACETED", -1)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("path", TABLE_PAGES)
def test_no_count_on_the_page_of_a_large_table_goes_through_it(
    site: Site, public: Path, asked: list[str], path: str
) -> None:
    assert site.get(path).status_code == 200
    counted = [sql for sql in asked if "count(*)" in sql and "sqlite_master" not in sql and ":id" not in sql]
    with closing(sqlite3.connect(public)) as connection:
        for sql in counted:
            given = dict.fromkeys(_PARAMETER.findall(sql), "")
            steps = [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", given)]
            assert not [step for step in steps if re.match(r"SCAN (?!\(|about)", step)], (sql, steps)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("path", UNINDEXED)
def test_what_no_index_answers_is_refused_with_what_can_be_asked(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 400
    assert "has no index" in answer.text.replace("and no index", "has no index")
    assert "authority_id" in answer.text or "request_id" in answer.text


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("path", OFFERED)
def test_what_a_page_counts_by_can_be_asked_for(site: Site, path: str) -> None:
    assert site.get(path).status_code == 200


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(("path", "told"), HEADED)
def test_a_page_says_no_more_than_it_knows_of_rows_that_it_does_not_count(site: Site, path: str, told: str) -> None:
    assert site.page(path).xpath("string(//div[@class='tools-line']//strong)").startswith(told)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("sql", ASKED)
def test_a_question_in_sql_is_answered_as_it_stands(
    site: Site, public: Path, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    monkeypatch.setattr(module("prepared"), "COUNTED", 1)
    answer = site.get("/public.json", params={"sql": sql, "_shape": "arrays"})
    with closing(sqlite3.connect(public)) as connection:
        assert answer.json()["rows"] == [list(row) for row in connection.execute(sql)]


def test_names_that_are_no_tables_do_not_fill_the_memory(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = site.datasette.databases["public"]._kept
    most = len(kept) + 2
    monkeypatch.setattr(module("prepared"), "_KEPT", most)
    for number in range(20):
        assert site.get(f"/public/no_such_table_{number}").status_code == 404
    assert len(kept) <= most


def test_rows_counted_beforehand_are_those_that_there_are(site: Site, public: Path) -> None:
    with closing(sqlite3.connect(public)) as connection:
        prepared = connection.execute("SELECT of_table, of_column, value, rows FROM value_counts").fetchall()
        for table, column, value, rows in prepared:
            where, given = (f'WHERE "{column}" = ?', [value]) if column else ("", [])
            sql = f'SELECT count(*) FROM "{table}" {where}'  # noqa: S608 - names of the schema
            assert connection.execute(sql, given).fetchone() == (rows,), table
    shown = site.get("/public/requests.json?_facet=year&_size=1").json()["facet_results"]
    assert {"outcome", "regime", "year"} <= set(shown)
    assert (
        sum(one["count"] for one in shown["regime"]["results"])
        <= site.get("/public/requests.json").json()["filtered_table_rows_count"]
    )
