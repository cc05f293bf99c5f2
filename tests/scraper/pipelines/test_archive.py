"""A spider that yields ready-made items into a real archive, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

from scraper.archive.database import open_archive

ROOT = Path(__file__).parents[3]


def crawl(folder: Path, mode: str = "plain") -> tuple[dict[str, object], str]:
    """Statistics of the crawl, and its log."""
    command = [sys.executable, "-m", "tests.scraper.pipelines.ready", str(folder), mode]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=240)
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


def test_items_become_rows_and_the_run_tells_its_counts(tmp_path: Path) -> None:
    stats, log = crawl(tmp_path / "archive")
    assert stats["finish_reason"] == "finished", log
    with open_archive(tmp_path / "archive") as archive:
        assert archive.connection.execute("SELECT count(*) FROM messages").fetchone() == (20,)
        run = archive.connection.execute("SELECT command, finish_reason, arguments, counts FROM runs").fetchone()
    assert run[:3] == ("crawl", "finished", '{"authority": ["council_1"]}')
    assert json.loads(run[3]) == {"requests_stored": 20}


def test_an_archive_that_cannot_be_opened_ends_the_crawl_with_its_sentence(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "archive.db").write_text("This is a letter to the council, and not a database at all.")
    stats, log = crawl(tmp_path / "archive")
    assert stats["finish_reason"] == "archive_failed"
    assert "is not a database" in str(stats["wdtk/error"])
    assert "Traceback" not in log
    assert "item_scraped_count" not in stats


def test_a_disk_that_fills_up_ends_the_crawl_and_keeps_what_was_stored(tmp_path: Path) -> None:
    stats, log = crawl(tmp_path / "archive", "full")
    assert stats["finish_reason"] == "archive_failed"
    assert str(stats["wdtk/error"]).endswith("free some space and run the same command again.")
    assert "Traceback" not in log
    assert stats["wdtk/requests_stored"] == 5
    with open_archive(tmp_path / "archive") as archive:
        assert archive.connection.execute("SELECT id FROM requests").fetchall() == [(n,) for n in range(5)]
        assert archive.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    stats, _ = crawl(tmp_path / "archive")
    assert stats["finish_reason"] == "finished"
    with open_archive(tmp_path / "archive") as archive:
        assert archive.connection.execute("SELECT count(*) FROM requests").fetchone() == (20,)
        reasons = archive.connection.execute("SELECT finish_reason FROM runs ORDER BY id").fetchall()
    assert reasons == [("killed",), ("finished",)]


def test_an_item_that_no_row_can_hold_becomes_a_refusal_and_the_crawl_goes_on(tmp_path: Path) -> None:
    stats, log = crawl(tmp_path / "archive", "strange")
    assert (stats["finish_reason"], stats["wdtk/items_failed"], stats["wdtk/requests_stored"]) == ("finished", 1, 19)
    assert "/request/slug_3 could not be stored" in log
    with open_archive(tmp_path / "archive") as archive:
        refused = archive.connection.execute("SELECT url, reason, detail FROM refusals").fetchall()
        (bodies,) = archive.connection.execute(
            "SELECT count(sha256) FROM fetches WHERE url LIKE '%/slug_3%' AND sha256 IS NOT NULL"
        ).fetchone()
    assert [(url[-15:], reason) for url, reason, _ in refused] == [("/request/slug_3", "failed")]
    assert refused[0][2].startswith("not stored: ")
    assert bodies == 2
