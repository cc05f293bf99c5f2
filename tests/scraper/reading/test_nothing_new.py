"""A run with nothing to do asks the database little, however much there is, and opens no file and starts no child."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.database import Archive, open_archive
from scraper.archive.files import FileStore
from scraper.reading import since, taken, worker
from scraper.reading.run import read_archive, read_by
from scraper.reading.work import FileTask, LetterTask, ProbeTask
from tests.parsers.documents import mails
from tests.scraper.reading.archives import TEXT, fill


def questions(archive: Archive) -> int:
    """How many statements a run makes."""
    asked: list[str] = []
    archive.connection.set_trace_callback(asked.append)
    counts = read_archive(archive, workers=1)
    archive.connection.set_trace_callback(None)
    assert set(counts) <= {"letters unchanged"}
    return len(asked)


def test_a_run_with_nothing_to_do_costs_the_same_for_one_request_and_for_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    for requests, inside in ((1, 1), (12, 20)):
        folder = tmp_path / str(requests)
        files = {f"{number}.txt": TEXT + b"%d" % number for number in range(inside)}
        fill(folder, requests, [("all.zip", mails.zipped(files)), ("a.txt", TEXT)], all_different=True)
        with open_archive(folder) as archive:
            read_archive(archive, workers=2)
            with monkeypatch.context() as patched:
                patched.setattr(FileStore, "get", lambda *_: pytest.fail("a file was opened"))
                patched.setattr(worker.Worker, "__init__", lambda *_: pytest.fail("a child was started"))
                asked.append(questions(archive))
    assert asked[0] == asked[1] < 40


def test_one_new_file_among_many_is_all_that_is_read(tmp_path: Path) -> None:
    files = {f"{number}.txt": TEXT + b"%d" % number for number in range(5)}
    fill(tmp_path, 6, [("all.zip", mails.zipped(files)), ("a.txt", TEXT)], all_different=True)
    with open_archive(tmp_path) as archive:
        read_archive(archive, workers=2)
        with archive.transaction() as connection:
            connection.execute(
                "DELETE FROM documents WHERE sha256 = (SELECT sha256 FROM document_parts WHERE name = '3.txt' LIMIT 1)"
            )
        counts = read_archive(archive, workers=1)
    assert counts["documents read"] == 1


class Nobody:
    """Readers who take every task, note it, and give nothing back."""

    def __init__(self, *, with_engine: bool = False) -> None:
        self.with_engine = with_engine
        self.asked: list[str] = []

    def documents(self, tasks: Iterable[FileTask]) -> Iterator[list[Any]]:
        self.asked += [f"file {task.name}" for task in tasks]
        return iter(())

    def probes(self, tasks: Iterable[ProbeTask]) -> Iterator[list[Any]]:
        self.asked += [f"probe {task.document_type}" for task in tasks]
        return iter(())

    def letters(self, tasks: Iterable[LetterTask]) -> Iterator[list[Any]]:
        self.asked += [f"letter {task.letter.source}" for task in tasks]
        return iter(())


def asked(archive: Archive, statement: str = "", *, again: bool = False, with_engine: bool = False) -> list[str]:
    """What a run would read after a change."""
    if statement:
        with archive.transaction() as connection:
            connection.execute(statement)
    crew = Nobody(with_engine=with_engine)
    counts = read_by(crew, archive, again=again)
    return sorted([*crew.asked, *([f"{counts['letters unchanged']} unchanged"] if counts else [])])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three requests, each with two letters and one more in a file, read until nothing is looked at any more."""
    folder = tmp_path_factory.mktemp("read")
    fill(folder, 3, [("a.txt", TEXT)], all_different=True)
    with open_archive(folder) as archive:
        read_archive(archive, workers=2)
        assert asked(archive) == ["9 unchanged"]  # what was stored by a run is looked at once more
        assert asked(archive) == []
    return folder


@pytest.fixture
def read(made: Path, tmp_path: Path) -> Iterator[Archive]:
    with open_archive(Path(shutil.copytree(made, tmp_path / "archive"))) as archive:
        yield archive


ALL = [
    *(f"letter attachment-{number}00" for number in (1, 2, 3)),
    *(f"letter incoming-{one}" for one in (12, 13, 22, 23, 32, 33)),
]
OLDER = """
UPDATE documents SET reader_version = 'old' WHERE sha256 = (SELECT sha256 FROM attachments WHERE id = 'attachment-200')
"""
UNPROBED = "DELETE FROM probes WHERE sha256 = (SELECT sha256 FROM attachments WHERE id = 'attachment-200')"
UNREAD = "DELETE FROM documents WHERE sha256 = (SELECT sha256 FROM attachments WHERE id = 'attachment-200')"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE messages SET text = 'Dear all' WHERE id = 'incoming-13'", ["2 unchanged", "letter incoming-13"]),
        ("DELETE FROM readings WHERE source = 'attachment-300'", ["2 unchanged", "letter attachment-300"]),
        (UNPROBED, ["3 unchanged", "probe txt"]),
        (OLDER, ["2 unchanged", "file a.txt", "letter attachment-200"]),
        ("UPDATE authorities SET name = 'Another'", ALL),
        ("UPDATE about SET value = '{}' WHERE key = 'read_up_to'", ["9 unchanged"]),
    ],
)
def test_only_what_changed_is_looked_at(read: Archive, statement: str, expected: list[str]) -> None:
    assert asked(read, statement) == expected
    assert asked(read) == []


def test_another_program_or_an_engine_looks_at_everything(read: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(read, with_engine=True) == ["9 unchanged"]
    assert asked(read, with_engine=True) == []
    monkeypatch.setattr(since, "program", lambda: "another")
    assert asked(read, with_engine=True) == ["9 unchanged"]
    assert len(asked(read, again=True)) == 3 + 3 + 9


def test_a_file_that_was_not_there_is_asked_for_by_each_run(read: Archive) -> None:
    read.connection.execute(UNREAD)
    crew = Nobody()
    crew.documents = lambda tasks: iter([[(task, None) for task in tasks]])  # type: ignore[method-assign]  # none is had
    for _ in range(2):
        assert read_by(crew, read)["files missing"] == 1
    assert asked(read) == ["2 unchanged", "file a.txt"]


def test_what_changed_is_found_by_indexes(read: Archive) -> None:
    tables = {name for (name,) in read.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    ran: list[str] = []
    read.connection.set_trace_callback(ran.append)
    asked(read, "UPDATE messages SET text = 'Dear all' WHERE id = 'incoming-13'")
    read.connection.set_trace_callback(None)
    kinds = {one for one in ran if one.lstrip().startswith(("SELECT", "INSERT", "WITH"))}
    assert len(kinds) > 15
    scans = {f"SCAN {table}" for table in tables - {"touches"}}
    with taken.taken(read.connection):
        plans = {one: read.connection.execute(f"EXPLAIN QUERY PLAN {one}").fetchall() for one in kinds}
    for one, steps in plans.items():
        assert not [step for *_, step in steps if " ".join(step.split()[:2]) in scans], one
