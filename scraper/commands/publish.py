"""``wdtk publish``: from the private archive to the database that may be shown."""

from collections import Counter
from pathlib import Path

import click

from scraper.commands.options import archive_option, public_option, verbose_option
from scraper.counts import count_of
from scraper.watch.logs import log_option

_REASONS = {
    "requests_with_a_damaged_file": ("request", "a stored file is missing or damaged. The lines above tell which"),
    "requests_with_a_name_left": ("request", "a name could not be masked. The lines above tell which"),
    "readings_out_of_date": ("reading", "the letter has changed since. Run `wdtk read`, then publish again"),
}


@click.command()
@archive_option
@public_option
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="In place of wdtk.toml in this folder.")
@click.option("--anew", is_flag=True, help="Build all of it, whatever has changed.")
@log_option
@verbose_option
def command(*, archive: Path, public: Path, config: Path | None, anew: bool) -> None:
    """Build public.db from the archive, checked before it replaces the last one.

    Only what the publication policy in wdtk.toml lets through is in it: names, e-mail addresses and telephone numbers
    are masked, and what was taken down is left out. Where a check fails, the last database stays as it was. A file
    that it did not make is never replaced.

    Where the last database was made of this archive, by this program and under this policy, a copy of it is renewed:
    only the requests that have changed are published anew. Once a week, and with --anew, all of it is built.

    Example: wdtk publish --public data/site/public.db
    """
    from scraper.archive.database import open_archive  # noqa: PLC0415 - keeps `wdtk --help` quick
    from scraper.archive.runs import run  # noqa: PLC0415
    from scraper.config import load_config  # noqa: PLC0415
    from scraper.publishing.policy import Policy  # noqa: PLC0415
    from scraper.publishing.publish import publish  # noqa: PLC0415
    from scraper.reading.progress import Progress  # noqa: PLC0415

    policy = Policy.from_config(load_config(config).publication)
    with open_archive(archive) as opened, run(opened, "publish", {"public": public}) as running:
        running.counts.update(publish(opened, public, policy, progress=Progress(), anew=anew))
    for line in summary(running.counts, public):
        click.echo(line)


def summary(counts: "Counter[str]", public: Path) -> list[str]:
    """What was published, and what was left out and why."""
    words = ("request", "message", "attachment", "page", "citation")
    published = ", ".join(count_of(counts[f"{word}s"], word) for word in words)
    left_out = [
        f"{count_of(counts[key], what)} left out: {reason}." for key, (what, reason) in _REASONS.items() if counts[key]
    ]
    if counts["files_held_back"]:
        left_out.append(
            f"{count_of(counts['files_held_back'], 'file')} held back by the policy: shown without text. "
            "`held_back` in the table attachments says of each why; data/README.md, People, says for how long."
        )
    if counts["messages"] and not counts["readings"] + counts["readings_out_of_date"]:
        left_out.append(
            "No letter in it has been read, so it counts no exemption. Run `wdtk read`, then publish again."
        )
    return [f"Published {published}.", *left_out, f"Database: {public}"]
