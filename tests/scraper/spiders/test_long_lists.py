"""Twenty thousand rows behind lists that the site cuts, miscounts, fails to give and changes while they are read."""

from pathlib import Path

from scraper.spiders.windows import ROWS_A_PAGE
from tests.scraper.scripted import rows, scrapy
from tests.scraper.spiders.long_lists import LongLists, Troubles

QUIET = {"DOWNLOAD_DELAY": 0, "WDTK_BACKOFF": 0.01}


def test_every_one_of_twenty_thousand_requests_is_found_once(tmp_path: Path) -> None:
    troubles = Troubles(hidden=40, answered=40, added=20, failed=25)
    with LongLists(count=20_000, troubles=troubles) as site:
        done = scrapy("authorities", site=site, archive=tmp_path, **QUIET)
        assert done.returncode == 0, done.stderr
        done = scrapy("requests", "-a", "all=yes", "-a", "lists=only", site=site, archive=tmp_path, **QUIET)
    assert done.returncode == 0, done.stderr
    found = {slug for (slug,) in rows(tmp_path, "SELECT slug FROM listed")}
    assert sorted(site.there - found) == []
    print(
        "PAGES",
        rows(tmp_path, "SELECT count(*) FROM fetches WHERE page_kind = 'listing'"),
        rows(tmp_path, "SELECT result, count(*), sum(rows), sum(pages) FROM enumerations GROUP BY 1"),
        len(found),
    )
    results = dict(rows(tmp_path, "SELECT result, count(*) FROM enumerations GROUP BY 1"))
    assert results.keys() == {"whole", "parted"}
    assert min(by_dimension(tmp_path).values()) > 0
    assert rows(tmp_path, "SELECT * FROM refusals") == []
    ((shown,),) = rows(tmp_path, "SELECT sum(rows) FROM enumerations WHERE result = 'whole'")
    ((pages,),) = rows(tmp_path, "SELECT count(*) FROM fetches WHERE page_kind = 'listing'")
    assert pages < 1.4 * shown / ROWS_A_PAGE


def by_dimension(archive: Path) -> dict[str, int]:
    """How many lists were parted by each of the things that part them."""
    narrowed = {"days": "authority IS NULL AND narrowed = '{}'", "authority": "authority IS NOT NULL"}
    for name in ("variety", "path", "state"):
        narrowed[name] = f"authority IS NULL AND json_extract(narrowed, '$.{name}') IS NOT NULL"
    counted = {
        name: rows(archive, f"SELECT count(*) FROM enumerations WHERE {which}") for name, which in narrowed.items()
    }
    return {name: count for name, ((count,),) in counted.items()}
