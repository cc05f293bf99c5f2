"""Who may be crawled, by whom, and how fast.

A site on this machine (loopback) is ours to test with. Any other needs an access record: the real site's
house rules ask that automation be approved first. Nothing here asks the network; a name other than
``localhost`` is never loopback, whatever it resolves to.
"""

import ipaddress
from datetime import UTC, date, datetime
from importlib.metadata import version
from urllib.parse import urlsplit

from parsers.errors import ParseError
from parsers.wdtk.urls import SiteUrls
from scraper.archive.database import Archive
from scraper.config import DEFAULT_BUDGET, DEFAULT_DELAY, Config
from scraper.errors import WdtkError

LEAST_DELAY = 5.0
"""Seconds; the least that a host other than this machine is given between two requests."""

_DAY = 86_400
_LOOPBACK_4 = ipaddress.ip_network("127.0.0.0/8")
_LOOPBACK_6 = ipaddress.ip_address("::1")


def site_base(site: str) -> str:
    """``site`` as scheme, host and port without a final slash; WdtkError for anything that is more or less."""
    try:
        return SiteUrls(site).base
    except ParseError as error:
        raise WdtkError(
            f"{site!r} is not the address of a site: write scheme and host alone, like https://www.whatdotheyknow.com."
        ) from error


def is_loopback(site: str) -> bool:
    """Whether ``site`` can only be this machine: an address in 127.0.0.0/8, ``::1``, or ``localhost``."""
    host = urlsplit(site).hostname or ""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address in _LOOPBACK_4 if isinstance(address, ipaddress.IPv4Address) else address == _LOOPBACK_6


def check_access(config: Config, site_url: str, *, today: date | None = None) -> None:
    """Refuse a site that is not on this machine unless the access record covers it today.

    Raises WdtkError with a sentence that names every part that is missing.
    """
    site = site_base(site_url)
    if is_loopback(site):
        return
    where = config.source or "wdtk.toml"
    if site != site_base(config.site):
        raise WdtkError(
            f"The access record in {where} is for {config.site}, not for {site}. "
            "Each site needs its own permission and its own file: `wdtk init --site`."
        )
    missing = _missing(config)
    if missing:
        raise WdtkError(
            f"{site} is not on this machine, so it is not crawled without an access record. "
            f"Missing in {where}: {', '.join(missing)}. "
            "Ask the people who run the site for their permission, then write down what they said with `wdtk init`."
        )
    _check_days(config, site, today or datetime.now(UTC).date())


def check_archive(archive: Archive, site: str) -> None:
    """Refuse to put a second site into an archive: both number their requests, and one would overwrite the other.

    Sites on this machine are copies of one another, whose ports change: they may follow each other, but never
    share an archive with a site elsewhere. Raises WdtkError.
    """
    if is_of(archive, site):
        return
    held = "://".join(urlsplit(_page_of(archive) or "")[:2])
    raise WdtkError(
        f"The archive in {archive.folder} holds pages of {held}, and {site} is another site, whose numbers would "
        "overwrite them. Name another folder with --archive."
    )


def is_of(archive: Archive, site: str) -> bool:
    """Whether what ``archive`` holds is of ``site``, or of another copy on this machine; an empty one is of any."""
    held = _page_of(archive)
    return held is None or urlsplit(held).netloc == urlsplit(site).netloc or (is_loopback(held) and is_loopback(site))


def _page_of(archive: Archive) -> str | None:
    row = archive.connection.execute("SELECT url FROM fetches WHERE sha256 IS NOT NULL LIMIT 1").fetchone()
    return None if row is None else str(row[0])


def _missing(config: Config) -> list[str]:
    access = config.access
    parts = {
        "contact": config.contact,
        "access.purpose": access.purpose,
        "access.permission_from": access.permission_from,
        "access.granted_on": access.granted_on,
        "access.until": access.until,
    }
    return [key for key, value in parts.items() if value is None]


def _check_days(config: Config, site: str, today: date) -> None:
    granted_on, until = config.access.granted_on, config.access.until
    if granted_on is None or until is None:
        raise LookupError("days are looked at only when they are there")
    giver = config.access.permission_from
    if today < granted_on:
        raise WdtkError(f"The permission that {giver} gave for {site} begins on {granted_on}; today is {today}.")
    if today > until:
        raise WdtkError(
            f"The permission that {giver} gave for {site} ended on {until}. "
            "Ask them again, then write the new days into wdtk.toml with `wdtk init --force`."
        )


def allowed_delay(config: Config, site: str, asked: float | None = None) -> float:
    """Seconds between two requests to ``site``: as asked, or as in the file, or as suits the place.

    Raises WdtkError where that is under five seconds and the site is not on this machine.
    """
    here = is_loopback(site)
    delay = next((value for value in (asked, config.delay) if value is not None), 0.0 if here else DEFAULT_DELAY)
    if delay < LEAST_DELAY and not here:
        raise WdtkError(
            f"A delay of {delay:g} s is taken for a site on this machine only. "
            f"{site} is given at least {LEAST_DELAY:g} s between two requests."
        )
    return delay


def daily_budget(config: Config, site: str) -> int | None:
    """Most requests to ``site`` in 24 hours; ``None`` for no limit, which only this machine has."""
    if config.daily_budget is not None:
        return config.daily_budget
    return None if is_loopback(site) else DEFAULT_BUDGET


def most_per_day(config: Config, site: str) -> int | None:
    """Most requests that a day has room for by budget, hours and delay; ``None`` where only this machine is asked."""
    room = [] if (budget := daily_budget(config, site)) is None else [budget]
    if delay := allowed_delay(config, site):
        seconds = config.hours.minutes * 60 if config.hours else _DAY
        room.append(int(seconds / delay))
    return min(room, default=None)


def user_agent(config: Config) -> str:
    """What the site reads about us: name, version, and where to reach a person."""
    return f"wdtk-archive/{version('wdtk-archive')} (+{config.contact or 'no contact given; this machine only'})"
