"""An archive of one's own, and rounds of an update in it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.database import Archive, open_archive
from scraper.watch import measures
from tests.scraper.publishing.archives import Seeds


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", create=True) as opened:
        yield opened


@pytest.fixture
def seeds(archive: Archive) -> Seeds:
    return Seeds(archive=archive)


def ago(**span: float) -> str:
    return (datetime.now(UTC) - timedelta(**span)).strftime("%Y-%m-%dT%H:%M:%SZ")


def run(
    archive: Archive, command: str, start: str, end: str | None, reason: str | None = "finished", **more: Any
) -> int:
    """A run that went before; ``counts``, ``arguments`` and ``measured`` may be given."""
    cursor = archive.connection.execute(
        "INSERT INTO runs (command, started_at, ended_at, finish_reason, arguments, counts) VALUES (?, ?, ?, ?, ?, ?)",
        [command, start, end, reason, json.dumps(more.get("arguments", {})), json.dumps(more.get("counts", {}))],
    )
    assert cursor.lastrowid
    if more.get("measured"):
        measures.keep(archive, cursor.lastrowid, more["measured"])
    return cursor.lastrowid


def update(archive: Archive, days: float, *, reason: str = "finished", **crawl: Any) -> int:
    """An update of some days ago with its crawl, reading and publishing."""
    head = run(archive, "update", ago(days=days), ago(days=days, hours=-2), measured=crawl.pop("measured", None))
    run(archive, "crawl", ago(days=days), ago(days=days, hours=-1), reason, arguments={"spider": "due"}, **crawl)
    run(archive, "read", ago(days=days, hours=-1), ago(days=days, hours=-1.5), counts={"documents read": 60})
    run(archive, "publish", ago(days=days, hours=-1.5), ago(days=days, hours=-2))
    return head
