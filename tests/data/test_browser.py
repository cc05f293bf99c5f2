"""The pages in a real browser: nothing is blocked, nothing leaves this machine, and eyes and fingers can use them."""

import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
KINDS = {
    "home": "/",
    "search": "/search?q=section",
    "request": "/request/101",
    "hostile": "/request/110",
    "authority": "/authority/ashwick_borough_council",
    "authorities": "/authorities",
    "provision": "/provision/FOIA/40(2)",
    "provisions": "/provisions",
    "query": "/public/most-relied-on",
    "replies": "/public/relying-on",
    "tables": "/public",
    "table": "/public/citations",
    "row": "/public/citations/attachment-1~2Fcitation~2F1",
    "copy": "/public/requests.copyable",
    "sql": "/public?sql=select+1",
    "method": "/method",
    "dictionary": "/dictionary",
    "cite": "/cite/request/110",
    "runs": "/runs",
}
PAIRS = [
    ("body", "text"), (".lead", "lead"), ("a", "link"), (".note, small, .soft", "soft"), ("mark.cite.relied", "mark"),
    (".cite-note", "note"), ("th", "head"), ("button", "button"), ("footer p", "foot"), (".late", "late"),
    (".said, .message-warning", "said"),
]  # fmt: skip
CONTRAST = """
selector => {
  const channels = colour => colour.match(/[\\d.]+/g).map(Number);
  const luminance = colour => {
    const [r, g, b] = channels(colour).slice(0, 3).map(value => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor, parts = channels(colour);
      if (parts.length < 4 || parts[3] === 1) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll(selector)].filter(one => one.checkVisibility()).map(element => {
    const front = luminance(getComputedStyle(element).color), back = luminance(ground(element));
    return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
  });
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed, so that no page can be looked at")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    made = browser.new_context(**getattr(request, "param", {}))
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


PHONE = {"viewport": {"width": 390, "height": 844}}
NARROW = {"viewport": {"width": 320, "height": 700}}
DARK = {"color_scheme": "dark"}


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_nothing_is_blocked_and_nothing_leaves_this_machine(server: str, page: Page, path: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(server + path, wait_until="networkidle")
    assert said == []
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(server).netloc}
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none", "no stylesheet"


@pytest.mark.parametrize("context", [PHONE, NARROW], indirect=True, ids=["phone", "zoomed"])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_no_page_is_wider_than_the_screen(server: str, page: Page, path: str) -> None:
    page.goto(server + path)
    wide, width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= width


@pytest.mark.parametrize("context", [{}, DARK], indirect=True, ids=["light", "dark"])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_all_words_stand_out_from_their_ground(server: str, page: Page, path: str) -> None:
    page.goto(server + path)
    assert page.evaluate(CONTRAST, "body")
    for selector, name in PAIRS:
        ratios = page.evaluate(CONTRAST, selector)
        assert min(ratios, default=21) >= 4.5, name


def test_light_and_dark_differ(server: str, browser: Browser) -> None:
    grounds = set()
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(server)
        grounds.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        context.close()
    assert len(grounds) == 2


def test_the_keyboard_reaches_the_content_and_sees_where_it_is(server: str, page: Page) -> None:
    page.goto(server + "/request/101")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_one_walks_from_the_home_page_to_the_sentence_and_its_source(server: str, page: Page) -> None:
    page.goto(server)
    page.get_by_role("link", name="FOIA s.40").first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("FOIA s.40")
    reply = page.locator(".quotes li", has_text="Ashwick Borough Council")
    reply.get_by_role("link", name="Read it in the letter").click()
    mark = page.locator("mark:target")
    assert mark.inner_text() == "exempt under section 40(2)"
    box: Any = mark.bounding_box()
    assert 0 <= box["y"] <= 720
    source = page.locator("article:has(mark:target) >> role=link[name=source]").first
    assert str(source.get_attribute("href")).startswith("https://source.invalid/")


def test_a_folded_page_opens_when_a_link_leads_into_it(server: str, page: Page) -> None:
    page.goto(f"{server}/citation/attachment-1/citation/2")
    assert page.locator("#citation-attachment-1-2").is_visible()


def test_search_answers_from_the_home_page(server: str, page: Page) -> None:
    page.goto(server)
    page.get_by_role("searchbox").fill("wardens")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=wardens")
    assert page.get_by_role("link", name="Parking fines on Mill Lane").is_visible()
    assert page.locator(".snippet mark").inner_text() == "wardens"


def test_printing_leaves_out_what_paper_cannot_use(server: str, page: Page) -> None:
    page.goto(server + "/request/101")
    page.emulate_media(media="print")
    assert not page.locator("nav[aria-label=Site]").is_visible()
    assert page.locator("article").first.is_visible()


def test_the_widest_answer_shows_the_link_to_its_source(server: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(server + KINDS["replies"])
    wide, width = page.evaluate("(box => [box.scrollWidth, box.clientWidth])(document.querySelector('.table-wrapper'))")
    assert wide <= width
