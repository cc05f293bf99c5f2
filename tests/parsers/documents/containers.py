"""Zip and OLE files of nothing but names, for the sniffer."""

import io
import struct
import zipfile
from collections.abc import Mapping

NONE = 0xFFFFFFFF
END_OF_CHAIN = 0xFFFFFFFE


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """A zip with these files, stored in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


def office(*parts: str) -> bytes:
    """A zip such as Office writes."""
    return zipped({"[Content_Types].xml": "<Types/>", **dict.fromkeys(parts, "<x/>")})


def ole(*names: str, embedded: str | None = None) -> bytes:
    """An OLE compound file whose directory holds these streams, and maybe one inside a storage."""
    entries = [_entry("Root Entry", kind=5, child=1)]
    for number, name in enumerate(names, start=1):
        entries.append(_entry(name, kind=2, right=number + 1 if number < len(names) else NONE))
    if embedded:
        entries[len(names)] = _entry(names[-1], kind=2, right=len(names) + 1)
        entries += [_entry("ObjectPool", kind=1, child=len(names) + 2), _entry(embedded, kind=2)]
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    sectors = len(directory) // 512
    chain = [*range(2, sectors + 1), END_OF_CHAIN]
    table = struct.pack("<I", 0xFFFFFFFD) + b"".join(struct.pack("<I", one) for one in chain)
    return _header() + table.ljust(512, b"\xff") + directory


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file with these streams, each long enough for sectors of its own."""
    bodies = [body.ljust(4096, b"\0") for body in streams.values()]
    sectors = [-(-len(body) // 512) for body in bodies]
    directory_sectors = -(-(len(streams) + 1) // 4)
    used = directory_sectors + sum(sectors)
    tables = next(n for n in range(1, 110) if n * 128 >= used + n)
    table = [0xFFFFFFFD] * tables
    firsts: list[int] = []
    for size in (directory_sectors, *sectors):
        firsts.append(len(table))
        table += [*range(len(table) + 1, len(table) + size), END_OF_CHAIN]
    entries = [_entry("Root Entry", kind=5, child=1)]
    for number, (name, body) in enumerate(zip(streams, bodies, strict=True), start=1):
        entry = _entry(name, kind=2, right=number + 1 if number < len(streams) else NONE)
        entries.append(entry[:116] + struct.pack("<IQ", firsts[number], len(body)))
    head = bytearray(_header())
    struct.pack_into("<II", head, 44, tables, firsts[0])
    struct.pack_into("<IIIII", head, 56, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    struct.pack_into(f"<{tables}I", head, 76, *range(tables))
    out = bytes(head) + struct.pack(f"<{len(table)}I", *table).ljust(tables * 512, b"\xff")
    out += b"".join(entries).ljust(directory_sectors * 512, b"\0")
    return out + b"".join(body.ljust(-(-len(body) // 512) * 512, b"\0") for body in bodies)


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    head = head.ljust(44, b"\0") + struct.pack("<II", 1, 1)
    return head.ljust(76, b"\0") + struct.pack("<I", 0).ljust(4 * 109, b"\xff")


def _entry(name: str, *, kind: int, right: int = NONE, child: int = NONE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, NONE, right, child)).ljust(128, b"\0")
