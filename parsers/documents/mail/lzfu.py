"""Rich text as Outlook packs it (MS-OXRTFCP)."""

import struct

_PACKED, _PLAIN = b"LZFu", b"MELA"
_KNOWN = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20"
    b"\\b\\i\\u\\tab\\tx"
)
"""What the dictionary holds at the start."""
_RING = 4096
MOST_BYTES = 16 << 20


def unpacked_rtf(data: bytes) -> bytes | None:
    """The rich text, as far as it is whole and no longer than ``MOST_BYTES``; ``None`` where it is none."""
    if len(data) < 16:
        return None
    _, size, kind = struct.unpack_from("<II4s", data)
    if kind == _PLAIN:
        return data[16 : 16 + min(size, MOST_BYTES)]
    return _inflated(data[16:], min(size, MOST_BYTES)) if kind == _PACKED else None


def _inflated(packed: bytes, most: int) -> bytes:
    ring = bytearray(_KNOWN.ljust(_RING, b"\0"))
    out = bytearray()
    write, place = len(_KNOWN), 0
    while place < len(packed) and len(out) < most:
        control = packed[place]
        place += 1
        for bit in range(8):
            if control >> bit & 1:
                if place + 2 > len(packed):
                    return bytes(out)
                offset, length = divmod(int.from_bytes(packed[place : place + 2], "big"), 16)
                place += 2
                if offset == write:
                    return bytes(out)
                copied = length + 2
                run = bytearray()
                for step in range(copied):
                    byte = ring[(offset + step) % _RING]
                    run.append(byte)
                    ring[(write + step) % _RING] = byte
            elif place < len(packed):
                run = bytearray(packed[place : place + 1])
                ring[write] = run[0]
                place += 1
            else:
                return bytes(out)
            out += run
            write = (write + len(run)) % _RING
    return bytes(out[:most])
