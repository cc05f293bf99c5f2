"""``wdtk crawl`` of what is not there, hidden, moved or gone: it is told of, followed and withdrawn."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.scraper.crawling import crawl
from tests.scraper.pages import (
    HIDDEN,
    NOT_FOUND,
    STATIC_NOT_FOUND,
    Reply,
    redirect,
)
from tests.scraper.scripted import ScriptedSite, rows

pytestmark = pytest.mark.long


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with ScriptedSite() as running:
        yield running


def test_a_slug_that_does_not_exist_is_told(site: ScriptedSite, tmp_path: Path) -> None:
    done = crawl(site, tmp_path, "--request", "no_such_thing")
    assert done.returncode == 1
    assert "The request no_such_thing is not at this site" in done.stderr
    number = crawl(site, tmp_path, "--request", "999")
    assert number.returncode == 1
    assert "The request 999 is not at this site" in number.stderr


def test_an_authority_that_does_not_exist_is_told(site: ScriptedSite, tmp_path: Path) -> None:
    done = crawl(site, tmp_path, "--authority", "nowhere")
    assert done.returncode == 1
    assert "There is no authority nowhere at" in done.stderr


def test_a_hidden_request_that_is_named_fails_with_the_sites_words(site: ScriptedSite, tmp_path: Path) -> None:
    site.say("/request/secret.json", Reply(status=403))
    site.say("/request/secret", HIDDEN)
    done = crawl(site, tmp_path, "--request", "secret")
    assert done.returncode == 1
    assert "The request secret is hidden at the source: This request has been hidden. It names a child." in done.stderr
    assert rows(tmp_path / "a", "SELECT reason, detail FROM refusals") == [
        ("hidden", "This request has been hidden. It names a child.")
    ]
    assert rows(tmp_path / "a", "SELECT * FROM requests") == []


def test_a_hidden_request_among_many_is_counted_and_the_run_is_well(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.request("secret", 8)
    site.say("/request/secret.json", Reply(status=403))
    site.say("/request/secret", HIDDEN)
    done = crawl(site, tmp_path, "--authority", "ambleford")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Refused or not found: 1 hidden." in done.stdout


def test_a_request_that_is_hidden_later_is_withdrawn(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    assert crawl(site, tmp_path, "--authority", "ambleford").returncode == 0
    site.say("/request/grit_bins.json", Reply(status=403))
    site.say("/request/grit_bins", HIDDEN)
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 1
    assert rows(tmp_path / "a", "SELECT subject, state FROM withdrawals") == [("request/7", "hidden")]


@pytest.mark.parametrize("lists", [("--all",), ("--authority", "ambleford")])
def test_what_lists_no_longer_show_is_asked_for_and_its_removal_followed(
    site: ScriptedSite, tmp_path: Path, lists: tuple[str, ...]
) -> None:
    numbers = {"grit_bins": 7, "weirs": 8, "salt": 9, "drains": 10}
    for slug, number in numbers.items():
        site.request(slug, number)
    assert crawl(site, tmp_path, "--all").returncode == 0
    shown = {path: site.answers[path] for path in ("/request/grit_bins.json", "/request/grit_bins")}
    site.say("/request/grit_bins.json", Reply(status=403))
    site.say("/request/grit_bins", HIDDEN)
    site.say("/request/weirs.json", NOT_FOUND)
    site.say("/request/8", STATIC_NOT_FOUND)
    site.listed = ["drains"]
    done = crawl(site, tmp_path, *lists)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Requests: 2 fetched (0 new or changed, 2 unchanged)." in done.stdout
    assert "Refused or not found: 1 hidden, 1 not found." in done.stdout
    withdrawn = "SELECT subject, state FROM withdrawals ORDER BY subject"
    assert rows(tmp_path / "a", withdrawn) == [("request/7", "hidden"), ("request/8", "not_found")]
    assert rows(tmp_path / "a", "SELECT id FROM requests ORDER BY id") == [(9,), (10,)], "both are erased"
    site.answers.update(shown)
    site.listed.append("grit_bins")
    assert crawl(site, tmp_path, *lists).returncode == 0
    assert rows(tmp_path / "a", withdrawn) == [("request/8", "not_found")]


def test_a_crawl_of_some_days_or_of_a_few_asks_for_nothing_else(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.request("weirs", 8)
    assert crawl(site, tmp_path, "--all").returncode == 0
    site.listed.remove("weirs")
    asked = len(site.paths())
    for some in (["--since", "2020-01-01"], ["--all", "--limit", "5"], ["--request", "grit_bins"]):
        assert crawl(site, tmp_path, *some).returncode == 0
    assert not any("weirs" in path for path in site.paths()[asked:])


def test_what_was_erased_on_request_is_not_asked_for(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.request("weirs", 8)
    assert crawl(site, tmp_path, "--all").returncode == 0
    with closing(sqlite3.connect(tmp_path / "a" / "archive.db")) as connection, connection:
        connection.execute(
            "INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at)"
            " VALUES ('request/8', 8, 'forgotten', '2026-01-01', '2026-01-01')"
        )
    site.listed.remove("weirs")
    asked = len(site.paths())
    assert crawl(site, tmp_path, "--all").returncode == 0
    assert not any("weirs" in path for path in site.paths()[asked:])


def test_a_renamed_request_is_followed_by_its_number(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 0
    site.say("/request/grit_bins.json", NOT_FOUND)
    site.say("/request/grit_bins", NOT_FOUND)
    site.say("/request/7", redirect("/request/salt_bins", 301))
    site.request("salt_bins", 7)
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 0
    assert rows(tmp_path / "a", "SELECT id, slug FROM requests") == [(7, "salt_bins")]
    assert rows(tmp_path / "a", "SELECT * FROM withdrawals") == []


def test_a_request_whose_number_is_gone_too_is_withdrawn(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    assert crawl(site, tmp_path, "--request", "7").returncode == 1
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 0
    site.say("/request/grit_bins.json", NOT_FOUND)
    site.say("/request/7", STATIC_NOT_FOUND)
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 1
    assert rows(tmp_path / "a", "SELECT subject, state FROM withdrawals") == [("request/7", "not_found")]
