"""`wdtk read` on mails and archives: what lies in them is read once, level by level, wherever it lies."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from scraper.archive import parts
from scraper.archive.compare import contents
from scraper.archive.database import Archive, open_archive
from scraper.reading import inside, run
from scraper.reading.run import read_archive
from tests.parsers.documents import mails, samples
from tests.parsers.documents.mails import Mail
from tests.scraper.reading.archives import TEXT, fill

MAIL = mails.eml(Mail(body="Please see our letter.", files=[("Decision.pdf", samples.plain()), ("a.txt", TEXT)]))
ZIP = mails.zipped({"sent/reply.eml": MAIL, "a.txt": TEXT, "__MACOSX/x": b""})


def rows(archive: Archive, statement: str, *values: object) -> list[Any]:
    return archive.connection.execute(statement, values).fetchall()


def test_what_lies_in_files_is_read_once_and_each_letter_in_its_place(tmp_path: Path) -> None:
    fill(tmp_path, 2, [("all.zip", ZIP), ("reply.eml", MAIL), ("a.txt", TEXT)])
    with open_archive(tmp_path) as archive:
        counts = read_archive(archive, workers=2)
        assert counts["documents read"] == 4
        assert sorted(kind for (kind,) in rows(archive, "SELECT document_type FROM documents")) == [
            "eml", "pdf", "txt", "zip",
        ]  # fmt: skip
        one = ["100.1", "100.1.1", "100.1.2", "100.2", "101", "101.1", "101.2", "102"]
        expected = {f"attachment-{request}{number[1:]}" for request in (1, 2) for number in one}
        found = rows(archive, "SELECT source FROM readings WHERE attachment_id IS NOT NULL")
        assert {source for (source,) in found} == expected
        cited = rows(archive, "SELECT source, role FROM citations WHERE provision = '40(2)' AND source LIKE '%.1.2'")
        assert cited == [("attachment-100.1.2", "relied_on"), ("attachment-200.1.2", "relied_on")]
        before = contents(archive)
        assert {"letters unchanged"} == set(read_archive(archive, workers=1))
        assert contents(archive) == before


def test_a_new_version_of_a_reader_reads_all_of_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, 1, [("all.zip", ZIP)])
    with open_archive(tmp_path) as archive:
        assert read_archive(archive, workers=1)["documents read"] == 4
        for module in (run, inside):
            monkeypatch.setattr(module, "READER_VERSION", "next")
        monkeypatch.setattr("scraper.reading.store.READER_VERSION", "next")
        assert read_archive(archive, workers=1)["documents read"] == 4
        assert rows(archive, "SELECT DISTINCT reader_version FROM documents") == [("next",)]
        assert read_archive(archive, workers=1)["documents read"] == 0
        assert read_archive(archive, workers=1, again=True)["documents read"] == 4


def test_readings_of_what_lies_in_a_file_do_not_outlive_it(tmp_path: Path) -> None:
    fill(tmp_path, 1, [("all.zip", ZIP)])
    inner = "SELECT source FROM readings WHERE source LIKE 'attachment-%' ORDER BY source"
    with open_archive(tmp_path) as archive:
        read_archive(archive, workers=1)
        assert len(rows(archive, inner)) == 4
        with archive.transaction() as connection:
            connection.execute("DELETE FROM document_parts WHERE name = 'a.txt' AND number = 2")
        read_archive(archive, workers=1)
        assert [source for (source,) in rows(archive, inner)] == ["attachment-100.1", "attachment-100.1.1"]
        with archive.transaction() as connection:
            connection.execute("UPDATE attachments SET state = 'hidden'")
        assert rows(archive, inner) == []


def test_parts_whose_bytes_could_not_be_had_are_rows(tmp_path: Path) -> None:
    locked = mails.locked(mails.zipped({"secret.txt": TEXT}))
    fill(tmp_path, 1, [("all.zip", mails.zipped({"locked.zip": locked, "a.txt": TEXT}))])
    with open_archive(tmp_path) as archive:
        assert read_archive(archive, workers=1)["documents encrypted"] == 1
        found = rows(archive, "SELECT name, sha256, size, problem FROM document_parts WHERE sha256 IS NULL")
        assert found == [("secret.txt", None, 0, "encrypted")]


def test_one_goes_only_so_deep_and_takes_only_so_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = mails.zipped({"a.txt": TEXT})
    for level in range(parts.MOST_DEPTH + 3):
        data = mails.zipped({f"{level}.zip": data})
    fill(tmp_path, 1, [("deep.zip", data), ("wide.zip", mails.zipped({f"{n}.txt": b"%d" % n for n in range(9)}))])
    with open_archive(tmp_path) as archive:
        monkeypatch.setattr(parts, "MOST_FILES", 7)
        counts = read_archive(archive, workers=2)
        assert counts["documents read"] == 2 + parts.MOST_DEPTH + 7
        ((wide,),) = rows(archive, "SELECT sha256 FROM attachments WHERE name = 'wide.zip'")
        assert parts.tree(archive.connection, wide).left_out == 2
        ((deep,),) = rows(archive, "SELECT sha256 FROM attachments WHERE name = 'deep.zip'")
        assert [node.problem for node in parts.tree(archive.connection, deep).nodes] == [None] * 5 + ["bomb"]


def test_a_file_that_holds_itself_ends(tmp_path: Path) -> None:
    fill(tmp_path, 1, [("a.zip", ZIP)])
    with open_archive(tmp_path) as archive:
        ((sha256,),) = rows(archive, "SELECT sha256 FROM attachments")
        read_archive(archive, workers=1)
        with archive.transaction() as connection:
            connection.execute("UPDATE document_parts SET sha256 = parent WHERE parent = ? AND number = 2", [sha256])
        nodes = parts.tree(archive.connection, sha256).nodes
        assert [node.path for node in nodes if node.problem] == [(2,)]
        assert read_archive(archive, workers=1) == Counter({"letters unchanged": 5})


def test_a_file_missing_from_the_disk_is_counted_and_what_lies_in_others_is_read(tmp_path: Path) -> None:
    fill(tmp_path, 1, [("all.zip", ZIP), ("b.zip", mails.zipped({"b.txt": TEXT + b"b"}))])
    with open_archive(tmp_path) as archive:
        ((sha256,),) = rows(archive, "SELECT sha256 FROM attachments WHERE name = 'all.zip'")
        archive.files.path(sha256).unlink()
        counts = read_archive(archive, workers=1)
        assert (counts["files missing"], counts["documents read"]) == (1, 2)
