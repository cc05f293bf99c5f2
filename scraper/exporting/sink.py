"""A file that knows its SHA-256 when it has been written."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self


@dataclass(frozen=True, kw_only=True)
class Written:
    """One file of an export."""

    path: str
    """Below the folder of the export, with ``/`` between folders."""
    sha256: str
    size: int
    rows: int = 0


class Sink(io.RawIOBase):
    """A new file at ``folder / path`` that is only written to, from its beginning to its end."""

    def __init__(self, folder: Path, path: str) -> None:
        self.path = path
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        self._file = place.open("xb")
        self._sum = hashlib.sha256()
        self._size = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # whatever has a buffer, as pyarrow gives it
        """Write all of ``data``; OSError where the disk has no room."""
        written = self._file.write(data)
        self._sum.update(data)
        self._size += written
        return written

    def tell(self) -> int:
        """How many bytes were written."""
        return self._size

    def flush(self) -> None:
        """Hand over to the system what waits."""
        if not self._file.closed:
            self._file.flush()

    def close(self) -> None:
        """No more is written."""
        try:
            super().close()
        finally:
            self._file.close()

    def done(self, rows: int = 0) -> Written:
        """What was written, of ``rows`` rows; closes the file."""
        self.close()
        return Written(path=self.path, sha256=self._sum.hexdigest(), size=self._size, rows=rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()
