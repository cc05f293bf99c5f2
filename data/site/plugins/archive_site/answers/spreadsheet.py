"""Rows as CSV that a spreadsheet shows and does not run: text of a stranger stays text there."""

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from archive_site.texts.marks import UNSEEN

MARK = "\ufeff"
"""Says at the head of a file that it is in UTF-8; without it spreadsheets take £ and ’ for other characters."""
_FORMULA = re.compile(r"[\s\u200b\u2060\ufeff]{0,40}[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""How a text begins that a spreadsheet may run: also in wide characters, and behind white space, of no width too."""
_NUMBERS = (int, float)
"""A pair of classes is looked through in a third of the time that ``int | float`` takes, a hundred thousand times."""
_ENDLESS = frozenset({math.inf, -math.inf})
"""Numbers that JSON cannot hold; a spreadsheet would take their names for words."""


def row(values: Iterable[Any]) -> str:
    """One line of CSV (RFC 4180). Every text is quoted, so that no separator in it, be it ``;``, begins a cell."""
    return (",".join(map(_cell, values)) or '""') + "\r\n"


def plain(value: Any) -> Any:
    """A value as a spreadsheet may have it: numbers as they are, text with an apostrophe before what could be run."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").translate(UNSEEN)
    return "'" + text if _FORMULA.match(text) else text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, _NUMBERS):
        return "" if value in _ENDLESS else str(value)
    return '"' + str(plain(value)).replace('"', '""') + '"'


def expanded(values: Sequence[Any], labelled: Sequence[bool]) -> list[Any]:
    """The values of a row, those that come with a label in two cells: the key, and what it stands for."""
    if not any(labelled) and dict not in map(type, values):
        return list(values)
    cells: list[Any] = []
    for value, has_label in zip(values, labelled, strict=True):
        told = value if isinstance(value, dict) else {"value": value}
        cells.append(_octets(told))
        if has_label:
            cells.append(told.get("label"))
    return cells


def headings(columns: Sequence[str], labelled: Sequence[bool]) -> list[str]:
    """The first line: the columns, each label after its key."""
    pairs = (
        (name, f"{name}_label") if has_label else (name,) for name, has_label in zip(columns, labelled, strict=True)
    )
    return [name for pair in pairs for name in pair]


def _octets(told: dict[str, Any]) -> Any:
    """The value of a cell; octets, which JSON holds in base64, stay so."""
    return told["encoded"] if told.get("$base64") else told.get("value")
