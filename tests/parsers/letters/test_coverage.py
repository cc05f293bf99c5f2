"""Every way of citing and every sign of a role has a letter or a row of a table that shows it.

The tables of ``coverage`` name them in the project's own words. ``where`` is a directory of ``cases``, or a table of a
test module beside this one (``printed_forms.FORMS``). ``words`` stand in that letter or in a row of that table, with
``\\n`` for a line break. ``reads`` is what the case's ``expected.json`` has of it, with or without the role:
``FOIA 40(2) relied_on``.
"""

import csv
import importlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.measure.corpora import CASES

Row = dict[str, str]
HERE = Path(__file__).parent

ROWS: list[Row] = [
    row
    for path in sorted((HERE / "coverage").glob("*.csv"))
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
]

PARTS = {
    "form": 67,
    "list": 18,
    "rule": 12,
    "damage": 17,
    "welsh": 9,
    "regime": 8,
    "friend": 50,
    "relied": 13,
    "ncnd": 37,
    "mentioned": 30,
    "letter": 15,
    "scope": 2,
}
"""How many different things each part names at the least, so that none is lost with its line; the parts are the tables
and rules by which letters are read, from the printed form to the kind of letter."""


@cache
def table(name: str) -> tuple[str, ...]:
    """The texts of the rows of a table, given as ``module.TABLE``."""
    module, attribute = name.split(".")
    path = next(HERE.rglob(f"test_{module}.py")).relative_to(HERE).with_suffix("")
    tables = importlib.import_module(".".join(("tests.parsers.letters", *path.parts)))
    rows: Iterable[str | tuple[str, ...]] = getattr(tables, attribute)
    return tuple(row if isinstance(row, str) else row[0] for row in rows)


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def missing_of_case(row: Row) -> str:
    """What a case lacks of its line; empty where nothing is missing."""
    case = CASES / row["where"]
    if not (case / "expected.json").is_file():
        return f"there is no case {row['where']}"
    if in_one_line(row["words"]) not in in_one_line((case / "input.txt").read_text(encoding="utf-8")):
        return f"{row['where']} does not say {row['words']!r}"
    cited = json.loads((case / "expected.json").read_text(encoding="utf-8"))["citations"]
    reads = {f"{c['regime']} {c['provision']}" for c in cited}
    reads |= {f"{c['regime']} {c['provision']} {c['role']}" for c in cited}
    return f"{row['where']} does not read {row['reads']}" if row["reads"] and row["reads"] not in reads else ""


def missing_of_table(row: Row) -> str:
    """What a table lacks of its line; empty where nothing is missing."""
    words = row["words"].replace("\\n", "\n")
    found = any(words in text for text in table(row["where"]))
    return "" if found else f"no row of {row['where']} has {row['words']!r}"


@pytest.mark.parametrize("part", PARTS)
def test_every_line_names_what_shows_it(part: str) -> None:
    rows = [row for row in ROWS if row["part"] == part]
    wrong = [missing_of_table(row) if "." in row["where"] else missing_of_case(row) for row in rows]
    assert not list(filter(None, wrong))


def test_nothing_is_left_out() -> None:
    named: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        named[row["part"]].add(row["name"])
    assert {part: len(names) for part, names in named.items() if len(names) < PARTS[part]} == {}
    assert set(named) == set(PARTS)


def test_no_line_is_told_twice() -> None:
    told = Counter(tuple(row.values()) for row in ROWS)
    assert [line for line, times in told.items() if times > 1] == []


def test_there_are_more_than_three_hundred_letters() -> None:
    assert sum(1 for _ in CASES.glob("*/expected.json")) > 300
