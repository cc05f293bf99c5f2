"""What does not say when it was taken is newer than nothing: a copy of an old page has the time of its copying."""

from pathlib import Path

import pytest

from scraper.archive.compare import differences
from tests.scraper.exchange.made import (
    EARLY,
    LATE,
    LETTER,
    ask,
    bring,
    held,
    json_file,
    page_file,
    request,
    saved,
    warc,
    zip_file,
)
from tests.scraper.pages import AUTHORITIES, HIDDEN, file

AFTER = "2025-09-01T10:00:00Z"
UNDATED = "without a time of their own"
WITHDRAWN = "SELECT subject, state, erased_at IS NOT NULL FROM withdrawals"


def copied(folder: Path) -> list[Path]:
    """A page and its JSON of a request of 2024, which were copied later."""
    found = [page_file(folder / "in"), json_file(folder / "in")]
    return [saved(path, path.read_bytes().replace(b"2031-", b"2024-"), AFTER) for path in found]


def test_a_copied_page_does_not_bring_back_what_the_site_hid(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    bring(archive, warc(tmp_path / "shown.warc.gz", *request(at=EARLY)))
    bring(archive, warc(tmp_path / "hidden.warc.gz", ("/request/drains", HIDDEN, LATE)))
    gone = ask(archive, WITHDRAWN)
    assert gone == [("request/7", "hidden", 1)]
    bring(archive, *copied(tmp_path))
    assert ask(archive, WITHDRAWN) == gone
    assert ask(archive, "SELECT 1 FROM requests") == []


@pytest.mark.parametrize("order", [1, -1])
def test_a_notice_hides_what_a_copied_page_showed_whichever_comes_first(tmp_path: Path, order: int) -> None:
    notice = [warc(tmp_path / "hidden.warc.gz", ("/request/drains", HIDDEN, LATE))]
    pages = copied(tmp_path)
    for paths in (pages, notice)[::order]:
        bring(tmp_path / "a", *paths)
    assert ask(tmp_path / "a", "SELECT 1 FROM requests") == []


def test_a_copied_page_replaces_nothing_and_withdraws_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    letter = ("/request/drains/response/7/attach/2/letter.pdf", file(LETTER), EARLY)
    bring(archive, warc(tmp_path / "w.warc.gz", *request("drains", 7, "letter.pdf", at=EARLY), letter))
    before = held(archive)
    done = bring(archive, *copied(tmp_path))
    assert UNDATED in done.output
    assert done.exit_code == 0
    done = bring(
        archive, zip_file(tmp_path / "drains.zip", {"correspondence.txt": b"", "1_2_letter.pdf": b"%PDF other"})
    )
    assert UNDATED in done.output
    assert differences(before, held(archive)) == []
    assert ask(archive, WITHDRAWN) == []


def test_an_answer_with_a_time_replaces_a_copied_one(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    bring(archive, *copied(tmp_path))
    bring(archive, warc(tmp_path / "w.warc.gz", *request("drains", 7, "letter.pdf", at=LATE)))
    assert ask(archive, "SELECT name FROM attachments") == [("letter.pdf",)]


def test_a_copied_list_of_authorities_does_not_count_as_one_of_today(tmp_path: Path) -> None:
    bring(tmp_path / "a", saved(tmp_path / "all.csv", AUTHORITIES.encode(), AFTER))
    assert ask(tmp_path / "a", "SELECT fetched_at < '2000' FROM fetches") == [(1,)]
