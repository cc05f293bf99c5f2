"""Whether anything is left in a database file outside the rows that it shows: the format of SQLite, read byte by byte.

SQLite keeps what was deleted in pages on its free list, in the gap and the free blocks of pages in use, in the tails of
overflow pages and in the write-ahead log. With ``secure_delete`` it writes noughts there, but for copies that moving
rows between pages leaves in gaps, so this module looks and ``scrub`` writes noughts where words are left. Offsets are
those of the file format (https://www.sqlite.org/fileformat2.html). Remnants of pointers and of free blocks, which are
numbers below the page size, are passed over: they hold no words. What the file system keeps of blocks given back to it
cannot be seen here.

Closing a file drops every lock that the process has on it (POSIX), SQLite's own included, so all of this runs in a
process of its own: ``scraper.removals.scan``.
"""

import os
import re
import sqlite3
import struct
from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from scraper.errors import WdtkError
from scraper.removals.blocks import Blocks

_TABLE_LEAF, _TABLE_INTERIOR, _INDEX_LEAF, _INDEX_INTERIOR = 0x0D, 0x05, 0x0A, 0x02
_LOCK_BYTE = 1 << 30
_SIDES = ("-wal", "-journal")
_WORDS = re.compile(rb"[\x20-\xff]{5,}")
"""Numbers below the page size begin with a byte under 0x20, so that remnants of two have no five such bytes."""
_AT_ONCE = 100_000
"""Places that are overwritten, and then read back, together. Until then two numbers are kept of each."""
_TREE, _OVERFLOW, _TRUNK, _FREE = 1, 2, 3, 4
"""What a page is; of the second and third kind each names the next, or none."""
_CHAINED = frozenset({_OVERFLOW, _TRUNK})
_OURS = frozenset({"free page", "gap", "free block", "overflow tail"})


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """Bytes that belong to no row and are not nought."""

    start: int
    end: int
    """Offsets in the file."""
    what: str
    """Where: free page, gap, free block, overflow tail, unused page or write-ahead log."""


class DamagedError(WdtkError):
    """The file is not a sound database."""


def leftovers(path: Path) -> Iterator[Leftover]:
    """What is left in a database file that nobody writes to. Raises DamagedError where it cannot be read to its end.

    A write-ahead log or journal that is not empty is a leftover by itself: what it holds is not known.
    """
    for side in _SIDES:
        log = path.with_name(path.name + side)
        if log.exists() and log.stat().st_size:
            yield Leftover(start=0, end=log.stat().st_size, what="write-ahead log")
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        roots = [root for (root,) in connection.execute("SELECT rootpage FROM sqlite_master WHERE rootpage > 0")]
    with path.open("rb") as file:
        data = Blocks(file)
        try:
            if len(data):
                yield from _File(data, path).leftovers(roots)
        except (IndexError, struct.error) as error:
            raise DamagedError(f"{path} is damaged: what a page says of its own bytes is not so ({error}).") from error


def scrub(path: Path) -> tuple[list[Leftover], int]:
    """Write noughts over what is left between the rows; gives what is left all the same, and over how many places.

    Only while the caller keeps all writers out and the write-ahead log is empty. What stands there means nothing to
    SQLite, so a kill in between does no harm.
    """
    # Nothing is written before the walk has ended, as the file may be damaged further on.
    places, others = array("Q"), []
    for one in leftovers(path):
        if one.what in _OURS:
            places.extend((one.start, one.end))
        else:
            others.append(one)
    for first in range(0, len(places), 2 * _AT_ONCE):
        some = places[first : first + 2 * _AT_ONCE]
        _overwrite(path, list(zip(some[::2], some[1::2], strict=True)))
    return others, len(places) // 2


def _overwrite(path: Path, places: Sequence[tuple[int, int]]) -> None:
    """Write noughts, and read them back. DamagedError where something else stands there: the disk fails."""
    with path.open("r+b") as file:
        for start, end in places:
            file.seek(start)
            file.write(bytes(end - start))
        file.flush()
        os.fsync(file.fileno())
        for start, end in places:
            file.seek(start)
            if file.read(end - start) != bytes(end - start):
                raise DamagedError(f"{path} still has what was overwritten at byte {start}.")


class _File:
    """One walk through all pages of a file.

    Pages are taken in the order in which they lie, and those that are found to lie further back by another pass: in the
    order of the trees a file that is larger than the memory would be read in a million places one after the other.
    """

    def __init__(self, data: Blocks, path: Path) -> None:
        self._data, self._path = data, path
        if data[:16] != b"SQLite format 3\x00":
            raise DamagedError(f"{path} is no database of SQLite.")
        size = int.from_bytes(data[16:18], "big")
        self._size = 65536 if size == 1 else size
        self._usable = self._size - data[20:21][0]
        if self._size < 512 or self._usable < 480:
            raise DamagedError(f"{path} is damaged: its pages have {self._size} bytes.")
        self._count = len(data) // self._size
        self._seen = bytearray(self._count + 1)  # one byte a page: a set of numbers would take a hundred
        self._wanted = bytearray(self._count + 1)
        self._kinds = bytearray(self._count + 1)
        self._lengths = array("I", bytes(4 * (self._count + 1)))
        self._place = self._ahead = 0
        self._behind = self._first_behind = 0
        lock_page = _LOCK_BYTE // self._size + 1
        if lock_page <= self._count:
            self._seen[lock_page] = 1

    def leftovers(self, roots: Sequence[int]) -> Iterator[Leftover]:
        """``roots`` are the first pages of all tables and indexes."""
        self._want(_u32(self._data, 32), _TRUNK)
        for root in [1, *roots]:
            self._want(root, _TREE)
        looks = {_TREE: self._tree, _OVERFLOW: self._overflow, _TRUNK: self._trunk, _FREE: self._free}
        for number in self._passes():
            yield from looks[self._kinds[number]](number, self._page(number))
        number = 0
        while (number := self._seen.find(0, number + 1)) > 0:
            yield from self._rest(number, self._page(number), 0, self._size, "unused page")

    def _want(self, number: int, kind: int, length: int = 0) -> None:
        """Have a page looked at, as what it is; page 0 is none. DamagedError where it is something already."""
        if kind in _CHAINED and not number:
            return
        if not 0 < number <= self._count or self._seen[number]:
            raise DamagedError(f"{self._path} is damaged: page {number} is not there, or used twice.")
        self._seen[number] = self._wanted[number] = 1
        self._kinds[number], self._lengths[number] = kind, length
        if number > self._place:
            self._ahead += 1
        else:
            self._first_behind = min(number, self._first_behind) if self._behind else number
            self._behind += 1

    def _passes(self) -> Iterator[int]:
        """The pages that are wanted, forwards through the file until none is left; more may be wanted meanwhile."""
        while self._ahead or self._behind:
            if not self._ahead:
                self._place = self._first_behind - 1
                self._ahead, self._behind = self._behind, 0
            self._place = self._wanted.find(1, self._place + 1)
            self._wanted[self._place] = 0
            self._ahead -= 1
            yield self._place

    def _page(self, number: int) -> bytes:
        start = (number - 1) * self._size
        return self._data[start : start + self._size]

    def _trunk(self, number: int, page: bytes) -> Iterator[Leftover]:
        count = min(_u32(page, 4), self._usable // 4 - 2)
        for place in range(8, 8 + 4 * count, 4):
            self._want(_u32(page, place), _FREE)
        self._want(_u32(page, 0), _TRUNK)
        yield from self._rest(number, page, 8 + 4 * count, self._usable, "free page")

    def _free(self, number: int, page: bytes) -> Iterator[Leftover]:
        yield from self._rest(number, page, 0, self._usable, "free page")

    def _tree(self, number: int, page: bytes) -> Iterator[Leftover]:
        tree = _Tree(page, number, self._usable)
        for child in tree.children():
            self._want(child, _TREE)
        for first, length in tree.overflows():
            self._want(first, _OVERFLOW, length)
        for start, end, what in tree.unused():
            yield from self._rest(number, page, start, end, what)

    def _overflow(self, number: int, page: bytes) -> Iterator[Leftover]:
        room, length = self._usable - 4, self._lengths[number]
        self._want(_u32(page, 0), _OVERFLOW, max(0, length - room))
        if length < room:
            yield from self._rest(number, page, 4 + length, self._usable, "overflow tail")

    def _rest(self, number: int, page: bytes, start: int, end: int, what: str) -> Iterator[Leftover]:
        if end > start and page.count(0, start, end) < end - start and _WORDS.search(page, start, end):
            before = (number - 1) * self._size
            yield Leftover(start=before + start, end=before + end, what=what)


class _Tree:
    """One page of a table or an index."""

    def __init__(self, page: bytes, number: int, usable: int) -> None:
        self.page, self._usable = page, usable
        self._head = 100 if number == 1 else 0
        self._kind = page[self._head]
        if self._kind not in {_TABLE_LEAF, _TABLE_INTERIOR, _INDEX_LEAF, _INDEX_INTERIOR}:
            raise DamagedError(f"page {number} of a database is damaged: it is of no kind that there is.")
        self._inner = self._kind in {_TABLE_INTERIOR, _INDEX_INTERIOR}
        count = _u16(page, self._head + 3)
        first = self._head + (12 if self._inner else 8)
        self._end = first + 2 * count
        self._cells: Sequence[int] = struct.unpack_from(f">{count}H", page, first)

    def children(self) -> list[int]:
        """Pages below this one."""
        if not self._inner:
            return []
        return [_u32(self.page, self._head + 8), *(_u32(self.page, cell) for cell in self._cells)]

    def unused(self) -> Iterator[tuple[int, int, str]]:
        """Where no cell stands: start, end, and what the place is called. Gaps of up to three bytes are left out."""
        yield self._end, _u16(self.page, self._head + 5) or 65536, "gap"
        block = _u16(self.page, self._head + 1)
        while block:
            following, size = _u16(self.page, block), _u16(self.page, block + 2)
            yield block + 4, block + size, "free block"
            if following and following < block + size:
                raise DamagedError("a page of a database is damaged: its free blocks overlap.")
            block = following

    def overflows(self) -> Iterator[tuple[int, int]]:
        """The first overflow page of each cell that has one, and how many bytes stand there and after."""
        if self._kind == _TABLE_INTERIOR:
            return
        most, least = self._bounds()
        for start in self._long(most):
            payload, place = _varint(self.page, start)
            if payload <= most:
                continue
            if self._kind == _TABLE_LEAF:
                _, place = _varint(self.page, place)
            fitting = least + (payload - least) % (self._usable - 4)
            local = fitting if fitting <= most else least
            yield _u32(self.page, place + local), payload - local

    def _long(self, most: int) -> list[int]:
        """Where the cells begin that may have more than ``most`` bytes, which few have: told by two bytes of each."""
        page, skip, least = self.page, 4 if self._inner else 0, 0x80 | most >> 7
        starts = [cell + skip for cell in self._cells] if skip else self._cells
        return [one for one in starts if page[one] >= 0x80 and (page[one] >= least or page[one + 1] >= 0x80)]

    def _bounds(self) -> tuple[int, int]:
        least = (self._usable - 12) * 32 // 255 - 23
        most = self._usable - 35 if self._kind == _TABLE_LEAF else (self._usable - 12) * 64 // 255 - 23
        return most, least


def _u16(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 2], "big")


def _u32(data: bytes | Blocks, place: int) -> int:
    return int.from_bytes(data[place : place + 4], "big")


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """A number of up to nine bytes, and the place after it."""
    value = 0
    for step in range(8):
        byte = data[place + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + step + 1
    return value << 8 | data[place + 8], place + 9
