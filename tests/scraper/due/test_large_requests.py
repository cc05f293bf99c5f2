"""A request with more files than a run may ask for: each run goes on where the last one stopped, until it ends."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.scraper.pages import file
from tests.scraper.scripted import ScriptedSite, rows, scrapy

BUDGET = 16
FILES = 14


def test_a_whole_look_ends_however_small_the_budget(tmp_path: Path) -> None:
    (tmp_path / "wdtk.toml").write_text(f"[crawl]\nrun_budget = {BUDGET}\n", encoding="utf-8")
    with ScriptedSite() as site:
        site.request("grit_bins", 7, files={f"{number}.pdf": file(b"%%PDF %d" % number) for number in range(FILES)})
        first = scrapy("requests", "-a", "all=yes", site=site, archive=tmp_path / "a", LOG_LEVEL="INFO")
        assert "'progress/total': 1," in first.stderr
        asked: list[list[str]] = []
        for _ in range(3):
            _make_due(tmp_path / "a", begun=bool(asked))
            site.asked.clear()
            done = scrapy("due", site=site, archive=tmp_path / "a", WDTK_CONFIG=tmp_path / "wdtk.toml")
            assert "Traceback" not in done.stderr
            assert len(site.asked) <= BUDGET
            asked.append([path for path in site.paths() if "/attach/" in path])
            if rows(tmp_path / "a", "SELECT whole_begun_at IS NULL FROM checks") == [(1,)]:
                break
    assert [len(paths) for paths in asked] == [5, 9]
    assert len({path for paths in asked for path in paths}) == FILES


def _make_due(archive: Path, *, begun: bool) -> None:
    """As if a year had passed, or half a day since the last part."""
    with closing(sqlite3.connect(archive / "archive.db", isolation_level=None)) as connection:
        connection.execute("UPDATE checks SET next_check_at = '2001-01-01T00:00:00Z', why = 'whole'")
        if not begun:
            connection.execute("UPDATE checks SET whole_at = '2000-01-01T00:00:00Z', looked_at = whole_at")
            connection.execute("UPDATE attachments SET last_checked_at = '2000-01-01T00:00:00Z'")
