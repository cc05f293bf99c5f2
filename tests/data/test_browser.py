"""The pages in a real browser: nothing is blocked, nothing leaves this machine, and eyes and fingers can use them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from datasette.database import QueryInterrupted
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.data.browsing import COLOURS, KINDS, LAYOUT, chromium, drawn, follow, patient, resize, shown, violations
from tests.data.conftest import SITE, Site
from tests.data.hostile import long_sample
from tests.data.plugin import module

pytestmark = [pytest.mark.browser, pytest.mark.long]

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 800}
ZOOMED: ViewportSize = {"width": 320, "height": 700}
"""A window of 1280 seen at four times its size."""
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
LARGE_TEXT = "document.documentElement.style.fontSize = '200%'"
SPACED = """
(sheet => {
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; '
    + 'word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
  document.adoptedStyleSheets = [sheet];
})(new CSSStyleSheet())
"""
CUT_OFF = """
() => [...document.querySelectorAll('main *')].filter(one => {
  const style = getComputedStyle(one);
  return style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1;
}).map(one => one.outerHTML.slice(0, 120))
"""
FOCUSED = """
() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const box = [...one.getClientRects()].find(line => line.width > 0) ?? one.getBoundingClientRect();
  const x = box.left + Math.min(box.width / 2, 20), y = box.top + Math.min(box.height / 2, 10);
  const above = document.elementFromPoint(x, y);
  return {
    name: one.outerHTML.slice(0, 100), body: one === document.body,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: above !== null && !one.contains(above) && !above.contains(one),
  };
}
"""
IN_SIGHT = """
(box => box.top >= 0 && box.top <= innerHeight)(document.querySelector(':target').getBoundingClientRect())
"""
PRESSED = """
[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility()).length
"""


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a long thread and a template."""
    return long_sample().write(tmp_path_factory.mktemp("long") / "public.db")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def only(browser: Browser) -> Iterator[Page]:
    """One page for all kinds."""
    context = patient(browser.new_context())
    yield context.new_page()
    context.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = patient(browser.new_context())
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def looked_at(page: Page, address: str) -> None:
    """Ask of a page what is asked of every page, from the widest and lightest to the narrowest and darkest."""
    page.emulate_media(color_scheme="light")
    resize(page, WIDE)
    page.goto(address, wait_until="load")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none", "no stylesheet"
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []
    resize(page, PHONE)
    assert violations(page, [*COLOURS, *LAYOUT]) == []
    page.evaluate(SPACED)
    assert page.evaluate(TOO_WIDE) <= 0, "with more space between letters and words"
    page.evaluate("document.adoptedStyleSheets = []")
    resize(page, ZOOMED)
    assert page.evaluate(TOO_WIDE) <= 0, "magnified four times"
    resize(page, WIDE)
    page.evaluate(LARGE_TEXT)
    assert page.evaluate(TOO_WIDE) <= 0, "with letters of twice the size"
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_every_kind_of_page_can_be_used_by_everyone(server: str, only: Page, path: str) -> None:
    said: list[str] = []
    asked: set[str] = set()
    heard = {
        "console": lambda message: said.append(message.text) if "status of 4" not in message.text else None,
        "pageerror": lambda error: said.append(str(error)),
        "dialog": lambda dialog: said.append(dialog.message),
        "request": lambda request: asked.add(urlsplit(request.url).netloc),
    }
    for event, told in heard.items():
        only.on(event, told)  # type: ignore[call-overload] # the events are named above
    try:
        looked_at(only, server + path)
    finally:
        for event, told in heard.items():
            only.remove_listener(event, told)
    assert said == []
    assert asked == {urlsplit(server).netloc}


@pytest.mark.parametrize(
    ("error", "said"),
    [(QueryInterrupted("interrupted", "search", {}), "took too long"), (LookupError(), "Something went wrong")],
    ids=["too slow", "broken"],
)
def test_a_search_that_fails_says_so_to_everyone(
    server: str, only: Page, site: Site, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    async def answered(*_given: Any, **_more: Any) -> None:
        raise error

    monkeypatch.setattr(module("search.search_page"), "answered", answered)
    text = site.get("/search?q=section").text
    assert said in text
    only.route("**/failing", lambda route: route.fulfill(body=text, content_type="text/html"))
    looked_at(only, f"{server}/failing")
    only.unroute("**/failing")


def test_nothing_on_a_page_moves() -> None:
    """So that there is nothing to stop for those whom movement harms."""
    styles = "".join(path.read_text(encoding="utf-8") for path in (SITE / "static").glob("*.css"))
    assert [word for word in ("animation", "transition", "scroll-behavior", "@keyframes") if word in styles] == []


@pytest.mark.parametrize("kind", ["home", "found", "authority", "provision", "request", "family", "table", "query"])
def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(server: str, page: Page, kind: str) -> None:
    resize(page, WIDE)
    page.goto(server + KINDS[kind])
    wanted = page.evaluate(PRESSED)
    reached = 0
    while reached <= min(wanted, 70):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["body"]:
            break
        reached += 1
        assert (at["ring"], at["seen"], at["covered"]) == (True, True, False), at["name"]
    assert reached >= min(wanted, 70)


def test_forced_colours_leave_every_sign_to_be_seen(server: str, page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(server + KINDS["request"])
    relied, mentioned = (page.locator(f"mark.{kind}").first for kind in ("relied", "mentioned"))
    styles = [one.evaluate("one => getComputedStyle(one).borderBottomStyle") for one in (relied, mentioned)]
    assert styles == ["solid", "dotted"]
    page.goto(server + KINDS["provision"])
    ground, bar = (page.locator(f"svg.bar rect{kind}").first for kind in (".ground", ":not(.ground)"))
    assert ground.evaluate("one => getComputedStyle(one).fill") != bar.evaluate("one => getComputedStyle(one).fill")
    assert violations(page, COLOURS) == []


def test_light_and_dark_differ(server: str, browser: Browser) -> None:
    grounds = set()
    for scheme in ("light", "dark"):
        context = patient(browser.new_context(color_scheme=scheme))
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
    shown(page, "location.hash === '#content'")
    drawn(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_one_walks_from_the_home_page_to_the_sentence_and_its_source(server: str, page: Page) -> None:
    page.goto(server)
    follow(page.get_by_role("link", name="FOIA s.40").first)
    assert page.get_by_role("heading", level=1).inner_text().startswith("FOIA s.40")
    reply = page.locator(".quotes li", has_text="Ashwick Borough Council")
    follow(reply.get_by_role("link", name="Read it in the letter"))
    mark = page.locator("mark:target")
    assert mark.inner_text() == "exempt under section 40(2)"
    shown(
        page,
        "(box => box.top >= 0 && box.top <= innerHeight)(document.querySelector(':target').getBoundingClientRect())",
    )
    source = page.locator("article:has(mark:target) >> role=link[name=source]").first
    assert str(source.get_attribute("href")).startswith("https://source.invalid/")


def test_a_folded_page_opens_when_a_link_leads_into_it(server: str, page: Page) -> None:
    page.goto(f"{server}/citation/attachment-1/citation/2")
    page.locator("#citation-attachment-1-2").wait_for(state="visible")


def test_search_answers_from_the_home_page(server: str, page: Page) -> None:
    page.goto(server)
    page.get_by_role("searchbox").fill("wardens")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=wardens")
    page.get_by_role("link", name="Parking fines on Mill Lane").wait_for(state="visible")
    assert page.locator(".snippet mark").inner_text() == "wardens"


def test_printing_leaves_out_what_paper_cannot_use(server: str, page: Page) -> None:
    page.goto(server + "/request/101")
    page.emulate_media(media="print")
    assert not page.locator("nav[aria-label=Site]").is_visible()
    assert page.locator("article").first.is_visible()


@pytest.mark.parametrize("kind", ["authority", "provision", "request", "family", "template", "method", "query"])
def test_nothing_is_cut_off_on_paper(server: str, only: Page, kind: str) -> None:
    only.emulate_media(media="print", color_scheme="light")
    resize(only, {"width": 690, "height": 980})
    only.goto(server + KINDS[kind])
    cut = only.evaluate("[...document.querySelectorAll('main *')].filter(one => one.scrollWidth > innerWidth).length")
    only.emulate_media(media="screen")
    assert cut == 0


def test_the_widest_answer_shows_the_link_to_its_source(server: str, page: Page) -> None:
    resize(page, WIDE)
    page.goto(server + "/public/relying-on")
    wide, width = page.evaluate("(box => [box.scrollWidth, box.clientWidth])(document.querySelector('.table-wrapper'))")
    assert wide <= width
