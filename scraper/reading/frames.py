"""Messages between the parent and a child: eight bytes of length, then that many bytes."""

import struct
from typing import BinaryIO

LENGTH = struct.Struct(">Q")


class TornFrameError(Exception):
    """The other side stopped in the middle of a message."""


def frame(body: bytes) -> bytes:
    """A message as it goes through the pipe."""
    return LENGTH.pack(len(body)) + body


def frames(body: bytes) -> tuple[bytes, bytes]:
    """The same in two pieces, for a body too large to copy."""
    return LENGTH.pack(len(body)), body


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next message, or ``None`` where the other side has closed the pipe."""
    head = stream.read(LENGTH.size)
    if not head:
        return None
    if len(head) < LENGTH.size:
        raise TornFrameError
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    if len(body) < length:
        raise TornFrameError
    return body
