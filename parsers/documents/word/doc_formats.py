"""Formatting in old Word documents: pages of runs, changes to properties, styles, as in Microsoft's [MS-DOC].

Only what decides whether and where text is shown is kept: hidden, deleted, in a table, numbered, on a new page.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

PAGE = 512
DELETED, HIDDEN, CHARACTER_STYLE, SPECIAL = 0x0800, 0x083C, 0x4A30, 0x0855
PLACE, RAISED = 0x2A48, 1
"""Whether characters stand on their line, and what says that they stand above it."""
SYMBOL, PICTURE, IS_DATA = 0x6A09, 0x6A03, 0x0806
IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
NEW_PAGE, LIST, LIST_LEVEL = 0x2407, 0x460B, 0x260A
SECTION_BREAK, TITLE_PAGE = 0x3009, 0x300A
TABLE_DEFINITION, TAB_CHANGES = 0xD608, 0xC615
OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes of a change's operand by the top three bits of its number; 6 is told by the operand itself."""
MOST_BASES = 20

Properties = Mapping[int, bytes]
_NOTHING: Properties = {}


def changes(data: bytes) -> dict[int, bytes]:
    """The operand of each change in a list of them; a torn one ends it."""
    found: dict[int, bytes] = {}
    place = 0
    while place + 2 <= len(data):
        (code,) = struct.unpack_from("<H", data, place)
        place += 2
        size = OPERAND.get(code >> 13)
        if size is None:
            if place >= len(data):
                break
            size = data[place] + 1
            if code == TABLE_DEFINITION and place + 2 <= len(data):
                size = struct.unpack_from("<H", data, place)[0] + 1
            elif code == TAB_CHANGES and size == 256:
                break
        found[code] = data[place : place + size]
        place += size
    return found


def is_set(properties: Properties, code: int) -> bool:
    """Whether a property is on; one that says "as the style has it" is not."""
    return properties.get(code, b"\0")[:1] in {b"\1", b"\x81"}


def number(properties: Properties, code: int) -> int:
    """The value of a property, 0 where it is not there."""
    return int.from_bytes(properties.get(code, b"")[:4], "little")


@dataclass(frozen=True)
class Run:
    """A stretch of the file with one formatting."""

    start: int
    """Offset in the stream."""
    data: bytes
    """The changes; of a paragraph, behind two bytes for its style."""


class Runs:
    """The runs of characters or of paragraphs, by where they stand in the stream."""

    def __init__(self, stream: bytes, plc: bytes, *, of_paragraphs: bool) -> None:
        count = max(0, (len(plc) - 4) // 8)
        numbers = struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count else ()
        self._runs: list[Run] = []
        for page in dict.fromkeys(one & 0x3FFFFF for one in numbers):
            self._runs += _page(stream[page * PAGE : (page + 1) * PAGE], of_paragraphs=of_paragraphs)
        self._runs.sort(key=lambda run: run.start)
        self._starts = [run.start for run in self._runs]

    def at(self, offset: int) -> bytes:
        """The changes that hold at this offset of the stream."""
        place = bisect_right(self._starts, offset) - 1
        return self._runs[place].data if place >= 0 else b""

    def starts_between(self, first: int, last: int) -> list[int]:
        """Where runs begin within these offsets."""
        return self._starts[bisect_right(self._starts, first) : bisect_right(self._starts, last - 1)]


def _page(page: bytes, *, of_paragraphs: bool) -> Iterator[Run]:
    count = page[-1] if len(page) == PAGE else 0
    step = 13 if of_paragraphs else 1
    if 4 * (count + 1) + step * count >= PAGE:
        return
    for index in range(count):
        (start,) = struct.unpack_from("<I", page, 4 * index)
        place = 2 * page[4 * (count + 1) + step * index]
        yield Run(start, _changes_at(page, place, of_paragraphs=of_paragraphs) if place else b"")


def _changes_at(page: bytes, place: int, *, of_paragraphs: bool) -> bytes:
    size = page[place]
    if not of_paragraphs:
        return page[place + 1 : place + 1 + size]
    if size:
        return page[place + 1 : place + 2 * size]
    size = 2 * page[place + 1] if place + 1 < PAGE else 0
    return page[place + 2 : place + 2 + size]


@dataclass(frozen=True, kw_only=True)
class _Style:
    base: int
    paragraph: bytes
    characters: bytes


class Styles:
    """The styles of the document."""

    def __init__(self, sheet: bytes) -> None:
        self._styles = dict(_styles(sheet))
        self.paragraph = lru_cache(maxsize=4096)(self._paragraph)
        self.characters = lru_cache(maxsize=4096)(self._characters)

    def _paragraph(self, data: bytes) -> Properties:
        """What holds for a paragraph with these changes, its style and that style's bases."""
        if len(data) < 2:
            return _NOTHING
        found: dict[int, bytes] = {}
        for style in reversed(list(self._chain(struct.unpack_from("<H", data)[0]))):
            found.update(changes(style.paragraph))
        return {**found, **changes(data[2:])}

    def _characters(self, data: bytes, paragraph: bytes) -> Properties:
        """What holds for characters with these changes, in a paragraph with those."""
        own = changes(data)
        found: dict[int, bytes] = {}
        for style in reversed(list(self._chain(struct.unpack_from("<H", paragraph)[0])) if len(paragraph) > 1 else []):
            found.update(changes(style.characters))
        for style in reversed(list(self._chain(number(own, CHARACTER_STYLE))) if CHARACTER_STYLE in own else []):
            found.update(changes(style.characters))
        return {**found, **own}

    def _chain(self, index: int) -> Iterator[_Style]:
        for _ in range(MOST_BASES):
            style = self._styles.get(index)
            if style is None:
                return
            yield style
            index = style.base


def _styles(sheet: bytes) -> Iterator[tuple[int, _Style]]:
    if len(sheet) < 6:
        return
    header, count, base_size = struct.unpack_from("<HHH", sheet)
    place = 2 + header
    for index in range(count):
        if place + 2 > len(sheet):
            return
        (size,) = struct.unpack_from("<H", sheet, place)
        style = sheet[place + 2 : place + 2 + size]
        place += 2 + size
        if size > base_size + 2:
            yield index, _style(style, base_size)


def _style(data: bytes, base_size: int) -> _Style:
    kind_and_base, count_and_next = struct.unpack_from("<HH", data, 2) if len(data) >= 6 else (0, 0)
    kind, base = kind_and_base & 0xF, kind_and_base >> 4
    name_size = struct.unpack_from("<H", data, base_size)[0]
    place = base_size + 2 + 2 * name_size + 2
    parts: list[bytes] = []
    for _ in range(min(count_and_next & 0xF, 3)):
        if place + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, place)
        parts.append(data[place + 2 : place + 2 + size])
        place += 2 + size + size % 2
    parts += [b""] * 2
    if kind == 1:
        return _Style(base=base, paragraph=parts[0][2:], characters=parts[1])
    return _Style(base=base, paragraph=b"", characters=parts[0] if kind == 2 else b"")
