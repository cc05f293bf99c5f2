"""Answers whose bodies were given up are still known to be newer than what is brought in."""

from pathlib import Path

from scraper.archive.compare import differences
from scraper.archive.database import open_archive
from scraper.removals import mentions
from scraper.removals.release import unlink_released
from tests.scraper.exchange.made import EARLY, LATE, ask, bring, held, request, warc


def test_an_older_page_does_not_come_back_where_the_newer_one_was_given_up(tmp_path: Path) -> None:
    """As when the newer page listed a request that was erased since."""
    bring(tmp_path / "a", warc(tmp_path / "new.warc.gz", *request("drains", 7, "letter.pdf", at=LATE)))
    with open_archive(tmp_path / "a") as archive:
        with archive.transaction() as connection:
            empty = archive.files.put(b"")
            (page,) = connection.execute("SELECT page_sha256 FROM requests").fetchone()
            connection.execute("INSERT INTO mentions (slug, sha256) VALUES ('erased_one', ?)", [page])
            mentions.give_up(connection, ["erased_one"], empty)
        assert unlink_released(archive) == 1
    before = held(tmp_path / "a")
    done = bring(tmp_path / "a", warc(tmp_path / "old.warc.gz", *request("drains", 7, "censored.pdf", at=EARLY)))
    assert "older than what the archive holds" in done.output
    assert ask(tmp_path / "a", "SELECT name FROM attachments") == [("letter.pdf",)]
    assert differences(before, held(tmp_path / "a")) == []
