"""Files damaged by chance: bytes of the file, or of a part of it that is packed whole again."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

from tests.parsers.documents.hostile_office import repacked

Damage = Callable[[bytes, random.Random], bytes]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Some of: bytes changed, a piece lost, a piece twice, noise put in, digits changed, the end cut off."""
    body = bytearray(data or b"x")
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(body))
        size = chance.choice([1, 4, 30, 200])
        match chance.randrange(6):
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
            case _:
                del body[max(place, len(body) - 400) :]
        body = body or bytearray(b"x")
    return bytes(body)


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """A zip with damage to one of its parts only, so that it is unpacked and parsed."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        name = chance.choice([each for each in archive.namelist() if each.endswith((".xml", ".rels"))])
        part = archive.read(name)
    return repacked(data, name, damaged(part, chance))


def damaged_numbers(data: bytes, chance: random.Random) -> bytes:
    """A file of tables with some numbers of its tables changed."""
    body = bytearray(data)
    for _ in range(chance.randint(1, 12)):
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


def _other_digits(data: bytearray, place: int, chance: random.Random) -> bytes:
    piece = bytes(chance.choice(b"0123456789") if 48 <= byte <= 57 else byte for byte in data[place : place + 60])
    return bytes(data[:place] + piece + data[place + 60 :])
