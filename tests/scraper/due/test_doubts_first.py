"""What is in doubt is looked at again however short the budget is, and takes no night from everything else."""

import sqlite3
from contextlib import closing
from pathlib import Path

from scraper.archive.database import open_archive
from scraper.removals.withdrawals import suspected
from tests.scraper.pages import file, tagged, thread_page
from tests.scraper.scripted import ScriptedSite, rows, scrapy, wdtk

LONG_AGO, NIGHT, DAY = "2026-01-01T00:00:00Z", "2026-02-01T02:30:00Z", "2026-02-01T08:00:00Z"
_DOUBT = """
INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at, evidence)
SELECT id, 7, 'absent', ?1, ?1, 'not_listed' FROM attachments WHERE message_id = 'incoming-7'
"""


def test_a_budget_that_is_spent_each_night_leaves_room_for_second_looks(tmp_path: Path) -> None:
    with ScriptedSite() as site:
        for number in (7, 8):
            site.request(f"request_{number}", number, files={"a.pdf": file(b"letter %d" % number)})
        for number in range(20, 32):
            site.request(f"request_{number}", number)
        scrapy("requests", "-a", "all=yes", site=site, archive=tmp_path / "a")
        site.say("/request/request_7", tagged(thread_page("request_7", 7, [])))
        with closing(sqlite3.connect(tmp_path / "a" / "archive.db", isolation_level=None)) as connection:
            connection.execute(_DOUBT, [LONG_AGO])
            connection.execute("UPDATE checks SET next_check_at = ?, why = 'settled', weight = 0.5", [LONG_AGO])
            connection.execute("UPDATE checks SET weight = 0.1 WHERE request_id < 9")
        (tmp_path / "wdtk.toml").write_text("[crawl]\nrun_budget = 16\n")
        site.asked.clear()
        done = wdtk("update", "--site", site.base, "--archive", "a", "--public", "public.db", cwd=tmp_path)
    assert rows(tmp_path / "a", "SELECT looks FROM withdrawals") == [(2,)], done.stdout
    lists = [place for place, path in enumerate(site.paths()) if "/list" in path]
    assert site.paths().index("/request/request_7") < min(lists)
    assert "due: " in done.stdout
    assert "Ended early: budget" in done.stdout
    assert len([path for path in site.paths() if path.startswith(("/request/request_2", "/request/request_3"))]) >= 4


def test_a_request_whose_address_fails_or_that_went_with_many_waits_for_its_second_look(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a", create=True) as archive:
        execute = archive.connection.execute
        execute("PRAGMA foreign_keys = OFF")
        for number, seen, evidence in ((1, NIGHT, "slug_and_number"), (2, NIGHT, "many_at_once"), (3, LONG_AGO, "x")):
            execute(
                "INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at, evidence)"
                " VALUES (?, ?, 'not_found', ?, ?, ?)",
                [f"request/{number}", number, LONG_AGO, seen, evidence],
            )
        assert suspected(archive.connection, "2026-02-01T03:00:00Z") == [3, 1]
        check = "INSERT INTO checks (request_id, next_check_at, why, weight) VALUES (3, ?, 'failed', 0)"
        execute(check, ["2026-02-01T07:00:00Z"])
        assert suspected(archive.connection, "2026-02-01T03:00:00Z") == [1]
        assert suspected(archive.connection, DAY) == [3, 1, 2]
