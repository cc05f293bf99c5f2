"""The archive's files as a worker sees them: below a path or URL that fsspec knows, named as the archive names them."""

import hashlib
import re
import zlib
from collections.abc import Sequence

import fsspec

from scraper.archive.errors import ArchiveError
from scraper.archive.files import stored_name

LARGEST = 1 << 30
"""Bytes of one file at most, so that what lies there cannot fill a worker's memory."""


class Storage:
    """Files by their SHA-256, for any number of threads."""

    def __init__(self, url: str) -> None:
        """Raises ``ArchiveError`` where fsspec cannot use the URL."""
        try:
            self._system, self._root = fsspec.core.url_to_fs(url)
        except (ImportError, OSError, ValueError) as error:
            raise ArchiveError(f"{shown(url)} cannot be used: {error}") from error

    def get(self, sha256: str) -> bytes:
        """The file with this SHA-256, checked against it; ``ArchiveError`` where it is missing or damaged."""
        place = f"{self._root.rstrip('/')}/{stored_name(sha256)}"
        try:
            data = unpacked(self._system.cat_file(place))
        except FileNotFoundError as error:
            raise ArchiveError(f"{place} is missing.") from error
        except (OSError, ValueError) as error:
            raise ArchiveError(f"{place} cannot be read: {error}") from error
        except zlib.error as error:
            raise ArchiveError(f"{place} is damaged: {error}") from error
        check(data, sha256, place)
        return data

    def first_problem(self, files: Sequence[str]) -> str | None:
        """Why none of these files can be had; ``None`` where one can, or where there are none."""
        problem = None
        for sha256 in files:
            try:
                self.get(sha256)
            except ArchiveError as error:
                problem = problem or error.message
            else:
                return None
        return problem


def shown(url: str) -> str:
    """A URL without the password that may be in it."""
    return re.sub(r"//[^/@]*@", "//", url)


def unpacked(data: bytes) -> bytes:
    """Bytes as the archive compresses them; ``ValueError`` where they would be more than any file is."""
    engine = zlib.decompressobj()
    found = engine.decompress(data, LARGEST)
    if engine.unconsumed_tail:
        raise ValueError(f"it is more than {LARGEST >> 20} MB")
    if not engine.eof:
        raise ValueError("it is cut off")
    return found


def check(data: bytes, sha256: str, place: str) -> None:
    """Raises ``ArchiveError`` for bytes that are not those of their name."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ArchiveError(f"{place} is damaged: its bytes are not those of its name.")
