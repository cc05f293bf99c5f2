"""Tables, rows, questions in SQL and charts: what may be done with an answer is one click away."""

import re
from typing import Any

import pytest

from tests.data.conftest import Site, words
from tests.data.plugin import module
from tests.data.sample import Sample
from tests.data.test_queries import NAMES

tables = module("tables")
TOOLS = {
    "/public/requests": ["SQL", "CSV", "JSON", "Atom", "Text", "Cite this"],
    "/public/requests?_size=2": ["SQL", "CSV", "CSV of all rows", "JSON", "Atom", "Text", "Cite this"],
    "/public/provisions?_size=max": ["SQL", "CSV", "JSON", "Text", "Cite this"],
    "/public/exemption_use": ["SQL", "CSV", "JSON", "Text", "Cite this"],
    "/public/requests/101": ["SQL", "CSV", "JSON", "Text", "Cite this"],
    "/public/authority_tags/1,foi,": ["SQL", "CSV", "JSON", "Text", "Cite this"],
    "/public/most-relied-on": ["SQL", "CSV", "JSON", "Atom", "Text", "Cite this"],
    "/public?sql=select+id+from+requests": ["CSV", "JSON", "Text", "Cite this"],
    "/public?sql=select+request_id,sent_at+from+messages": ["CSV", "JSON", "Atom", "Text", "Cite this"],
    "/authority/ashwick_borough_council": ["SQL", "CSV", "JSON", "Cite this"],
}


@pytest.mark.parametrize("path", TOOLS)
def test_what_may_be_done_with_an_answer_is_one_click_away(site: Site, path: str) -> None:
    if "authority_tags" in path:
        tag = site.get("/public/authority_tags.json?_shape=array&_size=1").json()
        if not tag:
            pytest.skip("the sample has no tags")
    page = site.page(path)
    tools = page.cssselect(".tools")[0]
    names = [one.text for one in tools.cssselect("a")]
    assert [words(one).split(":")[0] for one in tools.cssselect("a")] == TOOLS[path]
    assert tools.get("aria-label")
    assert names
    for link in tools.cssselect("a"):
        assert site.get(link.get("href")).status_code == 200, link.get("href")


def test_the_sql_of_a_table_and_of_a_row_answers_with_the_same_rows(site: Site) -> None:
    def told(path: str) -> list[Any]:
        page = site.page(path)
        sql = next(one.get("href") for one in page.cssselect(".tools a") if words(one) == "SQL")
        return list(site.get(sql.replace("/public?", "/public.json?") + "&_shape=array").json())

    assert [row["id"] for row in told("/public/requests?regime=FOISA&_sort=id")] == [
        row["id"] for row in site.get("/public/requests.json?_shape=array&regime=FOISA&_sort=id").json()
    ]
    (row,) = told("/public/citations/attachment-1~2Fcitation~2F1")
    assert row["id"] == "attachment-1/citation/1"


@pytest.mark.parametrize("name", ["official-return", "scottish-return"])
def test_the_columns_of_the_returns_are_printed_as_the_forms_have_them(site: Site, name: str) -> None:
    columns = [name for name in site.rows(name)[0] if re.search(r"[A-Z ]", name)]
    page = site.page(f"/public/{name}")
    assert len(columns) > 60
    assert set(columns) <= {one.text for one in page.cssselect("thead th")}
    assert set(columns) <= {one.get("data-label") for one in page.cssselect("tbody tr:first-child td")}


def test_our_own_names_are_put_into_words_and_official_ones_are_left() -> None:
    assert [tables.heading(name) for name in ("percent_of_read", "year")] == ["Percent of read", "Year"]
    for name in ("FOISA - faliure to respond", "Initial Outcome  Fully withheld", "FOISA - none held ", "Quarter"):
        assert tables.heading(name) == name


def test_all_of_the_data_is_listed_as_people_look_for_it(site: Site) -> None:
    page = site.page("/public")
    names = [words(one) for one in page.cssselect("tbody th")]
    assert names[:3] == ["requests", "authorities", "messages"]
    assert "exemption_use" in names
    assert len(names) == len(set(names))
    assert not [name for name in names if "_fts" in name or name.startswith("sqlite_")]
    assert not [words(row) for row in page.cssselect("tbody tr") if not words(row.cssselect("td")[0])]
    assert len(page.cssselect("ul.questions li")) == len(NAMES)
    assert site.page("/public?_show_hidden=1").cssselect("tbody th").__len__() == len(names)


def test_a_table_shows_what_says_most_first_and_addresses_last(site: Site) -> None:
    page = site.page("/public/requests?_size=1")
    heads = [words(one).rstrip(" ▼▲") for one in page.cssselect("thead th")]
    assert heads[:4] == ["id", "title", "authority_id", "asked_on"]
    assert heads[-2:] == ["slug", "url"]
    shown = [words(one) for one in page.cssselect("tbody tr:first-child td")]
    assert len(shown) == len(heads)
    assert shown[0].isdecimal()
    assert shown[-1] == "source"
    assert site.page(page.cssselect("tbody td a")[0].get("href")).cssselect("dl.record")


def test_the_pages_of_a_table_leave_no_row_out(site_of: Any) -> None:
    made = Sample()
    made.authority(1, "Ashwick Borough Council", nation="england", regimes="FOIA", known=None)
    for number in range(1, 24):
        made.request(number, 1, f"Request {number}", asked="2024-01-01")
    site, seen, address = site_of(made), [], "/public/requests?_size=5"
    while address:
        page = site.page(address)
        seen += [int(words(row.cssselect("td")[0])) for row in page.cssselect("tbody tr")]
        address = next((one.get("href") for one in page.cssselect("a[rel=next]")), "").removeprefix("http://localhost")
    assert seen == list(range(23, 0, -1))


def test_a_family_in_a_cell_leads_to_its_page(site: Site) -> None:
    for path in ("/public/family_members", "/public/same-request", "/public/same_request_answers"):
        page = site.page(path)
        links = [one.get("href") for one in page.cssselect("td a") if str(one.get("href")).startswith("/family/")]
        assert links or not page.cssselect("tbody tr"), path
        for link in links[:1]:
            assert site.page(link).cssselect("h1")
