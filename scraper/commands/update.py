"""``wdtk update``: the scheduled job."""

from pathlib import Path

import click

from scraper.commands.options import archive_option, public_option, verbose_option
from scraper.watch.logs import log_option


@click.command()
@click.option("--site", metavar="URL", help="The site, in place of the one in wdtk.toml.")
@archive_option
@public_option
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="In place of wdtk.toml in this folder.")
@log_option
@verbose_option
@click.pass_context
def command(context: click.Context, *, site: str | None, archive: Path, public: Path, config: Path | None) -> None:
    """Bring the archive and public.db up to date: what a timer runs.

    It reads the lists of the newest days, fetches what they show that is not here, and looks again at what is due,
    within the budget of the day: at what is most likely stale first, and at everything within 90 days, with its page
    and files within 360. Then it erases what the site has removed, reads what is new, publishes, and checks.

    Of an archive made by `wdtk crawl --authority` the lists are those of its authorities; of one that holds nothing
    yet, those of the whole site. A stage that fails is told of, and the others still run. The exit code is 1 where
    something needs a person.

    Example: wdtk update
    """
    from scraper.updating.stages import Plan, update  # noqa: PLC0415 - keeps `wdtk --help` quick

    if not update(Plan(archive=archive, public=public, config=config, site=site)):
        context.exit(1)
