"""A run with nothing to do asks the database little, however much there is, and opens no file and starts no child."""

from pathlib import Path

import pytest

from scraper.archive.database import Archive, open_archive
from scraper.archive.files import FileStore
from scraper.reading import worker
from scraper.reading.run import read_archive
from tests.parsers.documents import mails
from tests.scraper.reading.archives import TEXT, fill


def questions(archive: Archive) -> int:
    """How many statements a run makes."""
    asked: list[str] = []
    archive.connection.set_trace_callback(asked.append)
    counts = read_archive(archive, workers=1)
    archive.connection.set_trace_callback(None)
    assert set(counts) == {"letters unchanged"}
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
