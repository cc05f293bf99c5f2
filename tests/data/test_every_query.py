"""What holds of every canned query: a page for people, with parameters explained, by summaries alone."""

import re
import sqlite3
from typing import Any

import pytest

from scraper.publishing.schema.whole import VIEWS
from tests.data.canned import LOOSE, NAMES
from tests.data.conftest import SITE, Site, words
from tests.data.threads import sample


def test_there_are_at_least_five() -> None:
    assert len(NAMES) >= 5


@pytest.mark.parametrize("name", NAMES)
def test_every_query_is_a_page_for_people(site: Site, name: str) -> None:
    page = site.page(f"/public/{name}")
    source = next((SITE / "queries").glob(f"*-{name}.sql")).read_text(encoding="utf-8")
    title = source.splitlines()[0].removeprefix("-- title: ")
    assert words(page.cssselect("h1")[0]) == title
    assert page.cssselect("main > p.lead")
    assert page.cssselect("details pre")
    links = [words(one) for one in page.cssselect(".tools a")]
    assert links == ["SQL", "CSV", "JSON", "Atom", "Text", "Cite this"]
    for field in page.cssselect(".field"):
        assert " Empty for " in words(field.cssselect(".note")[0])


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_is_explained_in_the_sql(site: Site, name: str) -> None:
    page = site.page(f"/public/{name}")
    fields = [one.get("name") for one in page.cssselect("main form input")]
    source = next((SITE / "queries").glob(f"*-{name}.sql")).read_text(encoding="utf-8")
    assert fields
    assert all(f"-- :{field} " in source for field in fields)


MANY = {"requests", "messages", "citations", "readings", "signals", "events", "clocks", "clock_steps", "reviews"}


@pytest.mark.parametrize("name", NAMES)
def test_no_query_reads_all_requests_or_letters(site: Site, name: str) -> None:
    source = next((SITE / "queries").glob(f"*-{name}.sql")).read_text(encoding="utf-8")
    named = dict.fromkeys(re.findall(r"^-- :(\w+) ", source, re.MULTILINE), "")
    aliases = {alias or table: table for table, alias in re.findall(r"(?:from|join) (\w+)(?: as (\w+))?", source)}
    of_views = [re.findall(r"(?:FROM|JOIN) (\w+) AS (\w+)", view.sql) for view in VIEWS if view.name in source]
    aliases |= {alias: table for pairs in of_views for table, alias in pairs}
    with sqlite3.connect(site.datasette.get_database("public").path) as public:
        plan = public.execute(f"EXPLAIN QUERY PLAN {source}", named).fetchall()
    public.close()
    read_whole = [step.split()[1] for *_, step in plan if step.startswith("SCAN ")]
    assert {aliases.get(one, one) for one in read_whole} & MANY == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_sql_that_may_be_changed_answers_as_the_query_does(site: Site, name: str) -> None:
    page = site.page(f"/public/{name}")
    editable = next(one for one in page.cssselect(".tools a") if words(one) == "SQL")
    own = site.page(editable.get("href"))
    assert own.cssselect("textarea[name=sql]")
    assert words(own.cssselect(".tools-line strong")[0]) == words(page.cssselect(".tools-line strong")[0])


def test_without_coverage_every_question_has_the_same_rows(site: Site, site_of: Any) -> None:
    made = sample()
    made.tables["coverage"] = []
    bare = site_of(made)
    for name in NAMES:
        with_it, without = (one.rows(name, **LOOSE) for one in (site, bare))
        assert (name, len(without)) == (name, len(with_it))
