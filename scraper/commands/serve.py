"""``wdtk serve``: Datasette on the public database."""

from pathlib import Path

import click

from scraper.commands.options import public_option, verbose_option


@click.command()
@public_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free port.")
@verbose_option
def command(*, public: Path, host: str, port: int) -> None:
    """Serve public.db with Datasette.

    Pages, searches and canned queries are those of data/site, which `datasette data/site` serves just the same for the
    database in it.

    Example: wdtk serve --port 8002
    """
    from scraper.publishing.serve import serve  # noqa: PLC0415 - keeps `wdtk --help` quick

    serve(public, host=host, port=port)
