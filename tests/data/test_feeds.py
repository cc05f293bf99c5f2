"""Feeds: every answer that has one gives a document that the rules of Atom (RFC 4287) allow, whatever letters hold."""

import asyncio
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.data.canned import NAMES
from tests.data.conftest import SITE, Site
from tests.data.plugin import module
from tests.data.sample import BUILT_AT, Sample

feeds, entries = module("answers.feeds"), module("answers.entries")
ATOM = "{http://www.w3.org/2005/Atom}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
OWN = {"feed": {"id", "title", "updated", "author", "link", "subtitle", "rights", "generator", "entry"},
       "entry": {"id", "title", "updated", "link", "summary"}}  # fmt: skip


def parsed(text: str) -> Any:
    """The feed in ``text``, which must be one that RFC 4287 allows (section 4, for what is written here)."""
    feed = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    assert feed.tag == ATOM + "feed"
    assert len(feed.findall(ATOM + "author/" + ATOM + "name")) == 1
    for part in (feed, *feed.iter(ATOM + "entry")):
        _allowed(part)
    ids = [one.findtext(ATOM + "id") for one in feed.iter(ATOM + "entry")]
    assert len(ids) == len(set(ids))
    assert len([one for one in feed.findall(ATOM + "link") if one.get("rel") == "self"]) == 1
    return feed


def _allowed(part: Any) -> None:
    names = [etree.QName(one).localname for one in part]
    assert set(names) <= OWN[etree.QName(part).localname]
    assert {name: names.count(name) for name in ("id", "title", "updated")} == {"id": 1, "title": 1, "updated": 1}
    assert all(names.count(name) <= 1 for name in ("subtitle", "rights", "generator", "summary"))
    assert TIME.fullmatch(part.findtext(ATOM + "updated"))
    assert part.findtext(ATOM + "title").strip()
    for address in (part.findtext(ATOM + "id"), *(one.get("href") for one in part.findall(ATOM + "link"))):
        assert urlsplit(address).scheme in {"http", "https", "urn"}, address
        assert re.fullmatch(r"[!#-;=?-\[\]_a-z~]{1,4000}", address), address
    links = [(one.get("rel"), one.get("type")) for one in part.findall(ATOM + "link")]
    assert links.count(("alternate", "text/html")) == 1
    assert all(one.get("type") == "text" for one in part if one.tag in {ATOM + "summary", ATOM + "title"})
    assert not [one for text in part.findall(ATOM + "summary") for one in text], "a summary holds text alone"


def told(site: Site, address: str) -> Any:
    answer = site.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return parsed(answer.text)


def titles(feed: Any) -> list[str]:
    return [one.findtext(ATOM + "title") for one in feed.iter(ATOM + "entry")]


@pytest.mark.parametrize("name", NAMES)
def test_every_canned_query_has_a_feed_and_its_page_says_so(site: Site, name: str) -> None:
    page = site.page(f"/public/{name}")
    (address,) = (one.get("href") for one in page.cssselect('link[rel=alternate][type="application/atom+xml"]'))
    assert address in [one.get("href") for one in page.cssselect(".tools a")] or not page.cssselect("tbody")
    feed = told(site, address)
    assert feed.findtext(ATOM + "title") == page.cssselect("h1")[0].text_content()
    rows = site.rows(name)
    assert len(titles(feed)) == min(len(rows), 100)


def test_replies_are_told_newest_first_by_their_own_day_and_lead_to_their_sentence(site: Site) -> None:
    feed = told(site, "/public/relying-on.atom?provision=FOIA+40(2)")
    rows = site.rows("relying-on", provision="FOIA 40(2)")
    days = [one.findtext(ATOM + "updated") for one in feed.iter(ATOM + "entry")]
    assert days == sorted((f"{row['sent_on']}T00:00:00Z" for row in rows), reverse=True)
    assert feed.findtext(ATOM + "updated") == days[0]
    (first,) = feed.xpath("a:entry[1]/a:link[@rel='alternate']/@href", namespaces={"a": ATOM[1:-1]})
    assert first.endswith(f"/citation/{rows[0]['citation']}")
    source = feed.xpath("a:entry[1]/a:link[@rel='via']/@href", namespaces={"a": ATOM[1:-1]})
    assert source == [rows[0]["source_page"]]
    assert rows[0]["sentence"] in feed.findtext(f"{ATOM}entry/{ATOM}summary")


def test_figures_stay_in_their_year_and_a_new_count_is_a_new_entry(site: Site) -> None:
    feed = told(site, "/public/most-relied-on.atom?year=2023")
    assert feed.findtext(ATOM + "updated") == BUILT_AT
    assert {one.findtext(ATOM + "updated") for one in feed.iter(ATOM + "entry")} == {"2023-12-31T00:00:00Z"}
    for year in (int(BUILT_AT[:4]), "all years", None, ""):
        assert entries.happened({"year": year, "requests": 2}, BUILT_AT) == BUILT_AT
    assert titles(feed)[0] == "all authorities · FOIA 40 · Personal information · 2023 – Requests: 2"
    row = {"authority": "all authorities", "provision": "FOIA 40", "year": 2023, "requests": 2, "requests_read": 3}
    same, more = row | {"requests_read": 4, "example": "incoming-1/citation/1"}, row | {"requests": 3}
    assert entries.figure_key(row) == entries.figure_key(same) != entries.figure_key(more)
    assert entries.figure_key(row) != entries.figure_key(row | {"year": 2024})


def test_a_long_answer_is_told_of_by_its_newest_rows_and_says_where_the_others_are(site_of: Any) -> None:
    made = Sample()
    made.authority(1, "Ashwick Borough Council", nation="england", regimes="FOIA", known=None)
    made.add("about", key="built_at", value=BUILT_AT)
    for number in range(1, 251):
        made.request(number, 1, f"Request {number}", asked=f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}")
    site = site_of(made)
    sql = "select id as request_id, title, asked_on from requests order by title"
    answer = site.get("/public.atom", params={"sql": sql})
    days = sorted((f"{row['asked_on']}T00:00:00Z" for row in made.tables["requests"]), reverse=True)
    feed = parsed(answer.text)
    assert [one.findtext(ATOM + "updated") for one in feed.iter(ATOM + "entry")] == days[:100]
    assert "the newest 100 of 250 rows" in feed.findtext(ATOM + "subtitle")
    assert "the newest" not in told(site, "/public/most-relied-on.atom").findtext(ATOM + "subtitle")


def test_a_request_is_the_same_entry_wherever_it_is_told_of(site: Site) -> None:
    def ids(path: str) -> dict[str, str]:
        feed = told(site, path)
        return {one.find(ATOM + "link").get("href"): one.findtext(ATOM + "id") for one in feed.iter(ATOM + "entry")}

    table, view = ids("/public/requests.atom"), ids("/public/qualified-person.atom")
    assert view
    assert view.items() <= table.items()
    other = site.get("/public/requests.atom", headers={"host": "elsewhere.example"})
    assert set(table.values()) == {one.findtext(ATOM + "id") for one in parsed(other.text).iter(ATOM + "entry")}


def test_tables_and_questions_in_sql_have_feeds_where_that_makes_sense(site: Site) -> None:
    def offers(path: str) -> list[str]:
        return [one.get("href") for one in site.page(path).cssselect('link[type="application/atom+xml"]')]

    assert titles(told(site, offers("/public/requests?regime=FOIA")[0]))
    assert titles(told(site, offers("/public?sql=select+request_id,sent_at+from+messages")[0]))
    assert offers("/public/messages?_sort_desc=sent_at")
    for path in ("/public?sql=select+1", "/public/messages", "/public/requests?_sort=title", "/public/requests/101"):
        assert offers(path) == [], path


def test_a_lasting_address_is_that_of_ids_and_links(public: Path) -> None:
    with asyncio.Runner() as runner:
        named = {"plugins": {"archive-site": {"address": "https://archive.example/foi/"}}}
        datasette = Datasette([], immutables=[str(public)], config_dir=SITE, metadata=named)
        runner.run(datasette.invoke_startup())
        feed = parsed(runner.run(datasette.client.get("/public/requests.atom")).text)
    for one in feed.iter(ATOM + "entry"):
        assert one.findtext(ATOM + "id") == one.find(ATOM + "link").get("href")
        assert one.findtext(ATOM + "id").startswith("https://archive.example/foi/request/")


def test_who_has_the_feed_is_not_sent_it_again(site: Site) -> None:
    address = "/public/relying-on.atom"
    first = site.get(address)
    assert "max-age" in first.headers["cache-control"]
    for named in ({"if-none-match": first.headers["etag"]}, {"if-none-match": f'"x", {first.headers["etag"]}'},
                  {"if-modified-since": first.headers["last-modified"]}):  # fmt: skip
        again = site.get(address, headers=named)
        assert (again.status_code, again.content) == (304, b""), named
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["x-content-type-options"] == "nosniff"
    since = first.headers["last-modified"]
    for named in ({"if-none-match": '"x"'}, {"if-modified-since": "Sun, 01 Jan 2012 00:00:00 GMT"},
                  {"if-modified-since": "soon"}, {"if-none-match": '"x"', "if-modified-since": since}):  # fmt: skip
        assert site.get(address, headers=named).status_code == 200


def test_a_question_that_fails_has_no_feed_and_says_why(site: Site) -> None:
    answer = site.get("/public.atom?sql=select+sent_at+from+nowhere")
    assert answer.status_code == 400
    assert "no such table: nowhere" in answer.text


def test_what_letters_hold_does_not_break_a_feed(site_of: Any) -> None:
    made = Sample()
    made.authority(1, "Ashwick </title><script>alert(1)</script>", nation="england", regimes="FOIA", known=None)
    title = "<b>Bold</b> &amp; ]]> \x00\x08\x0b\x1f\x7f \u202egnp.\u2066 \ufffe\uffff \U0001f600"
    made.request(1, 1, title, asked="2024-01-01")
    site = site_of(made)
    text = site.get("/public/requests.atom").text
    assert "<script" not in text
    assert "\u202e" not in text
    (found,) = titles(parsed(text))
    assert "<b>Bold</b> &amp; ]]>" in found


@given(st.text(), st.text(), st.text(min_size=1))
def test_any_text_makes_a_feed(one: str, other: str, query: str) -> None:
    entry = feeds.Entry(id=feeds.named(one), title=one, updated="2024-01-01T00:00:00Z", summary=other,
                        link=f"http://a.example/public/x?y={query}")  # fmt: skip
    parsed(feeds.feed(feeds.Feed(id=feeds.named(other), title=other, here=f"http://a.example/{query}", subtitle=one,
                                 page="http://a.example/", updated=BUILT_AT, entries=(entry, entry))))  # fmt: skip


@pytest.mark.parametrize(("value", "moment"), [
    ("2024-02-29", "2024-02-29T00:00:00Z"), ("2024-07-01T10:00:00+01:00", "2024-07-01T09:00:00Z"),
    ("2024-07-01T10:00:00.123Z", "2024-07-01T10:00:00Z"), ("2024-02-30", None), ("0001-01-01T00:00:00+14:00", None),
    ("soon", None), ("", None), (None, None), (20240101, None), ("2" * 5000, None),
])  # fmt: skip
def test_days_and_times_become_moments(value: object, moment: str | None) -> None:
    assert feeds.moment(value) == moment


def test_a_day_that_is_still_to_come_is_not_when_something_happened() -> None:
    row = {
        "asked_on": "2024-01-02",
        "answered_on": "2024-01-20",
        "due_on": "2024-01-30",
        "last_checked_at": "2025-01-01",
    }
    assert entries.happened(row, BUILT_AT) == "2024-01-20T00:00:00Z"
    assert entries.happened({"due_on": "2099-01-01"}, BUILT_AT) == BUILT_AT
    assert entries.happened({"first_due_on": "2024-01-30", "answered_on": None}, BUILT_AT) == "2024-01-30T00:00:00Z"
