"""WARC files that other programs write, made on the spot where they are installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.scraper.exchange.made import LETTER, ask, bring
from tests.scraper.pages import file
from tests.scraper.scripted import ScriptedSite


@pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not installed: apt-get install wget")
@pytest.mark.parametrize("options", [[], ["--no-warc-compression"], ["--compression=gzip"]])
def test_what_wget_saved_is_taken(tmp_path: Path, options: list[str]) -> None:
    with ScriptedSite() as site:
        site.request("drains", 7, files={"letter.pdf": file(LETTER)})
        urls = [
            f"{site.base}{path}"
            for path in (
                "/body/all-authorities.csv",
                "/request/drains.json",
                "/request/drains",
                "/request/drains/response/7/attach/2/letter.pdf",
                "/robots.txt",
            )
        ]
        command = ["wget", "--quiet", "--no-proxy", "--warc-file", "saved", "--output-document=-", *options, *urls]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)
        (path,) = tmp_path.glob("saved.warc*")
        done = bring(tmp_path / "a", path, site=site.base)
    assert done.exit_code == 0, done.output
    assert ask(tmp_path / "a", "SELECT slug FROM requests") == [("drains",)]
    assert ask(tmp_path / "a", "SELECT fetch_status FROM attachments") == [("fetched",)]
