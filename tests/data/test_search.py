"""Search: finds what is there, says when nothing is, and takes anything that a reader may type."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.data.conftest import Site, words
from tests.data.plugin import module

search = module("search.search_page")
search_words = module("search.words")


def found(site: Site, query: str, **more: str) -> list[str]:
    answer = site.get("/search", params={"q": query, **more})
    assert answer.status_code == 200, answer.text
    return [words(one) for one in html.document_fromstring(answer.text).cssselect(".results h2")]


def test_messages_letters_and_titles_are_found_together(site: Site) -> None:
    assert sorted(found(site, "minutes")) == ["Minutes of the scales committee"] * 4
    assert found(site, "minutes", **{"in": "titles"}) == ["Minutes of the scales committee"]
    assert len(found(site, "minutes", **{"in": "messages"})) == 3
    assert found(site, "wardens", **{"in": "documents"}) == ["Parking fines on Mill Lane"]


def test_a_hit_leads_to_its_page_in_the_thread(site: Site) -> None:
    page = site.page("/search?q=wardens")
    assert page.cssselect(".results h2 a")[0].get("href") == "/request/101?show=attachment-1/1#attachment-1/1"
    assert "Letter from Ashwick Borough Council, 12 April 2023 · Refusal notice.pdf, page 1" in words(page)


def test_every_word_must_be_there_and_phrases_stand_together(site: Site) -> None:
    assert found(site, "library weekdays") == ["Library opening hours"]
    assert found(site, "library balance") == []
    assert found(site, '"at nine on weekdays"') == ["Library opening hours"]
    assert found(site, "“at nine on weekdays”") == ["Library opening hours"]
    assert found(site, '"nine at weekdays"') == []
    assert len(found(site, "library")) == 3
    assert len(found(site, "library -nine")) == 2
    assert found(site, "library -nine -opening") == []


def test_endings_and_accents_do_not_matter(site: Site) -> None:
    assert found(site, "refusing your drain letters") == []
    assert found(site, "refuses drain", **{"in": "messages"}) == []
    assert found(site, "refusing", **{"in": "messages"}) == ["All letters about drains"]


def test_a_nonsense_word_finds_nothing_and_says_so(site: Site) -> None:
    page = site.page("/search?q=zxqvjkw")
    assert page.cssselect(".results") == []
    assert "Nothing was found for zxqvjkw" in words(page)
    assert site.get("/public/messages.json?_search=zxqvjkw&_shape=array").json() == []
    assert site.get("/public/pages.json?_search=zxqvjkw&_shape=array").json() == []
    assert site.get("/public/requests.json?_search=zxqvjkw&_shape=array").json() == []


@pytest.mark.parametrize(
    "typed",
    ['"', '""', '" "', "'", "*", "(", ")", "NOT", "AND", "OR", "NEAR(", "a NEAR/2 b", "^x", "x:y", "text:section", "-",
     "-word", "--", "+a", "{a b}", "s.40(2)", "40(2)", 'say "hello', "a*b", "\\", ";", "\0", "a\0b", "😀", "_", "%",
     "-\"a b\"", "section OR 1=1", "x" * 5000, "<script>alert(1)</script>"],
)  # fmt: skip
def test_anything_may_be_typed(site: Site, typed: str) -> None:
    answer = site.get("/search", params={"q": typed})
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "fts5" not in answer.text


@given(typed=st.text(alphabet=st.sampled_from("ab \"'*()-^:{}+\\\0“”ſ字😀\u0301"), max_size=30))
def test_no_expression_is_malformed(site: Site, typed: str) -> None:
    match = search_words.terms(typed).expression
    if match is None:
        assert "There is no word" in site.get("/search", params={"q": typed}).text or not typed.strip()
    else:
        answer = site.get("/public.json", params={"sql": "select rowid from pages_fts(:m)", "m": match})
        assert answer.status_code == 200, (match, answer.text)


def test_a_provision_is_found_as_it_is_printed(site: Site) -> None:
    assert "Files on a balance" in found(site, "section 23(5)")
    assert found(site, "s.9999(2)") == []


def test_snippets_mark_only_what_matched(site: Site) -> None:
    answer = site.get("/search?q=arabic")
    assert "<mark>Arabic</mark>" in answer.text
    assert "&lt;/article&gt;" in answer.text
    assert "<script>fetch" not in answer.text
    assert str(search.snippet("a <mark> b [x]c[y] d", "[x]", "[y]")) == "a &lt;mark&gt; b <mark>c</mark> d"


def test_results_are_shown_in_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = found(site, "section")
    assert len(everything) == 9
    monkeypatch.setattr(search, "PAGE_SIZE", 4)
    first = site.page("/search?q=section")
    pages = [found(site, "section", page=number) for number in ("1", "2", "3")]
    assert [len(one) for one in pages] == [4, 4, 1]
    assert sorted(title for one in pages for title in one) == sorted(everything)
    assert first.cssselect("a[rel=next]")[0].get("href") == "/search?q=section&page=2"
    assert site.page("/search?q=section&page=3").cssselect("a[rel=next]") == []
    assert "There are no more results" in words(site.page("/search?q=section&page=40"))


def test_a_search_that_takes_too_long_says_what_to_do(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("interrupted")

    monkeypatch.setattr(search, "look", interrupted)
    assert site.get("/search.json?q=section").status_code == 503
    assert "That search took too long" in words(site.page("/search?q=section"))


@pytest.mark.parametrize("limit", ["WORK_LIMIT", "TIME_LIMIT"])
def test_a_search_is_ended_by_its_own_work_and_by_the_clock(
    site: Site, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    with monkeypatch.context() as hurried:
        hurried.setattr(search, limit, 0.0)
        hurried.setattr(search, "_STEPS", 1)
        assert site.get("/search.json", params={"q": '"of the" "section 12" the'}).status_code == 503
    assert site.get("/search.json", params={"q": '"section 12" the'}).status_code == 200
    assert search.WORK_LIMIT <= 1.0


def offered(site: Site, query: str) -> list[str]:
    page = html.document_fromstring(site.get("/search", params={"q": query}).text)
    return [words(one) for one in page.cssselect("main > p > a")]


def test_the_name_of_an_authority_leads_to_its_requests(site: Site) -> None:
    assert offered(site, "weights and measures") == ["Department for Weights and Measures"]
    assert offered(site, "“Ashwick”") == ["Ashwick Borough Council"]
    assert offered(site, "%") == offered(site, "_______") == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("section 40(2)", ["FOIA s.40(2)"]),
        ("s.12", ["FOIA s.12", "FOISA s.12"]),
        ("FOISA 38", ["FOISA s.38"]),
        ("reg 12(5)(e)", ["EIR reg.12(5)(e)"]),
        ("“section 12”", ["FOIA s.12", "FOISA s.12"]),
        ("40(2)", []),
        ("section 99", []),
        ("section 1(1)", []),
    ],
)
def test_the_name_of_a_ground_leads_to_the_replies_that_rely_on_it(site: Site, typed: str, names: list[str]) -> None:
    assert offered(site, typed) == [f"Replies that rely on {name}" for name in names]
