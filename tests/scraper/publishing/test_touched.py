"""Whatever changes how a request is published is told to be a change of it, or the next database would not have it."""

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.database import Archive, open_archive
from scraper.publishing.policy import Policy
from scraper.publishing.request.prepare import Prepared, Preparer, Task

pytestmark = pytest.mark.long
_OURS = {"touched", "touches", "about", "_sqlite_migrations", "sqlite_stat1"}
_FIXED = {"files"}
"""Each is named by what it holds, so that nothing about it ever changes."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FEW, _MORE = 2, 6
_LEAVE = """
DELETE FROM requests WHERE id % 97 <> 0
  AND id NOT IN (SELECT request_id FROM messages JOIN attachments ON message_id = messages.id
    WHERE sha256 IN (SELECT parent FROM document_parts) LIMIT 2)
  AND id NOT IN (SELECT request_id FROM messages JOIN attachments ON message_id = messages.id
    WHERE sha256 IN (SELECT sha256 FROM findings WHERE severity = 'holds_back') LIMIT 2);
DELETE FROM authorities WHERE id NOT IN (SELECT authority_id FROM requests);
DELETE FROM documents WHERE sha256 NOT IN (SELECT sha256 FROM attachments WHERE sha256 IS NOT NULL
  UNION SELECT sha256 FROM document_parts WHERE sha256 IS NOT NULL);
DELETE FROM probes WHERE sha256 NOT IN (SELECT sha256 FROM documents);
DELETE FROM findings WHERE severity = 'note';
INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at)
  SELECT id, request_id, 'hidden', '2025-01-01', '2025-01-01' FROM messages LIMIT 1;
"""
Published = dict[int, Prepared]
Changed = tuple[set[tuple[str, str]], list[str]]


@pytest.fixture(scope="module")
def few(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """A few requests of the demo, with files in files, something hidden, and something taken down."""
    folder = tmp_path_factory.mktemp("few") / "archive"
    shutil.copytree(demo / "archive", folder)
    with open_archive(folder) as archive:
        archive.connection.executescript(_LEAVE)
        yield archive


def _published(archive: Archive) -> Published:
    preparer = Preparer(archive, Task(policy=Policy(), site="http://example.org", on=date(2026, 1, 5)))
    return {one.request_id: one for one in preparer.each(preparer.threads.published)}


def _differing(before: Published, after: Published) -> set[int]:
    return {one for one in before.keys() | after.keys() if _told(before.get(one)) != _told(after.get(one))}


def _told(prepared: Prepared | None) -> Any:
    return prepared and (prepared.tables, prepared.reason)


def _touched(archive: Archive, since: int) -> set[int]:
    """What has changed since, or was looked at."""
    rows = archive.connection.execute("SELECT request_id FROM touched WHERE max(number, looked) > ?", [since])
    return {one for (one,) in rows}


def _number(archive: Archive) -> int:
    return int(archive.connection.execute("SELECT number FROM touches").fetchone()[0])


def _other(value: Any) -> Any:
    if isinstance(value, str):
        return _DAY.sub("2025-02-04", value, count=1) if _DAY.match(value) else f"{value}7"
    return 1 if value is None else value + 1


def _tables(connection: sqlite3.Connection) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each table with the columns of its key and the others."""
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if table not in _OURS | _FIXED:
            columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
            yield table, [row[1] for row in columns if row[5]], [row[1] for row in columns if not row[5]]


def _changes(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, list[Any]]]:
    """Of every table the loss of some rows, and of every column another value in some that tell something there."""
    for table, key, columns in _tables(connection):
        where = " AND ".join(f'"{name}" IS ?' for name in key)
        chosen = f"SELECT {', '.join(key)} FROM {table} LIMIT {_MORE}"  # noqa: S608 - names of the schema
        for values in connection.execute(chosen).fetchall():
            yield table, "", f"DELETE FROM {table} WHERE {where}", [*values]  # noqa: S608 - likewise
        for column in columns:
            told = f'SELECT {", ".join(key)}, "{column}" FROM {table} ORDER BY "{column}" IS NULL, 1 LIMIT {_FEW}'  # noqa: S608 - likewise
            for *values, value in connection.execute(told).fetchall():
                yield table, column, f'UPDATE {table} SET "{column}" = ? WHERE {where}', [_other(value), *values]  # noqa: S608 - likewise


def _tried(archive: Archive) -> Changed:
    """Columns with which what is published changes, and the changes of which no request was told."""
    connection, before = archive.connection, _published(archive)
    telling, unheard = set(), []
    for table, column, statement, values in _changes(connection):
        since = _number(archive)
        connection.execute("SAVEPOINT one")
        try:
            connection.execute(statement, values)
            differing = _differing(before, _published(archive))
        except (sqlite3.IntegrityError, ValueError, KeyError):
            differing = set()  # not a row that the archive can hold
        if differing:
            telling.add((table, column))
        if differing - _touched(archive, since):
            unheard.append(f"{statement} {values}")
        connection.execute("ROLLBACK TO one")
        connection.execute("RELEASE one")
    return telling, unheard


def test_no_change_of_what_is_published_goes_unheard(few: Archive) -> None:
    telling, unheard = _tried(few)
    assert unheard == []
    assert {
        ("requests", "title"), ("messages", "text"), ("events", "event_type"), ("attachments", "name"),
        ("documents", "status"), ("pages", "text"), ("probes", "status"), ("findings", ""),
        ("document_parts", "name"), ("readings", "outcome"), ("citations", "role"), ("letter_references", "confidence"),
        ("withdrawals", ""), ("authorities", "name"),
    } <= telling  # fmt: skip


def test_what_an_authority_is_touches_all_its_requests(few: Archive) -> None:
    authority, requests = few.connection.execute(
        "SELECT authority_id, json_group_array(id) FROM requests GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()
    since = _number(few)
    few.connection.execute("INSERT INTO authority_tags (authority_id, name) VALUES (?, 'of_the_moon')", [authority])
    assert _touched(few, since) == set(json.loads(requests))


def test_what_is_written_as_it_was_touches_nothing(few: Archive) -> None:
    since = _number(few)
    few.connection.execute("UPDATE requests SET last_checked_at = last_checked_at, title = title")
    few.connection.execute("UPDATE messages SET text = text")
    few.connection.execute("UPDATE attachments SET last_checked_at = '2031-01-01T00:00:00Z', name = name")
    assert _touched(few, since) == set()


def test_who_replaces_or_ignores_rows_tells_it_too(few: Archive) -> None:
    (request,) = few.connection.execute("SELECT id FROM requests LIMIT 1").fetchone()
    for statement in (
        "INSERT OR IGNORE INTO events (id, request_id, event_type, created_at) VALUES (77, ?, 'sent', '2025-01-01')",
        "INSERT OR REPLACE INTO events (id, request_id, event_type, created_at) VALUES (77, ?, 'edit', '2025-01-01')",
    ):
        since = _number(few)
        few.connection.execute(statement, [request])
        assert _touched(few, since) == {request}, statement


def test_a_look_that_found_nothing_is_told_apart_from_what_has_changed(few: Archive) -> None:
    one, other = (number for (number,) in few.connection.execute("SELECT id FROM requests LIMIT 2"))
    since = _number(few)
    few.connection.execute("UPDATE requests SET last_checked_at = '2031-01-01T00:00:00Z' WHERE id = ?", [one])
    few.connection.execute("UPDATE requests SET last_checked_at = '2031', title = 'New' WHERE id = ?", [other])
    told = few.connection.execute("SELECT number > ?1, looked > ?1 FROM touched WHERE request_id = ?2", [since, one])
    assert told.fetchone() == (0, 1)
    assert few.connection.execute("SELECT request_id FROM touched WHERE number > ?", [since]).fetchall() == [(other,)]
