"""The site's robots.txt is nearly all wildcards; many a parser sees no rule in it (alaveteli.md 5.1)."""

import pytest
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from parsers.wdtk.urls import SiteUrls
from scraper.standin.robots import robots_txt

SITE = "https://foi.example.org"
AGENT = "wdtk-archive/0.1.0 (+crawler@example.org)"

OPEN = (
    "/request/grit_bins",
    "/request/grit_bins.json",
    "/request/grit_bins?unfold=1",
    "/request/grit_bins/details",
    "/request/812",
    "/request_event/901",
    "/request/grit_bins/response/7/attach/2/a.pdf",
    "/request/grit_bins/response/7/attach/2/a.pdf?cookie_passthrough=1",
    "/request/grit_bins/response/7/attach/html/2/a.pdf.html",
    "/list?request_date_after=01/01/2026&page=2",
    "/list/successful",
    "/body/ambleford?page=2",
    "/body/ambleford.json",
    "/body/all-authorities.csv",
    "/body/list/all?page=3",
    "/attachments/abc--def/wait?referer=x",
    "/version.json",
)
SHUT = (
    "/request/grit_bins/download",
    "/request/grit_bins?update_status=1",
    "/request/grit_bins/response/7",
    "/feed/list/recent",
    "/feed/body/ambleford.json",
    "/search/bins/all",
    "/track/feed/7",
    "/new/ambleford",
    "/profile/sign_in",
    "/body/torbay_council",
    "/body/torfaen_county_borough_council",
    "/body/torridge_district_council",
    "/request/torture_policy",
    "/request/torture_policy.json",
    "/user/tory_example",
    "/request/signing_in_sheets",
)
SHUT_IN_DEVELOP = ("feed", "feed.json", "similar", "track", "annotate", "upload", "followups/new")


def allowed(variant: str, path: str) -> bool:
    settings = Settings()
    settings.setmodule("scraper.settings")
    rules = load_object(settings["ROBOTSTXT_PARSER"])(robots_txt(variant).encode(), None)
    return bool(rules.allowed(SITE + path, AGENT))


@pytest.mark.parametrize("variant", ["release", "develop"])
def test_what_the_crawler_reads_is_open(variant: str) -> None:
    assert [path for path in OPEN if not allowed(variant, path)] == []


@pytest.mark.parametrize("variant", ["release", "develop"])
def test_what_wildcards_shut_is_shut_and_the_tor_rule_takes_torbay_with_it(variant: str) -> None:
    assert [path for path in SHUT if allowed(variant, path)] == []


def test_the_newer_file_shuts_more() -> None:
    for page in SHUT_IN_DEVELOP:
        path = f"/request/grit_bins/{page}"
        assert not allowed("develop", path)
        assert allowed("release", path)


def test_a_file_that_forbids_everything_forbids_every_page_we_need() -> None:
    urls = SiteUrls(SITE)
    for url in (urls.authorities_csv(), urls.listing(), urls.request("x"), urls.request_json("x")):
        assert not allowed("deny-all", url.removeprefix(SITE))
