"""Damages every sample many thousand times, reads what comes of it, and prints what became of it as a table."""

import sys
import time
from collections import Counter
from pathlib import Path

import click

from tests.mutate.files import Mutated, wholes
from tests.mutate.run import Outcome, Report, memory, run

COLUMNS = ("read", "no_text", "encrypted", "damaged", "unsupported", "too_big", "bomb", "too_slow", "crashed")


@click.command()
@click.option("--files", default=20_000, show_default=True, help="How many files.")
@click.option("--seed", default=1, show_default=True, help="Another seed gives other files.")
@click.option("--workers", default=2, show_default=True, help="Children that read side by side.")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Write files that crash a reader there.")
def main(files: int, seed: int, workers: int, keep: Path | None) -> None:
    """Damage and read; ends with 1 where anything hung, leaked or was lost, or a reader raised an error."""
    among = wholes()
    began = time.monotonic()

    def step(file: Mutated, outcome: Outcome) -> None:
        if keep is not None and (outcome.detail or outcome.faults):
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{file.number}.{file.document_type}").write_bytes(file.data)
        if (file.number + 1) % 1_000 == 0:
            held = f"{memory() >> 20} MB"
            click.echo(f"{file.number + 1:,} files in {time.monotonic() - began:.0f} seconds, {held}", err=True)

    report = run(files, seed=seed, among=among, workers=workers, step=step)
    click.echo(f"{files:,} files of {len(among)} samples, seed {seed}, in {time.monotonic() - began:.0f} seconds\n")
    _table(report)
    for line in report.faults:
        click.echo(line)
    click.echo(f"\n{len(report.faults)} hung, leaked, lost or not foreseen.")
    sys.exit(1 if report.faults else 0)


def _table(report: Report) -> None:
    click.echo(f"| |{'|'.join(COLUMNS)}|files inside|slowest, s|\n|---|{'---|' * (len(COLUMNS) + 2)}")
    for family, counts in report.statuses().items():
        those = [one for one in report.outcomes if one.family == family]
        inside, slowest = sum(one.inside for one in those), max(one.seconds for one in those)
        click.echo(f"|{family}|{'|'.join(str(counts[name] or '') for name in COLUMNS)}|{inside}|{slowest:.1f}|")
    probes = Counter(one.probe for one in report.outcomes)
    click.echo(f"\nProbes: {', '.join(f'{name} {count:,}' for name, count in probes.most_common())}.")
    crashes = Counter(f"{one.sample}: {one.detail}" for one in report.outcomes if one.detail)
    for crash, count in crashes.most_common():
        click.echo(f"{count} times {crash}")


if __name__ == "__main__":
    main()
