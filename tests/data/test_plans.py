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
