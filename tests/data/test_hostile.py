"""Hostile words in every field that comes from outside: nothing runs, nothing breaks out, nothing is turned round."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from lxml import etree, html
from playwright.sync_api import Page

from scraper.publishing.schema import whole
from tests.data.browsing import chromium, patient
from tests.data.conftest import SITE, Site
from tests.data.hostile import EVIL, EVIL_NAME, MARKUP, hostile_sample
from tests.data.nesting import faults
from tests.data.plugin import module

pytestmark = pytest.mark.long

marks = module("texts.marks")
EVIL_IN_ADDRESS = quote(EVIL[:1500], safe="")
PAGES = [
    "/", "/search", f"/search?q={EVIL_IN_ADDRESS}", "/search?q=section", f"/search?q=onload&in={EVIL_IN_ADDRESS}",
    "/search?q=evil.invalid", "/search?q=%ED%A0%80%00", "/authorities", f"/authorities?q={EVIL_IN_ADDRESS}",
    f"/authorities?tag={EVIL_IN_ADDRESS}&nation=%3Cx-evil%3E", f"/authority/{quote(EVIL_NAME, safe='')}",
    "/authority/department_for_weights_and_measures", f"/authority/{quote(MARKUP[:300], safe='')}", "/provisions",
    "/provision/FOIA/40(2)", "/provision/FOIA/31(1)(a)",
    f"/provision/{quote('<x-evil>', safe='')}/{quote(MARKUP[:90])}",
    "/request/101", "/request/110", "/request/120", "/request/201", "/request/666", "/request/%3Cx-evil%3E",
    f"/request/120?show={EVIL_IN_ADDRESS}&page={EVIL_IN_ADDRESS}", "/request/101/attachment-1/1", "/families",
    "/family/round-robin-102", "/family/template-incoming-501-1", f"/family/{quote(MARKUP[:90], safe='')}",
    "/cite/request/101", "/cite/request/110", "/cite/family/round-robin-102", f"/cite/{EVIL_IN_ADDRESS}",
    "/cite/authority/department_for_weights_and_measures", "/method", "/dictionary", "/runs", "/public",
    "/public/requests/110", "/public/messages/incoming-21", "/public/runs/2", "/public/requests.copyable",
    "/public/citations?_facet=printed&_facet=role_rule", f"/public/requests?title={EVIL_IN_ADDRESS}",
    f"/public/requests?_facet=title&_search={EVIL_IN_ADDRESS}", "/public/requests?_sort=%3Cx-evil%3E",
    "/public/%3Cx-evil%3E", f"/{quote(MARKUP[:200], safe='')}",
    "/public?sql=select+title,+title+as+%22%3Cx-evil%3E%22+from+requests",
    f"/public?sql={quote(MARKUP)}", f"/public?sql=select+:a+as+a&a={EVIL_IN_ADDRESS}",
]  # fmt: skip
"""Every kind of page, every error that one can bring about, and every parameter that a reader can fill in."""
QUERIES = sorted(path.stem.partition("-")[2] for path in (SITE / "queries").glob("*.sql"))
PARAMETERS = ("provision", "authority", "sector", "year", "from", "to", "q", "regime", "nation")
GIVEN = "&".join(f"{name}={EVIL_IN_ADDRESS}" for name in PARAMETERS)
LOOKED_AT = [
    *PAGES, "/public/requests", "/public/messages", "/public/attachments", "/public/authority_tags", "/public/runs",
    f"/public/relying-on?{GIVEN}", f"/public/refused-on-cost?{GIVEN}", "/public/relying-on", "/public/same-request",
]  # fmt: skip
"""What is looked at in a browser too."""
BROKEN = [
    path.replace("@", "%ED%A0%80%00")
    for path in (
        "/authorities?q=@", "/authorities?tag=@", "/authority/@", "/request/@", "/request/101?show=@&page=@",
        "/family/@", "/cite/request/@", "/provision/@/@", "/place/@", "/citation/@",
        "/search?q=@&in=@&year=@&authority=@", "/public/@", "/public?sql=select+:a&a=@", "/public?sql=@",
        "/public/relying-on?provision=@&authority=@&year=@", "/@", "/public/requests?title=@&_next=@",
        "/public/requests?id=99999999999999999999", "/search?q=a&page=9999999999999999",
        "/families?page=99999999999999999999&kind=@", "/request/99999999999999999999", "/search.json?q=@",
        "/search.atom?q=@",
    )
]  # fmt: skip
"""Half of a character, the end of a string in C and numbers beyond any table, wherever a reader may put them."""
TABLES = [*(one.name for one in whole.TABLES), *(one.name for one in whole.VIEWS if not one.hidden)]
ADDRESSES = [
    *LOOKED_AT, *BROKEN, *(f"/public/{table}" for table in TABLES),
    *(f"/public/{query}" + given for query in QUERIES for given in ("", f"?{GIVEN}")),
]  # fmt: skip


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_sample().write(tmp_path_factory.mktemp("hostile") / "public.db")


def unseen(page: html.HtmlElement) -> set[str]:
    """Characters that hide or turn round what stands beside them, outside fields, which keep what was typed."""
    for field in page.cssselect("textarea, input"):
        field.text = ""
    return {character for character in page.text_content() if ord(character) in marks.UNSEEN and character != "\r"}


@pytest.mark.parametrize("path", ADDRESSES, ids=[path[:60] for path in ADDRESSES])
def test_nothing_breaks_out_of_its_place(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code in {200, 302, 400, 404}, answer.text[-500:]
    if answer.is_redirect or "html" not in answer.headers["content-type"]:
        return
    assert faults(answer.text) == []
    page = html.document_fromstring(answer.text)
    assert page.cssselect("x-evil, script, img, iframe, object, embed, base, style, meta[http-equiv]") == []
    for one in page.iter(etree.Element):
        assert [name for name in one.attrib if str(name).startswith(("on", "data-evil", "style", "srcdoc"))] == []
        for name in ("href", "action", "src", "formaction"):
            address = (one.get(name) or "").strip()
            assert urlsplit(address).scheme in {"", "http", "https"}, (name, address[:100])
    assert "&amp;lt;script" not in answer.text, "escaped twice"
    assert "evilevil" not in answer.text, "a template in a template"
    assert unseen(page) == set()


@pytest.mark.parametrize("name", ["x-forwarded-host", "referer", "accept-language", "user-agent", "cookie", "host"])
def test_nothing_of_what_a_reader_sends_comes_back_as_markup(site: Site, name: str) -> None:
    for path in ("/cite/request/101", "/public/runs", "/nothing"):
        answer = site.get(path, headers={name: '"><x-evil>'})
        assert "<x-evil" not in answer.text


def test_no_header_is_broken_open_by_an_address(site: Site) -> None:
    for path in (
        "/citation/x%0d%0aevil:1",
        "/request/%0d%0aevil:1",
        "/place/incoming-1%0d%0aevil:1",
        "/cite/%0d%0aevil:1",
    ):
        assert "evil" not in site.get(path).headers


def test_data_are_given_as_they_are(site: Site) -> None:
    """Programs get the words of the source whole, in forms that they can read."""
    for table in TABLES:
        answer = site.get(f"/public/{table}.json?_shape=array&_size=20")
        assert answer.headers["content-type"].startswith("application/json")
        assert isinstance(json.loads(answer.text), list)
        answer = site.get(f"/public/{table}.csv?_size=20")
        assert answer.headers["content-type"].startswith("text/plain") or "csv" in answer.headers["content-type"]
        lengths = {len(row) for row in csv.reader(io.StringIO(answer.text.replace("\x00", ""), newline=""))}
        assert len(lengths) == 1, table
    title = site.get("/public/requests/110.json?_shape=array").json()[0]["title"]
    assert title.endswith("\x00end")
    assert EVIL in title


def test_feeds_are_whole_whatever_they_hold(site: Site) -> None:
    asked = {f"/public/{query}" for query in QUERIES} | {"/public/requests", "/public/citations"}
    found = set()
    for path in sorted(asked):
        page = site.page(path)
        found |= {str(one.get("href")) for one in page.cssselect("link[type='application/atom+xml']")}
    for path in sorted(found):
        answer = site.get(path[path.index("/", 8) :] if path.startswith("http") else path)
        feed = etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False, no_network=True))
        assert etree.QName(feed).localname == "feed"
        assert feed.findall(".//{*}x-evil") == []


@pytest.mark.parametrize("form", ["text", "bibtex", "csl"])
def test_records_to_cite_by_are_whole(site: Site, form: str) -> None:
    answer = site.get(f"/cite/request/101?_as={form}")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "html" not in answer.headers["content-type"]
    if form == "csl":
        assert isinstance(json.loads(answer.text), list)


@pytest.fixture(scope="module")
def opened(server: str) -> Iterator[tuple[Page, list[str], str]]:
    """A phone on which even the policy that forbids scripts is off, and what it heard."""
    with chromium() as browser:
        page = patient(browser.new_context(viewport={"width": 360, "height": 800}, bypass_csp=True)).new_page()
        heard: list[str] = []
        page.on("dialog", lambda dialog: heard.append(dialog.message))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("console", lambda message: heard.append(message.text) if "status of" not in message.text else None)
        page.on("request", lambda request: heard.append(request.url) if not request.url.startswith(server) else None)
        yield page, heard, server


LOOSE_BESIDE = """
() => {
  const turned = /[\\u0590-\\u08ff]/, loose = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!turned.test(node.data) || ['TEXTAREA', 'OPTION'].includes(node.parentElement.tagName)) continue;
    let one = node.parentElement;
    while (getComputedStyle(one).unicodeBidi === 'normal') one = one.parentElement;
    const beside = one.textContent.trim() !== node.data.trim();
    if (beside && !one.closest('bdi, [dir=auto]')) loose.push(one.outerHTML.slice(0, 120));
  }
  return loose.slice(0, 3);
}
"""
"""Words that run from right to left, in one line with others that they would carry along."""


@pytest.mark.browser
@pytest.mark.parametrize("path", LOOKED_AT, ids=[path[:60] for path in LOOKED_AT])
def test_nothing_runs_and_the_page_stays_in_shape(opened: tuple[Page, list[str], str], path: str) -> None:
    page, heard, server = opened
    heard.clear()
    page.goto(server + path)
    assert page.evaluate("typeof window.evil") == "undefined"
    assert heard == []
    wide, width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= width
    assert page.evaluate(LOOSE_BESIDE) == []
