from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.errors import ParseError
from parsers.wdtk.urls import (
    RequestReference,
    SiteUrls,
    attachment_place,
    local,
    name_after,
    path_of,
    request_reference,
)

SITE = SiteUrls("https://foi.example")
SLUG = RequestReference(slug="grit_bins_2")
ID = RequestReference(id=812)

slugs = st.from_regex(r"[a-z0-9_]{1,40}", fullmatch=True).filter(lambda slug: not slug.isdigit())
ids = st.integers(min_value=1, max_value=10**17)


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://foi.example", "https://foi.example"),
        ("https://foi.example/", "https://foi.example"),
        (" http://127.0.0.1:8099 ", "http://127.0.0.1:8099"),
        ("http://[::1]:8099/", "http://[::1]:8099"),
        ("https://FOI.Example", "https://foi.example"),
    ],
)
def test_a_site_is_its_scheme_host_and_port(base: str, expected: str) -> None:
    assert SiteUrls(base).base == expected


@pytest.mark.parametrize(
    "base",
    [
        "",
        "foi.example",
        "ftp://foi.example",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@foi.example",
        "https://foi.example/request",
        "https://foi.example?x=1",
        "https://foi.example:99999",
        "https://foi.example:port",
        "https://[::1",
        "https://foi example",
        "https://foi.example\\@evil.example",
    ],
)
def test_anything_else_is_no_site(base: str) -> None:
    with pytest.raises(ParseError):
        SiteUrls(base)


def test_addresses_of_the_site() -> None:
    assert SITE.robots() == "https://foi.example/robots.txt"
    assert SITE.authorities_csv() == "https://foi.example/body/all-authorities.csv"
    assert SITE.request("grit_bins") == "https://foi.example/request/grit_bins"
    assert SITE.request_json("grit_bins") == "https://foi.example/request/grit_bins.json"
    assert SITE.request_unfolded("grit_bins") == "https://foi.example/request/grit_bins?unfold=1"
    assert SITE.request_by_id(812) == "https://foi.example/request/812"
    assert SITE.authority("ambleford") == "https://foi.example/body/ambleford"
    assert SITE.authority_json("ambleford") == "https://foi.example/body/ambleford.json"
    assert SITE.authority_requests("ambleford") == "https://foi.example/body/ambleford"
    assert SITE.authority_requests("ambleford", page=3) == "https://foi.example/body/ambleford?page=3"


def test_a_listing_leaves_out_what_is_not_asked_for() -> None:
    assert SITE.listing() == "https://foi.example/list"
    assert SITE.listing(path="successful", page=2) == "https://foi.example/list/successful?page=2"


def test_a_listing_prints_days_as_the_site_documents_them() -> None:
    address = SITE.listing(
        path="awaiting", after=date(2031, 3, 4), before=date(2031, 12, 31), query="variety:sent bins & lids", page=20
    )
    assert urlsplit(address).path == "/list/awaiting"
    assert parse_qs(urlsplit(address).query) == {
        "query": ["variety:sent bins & lids"],
        "request_date_after": ["04/03/2031"],
        "request_date_before": ["31/12/2031"],
        "page": ["20"],
    }


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_no_name_can_climb_out_of_its_folder(name: str) -> None:
    with pytest.raises(ParseError):
        SITE.request(name)


@pytest.mark.parametrize("page", [0, -1])
def test_pages_start_at_one(page: int) -> None:
    with pytest.raises(ParseError):
        SITE.listing(page=page)


def test_numbers_start_at_one() -> None:
    with pytest.raises(ParseError):
        SITE.request_by_id(0)


@given(st.text(min_size=1).filter(lambda name: name not in {".", ".."} and not _has_surrogates(name)))
def test_a_name_is_one_step_whatever_is_in_it(name: str) -> None:
    address = urlsplit(SITE.authority(name))
    assert (address.netloc, address.query, address.fragment) == ("foi.example", "", "")
    assert name_after(address.geturl(), "body") == name


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def test_an_attachment_keeps_the_encoding_of_the_page() -> None:
    path = "/request/grit_bins/response/7/attach/3/Annex%20A%2B.pdf"
    assert SITE.attachment(path) == f"https://foi.example{path}"


@pytest.mark.parametrize(
    "path", ["", "request/x", "//evil.example/x", "https://evil.example/x", "/a b", "/a\nb", "/a\\b"]
)
def test_an_attachment_cannot_lead_elsewhere(path: str) -> None:
    with pytest.raises(ParseError):
        SITE.attachment(path)


@pytest.mark.parametrize(
    "text",
    [
        "grit_bins_2",
        " grit_bins_2\n",
        "grit%5Fbins_2",
        "/request/grit_bins_2",
        "https://foi.example/request/grit_bins_2",
        "http://foi.example/request/grit_bins_2",
        "HTTPS://foi.example/request/grit_bins_2",
        "foi.example/request/grit_bins_2",
        "localhost:8099/request/grit_bins_2",
        "http://127.0.0.1:8099/request/grit_bins_2",
        "https://foi.example/request/grit_bins_2/",
        "https://foi.example/request/grit_bins_2?unfold=1",
        "https://foi.example/request/grit_bins_2?unfold=1#incoming-7",
        "https://foi.example/request/grit_bins_2#outgoing-41",
        "https://foi.example/request/grit_bins_2?utm_campaign=x&utm_source=foi",
        "https://foi.example/request/grit_bins_2.json",
        "https://foi.example/request/grit_bins_2.json?callback=x",
        "https://foi.example/request/grit_bins_2/details",
        "https://foi.example/request/grit_bins_2/response/7/attach/3/Annex%20A.pdf?cookie_passthrough=1",
        "https://foi.example/details/request/grit_bins_2",
        "https://foi.example/similar/request/grit_bins_2",
        "https://foi.example/feed/request/grit_bins_2.json",
        "https://foi.example/cy/request/grit_bins_2",
        "https://foi.example/request/grit%5fbins_2",
    ],
)
def test_a_request_by_its_slug(text: str) -> None:
    assert request_reference(text) == SLUG


@pytest.mark.parametrize(
    "text",
    [
        "812",
        " 812 ",
        "0812",
        "/request/812",
        "https://foi.example/request/812",
        "https://foi.example/request/812.json",
        "https://foi.example/request/812/response/7/attach/3/a.pdf",
        "https://foi.example/en/request/812#incoming-7",
    ],
)
def test_a_request_by_its_number(text: str) -> None:
    assert request_reference(text) == ID


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "0",
        "-5",
        "Grit bins",
        "GRIT_BINS",
        "grit-bins",
        "grit.bins",
        "9" * 5000,
        "x" * 5000,
        "https://foi.example/",
        "https://foi.example/body/ambleford",
        "https://foi.example/request",
        "https://foi.example/request/",
        "https://foi.example/request/..",
        "https://foi.example/request/%2E%2E%2Fbody",
        "https://foi.example/request_event/901",
        "ftp://foi.example/request/grit_bins_2",
        "https://[::1/request/grit_bins_2",
        "٨١٢",
        "\ud800",
        "/request/\udc00",
    ],
)
def test_what_names_no_request_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(ParseError, match=r"names no request|not an address"):
        request_reference(text)


@given(slugs)
def test_slugs_come_back_from_their_addresses(slug: str) -> None:
    for address in (SITE.request(slug), SITE.request_json(slug), SITE.request_unfolded(slug)):
        assert request_reference(address) == RequestReference(slug=slug)


@given(ids)
def test_numbers_come_back_from_their_addresses(number: int) -> None:
    assert request_reference(SITE.request_by_id(number)) == RequestReference(id=number)


@given(st.text())
def test_any_text_is_a_reference_or_refused(text: str) -> None:
    try:
        found = request_reference(text)
    except ParseError:
        return
    assert (found.slug is None) != (found.id is None)


def test_the_place_of_an_attachment() -> None:
    place = attachment_place("https://foi.example/request/812/response/7/attach/html/12/Annex%20A.pdf.html?x=1")
    assert (place.request, place.message_number, place.part) == (ID, 7, 12)
    assert (place.file_name, place.as_html) == ("Annex A.pdf.html", True)


@pytest.mark.parametrize(
    "path", ["/request/x", "/request/x/response/7/attach/3", "/request/x/response/a/attach/3/b", "/x" * 50_000]
)
def test_other_paths_are_no_place_of_an_attachment(path: str) -> None:
    with pytest.raises(ParseError):
        attachment_place(path)


def test_local_is_the_same_for_a_live_and_a_saved_page() -> None:
    assert local("https://foi.example/list?page=2&query=a%20b#x") == local("/list?page=2&query=a%20b#x")
    assert local("/list?page=2&query=a%20b#x") == "/list?page=2&query=a%20b#x"


def test_path_of_keeps_the_encoding() -> None:
    assert path_of("https://foi.example/a%20b?c#d") == "/a%20b"
