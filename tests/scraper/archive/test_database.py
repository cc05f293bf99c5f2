"""Opening an archive: what is made, what is refused and with which words."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.archive import migrations
from scraper.archive.database import open_archive
from scraper.archive.errors import ArchiveError
from scraper.errors import WdtkError
from scraper.storing.store import Store
from tests.scraper.archive.samples import message, request

ROOT = Path(__file__).parents[3]


def refused(folder: Path, patience: float = 30.0) -> str:
    with pytest.raises(WdtkError) as caught:
        open_archive(folder, patience=patience)
    return caught.value.message


def test_a_new_archive_has_strict_tables_and_enforces_references(tmp_path: Path) -> None:
    with open_archive(tmp_path / "deep" / "archive", create=True) as archive:
        connection = archive.connection
        loose = connection.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND NOT strict"
            " AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        assert loose == [("_sqlite_migrations",)]  # sqlite-utils' own
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("INSERT INTO request_tags VALUES (99, 'roads', '')")
        assert migrations.applied(connection) == list(migrations.STEPS)


def test_opening_again_finds_what_was_stored_and_makes_nothing_anew(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        archive.files.put(b"a body")
        made = archive.connection.execute("SELECT * FROM _sqlite_migrations").fetchall()
    with open_archive(tmp_path) as archive:
        assert archive.connection.execute("SELECT * FROM _sqlite_migrations").fetchall() == made
        assert len(list(archive.files.hashes())) == 1


def test_every_reference_is_indexed(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        unindexed = archive.connection.execute(
            """SELECT m.name, f."from" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
               WHERE m.type = 'table' AND NOT EXISTS (
                 SELECT 1 FROM pragma_index_list(m.name) l, pragma_index_info(l.name) i
                 WHERE i.seqno = 0 AND i.name = f."from")
               AND NOT EXISTS (SELECT 1 FROM pragma_table_info(m.name) t WHERE t.name = f."from" AND t.pk = 1)"""
        ).fetchall()
    # A hash is deleted from "files" only by hand, and then from here first.
    assert set(unindexed) <= {("requests", "json_sha256"), ("requests", "page_sha256"), ("validators", "sha256")}


def test_no_archive_is_made_unasked(tmp_path: Path) -> None:
    assert refused(tmp_path / "typo") == (
        f"There is no archive in {tmp_path / 'typo'}. Run `wdtk crawl` to make one, or name its folder with --archive."
    )
    assert not (tmp_path / "typo").exists()


def test_a_kill_while_the_archive_was_made_is_made_good(tmp_path: Path) -> None:
    (tmp_path / "archive.db").touch()
    with open_archive(tmp_path) as archive:
        assert archive.connection.execute("SELECT count(*) FROM requests").fetchone() == (0,)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    letter = "Dear Sir, this is a letter and not a database. " * 100
    (tmp_path / "archive.db").write_text(letter)
    assert "archive.db is not a database" in refused(tmp_path)
    assert (tmp_path / "archive.db").read_text() == letter


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "archive.db")
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    assert "is a database, but not an archive of wdtk-archive" in refused(tmp_path)


def test_an_archive_of_a_newer_version_names_both_versions(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        archive.connection.execute("UPDATE about SET value = '9.1.0' WHERE key = 'written_by'")
        archive.connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('archive', '0042_later', '')"
        )
    sentence = refused(tmp_path)
    assert "made by wdtk-archive 9.1.0 (its tables are at 0042_later)" in sentence
    assert f"this is wdtk-archive {migrations.program_version()}" in sentence
    assert "Install wdtk-archive 9.1.0 or later" in sentence


def test_a_damaged_archive_says_so(tmp_path: Path) -> None:
    open_archive(tmp_path, create=True).close()
    path = tmp_path / "archive.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert "is damaged" in refused(tmp_path)


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("not a folder")
    with pytest.raises(ArchiveError, match="cannot be written"):
        open_archive(tmp_path / "archive", create=True)


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that any user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="wdtk-archive-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


# Root may write anywhere, so a test run by root becomes nobody first.
AS_NOBODY = """
import os, sys
from pathlib import Path
from scraper.archive.database import open_archive
from scraper.errors import WdtkError
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    open_archive(Path(sys.argv[1]), create=bool(sys.argv[2:]))
except WdtkError as error:
    sys.exit(error.message)
"""


def as_nobody(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", AS_NOBODY, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("create", [[], ["create"]])
def test_a_folder_that_may_not_be_written_is_refused(open_to_all: Path, create: list[str]) -> None:
    folder = open_to_all / "archive"
    open_archive(folder, create=True).close()
    for path, _, _ in os.walk(folder):
        Path(path).chmod(0o555)
    done = as_nobody(folder, *create)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{folder} cannot be written (")
    assert "mounted read-only, or name another folder with --archive." in done.stderr


def test_a_database_that_may_not_be_written_is_refused_at_once_and_not_in_mid_crawl(open_to_all: Path) -> None:
    folder = open_to_all / "archive"
    open_archive(folder, create=True).close()
    folder.chmod(0o777)
    (folder / "files").chmod(0o777)
    (folder / "archive.db").chmod(0o444)
    done = as_nobody(folder)
    assert (done.returncode, "archive.db cannot be written" in done.stderr) == (1, True), done.stderr


def test_waiting_for_another_writer_ends_with_a_sentence(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as other, other.transaction():
        assert "Another process is writing to" in refused(tmp_path, patience=0.1)
    open_archive(tmp_path, patience=0.1).close()


def test_a_full_disk_undoes_the_item_and_keeps_the_others(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        connection = archive.connection
        connection.execute("INSERT INTO runs (command, started_at, arguments) VALUES ('crawl', '', '{}')")
        store = Store(archive, 1)
        store.store(request(1, "one", [message(1)]))
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        long = request(2, "two", [message(2, text="long " * 100_000)])
        with pytest.raises(ArchiveError, match=r"The disk that holds .* is full .*What was stored before is safe"):
            store.store(long)
        assert connection.execute("SELECT id FROM requests").fetchall() == [(1,)]
        assert connection.execute("SELECT count(*) FROM fetches").fetchone() == (2,)

        connection.execute("PRAGMA max_page_count = 100000")
        store.store(long)
        assert connection.execute("SELECT id FROM requests").fetchall() == [(1,), (2,)]


def test_what_a_kill_left_half_written_goes_at_the_next_opening_but_not_before(tmp_path: Path) -> None:
    half = tmp_path / "files" / ".half-written.tmp"
    with open_archive(tmp_path, create=True):
        half.write_bytes(b"being written by the process that has it open")
        open_archive(tmp_path).close()
        assert half.exists()
    open_archive(tmp_path).close()
    assert not half.exists()


def test_an_error_of_ours_undoes_the_transaction_and_comes_through(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        with pytest.raises(sqlite3.IntegrityError), archive.transaction() as connection:
            connection.executemany("INSERT INTO about VALUES ('key', ?)", [["once"], ["twice"]])
        assert archive.connection.execute("SELECT 1 FROM about WHERE key = 'key'").fetchone() is None
        assert not archive.connection.in_transaction
