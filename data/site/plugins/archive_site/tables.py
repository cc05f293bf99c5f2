"""How tables of rows are laid out: kept within the size of a page, numbers to the right."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

TABLE_BYTES = 120_000
_CELL = 60
"""What the tags around a cell come to."""


def within(found: Sequence[Any], octets: int = TABLE_BYTES) -> Iterator[Any]:
    """The first rows that come to at most so many bytes; the template says how many there are in all."""
    for one in found:
        octets -= sum(len(str(_shown(cell)).encode()) + _CELL for cell in one)
        if octets < 0:
            return
        yield one


def _shown(cell: Any) -> Any:
    return cell["value"] if isinstance(cell, dict) else cell


_SAYS_NOTHING = frozenset({"all authorities", "all years", "relied_on"})
HELPERS = frozenset({"quote", "authority_id", "request_id"})


def helpers(columns: Sequence[str], found: Sequence[Any]) -> frozenset[str]:
    """Columns of a canned query that are there for links and for the CSV: keys, and what is the same in every row."""
    told = [column for index, column in enumerate(columns) if found and {row[index] for row in found} <= _SAYS_NOTHING]
    return HELPERS.intersection(columns).union(told)


def numeric(columns: Sequence[str], found: Sequence[Any]) -> frozenset[str]:
    """The columns that hold numbers and nothing else."""
    numbers = []
    for index, column in enumerate(columns):
        values = [row[index] for row in found if row[index] is not None]
        if values and all(isinstance(value, int | float) for value in values):
            numbers.append(column)
    return frozenset(numbers)


def in_order(columns: Sequence[Any]) -> list[int]:
    """The places of a table's columns as a page shows them: what says most in a glance first, addresses last."""
    names = [column["name"] for column in columns]
    ranks = [_FIRST.get(name, _LAST.get(name, 10)) for name in names]
    return sorted(range(len(names)), key=lambda place: (ranks[place], place))


_FIRST = {"Link": 0, "id": 1, "title": 2, "name": 2, "authority_id": 3, "authority": 3, "asked_on": 4, "sent_at": 4}
_LAST = {"slug": 20, "url_name": 20, "sha256": 20, "url": 21}


def grouped(tables: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    """The tables in the groups and the order in which people look for them; those of search itself are left out."""
    shown = {table["name"]: table for table in tables if not table["hidden"]}
    groups = [(title, [shown.pop(name) for name in names.split() if name in shown]) for title, names in _GROUPS]
    groups.insert(3, (_ADDED_UP, list(shown.values())))
    return [(title, members) for title, members in groups if members]


_ADDED_UP = "Figures, added up for the pages and the questions"
_GROUPS = (
    ("The correspondence", "requests authorities messages attachments pages events authority_tags"),
    ("What was read in it",
     "citations readings letter_references signals clocks clock_steps reviews families family_members"),
    ("The law", "provisions appeal_rates"),
    ("How this copy came about", "about coverage withdrawals changes refusals runs findings"),
)  # fmt: skip


def heading(column: str) -> str:
    """A column in words: our own names with spaces; the name of a published return exactly as it is."""
    return column.replace("_", " ").capitalize() if _OURS.fullmatch(column) else column


_OURS = re.compile(r"[a-z][a-z0-9_]{0,60}")
