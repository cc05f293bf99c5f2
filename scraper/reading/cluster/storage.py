"""The archive's files as a worker sees them: below a path or URL that fsspec knows, named as the archive names them."""

import hashlib
import re
import zlib
from collections.abc import Sequence
from concurrent.futures import wait

import fsspec
from distributed.threadpoolexecutor import ThreadPoolExecutor

from scraper.archive.errors import ArchiveError
from scraper.archive.files import stored_name
from scraper.errors import WdtkError

LARGEST = 1 << 30
"""Bytes of one file at most, so that what lies there cannot fill a worker's memory."""
PATIENCE_SECONDS = 60.0
"""With one file. The storage may have tried several times by then, or may be a disk of another machine that is off."""
MOST_FAILURES = 3
"""Files in a row that failed, by silence or with an error: then it is not worth asking any more. What is refused does
not count, since some stores refuse what they do not have."""


class MissingError(ArchiveError):
    """The storage says that it has no such file."""


class SilentError(ArchiveError):
    """The storage does not answer."""


class Storage:
    """Files by their SHA-256, for any number of threads."""

    def __init__(self, url: str) -> None:
        """Raises ``ArchiveError`` where fsspec cannot use the URL."""
        self._url, self._failures = shown(url), 0
        try:
            self._system, self._root = fsspec.core.url_to_fs(url)
        except (ImportError, OSError, ValueError) as error:
            raise ArchiveError(f"{self._url} cannot be used: {shown(str(error))}") from error

    def get(self, sha256: str) -> bytes:
        """The file with this SHA-256, checked against it.

        Raises ``MissingError`` where it is not there, ``SilentError`` where nothing comes in time, ``ArchiveError``
        where it cannot be had or is damaged, and ``WdtkError`` where the storage has failed too often.
        """
        if self._failures >= MOST_FAILURES:
            raise WdtkError(f"{self._url} has failed {MOST_FAILURES} times in a row.")
        place = f"{self._root.rstrip('/')}/{stored_name(sha256)}"
        data = self._unpacked(shown(place), self._fetched(place))
        check(data, sha256, shown(place))
        return data

    def _fetched(self, place: str) -> bytes:
        # Its threads are those that nobody waits for: no system of fsspec can be told to give up, and a mount that is
        # dead never does.
        threads = ThreadPoolExecutor(max_workers=1)
        answer = threads.submit(self._system.cat_file, place)
        threads.shutdown(wait=False)
        if answer not in wait([answer], timeout=PATIENCE_SECONDS).done:
            self._failures += 1
            raise SilentError(f"{self._url} does not answer within {PATIENCE_SECONDS:g} seconds.")
        failure = answer.exception()
        answered = failure is None or isinstance(failure, FileNotFoundError | PermissionError)
        self._failures = 0 if answered else self._failures + 1
        if isinstance(failure, FileNotFoundError):
            raise MissingError(f"{shown(place)} is missing.") from failure
        if failure is not None:
            why = shown(f"{type(failure).__name__}: {_short(failure)}")
            raise ArchiveError(f"{shown(place)} cannot be read: {why}") from failure
        return bytes(answer.result())

    def _unpacked(self, place: str, data: bytes) -> bytes:
        try:
            return unpacked(data)
        except (ValueError, zlib.error) as error:
            raise ArchiveError(f"{place} is damaged: {error}") from error

    def first_problem(self, files: Sequence[str]) -> str | None:
        """Why none of these files can be had; ``None`` where one can, or where there are none."""
        problem = None
        for sha256 in files:
            try:
                self.get(sha256)
            except SilentError as error:
                return error.message
            except ArchiveError as error:
                problem = problem or error.message
            else:
                return None
        return problem


def _short(error: BaseException) -> str:
    """One line that may be printed."""
    return ascii(str(error)[:300])[1:-1].rstrip(".")


def shown(url: str) -> str:
    """A URL, or a sentence with one, without the password that may be in it."""
    return re.sub(r"//[^/@\s]*@", "//", url)


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
