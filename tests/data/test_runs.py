"""The history of the runs, and what a monitor is told."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.archive.times import now
from tests.data.conftest import Site, words
from tests.data.plugin import module
from tests.data.sample import BUILT_AT, Sample
from tests.data.threads import sample

runs_page = module("about.runs_page")


def cells(site: Site, table: int) -> list[list[str]]:
    body = site.page("/runs").cssselect("main table tbody")[table]
    return [[words(cell) for cell in line.cssselect("th, td")] for line in body.cssselect("tr")]


def test_the_home_page_leads_to_it(site: Site) -> None:
    assert "/runs" in {str(link.get("href")) for link in site.page("/").cssselect("main a[href]")}


def test_runs_are_told_in_words_with_the_last_first(site: Site) -> None:
    assert cells(site, 1) == [
        ["24 February 2026, 02:30", "Stir fry", "", "Was under way", ""],
        ["23 February 2026, 02:30", "Fetched", "5 min", "Stopped: the site asked for a proof that no robot is asking",
         "1 page asked of the site"],
        ["22 February 2026, 02:30", "Read", "under a minute", "Came to its end", "2 documents read, 11 letters read"],
        ["21 February 2026, 02:30", "Fetched", "3 h 20 min", "Came to its end",
         "9 requests looked at, 1 of them new or changed, 40 pages asked of the site"],
    ]  # fmt: skip


def test_an_erasure_tells_what_it_erased() -> None:
    told = runs_page.counted('{"bodies_erased": 31, "requests_erased": 1, "files_erased": 2, "strays_erased": 0}')
    assert told == "1 request erased, 2 files erased"


def test_the_table_tells_in_words_everything_that_was_counted(site_of: Any) -> None:
    made = sample()
    made.tables["runs"][0]["counts"] = '{"asked": 340, "documents damaged": 1, "files/fetched": 77, "changed": 0}'
    found = site_of(made)
    body = words(found.page("/public/runs").cssselect("main table tbody")[0])
    assert "340 pages asked of the site; documents damaged: 1; files fetched: 77" in body
    assert "{" not in body
    assert words(found.page("/public?sql=select+'plain'+as+counts").cssselect("main table tbody td")[0]) == "plain"


def test_coverage_names_each_authority_and_leads_to_it(site: Site) -> None:
    (first, *_) = site.page("/public/coverage").cssselect("main table tbody tr")
    named = first.cssselect("td")[1].cssselect("a")
    assert [str(link.get("href")).startswith("/authority/id/") for link in named] == [True]
    assert words(named[0]).strip()
    assert not words(named[0]).isdecimal()


def test_refusals_are_counted_by_reason(site: Site) -> None:
    assert cells(site, 2) == [
        ["The site’s rules for robots do not allow the page", "2", "21 February 2026"],
        ["Hidden at the source", "1", "21 February 2026"],
        ["Odd one", "1", "21 February 2026"],
    ]


def test_freshness_is_counted_back_from_the_building(site_of: Any) -> None:
    made = sample()
    for number, row in enumerate(made.tables["requests"]):
        row["last_checked_at"] = ["2026-02-28T00:00:00Z", "2026-02-10T00:00:00Z", "2024-01-01T00:00:00Z"][number % 3]
    total = len(made.tables["requests"])
    found = cells(site_of(made), 0)
    week, month = -(-total // 3), -(-total // 3) + -(-(total - 1) // 3)
    assert [row[:2] for row in found] == [
        ["a week", f"{week} of {total}"], ["a month", f"{month} of {total}"],
        ["three months", f"{month} of {total}"], ["a year", f"{month} of {total}"],
    ]  # fmt: skip


def test_no_address_that_was_refused_is_on_the_page(site: Site) -> None:
    assert "signing_in" not in site.get("/runs").text


def test_words_of_a_count_that_nobody_named_stay_off_the_page(site_of: Any) -> None:
    made = sample()
    made.tables["runs"][0]["counts"] = '{"/srv/ann/secret": 5, "requests_stored": "<b>7</b>", "changed": true}'
    made.tables["runs"][1]["finish_reason"] = "<script>alert(1)</script>"
    text = site_of(made).get("/runs").text
    assert "ann" not in text
    assert "<script" not in text
    assert "<b>7" not in text


def built(at: str, **facts: str) -> Sample:
    made = sample()
    made.tables["about"] = [{"key": key, "value": value} for key, value in {"built_at": at, **facts}.items()]
    return made


def test_a_monitor_is_told_that_all_is_well(site_of: Any) -> None:
    answer = site_of(built(now(), rows_in_requests="1200", last_checked_at="2026-02-27T04:00:00Z")).get("/-/health")
    told = answer.json()
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert told == {
        "status": "ok", "built_at": told["built_at"], "age_hours": 0.0, "stale_after_hours": 72,
        "last_checked_at": "2026-02-27T04:00:00Z", "counts": told["counts"], "promises": {},
        "last_crawl": {"started_at": "2026-02-23T02:30:00Z", "ended_at": "2026-02-23T02:35:00Z",
                       "finish_reason": "challenge"},
    }  # fmt: skip
    assert told["counts"]["requests"] == 1200
    assert told["counts"].keys() == {"requests", "messages", "attachments", "citations", "withdrawals"}


def test_promises_are_told_to_monitors_and_to_people(site_of: Any) -> None:
    found = site_of(built(now(), requests_planned="9", looks_promised_within_days="90", looks_behind="0",
                          whole_looks_promised_within_days="360", whole_looks_behind="1"))  # fmt: skip
    assert found.get("/-/health").json()["promises"] == {
        "looked": {"within_days": 90, "behind": 0, "kept": True},
        "whole": {"within_days": 360, "behind": 1, "kept": False},
    }
    told = [words(line) for line in found.page("/runs").cssselect("main li")]
    assert "Each request is looked at within 90 days: kept." in told
    assert "Its page and files are looked at whole within 360 days: not kept of 1 request." in told


@pytest.mark.parametrize(("path", "status"), [("/-/health", 503), ("/-/health.json", 503),
                                              ("/-/health?max_age=90", 200), ("/-/health?max_age=many", 503),
                                              ("/-/health?max_age=99999999999", 503)])  # fmt: skip
def test_a_database_that_is_old_is_stale_and_a_monitor_may_say_how_old(site_of: Any, path: str, status: int) -> None:
    then = dt.datetime.now(dt.UTC) - dt.timedelta(hours=80)
    answer = site_of(built(then.strftime("%Y-%m-%dT%H:%M:%SZ"))).get(path)
    assert answer.status_code == status
    assert answer.json()["status"] == ("ok" if status == 200 else "stale")


@pytest.mark.parametrize(("hours", "status"), [(0.5, 200), (30, 503)])
def test_a_database_of_the_future_is_not_fresh(site_of: Any, hours: float, status: int) -> None:
    then = dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours)
    assert site_of(built(then.strftime("%Y-%m-%dT%H:%M:%SZ"))).get("/-/health").status_code == status


def test_what_says_no_age_is_stale(site_of: Any) -> None:
    answer = site_of(built("yesterday")).get("/-/health")
    assert (answer.status_code, answer.json()["age_hours"]) == (503, None)


def test_the_sample_is_old(site: Site) -> None:
    answer = site.get("/-/health")
    assert answer.json()["built_at"] == BUILT_AT
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"


@given(st.text())
def test_counts_of_any_text_are_words_or_nothing(text: str) -> None:
    assert isinstance(runs_page.counted(text), str)
