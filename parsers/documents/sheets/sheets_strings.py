"""Texts of old Excel workbooks: one or two bytes a letter, with marks of runs and reading aids around them."""

import struct
from collections.abc import Sequence

WIDE, AIDED, RICH = 0x01, 0x04, 0x08
MOST_STRINGS = 2_000_000
MOST_CHARACTERS = 32_000_000


def short_text(body: bytes, start: int, *, encoding: str, is_old: bool) -> str:
    """A text behind one byte of length; in Excel 5 and 95 in the encoding of the file."""
    length = body[start]
    if is_old:
        return body[start + 1 : start + 1 + length].decode(encoding, errors="replace")
    return _letters(body, start + 2, length, wide=bool(body[start + 1] & WIDE))


def text_of(body: bytes, start: int) -> str:
    """A text behind two bytes of length and its marks."""
    length, marks = struct.unpack_from("<HB", body, start)
    first = start + 3 + 2 * bool(marks & RICH) + 4 * bool(marks & AIDED)
    return _letters(body, first, length, wide=bool(marks & WIDE))


def shared_strings(parts: Sequence[bytes]) -> list[str]:
    """The texts that cells share, out of the record that holds them and those that continue it.

    A text may go on in the next record, whose first byte then says anew how wide its letters are. The count that
    the record declares is not trusted: what is there is read.
    """
    reader = _Parts(parts)
    found: list[str] = []
    total = 0
    while reader.has_more and len(found) < MOST_STRINGS and total < MOST_CHARACTERS:
        try:
            found.append(reader.string())
        except (struct.error, IndexError):
            break
        total += len(found[-1])
    return found


class _Parts:
    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = parts
        self._part, self._place = 0, 8

    @property
    def has_more(self) -> bool:
        self._step_on()
        return self._part < len(self._parts)

    def string(self) -> str:
        length, marks = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if marks & RICH else 0
        aids = struct.unpack("<I", self._take(4))[0] if marks & AIDED else 0
        text = self._text(length, wide=bool(marks & WIDE))
        self._skip(4 * runs + aids)
        return text

    def _text(self, length: int, *, wide: bool) -> str:
        pieces: list[str] = []
        while length > 0:
            if self._place >= len(self._parts[self._part]):
                self._part, self._place = self._part + 1, 1
                wide = bool(self._parts[self._part][0] & WIDE)
            body = self._parts[self._part]
            here = min(length, (len(body) - self._place) // (2 if wide else 1))
            if here <= 0:
                raise IndexError
            pieces.append(_letters(body, self._place, here, wide=wide))
            self._place += here * (2 if wide else 1)
            length -= here
        return "".join(pieces)

    def _take(self, count: int) -> bytes:
        self._step_on()
        taken = self._parts[self._part][self._place : self._place + count]
        self._place += count
        return taken

    def _skip(self, count: int) -> None:
        while count > 0:
            self._step_on()
            here = min(count, len(self._parts[self._part]) - self._place)
            self._place += here
            count -= here

    def _step_on(self) -> None:
        while self._part < len(self._parts) and self._place >= len(self._parts[self._part]):
            self._part, self._place = self._part + 1, 0


def _letters(body: bytes, start: int, length: int, *, wide: bool) -> str:
    if wide:
        return body[start : start + 2 * length].decode("utf-16-le", errors="replace")
    return body[start : start + length].decode("latin-1")
