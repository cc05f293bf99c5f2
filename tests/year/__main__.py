"""``make year``: live through a whole year and print what each night came to."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from scraper.due.policy import LONGEST_DELAY, LONGEST_WHOLE
from tests.year.report import report, row
from tests.year.year import Span, Year


@click.command(context_settings={"show_default": True})
@click.option("--days", type=click.IntRange(2, 3000), default=Span.days)
@click.option("--every", type=click.IntRange(1, 30), default=1, help="Days from one run of the schedule to the next.")
@click.option("--requests", type=click.IntRange(20, 5000), default=Span.requests, help="At the beginning, nearly.")
@click.option("--recent", type=click.IntRange(0, 5000), default=Span.recent, help="Made in the course of the year.")
@click.option("--seed", default=Span.seed)
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Keep everything in here.")
def main(*, days: int, every: int, requests: int, recent: int, seed: int, folder: Path | None) -> None:
    """Run the schedule for each day of a year against a stand-in that changes, and compare at the end."""
    nights = tuple(range(0, days, every))
    span = replace(Span(), days=days, nights=nights, requests=requests, recent=recent, seed=seed)
    with tempfile.TemporaryDirectory() as kept:
        place = folder or Path(kept)
        place.mkdir(parents=True, exist_ok=True)
        year = Year(span, place)
        for night in year.live():
            click.echo(row(night))
        text, well = report(year, delay=LONGEST_DELAY, whole=LONGEST_WHOLE)
        click.echo(text)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
