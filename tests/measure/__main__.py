"""``python -m tests.measure``: what the letter reader gets right, and what a change of it changes."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

from tests.conftest import SHARED
from tests.measure import calibration
from tests.measure.comparison import COMPARED, SCORED, TITLES, compare, scores
from tests.measure.corpora import Corpus, given, labelled, own_cases, standin
from tests.measure.documents import DATA, README, calibration_lines, with_block, with_rows
from tests.measure.facts import Facts
from tests.measure.record import changes, render, strangers
from tests.measure.scores import read_all, score, table

FILES = click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
SHOWN = 200
"""Changes that are printed of one corpus."""


def corpora(files: tuple[Path, ...]) -> list[Corpus]:
    """All that there are: the labelled letters only where they lie beside the checkout."""
    every = (own_cases(), standin(), labelled(SHARED), given(files))
    return [corpus for corpus in every if corpus is not None]


@click.group()
def main() -> None:
    """Measure the letter reader."""


@main.command()
@FILES
@click.option("--record", is_flag=True, help="Keep this run, and its figures in the documents.")
def letters(files: tuple[Path, ...], *, record: bool) -> None:
    """Score the reader on every corpus and print what has changed since the recorded run.

    Ends with 1 where anything has, so that whoever changed a rule looks at it: what is worse, to mend it; the rest, to
    record it. Further FILES hold labelled letters as JSON Lines; they are scored and not recorded.
    """
    differing = []
    every = corpora(files)
    for corpus in every:
        readings = read_all(corpus.letters)
        click.echo("\n" + "\n".join(table(corpus, score(corpus.letters, readings))))
        if not _compared(corpus, readings, record=record):
            differing.append(corpus.name)
    if all(corpus.name != "labelled" for corpus in every):
        click.echo("\nlabelled: not beside this checkout, so not measured")
    click.echo("\n" + calibration.report(every))
    if record:
        _tables([corpus for corpus in every if corpus.kept != "not"])
    if differing:
        click.echo(f"\nNot as recorded: {', '.join(differing)}. Mend what is worse; then: make letters RECORD=1")
        sys.exit(1)


def _compared(corpus: Corpus, readings: list[Facts], *, record: bool) -> bool:
    """Print what has changed in a corpus; whether it is as recorded or need not be."""
    if corpus.kept == "not":
        return True
    path = corpus.record
    before = path.read_text(encoding="utf-8") if path is not None and path.exists() else ""
    if path is not None and not before and not record:
        click.echo("never recorded")
        return False
    found = changes(corpus, readings, before) if before or path is None else []
    for change in found[:SHOWN]:
        click.echo(str(change))
    if len(found) > SHOWN:
        click.echo(f"... and {len(found) - SHOWN} more")
    told = Counter(change.verdict for change in found)
    click.echo(", ".join(f"{told[name]} {name}" for name in ("worse", "better", "neither")) + " than recorded")
    if path is None:
        if found:
            click.echo("A case and its expected.json differ: pytest tests/parsers/letters --update-golden writes them.")
        return not found
    if before and (unknown := strangers(corpus, before)):
        click.echo(f"{unknown} letters are only here or only in the record")
    after = render(corpus, readings)
    if record:
        path.parent.mkdir(exist_ok=True)
        path.write_text(after, encoding="utf-8")
    return record or after == before


@main.command(name="compare")
def compare_command() -> None:
    """Print the reader beside two plainer methods, and write the table into the documents."""
    click.echo("\n".join(_tables(corpora(()))))


def _tables(every: list[Corpus]) -> list[str]:
    """Renew the tables in the documents; the comparison is returned."""
    rows = compare(every)
    _rewrite(README, lambda text: with_rows(text, "comparison", COMPARED, rows, TITLES))
    _rewrite(DATA, lambda text: with_rows(text, "scores", SCORED, scores(every), TITLES))
    return [*COMPARED, *(row for part in rows.values() for row in part)]


def _rewrite(path: Path, renewed: Callable[[str], str]) -> None:
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")


@main.command()
@FILES
def calibrate(files: tuple[Path, ...]) -> None:
    """Count how often each rule is right on the labelled letters and FILES, and keep the counts."""
    told = calibration.renew(corpora(files))
    lines = calibration_lines(told)
    click.echo("\n".join(lines))
    _rewrite(DATA, lambda text: with_block(text, "confidence", lines))


if __name__ == "__main__":
    main()
