"""What pictures tell beside what they show: where they were taken and by whom. Nothing is decoded."""

import re
import struct
from collections.abc import Iterator

from parsers.documents.probes.probe_findings import Findings

GPS, ARTIST, OWNER = 0x8825, 0x013B, 0xA430
EXIF_FOLDER = 0x8769
AUTHORS = frozenset({ARTIST, OWNER})
ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
"""Beginnings of a TIFF structure, and the order of bytes in it."""
EXIF = b"Exif\0\0"
MOST_SEGMENTS, MOST_TAGS, MOST_FOLDERS = 10_000, 1_000, 32
XMP_LOCATION = re.compile(rb"GPSLatitude|Iptc4xmpCore:Location|photoshop:City")
XMP_AUTHOR = re.compile(rb"<dc:creator|photoshop:Author|xmpRights:Owner")
PNG_AUTHOR = re.compile(rb"(?:Author|Artist|Creator)\0", re.IGNORECASE)


def probe_image(data: bytes, findings: Findings) -> None:
    """A picture: its Exif tags, its XMP packet, its text chunks."""
    places = authors = False
    for block in _blocks(data):
        tags = set(_tags(block))
        places |= GPS in tags
        authors |= bool(tags & AUTHORS) or PNG_AUTHOR.match(block) is not None
    places |= XMP_LOCATION.search(data) is not None
    authors |= XMP_AUTHOR.search(data) is not None
    findings.add("picture_location", "picture", count=int(places))
    findings.add("picture_author", "picture", count=int(authors))


def _blocks(data: bytes) -> Iterator[bytes]:
    if data[:4] in ORDERS:
        yield data
    elif data.startswith(b"\xff\xd8"):
        yield from _jpeg_blocks(data)
    elif data.startswith(b"\x89PNG"):
        yield from _png_blocks(data)


def _jpeg_blocks(data: bytes) -> Iterator[bytes]:
    place = 2
    for _ in range(MOST_SEGMENTS):
        if place + 4 > len(data) or data[place] != 0xFF or data[place + 1] == 0xDA:
            return
        (size,) = struct.unpack_from(">H", data, place + 2)
        body = data[place + 4 : place + 2 + size]
        if data[place + 1] == 0xE1 and body.startswith(EXIF):
            yield body[len(EXIF) :]
        place += 2 + max(size, 2)


def _png_blocks(data: bytes) -> Iterator[bytes]:
    place = 8
    for _ in range(MOST_SEGMENTS):
        if place + 8 > len(data):
            return
        size, kind = struct.unpack_from(">I4s", data, place)
        if kind in {b"eXIf", b"tEXt", b"iTXt", b"zTXt"}:
            yield data[place + 8 : place + 8 + size]
        place += 12 + size


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
