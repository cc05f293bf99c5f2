"""What is no database as publishing made it is never the beginning of the next one; and helpers see one archive."""

import os
import shutil
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scraper.archive.database import Archive, open_archive
from scraper.errors import WdtkError
from scraper.publishing.making.checks import Finished
from scraper.publishing.policy import Policy
from scraper.publishing.publish import WHOLE_AFTER_DAYS, publish
from tests.scraper.publishing.archives import Seeds, Told, refused

FIRST, NEXT = "2026-03-02T04:00:00Z", "2026-03-03T04:00:00Z"
_WORD = "zyzzogeton"
_TITLES = "SELECT DISTINCT title FROM requests"


class _Killer(Told):
    """Kills a process that helps when the first requests are there."""

    def step(self) -> None:
        super().step()
        if self.steps == 1:
            os.kill(min(_children()), signal.SIGKILL)


def _children() -> set[int]:
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line, stat = (process / "cmdline").read_bytes(), (process / "stat").read_text()
        except OSError:
            continue
        if b"scraper.publishing.making.hands" in line and int(stat.rpartition(")")[2].split()[1]) == os.getpid():
            found.add(int(process.name))
    return found


@pytest.fixture
def asked(seeds: Seeds) -> Seeds:
    seeds.authority()
    refused(seeds)
    for number in range(120, 180):
        seeds.request(number)
        seeds.message(f"outgoing-{number}", number, text=f"Dear all, what of the {_WORD if number == 131 else 'moth'}?")
    return seeds


def _taken_up(archive: Archive, public: Path) -> int:
    told = Told()
    publish(archive, public, built_at=NEXT, progress=told)
    return told.requests[-1]


def _texts(public: Path) -> list[str]:
    with closing(sqlite3.connect(public)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM messages ORDER BY id")]


def test_a_file_that_was_changed_by_one_letter_is_not_renewed(asked: Seeds, public: Path) -> None:
    archive = asked.archive
    publish(archive, public, built_at=FIRST)
    texts = _texts(public)
    assert _taken_up(archive, public) == 0
    public.write_bytes(public.read_bytes().replace(b"what of the moth?", b"what of the myth?", 1))
    assert _taken_up(archive, public) == 61
    assert _texts(public) == texts


def test_the_database_of_another_archive_is_not_renewed(asked: Seeds, public: Path, tmp_path: Path) -> None:
    with open_archive(tmp_path / "other", create=True) as other:
        seeds = Seeds(archive=other)
        seeds.authority()
        refused(seeds)
        for archive, number in ((asked.archive, 61), (other, 1), (asked.archive, 61), (other, 1)):
            assert _taken_up(archive, public) == number


def test_a_link_stays_one_and_nothing_stays_where_it_leads(asked: Seeds, public: Path, tmp_path: Path) -> None:
    place = tmp_path / "disk" / "site.db"
    place.parent.mkdir()
    public.parent.mkdir()
    public.symlink_to(place)
    publish(asked.archive, public, built_at=FIRST)
    asked.archive.connection.execute("UPDATE messages SET text = 'Dear all, [redacted]' WHERE id = 'outgoing-131'")
    assert _taken_up(asked.archive, public) == 1
    assert public.is_symlink()
    assert _WORD.encode() not in place.read_bytes()


def test_a_renewed_copy_that_fails_a_check_is_built_as_a_whole(
    asked: Seeds, public: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def check(finished: Finished) -> Iterator[str]:
        if finished.renewed is not None:
            yield "a row too many"

    publish(asked.archive, public, built_at=FIRST)
    told = Told()
    publish(asked.archive, public, built_at=NEXT, progress=told, checks=(check,))
    assert told.requests == [0, 61]
    assert "a row too many" in caplog.text


def test_words_leave_an_index_that_was_added_to_again_and_again(asked: Seeds, public: Path) -> None:
    archive = asked.archive
    publish(archive, public, built_at=FIRST)
    for number in range(140, 152):
        archive.connection.execute(
            "UPDATE messages SET text = text || ? WHERE id = ?", [f" {_WORD[:-2]}{number}", f"outgoing-{number}"]
        )
        assert _taken_up(archive, public) == 1
    archive.connection.execute("UPDATE messages SET text = 'Dear all, [redacted]' WHERE id <> 'incoming-72'")
    assert _taken_up(archive, public) == 61
    assert _WORD[:5].encode() not in public.read_bytes()


def test_a_file_that_nobody_may_write_is_renewed_all_the_same(asked: Seeds, public: Path) -> None:
    publish(asked.archive, public, built_at=FIRST)
    public.chmod(0o444)
    with closing(sqlite3.connect(f"{public.as_uri()}?mode=ro", uri=True)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM requests").fetchone() == (61,)
        asked.request(99)
        assert _taken_up(asked.archive, public) == 1
        assert reader.execute("SELECT count(*) FROM requests").fetchone() == (61,)


def test_helpers_make_what_one_process_makes(asked: Seeds, public: Path) -> None:
    archive = asked.archive
    publish(archive, public, built_at=FIRST, processes=2)
    assert not _children()
    archive.connection.execute("UPDATE requests SET title = 'Another title' WHERE id % 2 = 0")
    told = Told()
    publish(archive, public, built_at=NEXT, processes=2, progress=told)
    assert told.requests == [30]
    other = public.with_name("other.db")
    publish(archive, other, built_at=NEXT, processes=1)
    with closing(sqlite3.connect(public)) as renewed, closing(sqlite3.connect(other)) as whole:
        for table in ("requests", "messages", "citations", "family_texts", "changes", "search_marks"):
            statement = f"SELECT * FROM {table} ORDER BY 1"  # noqa: S608 - names of this test
            assert renewed.execute(statement).fetchall() == whole.execute(statement).fetchall()


def test_helpers_see_the_archive_of_one_moment_while_it_is_written(asked: Seeds, public: Path) -> None:
    over = threading.Event()

    def write() -> None:
        number = 0
        with open_archive(asked.archive.folder) as archive:
            while not over.wait(0.02):
                number += 1
                archive.connection.execute("UPDATE requests SET title = ?", [f"The same title of all, {number}"])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        publish(asked.archive, public, built_at=FIRST, processes=2)
    finally:
        over.set()
        writer.join()
    with closing(sqlite3.connect(public)) as connection:
        assert len(connection.execute(_TITLES).fetchall()) == 1


def test_a_helper_that_dies_is_told_in_words(asked: Seeds, public: Path) -> None:
    for number in range(200, 400):  # more than helpers are asked for at once, so that the dead one is asked again
        asked.request(number)
        asked.message(f"outgoing-{number}", number, text="Dear all, what did it cost?")
    publish(asked.archive, public, built_at=FIRST)
    before = public.read_bytes()
    with pytest.raises(WdtkError, match="ended by signal 9"):
        publish(asked.archive, public, built_at=NEXT, processes=2, progress=_Killer(), anew=True)
    assert public.read_bytes() == before
    assert [path.name for path in public.parent.iterdir()] == [public.name]
    assert not _children()


def test_helpers_have_ended_before_what_takes_memory_of_its_own(asked: Seeds, public: Path) -> None:
    helping: list[int] = []

    def looked(_: Finished) -> Iterator[str]:
        helping.append(len(_children()))
        yield from ()

    publish(asked.archive, public, built_at=FIRST, processes=2, checks=(looked,))
    assert helping == [0]


def test_a_number_that_no_site_gives_costs_nothing(seeds: Seeds, archive: Archive, public: Path) -> None:
    seeds.authority()
    refused(seeds)
    for number in (2**62, 2**63 - 1):
        seeds.request(number)
        seeds.message(f"outgoing-{number}", number, text="Dear all, what did the car park cost in each of ten years?")
    for at in (FIRST, NEXT):
        publish(archive, public, built_at=at)
        with closing(sqlite3.connect(public)) as connection:
            assert connection.execute("SELECT count(*) FROM requests").fetchone() == (3,)


def _as_a_whole(archive: Archive, public: Path, policy: Policy | None = None, *, at: str = NEXT) -> bool:
    told = Told()
    publish(archive, public, policy, built_at=at, progress=told)
    return told.requests == [archive.connection.execute("SELECT count(*) FROM requests").fetchone()[0]]


def test_what_another_made_is_not_renewed(seeds: Seeds, archive: Archive, public: Path) -> None:
    seeds.authority()
    refused(seeds)
    publish(archive, public, built_at=FIRST)
    assert not _as_a_whole(archive, public)
    assert _as_a_whole(archive, public, Policy(requester_names=True)), "another policy"
    assert _as_a_whole(archive, public, Policy(site="https://other.example")), "another site"
    assert _as_a_whole(archive, public, at=FIRST)
    assert _as_a_whole(archive, public, at=f"2026-03-{2 + WHOLE_AFTER_DAYS:02}T04:00:00Z"), "an old whole one"
    assert not _as_a_whole(archive, public, at="2026-03-14T04:00:00Z")
    assert _as_a_whole(archive, public, at="2026-01-01T04:00:00Z"), "one from the future"
    with closing(sqlite3.connect(public)) as connection:
        connection.execute("UPDATE about SET value = 'x' WHERE key = 'made_by'")
        connection.commit()
    assert _as_a_whole(archive, public), "another program"
    public.write_bytes(b"no database at all")
    assert _as_a_whole(archive, public)


def test_an_archive_put_back_from_a_copy_is_published_as_a_whole(
    seeds: Seeds, archive: Archive, public: Path, tmp_path: Path
) -> None:
    seeds.authority()
    refused(seeds)
    publish(archive, public, built_at=FIRST)
    archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(archive.folder, tmp_path / "copy")
    archive.connection.execute("UPDATE requests SET title = 'A title that the copy never had'")
    publish(archive, public, built_at=NEXT)
    with open_archive(tmp_path / "copy") as copy:
        for title in ("One", "Two", "Three"):
            copy.connection.execute("UPDATE messages SET hidden_reason = ? WHERE id = 'outgoing-71'", [title])
        assert _as_a_whole(copy, public)
