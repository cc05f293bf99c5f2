"""``wdtk forget``: erase a request, a message or a file by hand, and never store it again."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.commands.options import archive_option, public_option, verbose_option
from scraper.errors import WdtkError
from scraper.watch.logs import log_option

if TYPE_CHECKING:
    from scraper.archive.database import Archive


@click.command()
@click.argument("names", nargs=-1, metavar="URL|ID...")
@click.option("--missing", is_flag=True, help="Erase what pages of the site lack and nothing has settled.")
@click.option("--yes", is_flag=True, help="Erase without asking.")
@archive_option
@public_option
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="In place of wdtk.toml in this folder.")
@log_option
@verbose_option
def command(
    *, names: tuple[str, ...], missing: bool, yes: bool, archive: Path, public: Path, config: Path | None
) -> None:
    """Erase what was asked to be taken down, here and in public.db, for good.

    URL|ID is a request, a message or a file: by its address, by the number of the request, or as incoming-7,
    outgoing-12 or attachment-8. It is said first what goes. Of what is erased a number and a time stay, so that it is
    never stored again, whatever the site shows. public.db is built anew at once. To name something twice does no harm.

    Where the site shows no parts of some kind any more, such as annotations, `wdtk update` does not believe that and
    asks for a person. Once you have looked there, --missing erases here what its pages lack; should it be shown again,
    it is stored again.

    Example: wdtk forget attachment-8

    Example: wdtk forget --yes https://www.whatdotheyknow.com/request/potholes
    """
    from scraper.archive.database import only_one, open_archive  # noqa: PLC0415 - keeps `wdtk --help` quick
    from scraper.removals.erase import erase_confirmed  # noqa: PLC0415
    from scraper.removals.forget import forget, named  # noqa: PLC0415
    from scraper.removals.suspects import believe, waiting  # noqa: PLC0415
    from scraper.removals.told import erased_words, missing_words  # noqa: PLC0415

    if not names and not missing:
        raise click.UsageError("Say what is to be erased: URL|ID, or --missing.")
    with only_one(archive, "wdtk forget"), open_archive(archive) as opened:
        found = [named(opened, name) for name in names]
        for one in found:
            click.echo(f"{one.subject} is forgotten already." if one.forgotten else one.sentence)
        lacking = waiting(opened.connection) if missing else []
        if missing:
            click.echo(missing_words(lacking))
        new = any(not one.forgotten for one in found) or lacking
        if new and not yes and not click.confirm("Erase it?"):
            raise WdtkError("Nothing was erased.")
        for one in found:
            forget(opened, one)
        if lacking:
            believe(opened)
        for line in erased_words(erase_confirmed(opened), why="as you asked or the source no longer shows it"):
            click.echo(line)
        click.echo(_publish(opened, public, config))


def _publish(archive: "Archive", public: Path, config: Path | None) -> str:
    """Build public.db anew; where nothing is left to publish, it goes."""
    from scraper.config import load_config  # noqa: PLC0415
    from scraper.publishing.making.replaceable import check_replaceable  # noqa: PLC0415
    from scraper.publishing.policy import Policy  # noqa: PLC0415
    from scraper.publishing.publish import publish  # noqa: PLC0415

    if not public.exists():
        return f"There is no {public}: nothing is published that would have to be renewed."
    if archive.connection.execute("SELECT 1 FROM requests LIMIT 1").fetchone() is None:
        check_replaceable(public)
        public.unlink()
        return f"Removed {public}: the archive holds nothing more to publish."
    publish(archive, public, Policy.from_config(load_config(config).publication))
    return f"Built {public} anew, without it."
