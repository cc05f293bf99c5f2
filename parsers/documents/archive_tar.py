"""Tar archives and files packed with gzip, within the same bounds as zip archives.

Only files are taken: links, devices and folders are counted and left out, and nothing is written under a name that
the archive gives. A ``.tar.gz`` is a file with one file in it, which is an archive.
"""

import tarfile
import zlib
from io import BytesIO

from parsers.documents.archive_zip import MOST_ENTRIES, keep, left_out, left_out_note
from parsers.documents.caps import CAPS, Caps
from parsers.documents.package import FAULTS
from parsers.documents.parts import Parts, unopened
from parsers.documents.records import Opened

_TAR_FAULTS = (*FAULTS, tarfile.TarError, LookupError, TypeError, AttributeError, RecursionError)
_NAMED, _EXTRA, _ADDED = 0x08, 0x04, 10
_ENDINGS = ((".tgz", ".tar"), (".gz", ""))
_PIECE = 1 << 18


def open_tar(data: bytes, *, caps: Caps = CAPS) -> Opened:
    """A tar archive with the files in it."""
    parts = Parts()
    notes: list[str] = []
    omitted = entries = 0
    try:
        with tarfile.open(fileobj=BytesIO(data), mode="r:") as archive:
            for entry in archive:
                entries += 1
                if entries > MOST_ENTRIES:
                    return unopened("tar", "bomb", f"It lists more than {MOST_ENTRIES:,} files.", tool="tarfile")
                if not entry.isfile() or left_out(entry.name):
                    omitted += 1
                    continue
                _take(archive, entry, parts)
    except _TAR_FAULTS:
        notes.append("It is damaged: what follows in it cannot be found.")
    if not entries:
        return unopened("tar", "damaged", "It is damaged: it is no tar archive that can be opened.", tool="tarfile")
    return parts.opened("tar", "", caps=caps, tool="tarfile", notes=[*notes, *left_out_note(omitted)])


def _take(archive: tarfile.TarFile, entry: tarfile.TarInfo, parts: Parts) -> None:
    try:
        file = archive.extractfile(entry)
        body = file.read(parts.left + 1) if file else b""
    except _TAR_FAULTS:
        parts.fail(entry.name, "damaged", "It is damaged: it is not whole.")
        return
    if len(body) < min(entry.size, parts.left + 1):
        parts.fail(entry.name, "damaged", "It is damaged: it is not whole.")
    else:
        keep(entry.name, body, len(body), parts)


def open_gzip(data: bytes, *, caps: Caps = CAPS) -> Opened:
    """A file packed with gzip; it is called as its header says."""
    parts = Parts()
    body, is_whole = _unpacked(data, parts.left)
    if body is None or (not is_whole and not body):
        return unopened("gz", "damaged", "It is damaged: it cannot be unpacked.", tool="zlib")
    if not is_whole:
        parts.fail(_name(data), "damaged", "It is damaged: it cannot be unpacked whole.")
    else:
        keep(_name(data), body, len(data), parts)
    return parts.opened("gz", "", caps=caps, tool="zlib")


def _unpacked(data: bytes, most: int) -> tuple[bytes | None, bool]:
    """At most one byte more than ``most`` of what was packed, and whether it ends where it should."""
    plain, place = bytearray(), 0
    while data.startswith(b"\x1f\x8b", place) and len(plain) <= most:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            while not unpacker.eof and place < len(data) and len(plain) <= most:
                piece = data[place : place + _PIECE]
                plain += unpacker.decompress(piece, most + 1 - len(plain))
                place += len(piece) - len(unpacker.unconsumed_tail)
        except zlib.error:
            return (bytes(plain) if plain else None), False
        place -= len(unpacker.unused_data)
        if not unpacker.eof:
            return bytes(plain), len(plain) > most
    return bytes(plain), True


def _name(data: bytes) -> str | None:
    """The name in the header, without what says how the file is packed."""
    flags = data[3] if len(data) > _ADDED else 0
    place = _ADDED + (2 + int.from_bytes(data[_ADDED : _ADDED + 2], "little") if flags & _EXTRA else 0)
    if not flags & _NAMED:
        return None
    name = data[place : place + 1000].partition(b"\0")[0].decode("utf-8", "replace")
    ending = next((one for one in _ENDINGS if name.lower().endswith(one[0])), None)
    return name[: -len(ending[0])] + ending[1] if ending else name
