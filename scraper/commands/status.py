"""``wdtk status``: how the archive stands, and what needs a person."""

import json
from pathlib import Path

import click

from scraper.commands.options import archive_option, verbose_option


@click.command()
@click.option("--json", "as_object", is_flag=True, help="One JSON object, for programs.")
@archive_option
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="In place of wdtk.toml in this folder.")
@verbose_option
@click.pass_context
def command(context: click.Context, *, as_object: bool, archive: Path, config: Path | None) -> None:
    """Say how the archive stands: what it holds, how fresh it is, what waits, and what needs a person.

    The exit code is 1 where something does, and each such thing is told with since when and what to do. Nothing is
    changed, and it may be asked while another job runs.

    Example: wdtk status --json
    """
    from scraper.config import load_config  # noqa: PLC0415 - keeps `wdtk --help` quick
    from scraper.watch.alarms import clock  # noqa: PLC0415
    from scraper.watch.state import state_of  # noqa: PLC0415
    from scraper.watch.told import as_json, as_text  # noqa: PLC0415

    state = state_of(archive, load_config(config), now=clock())
    if as_object:
        click.echo(json.dumps(as_json(state), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(as_text(state)))
    if state.alarms:
        context.exit(1)
