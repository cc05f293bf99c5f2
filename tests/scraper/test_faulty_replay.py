"""Every trouble at once on the captured site: the archive ends as one made in peace, and nothing was asked in vain."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from scraper.archive.compare import Contents, contents, differences
from scraper.archive.database import open_archive
from tests.scraper.scripted import rows, wdtk
from tests.scraper.test_real_site import control, replaying

pytestmark = [pytest.mark.real, pytest.mark.long]

TROUBLES = "set?error-rate=0.04&reset-rate=0.04&rate-limit=40&latency=0.02"
BUDGET = 900
HIDE, EDIT = "hide?slug={}", "edit?slug={}"
_EVIDENCE = ("refusals: ", "files: only right", "stored files: only right")  # what troubled answers left behind


def crawl(base: str, archive: Path) -> int:
    config = archive.parent / "wdtk.toml"
    config.write_text(f"[crawl]\ndaily_budget = 100000\nrun_budget = {BUDGET}\n", encoding="utf-8")
    line = ["crawl", "--site", base, "--all", "--archive", str(archive), "--config", str(config)]
    return wdtk(*line, cwd=archive.parent, timeout=300).returncode


def crawl_to_the_end(base: str, archive: Path) -> int:
    """Crawl, and go on as long as the budget of a run or a trouble ends it; gives the number of runs."""
    for number in range(1, 12):
        if crawl(base, archive) == 0:
            return number
    raise AssertionError("it never came to its end")


def held(archive: Path) -> Contents:
    with open_archive(archive) as opened:
        return contents(opened)


@contextmanager
def logged(shared: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    log = folder / "log"
    with replaying(shared, "--log", str(log)) as base:
        yield base, log


def lines(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def forbidden(log: Path, robots: bytes) -> list[str]:
    """Requests that robots.txt refuses."""
    settings = Settings()
    settings.setmodule("scraper.settings")
    rules = load_object(settings["ROBOTSTXT_PARSER"])(robots, None)
    asked = {one["path"] for one in lines(log)}
    return [path for path in asked if not rules.allowed(f"http://127.0.0.1{path}", "wdtk-archive")]


def test_with_every_trouble_on_the_archive_ends_as_in_peace(shared: Path, tmp_path: Path) -> None:
    peaceful = tmp_path / "peace" / "a"
    peaceful.parent.mkdir()
    with logged(shared, tmp_path) as (base, log):
        crawl_to_the_end(base, peaceful)
        changes = [change.format(slug) for change, slug in zip((HIDE, EDIT), long_threads(peaceful), strict=True)]
        change_all(base, changes)
        crawl_to_the_end(base, peaceful)
        control(base, "reset")
        log.write_text("", encoding="utf-8")
        control(base, TROUBLES)
        crawl_to_the_end(base, tmp_path / "a")
        control(base, "set?rate-limit=0")  # once is enough of what takes longest
        change_all(base, changes)
        crawl_to_the_end(base, tmp_path / "a")
    peace, troubled = held(peaceful), held(tmp_path / "a")
    assert [line[:300] for line in differences(peace, troubled) if not line.startswith(_EVIDENCE)] == []
    assert {"429", "500"} <= {str(one["status"]) for one in lines(log)}
    assert within_budget(tmp_path / "a")
    with open_archive(tmp_path / "a") as opened:
        (sha256,) = opened.connection.execute(
            "SELECT sha256 FROM fetches WHERE page_kind = 'robots' AND sha256 IS NOT NULL LIMIT 1"
        ).fetchone()
        robots = opened.files.get(sha256)
    assert forbidden(log, robots) == []
    assert len(too_early(log)) <= sum(one["status"] == 429 for one in lines(log)) / 2  # most, on a busy machine too


def long_threads(archive: Path) -> list[str]:
    """Slugs of two requests with several messages."""
    query = (
        "SELECT slug FROM requests JOIN messages ON request_id = requests.id GROUP BY slug"
        " HAVING count(*) > 2 ORDER BY slug LIMIT 2"
    )
    return [slug for (slug,) in rows(archive, query)]


def change_all(base: str, changes: list[str]) -> None:
    for change in changes:
        control(base, change)


def within_budget(archive: Path) -> bool:
    asked = rows(archive, "SELECT json_extract(counts, '$.asked') FROM runs WHERE command = 'crawl'")
    return max(number or 0 for (number,) in asked) <= BUDGET


def too_early(log: Path) -> list[str]:
    """Requests that left within the second after a 429 that the site's Retry-After asked to leave free.

    Up to eight were on their way when it was said, since this site is on this machine.
    """
    seen = lines(log)
    moments = [_moment(one["time"]) for one in seen]
    early = []
    for number, one in enumerate(seen):
        if one["status"] == 429:
            within = [at for at in moments[number + 1 :] if 0.1 < at - moments[number] < 0.9]
            if len(within) > 8:
                early.append(f"{len(within)} after {one['path']}")
    return early


def _moment(value: Any) -> float:
    return value if isinstance(value, float | int) else datetime.fromisoformat(str(value)).timestamp()


def test_a_challenge_stops_it_and_it_goes_on_when_it_is_let_in(shared: Path, tmp_path: Path) -> None:
    with logged(shared, tmp_path) as (base, log):
        control(base, "set?challenge-after=60")
        assert crawl(base, tmp_path / "a") == 1
        asked = len(lines(log))
        assert asked <= 60 + 8
        assert rows(tmp_path / "a", "SELECT finish_reason FROM runs ORDER BY id DESC LIMIT 1") == [("challenge",)]
        assert [urlsplit(one["path"]).path for one in lines(log)].count("/robots.txt") <= 2
