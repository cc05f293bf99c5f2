"""Publishing takes the place of what it made, and of nothing that belongs to anybody else."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scraper.archive.database import Archive
from scraper.errors import WdtkError
from scraper.publishing.making.replaceable import check_replaceable
from scraper.publishing.publish import publish
from tests.scraper.publishing.archives import Seeds, refused


def database(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def test_the_database_of_another_program_stays(seeds: Seeds, archive: Archive, tmp_path: Path) -> None:
    seeds.authority()
    refused(seeds)
    theirs = database(tmp_path / "theirs.db", "CREATE TABLE about (key, value)", "INSERT INTO about VALUES ('a', 'b')")
    before = theirs.read_bytes()
    with pytest.raises(WdtkError, match=r"theirs\.db was not made by `wdtk publish`, so it is left as it is"):
        publish(archive, theirs)
    assert theirs.read_bytes() == before
    assert [path.name for path in tmp_path.glob(".*.building")] == []


def test_the_archive_itself_stays(seeds: Seeds, archive: Archive) -> None:
    seeds.authority()
    refused(seeds)
    with pytest.raises(WdtkError, match=r"archive\.db was not made by"):
        publish(archive, archive.path)
    assert archive.connection.execute("SELECT count(*) FROM requests").fetchone() == (1,)


def test_a_file_that_is_no_database_stays(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("precious\n")
    with pytest.raises(WdtkError, match="Name another file with --public"):
        check_replaceable(notes)


def test_what_it_made_what_is_empty_and_what_is_damaged_may_go(
    seeds: Seeds, archive: Archive, public: Path, tmp_path: Path
) -> None:
    seeds.authority()
    refused(seeds)
    for path in (public, tmp_path / "touched", database(tmp_path / "no_tables", "VACUUM"), tmp_path / "damaged.db"):
        if path.name == "touched":
            path.touch()
        if path.name == "damaged.db":
            path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 20)
        for _ in range(2):
            publish(archive, path)
