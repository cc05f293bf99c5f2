"""Twenty thousand rows behind lists that the site cuts, miscounts, fails to give and changes while they are read."""

import subprocess
import sys
from pathlib import Path

import pytest

from scraper.spiders.windows import ROWS_A_PAGE
from tests.patience import until
from tests.scraper.scripted import rows, scrapy, wdtk
from tests.scraper.spiders.long_lists import LongLists, Troubles

pytestmark = pytest.mark.long

QUIET = {"DOWNLOAD_DELAY": 0, "WDTK_BACKOFF": 0.01}
ALL_LISTS = ("requests", "-a", "all=yes", "-a", "lists=only")


def test_every_one_of_twenty_thousand_requests_is_found_once(tmp_path: Path) -> None:
    troubles = Troubles(hidden=40, answered=40, added=20, failed=25)
    with LongLists(count=20_000, troubles=troubles) as site:
        done = scrapy("authorities", site=site, archive=tmp_path, **QUIET)
        assert done.returncode == 0, done.stderr
        done = scrapy(*ALL_LISTS, site=site, archive=tmp_path, **QUIET)
    assert done.returncode == 0, done.stderr
    found = {slug for (slug,) in rows(tmp_path, "SELECT slug FROM listed")}
    assert sorted(site.there - found) == []
    results = dict(rows(tmp_path, "SELECT result, count(*) FROM enumerations GROUP BY 1"))
    assert results.keys() == {"whole", "parted"}
    assert min(by_dimension(tmp_path).values()) > 0
    assert rows(tmp_path, "SELECT * FROM refusals") == []
    ((shown,),) = rows(tmp_path, "SELECT sum(rows) FROM enumerations WHERE result = 'whole'")
    ((pages,),) = rows(tmp_path, "SELECT count(*) FROM fetches WHERE page_kind = 'listing'")
    assert pages < 1.5 * shown / ROWS_A_PAGE


def by_dimension(archive: Path) -> dict[str, int]:
    """How many lists were parted by each of the things that part them."""
    narrowed = {"days": "authority IS NULL AND narrowed = '{}'", "authority": "authority IS NOT NULL"}
    for name in ("variety", "path", "state"):
        narrowed[name] = f"authority IS NULL AND json_extract(narrowed, '$.{name}') IS NOT NULL"
    sums = ", ".join(f"sum({which})" for which in narrowed.values())
    return dict(zip(narrowed, rows(archive, f"SELECT {sums} FROM enumerations")[0], strict=True))  # noqa: S608 - as above


def test_a_stopped_crawl_of_lists_goes_on_with_those_it_had_still_to_read(tmp_path: Path) -> None:
    with LongLists(count=3_000, waits_at=60) as site:
        command = ["crawl", "--site", site.base, "--archive", str(tmp_path), "--all", "--lists-only"]
        with subprocess.Popen([sys.executable, "-m", "scraper", *command], cwd=tmp_path) as process:
            until(lambda: site.waits, "the crawl does not come so far")
            process.kill()
        site.go_on.set()
        before = rows(tmp_path, "SELECT url FROM enumerations WHERE result = 'whole'")
        assert before
        first, site.paths = site.paths, []
        done = wdtk(*command, cwd=tmp_path, timeout=900)
    assert done.returncode == 0, done.stderr
    assert {slug for (slug,) in rows(tmp_path, "SELECT slug FROM listed")} == site.there
    assert not {url.removeprefix(site.base) for (url,) in before} & set(site.paths)
    assert first
    assert rows(tmp_path, "SELECT DISTINCT result FROM enumerations ORDER BY 1") == [("parted",), ("whole",)]
    assert rows(tmp_path, "SELECT count(DISTINCT run_id) FROM enumerations") == [(1,)]
