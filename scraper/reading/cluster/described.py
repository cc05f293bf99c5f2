"""What a reader's results depend on: a worker that differs in any of it would find what this machine would not."""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

from parsers.documents.probes.probe import PROBE_VERSION
from parsers.documents.read import READER_VERSION
from parsers.letters.reading import PARSER_VERSION
from scraper.reading.ocr import Engine
from scraper.reading.ocr_bundled import Bundled

LIBRARIES = (
    "beautifulsoup4", "dask", "distributed", "lxml", "olefile", "pdfminer.six", "pdfplumber", "pillow", "pypdfium2",
    "wdtk-archive",
)  # fmt: skip
PACKAGES = ("parsers", "scraper.reading")
"""Whose source decides what is found."""
SOURCE = (".py", ".csv")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a worker is told before it is given anything to read."""

    here: tuple[tuple[str, ...], ...]
    """Name and version of all that what this machine reads depends on."""
    limits: str
    """Of a child, as ``Limits.as_argument`` writes them."""
    engine: Literal["tesseract", "bundled", "off"]
    unread: str
    """What to say of words in pictures where there is no engine."""
    files: str | None
    """Where the archive's files lie as the worker sees them; ``None`` where their bytes come with the orders."""
    samples: tuple[str, ...] = ()
    """SHA-256 of some that must lie there."""


@dataclass(frozen=True, kw_only=True)
class Hired:
    """What a worker says to that."""

    refused: str | None = None
    """Why it may not read."""


def described(engine: Engine | None) -> dict[str, str]:
    """This process: name and version of all that what it reads depends on."""
    return {
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "the reader of documents": READER_VERSION,
        "the probe": PROBE_VERSION,
        "the reader of letters": PARSER_VERSION,
        "the engine for pictures": f"{engine.name} ({', '.join(sorted(engine.languages))})" if engine else "none",
        **{name: _version(name) for name in LIBRARIES},
        "the readers' own source": source(),
    }


@cache
def source() -> str:
    """The beginning of a hash of the readers' source: a checkout may differ and have the same version."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        for path, entry in sorted((str(entry), entry) for entry in _sources(files(package))):
            digest.update(path.removeprefix(str(files(package))).encode())
            digest.update(entry.read_bytes())
    return digest.hexdigest()[:12]


def difference(there: Mapping[str, str], here: Mapping[str, str]) -> str | None:
    """Such as ``the probe 3 where this machine has 4``; ``None`` where there is none."""
    names = [name for name in (*here, *(set(there) - set(here))) if there.get(name) != here.get(name)]
    told = [f"{name} {there.get(name, 'missing')} where this machine has {here.get(name, 'none')}" for name in names]
    return "; ".join(told) or None


def kind_of(engine: Engine | None) -> Literal["tesseract", "bundled", "off"]:
    """Which engine a worker is to have."""
    if engine is None:
        return "off"
    return "bundled" if isinstance(engine, Bundled) else "tesseract"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(SOURCE):
            yield entry
