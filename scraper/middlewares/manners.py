"""The add-on that turns wdtk.toml and the site's place into settings, and refuses what is less than courteous.

``wdtk crawl`` and ``scrapy crawl`` both pass through here, so that neither is a way round the access record.
"""

from pathlib import Path
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from scraper.access import allowed_delay, check_access, daily_budget, is_loopback, site_base, user_agent
from scraper.config import load_config
from scraper.errors import WdtkError
from scraper.settings import DOWNLOADER_MIDDLEWARES

_LOCAL = {
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "HTTPPROXY_ENABLED": False,
    "WDTK_BACKOFF": 0.05,
    "WDTK_TRIES": 9,
    "WDTK_LONGEST_WAIT": 60.0,
    "WDTK_FILE_WAIT": 0.05,
    "WDTK_FILE_TRIES": 6,
}
"""For a site on this machine: quick, because nobody else is waiting for it."""

_REMOTE = {
    "CONCURRENT_REQUESTS": 1,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "WDTK_BACKOFF": 5.0,
    "WDTK_TRIES": 6,
    "WDTK_LONGEST_WAIT": 900.0,
    "WDTK_FILE_WAIT": 30.0,
    "WDTK_FILE_TRIES": 6,
}
"""Everywhere else. WDTK_BACKOFF and WDTK_FILE_WAIT are seconds before the second try, doubled for each further
one; WDTK_TRIES counts tries of one page, WDTK_FILE_TRIES looks at one wait page; WDTK_LONGEST_WAIT is the most
seconds that a Retry-After makes this run wait."""


class Manners:
    """See the module."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def update_settings(self, settings: BaseSettings) -> None:
        """Fill in what depends on the site; WdtkError where the site or a setting is refused."""
        _refuse_gaps(settings)
        config = load_config(_path(settings["WDTK_CONFIG"]))
        site = site_base(settings["WDTK_SITE"] or config.site)
        check_access(config, site)
        here = is_loopback(site)
        if not here:
            _refuse_weaker(settings, site)
        for name, value in (_LOCAL if here else _REMOTE).items():
            _default(settings, name, value)
        _fix(settings, "WDTK_SITE", site)
        _fix(settings, "WDTK_BUDGET", daily_budget(config, site))
        _fix(settings, "WDTK_RUN_BUDGET", config.run_budget)
        _fix(settings, "WDTK_HOURS", config.hours)
        _fix(settings, "WDTK_KEEP_REQUESTER_NAMES", config.keep_requester_names)
        _fix(settings, "USER_AGENT", user_agent(config))
        _fix(settings, "DOWNLOAD_DELAY", allowed_delay(config, site, _asked_delay(settings)))
        arguments = getattr(self._crawler.spider, "arguments", {})
        _fix(settings, "WDTK_RUN_ARGUMENTS", {**arguments, "site": site})
        _default(settings, "DOWNLOAD_MAXSIZE", config.max_megabytes * 1024 * 1024)


def check_manners(settings: BaseSettings) -> None:
    """Refuse to crawl without the add-on, which ``-s ADDONS={}`` would leave out. Raises WdtkError."""
    if settings.getdict("ADDONS").get(f"{Manners.__module__}.{Manners.__name__}") is None:
        raise WdtkError(
            "The setting ADDONS has lost scraper.middlewares.manners.Manners, which reads wdtk.toml and keeps to what "
            "it and the site allow. Nothing is crawled without it: leave ADDONS as it is, or add to it."
        )


def _refuse_gaps(settings: BaseSettings) -> None:
    """Every middleware of ours stands where scraper/settings.py puts it."""
    given = settings.getdict("DOWNLOADER_MIDDLEWARES")
    wrong = [path for path, place in DOWNLOADER_MIDDLEWARES.items() if given.get(path, "missing") != place]
    if wrong or not settings.getbool("ROBOTSTXT_OBEY"):
        names = ", ".join(wrong) or "ROBOTSTXT_OBEY = True"
        raise WdtkError(
            f"The settings have lost or moved {names}, without which nothing is crawled: leave it as "
            "scraper/settings.py has it."
        )


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None


def _asked_delay(settings: BaseSettings) -> float | None:
    return settings.getfloat("DOWNLOAD_DELAY") if _is_set(settings, "DOWNLOAD_DELAY") else None


def _is_set(settings: BaseSettings, name: str) -> bool:
    return (settings.getpriority(name) or 0) > SETTINGS_PRIORITIES["addon"]


def _default(settings: BaseSettings, name: str, value: Any) -> None:
    settings.set(name, value, priority="addon")


def _fix(settings: BaseSettings, name: str, value: Any) -> None:
    settings.set(name, value, priority="cmdline")


def _refuse_weaker(settings: BaseSettings, site: str) -> None:
    """A site of others is asked one page at a time, inside its robots.txt, without tricks."""
    wanted = {
        "DOWNLOAD_DELAY_JITTER = 0": settings.getfloat("DOWNLOAD_DELAY_JITTER") == 0,
        "no RANDOMIZE_DOWNLOAD_DELAY": not _is_set(settings, "RANDOMIZE_DOWNLOAD_DELAY"),
        "COOKIES_ENABLED = False": not settings.getbool("COOKIES_ENABLED"),
        "CONCURRENT_REQUESTS = 1": _at_most_one(settings, "CONCURRENT_REQUESTS"),
        "CONCURRENT_REQUESTS_PER_DOMAIN = 1": _at_most_one(settings, "CONCURRENT_REQUESTS_PER_DOMAIN"),
        "WDTK_BACKOFF and WDTK_FILE_WAIT of 5 or more": _at_least(settings, 5, "WDTK_BACKOFF", "WDTK_FILE_WAIT"),
        "WDTK_TRIES and WDTK_FILE_TRIES of 6 or less": _at_least(settings, -6, "WDTK_TRIES", "WDTK_FILE_TRIES"),
        "WDTK_ROBOTS_AGE of a day or less": settings.getfloat("WDTK_ROBOTS_AGE") <= 86_400,
        "no DOWNLOAD_SLOTS": not settings.getdict("DOWNLOAD_SLOTS"),
    }
    broken = [name for name, holds in wanted.items() if not holds]
    if broken:
        raise WdtkError(f"{site} is crawled only with {', '.join(broken)}: leave these settings as they are.")


def _at_most_one(settings: BaseSettings, name: str) -> bool:
    return not _is_set(settings, name) or settings.getint(name) == 1


def _at_least(settings: BaseSettings, least: float, *names: str) -> bool:
    """Whether what is set is ``least`` or more; a negative one stands for a most."""
    given = [settings.getfloat(name) for name in names if _is_set(settings, name)]
    return all(value >= least if least > 0 else value <= -least for value in given)
