"""A renewed database is the one that would have been built as a whole, and holds nothing of what is gone."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.database import Archive, open_archive
from scraper.publishing.policy import Policy
from scraper.publishing.publish import publish
from scraper.publishing.schema import whole as schema
from tests.scraper.publishing.archives import Seeds, Told, refused

FIRST, NEXT = "2026-03-02T04:00:00Z", "2026-03-03T04:00:00Z"
_MADE = {"built_at", "token", "whole_at"}
"""What ``about`` tells of the making itself."""
_WORD = "zyzzogeton"
_LEAVE = """
DELETE FROM requests WHERE id % 4 <> 0 AND batch_id IS NULL AND id NOT IN (SELECT request_id FROM withdrawals
    WHERE request_id IS NOT NULL)
  AND id NOT IN (SELECT request_id FROM messages JOIN attachments ON message_id = messages.id
    WHERE sha256 IN (SELECT parent FROM document_parts) LIMIT 2)
  AND id NOT IN (SELECT request_id FROM messages JOIN attachments ON message_id = messages.id
    WHERE sha256 IN (SELECT sha256 FROM findings WHERE severity = 'holds_back') LIMIT 2);
"""
"""Some dozens of requests with every kind of thing in them."""


@pytest.fixture(scope="module")
def whole(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's archive and its public database, both as of one day."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(demo / "archive", folder / "archive", copy_function=os.link)
    (folder / "archive" / "archive.db").unlink()
    shutil.copy(demo / "archive" / "archive.db", folder / "archive" / "archive.db")
    with open_archive(folder / "archive") as archive:
        archive.connection.executescript(_LEAVE)
        publish(archive, folder / "public.db", built_at=FIRST)
    with closing(sqlite3.connect(folder / "public.db")) as connection:
        assert connection.execute("SELECT count(DISTINCT kind) FROM families").fetchone() == (2,)
    return folder


@pytest.fixture
def held(whole: Path, tmp_path: Path) -> Iterator[tuple[Archive, Path]]:
    shutil.copytree(whole, tmp_path / "own", copy_function=os.link)
    for name in ("archive/archive.db", "public.db"):
        (tmp_path / "own" / name).unlink()
        shutil.copy(whole / name, tmp_path / "own" / name)
    with open_archive(tmp_path / "own" / "archive") as archive:
        yield archive, tmp_path / "own" / "public.db"


def _rows(public: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(public)) as connection:
        tables = {table.name: connection.execute(f'SELECT * FROM "{table.name}"').fetchall() for table in schema.TABLES}  # noqa: S608 - names of the schema
        for table in schema.FULL_TEXT:
            connection.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - likewise
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    tables["about"] = [row for row in tables["about"] if row[0] not in _MADE]
    return {name: sorted(map(repr, rows)) for name, rows in tables.items()}


def _renewed_and_whole(archive: Archive, public: Path, *, at: str = NEXT, policy: Policy | None = None) -> list[int]:
    """Renew ``public``, compare it with a database built as a whole, and tell how many requests were taken up."""
    told, other = Told(), public.with_name("other.db")
    publish(archive, public, policy, built_at=at, progress=told)
    publish(archive, other, policy, built_at=at, progress=told, anew=True)
    renewed, whole = _rows(public), _rows(other)
    differing = {name: sorted({*rows} ^ {*whole[name]})[:4] for name, rows in renewed.items() if rows != whole[name]}
    assert differing == {}
    return told.requests


def _some(archive: Archive, statement: str, *values: Any) -> Any:
    return archive.connection.execute(statement, values).fetchone()[0]


CHANGES: dict[str, Callable[[Archive, random.Random], object]] = {
    "another title": lambda archive, chance: archive.connection.execute(
        "UPDATE requests SET title = ? WHERE id % 7 = ?", [f"Quite another title {_WORD}", chance.randrange(7)]
    ),
    "redacted words": lambda archive, chance: archive.connection.execute(
        "UPDATE messages SET text = 'Dear all, [redacted]', full_text = NULL WHERE rowid % 11 = ?",
        [chance.randrange(11)],
    ),
    "hidden messages": lambda archive, chance: archive.connection.execute(
        "UPDATE messages SET prominence = 'hidden' WHERE rowid % 13 = ?", [chance.randrange(13)]
    ),
    "requests gone": lambda archive, chance: archive.connection.execute(
        "DELETE FROM requests WHERE id % 9 = ?", [chance.randrange(9)]
    ),
    "requests hidden": lambda archive, chance: archive.connection.execute(
        "INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at)"
        " SELECT 'request/' || id, id, 'hidden', ?1, ?1 FROM requests WHERE id % 17 = ?2"
        " ON CONFLICT DO NOTHING", [NEXT, chance.randrange(17)]
    ),
    "requests that came back": lambda archive, _: archive.connection.execute(
        "DELETE FROM withdrawals WHERE subject LIKE 'request/%' AND request_id IN (SELECT id FROM requests)"
    ),
    "files to be read again": lambda archive, chance: archive.connection.execute(
        "DELETE FROM documents WHERE rowid_of(sha256) % 5 = ?", [chance.randrange(5)]
    ),
    "readings lost": lambda archive, chance: archive.connection.execute(
        "DELETE FROM readings WHERE request_id % 6 = ?", [chance.randrange(6)]
    ),
    "an authority of another kind": lambda archive, _: archive.connection.execute(
        "INSERT OR IGNORE INTO authority_tags (authority_id, name) SELECT id, 'school' FROM authorities"
        " WHERE id % 3 = 0"
    ),
    "an authority of another name": lambda archive, _: archive.connection.execute(
        "UPDATE authorities SET name = name || ' and Beyond' WHERE id % 4 = 0"
    ),
    "slugs that changed hands": lambda archive, _: archive.connection.executescript(
        "CREATE TEMP TABLE hands AS SELECT id, lead(slug) OVER (ORDER BY id) AS next FROM requests LIMIT 9;"
        "UPDATE requests SET slug = '#' || id WHERE id IN (SELECT id FROM temp.hands);"
        "UPDATE requests SET slug = (SELECT next FROM temp.hands WHERE hands.id = requests.id)"
        " WHERE id IN (SELECT id FROM temp.hands WHERE next NOT IN (SELECT slug FROM requests));"
        "DROP TABLE temp.hands;"
    ),
    "an authority of another address": lambda archive, _: archive.connection.execute(
        "UPDATE authorities SET url_name = url_name || '_2', requests_count = requests_count + 3, home_page = NULL"
        " WHERE id % 3 = 0"
    ),
    "the same words to many": lambda archive, chance: archive.connection.execute(
        "UPDATE messages SET text = (SELECT text FROM messages WHERE direction = 'outgoing' AND position = 1"
        " ORDER BY request_id LIMIT 1 OFFSET ?1), full_text = NULL"
        " WHERE direction = 'outgoing' AND position = 1 AND request_id % 3 = ?2",
        [chance.randrange(5), chance.randrange(3)]
    ),
    "requests of one batch": lambda archive, chance: archive.connection.execute(
        "UPDATE requests SET batch_id = iif(batch_id IS NULL, 71, NULL) WHERE id % 5 = ?", [chance.randrange(5)]
    ),
    "refusals, runs and lists": lambda archive, _: archive.connection.executescript(
        "INSERT INTO refusals (url, reason, first_seen_at, last_seen_at)"
        " SELECT 'http://example.org/request/' || slug, 'failed', '2026-03-02', '2026-03-02' FROM requests LIMIT 9;"
        "DELETE FROM refusals WHERE rowid_of(substr(hex(url), -4)) % 3 = 0;"
        "INSERT INTO runs (command, arguments, started_at, counts) VALUES ('crawl', '[]', '2026-03-02', '{}');"
        "UPDATE requests SET title = title || ' once more' WHERE id = (SELECT max(id) FROM requests);"
    ),
    "looks that found nothing new": lambda archive, _: archive.connection.execute(
        "UPDATE requests SET last_checked_at = '2026-03-03T03:00:00Z' WHERE id % 2 = 0"
    ),
    "looks after the last day": lambda archive, _: archive.connection.execute(
        "UPDATE requests SET last_checked_at = '2036-03-03T03:00:00Z' WHERE id % 3 > 0"
    ),
    "looks of other days": lambda archive, _: archive.connection.execute(
        "UPDATE requests SET last_checked_at = CASE id % 4 WHEN 0 THEN '2012-03-03T03:00:00Z' WHEN 1 THEN 'once'"
        " ELSE '2024-05-02T23:30:00Z' END WHERE id % 5"
    ),
}  # fmt: skip

UNTOUCHED = {"requests that came back", "an authority of another address"}
"""No request is published otherwise after these; what is told of all of them is."""
LOOKS = {name for name in CHANGES if name.startswith("looks")}
"""Some requests are published otherwise after these, or none."""


@pytest.mark.parametrize("name", CHANGES)
def test_a_renewed_database_is_the_whole_one(held: tuple[Archive, Path], name: str) -> None:
    archive, public = held
    archive.connection.create_function("rowid_of", 1, lambda sha256: int(sha256[:4], 16))
    CHANGES[name](archive, random.Random(name))  # noqa: S311 - any will do
    renewed, whole = _renewed_and_whole(archive, public)
    assert name in LOOKS or (renewed > 0) == (name not in UNTOUCHED)
    assert renewed < whole


def test_many_changes_one_after_the_other_end_in_the_whole_one(held: tuple[Archive, Path]) -> None:
    archive, public = held
    archive.connection.create_function("rowid_of", 1, lambda sha256: int(sha256[:4], 16))
    chance = random.Random(4)  # noqa: S311 - any will do
    for _ in range(3):
        for name in chance.sample(sorted(CHANGES), 4):
            CHANGES[name](archive, chance)
        publish(archive, public, built_at=NEXT)
    _renewed_and_whole(archive, public)


def test_a_request_that_could_not_be_published_is_tried_again(seeds: Seeds, archive: Archive, public: Path) -> None:
    seeds.authority()
    refused(seeds)
    seeds.request(8)
    seeds.message("outgoing-8", 8, text="Dear all, what did it cost?")
    sha256 = _some(archive, "SELECT json_sha256 FROM requests WHERE id = 8")
    body = archive.files.get(sha256)
    place = next(path for path in archive.folder.rglob("*") if path.is_file() and sha256[2:] in path.name)
    kept = place.read_bytes()
    place.write_bytes(b"damaged")
    publish(archive, public, built_at=FIRST)
    place.write_bytes(kept)
    assert archive.files.get(sha256) == body
    _renewed_and_whole(archive, public)
