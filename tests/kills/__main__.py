"""Kills crawl, read, publish and update at many moments, fills their disk up, and looks whether anything was lost."""

import sys
import tempfile
from pathlib import Path

import click

from scraper.standin import running
from tests.kills.disk import starved
from tests.kills.run import killed
from tests.kills.stages import Undisturbed


@click.command()
@click.option(
    "--moments",
    default=50,
    show_default=True,
    help="How many kills of crawl, read and publish; of update a third as many.",
)
@click.option("--requests", default=40, show_default=True, help="How many requests the site holds.")
@click.option("--seed", default=1, show_default=True, help="Another seed gives other moments.")
@click.option("--room", default=128, show_default=True, help="Kilobytes by which a full disk grows.")
def main(moments: int, requests: int, seed: int, room: int) -> None:
    """Ends with 1 where the end is not that of a run that nothing disturbed."""

    def step(line: str) -> None:
        click.echo(line, err=True)

    with tempfile.TemporaryDirectory() as name, running(requests=requests, latency=0.01) as base:
        folder = Path(name)
        whole = Undisturbed(base, folder / "whole")
        step("undisturbed: " + ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in whole.took.items()))
        report = killed(base, folder / "killed", whole, moments=moments, seed=seed, step=step)
        refusals, full = starved(base, folder / "disk", whole, by=room, step=step)
    faults = report.faults + full.faults
    for line in faults:
        click.echo(line)
    click.echo(f"{report.kills} kills, {refusals} times no room, {len(faults)} faults.")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
