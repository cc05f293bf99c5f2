"""``wdtk export``: the public tables for other tools, or the archive's raw records."""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from scraper.commands.options import archive_option, public_option, verbose_option
from scraper.counts import count_of
from scraper.errors import WdtkError
from scraper.watch.logs import log_option

if TYPE_CHECKING:
    from scraper.exporting.export import Made

FORMATS = ("parquet", "csv", "warc")


@click.command()
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="parquet", show_default=True, help="What to write."
)
@public_option
@click.option(
    "--with-text",
    is_flag=True,
    help="Tables: also the words of letters, quotations and names of files. Mind copyright and personal data.",
)
@click.option("--gzip", "packed", is_flag=True, help="CSV: pack each file.")
@archive_option
@click.option(
    "--replace", "--force", "replace", is_flag=True, help="Replace the export, or the WARC file, that is there."
)
@log_option
@verbose_option
@click.argument("place", type=click.Path(path_type=Path))
def command(
    *,
    form: Literal["parquet", "csv", "warc"],
    public: Path,
    with_text: bool,
    packed: bool,
    archive: Path,
    replace: bool,
    place: Path,
) -> None:
    """Write the public tables into the folder PLACE, or the archive's raw records into the file PLACE.

    With --format parquet (which needs `pip install -e '.[export]'`) or csv it is a folder of the tables of public.db,
    with a description of every column, checksums, a citation and a README. It holds no words of letters unless told
    --with-text. It is written whole or not at all, and the same database gives the same bytes. It is a copy that
    removals do not reach: renew it from time to time with --replace.

    With --format warc it is a gzip WARC/1.1 file of the pages, documents and files as the site sent them: the newest
    answer of each address, without those that were withdrawn or forgotten. It holds names and everything else that
    the private archive holds, so it is no more to be published than the archive is. `wdtk import` reads it back.

    Example: wdtk export --format csv tables
    """
    if (with_text and form == "warc") or (packed and form != "csv"):
        option, forms = ("--with-text", "parquet and csv") if with_text and form == "warc" else ("--gzip", "csv")
        raise click.UsageError(f"{option} goes with --format {forms}, not with {form}.")
    if form == "warc":
        _raw_records(archive, place, replace=replace)
    else:
        from scraper.exporting.export import Wanted, export  # noqa: PLC0415 - keeps `wdtk --help` quick
        from scraper.reading.progress import Progress  # noqa: PLC0415

        wanted, progress = Wanted(form=form, with_text=with_text, packed=packed), Progress()
        made = export(public, place, wanted, replace=replace, progress=progress, tell=progress.tell)
        for line in summary(made, place):
            click.echo(line)


def summary(made: "Made", place: Path) -> list[str]:
    """What was written, and what could not be."""
    size = sum(file.size for file in made.files)
    tables = count_of(made.tables, "table")
    told = [
        f"Exported {count_of(made.rows, 'row')} of {tables} in {count_of(len(made.files), 'file')}, {size:,} bytes."
    ]
    told += [
        f"{name}: {count_of(count, 'value')} left empty, being no day or moment."
        for name, count in sorted((+made.unreadable).items())
    ]
    return [*told, f"Folder: {place}"]


def _raw_records(archive: Path, file: Path, *, replace: bool) -> None:
    from scraper.archive.database import open_archive  # noqa: PLC0415 - keeps `wdtk --help` quick
    from scraper.archive.errors import storage_errors  # noqa: PLC0415
    from scraper.exchange.warc_out import DAMAGED, write_warc  # noqa: PLC0415

    if file.is_dir():
        raise WdtkError(f"{file} is a folder, and a WARC is one file. Name a file in it.")
    if file.exists() and not replace:
        raise WdtkError(f"{file} is there already. Name another file, or replace it with --replace.")
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
