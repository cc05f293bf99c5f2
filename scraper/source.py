"""What this program is, by its own source: what another one made says nothing about what this one would make."""

import hashlib
import platform
import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_PACKAGES = ("parsers", "scraper")
_READ = (".py", ".csv", ".sql")
_LIBRARIES = ("holidays",)
"""Whose data decide what is published."""


@cache
def program() -> str:
    """A hash of this program's own source, and of what it takes from others that decides what comes of an archive."""
    digest = hashlib.sha256()
    for part in (platform.python_version(), sqlite3.sqlite_version, *map(version, _LIBRARIES)):
        digest.update(part.encode())
    for package in _PACKAGES:
        for name, source in sorted((str(path), path) for path in _sources(files(package))):
            digest.update(f"{package}/{Path(name).name}".encode())
            digest.update(source.read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(_READ):
            yield entry
