"""Old Word documents (doc) as Word 97 lays them out, for the tests: a few paragraphs, tables, boxes, notes, lists.

Written after Microsoft's [MS-DOC] and apart from the reader, with the numbers of that document spelled out.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from tests.parsers.documents.containers import ole_file

TEXT_AT = 0x400
STYLES, NOTE_MARKS, NOTES, SECTIONS, HEADERS, CHPX, PAPX, CLX = 1, 2, 3, 6, 11, 12, 13, 33
SHAPES, BOXES, LISTS, LIST_USES = 40, 56, 73, 74
HIDDEN, DELETED = b"\x3c\x08\x01", b"\x00\x08\x01"
IN_TABLE, ROW_END = b"\x16\x24\x01", b"\x17\x24\x01"
NEW_PAGE = b"\x07\x24\x01"


@dataclass
class Story:
    """Text with its formatting: stretches of characters, and paragraphs with their changes."""

    stretches: list[tuple[str, bytes]] = field(default_factory=list)
    paragraphs: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def length(self) -> int:
        return sum(len(text) for text, _ in self.stretches)

    def say(self, text: str, changes: bytes = b"") -> "Story":
        self.stretches.append((text, changes))
        return self

    def end(self, changes: bytes = b"", mark: str = "\r") -> "Story":
        self.say(mark)
        self.paragraphs.append((self.length, changes))
        return self

    def paragraph(self, text: str, changes: bytes = b"") -> "Story":
        return self.say(text.replace("\t", "\t")).end(changes)

    def row(self, cells: Sequence[Sequence[str]]) -> "Story":
        for cell in cells:
            for text in cell[:-1]:
                self.paragraph(text, IN_TABLE)
            self.say(cell[-1]).end(IN_TABLE, "\x07")
        return self.end(IN_TABLE + ROW_END, "\x07")


def story(*paragraphs: str) -> Story:
    """A story of plain paragraphs."""
    one = Story()
    for text in paragraphs:
        one.paragraph(text)
    return one


def numbered(use: int, level: int = 0) -> bytes:
    """The changes that make a paragraph an item of a list."""
    return struct.pack("<HBHH", 0x260A, level, 0x460B, use)


@dataclass
class Word97:
    """One document; ``boxes`` are hung on places of the body."""

    body: Story
    headers: Sequence[str] = ()
    """Of each section: even header, header, even footer, footer, first header, first footer."""
    boxes: Sequence[tuple[int, Story]] = ()
    notes: Sequence[tuple[int, Story]] = ()
    sections: Sequence[tuple[int, bytes]] = ()
    """Where each ends, and its changes; one of the whole body where none is given."""
    lists: Sequence[Sequence[tuple[int, str]]] = ()
    """Of each list its levels: number format and text, with ``\\0`` for the number of the first level."""
    compressed: bool = False
    flags: int = 0

    def bytes(self) -> bytes:
        """The file."""
        notes, heads, boxes = (
            _joined([one for _, one in self.notes]),
            self._heads(),
            _joined([b for _, b in self.boxes]),
        )
        stories = [self.body, notes, heads, boxes]
        sizes = [one.length for one in stories]
        if any(sizes[1:]):
            stories.append(Story().end())
        text = "".join(text for one in stories for text, _ in one.stretches)
        width = 1 if self.compressed else 2
        main = bytearray(TEXT_AT) + (
            text.encode("cp1252") if self.compressed else text.encode("utf-16-le", "surrogatepass")
        )
        table = bytearray()
        places: dict[int, tuple[int, int]] = {}

        def put(index: int, data: bytes) -> None:
            places[index] = len(table), len(data)
            table.extend(data)

        where = TEXT_AT * 2 | 0x40000000 if self.compressed else TEXT_AT
        pieces = struct.pack("<IIHIH", 0, len(text), 0, where, 0)
        put(CLX, b"\x02" + struct.pack("<I", len(pieces)) + pieces)
        characters = _ends([(len(t), c) for one in stories for t, c in one.stretches])
        starts = [0, *accumulate(one.length for one in stories)]
        paragraphs = [(at + end, c) for at, one in zip(starts, stories, strict=False) for end, c in one.paragraphs]
        put(CHPX, _runs(main, [(TEXT_AT + width * end, c) for end, c in characters], of_paragraphs=False))
        put(PAPX, _runs(main, [(TEXT_AT + width * end, c) for end, c in paragraphs], of_paragraphs=True))
        self._put_sections(main, put)
        if self.headers:
            ends = [0] * 7 + [*accumulate(len(one) + 1 if one else 0 for one in self.headers)]
            put(HEADERS, struct.pack(f"<{len(ends) + 1}I", *ends, ends[-1] + 1))
        if self.notes:
            marks = [place for place, _ in self.notes]
            put(NOTE_MARKS, struct.pack(f"<{len(marks) + 1}I", *marks, sizes[0]) + b"\1\0" * len(marks))
            ends = [0, *accumulate(one.length for _, one in self.notes)]
            put(NOTES, struct.pack(f"<{len(ends) + 1}I", *ends, ends[-1] + 1))
        if self.boxes:
            self._put_boxes(put, sizes[0])
        if self.lists:
            put(LISTS, b"")
            data, levels = _lists(self.lists)
            places[LISTS] = len(table), len(data)
            table.extend(data + levels)
            put(LIST_USES, _uses(len(self.lists)))
        self._head(main, sizes, places)
        return ole_file({"WordDocument": bytes(main), "1Table": bytes(table)})

    def _heads(self) -> Story:
        one = Story()
        for text in self.headers:
            if text:
                one.paragraph(text)
        return one.end() if self.headers else one

    def _put_sections(self, main: bytearray, put: "object") -> None:
        sections = self.sections or [(self.body.length, b"")]
        entries = b""
        for _, changes in sections:
            entries += struct.pack("<HIHI", 0, len(main), 0, 0xFFFFFFFF)
            main.extend(struct.pack("<H", len(changes)) + changes)
        ends = [0, *(end for end, _ in sections)]
        put(SECTIONS, struct.pack(f"<{len(ends)}I", *ends) + entries)  # type: ignore[operator]  # a local function

    def _put_boxes(self, put: "object", end: int) -> None:
        anchors = [place for place, _ in self.boxes]
        shapes = b"".join(struct.pack("<I", 1025 + n).ljust(26, b"\0") for n in range(len(anchors)))
        put(SHAPES, struct.pack(f"<{len(anchors) + 1}I", *anchors, end) + shapes)  # type: ignore[operator]
        ends = [0, *accumulate(one.length for _, one in self.boxes)]
        entries = b"".join(struct.pack("<IIHIII", 1, 0, 0, 0, 1025 + n, 0) for n in range(len(anchors)))
        put(BOXES, struct.pack(f"<{len(ends) + 1}I", *ends, ends[-1] + 1) + entries + bytes(22))  # type: ignore[operator]

    def _head(self, main: bytearray, sizes: Sequence[int], places: dict[int, tuple[int, int]]) -> None:
        struct.pack_into("<HHHHHH", main, 0, 0xA5EC, 0x00C1, 0, 0x0809, 0, 0x1200 | 0x1000 | self.flags)
        struct.pack_into("<H", main, 0x20, 14)
        struct.pack_into("<H", main, 0x3E, 22)
        body, notes, heads, boxes = sizes
        struct.pack_into("<8I", main, 0x4C, body, notes, heads, 0, 0, 0, boxes, 0)
        struct.pack_into("<H", main, 0x98, 93)
        for index, (start, size) in places.items():
            struct.pack_into("<II", main, 0x9A + 8 * index, start, size)


def _joined(stories: Sequence[Story]) -> Story:
    whole = Story()
    for one in stories:
        whole.paragraphs += [(whole.length + end, changes) for end, changes in one.paragraphs]
        whole.stretches += one.stretches
    return whole


def _ends(sized: Sequence[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    return list(zip(accumulate(size for size, _ in sized), (changes for _, changes in sized), strict=True))


def _runs(main: bytearray, ends: Sequence[tuple[int, bytes]], *, of_paragraphs: bool) -> bytes:
    """Pages of runs at the end of the stream, and the table that says where they are."""
    main.extend(bytes(-len(main) % 512))
    first, numbers, bounds = TEXT_AT, [], [TEXT_AT]
    for at in range(0, len(ends), 6):
        some = ends[at : at + 6]
        numbers.append(len(main) // 512)
        main.extend(_page(first, some, of_paragraphs=of_paragraphs))
        first = some[-1][0]
        bounds.append(first)
    return struct.pack(f"<{len(bounds)}I", *bounds) + struct.pack(f"<{len(numbers)}I", *numbers)


def _page(first: int, ends: Sequence[tuple[int, bytes]], *, of_paragraphs: bool) -> bytes:
    page = bytearray(512)
    struct.pack_into(f"<{len(ends) + 1}I", page, 0, first, *(end for end, _ in ends))
    step, at = (13 if of_paragraphs else 1), 510
    for number, (_, changes) in enumerate(ends):
        data = struct.pack("<H", 0) + changes if of_paragraphs else changes
        if of_paragraphs:
            data = bytes([0, (len(data) + 1) // 2]) + data + bytes(len(data) % 2)
        elif data:
            data = bytes([len(data)]) + data
        at = (at - len(data)) // 2 * 2
        page[at : at + len(data)] = data
        page[4 * (len(ends) + 1) + step * number] = at // 2 if data else 0
    page[511] = len(ends)
    return bytes(page)


def _lists(lists: Sequence[Sequence[tuple[int, str]]]) -> tuple[bytes, bytes]:
    heads, levels = struct.pack("<H", len(lists)), b""
    for number, each in enumerate(lists):
        simple = len(each) == 1
        heads += struct.pack("<ii18sBB", number + 100, 0, bytes(18), int(simple), 0)
        for style, text in [*each, *[(255, "")] * (0 if simple else 9 - len(each))]:
            levels += struct.pack("<iB", 1, style).ljust(28, b"\0")
            levels += struct.pack("<H", len(text)) + text.encode("utf-16-le")
    return heads, levels


def _uses(count: int) -> bytes:
    uses = b"".join(struct.pack("<i8xB3x", number + 100, 0) for number in range(count))
    return struct.pack("<I", count) + uses + b"\xff\xff\xff\xff" * count
