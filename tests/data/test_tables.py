"""Tables, rows, questions in SQL and charts: what may be done with an answer is one click away."""

import re
from typing import Any

import pytest
from lxml import html

from tests.data.canned import NAMES
from tests.data.conftest import Site, words
from tests.data.plugin import module
from tests.data.sample import Sample

tables = module("answers.tables")
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


LONG = "Corporation of the Borough of Much Wenlock-under-Lyme and the Liberties of St Peter-le-Poer " * 2


def wide(name: str) -> Sample:
    """Many authorities with long names, each with a request in every quarter that the returns tell of."""
    made = Sample()
    for number in range(1, 61):
        regimes, nation = ("FOISA", "scotland") if number % 2 else ("FOIA", "england")
        made.authority(number, f"{name}{number}", nation=nation, regimes=regimes, known=None)
        made.request(number, number, f"{name}{number}", asked="2024-01-01", regime=regimes, late=0,
                     answered_on="2024-01-20", outcome="refused")  # fmt: skip
        made.message(f"incoming-{number}", number, f"{name} refuses.", sent="2024-01-20T10:00:00Z")
        made.reading(f"incoming-{number}", kind="response", outcome="refused_in_full")
    return made


@pytest.mark.parametrize("name", [LONG, "Ḋøņçå£ť€ŕ " * 20], ids=["long", "of several bytes"])
def test_no_table_or_answer_outgrows_a_page_however_long_the_names(site_of: Any, name: str) -> None:
    site = site_of(wide(name))
    narrowed = "&".join(f"name__contains={name[:30]}" for _ in range(3))
    for path in (
        "/public/official_return", "/public/scottish_return", "/public/official-return?sector=all",
        f"/public/scottish-return?authority={name[:9]}",
        "/public/official_return?_size=max", "/public/requests?_size=max", "/public/coverage?_size=max",
        "/public/refusal_grounds", "/public/refused-on-cost?min_requests=1", "/public/refusal-grounds",
        f"/public/authorities?_size=max&{narrowed}", "/public?sql=select+*+from+official_return",
        "/public?sql=select+a.*,b.*+from+scottish_return+a,authorities+b",
    ):  # fmt: skip
        answer = site.get(path)
        page = html.document_fromstring(answer.text)
        assert len(answer.content) < 200_000, path
        assert page.cssselect("tbody tr"), path


def test_rows_that_found_no_room_are_one_click_away(site_of: Any) -> None:
    site = site_of(wide(LONG))
    page = site.page("/public/official_return")
    shown = len(page.cssselect("tbody tr"))
    (link,) = page.cssselect(".said a")
    assert words(link) == f"Show {shown} a page"
    fewer = site.page(link.get("href"))
    assert len(fewer.cssselect("tbody tr")) == shown
    assert fewer.cssselect("a[rel=next]")


def test_a_facet_that_is_asked_for_stands_once_and_first(site: Site) -> None:
    page = site.page("/public/citations?_facet=role")
    names = [words(one).rstrip(" ×") for one in page.cssselect(".facet-results h2")]
    assert names[0] == "role"
    assert len(names) == len(set(names)) > 1
    assert page.cssselect(".facet-results h2 a")
    assert not site.page("/public/citations").cssselect("details[open]"), "the rows come first"


def test_a_family_in_a_cell_leads_to_its_page(site: Site) -> None:
    for path in ("/public/family_members", "/public/same-request", "/public/same_request_answers"):
        page = site.page(path)
        links = [one.get("href") for one in page.cssselect("td a") if str(one.get("href")).startswith("/family/")]
        assert links or not page.cssselect("tbody tr"), path
        for link in links[:1]:
            assert site.page(link).cssselect("h1")
