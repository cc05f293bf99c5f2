"""``make bench``: measures what is asked for, shows each figure as it comes, and keeps them where it is told to.

Absolute times are the machine's; the ratio to the reference is ours. Ends with 1 where a limit is missed, which is
named at the end, and where a part failed.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from scraper.errors import WdtkError
from tests.bench import page
from tests.bench.archives import make, place_of
from tests.bench.figures import PARTS, SIZED, Figure, Part, Unmeasured
from tests.bench.machine import ROOT, commit, machine
from tests.bench.record import RECORD, Run, load, save
from tests.bench.words import bound, number, shown

FOLDER = ROOT / "data" / "bench"
NEED_PUBLIC = frozenset({"site", "search", "export", "memory"})
Job = tuple[Part, int | None]


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option("--part", "parts", multiple=True, type=click.Choice(PARTS), help="Only these; all of them otherwise.")
@click.option("--size", "sizes", multiple=True, type=click.IntRange(100), help="Requests in it. [default: 10000]")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=FOLDER, help="Where archives are.")
@click.option("--work", type=click.Path(file_okay=False, path_type=Path), help="For what is needed for a while.")
@click.option("--record", "kept", is_flag=True, help="Keep what is measured, and write it into data/BENCH.md.")
@click.option("--into", type=click.Path(dir_okay=False, path_type=Path), default=RECORD, help="The file to keep it in.")
def main(
    *, parts: tuple[Part, ...], sizes: tuple[int, ...], folder: Path, work: Path | None, kept: bool, into: Path
) -> None:
    """Measure, each figure beside a reference in the same run."""
    work = work or folder
    work.mkdir(parents=True, exist_ok=True)
    run = Run(date=datetime.now(UTC).date().isoformat(), commit=commit(), machine=machine(folder))
    click.echo(", ".join(f"{name} {value}" for name, value in run.machine.items()))
    told: list[Figure | Unmeasured] = []
    for part, size in _jobs(parts, sizes or (10_000,)):
        click.echo(f"\n{shown(part, size)}")
        begun = time.perf_counter()
        found: list[Figure | Unmeasured] = []
        try:
            for one in _measured(part, size, folder, work):
                click.echo(line(one))
                found.append(one)
        except KeyboardInterrupt:
            found.append(Unmeasured(part=part, size=size, why="it was stopped", failed=True))
            raise
        finally:
            if kept:
                _keep(part, size, run, found, into)
        click.echo(f"  {time.perf_counter() - begun:,.0f} s")
        told += found
    if kept and into == RECORD:
        page.renew()
    sys.exit(_judged(told))


def line(told: Figure | Unmeasured) -> str:
    """One line of what is printed."""
    if isinstance(told, Unmeasured):
        return f"  {told.what}{': ' if told.what else ''}{'FAILED' if told.failed else 'not measured'}: {told.why}"
    ratio = "" if told.ratio is None else f"{number(told.reference or 0):>9} {told.ratio:>8.2f}  {told.beside}"
    what = f"{told.what}{', ' if told.how else ''}{told.how}"
    judged = {True: "kept", False: "MISSED", None: ""}[told.kept]
    return f"  {what:58}{number(told.ours):>9} {told.unit:12}{ratio:48}{bound(told):>12} {judged}".rstrip()


def _keep(part: Part, size: int | None, run: Run, found: list[Figure | Unmeasured], into: Path) -> None:
    record = load(into)
    record.take(part, size, run, found)
    save(record, into)


def _jobs(parts: tuple[Part, ...], sizes: tuple[int, ...]) -> Iterator[Job]:
    wanted = [part for part in PARTS if part in (parts or PARTS)]
    if "site" in wanted and "search" in wanted:
        wanted.remove("search")  # the site measures it too
    yield from ((part, None) for part in wanted if part not in SIZED)
    yield from ((part, size) for size in sizes for part in wanted if part in SIZED)


def _measured(part: Part, size: int | None, folder: Path, work: Path) -> Iterator[Figure | Unmeasured]:
    """What a part gives; the last is a failure where it failed."""
    arguments: list[str] = []
    if size is not None:
        place = place_of(folder, size, work)
        try:
            make(place, public=part in NEED_PUBLIC, tell=lambda words: click.echo(f"  {words}"))
        except (WdtkError, AssertionError) as error:
            yield Unmeasured(part=part, size=size, why=str(error), failed=True)
            return
        arguments = [f"--size={size}", f"--place={place.folder}", f"--scratch={place.scratch}"]
    command = [sys.executable, "-m", "tests.bench.parts", part, *arguments]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=said, text=True) as process,
    ):
        assert process.stdout is not None
        try:
            for row in map(json.loads, process.stdout):
                yield Figure(**row["figure"]) if "figure" in row else Unmeasured(**row["unmeasured"])
            code = process.wait()
        finally:
            process.terminate()
        if code:
            said.seek(0)
            words = said.read().strip().splitlines()
            why = words[-1] if words else "it said nothing"
            click.echo("\n".join(words[-30:]), err=True)
            yield Unmeasured(part=part, size=size, why=f"it ended with {code}: {why}"[:400], failed=True)


def _judged(told: list[Figure | Unmeasured]) -> int:
    """Name what is missed and what failed; 1 where there is any."""
    missed = [one for one in told if isinstance(one, Figure) and one.kept is False]
    failed = [one for one in told if isinstance(one, Unmeasured) and one.failed]
    for figure in missed:
        click.echo(f"MISSED  {shown(figure.part, figure.size)}: {' '.join(line(figure).split())}", err=True)
    for one in failed:
        click.echo(f"FAILED  {shown(one.part, one.size)}: {one.why}", err=True)
    return 1 if missed or failed else 0


if __name__ == "__main__":
    main()
