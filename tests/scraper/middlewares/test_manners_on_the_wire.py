"""Manners as the site sees them: how far apart requests come, what is asked again, and what is left alone."""

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from scraper.archive.compare import contents, differences
from scraper.archive.database import open_archive
from tests.patience import at_some_pace
from tests.scraper.pages import HIDDEN, NOT_FOUND, Reply, redirect, text, with_headers
from tests.scraper.scripted import ScriptedSite, rows, scrapy


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with ScriptedSite() as running:
        for number in (1, 2, 3):
            running.request(f"request_{number}_about_bins", number)
        yield running


def gaps(site: ScriptedSite) -> list[float]:
    """Seconds between the arrivals of one request and the next."""
    return [later.at - earlier.at for earlier, later in pairwise(site.asked)]


A_PAUSE = 0.22
"""Seconds between most arrivals that left 0.3 s apart, as each may be late on a busy machine."""


def a_pause_apart(site: ScriptedSite) -> bool:
    """Whether most arrivals are a pause apart, and all of them together as far as their pauses make."""
    whole = site.asked[-1].at - site.asked[0].at
    return median(gaps(site)) > A_PAUSE and whole > (len(site.asked) - 1) * 0.3 - A_PAUSE


def finish(archive: Path) -> str:
    return str(rows(archive, "SELECT finish_reason FROM runs ORDER BY id DESC LIMIT 1")[0][0])


def test_a_crawl_delay_is_kept_between_all_requests(site: ScriptedSite, tmp_path: Path) -> None:
    site.say("/robots.txt", text("User-agent: *\nCrawl-delay: 0.3\n"))

    def attempt(number: int) -> None:
        site.asked.clear()
        assert scrapy("requests", "-a", "all=yes", site=site, archive=tmp_path / str(number)).returncode == 0
        assert len(site.asked) == 8
        assert a_pause_apart(site), gaps(site)

    at_some_pace(attempt)


def test_a_delay_is_a_least(site: ScriptedSite, tmp_path: Path) -> None:
    options = {"DOWNLOAD_DELAY": 0.3, "CONCURRENT_REQUESTS": 1}

    def attempt(number: int) -> None:
        site.asked.clear()
        done = scrapy("requests", "-a", "all=yes", site=site, archive=tmp_path / str(number), **options)
        assert done.returncode == 0
        assert a_pause_apart(site), gaps(site)

    at_some_pace(attempt)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_holds_back_every_request(site: ScriptedSite, tmp_path: Path, status: int) -> None:
    path = "/request/request_1_about_bins.json"
    site.say(path, Reply(status=status, headers={"Retry-After": "1"}), *site.answers[path])
    done = scrapy("requests", "-a", "all=yes", site=site, archive=tmp_path / "a", CONCURRENT_REQUESTS=1)
    assert done.returncode == 0
    assert rows(tmp_path / "a", "SELECT count(*) FROM requests") == [(3,)]
    refused = site.paths().index(path)
    held = gaps(site)[refused + 1 :]  # robots.txt is none of the paths
    assert held[0] >= 0.95
    assert site.paths().count(path) == 2


def test_a_date_in_retry_after_is_understood(site: ScriptedSite, tmp_path: Path) -> None:
    path = "/request/request_1_about_bins.json"
    later = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 3))
    site.say(path, Reply(status=503, headers={"Retry-After": later}), *site.answers[path])
    assert (
        scrapy("requests", "-a", "request=1_,request_1_about_bins", site=site, archive=tmp_path / "a").returncode == 0
    )
    asked = [one.at for one in site.asked if one.path == path]
    assert len(asked) == 2


def test_a_retry_after_of_hours_ends_the_run(site: ScriptedSite, tmp_path: Path) -> None:
    site.say("/request/request_1_about_bins.json", Reply(status=429, headers={"Retry-After": "86400"}))
    scrapy("requests", "-a", "request=request_1_about_bins", site=site, archive=tmp_path / "a")
    assert finish(tmp_path / "a") == "asked_to_wait"
    assert len(site.asked) == 2


def test_what_fails_is_asked_again_a_bounded_number_of_times_ever_later(site: ScriptedSite, tmp_path: Path) -> None:
    path = "/request/request_1_about_bins.json"
    site.say(path, Reply(status=500))
    options = {"WDTK_TRIES": 4, "WDTK_BACKOFF": 0.1}
    scrapy("requests", "-a", "request=request_1_about_bins", site=site, archive=tmp_path / "a", **options)
    waits = [later.at - earlier.at for earlier, later in pairwise(one for one in site.asked if one.path == path)]
    assert len(waits) == 3
    assert waits[0] > 0.09
    assert waits[1] > 0.19
    assert waits[2] > 0.39
    assert rows(tmp_path / "a", "SELECT reason FROM refusals") == [("failed",)]


def test_cut_answers_are_asked_again_and_never_stored(site: ScriptedSite, tmp_path: Path) -> None:
    path = "/request/request_1_about_bins"
    whole = site.answers[path][0]
    site.say(path, Reply(body=whole.body, headers=whole.headers, cut=True), whole)
    assert scrapy("requests", "-a", "all=yes", site=site, archive=tmp_path / "a").returncode == 0
    assert rows(tmp_path / "a", "SELECT count(*) FROM requests") == [(3,)]
    assert site.paths().count(path) == 2


QUICK = {"WDTK_TRIES": 2, "WDTK_BACKOFF": 0.01, "CONCURRENT_REQUESTS": 1}


def fail(site: ScriptedSite) -> None:
    """Make the JSON of each of 29 requests fail."""
    for number in range(4, 30):
        site.request(f"request_{number}_about_bins", number)
    for number in range(1, 30):
        site.say(f"/request/request_{number}_about_bins.json", Reply(status=502))


def test_a_site_that_fails_over_and_over_is_left_alone(site: ScriptedSite, tmp_path: Path) -> None:
    fail(site)
    site.say("/body/ambleford", site.reply("/body/ambleford", {}), Reply(status=502))
    scrapy("requests", "-a", "authority=ambleford", site=site, archive=tmp_path / "a", **QUICK)
    assert finish(tmp_path / "a") == "unreachable"
    assert len(site.asked) <= 3 + 6 * 2


def test_a_site_whose_lists_alone_come_is_left_alone_after_a_while(site: ScriptedSite, tmp_path: Path) -> None:
    fail(site)
    scrapy("requests", "-a", "all=yes", site=site, archive=tmp_path / "a", **QUICK)
    assert finish(tmp_path / "a") == "unreachable"
    assert len(site.asked) <= 3 + 26 * 2 + 4


def test_an_unchanged_site_answers_304_and_only_times_change(site: ScriptedSite, tmp_path: Path) -> None:
    archive = tmp_path / "a"
    kept = []
    for _ in range(2):
        assert scrapy("requests", "-a", "all=yes", site=site, archive=archive).returncode == 0
        with open_archive(archive) as opened:
            kept.append(contents(opened))
        time.sleep(1.1)
    assert differences(*kept) == []
    assert rows(archive, "SELECT count(*) FROM fetches WHERE status = 304") == [(6,)]
    checked = rows(archive, "SELECT min(last_checked_at) >= (SELECT started_at FROM runs WHERE id = 2) FROM requests")
    assert checked == [(1,)]


def test_a_body_that_was_lost_here_is_fetched_whole_again(site: ScriptedSite, tmp_path: Path) -> None:
    archive = tmp_path / "a"
    scrapy("requests", "-a", "request=request_1_about_bins", site=site, archive=archive)
    ((page_sha256,),) = rows(archive, "SELECT page_sha256 FROM requests")
    with open_archive(archive) as opened:
        opened.files.path(page_sha256).write_bytes(b"damaged")
    done = scrapy("requests", "-a", "request=request_1_about_bins", site=site, archive=archive)
    assert done.returncode == 0
    assert "is damaged" in done.stderr
    assert rows(archive, "SELECT status FROM fetches WHERE page_kind = 'request' ORDER BY id") == [(200,), (200,)]


def test_a_redirect_to_another_site_is_not_followed(site: ScriptedSite, tmp_path: Path) -> None:
    with ScriptedSite() as other:
        site.say("/request/request_1_about_bins.json", redirect(f"{other.base}/request/request_1_about_bins.json"))
        scrapy("requests", "-a", "request=request_1_about_bins", site=site, archive=tmp_path / "a")
        assert other.asked == []
    assert rows(tmp_path / "a", "SELECT reason FROM refusals") == [("off_site",)]


def test_a_redirect_on_the_site_is_followed_a_bounded_number_of_times(site: ScriptedSite, tmp_path: Path) -> None:
    site.say("/body/old_name", redirect("/body/ambleford"))
    site.say("/request/request_1_about_bins.json", redirect("/request/request_1_about_bins.json"))
    arguments = ["-a", "authority=old_name"]
    scrapy("requests", *arguments, site=site, archive=tmp_path / "a")
    assert rows(tmp_path / "a", "SELECT id FROM requests ORDER BY id") == [(2,), (3,)]
    assert site.paths().count("/request/request_1_about_bins.json") == 6


def test_an_authority_with_an_older_name_and_many_requests_is_read_under_its_new_one(
    site: ScriptedSite, tmp_path: Path
) -> None:
    for number in range(4, 41):
        site.request(f"request_{number}_about_bins", number)
    site.say("/body/old_name", redirect("/body/ambleford"))
    site.say("/body/old_name?page=2", redirect("/body/ambleford?page=2"))
    site.say("/body/ambleford?page=2", NOT_FOUND)
    scrapy("requests", "-a", "authority=old_name", site=site, archive=tmp_path / "a")
    windows = [path for path in site.paths() if path.startswith("/list")]
    assert windows
    assert all("query=requested_from:ambleford" in path for path in windows)


def test_the_page_decides_where_the_json_lags_behind_it(site: ScriptedSite, tmp_path: Path) -> None:
    site.say("/request/request_1_about_bins", HIDDEN)
    scrapy("requests", "-a", "all=yes", site=site, archive=tmp_path / "a")
    assert rows(tmp_path / "a", "SELECT id FROM requests ORDER BY id") == [(2,), (3,)]
    assert rows(tmp_path / "a", "SELECT reason FROM refusals") == [("hidden",)]


def test_an_answer_too_large_is_recorded_and_not_kept(site: ScriptedSite, tmp_path: Path) -> None:
    big = with_headers(site.answers["/request/request_1_about_bins"][0])
    site.say("/request/request_1_about_bins", Reply(body=big.body + b" " * 200_000, headers=big.headers))
    options = {"DOWNLOAD_MAXSIZE": 100_000}
    scrapy("requests", "-a", "request=request_1_about_bins", site=site, archive=tmp_path / "a", **options)
    assert rows(tmp_path / "a", "SELECT reason FROM refusals") == [("too_big",)]
