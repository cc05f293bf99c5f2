"""``wdtk init``: writes wdtk.toml, asking on a terminal for what the options do not say."""

import json
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from scraper.access import LEAST_DELAY, allowed_delay, is_loopback, site_base
from scraper.commands.options import Day
from scraper.config import DEFAULT_BUDGET, DEFAULT_DELAY, DEFAULT_FILE, DEFAULT_SITE, read_config
from scraper.errors import WdtkError
from scraper.hours import Hours

_DAY = Day()
_ALL_DAY = "all"
_AS = "as 2026-01-31"
_LONGEST_DELAY = 86_400
N = TypeVar("N", int, float)
T = TypeVar("T")

_TEMPLATE = """\
# wdtk.toml: which site is crawled, by whom, with whose permission, how fast, and what is published.
site = {site}
# Where the people who run the site can reach you; sent with every request.
contact = {contact}

# A site that is not on this machine is crawled only while this record covers the day.
[access]
purpose = {purpose}
permission_from = {permission_from}
{granted_on}
{until}

[crawl]
# Seconds between two requests: 5 or more for any site but one on this machine.
delay = {delay}
# Most requests in 24 hours, and in one run of any command.
daily_budget = {budget}
{run_budget}
# Hours of the day in which anything is asked for, by the clock of the United Kingdom; all where it is left out.
{hours}
# Answers larger than this are not read to their end.
max_megabytes = 100

[archive]
# Whether archive.db, which is private, keeps the names of the people who asked.
keep_requester_names = false

[reading]
# What recognises the words of scanned pages: "auto" is tesseract where it is installed, else the engine of
# wdtk-archive[ocr-bundled]; or "tesseract", "bundled", "off".
ocr = "auto"

[publication]
# Whether public.db has the names of the people who asked; requests that the site keeps out of its lists;
# officers' names, addresses and numbers unmasked; and how many days after it was first seen a spreadsheet is shown.
# One with hidden sheets, rows, columns or the like is never shown, nor is any file that could not be probed for such.
requester_names = false
mask_contacts = true
backpage = false
spreadsheets_after_days = 90
"""


@dataclass(frozen=True, kw_only=True)
class _Answers:
    site: str
    contact: str | None
    purpose: str | None
    permission_from: str | None
    granted_on: date | None
    until: date | None
    delay: float | None
    budget: int | None
    run_budget: int | None
    hours: Hours | None


class _HoursType(click.ParamType[Hours]):
    name = "hours"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Hours:
        """Hours as in wdtk.toml."""
        hours = value if isinstance(value, Hours) else Hours.read(value)
        if hours is None:
            self.fail(f"{value!r} is not a part of the day such as 22:00-06:00.", param, ctx)
        return hours


@click.command()
@click.option("--site", metavar="URL", help=f"The site.  [default: {DEFAULT_SITE}]")
@click.option("--contact", metavar="TEXT", help="Your e-mail address, or a page about your crawl.")
@click.option("--purpose", metavar="TEXT", help="What the crawl is for.")
@click.option("--permission-from", metavar="TEXT", help="Who at the site gave permission.")
@click.option("--granted-on", type=_DAY, metavar="DAY", help="The day on which they gave it, as 2026-01-31.")
@click.option("--until", type=_DAY, metavar="DAY", help="The last day that it covers.")
@click.option("--delay", type=click.FloatRange(0, _LONGEST_DELAY), metavar="S", help="Seconds between two requests.")
@click.option("--budget", type=click.IntRange(1), metavar="N", help="Most requests in 24 hours.")
@click.option("--run-budget", type=click.IntRange(1), metavar="N", help="Most requests in one run.")
@click.option(
    "--hours", type=_HoursType(), metavar="FROM-TO", help="Hours in which to crawl, by UK time, as 22:00-06:00."
)
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), default=DEFAULT_FILE, show_default=True)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def command(  # noqa: PLR0913 - one for each option
    *,
    site: str | None,
    contact: str | None,
    purpose: str | None,
    permission_from: str | None,
    granted_on: datetime | None,
    until: datetime | None,
    delay: float | None,
    budget: int | None,
    run_budget: int | None,
    hours: Hours | None,
    config: Path,
    force: bool,
) -> None:
    """Write wdtk.toml: the site, your contact, the access record, the budgets, the hours.

    On a terminal it asks for what the options leave out. The record says who allowed the crawl: ask the
    people who run the site before you fill it in.

    Example: wdtk init --site https://www.whatdotheyknow.com
    """
    if config.exists() and not force:
        raise WdtkError(f"{config} is there already and was left as it is. Add --force to replace it.")
    given = _Answers(
        site=site_base(site) if site else _asked("Address of the site", site_base, DEFAULT_SITE),
        contact=contact,
        purpose=purpose,
        permission_from=permission_from,
        granted_on=granted_on.date() if granted_on else None,
        until=until.date() if until else None,
        delay=delay,
        budget=budget,
        run_budget=run_budget,
        hours=hours,
    )
    text = _text(_completed(given))
    _check(text, config)
    try:
        config.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WdtkError(f"{config} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {config}. Next: wdtk crawl --authority NAME --limit 10")


def _completed(given: _Answers) -> _Answers:
    """With answers for what is missing; a site on this machine needs none of them."""
    if is_loopback(given.site):
        return given
    if not sys.stdin.isatty():
        _refuse_gaps(given)
        return given
    today = datetime.now(UTC).date()
    click.echo(f"{given.site} is not on this machine: write down who allows you to crawl it.")
    return _Answers(
        site=given.site,
        contact=given.contact or _asked("Your e-mail address, or a page about your crawl", _line("contact")),
        purpose=given.purpose or _asked("What the crawl is for", _line("purpose")),
        permission_from=given.permission_from or _asked("Who at the site gave permission", _line("permission_from")),
        granted_on=(day := given.granted_on or _asked(f"The day on which they gave it, {_AS}", _day, f"{today}")),
        until=given.until or _asked(f"The last day that it covers, {_AS}", _last_day(day)),
        delay=_asked("Seconds between requests", _delay, f"{DEFAULT_DELAY:g}") if given.delay is None else given.delay,
        budget=given.budget or _asked("Most requests in 24 hours", _count(1), str(DEFAULT_BUDGET)),
        run_budget=given.run_budget or _asked("Most requests in one run, 0 for as many as the day has", _count(0), "0"),
        hours=given.hours or _asked("Hours in which to crawl by UK time, as 22:00-06:00, or all", _hours, _ALL_DAY),
    )


def _refuse_gaps(given: _Answers) -> None:
    wanted = {
        "--contact": given.contact,
        "--purpose": given.purpose,
        "--permission-from": given.permission_from,
        "--granted-on": given.granted_on,
        "--until": given.until,
    }
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        raise click.UsageError(f"{given.site} is not on this machine, so also say: {', '.join(missing)}.")


def _asked(question: str, convert: Callable[[str], T], default: str | None = None) -> T:
    """An answer from the terminal, asked for again until ``convert`` takes it; without a terminal the default."""
    while True:
        answer = str(click.prompt(question, default=default)).strip() if sys.stdin.isatty() else default or ""
        try:
            return convert(answer)
        except (ValueError, WdtkError) as error:
            if not sys.stdin.isatty():
                raise
            click.echo(error.message if isinstance(error, WdtkError) else str(error))


def _line(key: str) -> Callable[[str], str]:
    """One line of text that wdtk.toml takes for ``key``."""

    def convert(answer: str) -> str:
        if not answer:
            raise ValueError("Nothing was said.")
        read_config({key: answer} if key == "contact" else {"access": {key: answer}}, source=Path("This answer"))
        return answer

    return convert


def _day(answer: str) -> date:
    try:
        return date.fromisoformat(answer)
    except ValueError:
        raise ValueError(f"{answer!r} is not a day.") from None


def _last_day(granted_on: date) -> Callable[[str], date]:
    def convert(answer: str) -> date:
        day = _day(answer)
        if day < granted_on:
            raise ValueError(f"The permission would end before it begins, on {granted_on}.")
        return day

    return convert


def _delay(answer: str) -> float:
    delay = _number(answer, float)
    if not LEAST_DELAY <= delay <= _LONGEST_DELAY:
        raise ValueError(f"It must be {LEAST_DELAY:g} seconds or more, and {_LONGEST_DELAY} at most.")
    return delay


def _count(least: int) -> Callable[[str], int]:
    def convert(answer: str) -> int:
        count = _number(answer, int)
        if count < least:
            raise ValueError(f"It must be {least} or more.")
        return count

    return convert


def _number(answer: str, kind: Callable[[str], N]) -> N:
    try:
        return kind(answer)
    except ValueError:
        raise ValueError(f"{answer!r} is not a number.") from None


def _hours(answer: str) -> Hours | None:
    hours = None if answer == _ALL_DAY else Hours.read(answer)
    if hours is None and answer != _ALL_DAY:
        raise ValueError(f"{answer!r} is neither such a part of the day nor {_ALL_DAY}.")
    return hours


def _text(answers: _Answers) -> str:
    return _TEMPLATE.format(
        site=_quoted(answers.site),
        contact=_quoted(answers.contact),
        purpose=_quoted(answers.purpose),
        permission_from=_quoted(answers.permission_from),
        granted_on=_day_line("granted_on", answers.granted_on),
        until=_day_line("until", answers.until),
        delay=float(answers.delay if answers.delay is not None else 0 if is_loopback(answers.site) else DEFAULT_DELAY),
        budget=answers.budget or DEFAULT_BUDGET,
        run_budget=f"run_budget = {answers.run_budget}" if answers.run_budget else "# run_budget = 2000",
        hours=f'hours = "{answers.hours}"' if answers.hours else '# hours = "22:00-06:00"',
    )


def _quoted(value: str | None) -> str:
    """A string as TOML writes it; control characters, which JSON leaves in, are refused when it is read back."""
    return json.dumps(value or "", ensure_ascii=False)


def _day_line(key: str, day: date | None) -> str:
    return f"{key} = {day.isoformat()}" if day else f"# {key} = 2026-01-31"


def _check(text: str, path: Path) -> None:
    """Refuse what ``wdtk crawl`` would refuse when it reads the file."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WdtkError(f"An answer holds a character that wdtk.toml cannot: {error}.") from error
    config = read_config(document, source=path)
    allowed_delay(config, config.site)
    if config.access.granted_on and config.access.until and config.access.until < config.access.granted_on:
        raise WdtkError("The permission would end before it begins: look at the two days again.")
