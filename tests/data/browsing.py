"""A browser, the pages that are looked at in it, and what is asked of each of them."""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, sync_playwright

from tests.patience import PATIENCE

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
KINDS = {
    "home": "/",
    "search": "/search",
    "found": "/search?q=section",
    "nothing found": "/search?q=unheardof",
    "authorities": "/authorities",
    "authority": "/authority/ashwick_borough_council",
    "no such authority": "/authority/nobody_at_all",
    "provisions": "/provisions",
    "provision": "/provision/FOIA/40(2)",
    "no such provision": "/provision/FOIA/9999",
    "request": "/request/101",
    "long request": "/request/120",
    "hostile request": "/request/110",
    "request taken down": "/request/666",
    "block": "/request/101/attachment-1/2",
    "families": "/families",
    "family": "/family/round-robin-102",
    "template": "/family/template-incoming-501-1",
    "cite": "/cite/request/110",
    "method": "/method",
    "dictionary": "/dictionary",
    "runs": "/runs",
    "database": "/public",
    "table": "/public/citations",
    "table narrowed": "/public/citations?_facet=role&_facet=regime&regime=FOIA",
    "view": "/public/response_times",
    "row": "/public/citations/attachment-1~2Fcitation~2F1",
    "query": "/public/most-relied-on",
    "query with words": "/public/relying-on?provision=FOIA+40",
    "sql": "/public?sql=select+id,+title+from+requests+where+id+=+:id&id=101",
    "sql that fails": "/public?sql=selec",
    "copy": "/public/requests.copyable",
    "no such page": "/nothing/here",
    "fault": "/public/requests?_sort=nothing",
}
"""Every kind of page of the sample."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""Rules whose answer may change with the colours of a page."""
LAYOUT = ["target-size", "scrollable-region-focusable", "meta-viewport"]
"""Rules whose answer may change with its width; all others ask its elements alone."""
_AXE = """
([tags, rules, left_out]) => axe.run({exclude: left_out}, {
  resultTypes: ['violations'],
  runOnly: rules.length ? {type: 'rule', values: rules} : {type: 'tag', values: tags},
}).then(found => found.violations.map(
  one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200), one.nodes[0].failureSummary]
))
"""
_DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_STARTED = "typeof axe !== 'undefined'"
_ALIKE = [
    [f"{one}:nth-of-type(n+{most})"] for one, most in (("section.holder", 4), ("tbody tr", 8), ("ol.thread > li", 6))
]
"""What a page has dozens of that differ in their words alone: the first few are asked."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of its own, on whose pages no other host can be asked for anything."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed, so that no page can be looked at")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=ARGUMENTS, timeout=1_000 * PATIENCE)
        yield opened
        opened.close()


def patient(context: BrowserContext) -> BrowserContext:
    """The same, in which a busy machine has its time."""
    context.set_default_timeout(1_000 * PATIENCE)
    return context


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, rules: Sequence[str] = ()) -> list[Any]:
    """What axe finds wrong with a page as it now stands, by all rules of WCAG 2.2 AA and good practice or by some."""
    if not page.evaluate(_STARTED):
        page.evaluate(_axe())
    found: list[Any] = page.evaluate(_AXE, [RULES, list(rules), _ALIKE])
    return found


def follow(link: Locator) -> None:
    """Press a link or a button and wait for the whole page that it leads to, as a click by itself waits for none."""
    with link.page.expect_navigation():
        link.click()


def resize(page: Page, size: ViewportSize) -> None:
    """Give the window a size, and wait until the page has it."""
    page.set_viewport_size(size)
    shown(page, f"innerWidth === {size['width']} && innerHeight === {size['height']}")


def drawn(page: Page) -> None:
    """Wait until the page was drawn anew: a place in it is gone to, and the focus put there, when it is."""
    page.evaluate(_DRAWN)


def shown(page: Page, so: str) -> None:
    """Wait until an expression of JavaScript is so in a page; waiting in the page itself its policy forbids."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(so):
        assert time.monotonic() < deadline, so
        page.wait_for_timeout(20)
