"""Numbered lists of old Word documents: PlfLst and PlfLfo of [MS-DOC]."""

import struct
from dataclasses import dataclass, field

from parsers.documents.word.doc_formats import LIST, LIST_LEVEL, Properties, number
from parsers.documents.word.numbering import MOST_LEVELS, Counters, Level

STYLES = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 22: "decimalZero",
    23: "bullet", 255: "none",
}  # fmt: skip
MOST_LISTS = 5_000


@dataclass
class _Use:
    """One use of a list, and what it changes."""

    key: str
    starts: dict[int, int] = field(default_factory=dict)
    own: dict[int, Level] = field(default_factory=dict)


class Lists:
    """The lists, and where each stands."""

    def __init__(self, lists: bytes, uses: bytes) -> None:
        """``lists`` goes on beyond its stated size: the levels follow it."""
        self._levels: dict[str, dict[int, Level]] = {}
        self._uses: list[_Use] = []
        self._counters = Counters()
        try:
            self._take_lists(lists)
            self._take_uses(uses)
        except (struct.error, IndexError):
            return  # damaged: the lists before stand

    def label(self, properties: Properties) -> str:
        """The label of a paragraph with these properties; counts it."""
        index, level = number(properties, LIST), min(number(properties, LIST_LEVEL), MOST_LEVELS - 2)
        if not 0 < index <= len(self._uses):
            return ""
        use = self._uses[index - 1]
        for changed, start in use.starts.items():
            self._counters.restart(use.key, changed, start)
        use.starts.clear()
        return self._counters.label(use.key, level, {**self._levels.get(use.key, {}), **use.own})

    def _take_lists(self, data: bytes) -> None:
        if len(data) < 2:
            return
        (count,) = struct.unpack_from("<H", data)
        heads = [struct.unpack_from("<i22xB", data, 2 + 28 * index) for index in range(min(count, MOST_LISTS))]
        place = 2 + 28 * count
        for key, flags in heads:
            levels: dict[int, Level] = {}
            for level in range(1 if flags & 1 else 9):
                levels[level], place = _level(data, place)
            self._levels[f"{key}"] = levels

    def _take_uses(self, data: bytes) -> None:
        if len(data) < 4:
            return
        count = min(struct.unpack_from("<I", data)[0], MOST_LISTS)
        changed: list[int] = []
        for index in range(count):
            key, levels = struct.unpack_from("<i8xB3x", data, 4 + 16 * index)
            self._uses.append(_Use(key=f"{key}"))
            changed.append(levels)
        place = 4 + 16 * count
        for use, levels in zip(self._uses, changed, strict=True):
            place += 4
            for _ in range(levels):
                place = _change(use, data, place)


def _change(use: _Use, data: bytes, place: int) -> int:
    start, bits = struct.unpack_from("<iI", data, place)
    place += 8
    level = bits & 0xF
    if bits & 0x10:
        use.starts[level] = start
    if bits & 0x20:
        use.own[level], place = _level(data, place)
    return place


def _level(data: bytes, place: int) -> tuple[Level, int]:
    """One level, and where the next begins."""
    start, style = struct.unpack_from("<iB", data, place)
    characters, paragraph = data[place + 24], data[place + 25]
    place += 28 + characters + paragraph
    (size,) = struct.unpack_from("<H", data, place)
    text = data[place + 2 : place + 2 + 2 * size].decode("utf-16-le", errors="replace")
    marked = "".join(f"%{ord(sign) + 1}" if ord(sign) < 9 else sign for sign in text)
    return Level(style=STYLES.get(style, "decimal"), text=marked, start=start), place + 2 + 2 * size
