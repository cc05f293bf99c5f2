"""Pages that fail every time, next to each other in the queue: they cost themselves, and no night."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.scraper.pages import Reply
from tests.scraper.scripted import ScriptedSite, rows, scrapy

POISONED, WELL = range(1, 7), range(7, 10)


def test_five_poisoned_pages_in_a_row_keep_nobody_from_the_others(tmp_path: Path) -> None:
    with ScriptedSite() as site:
        for number in (*POISONED, *WELL):
            site.request(f"request_{number}", number)
        scrapy("requests", "-a", "all=yes", site=site, archive=tmp_path / "a")
        for number in POISONED:
            site.say(f"/request/request_{number}.json", Reply(status=500))
        with closing(sqlite3.connect(tmp_path / "a" / "archive.db", isolation_level=None)) as connection:
            connection.execute("UPDATE checks SET looked_at = '2020-01-01T00:00:00Z', why = 'settled'")
            connection.execute("UPDATE checks SET next_check_at = '2021-01-01T00:00:00Z', weight = 1.0 / request_id")
        site.asked.clear()
        options = {"WDTK_TRIES": 2, "WDTK_BACKOFF": 0.01, "CONCURRENT_REQUESTS": 1, "LOG_LEVEL": "INFO"}
        done = scrapy("due", site=site, archive=tmp_path / "a", **options)
        asked = site.paths()
    assert "'progress/total': 9" in done.stderr
    assert asked[:10] == [f"/request/request_{number}.json" for number in range(1, 6) for _ in range(2)]
    assert rows(tmp_path / "a", "SELECT finish_reason FROM runs ORDER BY id DESC LIMIT 1") == [("finished",)]
    failed = "SELECT request_id FROM checks WHERE why = 'failed' AND weight < 0.1 ORDER BY 1"
    assert rows(tmp_path / "a", failed) == [(number,) for number in POISONED]
    assert rows(tmp_path / "a", "SELECT count(*) FROM checks WHERE looked_at > '2026'") == [(len(WELL),)]
