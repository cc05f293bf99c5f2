"""Files damaged by chance: bytes of the file, or of something that is packed in it and is packed whole again."""

import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO

import olefile

from parsers.documents.mail.compound import Folder, compound_file
from tests.parsers.documents.hostile_office import repacked

Damage = Callable[[bytes, random.Random], bytes]
MOST = 2 << 20
"""Bytes that a file may grow to by what is repeated in it."""
EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
PDF_STREAM = re.compile(rb"(?<=stream\n)(?s:.{1,200000}?)(?=\nendstream|endstream)")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Some of: bytes changed, a piece lost, a piece twice, noise put in, digits changed, the end cut off."""
    body = bytearray(data or b"x")
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(body))
        size = chance.choice([1, 4, 30, 200])
        match chance.randrange(7):
            case 0:
                body[place : place + size] = chance.randbytes(size)
            case 1:
                del body[place : place + size]
            case 2:
                body[place:place] = body[place : place + size]
            case 3:
                body[place:place] = chance.randbytes(size)
            case 4:
                body[:] = _other_digits(body, place, chance)
            case 5:
                body[place] ^= 1 << chance.randrange(8)
            case _:
                del body[max(place, len(body) - 400) :]
        body = body or bytearray(b"x")
    return bytes(body)


def cut(data: bytes, chance: random.Random) -> bytes:
    """The end lost, the beginning, or a large piece between."""
    first, second = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice([data[:first], data[second:], data[:first] + data[second:]])


def repeated(data: bytes, chance: random.Random) -> bytes:
    """A block over and over."""
    place = chance.randrange(len(data) + 1)
    block = data[place : place + chance.choice([1, 8, 60, 500, 4_000])]
    times = min(chance.choice([2, 20, 500, 20_000]), MOST // max(len(block), 1))
    return data[:place] + block * times + data[place:]


def spliced(others: Sequence[bytes]) -> Damage:
    """Puts pieces of other files in, or goes on as another file."""

    def splice(data: bytes, chance: random.Random) -> bytes:
        other = chance.choice(others)
        here, there = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
        piece = other[there : there + chance.choice([4, 100, 2_000])]
        return chance.choice([data[:here] + other[there:], data[:here] + piece + data[here:], data + other])

    return splice


def damaged_numbers(data: bytes, chance: random.Random) -> bytes:
    """A file of tables with some numbers of its tables changed."""
    body = bytearray(data)
    for _ in range(chance.randint(1, 12) if len(body) > 4 else 0):
        place = chance.randrange(0, len(body) - 4, 2)
        body[place : place + 4] = chance.choice(
            [
                bytes(4),
                b"\xff" * 4,
                (chance.randrange(1 << 12)).to_bytes(4, "little"),
                b"\x01\0\0\0",
                chance.randbytes(4),
            ]
        )
    return bytes(body)


def lying(data: bytes, chance: random.Random) -> bytes:
    """What could be the length of something in the file, or a place in it, given as another number."""
    body = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        size, order = chance.choice([1, 2, 2, 4, 4, 8]), chance.choice(["little", "big"])
        start = chance.randrange(max(len(body) - 600, 1))
        for place in range(start, min(start + 600, len(body) - size)):
            value = int.from_bytes(body[place : place + size], "little" if order == "little" else "big")
            if 0 < value <= len(body):
                told = chance.choice([*EXTREMES, value - 1, value + 1, value * 2, len(body)]) % (1 << 8 * size)
                body[place : place + size] = told.to_bytes(size, "little" if order == "little" else "big")
                break
    return bytes(body)


def damaged_inside(data: bytes, chance: random.Random, damage: Damage = damaged) -> bytes:
    """A zip with damage to one of its parts only, so that it is unpacked and parsed."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        name = chance.choice([each for each in names if each.endswith((".xml", ".rels", ".bin"))] or names)
        part = archive.read(name)
    return repacked(data, name, damage(part, chance))


def other_parts(data: bytes, chance: random.Random) -> bytes:
    """A zip in which a part is lost, stands twice, or has the bytes of another."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    match chance.randrange(3):
        case 0:
            del parts[one]
        case 1:
            parts.append((f"{parts[one][0]}x", parts[other][1]))
        case _:
            parts[one] = parts[one][0], parts[other][1]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts:
            archive.writestr(name, body, compress_type=zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def damaged_stream(data: bytes, chance: random.Random, damage: Damage = damaged) -> bytes:
    """A compound file with damage to one of its streams only, so that its tables still lead there."""
    with olefile.OleFileIO(BytesIO(data)) as ole:
        paths: list[list[str]] = ole.listdir()
        chosen = chance.choice(paths)
        whole: Folder = {}
        for path in paths:
            body = ole.openstream(path).read()
            _put(whole, path, damage(body, chance) if path == chosen else body)
    return compound_file(whole)


def _put(folder: Folder, path: Sequence[str], body: bytes) -> None:
    for name in path[:-1]:
        inner = folder.setdefault(name, {})
        assert isinstance(inner, dict)
        folder = inner
    folder[path[-1]] = body


def damaged_packed(data: bytes, chance: random.Random, damage: Damage = damaged) -> bytes:
    """A gzip file whose content is damaged, and packed whole."""
    packer = zlib.compressobj(wbits=31)
    return packer.compress(damage(zlib.decompress(data, wbits=31), chance)) + packer.flush()


def damaged_pdf_stream(data: bytes, chance: random.Random, damage: Damage = damaged) -> bytes:
    """A PDF with damage to what one of its plain streams says, which keeps its length."""
    streams = list(PDF_STREAM.finditer(data))
    if not streams:
        return damage(data, chance)
    one = chance.choice(streams)
    size = len(one[0])
    return data[: one.start()] + damage(one[0], chance).ljust(size)[:size] + data[one.end() :]


def _other_digits(data: bytearray, place: int, chance: random.Random) -> bytes:
    piece = bytes(chance.choice(b"0123456789") if 48 <= byte <= 57 else byte for byte in data[place : place + 60])
    return bytes(data[:place] + piece + data[place + 60 :])
