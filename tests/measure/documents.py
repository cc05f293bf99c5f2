"""The parts of the documents that are measured: between two markers, renewed by a command."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.measure.calibration import Judged, calibration_error, reliability, said_unseen
from tests.measure.comparison import Rows, line

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
DATA = ROOT / "data" / "README.md"


def block(text: str, name: str) -> list[str]:
    """The lines between the markers called ``name``."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise LookupError(f"expected the markers {begin.strip()} and {end} once each")
    return text.partition(begin)[2].partition(end)[0].splitlines()


def with_block(text: str, name: str, lines: Sequence[str]) -> str:
    """The text with other lines between the markers."""
    old, new = ("".join(f"{one}\n" for one in part) for part in (block(text, name), lines))
    begin = f"<!-- {name}: begin -->\n"
    return text.replace(begin + old, begin + new)


def with_rows(text: str, name: str, heading: Sequence[str], rows: Rows, titles: Mapping[str, str]) -> str:
    """The text with the table between the markers renewed; a corpus that is not here keeps the rows it has."""
    old = block(text, name)
    kept = {
        corpus: rows[corpus] if corpus in rows else [row for row in old if row.startswith(f"| {title} ")]
        for corpus, title in titles.items()
    }
    return with_block(text, name, [*heading, *(row for part in kept.values() for row in part)])


def calibration_lines(told: Sequence[Judged]) -> list[str]:
    """What is known of the confidence, as Markdown."""
    unseen = said_unseen(told)
    letters = len({one.letter for one in told})
    rows = [("said with", "sure on average", "right", "of"), ("---",) * 4, *reliability(unseen)]
    off = f"{calibration_error(unseen):.3f}"
    first = f"Judged: {len(told)} things said of {letters} labelled letters. Expected calibration error: {off}."
    return [first, "", *map(line, rows)]
