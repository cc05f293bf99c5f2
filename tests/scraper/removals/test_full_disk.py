"""A disk that is full when what was erased is to be overwritten."""

import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from scraper.archive.database import Archive
from scraper.archive.errors import ArchiveError
from scraper.removals.erase import overwrite_leftovers


def full(*_: Any) -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    raise error


def test_it_is_told_in_a_sentence() -> None:
    archive = SimpleNamespace(path=Path("archive.db"), connection=SimpleNamespace(execute=full))
    with pytest.raises(ArchiveError, match="is full"):
        overwrite_leftovers(cast("Archive", archive))
