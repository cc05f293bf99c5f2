"""``wdtk crawl`` as a person or a timer runs it: what may be asked of it, what it stores and what it says."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.scraper.crawling import crawl, ended
from tests.scraper.pages import (
    NOT_FOUND,
    Reply,
    file,
    with_headers,
)
from tests.scraper.scripted import ROOT, ScriptedSite, rows, wdtk

pytestmark = pytest.mark.long


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with ScriptedSite() as running:
        yield running


def test_one_request_is_fetched_with_its_file_and_told_of(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7, files={"a.pdf": file(b"%PDF-1.4 letter")})
    done = crawl(site, tmp_path, "--request", "grit_bins")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Requests: 1 fetched (1 new or changed, 0 unchanged)." in done.stdout
    assert "Files: 1 fetched." in done.stdout
    assert site.paths() == [
        "/body/all-authorities.csv",
        "/request/grit_bins.json",
        "/request/grit_bins",
        "/request/grit_bins/response/7/attach/2/a.pdf",
    ]
    archive = tmp_path / "a"
    assert rows(archive, "SELECT id, slug FROM requests") == [(7, "grit_bins")]
    assert rows(archive, "SELECT id, text FROM messages ORDER BY position") == [
        ("outgoing-7", "Words of outgoing-7."),
        ("incoming-7", "Words of incoming-7."),
    ]
    assert rows(archive, "SELECT fetch_status, size FROM attachments JOIN files USING (sha256)") == [("fetched", 15)]
    assert rows(archive, "SELECT requester_name FROM requests") == [(None,)]
    assert ended(archive) == ["finished", "finished"]


def test_the_site_reads_who_asks_and_gets_no_cookies(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.answers["/robots.txt"] = [with_headers(site.answers["/robots.txt"][0], Set_Cookie="locale=en; path=/")]
    (tmp_path / "wdtk.toml").write_text('contact = "crawler@example.org"', encoding="utf-8")
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 0
    for asked in site.asked:
        assert asked.headers["user-agent"].startswith("wdtk-archive/")
        assert asked.headers["user-agent"].endswith("(+crawler@example.org)")
        assert not {"cookie", "accept-language", "referer"} & asked.headers.keys()


@pytest.mark.parametrize("arguments", [(), ("--limit", "3"), ("--delay", "0")])
def test_naming_nothing_is_a_mistake_that_is_explained(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = wdtk("crawl", "--site", "http://127.0.0.1:9", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Say what to fetch: --authority, --request, --since or --until, or --all." in done.stderr


def test_a_site_elsewhere_is_refused_before_anything_is_asked_or_made(tmp_path: Path) -> None:
    done = wdtk("crawl", "--all", "--archive", "a", cwd=tmp_path)
    assert done.returncode == 1
    assert "https://www.whatdotheyknow.com is not on this machine" in done.stderr
    assert "contact, access.purpose, access.permission_from, access.granted_on, access.until" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_short_delay_is_refused_for_a_site_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "wdtk.toml").write_text(
        'site = "https://foi.example.org"\ncontact = "a@example.org"\n[access]\npurpose = "x"\npermission_from = "y"\n'
        "granted_on = 2020-01-01\nuntil = 2999-01-01\n",
        encoding="utf-8",
    )
    done = wdtk("crawl", "--all", "--delay", "4.9", cwd=tmp_path)
    assert done.returncode == 1
    assert "at least 5 s between two requests" in done.stderr


def test_an_archive_made_by_a_newer_version_is_left_alone(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 0
    with closing(sqlite3.connect(tmp_path / "a" / "archive.db")) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('archive', '9999_later', '2999-01-01')"
        )
    asked = len(site.asked)
    done = crawl(site, tmp_path, "--request", "grit_bins")
    assert done.returncode == 1
    assert "was made by wdtk-archive" in done.stderr
    assert len(site.asked) == asked


def test_more_is_said_when_asked(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.say("/request/grit_bins.json", Reply(status=502), *site.answers["/request/grit_bins.json"])
    done = crawl(site, tmp_path, "--request", "grit_bins", "-v")
    assert done.returncode == 0
    assert "Asking again for" in done.stderr
    assert "Overridden settings" not in done.stderr


def test_help_does_not_wait_for_scrapy() -> None:
    code = "import sys; from scraper.commands import crawl, init; sys.exit('scrapy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_without_the_list_of_authorities_a_request_is_fetched_all_the_same(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.say("/body/all-authorities.csv", NOT_FOUND)
    done = crawl(site, tmp_path, "--request", "grit_bins")
    assert done.returncode == 0
    assert "Note: The list of authorities" in done.stderr
    everything = crawl(site, tmp_path, "--all")
    assert everything.returncode == 1
    assert "Error: The list of authorities" in everything.stderr


def test_an_address_of_another_site_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "wdtk.toml").write_text(
        'site = "https://www.foi.example.org"\ncontact = "a@example.org"\n[access]\npurpose = "x"\n'
        'permission_from = "y"\ngranted_on = 2020-01-01\nuntil = 2999-01-01\n',
        encoding="utf-8",
    )
    done = wdtk("crawl", "--request", "https://other.example.org/request/grit_bins", cwd=tmp_path)
    assert done.returncode == 1
    assert "is an address of other.example.org, and this crawl is of https://www.foi.example.org" in done.stderr


def test_the_run_row_says_what_was_asked(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    assert crawl(site, tmp_path, "--request", "grit_bins", "--limit", "3").returncode == 0
    ((arguments, counts),) = rows(tmp_path / "a", "SELECT arguments, counts FROM runs WHERE id = 2")
    assert json.loads(arguments)["request"] == ["grit_bins"]
    assert json.loads(arguments)["site"] == site.base
    assert json.loads(counts)["requests_stored"] == 1
