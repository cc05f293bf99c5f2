"""An archive of one's own, and what is published of it."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.database import Archive, open_archive
from scraper.publishing.policy import Policy
from scraper.publishing.publish import publish
from tests.scraper.publishing.archives import Seeds, refused

BUILT = "2025-07-01T00:00:00Z"
Query = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", create=True) as opened:
        yield opened


@pytest.fixture
def seeds(archive: Archive) -> Seeds:
    return Seeds(archive=archive)


@pytest.fixture
def asked(seeds: Seeds) -> Seeds:
    """A request sent on Monday 3 March 2025: due on 1 April, for 17 March is a holiday in Northern Ireland."""
    seeds.authority()
    seeds.request(described_state="waiting_response")
    seeds.message("outgoing-1", text="Dear Wychwold District Council, what did it cost?")
    seeds.event("sent", "outgoing-1")
    return seeds


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "site" / "public.db"


@pytest.fixture
def published(archive: Archive, public: Path) -> Iterator[Callable[..., Query]]:
    """Publish the archive as it stands; gives a function that asks the result."""
    opened: list[sqlite3.Connection] = []

    def do(policy: Policy | None = None, *, built_at: str = BUILT) -> Query:
        publish(archive, public, policy, built_at=built_at)
        connection = sqlite3.connect(public)
        opened.append(connection)
        return lambda statement, *values: connection.execute(statement, values).fetchall()

    yield do
    for connection in opened:
        connection.close()


@pytest.fixture
def refusal(seeds: Seeds) -> Seeds:
    """One request that was refused, with names in its letters."""
    seeds.authority()
    refused(seeds)
    return seeds
