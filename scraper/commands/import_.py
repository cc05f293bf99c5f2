"""``wdtk import``: pages, documents and WARC files that somebody saved, into the archive, without the network."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.commands.options import archive_option, verbose_option
from scraper.errors import WdtkError
from scraper.watch.logs import log_option

if TYPE_CHECKING:
    from scraper.exchange.captures import Tally

_MOST_FILES = 40
"""Files told one by one; of more than these only the sums are told."""


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option("--site", metavar="URL", help="The site that they are of, in place of the one in wdtk.toml.")
@archive_option
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="In place of wdtk.toml in this folder.")
@log_option
@verbose_option
def command(*, paths: tuple[Path, ...], site: str | None, archive: Path, config: Path | None) -> None:
    """Take saved pages, JSON, zips of requests and WARC files into the archive.

    A request is stored from its page and its JSON (the page's address with .json behind it), so save both. PATH may
    be a page saved from a browser, also as MHTML or as one file; the JSON of a request; the list of authorities;
    the zip that the site itself makes of a request, named SLUG.zip; a WARC file; or a folder of any of these.
    Nothing is fetched. What is newer here is not replaced, what was forgotten or removed does not come back, and
    the same file may be given again.

    Example: wdtk import saved-pages/ crawl.warc.gz
    """
    from scraper.access import check_archive, site_base  # noqa: PLC0415 - keeps `wdtk --help` quick
    from scraper.archive.database import only_one, open_archive  # noqa: PLC0415
    from scraper.archive.runs import run  # noqa: PLC0415
    from scraper.config import load_config  # noqa: PLC0415
    from scraper.exchange.bring_in import bring_in  # noqa: PLC0415
    from scraper.exchange.captures import MEGABYTE  # noqa: PLC0415
    from scraper.removals.erase import erase_confirmed  # noqa: PLC0415
    from scraper.removals.told import erased_words  # noqa: PLC0415

    loaded = load_config(config)
    base = site_base(site or loaded.site)
    with only_one(archive, "wdtk import", create=True), open_archive(archive, create=True) as opened:
        check_archive(opened, base)
        with run(opened, "import", {"site": base, "paths": len(paths)}) as running:
            tallies = bring_in(
                opened, running, paths, site=base, limit=loaded.max_megabytes * MEGABYTE,
                keep_requester_names=loaded.keep_requester_names,
            )  # fmt: skip
        for line in (*told(tallies), f"Requests: {running.counts['requests_stored']:,} new or changed."):
            click.echo(line)
        for line in erased_words(erase_confirmed(opened)):
            click.echo(line)
    click.echo(f"Archive: {archive}")
    _fail_where_nothing_came(tallies)


def told(tallies: "Sequence[Tally]") -> Iterator[str]:
    """A line for each file, or for all where there are many; then what is missing for what was taken."""
    if len(tallies) <= _MOST_FILES:
        for tally in tallies:
            yield f"{tally.name} ({tally.kind}): {_counts(tally.taken, tally.left)}"
    else:
        taken = sum((tally.taken for tally in tallies), Counter[str]())
        left = sum((tally.left for tally in tallies), Counter[str]())
        yield f"{len(tallies):,} files: {_counts(taken, left)}"
    for sentence in dict.fromkeys(sentence for tally in tallies for sentence in tally.missing):
        yield f"Note: {sentence}"


def _counts(taken: Counter[str], left: Counter[str]) -> str:
    parts = [f"taken: {_listed(taken)}." if taken else "nothing taken."]
    if left:
        parts.append(f"Left: {_listed(left)}.")
    return " ".join(parts)


def _listed(counts: Counter[str]) -> str:
    """The most frequent first, each with its number behind it: reasons are phrases of their own."""
    return "; ".join(f"{name} ({count:,})" for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _fail_where_nothing_came(tallies: "Sequence[Tally]") -> None:
    from scraper.exchange.held import HERE, NEWER_HERE, UNDATED  # noqa: PLC0415

    useful = any(tally.taken or tally.left[HERE] or tally.left[NEWER_HERE] or tally.left[UNDATED] for tally in tallies)
    if not useful:
        raise WdtkError(
            "Nothing was taken: the lines above say why. Save the page of a request and its JSON (the same address "
            "with .json behind it), or give a WARC of the site; `wdtk import --help` lists what can be given."
        )
