"""``wdtk export``: the archive's raw records for other tools."""

import os
import tempfile
from pathlib import Path

import click

from scraper.commands.options import archive_option, verbose_option
from scraper.errors import WdtkError
from scraper.watch.logs import log_option

FORMATS = ("warc",)


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="What to write.")
@archive_option
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@log_option
@verbose_option
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(*, form: str, archive: Path, force: bool, file: Path) -> None:  # noqa: ARG001 - one format so far
    """Write the archive's raw records to FILE.

    With --format warc it is a gzip WARC/1.1 file of the pages, documents and files as the site sent them: the newest
    answer of each address, without those that were withdrawn or forgotten. It holds names and everything else that
    the private archive holds, so it is no more to be published than the archive is. `wdtk import` reads it back.

    Example: wdtk export --format warc archive.warc.gz
    """
    from scraper.archive.database import open_archive  # noqa: PLC0415 - keeps `wdtk --help` quick
    from scraper.archive.errors import storage_errors  # noqa: PLC0415
    from scraper.exchange.warc_out import DAMAGED, write_warc  # noqa: PLC0415

    if file.exists() and not force:
        raise WdtkError(f"{file} is there already. Name another file, or replace it with --force.")
    with open_archive(archive) as opened, storage_errors(file.parent):
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".tmp")
        unfinished = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as out:
                counts = write_warc(opened, out)
                out.flush()
                os.fsync(out.fileno())
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
    click.echo(f"Records: {', '.join(f'{count:,} {name}' for name, count in sorted(counts.items())) or 'none'}.")
    click.echo(f"File: {file} ({file.stat().st_size:,} bytes, as private as the archive)")
    if counts[DAMAGED]:
        raise WdtkError("Bytes of some records are missing or damaged, so they are not in it: see `wdtk verify`.")
