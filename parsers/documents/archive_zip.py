"""Zip archives: each file in them is a document of its own. Nothing is ever written under a name that they give.

What would unpack beyond the bounds is not unpacked, whatever the archive says of its size. Entries that overlap, as
only archives made to do harm have them, are not opened at all. Where the list of files is lost, as at the end of a
file cut short, the entries are sought one after the other.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise

from parsers.documents.caps import CAPS, Caps
from parsers.documents.package import BOMB_RATIO, FAULTS
from parsers.documents.parts import MEGABYTE, Parts, unopened
from parsers.documents.records import Opened

TOOL = "zipfile"
MOST_ENTRIES = 20_000
_LOCAL = b"PK\x03\x04"
_LOCKED = 1
_PIECE = 1 << 18
_LISTED_SIZE = 0xFFFFFFFF
_LEFT_BY_SYSTEMS = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$|~\$[^/]*$)")


def open_zip(data: bytes, *, caps: Caps = CAPS) -> Opened:
    """A zip archive with the files in it."""
    parts = Parts()
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (*FAULTS, struct.error):
        return _salvaged(data, caps)
    with archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            return unopened("zip", "bomb", f"It lists more than {MOST_ENTRIES:,} files.", tool=TOOL)
        if _overlap(entries):
            return unopened("zip", "bomb", "Its files overlap, as only archives made to do harm have them.", tool=TOOL)
        wanted = [entry for entry in entries if not left_out(entry.filename)]
        for entry in wanted:
            _take(archive, entry, parts)
    return parts.opened("zip", "", caps=caps, tool=TOOL, notes=left_out_note(len(entries) - len(wanted)))


def left_out(name: str) -> bool:
    """Whether an entry is a folder, or what systems put beside files without being asked."""
    return name.endswith(("/", "\\")) or _LEFT_BY_SYSTEMS.search(name.replace("\\", "/")) is not None


def left_out_note(number: int) -> list[str]:
    """A sentence on how many entries were left out, where any were."""
    if not number:
        return []
    entries = "1 entry was" if number == 1 else f"{number:,} entries were"
    return [f"{entries} left out: folders and what systems put beside files."]


def _overlap(entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether the bytes of two entries are the same bytes, counting what surely belongs to each."""
    places = sorted((entry.header_offset, entry.header_offset + 30 + entry.compress_size) for entry in entries)
    return any(end > start for (_, end), (start, _) in pairwise(places))


def _take(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, parts: Parts) -> None:
    if entry.flag_bits & _LOCKED:
        parts.fail(entry.filename, "encrypted", "It needs a password to open.")
        return
    try:
        with archive.open(entry) as file:
            data = file.read(parts.left + 1)
    except NotImplementedError:
        parts.fail(entry.filename, "unsupported", "It is packed in a way that is not known here.")
    except (*FAULTS, RuntimeError, struct.error):
        parts.fail(entry.filename, "damaged", "It is damaged: it cannot be unpacked whole.")
    else:
        keep(entry.filename, data, entry.compress_size, parts, said=entry.file_size)


def keep(name: str | None, data: bytes, packed: int, parts: Parts, *, said: int = 0) -> None:
    """Put an unpacked file among the parts, or the reason why it is too large for them.

    ``packed`` is its size in the archive, ``said`` the size that the archive claims, both in bytes.
    """
    if len(data) <= parts.left:
        parts.add(name, data)
    elif max(len(data), said) > BOMB_RATIO * max(packed, 1):
        parts.fail(name, "bomb", f"It unpacks to more than {parts.left // MEGABYTE} MB from next to nothing.")
    else:
        parts.fail(name, "too_big", f"It unpacks to more than {parts.left // MEGABYTE} MB.")


def _salvaged(data: bytes, caps: Caps) -> Opened:
    """What can be had of an archive without its list of files."""
    parts = Parts()
    omitted = 0
    for name, packed, plain in _entries(data, parts):
        if left_out(name):
            omitted += 1
        elif plain is None:
            parts.fail(name, "damaged", "It is damaged: it cannot be unpacked whole.")
        else:
            keep(name, plain, packed, parts)
    notes = ["It is damaged: its list of files is lost.", *left_out_note(omitted)]
    opened = parts.opened("zip", "", caps=caps, tool=TOOL, notes=notes)
    if not opened.document.parts:
        return unopened("zip", "damaged", "It is damaged: it is no zip file that can be opened.", tool=TOOL)
    return opened


def _entries(data: bytes, parts: Parts) -> Iterator[tuple[str, int, bytes | None]]:
    """Name, packed size and bytes of each entry by what stands before it; ``None`` for one that is not whole."""
    place = data.find(_LOCAL)
    tried = 0
    while 0 <= place <= len(data) - 30 and tried < MOST_ENTRIES:
        tried += 1
        flags, method, _, _, crc, packed, _, name_size, extra = struct.unpack_from("<HHHHIIIHH", data, place + 6)
        begin = place + 30 + name_size + extra
        raw = data[place + 30 : place + 30 + name_size]
        name = raw.decode("utf-8" if flags & 0x800 else "cp437", "replace")
        plain, end = _unpacked(data, begin, method, packed, parts.left)
        if flags & _LOCKED:
            plain = None
        if plain is not None and crc and len(plain) <= parts.left and zlib.crc32(plain) != crc:
            plain = None
        yield name, max(end - begin, 0), plain
        place = data.find(_LOCAL, max(end, place + 4))


def _unpacked(data: bytes, begin: int, method: int, packed: int, most: int) -> tuple[bytes | None, int]:
    """The bytes of an entry and where it ends; no bytes where it does not end in the file."""
    if method == zipfile.ZIP_STORED:
        end = begin + packed
        whole = 0 < packed != _LISTED_SIZE and end <= len(data)
        return (data[begin : min(end, begin + most + 1)], end) if whole else (None, begin)
    if method != zipfile.ZIP_DEFLATED:
        return None, begin
    return _inflated(data, begin, most)


def _inflated(data: bytes, begin: int, most: int) -> tuple[bytes | None, int]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    plain = bytearray()
    end = begin
    try:
        while not unpacker.eof and end < len(data) and len(plain) <= most:
            piece = data[end : end + _PIECE]
            plain += unpacker.decompress(piece, most + 1 - len(plain))
            end += len(piece)
    except zlib.error:
        return None, begin
    whole = unpacker.eof or len(plain) > most
    return bytes(plain) if whole else None, end - len(unpacker.unused_data)
