"""Writing a compound file (MS-CFB): a message that lay inside another becomes a file of its own."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_MINI, _SMALL = 64, 4096
"""Streams shorter than ``_SMALL`` lie in sectors of ``_MINI`` bytes, in a stream of the root."""
_LISTED = 109
_ROOT, _STREAM, _FOLDER = 5, 2, 1

Folder = dict[str, Union[bytes, "Folder"]]
"""Names of streams with their bytes, and of folders with what is in them."""


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = _END
    size: int = 0


def compound_file(folder: Mapping[str, "bytes | Folder"]) -> bytes:
    """The bytes of a compound file that holds these streams and folders."""
    entries = [_Entry("Root Entry", _ROOT)]
    _gather(folder, 0, entries)
    body = sum(len(entry.data) for entry in entries)
    shift = 9 if body < 4 << 20 else 12
    sectors = _Sectors(1 << shift)
    mini = _Sectors(_MINI)
    for entry in entries:
        if entry.kind == _STREAM:
            entry.size = len(entry.data)
            entry.start = (mini if entry.size < _SMALL else sectors).put(entry.data)
    entries[0].size = len(mini.body)
    entries[0].start = sectors.put(bytes(mini.body))
    directory = sectors.put(b"".join(map(_packed, entries)), fill=_packed(_Entry("", 0)))
    mini_table = sectors.put(struct.pack(f"<{len(mini.table)}I", *mini.table), fill=b"\xff")
    return sectors.file(shift, directory, mini_table, -(-4 * len(mini.table) // sectors.size))


def _gather(folder: Mapping[str, "bytes | Folder"], parent: int, entries: list[_Entry]) -> None:
    for name in sorted(folder, key=lambda name: (len(name), name.upper())):
        inner = folder[name]
        number = len(entries)
        entries[parent].children.append(number)
        if isinstance(inner, bytes):
            entries.append(_Entry(name[:31], _STREAM, inner))
        else:
            entries.append(_Entry(name[:31], _FOLDER))
            _gather(inner, number, entries)
    entries[parent].child = _tree(entries, entries[parent].children)


def _tree(entries: list[_Entry], numbers: list[int]) -> int:
    """Hang the entries of a folder into a balanced tree; its root."""
    if not numbers:
        return _FREE
    middle = len(numbers) // 2
    entry = entries[numbers[middle]]
    entry.left = _tree(entries, numbers[:middle])
    entry.right = _tree(entries, numbers[middle + 1 :])
    return numbers[middle]


def _packed(entry: _Entry) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le", "replace") if entry.kind else b""
    start = 0 if entry.kind in {0, _FOLDER} else entry.start
    head = struct.pack("<64sHBBIII", name, len(name), entry.kind, 1, entry.left, entry.right, entry.child)
    return head + bytes(16 + 4 + 16) + struct.pack("<IQ", start, entry.size)


class _Sectors:
    """The sectors of a file, or those of short streams, with the table that chains them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.body = bytearray()
        self.table: list[int] = []

    def put(self, data: bytes, *, fill: bytes = b"\0") -> int:
        """Append a chain; the number of its first sector."""
        if not data:
            return _END
        first = len(self.table)
        count = -(-len(data) // self.size)
        lacking = count * self.size - len(data)
        self.body += data + fill * (lacking // len(fill))
        self.table += [*range(first + 1, first + count), _END]
        return first

    def file(self, shift: int, directory: int, mini_table: int, mini_sectors: int) -> bytes:
        """The whole file: header, sectors, and the table itself behind them."""
        a_sector = self.size // 4
        count = 0
        while len(self.table) + count > count * a_sector:
            count += 1
        first = len(self.table)
        table = [*self.table, *[_TABLE] * count]
        table += [_FREE] * (count * a_sector - len(table))
        places = [first + number for number in range(count)]
        head = struct.pack(
            "<8s16xHHHHH6xIIIIIIIII",
            MAGIC, 0x3E, 3 if shift == 9 else 4, 0xFFFE, shift, 6,
            0 if shift == 9 else self._directory_sectors(directory), count, directory, 0, _SMALL,
            mini_table, mini_sectors, _END, 0,
        )  # fmt: skip
        listed = struct.pack(f"<{_LISTED}I", *(places + [_FREE] * (_LISTED - count)))
        header = (head + listed).ljust(self.size, b"\0")
        return header + bytes(self.body) + struct.pack(f"<{len(table)}I", *table)

    def _directory_sectors(self, first: int) -> int:
        count, sector = 1, first
        while self.table[sector] != _END:
            sector = self.table[sector]
            count += 1
        return count
