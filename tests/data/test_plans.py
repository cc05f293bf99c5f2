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
    "select outcome, review_id from single_reviews order by 2 desc limit 9",
)
SEARCHED = (
    *("/public/messages?_search_text=drains", "/public/messages.json?_search=drains+NEAR+x&_searchmode=raw"),
    *(
        "/public/requests?_search=drains&_fts_table=messages_fts",
        "/public/requests?_search=drains&_fts_pk=authority_id",
    ),
)
THROUGH = '/public/{}?_through={{"table":"{}","column":"quote","value":"x"}}'
UNINDEXED = (
    *("/public/requests?title__contains=roads", "/public/requests?_sort=title", "/public/citations?quote__contains=we"),
    *("/public/messages?text__contains=we", "/public/requests.json?law_used=eir"),
)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table is one that is too large to be gone through."""
    for name in ("limits.prepared", "answers.value_facets"):
        monkeypatch.setattr(module(name), "SMALL", 0)
    for name in ("limits.prepared", "limits.large"):
        monkeypatch.setattr(module(name), "WALKED", 0)
    monkeypatch.setattr(module("answers.value_facets"), "FACETED", -1)


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
@pytest.mark.parametrize("path", SEARCHED)
def test_words_are_looked_for_in_a_large_table_by_search_alone(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 400
    assert "/search?q=drains" in answer.text
    assert site.get("/search?q=drains").status_code == 200


def test_what_is_searched_in_its_own_way_is_found_in_a_table_that_is_not_large(site: Site) -> None:
    assert "1 row " in site.page("/public/messages?_search_text=drains").text_content()


@pytest.mark.usefixtures("large")
def test_a_large_table_is_not_narrowed_by_another(site: Site) -> None:
    for told in (("requests", "citations"), ("citations", "nowhere")):
        answer = site.get(THROUGH.format(*told))
        assert (answer.status_code, "can be asked in SQL" in answer.text) == (400, True), told


@pytest.mark.parametrize("named", ["citations", "Citations"])
def test_a_small_table_is_not_narrowed_by_a_large_one(site: Site, monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setattr(module("limits.large"), "WALKED", 12)
    assert "can be asked in SQL" in site.get(THROUGH.format("requests", named)).text


@pytest.mark.parametrize("told", ["", "{", "[]", "3", '{"table": 3}', "[" * 5_000])
def test_what_names_no_table_to_be_narrowed_by_does_no_harm(site: Site, told: str) -> None:
    assert site.get("/public/requests", params={"_through": told}).status_code in {400, 404}


def test_a_table_of_middling_size_says_how_many_rows_it_was_narrowed_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module("limits.prepared"), "SMALL", 0)
    rows = site.get("/public/requests.json?_shape=array&title__contains=a").json()
    head = site.page("/public/requests?title__contains=a&_size=1").xpath("string(//div[@class='tools-line']//strong)")
    assert len(rows) > 1
    assert head.startswith(f"{len(rows)} rows ")


VIEWS = {
    "public_interest_delays": "request_id",
    "single_reviews": "review_id",
    "qualified_person_opinions": "request_id",
}


@pytest.mark.parametrize("view", VIEWS)
def test_a_sorted_view_has_the_rows_that_it_has(site: Site, public: Path, view: str) -> None:
    with closing(sqlite3.connect(public)) as connection:
        found = connection.execute(f"SELECT * FROM {view}")  # noqa: S608 - a name of the schema
        columns, rows = [column for column, *_ in found.description], found.fetchall()
    key = columns.index(VIEWS[view])
    assert len({row[key] for row in rows}) == len(rows) > 0
    for place, column in enumerate(columns):
        for order in ("_sort", "_sort_desc"):
            shown = site.get(f"/public/{view}.json?_shape=arrays&{order}={column}").json()["rows"]
            assert sorted(map(str, shown)) == sorted(str(list(row)) for row in rows)
            told = [(row[place] is not None, row[place]) for row in shown]
            assert told == sorted(told, reverse=order == "_sort_desc", key=lambda one: (one[0], one[1] or 0))


@pytest.mark.parametrize("way", ["", " desc"])
def test_the_pages_of_a_sorted_view_have_each_row_once(way: str) -> None:
    """Where rows are alike in the column that they are sorted by, too: the last row found is of the next page."""
    prepared = module("limits.prepared")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE single_reviews (review_id TEXT PRIMARY KEY, outcome TEXT)")
        rows = {(f"{9 - number}", "upheld" if number % 5 else None) for number in range(10)}
        connection.executemany("INSERT INTO single_reviews VALUES (?, ?)", sorted(rows, reverse=True))
        shown = []
        for start in range(0, 10, 2):
            asked = f"select review_id, outcome from single_reviews order by outcome{way} limit 3 offset {start}"  # noqa: S608 - of this test
            shown += connection.execute(prepared._by_key(prepared._VIEW_PAGE.fullmatch(asked))).fetchall()[:2]
    assert sorted(shown) == sorted(rows)


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
    monkeypatch.setattr(module("limits.prepared"), "COUNTED", 1)
    answer = site.get("/public.json", params={"sql": sql, "_shape": "arrays"})
    with closing(sqlite3.connect(public)) as connection:
        assert answer.json()["rows"] == [list(row) for row in connection.execute(sql)]


def test_names_that_are_no_tables_do_not_fill_the_memory(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = site.datasette.databases["public"]._kept
    most = len(kept) + 2
    monkeypatch.setattr(module("limits.prepared"), "_KEPT", most)
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
