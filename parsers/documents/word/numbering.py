"""The numbers and bullets that a word processor puts before the items of a list and does not keep as text."""

from collections.abc import Mapping
from dataclasses import dataclass

from parsers.documents.word.flow import without_private

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
MOST_NUMBER = 20_000
"""Beyond it a number is printed as digits in every style."""
MOST_LEVELS = 10


@dataclass(frozen=True, kw_only=True)
class Level:
    """How one level of a list is numbered."""

    style: str = "decimal"
    """As Word names it: ``decimal``, ``lowerLetter``, ``upperRoman``, ``bullet``, ...; others count in digits."""
    text: str = "%1."
    """The label, with ``%1`` to ``%9`` for the numbers of the levels; a bullet as it is."""
    start: int = 1


class Counters:
    """Where each list stands."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[int, int]] = {}

    def restart(self, key: str, level: int, start: int) -> None:
        """Let the next item of this level be number ``start``."""
        counts = self._counts.setdefault(key, {})
        counts[level] = start - 1

    def label(self, key: str, level: int, levels: Mapping[int, Level]) -> str:
        """The label of the next item of a list."""
        counts = self._counts.setdefault(key, {})
        own = levels.get(level)
        if own is None:
            return ""
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if own.style == "bullet":
            return without_private(own.text)[:4]
        if own.style == "none" and "%" not in own.text:
            return own.text[:40]
        return _filled(own.text[:40], counts, levels)


def number(count: int, style: str) -> str:
    """A number in the style of a list: 3, c, C, iii, III."""
    if style == "none":
        return ""
    if not 0 < count <= MOST_NUMBER:
        return str(count)
    text = str(count)
    if style.endswith("Letter"):
        text = chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 8)
    elif style.endswith("Roman"):
        text = _roman(count)
    elif style == "decimalZero":
        text = f"{count:02}"
    elif style == "ordinal":
        text += "th" if count % 100 in {11, 12, 13} else ENDINGS.get(count % 10, "th")
    return text.upper() if style.startswith("upper") else text


def _filled(text: str, counts: Mapping[int, int], levels: Mapping[int, Level]) -> str:
    for level in range(MOST_LEVELS):
        mark = f"%{level + 1}"
        if mark in text:
            each = levels.get(level, Level())
            text = text.replace(mark, number(counts.get(level, each.start), each.style))
    return text


def _roman(count: int) -> str:
    pieces: list[str] = []
    for value, letters in ROMAN:
        times, count = divmod(count, value)
        pieces.append(letters * times)
    return "".join(pieces)
