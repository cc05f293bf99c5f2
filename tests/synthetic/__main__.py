"""``python -m tests.synthetic --requests N DIR``: makes ``DIR/archive``, says what it made and how its words spread."""

from pathlib import Path

import click

from tests.synthetic.make import KERNEL, Made, check_room, make


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option("--requests", type=click.IntRange(1), default=10_000, help="How many requests.")
@click.option("--seed", type=int, default=1, help="The same seed makes the same rows.")
@click.option("--kernel", type=click.IntRange(60, 5_000), default=KERNEL, help="How many threads are copied.")
@click.option("--few-files", is_flag=True, help="Write those files alone that publishing opens.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def main(*, requests: int, seed: int, kernel: int, few_files: bool, folder: Path) -> None:
    """Make a synthetic archive in FOLDER/archive; publish it with `wdtk publish --archive FOLDER/archive`."""
    archive = folder / "archive"
    needed = check_room(archive, requests, all_bytes=not few_files)
    click.echo(f"{requests:,} requests, about {needed / 1e9:.1f} GB in {archive}.")
    made = make(archive, requests, seed=seed, kernel=kernel, all_bytes=not few_files, tell=click.echo)
    click.echo(_told(made))


def _told(made: Made) -> str:
    rows = "\n".join(f"  {table:20}{number:>14,}{number / made.requests:10.2f}" for table, number in made.rows.items())
    rate = made.requests / made.processor
    return (
        f"Rows, and rows a request:\n{rows}\n"
        f"archive.db has {made.bytes / 1e9:.2f} GB, {made.bytes / made.requests / 1000:.1f} kB a request. "
        f"{rate:,.0f} requests a second of processor time, {made.seconds:,.0f} s by the clock."
    )


if __name__ == "__main__":
    main()
