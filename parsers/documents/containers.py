"""Names of the parts in the two containers that office files use, read from their directories alone."""

import struct
from collections.abc import Sequence

import olefile

MOST_NAMES = 5_000
END_OF_ZIP = b"PK\x05\x06"
ZIP_ENTRY = b"PK\x01\x02"
ZIP_PART = b"PK\x03\x04"
ZIP_COMMENT = 65_557
"""The end record and the longest comment that may follow it."""
OLE_FAULTS = (OSError, ValueError, LookupError, TypeError, AttributeError, struct.error, OverflowError, RecursionError)
"""How ``olefile`` fails on damaged files: in whatever way the numbers in them lead to, in circles too."""
OLE_ENTRY = 128
OLE_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""


def zip_names(data: bytes) -> frozenset[str]:
    """Names in the central directory of a zip, at most ``MOST_NAMES``; where it is lost, those before the parts."""
    end = data.rfind(END_OF_ZIP, max(0, len(data) - ZIP_COMMENT))
    if end < 0 or end + 20 > len(data):
        return _names_of_parts(data)
    size, place = struct.unpack_from("<II", data, end + 12)
    if data[place : place + 4] != ZIP_ENTRY:
        place = max(0, end - size)  # something was put before the zip, or lost from it
    names: set[str] = set()
    while data[place : place + 4] == ZIP_ENTRY and place + 46 <= len(data) and len(names) < MOST_NAMES:
        name, extra, comment = struct.unpack_from("<HHH", data, place + 28)
        names.add(data[place + 46 : place + 46 + name].decode("utf-8", errors="replace"))
        place += 46 + name + extra + comment
    return frozenset(names)


def _names_of_parts(data: bytes) -> frozenset[str]:
    names: set[str] = set()
    place = data.find(ZIP_PART)
    while 0 <= place <= len(data) - 30 and len(names) < MOST_NAMES:
        (size,) = struct.unpack_from("<H", data, place + 26)
        names.add(data[place + 30 : place + 30 + size].decode("utf-8", errors="replace"))
        place = data.find(ZIP_PART, place + 30)
    return frozenset(names)


def ole_names(data: bytes) -> frozenset[str]:
    """Names at the top of an OLE compound file; those of embedded objects are not among them."""
    if len(data) < 512:
        return frozenset()
    shift: int = struct.unpack_from("<H", data, 30)[0]
    if shift not in {9, 12}:
        return frozenset()
    directory = _chain(data, 1 << shift, struct.unpack_from("<I", data, 48)[0])
    return _children_of_root(directory)


def ole_stream(ole: olefile.OleFileIO, path: Sequence[str]) -> bytes:
    """The bytes of a stream; one of ``OLE_FAULTS`` where there are none, or where its sectors lead in a circle.

    Of such a circle olefile gives the same bytes again and again, as many as the stream is said to have.
    """
    with ole.openstream(list(path)) as stream:
        data = bytes(stream.read())
    entry = ole.root
    for step in path:
        entry = entry.kids_dict[step.lower()]
    table = ole.minifat if entry.size < ole.minisectorcutoff else ole.fat
    seen: set[int] = set()
    sector = entry.isectStart
    while sector < len(table):
        if sector in seen:
            raise ValueError("sectors in a circle")
        seen.add(sector)
        sector = table[sector]
    return data


def _chain(data: bytes, size: int, first: int) -> bytes:
    """The sectors of the directory, by the allocation table whose sectors the header lists."""
    table = b"".join(_sector(data, size, n) for n in struct.unpack_from("<109I", data, 76) if n < OLE_END)
    parts: list[bytes] = []
    sector = first
    while sector < OLE_END and len(parts) * size < MOST_NAMES * OLE_ENTRY:
        part = _sector(data, size, sector)
        if not part or sector * 4 + 4 > len(table):
            break
        parts.append(part)
        sector = struct.unpack_from("<I", table, sector * 4)[0]
    return b"".join(parts)


def _sector(data: bytes, size: int, number: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


def _children_of_root(directory: bytes) -> frozenset[str]:
    names: set[str] = set()
    seen: set[int] = {0}
    waiting = [_links(directory, 0)[2]] if len(directory) >= OLE_ENTRY else []
    while waiting:
        entry = waiting.pop()
        if entry in seen or (entry + 1) * OLE_ENTRY > len(directory):
            continue
        seen.add(entry)
        left, right, _ = _links(directory, entry)
        waiting += [left, right]
        names.add(_name(directory, entry))
    return frozenset(names)


def _links(directory: bytes, entry: int) -> tuple[int, int, int]:
    left, right, child = struct.unpack_from("<III", directory, entry * OLE_ENTRY + 68)
    return left, right, child


def _name(directory: bytes, entry: int) -> str:
    start = entry * OLE_ENTRY
    length = min(struct.unpack_from("<H", directory, start + 64)[0], 64)
    return directory[start : start + max(length - 2, 0)].decode("utf-16-le", errors="replace")
