"""What pictures tell beside what they show: where and by whom they were taken, remarks, and pictures inside them.

Nothing is decoded. A small picture of a larger one is kept from before it was cut or blackened; so is what lies
behind the end of a picture that a careless program wrote over a longer one.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from parsers.documents.probes.probe_findings import FindingKind, Findings

ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
"""Beginnings of a TIFF structure, and the order of bytes in it."""
EXIF, PHOTOSHOP = b"Exif\0\0", b"Photoshop 3.0\0"
EXIF_FOLDER = 0x8769
TAGS: dict[int, FindingKind] = {
    0x8825: "picture_location",
    **dict.fromkeys((0x013B, 0x8298, 0x9C9D, 0xA430, 0xA431, 0xA435), "picture_author"),
    **dict.fromkeys((0x010E, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F), "picture_remarks"),
    0x0201: "picture_thumbnail",
}
"""Artist, copyright, owner and the numbers of camera and lens, by which pictures of one person are told."""
IPTC: dict[int, FindingKind] = {
    **dict.fromkeys((90, 92, 95, 100, 101), "picture_location"),
    **dict.fromkeys((80, 85, 110, 115, 116, 118, 122), "picture_author"),
    **dict.fromkeys((5, 25, 40, 105, 120), "picture_remarks"),
}
XMP: tuple[tuple[FindingKind, re.Pattern[bytes]], ...] = (
    ("picture_location", re.compile(rb"GPSLatitude|Iptc4xmpCore:Location|photoshop:City")),
    ("picture_author", re.compile(rb"<dc:creator|photoshop:Author|xmpRights:Owner|aux:SerialNumber")),
    ("picture_remarks", re.compile(rb"<dc:description|<dc:title|<dc:subject|exif:UserComment")),
    ("picture_thumbnail", re.compile(rb"<xmp:Thumbnails|<xap:Thumbnails")),
)
PNG_AUTHOR = re.compile(rb"(?:Author|Artist|Creator|Copyright)\0", re.IGNORECASE)
PNG_REMARK = re.compile(rb"(?:Comment|Description|Title|Disclaimer|Warning|Source)\0", re.IGNORECASE)
PNG_TEXTS = frozenset({b"eXIf", b"tEXt", b"iTXt", b"zTXt"})
MOST_SEGMENTS, MOST_TAGS, MOST_FOLDERS = 10_000, 1_000, 32
MOST_UNPACKED = 1 << 20
LEAST_REMAINDER = 64
"""Bytes; fewer behind the end are padding."""


def probe_image(data: bytes, findings: Findings, *, is_whole: bool = True) -> None:
    """A picture: its Exif tags, its XMP packet, its texts, and unless only its front was given what lies behind it."""
    kinds = {kind for kind, pattern in XMP if pattern.search(data)}
    kinds.update(kind for block in _blocks(data) for kind in _told(block))
    if is_whole and len(data) - _end(data) >= LEAST_REMAINDER and data[_end(data) :].strip(b"\0\xff \r\n"):
        kinds.add("picture_remainder")
    for kind in sorted(kinds):
        findings.add(kind, "picture")


def _told(block: bytes) -> Iterator[FindingKind]:
    """What one block of a picture tells."""
    if block[:4] in ORDERS:
        yield from (TAGS[tag] for tag in _tags(block) if tag in TAGS)
    elif block.startswith(PHOTOSHOP):
        yield from _photoshop(block)
    elif block.startswith(b"\xfe"):
        yield "picture_remarks"
    elif PNG_AUTHOR.match(block):
        yield "picture_author"
    elif PNG_REMARK.match(block):
        yield "picture_remarks"
    else:
        text = _unpacked(block)
        yield from (kind for kind, pattern in XMP if pattern.search(text))


def _blocks(data: bytes) -> Iterator[bytes]:
    if data[:4] in ORDERS:
        yield data
    elif data.startswith(b"\xff\xd8"):
        yield from (body for _, kind, body in _segments(data) for body in _jpeg_block(kind, body))
    elif data.startswith(b"\x89PNG"):
        yield from (body for kind, body, _ in _chunks(data) if kind in PNG_TEXTS)
    elif data.startswith(b"GIF8") and b"!\xfe" in data:
        yield b"\xfe"


def _jpeg_block(kind: int, body: bytes) -> Iterator[bytes]:
    if kind == 0xE1 and body.startswith(EXIF):
        yield body[len(EXIF) :]
    elif kind == 0xED and body.startswith(PHOTOSHOP):
        yield body
    elif kind == 0xFE and body.strip(b"\0 "):
        yield b"\xfe"


def _segments(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each segment of a JPEG ends, what it is, and what it holds, up to the picture itself."""
    place = 2
    for _ in range(MOST_SEGMENTS):
        if place + 4 > len(data) or data[place] != 0xFF or data[place + 1] == 0xDA:
            return
        kind, size = struct.unpack_from(">BH", data, place + 1)
        body = data[place + 4 : place + 2 + size]
        place += 2 + max(size, 2)
        yield place, kind, body


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """What each chunk of a PNG is, what it holds, and where it ends."""
    place = 8
    for _ in range(MOST_SEGMENTS):
        if place + 8 > len(data):
            return
        size, kind = struct.unpack_from(">I4s", data, place)
        yield kind, data[place + 8 : place + 8 + size] if kind in PNG_TEXTS else b"", place + 12 + size
        place += 12 + size


def _end(data: bytes) -> int:
    """Where the picture ends; the end of the file where that is not known."""
    if data.startswith(b"\x89PNG"):
        return next((end for kind, _, end in _chunks(data) if kind == b"IEND"), len(data))
    if data.startswith(b"\xff\xd8"):
        start = max((end for end, _, _ in _segments(data)), default=2)
        found = data.find(b"\xff\xd9", start)
        return len(data) if found < 0 else found + 2
    return len(data)


def _photoshop(block: bytes) -> Iterator[FindingKind]:
    """Resources that Photoshop and news agencies put into pictures: small pictures, and who, where and what."""
    place = len(PHOTOSHOP)
    for _ in range(MOST_TAGS):
        if block[place : place + 4] != b"8BIM" or place + 12 > len(block):
            return
        (number,) = struct.unpack_from(">H", block, place + 4)
        place += 6 + (block[place + 6] + 2) // 2 * 2
        if place + 4 > len(block):
            return
        (size,) = struct.unpack_from(">I", block, place)
        body, place = block[place + 4 : place + 4 + size], place + 4 + size + size % 2
        if number in {0x0409, 0x040C}:
            yield "picture_thumbnail"
        elif number == 0x0404:
            yield from _agency(body)


def _agency(body: bytes) -> Iterator[FindingKind]:
    place = 0
    while place + 5 <= len(body) and body[place] == 0x1C:
        record, number, size = struct.unpack_from(">BBH", body, place + 1)
        if record == 2 and number in IPTC and size:
            yield IPTC[number]
        place += 5 + size


def _unpacked(block: bytes) -> bytes:
    """The text of a packed chunk of a PNG, as far as it can be had."""
    for place in range(block.find(b"\x78"), min(len(block), 200)) if b"\x78" in block else ():
        if block[place] != 0x78:
            continue
        try:
            return zlib.decompressobj().decompress(block[place:], MOST_UNPACKED)
        except zlib.error:
            continue
    return b""


def _tags(block: bytes) -> Iterator[int]:
    """The numbers of the tags in a TIFF structure, those of the Exif folder among them."""
    order = ORDERS.get(block[:4])
    if order is None or len(block) < 8:
        return
    waiting, seen = list(struct.unpack_from(f"{order}I", block, 4)), set[int]()
    while waiting and len(seen) < MOST_FOLDERS:
        place = waiting.pop()
        if place in seen or place + 2 > len(block):
            continue
        seen.add(place)
        (count,) = struct.unpack_from(f"{order}H", block, place)
        end = place + 2 + 12 * min(count, MOST_TAGS)
        for entry in range(place + 2, min(end, len(block) - 11), 12):
            tag, _, _, value = struct.unpack_from(f"{order}HHII", block, entry)
            yield tag
            if tag == EXIF_FOLDER:
                waiting.append(value)
        if end + 4 <= len(block):
            waiting += [one for one in struct.unpack_from(f"{order}I", block, end) if one]
