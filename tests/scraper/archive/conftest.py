"""An archive of one's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.archive import runs
from scraper.archive.database import Archive, open_archive
from scraper.storing.store import Store


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", create=True) as opened:
        yield opened


@pytest.fixture
def store(archive: Archive) -> Store:
    return Store(archive, runs.start(archive, "crawl", {}).id)
