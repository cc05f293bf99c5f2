"""``wdtk.toml``: which site, who asks, with whose permission, how fast, and what may be shown.

Everything has a default, so that a site on this machine needs no file at all. A key that is not known
is an error: a misspelt limit must not go unnoticed.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from scraper.choices import CHOICES, Choice
from scraper.errors import WdtkError
from scraper.hours import Hours
from scraper.logs import LEVELS, LogSettings

C = TypeVar("C", bound=str)

DEFAULT_FILE = Path("wdtk.toml")
DEFAULT_SITE = "https://www.whatdotheyknow.com"
DEFAULT_DELAY = 5.0
DEFAULT_BUDGET = 10_000
DEFAULT_MEGABYTES = 100

_CONTACT = re.compile(r"[!#-'*-;=?-~]{1,100}@[!#-'*-;=?-~]{1,100}|https?://[!#-'*-;=?-~]{1,200}")
"""An e-mail address or a web address, in characters that a header may hold."""


@dataclass(frozen=True, kw_only=True)
class AccessRecord:
    """Who allowed this crawl, for what, and for how long; ``None`` where the file does not say."""

    purpose: str | None = None
    permission_from: str | None = None
    granted_on: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class PublicationPolicy:
    """What may cross from archive.db to public.db."""

    requester_names: bool = False
    """Publish the names of the people who asked."""
    mask_contacts: bool = True
    """Mask officers' names, e-mail addresses and telephone numbers in published text."""
    backpage: bool = False
    """Publish requests that the site keeps out of its own lists."""
    spreadsheets_after_days: int = 90
    """Hold spreadsheets back this long after they were received."""


@dataclass(frozen=True, kw_only=True)
class ReadingSettings:
    """How documents are read."""

    ocr: Choice = "auto"
    """What recognises words in pictures: tesseract before the bundled engine, one of the two, or nothing."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """The whole of ``wdtk.toml``."""

    site: str = DEFAULT_SITE
    contact: str | None = None
    """An e-mail address or a page where the site's staff can reach a person; sent in the User-Agent."""
    access: AccessRecord = field(default_factory=AccessRecord)
    delay: float | None = None
    """Seconds between the starts of two requests; ``None`` leaves it to the site's place (access.py)."""
    daily_budget: int | None = None
    """Most answers to ask for in 24 hours; ``None`` leaves it to the site's place."""
    run_budget: int | None = None
    """Most answers to ask for in one run; ``None`` for as many as the day allows."""
    hours: Hours | None = None
    """Hours of the day in which anything is asked for; ``None`` for all."""
    max_megabytes: int = DEFAULT_MEGABYTES
    """Largest answer that is read to its end."""
    keep_requester_names: bool = False
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    publication: PublicationPolicy = field(default_factory=PublicationPolicy)
    log: LogSettings = field(default_factory=LogSettings)
    """Where long jobs write a log for programs."""
    source: Path | None = None
    """The file this came from; ``None`` where there is none and all is default."""


def load_config(path: Path | None) -> Config:
    """Read ``wdtk.toml``: the one named, or the one in this folder, or the defaults where that is missing.

    Raises WdtkError with the file, the key and what is wanted, for anything that cannot be used as it stands.
    """
    if path is None and not DEFAULT_FILE.exists():
        return Config()
    source = path or DEFAULT_FILE
    try:
        document = tomllib.loads(source.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise WdtkError(f"There is no {source}. `wdtk init` writes one.") from error
    except OSError as error:
        raise WdtkError(f"{source} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WdtkError(f"{source} is not TOML: {error}. Correct it, or write it anew with `wdtk init`.") from error
    return read_config(document, source=source)


def read_config(document: Mapping[str, Any], *, source: Path) -> Config:
    """Check a parsed file value by value; WdtkError names the first that is wrong, or every key not known."""
    top = _Table(document, source=source, name="")
    tables = [top.table(name) for name in ("access", "crawl", "archive", "reading", "publication", "log")]
    access, crawl, archive, reading, publication, log = tables
    policy = PublicationPolicy()
    config = Config(
        site=top.text("site") or DEFAULT_SITE,
        contact=top.contact("contact"),
        access=AccessRecord(
            purpose=access.text("purpose"),
            permission_from=access.text("permission_from"),
            granted_on=access.day("granted_on"),
            until=access.day("until"),
        ),
        delay=crawl.number("delay"),
        daily_budget=crawl.count("daily_budget"),
        run_budget=crawl.count("run_budget"),
        hours=crawl.hours("hours"),
        max_megabytes=crawl.count("max_megabytes") or DEFAULT_MEGABYTES,
        keep_requester_names=archive.flag("keep_requester_names", default=False),
        reading=ReadingSettings(ocr=reading.choice("ocr", CHOICES, default=ReadingSettings.ocr)),
        publication=PublicationPolicy(
            requester_names=publication.flag("requester_names", default=policy.requester_names),
            mask_contacts=publication.flag("mask_contacts", default=policy.mask_contacts),
            backpage=publication.flag("backpage", default=policy.backpage),
            spreadsheets_after_days=publication.count(
                "spreadsheets_after_days", least=0, default=policy.spreadsheets_after_days
            ),
        ),
        log=LogSettings(
            file=Path(name) if (name := log.text("file")) else None,
            level=log.choice("level", LEVELS, default=LogSettings.level),
            megabytes=log.count("megabytes", default=LogSettings.megabytes),
            keep=log.count("keep", default=LogSettings.keep),
        ),
        source=source,
    )
    unknown = [key for table in (top, *tables) for key in table.left_over()]
    if unknown:
        raise WdtkError(f"{source} has keys that mean nothing here: {', '.join(unknown)}. Correct or remove them.")
    return config


class _Table:
    """One table of the file, emptied key by key."""

    def __init__(self, values: Mapping[str, Any], *, source: Path, name: str) -> None:
        self._values, self._source, self._name = dict(values), source, name

    def _key(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def _fail(self, key: str, wanted: str) -> WdtkError:
        return WdtkError(f"{self._source}: {self._key(key)} must be {wanted}.")

    def table(self, key: str) -> "_Table":
        value = self._values.pop(key, {})
        if not isinstance(value, dict):
            raise self._fail(key, f"a table, written [{key}]")
        return _Table(value, source=self._source, name=key)

    def text(self, key: str) -> str | None:
        """One line of text; ``None`` where missing or empty, as in a file not yet filled in."""
        value = self._values.pop(key, "")
        if not isinstance(value, str) or not value.strip().isprintable():
            raise self._fail(key, 'one line of text in quotes, such as "…"')
        return value.strip() or None

    def contact(self, key: str) -> str | None:
        value = self.text(key)
        if value is not None and not _CONTACT.fullmatch(value):
            raise self._fail(key, "an e-mail address or the address of a page, so that the site can reach a person")
        return value

    def day(self, key: str) -> date | None:
        value = self._values.pop(key, None)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        raise self._fail(key, "a day without quotes or time, such as 2026-01-31")

    def number(self, key: str) -> float | None:
        value = self._values.pop(key, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 86_400:
            raise self._fail(key, "a number of seconds from 0 to 86400")
        return float(value)

    def hours(self, key: str) -> Hours | None:
        value = self.text(key)
        hours = Hours.read(value) if value else None
        if value and hours is None:
            raise self._fail(key, 'hours of the day in the United Kingdom, such as "22:00-06:00"')
        return hours

    def count(self, key: str, *, least: int = 1, default: int | None = None) -> Any:
        value = self._values.pop(key, default)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self._fail(key, f"a whole number, {least} or more")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._values.pop(key, default)
        if not isinstance(value, bool):
            raise self._fail(key, "true or false, without quotes")
        return value

    def choice(self, key: str, choices: Sequence[C], *, default: C) -> C:
        value = self._values.pop(key, default)
        for one in choices:
            if value == one:
                return one
        raise self._fail(key, f"one of {', '.join(map(repr, choices))}")

    def left_over(self) -> list[str]:
        return [self._key(key) for key in self._values]
