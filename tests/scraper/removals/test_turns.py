"""A large archive has its stored files looked at in turns, and misses none."""

import pytest

from scraper.archive.database import Archive
from scraper.removals import verify


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "_LEAST_AT_ONCE", 10)
    monkeypatch.setattr(verify, "CHECKS", (verify.stored_files, verify.files_without_a_row))


def store(archive: Archive, number: int) -> None:
    for one in range(number):
        sha256 = archive.files.put(str(one).encode())
        archive.connection.execute("INSERT INTO files VALUES (?, ?, '2026-01-01T00:00:00Z')", [sha256, len(str(one))])


def found(archive: Archive, nights: int) -> list[int]:
    return [len(one.problems) for one in verify.verify(archive, None, nights=nights)]


def test_each_file_is_looked_at_once_in_so_many_nights(archive: Archive) -> None:
    store(archive, 45)
    rows = archive.connection.execute("SELECT sha256 FROM files ORDER BY sha256").fetchall()
    for (sha256,) in rows[::9]:
        archive.files.path(sha256).unlink()
    stray = archive.files.put(b"a stray")
    for _ in range(2):
        nights = [found(archive, 4) for _ in range(4)]
        assert [sum(night) for night in zip(*nights, strict=True)] == [5, 1]
        assert all(sum(night) < 6 for night in nights)
    assert found(archive, 1) == [5, 1]
    assert archive.files.has(stray)


def test_a_small_archive_is_looked_at_whole_each_night(archive: Archive) -> None:
    store(archive, 19)
    (sha256,) = archive.connection.execute("SELECT max(sha256) FROM files").fetchone()
    archive.files.path(sha256).unlink()
    assert [found(archive, 28) for _ in range(3)] == [[1, 0]] * 3
