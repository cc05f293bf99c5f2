"""The home page: what it says comes from prepared rows, and its chart leads to the requests it counts."""

import sqlite3

import pytest
from lxml import html

from tests.data.conftest import Site, words
from tests.data.plugin import module

home = module("about.home")


@pytest.fixture(scope="module")
def page(site: Site) -> html.HtmlElement:
    return site.page("/")


def test_each_number_of_the_chart_leads_to_so_many_requests(site: Site, page: html.HtmlElement) -> None:
    numbers = page.cssselect("#outcomes td.number a")
    assert len(numbers) >= 6
    for number in numbers:
        found = site.page(number.get("href"))
        assert words(found.cssselect(".summary")[0]).split()[0] == words(number), number.get("href")


def test_the_chart_counts_every_request_once(site: Site, page: html.HtmlElement) -> None:
    everything = site.get("/public/requests.json?_shape=array&_size=max").json()
    assert sum(int(words(row.cssselect("td")[-1])) for row in page.cssselect("#outcomes tbody tr")) == len(everything)


def test_every_question_stands_under_one_theme(site: Site, page: html.HtmlElement) -> None:
    shown = [link.get("href") for link in page.cssselect(".themes li a")]
    asked = site.runner.run(home.questions(site.datasette))
    assert sorted(shown) == sorted(f"/public/{question['name']}" for question in asked)
    assert home.MORE not in {words(one) for one in page.cssselect(".themes h3")}
    assert home.by_theme([{"name": "another"}]) == [(home.MORE, [{"name": "another"}])]


def test_the_sentence_beside_the_title_is_one_that_is_relied_on(site: Site, page: html.HtmlElement) -> None:
    (link,) = (one for one in page.cssselect(".behind a") if words(one) == "Read it in the letter")
    thread = site.page(link.get("href"))
    marked = words(page.cssselect(".behind mark.relied")[0])
    assert marked in {words(one) for one in thread.cssselect("mark.relied")}


def test_charts_and_tables_can_be_taken_away_and_cited(site: Site, page: html.HtmlElement) -> None:
    links = page.xpath("//*[@id='outcomes']//a[not(ancestor::table)]")
    forms = {words(one).partition(":")[0]: one.get("href") for one in links}
    assert {"CSV", "JSON", "SQL"} <= set(forms)
    (tools,) = page.xpath("//ul[@aria-label='These numbers: what refusals rest on most']")
    below = {words(one).partition(":")[0]: one.get("href") for one in tools.cssselect("a")}
    assert list(below) == ["SQL", "CSV", "JSON", "Cite this"]
    for address in (*forms.values(), *below.values()):
        assert site.get(address).status_code == 200


@pytest.mark.parametrize("sql", [home.GROUNDS, home.OUTCOMES, home.EXAMPLE])
def test_no_question_of_the_page_reads_all_requests_or_letters(site: Site, sql: str) -> None:
    with sqlite3.connect(site.datasette.get_database("public").path) as public:
        plan = public.execute(f"EXPLAIN QUERY PLAN {sql}", {"regime": "FOIA", "provision": "40"}).fetchall()
    public.close()
    read_whole = {step.split()[1] for *_, step in plan if step.startswith("SCAN ")}
    assert read_whole <= {"t", "y", "outcome_years", "newest"}


def test_families_are_reached_from_every_page(site: Site) -> None:
    for path in ("/", "/search", "/request/101"):
        assert "/families" in {link.get("href") for link in site.page(path).cssselect("header nav a")}
