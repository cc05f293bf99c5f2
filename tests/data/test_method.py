"""The pages that explain: what they print is what the database and the recorded measures say."""

import json
from typing import Any

from lxml import html

from tests.data.conftest import SITE, Site, words
from tests.data.threads import sample


def test_the_method_page_prints_the_recorded_measures(site: Site) -> None:
    page = site.page("/method")
    recorded = json.loads((SITE / "measures.json").read_text(encoding="utf-8"))
    *scores, confidence = page.cssselect("#accuracy table")
    assert _rows(confidence) == recorded["confidence"]["rows"]
    shown = [
        [words(table.cssselect("caption")[0]).rpartition(": ")[2], row[0].lower(), *row[1:]]
        for table in scores
        for row in _rows(table)
    ]
    assert shown == recorded["scores"]["rows"]
    assert recorded["confidence"]["told"] in words(page.cssselect("#accuracy")[0])


def _rows(table: html.HtmlElement) -> list[list[str]]:
    return [[words(cell).replace("Every", "every") for cell in row] for row in table.cssselect("tbody tr")]


def test_the_method_page_counts_by_what_the_database_says_of_itself(site_of: Any) -> None:
    made = sample()
    told = {"rows_in_requests": 12345, "requests_met": 20000, "requests_known_to_the_site": 40000,
            "requests_fetched_of_known": 10000, "labels_compared": 8, "labels_agreeing": 6}  # fmt: skip
    for key, value in told.items():
        made.add("about", key=key, value=str(value))
    page = site_of(made).page("/method")
    coverage = words(page.cssselect("#coverage")[0])
    assert "This copy holds 12,345 requests" in coverage
    assert "10,000 of these are here, 25.0%" in coverage
    lines = {words(row[0]): words(row[1]) for row in page.cssselect("#coverage tbody tr")}
    assert lines["Met in the site’s lists, or fetched"] == "20,000"
    assert lines["could not be read"] == "not counted"
    assert "They agree in 6 of the 8 requests" in words(page.cssselect("#outcome")[0])


def test_all_parts_of_the_method_page_can_be_led_to(site: Site) -> None:
    page = site.page("/method")
    for anchor in page.cssselect(".contents a"):
        assert page.cssselect(anchor.get("href")), anchor.get("href")
    for part in ("outcome", "clock", "citing", "removal"):
        assert page.cssselect(f"section#{part} > h2")


def test_where_the_method_page_once_stood_leads_to_it(site: Site) -> None:
    assert site.get("/about").headers["location"] == "/method"


def test_the_dictionary_says_what_every_table_and_column_holds(site: Site) -> None:
    page = site.page("/dictionary")
    described = site.datasette.metadata(database="public")["tables"]
    assert [one.get("id") for one in page.cssselect("section.holder")] == list(described)
    for name, told in described.items():
        (holder,) = page.cssselect(f"section#{name}")
        names = [words(dt.cssselect("code")[0]) for dt in holder.cssselect("dt")]
        found = dict(zip(names, map(words, holder.cssselect("dd")), strict=True))
        assert found == {" ".join(column.split()): " ".join(said.split()) for column, said in told["columns"].items()}
    marked = {words(dt.cssselect("code")[0]) for dt in page.cssselect("section#citations dt") if dt.cssselect("em")}
    assert marked == {"quote", "printed"}, "prose, which exports leave out"
    kinds = words(page.cssselect("section#citations dl dt")[2])
    assert kinds == "request_id integer → requests"
    assert len(site.get("/dictionary").content) < 200_000


def test_every_table_leads_to_its_place_in_the_dictionary(site: Site) -> None:
    for table in ("requests", "exemption_use", "clock_steps"):
        assert site.page(f"/public/{table}").cssselect(f"a[href='/dictionary#{table}']")
    assert site.page("/public/requests/101").cssselect("a[href='/dictionary#requests']")
