"""How a new database takes the place of the last: whole or not at all, and a reader never sees half of it."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.archive.database import Archive
from scraper.errors import WdtkError
from scraper.publishing.making.checks import Finished
from scraper.publishing.publish import publish
from scraper.publishing.schema.whole import FULL_TEXT
from tests.scraper.publishing.archives import Seeds, everything, refused
from tests.scraper.publishing.conftest import BUILT

INDEXES = {f"{table}_fts_data" for table in FULL_TEXT}


@pytest.mark.usefixtures("refusal")
def test_the_same_archive_gives_the_same_database(archive: Archive, tmp_path: Path) -> None:
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    for path in (one, two):
        publish(archive, path, built_at=BUILT)
    assert everything(one) == everything(two)


def test_an_empty_archive_is_refused(archive: Archive, public: Path) -> None:
    with pytest.raises(WdtkError, match=r"holds no requests to publish\. Run `wdtk crawl` first\."):
        publish(archive, public)
    assert not public.parent.exists()


def test_a_check_that_fails_leaves_the_last_database_and_says_which(
    refusal: Seeds, archive: Archive, public: Path
) -> None:
    def moon_phase(_: Finished) -> Iterator[str]:
        yield "the moon is full"

    publish(archive, public)
    before = public.read_bytes()
    refused(refusal, 8)
    with pytest.raises(WdtkError, match="fails a check of its own: moon phase: the moon is full"):
        publish(archive, public, checks=(moon_phase,))
    assert public.read_bytes() == before
    assert list(public.parent.iterdir()) == [public]


def test_a_new_database_takes_the_place_of_the_last_while_it_is_read(
    refusal: Seeds, archive: Archive, public: Path
) -> None:
    publish(archive, public)
    with sqlite3.connect(public) as reader:
        refused(refusal, 8)
        publish(archive, public)
        assert reader.execute("SELECT count(*) FROM requests").fetchone() == (1,)
    reader.close()
    with sqlite3.connect(public) as reader:
        assert reader.execute("SELECT count(*) FROM requests").fetchone() == (2,)
    reader.close()
    assert list(public.parent.iterdir()) == [public]


@pytest.mark.usefixtures("refusal")
def test_left_overs_of_a_killed_publish_are_no_hindrance(archive: Archive, public: Path) -> None:
    public.parent.mkdir()
    (public.parent / ".public.db.building").write_bytes(b"half a database" * 1000)
    publish(archive, public)
    assert list(public.parent.iterdir()) == [public]


@pytest.mark.usefixtures("refusal")
def test_two_publishes_at_once_are_kept_apart(archive: Archive, public: Path) -> None:
    def another(_: Finished) -> Iterator[str]:
        done = run("publish", "--archive", str(archive.folder), "--public", str(public))
        yield f"{done.returncode} {done.stderr}"

    with pytest.raises(WdtkError, match=r"1 Error: Another publish is building .*public\.db"):
        publish(archive, public, checks=(another,))
    assert not public.exists()


LIMITED = (
    "import resource, sys; from scraper.cli import cli;"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000)); cli(sys.argv[1:], prog_name='wdtk')"
)
"""Python ignores the signal, so that a write beyond the limit fails as on a full disk."""


def run(*arguments: str, limited: bool = False) -> subprocess.CompletedProcess[str]:
    how = ["-c", LIMITED] if limited else ["-m", "scraper"]
    return subprocess.run([sys.executable, *how, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("refusal")
def test_the_command_says_what_it_published(seeds: Seeds, archive: Archive, public: Path) -> None:
    archive.connection.execute("UPDATE citations SET start = start + 1")
    seeds.attachment(3, "incoming-72", seeds.document(["It is in a workbook."], probe=None))
    done = run("publish", "--archive", str(archive.folder), "--public", str(public))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Published 1 request, 2 messages, 1 attachment, 0 pages, 0 citations.\n"
        "1 reading left out: the letter has changed since. Run `wdtk read`, then publish again.\n"
        "1 file held back by the policy: shown without text. `held_back` in the table attachments says of each why; "
        "data/README.md, People, says for how long.\n"
        f"Database: {public}\n"
    )
    assert archive.connection.execute("SELECT command, finish_reason FROM runs").fetchall() == [("publish", "finished")]


@pytest.mark.usefixtures("refusal")
def test_the_command_says_when_nothing_was_read(archive: Archive, public: Path) -> None:
    for table in ("citations", "letter_references", "readings"):
        archive.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the line above
    done = run("publish", "--archive", str(archive.folder), "--public", str(public))
    assert (done.returncode, done.stderr) == (0, "")
    assert "No letter in it has been read, so it counts no exemption. Run `wdtk read`" in done.stdout


@pytest.mark.usefixtures("refusal")
def test_a_full_disk_is_a_sentence_and_the_last_database_stays(archive: Archive, public: Path) -> None:
    publish(archive, public)
    before = public.read_bytes()
    archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the archive's own files must stay below the limit
    done = run("publish", "--archive", str(archive.folder), "--public", str(public), limited=True)
    assert done.returncode == 1
    assert "public.db cannot be written" in done.stderr
    assert "the last one is as it was" in done.stderr
    assert public.read_bytes() == before


@pytest.mark.usefixtures("refusal")
def test_a_place_that_is_no_folder_is_a_sentence(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("publish", "--archive", str(archive.folder), "--public", str(tmp_path / "file" / "public.db"))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_archive_is_a_sentence(tmp_path: Path) -> None:
    done = run("publish", "--archive", str(tmp_path / "nowhere"), "--public", str(tmp_path / "public.db"))
    assert done.returncode == 1
    assert "There is no archive in" in done.stderr
