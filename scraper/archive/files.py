"""Bodies as they came, each kept once under the SHA-256 of its bytes.

A file appears under its name only when it is whole and on the disk, so a name that is there can be trusted
after a kill or a power cut. Names say nothing of the content, and nothing here knows where a body came from.
"""

import hashlib
import os
import re
import threading
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from scraper.archive.errors import ArchiveError, storage_errors

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LEVEL = 6
_SUFFIX = ".zz"
_TEMPORARY = ".tmp"
_TO_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
_PRIVATE = 0o600


class FileStore:
    """Bytes by SHA-256 below one folder: ``ab/cdef….zz``, compressed with zlib."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep ``data`` and give its SHA-256; a body that is already there costs no writing.

        One that is there and damaged is replaced, so that fetching its page again mends the archive. On return the
        bytes are on the disk. Raises ``ArchiveError`` when it is full or cannot be written.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        with storage_errors(self.folder):
            if not (path.exists() and self._is_sound(sha256)):
                _make_folder(path.parent)
                self._write(path, zlib.compress(data, _LEVEL))
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes kept under ``sha256``, checked against it; ``ArchiveError`` when missing or damaged."""
        path = self.path(sha256)
        try:
            data = zlib.decompress(path.read_bytes())
        except FileNotFoundError as error:
            raise ArchiveError(f"{path} is missing. Restore it from a backup, or fetch its page again.") from error
        except zlib.error as error:
            raise ArchiveError(_damaged(path)) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ArchiveError(_damaged(path))
        return data

    def has(self, sha256: str) -> bool:
        """Whether a body is kept under ``sha256``."""
        return self.path(sha256).exists()

    def path(self, sha256: str) -> Path:
        """Where the body with this SHA-256 lies; ``ValueError`` for anything but 64 hexadecimal digits."""
        return self.folder / stored_name(sha256)

    def hashes(self, first_bytes: Iterable[int] = range(256)) -> Iterator[str]:
        """The SHA-256 of every body kept, or of those that begin so, in no order, whether or not a table names it."""
        for byte in first_bytes:
            for path in self.folder.glob(f"{byte:02x}/*{_SUFFIX}"):
                yield path.parent.name + path.stem

    def remove_temporary(self) -> int:
        """Remove what a kill left half written, and say how many; only while nobody else has the archive open."""
        with storage_errors(self.folder):
            left_over = list(self.folder.glob(f".*{_TEMPORARY}"))
            for path in left_over:
                path.unlink(missing_ok=True)
        return len(left_over)

    def _is_sound(self, sha256: str) -> bool:
        try:
            self.get(sha256)
        except ArchiveError:
            return False
        return True

    def _write(self, path: Path, data: bytes) -> None:
        # Temporary names stand in the top folder, so that cleaning up need not look through millions of names.
        temporary = self.folder / f".{path.stem}-{os.getpid()}-{threading.get_ident()}{_TEMPORARY}"
        try:
            with os.fdopen(os.open(temporary, _TO_WRITE, _PRIVATE), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        sync(path.parent)


def stored_name(sha256: str) -> str:
    """``ab/cdef….zz``: the name of a body below the folder; ``ValueError`` for anything but 64 hexadecimal digits."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"not a SHA-256: {sha256[:80]!r}")
    return f"{sha256[:2]}/{sha256[2:]}{_SUFFIX}"


def _damaged(path: Path) -> str:
    return f"{path} is damaged: its bytes are not those of its name. Restore it, or fetch its page again."


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        sync(folder.parent)


def sync(place: Path) -> None:
    """Make the bytes of a file, or the new names in a folder, outlast a power cut."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
