"""Whether two archives say the same."""

from pathlib import Path

from scraper.archive import compare, runs
from scraper.archive.database import Archive, open_archive
from scraper.storing.store import Store
from tests.scraper.archive.samples import attachment, fetched, message, refusal, request


def fill(folder: Path, *, fetched_at: str = "2025-05-01T00:00:00Z") -> Archive:
    archive = open_archive(folder, create=True)
    store = Store(archive, runs.start(archive, "crawl", {}).id)
    store.store(request(messages=[message(2, attachments=(attachment(5, 2),))], fetched_at=fetched_at))
    store.store(fetched("attachment-5", b"bytes"))
    store.store(refusal("/request/hidden", "hidden"))
    return archive


def test_two_crawls_at_other_times_say_the_same(tmp_path: Path) -> None:
    with fill(tmp_path / "one") as one, fill(tmp_path / "two", fetched_at="2026-01-01T00:00:00Z") as two:
        assert compare.differences(compare.contents(one), compare.contents(two)) == []


def test_every_table_is_compared_but_for_the_ledger(archive: Archive) -> None:
    names = archive.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    tables = {name for (name,) in names if name != "sqlite_sequence"}
    assert set(compare.contents(archive)) == tables - compare.LEDGER | {"stored files"}


def test_a_row_that_differs_is_told_from_both_sides(tmp_path: Path) -> None:
    with fill(tmp_path / "one") as one, fill(tmp_path / "two") as two:
        two.connection.execute("UPDATE messages SET text = 'Other words.'")
        lines = compare.differences(compare.contents(one), compare.contents(two))
    assert [line.partition("{")[0] for line in lines] == ["messages: only left has ", "messages: only right has "]
    assert "'The words of incoming 2.'" in lines[0]
    assert "'Other words.'" in lines[1]


def test_a_file_whose_bytes_are_gone_or_others_is_a_difference(tmp_path: Path) -> None:
    with fill(tmp_path / "one") as one, fill(tmp_path / "two") as two:
        hashes = sorted(two.files.hashes())
        two.files.path(hashes[0]).unlink()
        two.files.path(hashes[1]).write_bytes(b"damaged")
        lines = compare.differences(compare.contents(one), compare.contents(two))
    assert sum("'stored': None" in line for line in lines) == 2
    assert {line.partition(":")[0] for line in lines} == {"stored files"}
