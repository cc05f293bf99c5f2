"""Every page that can be reached from the home page: whole, small, plain to screen readers, and of this host alone."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from lxml import html

from tests.data.conftest import Site, words
from tests.data.nesting import faults

MOST_PAGES = 260
MOST_BYTES = 200_000
NO_PAGES = (".csv", ".json", ".copyable", ".css", ".svg")


class Walked(dict[str, tuple[int, str]]):
    """Status and text by path."""


@pytest.fixture(scope="module")
def walked(site: Site) -> Walked:
    """What lies behind every link, from the home page on, nearest first; one page of each shape of address enough."""
    found, waiting = Walked(), ["/", "/about", "/request/99999", "/no/such/page", "/search?q=section"]
    shapes: dict[str, int] = {}
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        shape = re.sub(r"\d+|=[^&]*", "*", path)
        shapes[shape] = shapes.get(shape, 0) + 1
        if path in found or shapes[shape] > 6:
            continue
        answer = site.get(path)
        found[path] = (answer.status_code, answer.text)
        if answer.is_redirect:
            waiting.append(urldefrag(answer.headers["location"]).url)
        elif "html" in answer.headers["content-type"]:
            waiting += links(answer.text)
    return found


def links(text: str) -> Iterator[str]:
    for anchor in html.document_fromstring(text).cssselect("a[href]"):
        address = urldefrag(str(anchor.get("href"))).url
        if address.startswith("/"):
            yield address


def pages(walked: Walked) -> Iterator[tuple[str, html.HtmlElement, str]]:
    for path, (_, text) in walked.items():
        if text.lstrip().startswith("<!DOCTYPE html>"):
            yield path, html.document_fromstring(text), text


def test_the_walk_reaches_every_kind_of_page(walked: Walked) -> None:
    kinds = {re.sub(r"[?#].*|\d+", "", path) for path in walked}
    for kind in ("/", "/about", "/search", "/request/", "/public", "/public/requests", "/public/citations",
                 "/public/most-relied-on", "/public/relying-on", "/citation/incoming-/citation/"):  # fmt: skip
        assert kind in kinds
    assert len(walked) > 80


def test_no_link_is_broken(walked: Walked) -> None:
    broken = {path: status for path, (status, _) in walked.items() if status not in {200, 302}}
    assert broken == {"/request/99999": 404, "/no/such/page": 404}


def test_no_page_is_large(walked: Walked) -> None:
    assert {path: len(text) for path, _, text in pages(walked) if len(text.encode()) >= MOST_BYTES} == {}


def test_no_page_asks_another_host_or_runs_anything(walked: Walked) -> None:
    for path, page, _ in pages(walked):
        assert page.cssselect("script, iframe, object, embed, base, style, [style], meta[http-equiv]") == [], path
        assert [one for one in page.iter() if any(name.startswith("on") for name in one.attrib)] == [], path
        loaded = [one.get("src") or one.get("href") for one in page.cssselect("link, img, source, video, audio")]
        loaded += [one.get("action") for one in page.cssselect("form")]
        assert [one for one in loaded if not one.startswith("/") and urlsplit(one).hostname != "localhost"] == [], path


def test_links_to_elsewhere_are_of_the_web_and_leave_no_trace(walked: Walked) -> None:
    for path, page, _ in pages(walked):
        for anchor in page.cssselect("a[href]"):
            address = anchor.get("href")
            if not address.startswith(("/", "#", "?")):
                assert urlsplit(address).scheme in {"http", "https"}, (path, address)
                if urlsplit(address).hostname != "localhost":
                    assert "noreferrer" in (anchor.get("rel") or ""), (path, address)


def test_every_page_has_a_language_a_title_one_heading_and_landmarks(walked: Walked) -> None:
    for path, page, _ in pages(walked):
        assert page.get("lang") == "en-GB", path
        assert words(page.cssselect("title")[0]).endswith("– wdtk-archive"), path
        assert len(page.cssselect("h1")) == 1, path
        assert [len(page.cssselect(name)) for name in ("main", "body > header", "body > footer")] == [1, 1, 1], path
        assert page.cssselect("a.skip")[0].get("href") == "#content", path
        assert page.cssselect("main#content"), path


def test_headings_do_not_skip_a_level(walked: Walked) -> None:
    for path, page, _ in pages(walked):
        levels = [int(one.tag[1]) for one in page.cssselect("h1, h2, h3, h4, h5, h6")]
        assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False)), (path, levels)


def test_every_field_and_button_and_link_has_a_name(walked: Walked) -> None:
    for path, page, _ in pages(walked):
        for field in page.cssselect("input:not([type=hidden]), select, textarea"):
            name = page.xpath("//label[@for=$id]", id=field.get("id") or "?")
            assert field.get("aria-label") or (name and words(name[0])), (path, html.tostring(field))
        for control in page.cssselect("a[href], button, summary"):
            assert words(control) or control.get("aria-label"), (path, html.tostring(control))


def test_every_page_is_nested_as_html_allows(walked: Walked) -> None:
    assert {path: found for path, _, text in pages(walked) if (found := faults(text))} == {}


def test_every_place_on_a_page_that_a_link_names_is_there(walked: Walked) -> None:
    ids = {path: {str(one.get("id")) for one in page.cssselect("[id]")} for path, page, _ in pages(walked)}
    for path, page, _ in pages(walked):
        for anchor in page.cssselect("a[href*='#']"):
            there, place = urldefrag(str(anchor.get("href")))
            assert place == "" or unquote(place) in ids.get(there or path, {unquote(place)}), (path, there, place)


def test_no_two_elements_bear_one_id(walked: Walked) -> None:
    for path, page, _ in pages(walked):
        ids = [one.get("id") for one in page.cssselect("[id]")]
        assert len(ids) == len(set(ids)), (path, sorted(one for one in ids if ids.count(one) > 1))


def test_table_heads_say_what_they_head(walked: Walked) -> None:
    for path, page, _ in pages(walked):
        for head in page.cssselect("th"):
            assert head.get("scope") in {"row", "col"}, path
        for region in page.cssselect(".table-wrapper"):
            assert (region.get("role"), region.get("tabindex")) == ("region", "0"), path
            assert region.get("aria-label"), path
