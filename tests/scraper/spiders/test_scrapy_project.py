"""The project as users of Scrapy know it: list, crawl with arguments, settings; and the spider of authorities."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from scrapy.settings import Settings

from tests.scraper.pages import Reply, page, text
from tests.scraper.scripted import ROOT, ScriptedSite, rows, scrapy

AUTHORITY = (
    '{"id":%d,"url_name":"%s","name":"Body %s","short_name":null,"created_at":"2020-01-02T03:04:05.678+00:00",'
    '"updated_at":"2020-01-02T03:04:05.678+00:00","home_page":null,"notes":"","publication_scheme":"",'
    '"disclosure_log":"","tags":[],"info":{"requests_count":0,"requests_successful_count":0,'
    '"requests_not_held_count":0,"requests_overdue_count":0,"requests_visible_classified_count":0}}'
)


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with ScriptedSite() as running:
        yield running


def project() -> Settings:
    settings = Settings()
    settings.setmodule("scraper.settings")
    return settings


def test_scrapy_lists_the_spiders() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split()) == (0, ["authorities", "due", "requests"])


def test_nothing_listens_and_nothing_is_sent_that_the_site_need_not_have() -> None:
    settings = project()
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    assert [path for path in settings["EXTENSIONS_BASE"] if "telnet" in path or "remote" in path] == []
    assert not settings.getbool("COOKIES_ENABLED")
    assert not settings.getbool("REFERER_ENABLED")
    assert settings["ROBOTSTXT_PARSER"] == "scrapy.robotstxt.ProtegoRobotParser"
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert settings.getfloat("DOWNLOAD_DELAY_JITTER") == 0


def test_arguments_are_those_of_a_spider(site: ScriptedSite, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        site.request(f"request_{number}_about_bins", number)
    done = scrapy("requests", "-a", "authority=ambleford", "-a", "limit=2", site=site, archive=tmp_path / "a")
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(tmp_path / "a", "SELECT count(*) FROM requests") == [(2,)]


def test_a_second_site_is_kept_out_of_an_archive(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    archive = tmp_path / "a"
    assert scrapy("requests", "-a", "request=grit_bins", site=site, archive=archive).returncode == 0
    with closing(sqlite3.connect(archive / "archive.db")) as connection, connection:
        connection.execute("UPDATE fetches SET url = 'https://foi.example.org/request/grit_bins'")
    asked = len(site.asked)
    done = scrapy("requests", "-a", "request=grit_bins", site=site, archive=archive)
    assert "holds pages of https://foi.example.org" in done.stderr
    assert len(site.asked) == asked
    assert rows(archive, "SELECT count(*) FROM runs") == [(1,)]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-a", "authoritee=ambleford"], "Nothing is named"),
        (["-a", "authority=ambleford", "-a", "colour=red"], "requests has no argument colour"),
    ],
)
def test_a_wrong_argument_is_an_error(site: ScriptedSite, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = scrapy("requests", *arguments, site=site, archive=tmp_path / "a")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert site.asked == []


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({}, "is not crawled without an access record"),
        ({"WDTK_SITE": "http://127.0.0.1.example.com"}, "Missing in|not for"),
    ],
)
def test_scrapy_is_no_way_round_the_access_record(
    site: ScriptedSite, tmp_path: Path, setting: dict[str, str], sentence: str
) -> None:
    config = tmp_path / "wdtk.toml"
    config.write_text('site = "https://foi.example.org"\n', encoding="utf-8")
    given = {"WDTK_SITE": "https://foi.example.org", "WDTK_CONFIG": config, **setting}
    done = scrapy("requests", "-a", "all=yes", site=site, archive=tmp_path / "a", **given)
    assert done.returncode == 1
    assert any(part in done.stderr for part in sentence.split("|"))
    assert not (tmp_path / "a").exists()


def test_authorities_come_from_the_list_in_one_file(site: ScriptedSite, tmp_path: Path) -> None:
    assert scrapy("authorities", site=site, archive=tmp_path / "a").returncode == 0
    assert rows(tmp_path / "a", "SELECT id, url_name FROM authorities") == [(31, "ambleford")]
    assert rows(tmp_path / "a", "SELECT name FROM authority_tags") == [("parish_council",)]


def test_authorities_are_read_page_by_page_where_the_file_is_missing(site: ScriptedSite, tmp_path: Path) -> None:
    site.say("/body/all-authorities.csv", Reply(status=204))
    bar = '<div class="pagination"><a class="next_page" rel="next" href="/body/list/all?page=2">Next</a></div>'
    site.say("/body/list/all", authority_list(["one", "torbay"], bar))
    site.say("/body/list/all?page=2", authority_list(["two"], ""))
    for number, name in enumerate(("one", "two"), start=1):
        site.say(f"/body/{name}.json", text(AUTHORITY % (number, name, name), "application/json"))
    assert scrapy("authorities", site=site, archive=tmp_path / "a").returncode == 0
    assert rows(tmp_path / "a", "SELECT id, name FROM authorities ORDER BY id") == [(1, "Body one"), (2, "Body two")]
    assert rows(tmp_path / "a", "SELECT url, reason FROM refusals") == [(f"{site.base}/body/torbay.json", "robots")]


def authority_list(names: list[str], bar: str) -> Reply:
    entries = "".join(
        f'<div class="body_listing"><div class="head"><a href="/body/{name}">{name}</a></div></div>' for name in names
    )
    return page("public_body_list", f"<h1>Public authorities</h1>{entries}{bar}")
