"""A file as bytes to be looked at from its beginning to its end, whatever its size."""

import os
from io import BufferedReader

_BLOCK = 1 << 16
"""Bytes that are read together, as the next page often follows soon."""


class Blocks:
    """The bytes of a file, read some pages at a time: a map of the file would count as this process's memory."""

    def __init__(self, file: BufferedReader) -> None:
        self._descriptor = file.fileno()
        self._length = os.fstat(self._descriptor).st_size
        self._start, self._block = 0, b""

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, place: slice) -> bytes:
        start, end, _ = place.indices(self._length)
        if not self._start <= start <= end <= self._start + len(self._block):
            self._start, self._block = start, os.pread(self._descriptor, max(_BLOCK, end - start), start)
        return self._block[start - self._start : end - self._start]
