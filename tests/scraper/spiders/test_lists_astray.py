"""A list that leads nowhere costs only itself."""

from pathlib import Path

from tests.scraper.pages import redirect
from tests.scraper.scripted import ScriptedSite, rows, scrapy


def test_a_list_that_leads_off_the_site_does_not_end_the_others(tmp_path: Path) -> None:
    with ScriptedSite() as site:
        site.request("grit_bins", 7)
        site.say("/body/ambleford_astray", redirect("http://127.0.0.1:1/elsewhere"))
        done = scrapy("requests", "-a", "authority=ambleford_astray,ambleford", site=site, archive=tmp_path / "a")
    assert "Traceback" not in done.stderr
    assert rows(tmp_path / "a", "SELECT slug FROM requests") == [("grit_bins",)]
    results = rows(tmp_path / "a", "SELECT authority, result FROM enumerations ORDER BY authority")
    assert results == [("ambleford", "whole"), ("ambleford_astray", "refused")]
    assert ("off_site",) in rows(tmp_path / "a", "SELECT reason FROM refusals")
