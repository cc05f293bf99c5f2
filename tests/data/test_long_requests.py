"""Requests of any length: what is folded, and what is read in parts."""

from typing import Any
from urllib.parse import unquote

from tests.data.conftest import Site, words
from tests.data.sample import Sample
from tests.data.threads import sample


def long_thread(*, messages: int, pages: int, citations: int, files: int = 0) -> Sample:
    """One request with far more in it than a page may hold."""
    made = sample()
    made.request(900, 1, "A very long thread", asked="2024-01-01")
    text = "We withhold it under section 22 of the Act. " * 200
    for number in range(1, messages + 1):
        key = f"incoming-{9000 + number}"
        made.message(key, 900, f"Message {number}. {text}", sent="2024-02-01T10:00:00+00:00")
    made.attachment("attachment-900", f"incoming-{9000 + messages}", [f"Page {n}. {text}" for n in range(1, pages + 1)])
    for number in range(files):
        made.attachment(f"attachment-{2000 + number}", "incoming-9001", ["Short."])
    made.reading("attachment-900", kind="refusal_notice", outcome="withheld")
    for page in range(1, pages + 1):
        for number in range(citations):
            start = text.index("section 22") + len(f"Page {page}. ") + 44 * number
            made.cite("attachment-900", "section 22", "FOIA 22", "relied_on", page=page, start=start, end=start + 10)
    return made


def test_a_thread_of_any_length_stays_below_the_size_of_a_page(site_of: Any) -> None:
    site = site_of(long_thread(messages=120, pages=150, citations=40, files=150))
    sizes = {page: len(site.get(f"/request/900?page={page}").content) for page in (1, 2, 3)}
    assert max(sizes.values()) < 200_000
    assert min(sizes.values()) > 20_000
    last = site.page("/request/900?page=3")
    assert last.cssselect("article")[-1].get("id") == "incoming-9120"
    assert "pages of this file are not on this page" in words(last)
    onward = next(one for one in last.cssselect("a") if words(one).startswith("read on from page"))
    alone = site.page(onward.get("href"))
    assert words(alone.cssselect("h1")[0]).startswith("Page ")
    assert alone.cssselect("a[rel=next]")


def test_a_citation_deep_in_a_long_thread_can_still_be_reached(site_of: Any) -> None:
    site = site_of(long_thread(messages=120, pages=150, citations=40))
    for citation in ("attachment-900/citation/1", "attachment-900/citation/3002", "attachment-900/citation/6000"):
        path, _, anchor = site.get(f"/citation/{citation}").headers["location"].partition("#")
        assert site.page(path).xpath("//*[@id=$anchor]", anchor=unquote(anchor)), citation


def test_one_enormous_text_is_read_in_parts_without_a_gap(site_of: Any) -> None:
    made = sample()
    text = "".join(f"Line {number} of a table that never ends.\n" for number in range(9_000))
    made.message("incoming-60", 103, text, sent="2024-02-09T10:00:00+00:00")
    site = site_of(made)
    path, read = "/request/103/incoming-60", ""
    while path:
        page = site.page(path)
        assert len(site.get(path).content) < 200_000
        read += page.cssselect(".thread-text")[0].text_content()
        onward = [one.get("href") for one in page.cssselect("a") if words(one) == "Go on reading"]
        path = onward[0] if onward else ""
    assert read == text


def test_words_between_tags_are_not_swallowed_by_strange_parameters(site: Site) -> None:
    for query in ("?page=0", "?page=-1", "?page=99999999", "?page=x", "?show=nothing", "?show=%00", "?page=²"):
        assert len(site.page(f"/request/101{query}").cssselect("article")) == 2
    assert site.page("/request/101/attachment-1/1?from=99999999").cssselect(".thread-text")
