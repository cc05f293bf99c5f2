"""The streams of an old Word document and where its text lies in them, as in Microsoft's [MS-DOC]."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

from parsers.documents.containers import OLE_FAULTS, ole_stream
from parsers.documents.package import UnreadableError

WORD_97 = 0x00C1
ENCRYPTED, COMPLEX, SECOND_TABLE = 0x0100, 0x0004, 0x0200
FOOTNOTE_MARKS, FOOTNOTES, SECTIONS, HEADERS, CHARACTERS, PARAGRAPHS = 2, 3, 6, 11, 12, 13
STYLES, SETTINGS, PIECES, SHAPES, HEADER_SHAPES, ENDNOTE_MARKS, ENDNOTES = 1, 31, 33, 40, 41, 46, 47
BOXES, HEADER_BOXES, LISTS, LIST_USES = 56, 58, 73, 74
"""Places in the header's table of what lies where."""
STORIES = ("body", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
MOST_TEXT = 4_000_000
"""Characters of one document, some thousand pages; pieces may lie over each other and make any number."""
COMPRESSED = 0x40000000


@dataclass(frozen=True)
class Piece:
    """Text that lies together in the stream."""

    first: int
    """Its first character's place in the text of the document."""
    text: str
    offset: int
    """In the stream."""
    width: int
    """Bytes of a character: 1 or 2."""

    def offset_of(self, place: int) -> int:
        """Where a character of the piece lies in the stream."""
        return self.offset + (place - self.first) * self.width


class WordFile:
    """An opened file: streams, pieces and stories."""

    def __init__(self, data: bytes) -> None:
        try:
            with olefile.OleFileIO(io.BytesIO(data)) as ole:
                self._streams = {name: _stream(ole, name) for name in ("WordDocument", "0Table", "1Table", "Data")}
        except OLE_FAULTS as error:
            raise UnreadableError("damaged", "It is damaged: its parts cannot be found.") from error
        self.main = self._streams["WordDocument"]
        self.data = self._streams["Data"]
        if len(self.main) < 0x60:
            raise UnreadableError("damaged", "It is damaged: the part that holds its text cannot be opened.")
        self.version, flags = struct.unpack_from("<H6xH", self.main, 2)
        if flags & ENCRYPTED:
            raise UnreadableError("encrypted", "It needs a password to open.")
        self.is_old = self.version < WORD_97
        self.table = b"" if self.is_old else self._streams["1Table" if flags & SECOND_TABLE else "0Table"]
        self.pieces = list(self._old_text(flags) if self.is_old else self._pieces())
        self.length = sum(len(piece.text) for piece in self.pieces)
        self.is_cut = self.length >= MOST_TEXT

    def part(self, index: int, *, to_the_end: bool = False) -> bytes:
        """What the header's table says lies in the table stream at one of its places."""
        place = 0x9A + 8 * index
        if self.is_old or place + 8 > len(self.main) or index >= struct.unpack_from("<H", self.main, 0x98)[0]:
            return b""
        start, size = struct.unpack_from("<II", self.main, place)
        if not size:
            return b""
        return self.table[start:] if to_the_end else self.table[start : start + size]

    def stories(self) -> dict[str, tuple[int, int]]:
        """Where each story begins and ends in the text; they follow each other."""
        if self.is_old:
            return {"body": (0, self.length)}
        sizes = struct.unpack_from("<8I", self.main, 0x4C)
        found: dict[str, tuple[int, int]] = {}
        start = 0
        for name, size in zip(STORIES, sizes, strict=True):
            end = min(start + size, self.length)
            found[name] = start, end
            start = end
        return found

    def _pieces(self) -> Iterator[Piece]:
        table = _piece_table(self.part(PIECES))
        count = max(0, (len(table) - 4) // 12)
        places = struct.unpack_from(f"<{count + 1}I", table) if count else ()
        if not count:
            raise UnreadableError("damaged", "It is damaged: where its text lies is not told.")
        first = 0
        for index in range(count):
            (where,) = struct.unpack_from("<2xI", table, 4 * (count + 1) + 8 * index)
            piece = self._piece(first, where, max(0, min(places[index + 1] - places[index], MOST_TEXT - first)))
            first += len(piece.text)
            yield piece

    def _piece(self, first: int, where: int, size: int) -> Piece:
        if where & COMPRESSED:
            offset = (where & ~COMPRESSED & 0x3FFFFFFF) // 2
            return Piece(first, self.main[offset : offset + size].decode("cp1252", errors="replace"), offset, 1)
        data = self.main[where : where + 2 * size]
        # One character a unit, as the document counts them: pairs are joined when they are told.
        units = struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])
        return Piece(first, "".join(map(chr, units)), where, 2)

    def _old_text(self, flags: int) -> Iterator[Piece]:
        """Of Word 6 and 95: the text lies in one piece, unless it was saved in haste."""
        start, end = struct.unpack_from("<II", self.main, 0x18)
        if flags & COMPLEX:
            raise UnreadableError("unsupported", "There is no reader for files that Word 6 or Word 95 saved in haste.")
        yield Piece(0, self.main[start:end].decode("cp1252", errors="replace"), start, 1)


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    return ole_stream(ole, [name]) if ole.exists(name) else b""


def _piece_table(clx: bytes) -> bytes:
    """The table behind the changes that pieces may refer to."""
    place = 0
    while place + 5 <= len(clx):
        if clx[place] == 2:
            (size,) = struct.unpack_from("<I", clx, place + 1)
            return clx[place + 5 : place + 5 + size]
        if clx[place] != 1:
            break
        place += 3 + struct.unpack_from("<H", clx, place + 1)[0]
    return b""
