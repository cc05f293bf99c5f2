"""Filters of a search, its order, its counts, and its answer for programs."""

import csv
import io
from urllib.parse import urlencode

import pytest
from lxml import etree, html

from tests.data.conftest import Site, words
from tests.data.plugin import module

search = module("search.search_page")
search_index = module("search.index")
search_words = module("search.words")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
ALL_REQUESTS = 10


def page_of(site: Site, **given: str) -> html.HtmlElement:
    return site.page("/search?" + urlencode(given))


def found(site: Site, **given: str) -> list[str]:
    return [words(one) for one in page_of(site, **given).cssselect(".results h2")]


@pytest.mark.parametrize(
    ("given", "titles"),
    [
        ({"authority": "glenmarrow_council"}, ["Every invoice", "Complaints about a ferry"]),
        ({"authority": "Glenmarrow Council"}, ["Every invoice", "Complaints about a ferry"]),
        ({"authority": "glenmarrow"}, ["Every invoice", "Complaints about a ferry"]),
        ({"regime": "foisa", "year": "2023"}, ["Complaints about a ferry"]),
        ({"outcome": "granted_in_full"}, ["Library opening hours", "Minutes of the scales committee"]),
        ({"provision": "FOIA 40(2)"}, ["Minutes of the scales committee", "Parking fines on Mill Lane"]),
        ({"provision": "s.40"}, ["Minutes of the scales committee", "Parking fines on Mill Lane"]),
        ({"provision": "40(2)", "authority": "Ashwick Borough Council"}, ["Parking fines on Mill Lane"]),
        ({"provision": "section 12"}, ["Every invoice", "All letters about drains"]),
        ({"provision": "section 12", "regime": "FOIA"}, ["All letters about drains"]),
        ({"provision": "foia 36(2)(B)"}, ["Minutes of the scales committee"]),
        ({"provision": "EIR 12(5)(e)"}, []),
        ({"outcome": "not_held"}, []),
    ],
)
def test_filters_without_words_list_requests_the_newest_first(
    site: Site, given: dict[str, str], titles: list[str]
) -> None:
    assert found(site, **given) == titles


def test_filters_narrow_what_words_find(site: Site) -> None:
    assert len(found(site, q="section")) > len(found(site, q="section", regime="FOISA")) > 0
    assert found(site, q="cost", authority="glenmarrow_council") == ["Every invoice"]
    assert found(site, q="cost", authority="glenmarrow_council", year="2023") == []
    assert found(site, q="minutes", provision="FOIA 36", **{"in": "titles"}) == ["Minutes of the scales committee"]


def test_a_mark_of_the_index_is_no_word_that_can_be_found(site: Site) -> None:
    assert found(site, q="xqrfoia0") == []
    assert found(site, q="marks:xqrfoia0") == []


def test_filters_in_use_can_be_taken_away_one_by_one(site: Site) -> None:
    page = page_of(site, q="cost", authority="glenmarrow_council", year="2024", provision="12")
    chips = {words(one): one.get("href") for one in page.cssselect(".chips a")}
    assert chips == {
        "Remove the filter Authority Glenmarrow Council ×": "/search?q=cost&year=2024&provision=12",
        "Remove the filter Asked in 2024 ×": "/search?q=cost&authority=glenmarrow_council&provision=12",
        "Remove the filter Relied on FOIA s.12 or FOISA s.12 ×": (
            "/search?q=cost&authority=glenmarrow_council&year=2024"
        ),
        "Remove all": "/search?q=cost",
    }
    assert page.cssselect("#f-authority")[0].get("value") == "Glenmarrow Council"
    assert not page.cssselect("details.narrow[open]")
    assert page_of(site).cssselect("details.narrow[open]")


def test_a_name_that_several_authorities_bear_is_asked_about(site: Site) -> None:
    page = page_of(site, q="cost", authority="council")
    offered = {words(one): one.get("href") for one in page.cssselect(".said li a")}
    assert offered == {
        "Ashwick Borough Council": "/search?q=cost&authority=ashwick_borough_council",
        "Glenmarrow Council": "/search?q=cost&authority=glenmarrow_council",
    }
    assert page.cssselect(".results") == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"authority": "Nobody"}, "No authority here is called Nobody."),
        ({"year": "199"}, "199 is not a year."),
        ({"year": "٢٠٢٤"}, "٢٠٢٤ is not a year."),
        ({"regime": "GDPR"}, "GDPR is none of the four laws."),
        ({"provision": "section 999"}, "No section or regulation is known as section 999."),
        ({"provision": "FOIA 40) OR (1"}, "No section or regulation is known as FOIA 40) OR (1."),
        ({"outcome": "<b>"}, "<b> is no outcome that is told apart here."),
    ],
)
def test_a_filter_that_is_not_understood_is_said_and_nothing_is_looked_for(
    site: Site, given: dict[str, str], said: str
) -> None:
    page = page_of(site, q="section", **given)
    assert said in words(page.cssselect(".said")[0])
    assert page.cssselect(".results") == []
    assert site.get("/search.json?" + urlencode({"q": "section", **given})).status_code == 400


@pytest.mark.parametrize("name", ["authority", "year", "regime", "provision", "outcome", "in", "sort", "page"])
@pytest.mark.parametrize(
    "value", ["\0", '"', "'", "*", "x" * 10_000, "\u202e", "1" * 400, "-1", "(((", "^40", "FOIA 40(2)*", "NEAR(a b)"]
)
def test_any_value_of_a_filter_gets_a_page(site: Site, name: str, value: str) -> None:
    answer = site.get("/search", params={"q": "section", name: value})
    assert answer.status_code == 200
    assert "fts5" not in answer.text


def test_counts_beside_the_results_lead_to_what_they_count(site: Site) -> None:
    page = page_of(site, q="section")
    counts = {
        (words(facet.cssselect("h2")[0]), words(value.cssselect("a")[0])): (
            int(words(value.cssselect(".count")[0])),
            value.cssselect("a")[0].get("href"),
        )
        for facet in page.cssselect(".facets section")
        for value in facet.cssselect("li")
    }
    assert {name for name, _ in counts} == {"Year asked", "Outcome", "Ground relied on", "Authority", "Law"}
    for count, address in counts.values():
        narrowed = site.page(address)
        assert words(narrowed.cssselect(".summary")[0]).split()[0] == str(count), address


def test_the_newest_come_first_where_that_is_asked(site: Site) -> None:
    days = [one["said_on"] for one in site.get("/search.json?q=section&sort=newest").json()["results"]]
    assert days == sorted(days, reverse=True)
    assert len(days) == 9


@pytest.mark.parametrize("counted", [1, 2, 5])
def test_more_matches_than_can_be_weighed_come_newest_first_in_the_same_order(
    site: Site, monkeypatch: pytest.MonkeyPatch, counted: int
) -> None:
    everything = [one["address"] for one in site.get("/search.json?q=section&sort=newest").json()["results"]]
    for name, value in {"COUNTED": counted, "RANKED": counted, "COMMON": 1}.items():
        monkeypatch.setattr(search_index, name, value)
    answer = site.get("/search.json?q=section").json()
    assert answer["sort"] == "newest"
    assert [one["address"] for one in answer["results"]] == everything
    assert "too many to weigh" in words(page_of(site, q="section"))
    assert not page_of(site, q="section").cssselect(".facets")


def test_words_that_are_everywhere_do_not_change_which_are_best(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "/search.json?q=section+cost&regime=FOISA"
    everything = [one["address"] for one in site.get(asked).json()["results"]]
    monkeypatch.setattr(search_index, "COMMON", 2)
    assert [one["address"] for one in site.get(asked).json()["results"]] == everything == everything[:1]


def test_only_so_many_words_are_looked_for(site: Site) -> None:
    many = " ".join(f"a{number}" for number in range(40))
    assert len(search_words.terms(many).wanted) == search_words.MOST_TERMS
    assert "Only the first 16 words were looked for." in words(page_of(site, q=many))
    assert search_words.terms("the the THE the").wanted == ('"the"',)


def test_a_word_that_no_text_holds_is_named_and_can_be_left_out(site: Site) -> None:
    page = page_of(site, q='minutes zxqvjkw "no such words" -nine', year="2023")
    told = {words(one).partition(":")[0]: one.cssselect("a") for one in page.cssselect(".said li")}
    assert "No text here holds zxqvjkw" in told
    assert 'No text here holds "no such words"' in told
    (link,) = told["No text here holds zxqvjkw"]
    assert link.get("href") == "/search?q=minutes+%22no+such+words%22+-nine&year=2023"
    assert "No text here holds" not in words(page_of(site, q="library balance"))


def test_the_answer_for_programs_comes_in_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = [one["address"] for one in site.get("/search.json?q=section").json()["results"]]
    monkeypatch.setattr(module("search.forms"), "SIZE", 4)
    pages = [site.get(f"/search.json?q=section&page={page}").json() for page in (1, 2, 3)]
    assert [one["has_more"] for one in pages] == [True, True, False]
    assert [one["address"] for page in pages for one in page["results"]] == everything


def test_the_answer_comes_as_csv(site: Site) -> None:
    answer = site.get("/search.csv?q=section")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(lines) == 9
    for line in lines:
        assert line["address"].startswith("http://localhost/request/")
        assert not any(value.startswith(("=", "+", "-", "@")) for value in line.values())


def test_a_search_is_a_feed_with_the_newest_first(site: Site) -> None:
    page = page_of(site, q="section", regime="FOIA")
    (address,) = page.xpath("//link[@type='application/atom+xml']/@href")
    answer = site.get(address)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    assert feed.findtext("a:title", namespaces=ATOM) == "Search: section · Law: Freedom of Information Act 2000"
    times = [str(one.text) for one in feed.findall("a:entry/a:updated", ATOM)]
    assert times == sorted(times, reverse=True)
    assert len(times) == len(site.get("/search.json?q=section&regime=FOIA").json()["results"]) > 0
    ids = [one.text for one in feed.findall("a:entry/a:id", ATOM)]
    assert len(set(ids)) == len(ids)


def test_a_family_in_a_table_leads_to_its_page(site: Site) -> None:
    for row in site.page("/public/family_members").cssselect("td.col-family_id a"):
        assert str(row.get("href")).startswith("/family/")


def test_hidden_messages_are_not_among_the_results(site: Site) -> None:
    told = site.get("/search.json?authority=ashwick_borough_council&in=messages").json()["results"]
    assert "incoming-22" not in {one["message_id"] for one in told}
    assert len(told) > 0


def test_search_in_a_table_of_the_data_still_works(site: Site) -> None:
    assert len(site.get("/public/messages.json?_search=minutes&_shape=array").json()) == 3
    assert len(site.get("/public/requests.json?_search=minutes&_shape=array").json()) == 1
