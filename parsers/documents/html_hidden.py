"""What a page of HTML hides elsewhere than at the place itself: by its style sheet, and by the columns of a table."""

import re
from collections.abc import Callable, Iterator, Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

CLASS = re.compile(r"[A-Za-z0-9]{0,20}\.([\w-]{1,100})")
COMMENT = re.compile(r"/\*[^*]{0,10000}\*/|<!--|-->")
LONGEST_SHEET = 1_000_000
MOST_SPANNED = 1_000
Hides = Callable[[str], bool]
"""Whether a style in small letters without spaces keeps an element from being seen."""


def unseen(soup: BeautifulSoup, hides: Hides) -> frozenset[int]:
    """The ``id`` of each tag that a class or its column hides."""
    said = soup.find_all(["style", "col"])
    classes = _hidden_classes([one for one in said if one.name == "style"], hides)
    by_class = {id(tag) for tag in soup.find_all(class_=list(classes))} if classes else set()
    tables = {id(table): table for one in said if one.name == "col" and (table := one.find_parent("table"))}
    return frozenset(by_class.union(*(_of_columns(table, hides) for table in tables.values())))


def _hidden_classes(sheets: Sequence[Tag], hides: Hides) -> set[str]:
    """Classes that the page's own style sheets hide whatever the width of the window and the medium."""
    found: set[str] = set()
    for sheet in sheets:
        for selectors, style in _rules(COMMENT.sub("", sheet.get_text()[:LONGEST_SHEET])):
            if hides("".join(style.lower().split())):
                found |= {match[1] for one in selectors.split(",") if (match := CLASS.fullmatch(one.strip()))}
    return found


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and style of each rule, without those that hold for some windows or media alone."""
    depth, before = 0, ""
    for piece in re.split(r"([{}])", sheet):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth = max(0, depth - 1)
        elif depth == 1 and not before.lstrip().startswith("@"):
            yield before, piece
        elif depth == 0:
            before = piece


def _of_columns(table: Tag, hides: Hides) -> set[int]:
    """Cells in columns that are hidden as a whole, as spreadsheets saved as pages have them."""
    columns = _columns(table, hides)
    rows = table.find_all("tr") if columns else []
    return {id(cell) for row in rows for place, cell in _cells(row) if place in columns}


def _columns(table: Tag, hides: Hides) -> set[int]:
    """Places of hidden columns, from 0."""
    hidden: set[int] = set()
    place = 0
    for column in table.find_all("col"):
        span = _span(column, "span")
        if column.has_attr("hidden") or hides("".join(str(column.get("style") or "").lower().split())):
            hidden |= set(range(place, place + span))
        place += span
    return hidden


def _cells(row: Tag) -> Iterator[tuple[int, Tag]]:
    """Cells of one column with the place of it; those that span several are seen wherever one of them is."""
    place = 0
    for cell in row.find_all(["td", "th"], recursive=False):
        span = _span(cell, "colspan")
        if span == 1:
            yield place, cell
        place += span


def _span(tag: Tag, name: str) -> int:
    value = str(tag.get(name) or "1").strip()
    return min(max(int(value), 1), MOST_SPANNED) if value.isascii() and value.isdigit() and len(value) < 6 else 1
