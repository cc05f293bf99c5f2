# ruff: noqa: S608 - the SQL here is made of the words of this file alone
"""Questions in SQL are held within memory and time, only read, and are told nothing of the machine."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.conftest import SITE, Site, words
from tests.data.plugin import module
from tests.patience import spending

bounds = module("limits.bounds")
COUNT = "with recursive n(i) as (select 1 union all select i + 1 from n) "
BOMBS = {
    "octets": "select hex(zeroblob(1000000000))",
    "octets of chance": "select randomblob(1000000000)",
    "filled": "select printf('%.*c', 1000000000, 'x')",
    "filled by the format": "select format('%999999999d', 1)",
    "replaced again and again": "select length(replace(replace(replace(hex(zeroblob(1000000)), '0', hex(zeroblob(9))),"
    " '0', hex(zeroblob(9))), '0', hex(zeroblob(9))))",
    "joined": COUNT + "select length(group_concat(hex(zeroblob(10000)))) from n",
    "a list as JSON": COUNT + "select length(json_group_array(hex(zeroblob(10000)))) from n",
    "rows that are kept": COUNT + "select count(*) from (select i, hex(zeroblob(200000)) as s from n order by s)",
    "rows that are sent": COUNT + "select hex(zeroblob(500000)) from n limit 2000",
    "columns": "select " + ", ".join(["hex(zeroblob(11000000))"] * 100),
    "expanded": "with t0 as not materialized (select id from requests), "
    + ", ".join(f"t{i} as not materialized (select a.id from t{i - 1} a, t{i - 1} b)" for i in range(1, 26))
    + " select count(*) from t25",
    "JSON in JSON": "select json_patch('{}', '{}')",
}
SLOW = {
    "without end": COUNT + "select count(*) from n",
    "crossed": "select count(*) from messages a, messages b, messages c, messages d, messages e, messages f",
    "long steps": "with t(s) as materialized (select hex(zeroblob(10000000))), n(i) as (select 1 union all select i + 1"
    " from n) select count(upper(s) || i) from t, n",
}
PRODUCTS = {
    "found": "select instr(hex(zeroblob(10000000)), hex(zeroblob(5000000)) || 'b')",
    "replaced": "select length(replace(hex(zeroblob(10000000)), hex(zeroblob(5000000)) || 'b', 'x'))",
}
MEASURED = """
import asyncio, json, os, sys
from pathlib import Path
from datasette.app import Datasette

async def main():
    made = Datasette([], immutables=[sys.argv[1]], config_dir=Path(sys.argv[2]), settings={"sql_time_limit_ms": 1000})
    await made.invoke_startup()
    for line in sys.stdin:
        answer = await made.client.get("/public.json", params={"sql": json.loads(line)})
        status = Path("/proc/self/status").read_text()  # the system counts a parent's memory as its child's elsewhere
        peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
        print(json.dumps([answer.status_code, peak, answer.json().get("error")]), flush=True)
    os._exit(0)

asyncio.run(main())
"""
LARGEST_MB = 800
"""A server of 80 MB, with what SQLite may hold at once and the largest answer on its way."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="how much a process held at most is told by /proc")
@pytest.mark.parametrize("sql", BOMBS.values(), ids=BOMBS.keys())
def test_what_would_fill_the_memory_is_refused(public: Path, sql: str) -> None:
    command = [sys.executable, "-c", MEASURED, str(public), str(SITE)]
    done = subprocess.run(
        command, input=json.dumps(sql) + "\n", capture_output=True, text=True, timeout=240, check=True
    )
    status, peak, said = json.loads(done.stdout)
    assert status == 400, said
    assert peak < LARGEST_MB, said
    assert said


@pytest.fixture
def hurried(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(site.datasette, "sql_time_limit_ms", 100)
    return site


@pytest.mark.parametrize("sql", SLOW.values(), ids=SLOW.keys())
def test_what_would_run_on_is_ended_and_said_to_be(hurried: Site, sql: str) -> None:
    answer = hurried.get("/public", params={"sql": sql})
    assert answer.status_code == 400
    assert "interrupted" in answer.text
    assert "<script" not in answer.text
    assert " style=" not in answer.text


@pytest.mark.parametrize("sql", PRODUCTS.values(), ids=PRODUCTS.keys())
def test_functions_take_time_by_the_sum_of_lengths(site: Site, sql: str) -> None:
    with spending(60, of=time.process_time):
        assert site.get("/public.json", params={"sql": sql}).status_code == 200


@pytest.mark.parametrize("sql", ["select " + "upper(1)," * 500 + "1", "select 'a' like 'b'" + " or 'a' like 'b'" * 20])
def test_a_question_calls_only_so_many_functions(site: Site, sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "PAUSE", 60)  # its functions are counted in one go, however slowly
    assert site.get("/public.json", params={"sql": sql}).status_code == 400
    assert site.get("/public.json", params={"sql": "select upper('a')"}).status_code == 200


def test_a_question_that_could_not_be_prepared_takes_nothing_from_the_next_one() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        bounds.bind(connection, seconds=1)
        some = "select " + "upper(upper(upper(1)))," * 200
        with pytest.raises(sqlite3.OperationalError, match="no such column"):
            connection.execute(f"{some} no_column")
        time.sleep(bounds.PAUSE * 1.5)  # at least
        assert connection.execute(f"{some} 1").fetchone()


def test_what_a_search_runs_within_itself_gives_it_no_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[float] = []
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        connection.executemany("INSERT INTO words VALUES (?)", [("the word",)] * 50)
        connection.commit()
        bounds.bind(connection, seconds=1)
        sql = "-- a question\nSELECT text FROM words WHERE words MATCH 'the' ORDER BY bm25(words)"
        connection.execute(sql).fetchall()
        monkeypatch.setattr(bounds._WATCH, "begins", lambda _, seconds: begun.append(seconds))
        assert len(connection.execute(sql).fetchall()) == 50
    assert begun == [1 + bounds.GRACE]


@pytest.mark.parametrize("sql", [
    "select * from pragma_database_list", "select file from pragma_database_list()", "select * from sqlite_stmt",
    "select fts3_tokenizer('simple')", "select load_extension('x')", "select sqlite_log(1, 'x')",
    "select * from dbstat", "select * from fts3tokenize", "explain attach 'x' as y", "attach 'x' as y",
    "with x as (select 1) delete from about", "with x as (select 1) insert into about values ('a', 'b')",
    "explain pragma writable_schema = 1",
])  # fmt: skip
def test_nothing_is_written_and_nothing_told_of_the_machine(site: Site, public: Path, sql: str) -> None:
    answer = site.get("/public.json", params={"sql": sql})
    assert answer.status_code == 400
    assert str(public.parent) not in answer.text
    page = site.get("/public/requests", params={"_where": f"id in ({sql})"})
    assert page.status_code == 400
    assert str(public.parent) not in page.text


def test_tables_views_and_search_are_read_as_before(site: Site) -> None:
    for sql in ("select count(*) from pragma_table_info('requests')",
                "select rowid from messages_fts where text match 'section'",
                "select json_extract('[1]', '$[0]'), json_group_array(id) from requests", "explain query plan select 1",
                "with recursive n(i) as (select 1 union all select i + 1 from n limit 3) select sum(i) over () from n",
                "select like('a%', 'abc'), 'ABC' glob 'A*', strftime('%Y', 'now')"):  # fmt: skip
        answer = site.get("/public.json", params={"sql": sql})
        assert answer.status_code == 200, (sql, answer.text)


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    ours, theirs = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    bounds.bind(ours, seconds=10)
    yield ours, theirs
    ours.close()
    theirs.close()


VALUES = st.one_of(
    st.none(), st.integers(-99, 10**6), st.text("aAbß%_ 0", max_size=8), st.binary(max_size=4).map(bytes.hex)
)


@given(one=VALUES, two=VALUES, three=VALUES, octets=st.binary(max_size=6))
def test_functions_that_stand_in_for_those_of_sqlite_answer_as_they_do(
    both: tuple[Any, Any], one: Any, two: Any, three: Any, octets: bytes
) -> None:
    for sql, given_ in (("instr(?, ?)", (one, two)), ("instr(?, ?)", (octets, octets[1:3])),
                        ("trim(?, ?)", (one, two)), ("ltrim(?, ?)", (one, two)), ("rtrim(?, ?)", (one, two)),
                        ("replace(?, ?, ?)", (one, two, three)),
                        ("printf('%s|%d|%5.2f|%x|%q', ?, ?, ?, ?, ?)", (one, two, three, two, one)),
                        ("format('%,d %-9s %*d', ?, ?, 12, ?)", (one, two, three))):  # fmt: skip
        found = [tuple(connection.execute(f"select {sql}", given_).fetchone()) for connection in both]
        assert found[0] == found[1], (sql, given_)


def test_the_error_page_shows_the_sql_that_took_too_long_to_be_changed(hurried: Site) -> None:
    page = hurried.page("/public?" + urlencode({"sql": SLOW["without end"]}), status=400)
    assert words(page.cssselect("h1")[0]) == "The question took too long"
    assert SLOW["without end"].split("(")[0] in page.cssselect("textarea[name=sql]")[0].text


def test_an_error_of_ours_tells_no_line_of_the_code(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise FileNotFoundError("/srv/secret/place")

    monkeypatch.setattr(site.datasette, "get_canned_query", broken)
    answer = site.get("/public/most-relied-on")
    assert answer.status_code == 500
    assert "/srv/secret" not in answer.text
    assert "Something went wrong" in answer.text
