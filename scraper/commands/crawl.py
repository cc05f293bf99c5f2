"""``wdtk crawl``: fetches what it names into the archive, with the manners that wdtk.toml and the site ask for."""

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from scraper.commands.options import Day, archive_option, verbose_option
from scraper.errors import WdtkError
from scraper.watch.logs import log_option

if TYPE_CHECKING:
    from scraper.spiders.running import Outcome

_DAY = Day()
_NOTHING = "Say what to fetch: --authority, --request, --since or --until, or --all."


@click.command()
@click.option("--site", metavar="URL", help="The site, in place of the one in wdtk.toml.")
@click.option("--authority", "authorities", multiple=True, metavar="SLUG", help="All requests to an authority.")
@click.option("--request", "requests", multiple=True, metavar="SLUG|URL", help="One request, also by its number.")
@click.option("--since", type=_DAY, metavar="DAY", help="Requests with an event on or after a day, as 2026-01-31.")
@click.option("--until", type=_DAY, metavar="DAY", help="Requests with an event on or before a day.")
@click.option("--all", "everything", is_flag=True, help="Every authority and every request that the site lists.")
@click.option("--lists-only", is_flag=True, help="Go through the lists, and fetch none of their requests.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Stop after N requests.")
@click.option(
    "--delay",
    type=click.FloatRange(0),
    metavar="S",
    help="Seconds between requests: 5 or more unless the site is on this machine.",
)
@archive_option
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="In place of wdtk.toml in this folder.")
@log_option
@verbose_option
def command(  # noqa: PLR0913 - one for each option
    *,
    site: str | None,
    authorities: tuple[str, ...],
    requests: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    everything: bool,
    lists_only: bool,
    limit: int | None,
    delay: float | None,
    archive: Path,
    config: Path | None,
) -> None:
    """Fetch authorities, requests and their attachments into the archive.

    What was fetched before is asked for again only if it has changed, and a crawl that was stopped goes on
    where it stopped. With --all, or --authority without days or limit, what the archive holds and no list shows
    any more is asked for too, so that removals are followed. With --lists-only the archive learns which requests
    there are, for its table of coverage, and fetches none. A site that is not on this machine needs the access
    record that `wdtk init` writes.

    Example: wdtk crawl --authority cabinet_office --since 2026-01-01
    """
    if not (authorities or requests or since or until or everything):
        raise click.UsageError(f"Nothing is named. {_NOTHING}")
    arguments = {
        "authority": ",".join(authorities),
        "request": ",".join(requests),
        "since": _day(since),
        "until": _day(until),
        "all": "yes" if everything else "no",
        "limit": str(limit or ""),
        "lists": "only" if lists_only else "",
    }
    settings = _settings(site=site, delay=delay, archive=archive, config=config)
    _refuse_other_sites(requests, str(settings["WDTK_SITE"]))
    aside = frozenset[str]() if everything else frozenset({"authorities"})
    with _alone(archive):
        outcomes = _crawl(arguments, settings, archive)
        try:
            _erase(archive)
        finally:
            _report(outcomes, archive, aside=aside)


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def _settings(*, site: str | None, delay: float | None, archive: Path, config: Path | None) -> dict[str, object]:
    """Settings of the run; refuses here, in a sentence, what the spiders would refuse with a traceback."""
    from scraper.access import allowed_delay, check_access, site_base  # noqa: PLC0415 - keeps `wdtk --help` quick
    from scraper.config import load_config  # noqa: PLC0415

    loaded = load_config(config)
    base = site_base(site or loaded.site)
    check_access(loaded, base)
    return {
        "WDTK_SITE": base,
        "WDTK_ARCHIVE": str(archive),
        "WDTK_CONFIG": str(config) if config else None,
        "WDTK_PROGRESS": True,
        "DOWNLOAD_DELAY": allowed_delay(loaded, base, delay),
    }


def _refuse_other_sites(requests: tuple[str, ...], site: str) -> None:
    """An address of another site is a mistake; on this machine, where copies of sites are served, it is not."""
    from scraper.access import is_loopback  # noqa: PLC0415

    for request in requests:
        host = urlsplit(request).hostname if "://" in request else None
        if host and not is_loopback(site) and host.removeprefix("www.") != _host(site):
            raise WdtkError(f"{request} is an address of {host}, and this crawl is of {site}.")


def _host(site: str) -> str:
    return (urlsplit(site).hostname or "").removeprefix("www.")


def _alone(archive: Path) -> AbstractContextManager[None]:
    from scraper.archive.database import only_one  # noqa: PLC0415 - as below

    return only_one(archive, "wdtk crawl", create=True)


def _crawl(arguments: dict[str, str], settings: dict[str, object], archive: Path) -> "list[Outcome]":
    from scraper.access import check_archive  # noqa: PLC0415 - as below
    from scraper.archive.database import open_archive  # noqa: PLC0415 - Scrapy is slow to import
    from scraper.spiders.authorities import AuthoritiesSpider  # noqa: PLC0415
    from scraper.spiders.requests import RequestsSpider  # noqa: PLC0415
    from scraper.spiders.running import Crawl, run  # noqa: PLC0415
    from scraper.spiders.targets import read_targets  # noqa: PLC0415

    targets = read_targets(dict(arguments))
    with open_archive(archive, create=True) as opened:
        check_archive(opened, str(settings["WDTK_SITE"]))
        known = opened.connection.execute("SELECT 1 FROM authorities LIMIT 1").fetchone() is not None
    first = [Crawl(spider=AuthoritiesSpider, arguments={})] if targets.everything or not known else []
    return run([*first, Crawl(spider=RequestsSpider, arguments=arguments)], settings)


def _erase(archive: Path) -> None:
    """Erase what the site has removed, now that no spider has the archive open."""
    from scraper.archive.database import open_archive  # noqa: PLC0415 - as above
    from scraper.removals.erase import erase_confirmed  # noqa: PLC0415
    from scraper.removals.told import erased_words  # noqa: PLC0415

    with open_archive(archive) as opened:
        for line in erased_words(erase_confirmed(opened)):
            click.echo(line)


def _report(outcomes: "list[Outcome]", archive: Path, *, aside: frozenset[str]) -> None:
    """Print the counts; fail where the run did not do its job. Spiders ``aside`` were not what was asked for."""
    from scraper.spiders.report import notes, problems, summary  # noqa: PLC0415

    for line in summary(outcomes):
        click.echo(line)
    click.echo(f"Archive: {archive}")
    for note in notes(outcomes, aside):
        click.echo(f"Note: {note}", err=True)
    wrong = list(problems(outcomes, aside))
    if wrong:
        raise WdtkError("\n".join(wrong))
