"""What a run may be told, and what a site of others is protected from; without a network."""

import asyncio
import selectors
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from scraper.errors import WdtkError
from scraper.middlewares.manners import Manners
from scraper.middlewares.memory import Memory
from scraper.middlewares.origin import on_site, same_site
from scraper.middlewares.pace import NOT_BEFORE, PaceMiddleware
from scraper.middlewares.retry import retry_after
from scraper.settings import ADDONS
from scraper.spiders.authorities import AuthoritiesSpider

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
RECORD = """
site = "https://foi.example.org"
contact = "crawler@example.org"
[access]
purpose = "A study"
permission_from = "Jo Keeper"
granted_on = 2020-01-01
until = 2999-12-31
[crawl]
daily_budget = 77
"""


def settings_of(folder: Path, **given: object) -> Settings:
    config = folder / "wdtk.toml"
    config.write_text(RECORD, encoding="utf-8")
    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    settings.setdict({"WDTK_CONFIG": str(config), **given}, priority="cmdline")
    crawler = Crawler(AuthoritiesSpider, settings)
    Manners.from_crawler(crawler).update_settings(settings)
    return settings


def test_a_site_of_others_is_asked_one_page_at_a_time(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    assert settings["WDTK_SITE"] == "https://foi.example.org"
    assert settings.getint("CONCURRENT_REQUESTS") == settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert settings.getfloat("DOWNLOAD_DELAY") == 5
    assert settings.getint("WDTK_BUDGET") == 77
    assert settings["USER_AGENT"].endswith("(+crawler@example.org)")
    assert settings.getint("DOWNLOAD_MAXSIZE") == 100 * 1024 * 1024


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"DOWNLOAD_DELAY": 4}, "at least 5 s"),
        ({"ROBOTSTXT_OBEY": False}, "lost or moved ROBOTSTXT_OBEY"),
        ({"DOWNLOADER_MIDDLEWARES": {}}, "lost or moved .*RobotsMiddleware, .*BudgetMiddleware"),
        ({"WDTK_BACKOFF": 0.1}, "WDTK_BACKOFF and WDTK_FILE_WAIT of 5 or more"),
        ({"WDTK_TRIES": 100}, "WDTK_TRIES and WDTK_FILE_TRIES of 6 or less"),
        ({"WDTK_ROBOTS_AGE": 1e6}, "WDTK_ROBOTS_AGE of a day or less"),
        ({"COOKIES_ENABLED": True}, "COOKIES_ENABLED = False"),
        ({"CONCURRENT_REQUESTS": 16}, "CONCURRENT_REQUESTS = 1"),
        ({"CONCURRENT_REQUESTS_PER_DOMAIN": 2}, "CONCURRENT_REQUESTS_PER_DOMAIN = 1"),
        ({"DOWNLOAD_DELAY_JITTER": 0.5}, "DOWNLOAD_DELAY_JITTER = 0"),
        ({"RANDOMIZE_DOWNLOAD_DELAY": True}, "no RANDOMIZE_DOWNLOAD_DELAY"),
        ({"DOWNLOAD_SLOTS": {"foi.example.org": {"delay": 0}}}, "no DOWNLOAD_SLOTS"),
        ({"WDTK_SITE": "https://other.example.org"}, "not for https://other"),
    ],
)
def test_settings_that_are_less_than_courteous_are_refused(
    tmp_path: Path, given: dict[str, object], sentence: str
) -> None:
    with pytest.raises(WdtkError, match=sentence):
        settings_of(tmp_path, **given)


def test_a_slower_crawl_may_be_asked_for(tmp_path: Path) -> None:
    assert settings_of(tmp_path, DOWNLOAD_DELAY=30).getfloat("DOWNLOAD_DELAY") == 30


def test_a_site_on_this_machine_may_be_asked_quickly(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, WDTK_SITE="http://127.0.0.1:8099/")
    assert settings.getfloat("DOWNLOAD_DELAY") == 0
    assert settings.getint("CONCURRENT_REQUESTS") > 1
    assert not settings.getbool("HTTPPROXY_ENABLED")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("120", 120),
        (" 0 ", 0),
        ("-5", None),
        ("1e9", None),
        ("9" * 40, None),
        ("Mon, 15 Jun 2026 12:02:00 GMT", 120),
        ("Mon, 15 Jun 2026 11:00:00 GMT", 0),
        ("Mon, 15 Jun 2026 13:02:00 +0100", 120),
        ("Mon, 99 Jun 2026 12:02:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text(max_size=60))
def test_no_retry_after_is_negative_or_an_error(value: str) -> None:
    found = retry_after(value, NOW)
    assert found is None or found >= 0


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("http://127.0.0.1:8099/request/x?y=1", True),
        ("http://127.0.0.1:80990/", False),
        ("http://127.0.0.1:8098/", False),
        ("http://127.0.0.1/", False),
        ("https://127.0.0.1:8099/", False),
        ("http://127.0.0.1:8099@example.com/", False),
        ("http://user@127.0.0.1:8099/", False),
        ("http://127.0.0.1:8099.example.com/", False),
        ("ftp://127.0.0.1:8099/", False),
        ("file:///etc/passwd", False),
        ("http://[::1", False),
    ],
)
def test_only_the_same_scheme_host_and_port_are_the_site(url: str, same: bool) -> None:
    assert same_site(url, "http://127.0.0.1:8099") is same


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("http://[::1", None),
        ("//example.com/x", None),
        ("mailto:a@example.org", None),
        ("javascript:x", None),
        ("/list?page=2", "http://127.0.0.1:8099/list?page=2"),
        ("?page=2", "http://127.0.0.1:8099/request/x?page=2"),
        ("http://127.0.0.1:8099/y#z", "http://127.0.0.1:8099/y#z"),
    ],
)
def test_a_link_that_is_no_address_or_leads_away_leads_nowhere(link: str, target: str | None) -> None:
    assert on_site("http://127.0.0.1:8099/request/x", link, "http://127.0.0.1:8099") == target


class Leaping(selectors.DefaultSelector):
    """Waits for nothing: the clock of its loop leaps to when something is to be done."""

    now = 1_000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += max(timeout or 0.0, 0.0)
        return super().select(0)


@pytest.fixture
def leaping(monkeypatch: pytest.MonkeyPatch) -> Leaping:
    """The time of the pace and of the loop, which no other work on the machine makes longer."""
    made = Leaping()
    monkeypatch.setattr("scraper.middlewares.pace.time", SimpleNamespace(monotonic=lambda: made.now))
    return made


@pytest.fixture
def pace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PaceMiddleware]:
    settings = {"USER_AGENT": "wdtk-archive", "ADDONS": ADDONS, "WDTK_LONGEST_WAIT": 60}
    crawler = Crawler(AuthoritiesSpider, {**settings, "WDTK_ARCHIVE": str(tmp_path / "archive")})
    monkeypatch.setattr(Crawler, "engine", SimpleNamespace(_slot=None))  # one that has not begun to close
    memory = Memory.of(crawler)
    yield PaceMiddleware(crawler)
    memory.close()


def departures(middleware: PaceMiddleware, requests: list[Request], leaping: Leaping) -> list[float]:
    """After how many seconds each left, by a clock that leaps."""
    began = leaping.now

    async def leave(request: Request) -> float:
        await middleware.process_request(request)
        return leaping.now - began

    async def all_leave() -> list[float]:
        return sorted(await asyncio.gather(*(leave(request) for request in requests)))

    def loop() -> asyncio.AbstractEventLoop:
        made = asyncio.SelectorEventLoop(leaping)
        made.time = lambda: leaping.now  # type: ignore[method-assign] # what a loop asks for the time
        return made

    with asyncio.Runner(loop_factory=loop) as runner:
        return runner.run(all_leave())


def test_requests_that_come_together_leave_a_crawl_delay_apart(pace: PaceMiddleware, leaping: Leaping) -> None:
    pace.crawl_delay = 0.1
    left = departures(pace, [Request("http://127.0.0.1/") for _ in range(4)], leaping)
    assert left == pytest.approx([0, 0.1, 0.2, 0.3], abs=0.01)


def test_a_pause_holds_all_and_a_wait_holds_one(pace: PaceMiddleware, leaping: Leaping) -> None:
    pace.hold(0.2)
    waiting = Request("http://127.0.0.1/", meta={NOT_BEFORE: pace.moment(0.4)})
    left = departures(pace, [waiting, Request("http://127.0.0.1/")], leaping)
    assert left == pytest.approx([0.2, 0.4], abs=0.01)


def test_who_comes_first_leaves_first(pace: PaceMiddleware) -> None:
    pace.crawl_delay = 0.01
    left: list[int] = []

    async def leave(number: int) -> None:
        await pace.process_request(Request("http://127.0.0.1/"))
        left.append(number)

    async def all_leave() -> None:
        await asyncio.gather(*(leave(number) for number in range(20)))

    asyncio.run(all_leave())
    assert left == list(range(20))


def test_a_longer_pause_is_not_cut_short_by_a_shorter_one(pace: PaceMiddleware, leaping: Leaping) -> None:
    pace.hold(0.3)
    pace.hold(0.01)
    assert departures(pace, [Request("http://127.0.0.1/")], leaping) == pytest.approx([0.3], abs=0.01)


def test_days_are_counted_from_now() -> None:
    later = NOW + timedelta(days=1)
    assert retry_after(later.strftime("%a, %d %b %Y %H:%M:%S GMT"), NOW) == 86400
