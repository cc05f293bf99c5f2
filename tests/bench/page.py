"""``data/BENCH.md`` and its chart, from the record: ``python -m tests.bench.page`` writes them anew.

What stands between the marks is made of the record and of the words in ``why.toml``; the rest is written by hand.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from tests.bench.chart import chart, said
from tests.bench.figures import PARTS, SIZED, Figure, Part
from tests.bench.machine import ROOT
from tests.bench.record import Record, Run, load
from tests.bench.words import TITLES, bound, number

PAGE, CHART, README = ROOT / "data" / "BENCH.md", ROOT / "data" / "bench.svg", ROOT / "README.md"
WHY = Path(__file__).with_name("why.toml")
BEGIN, END = "<!-- bench: begin -->\n", "<!-- bench: end -->\n"
Key = tuple[str, str]
Words = dict[Key, str]
Found = dict[tuple[str, int, str], Figure]
Kept = TypeVar("Kept")


def words(path: Path = WHY) -> Words:
    """Why a limit is missed, by part and what."""
    missed = tomllib.loads(path.read_text(encoding="utf-8")).get("missed", [])
    return {(one["part"], one["what"]): " ".join(one["why"].split()) for one in missed}


def missed(record: Record) -> list[Figure]:
    """Figures whose limit is not kept."""
    return [figure for figure in record.figures if figure.kept is False]


def tables(record: Record, why: Words) -> str:
    """What stands between the marks of the page."""
    parts = [f"\n![{said(record)}](bench.svg)\n", _summary(record)]
    shown = {one.part for one in record.figures} | {one.part for one in record.unmeasured}
    parts += [_section(part, record, why) for part in PARTS if part in shown]
    parts.append(_runs(record))
    return "\n".join(parts) + "\n"


def with_tables(text: str, made: str) -> str:
    """``text`` with what lies between the marks made anew."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}{made}{END}{rest.partition(END)[2]}"


def renew() -> None:
    """Write page and chart."""
    record = load()
    CHART.write_text(chart(record), encoding="utf-8")
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), tables(record, words())), encoding="utf-8")


def _of(part: Part, record: Record) -> list[Figure]:
    return [figure for figure in record.figures if figure.part == part]


def _summary(record: Record) -> str:
    bounded = [figure for figure in record.figures if figure.kept is not None]
    wrong = missed(record)
    kept = len(bounded) - len(wrong)
    told = f"{len(record.figures)} figures were measured; of {len(bounded)} with a limit, {kept} keep it.\n"
    for part, figures in groupby(wrong, key=lambda figure: figure.part):
        names = dict.fromkeys(figure.what for figure in figures)
        told += f"\nMissed in “[{TITLES[part]}](#{_anchor(TITLES[part])})”: {'; '.join(names)}.\n"
    return told


def _anchor(title: str) -> str:
    return "".join(letter for letter in title.lower().replace(" ", "-") if letter.isalnum() or letter == "-")


def _section(part: Part, record: Record, why: Words) -> str:
    figures = _of(part, record)
    rows: list[tuple[str, ...]] = []
    if not figures:
        pass
    elif part not in SIZED:
        rows = list(_unsized(figures))
    elif any(figure.how for figure in figures):
        rows = list(_by_how(figures))
    else:
        rows = list(_sized(figures))
    beside = dict.fromkeys(figure.beside for figure in figures if figure.beside)
    lines = [f"### {TITLES[part]}", ""]
    if any(figure.how for figure in figures) and beside:
        lines += [f"Beside {'; '.join(beside)}.", ""]
    lines += [_row(row) for row in rows]
    return "\n".join([*lines, *_notes(part, figures, record, why)]) + "\n"


def _notes(part: Part, figures: list[Figure], record: Record, why: Words) -> Iterator[str]:
    """Under the table: why something is missed or missing."""
    gone = [one for one in record.unmeasured if one.part == part]
    wrong = dict.fromkeys((one.part, one.what) for one in figures if one.kept is False)
    if gone or wrong:
        yield ""
    for key in wrong:
        yield f"- **Missed: {_cell(key[1])}.** {why.get(key, 'Nobody has said why yet.')}"
    for one in gone:
        size = f" at {one.size:,} requests" if one.size else ""
        verb = "failed" if one.failed else "was not measured"
        yield f"- {_cell(one.what or 'This part')}{size} {verb}: {_cell(one.why)}."


def _unsized(figures: Sequence[Figure]) -> Iterator[tuple[str, ...]]:
    yield ("What", "Ours", "Reference", "", "Ratio", "Limit", "", "Times")
    yield ("---", "--:", "--:", "---", "--:", "--:", "---", "--:")
    for one in figures:
        reference = "" if one.reference is None else f"{number(one.reference)} {one.unit}"
        ratio = "" if one.ratio is None else number(one.ratio)
        judged = _judged(one)
        ours = f"{number(one.ours)} {one.unit}"
        yield (one.what, ours, reference, one.beside, ratio, bound(one), judged, str(one.repeats))


def _sized(figures: Sequence[Figure]) -> Iterator[tuple[str, ...]]:
    """A row for each figure, a column for each size, and how often as much the largest is as the smallest."""
    sizes = sorted({figure.size or 0 for figure in figures})
    yield ("What", *(f"{size:,}" for size in sizes), "Grows", "Limit", "Beside", "Times")
    yield ("---", *("--:" for _ in sizes), "--:", "--:", "---", "--:")
    for what in dict.fromkeys(figure.what for figure in figures):
        by_size = {figure.size or 0: figure for figure in figures if figure.what == what}
        first = next(iter(by_size.values()))
        cells = [_measured(by_size[size]) if size in by_size else "–" for size in sizes]
        times = ", ".join(str(by_size[size].repeats) for size in sizes if size in by_size)
        yield (what, *cells, _growth(list(by_size.values())), bound(first), first.beside, times)


def _by_how(figures: Sequence[Figure]) -> Iterator[tuple[str, ...]]:
    """For each size two columns, warm and cold: median and 95th percentile, with that of the reference."""
    sizes = sorted({figure.size or 0 for figure in figures})
    heads = [f"{size:,}, {state}" for size in sizes for state in ("warm", "cold")]
    yield ("What", *heads, "Grows", "Limit", "Times")
    yield ("---", *("--:" for _ in heads), "--:", "--:", "--:")
    found: Found = {(figure.what, figure.size or 0, figure.how): figure for figure in figures}
    for what in dict.fromkeys(figure.what for figure in figures):
        cells = [_pair(found, what, size, state) for size in sizes for state in ("warm", "cold")]
        slow = [one for size in sizes if (one := found.get((what, size, "warm, 95th percentile")))]
        limit = next((bound(one) for one in slow), "")
        times = ", ".join(dict.fromkeys(str(one.repeats) for one in figures if one.what == what))
        yield (what, *cells, _growth(slow), limit, times)


def _pair(found: Found, what: str, size: int, state: str) -> str:
    pair = [found.get((what, size, f"{state}, {share}")) for share in ("median", "95th percentile")]
    shown = " / ".join(number(one.ours) for one in pair if one is not None)
    last = pair[-1]
    if last is None:
        return shown or "–"
    beside = "" if last.reference is None else f" ({number(last.reference)})"
    return f"{shown}{beside}{' **MISSED**' if last.kept is False else ''}"


def _measured(one: Figure) -> str:
    ratio = "" if one.ratio is None or one.reference is None else f" / {number(one.reference)} = {number(one.ratio)}"
    return f"{number(one.ours)} {one.unit}{ratio}{' **MISSED**' if one.kept is False else ''}"


def _growth(figures: list[Figure]) -> str:
    """Of the largest to the smallest size, beside how many times as many requests that is."""
    if len(figures) < 2 or not figures[0].ours:
        return ""
    first, last = figures[0], figures[-1]
    return f"{number(last.ours / first.ours)} for {(last.size or 1) / (first.size or 1):g}"


def _judged(one: Figure) -> str:
    return {True: "kept", False: "**MISSED**", None: ""}[one.kept]


def _runs(record: Record) -> str:
    lines = ["### Where and when", ""]
    for machine in _unique(run.machine for run in record.runs):
        whens = _unique(_when(run) for run in record.runs if run.machine == machine)
        lines.append(f"- {', '.join(f'{name} {value}' for name, value in machine.items())}: {'; '.join(whens)}.")
    return "\n".join(lines) + "\n"


def _when(run: Run) -> str:
    return f"{run.date}, commit {run.commit or 'unknown'}"


def _unique(values: Iterable[Kept]) -> list[Kept]:
    found: list[Kept] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    renew()
