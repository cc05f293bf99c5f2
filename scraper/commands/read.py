"""``wdtk read``: stored documents to text, and texts to readings."""

from collections.abc import Mapping
from pathlib import Path

import click

from scraper.choices import Choice
from scraper.commands.options import archive_option, ocr_option, verbose_option
from scraper.commands.readers import named, readers
from scraper.counts import count_of
from scraper.errors import WdtkError
from scraper.watch.logs import log_option


@click.command()
@click.option("--again", is_flag=True, help="Read everything, not only what is new or was read by an older version.")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="How many documents to read at a time. [default: the processors]"
)
@click.option("--cluster", metavar="ADDRESS", help="Read on the workers of the Dask scheduler at ADDRESS.")
@click.option("--files", metavar="URL", help="With --cluster: the archive's files/ as its workers reach it.")
@click.option(
    "--wait",
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="With --cluster: how long to do without any worker. [default: 60]",
)
@ocr_option
@archive_option
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="In place of wdtk.toml in this folder.")
@log_option
@verbose_option
def command(
    *,
    again: bool,
    workers: int | None,
    cluster: str | None,
    files: str | None,
    wait: float | None,
    ocr: Choice | None,
    archive: Path,
    config: Path | None,
) -> None:
    """Turn stored documents into text, and text into readings.

    Files are opened in processes of their own, with limits on memory and time and no network. One that cannot be
    read becomes a row that says why. Stop it at any moment; it goes on where it was.

    The words of scanned pages, of pages whose text layer makes no sense, and of pictures are recognised by tesseract
    where it is installed. What waited for that is taken up by the next run after it was installed.

    With --cluster the same processes run on the workers of a Dask cluster, and this one writes what they find
    (data/README.md says how to set that up). Without --files it sends them the documents.

    Example: wdtk read --workers 4
    """
    from scraper.archive.database import only_one, open_archive  # noqa: PLC0415 - keeps `wdtk --help` quick
    from scraper.archive.runs import run  # noqa: PLC0415
    from scraper.reading.engines import chosen_engine  # noqa: PLC0415
    from scraper.reading.progress import Progress  # noqa: PLC0415
    from scraper.reading.run import read_by  # noqa: PLC0415

    place = named(cluster, files, wait, workers)
    with only_one(archive, "wdtk read"), open_archive(archive) as opened:
        if not opened.connection.execute("SELECT 1 FROM messages LIMIT 1").fetchone():
            raise WdtkError(f"The archive in {archive} holds no messages to read. Run `wdtk crawl` first.")
        engine, unread = chosen_engine(ocr, config)
        told = {"again": again, "workers": workers, "ocr": ocr, **({"cluster": True} if place else {})}
        with (
            readers(place, opened, workers=workers, engine=engine, unread=unread) as crew,
            run(opened, "read", told) as running,
        ):
            read_by(crew, opened, again=again, progress=Progress(), counts=running.counts)
        _say(running.counts)


def _say(counts: Mapping[str, int]) -> None:
    for line in summary(counts):
        click.echo(line)
    if missing := counts["files missing"]:
        raise WdtkError(
            f"{count_of(missing, 'stored file is', 'stored files are')} missing or damaged; the lines above say which. "
            "Restore what is missing from a backup, or run `wdtk crawl` to fetch it again, then run `wdtk read`. "
            "Everything else was read."
        )


def summary(counts: Mapping[str, int]) -> list[str]:
    """A line each for documents, probes and letters: how many came to what, the most frequent first."""
    lines = []
    for what in ("documents", "probes", "letters"):
        found = {key.removeprefix(f"{what} "): n for key, n in counts.items() if key.startswith(f"{what} ")}
        told = ", ".join(f"{n:,} {name}" for name, n in sorted(found.items(), key=lambda one: (-one[1], one[0])))
        lines.append(f"{what.capitalize()}: {told or 'none new'}.")
    return lines
