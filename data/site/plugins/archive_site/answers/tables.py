"""How tables of rows are laid out: kept within the size of a page, numbers to the right."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

TABLE_BYTES = 120_000
PAGE_BYTES = 180_000
"""What a page may come to without its head, its foot and what is the same on each: less than 200 kB with them."""
_CELL = 60
"""What the tags around a cell come to."""


def within(found: Sequence[Any], beside: str = "", named: Sequence[str] = ()) -> Iterator[Any]:
    """The first rows, one at least, for which there is room; the template says how many there are in all.

    ``beside`` is what else stands on the page, and ``named`` the headings that each row says again for a phone.
    """
    left = min(TABLE_BYTES, PAGE_BYTES - octets(beside))
    again = sum(octets(name) for name in named)
    for number, one in enumerate(found):
        left -= again + sum(octets(_shown(cell)) + _CELL for cell in one)
        if left < 0 and number:
            return
        yield one


def octets(shown: Any) -> int:
    """The bytes of what a page shows."""
    return len(str(shown).encode("utf-8", "replace"))


def once(facets: Iterable[Any]) -> list[Any]:
    """Each facet once, those that the reader asked for first, whether the table has them by itself or not."""
    kept: dict[tuple[str, str], Any] = {}
    for facet in facets:
        key = (facet["type"], facet["name"])
        if key not in kept or facet["hideable"]:
            kept[key] = facet
    return sorted(kept.values(), key=lambda facet: not facet["hideable"])


def _shown(cell: Any) -> Any:
    return cell["value"] if isinstance(cell, dict) else cell


_SAYS_NOTHING = frozenset({"all authorities", "all of these", "all years", "relied_on"})
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


def is_inside(datasette: Any, database: str, table: str) -> bool:
    """Whether a table is one of those that hold a full-text index together, or is described as hidden."""
    if _INSIDES.search(table):
        return True
    told = (datasette.metadata(database=database) or {}).get("tables") or {}
    return bool((told.get(table) or {}).get("hidden"))


_INSIDES = re.compile(r"_fts(?:_[a-z]{1,20})?$|^sqlite_", re.IGNORECASE)


def heading(column: str) -> str:
    """A column in words: our own names with spaces; the name of a published return exactly as it is."""
    return column.replace("_", " ").capitalize() if _OURS.fullmatch(column) else column


_OURS = re.compile(r"[a-z][a-z0-9_]{0,60}")
