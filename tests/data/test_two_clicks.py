"""From any figure to the sentence behind it and on to its source, in two clicks and without scripts, on the demo."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from scraper.standin import running
from tests.data.browsing import chromium, follow, patient
from tests.data.test_questions import QUESTIONS
from tests.patience import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.long]

ASKED = re.findall(r"\n## \d+\. (.+)\n[^(]*\(http://127\.0\.0\.1:8001(/public/[^)]+)\)", QUESTIONS)
"""Each of the ten questions with the address that answers it."""


@pytest.fixture(scope="session")
def public(demo: Path) -> Path:
    return demo / "public.db"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def source() -> Iterator[str]:
    """The site that the demo was made from, served again."""
    with running() as address:
        yield address


@pytest.fixture
def page(browser: Browser, server: str, source: str) -> Iterator[Page]:
    """A page that runs no script, and that finds the source where it now is."""
    context = patient(browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}))

    def moved(route: Route) -> None:
        parts = urlsplit(route.request.url)
        if f"{parts.scheme}://{parts.netloc}" == server:
            route.continue_()
        else:
            route.fulfill(response=route.fetch(url=f"{source}{parts.path}?{parts.query}", timeout=1_000 * PATIENCE))

    context.route("**/*", moved)
    opened = context.new_page()
    yield opened
    context.unroute_all(behavior="wait")  # what a page was still loading is answered before its context goes
    context.close()


def plain(text: str) -> str:
    return " ".join(re.sub(r"[“”‘’\"'…*>]", " ", text).split()).lower()


@pytest.mark.parametrize("number", range(3))
def test_a_number_on_the_home_page_leads_to_its_sentence_and_to_the_source(
    server: str, page: Page, source: str, number: int
) -> None:
    page.goto(server)
    ground = page.locator("main tbody th a").nth(number)
    name, figure = ground.inner_text(), page.locator("main tbody td.number:nth-of-type(1)").nth(number).inner_text()
    follow(ground)
    assert page.get_by_role("heading", level=1).inner_text().startswith(name)
    assert f"{figure} requests" in page.locator("main").inner_text()
    reply = page.locator(".quotes > li").first
    sentence = reply.locator("blockquote mark").first.inner_text()
    there = urlsplit(str(reply.get_by_role("link", name="source", exact=True).get_attribute("href")))
    at_source = page.request.get(f"{source}{there.path}")
    assert at_source.status == 200
    assert not there.fragment or f'id="{there.fragment}"' in at_source.text()
    follow(reply.get_by_role("link", name="Read it in the letter"))
    mark = page.locator(f"[id='{unquote(urlsplit(page.url).fragment)}']")
    assert plain(sentence) in plain(mark.locator("xpath=ancestor::*[contains(@class, 'thread-text')]").inner_text())
    follow(page.locator("article", has=mark).get_by_role("link", name="source", exact=True).last)
    assert urlsplit(page.url).path.startswith("/request/")
    assert "Dear" in page.locator("body").inner_text(), "the thread at the source"


@pytest.mark.parametrize("question", range(len(ASKED)), ids=[asked for asked, _ in ASKED])
def test_each_question_is_two_clicks_from_the_home_page(server: str, page: Page, question: int) -> None:
    address = urlsplit(ASKED[question][1])
    page.goto(server)
    follow(page.locator(f"main a[href='{address.path}']").first)
    given = parse_qsl(address.query)
    for name, value in given:
        page.locator(f"main [name='{name}']").fill(value)
    if given:
        follow(page.get_by_role("button", name="Show"))
    assert page.locator("main tbody tr").count() > 0
    assert dict(given).items() <= dict(parse_qsl(urlsplit(page.url).query)).items()


def test_ten_questions_were_found() -> None:
    assert len(ASKED) == 10


@pytest.mark.parametrize("query", ["refused-on-cost", "most-relied-on", "worth-appealing"])
def test_a_row_of_an_answer_leads_to_a_sentence_or_to_its_rows(server: str, page: Page, query: str) -> None:
    page.goto(f"{server}/public/{query}")
    row = page.locator("main tbody tr").first
    direct = row.get_by_role("link", name="read it in the letter")
    if direct.count() == 0:
        follow(row.locator("a.key, td a").first)
        direct = page.get_by_role("link", name=re.compile("read it in the letter", re.IGNORECASE))
    follow(direct.first)
    assert page.locator("article.message").count() > 0
    assert page.locator("article.message").get_by_role("link", name="source").count() > 0
