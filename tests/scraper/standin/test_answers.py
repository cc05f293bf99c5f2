"""Headers, redirects and refusals are those of the real site."""

import http.client
import json
from collections.abc import Callable

import pytest
from protego import Protego

from parsers.wdtk.notices import classify
from scraper.standin import running
from scraper.standin.records import StandinRequest
from scraper.standin.world import World

from .conftest import Get, get_from

Odd = Callable[[str], StandinRequest]


@pytest.fixture
def request_of_note(odd: Odd) -> StandinRequest:
    return odd("folded_quote")


def test_cache_headers(get: Get, request_of_note: StandinRequest) -> None:
    slug = request_of_note.slug
    hour, day = "max-age=3600, public", "max-age=86400, public"
    table = {
        "/": hour,
        "/list": hour,
        f"/request/{slug}": hour,
        f"/request/{slug}.json": hour,
        f"/request/{slug}/details": day,
        "/body/bcc": day,
        "/body/bcc.json": day,
        "/body/list/all": day,
        "/version.json": "max-age=0, private, must-revalidate",
    }
    for path, cache in table.items():
        answer = get(path)
        assert answer.status == 200, path
        assert answer.headers["cache-control"] == cache, path
        assert answer.headers["vary"] == "Cookie"
        assert answer.headers["content-language"] == "en"
        assert answer.headers["set-cookie"].startswith("locale=en;")
        assert answer.headers["etag"].startswith('W/"')


def test_an_unchanged_page_is_304_without_a_body(get: Get, request_of_note: StandinRequest) -> None:
    for path in (f"/request/{request_of_note.slug}", f"/request/{request_of_note.slug}.json", "/list", "/body/bcc"):
        etag = get(path).headers["etag"]
        again = get(path, If_None_Match=etag)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == etag
        assert get(path, If_None_Match='W/"0"').status == 200


def test_head_gives_the_headers_only(get: Get) -> None:
    answer = get("/list", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) > 1000


def test_one_connection_serves_many_requests(base: str) -> None:
    connection = http.client.HTTPConnection(base.removeprefix("http://"), timeout=240)
    for path in ("/list", "/request/nowhere", "/body/bcc.json", "/robots.txt"):
        connection.request("GET", path)
        assert connection.getresponse().read()
    connection.close()


def test_numbers_lead_to_names(get: Get, request_of_note: StandinRequest) -> None:
    request = request_of_note
    assert (get(f"/request/{request.id}").status, get(f"/request/{request.id}").path) == (
        301,
        f"/request/{request.slug}",
    )
    assert get(f"/request/{request.id}.json").path == f"/request/{request.slug}.json"
    for event in request.events:
        answer = get(f"/request_event/{event.id}")
        anchor = f"#{event.message.anchor}" if event.message else ""
        assert (answer.status, answer.path) == (301, f"/request/{request.slug}{anchor}")
    missing = get("/request/1")
    assert missing.status == 404
    assert "wrapper" not in missing.text
    assert get("/request_event/1").status == 404


def test_an_embargoed_event_is_not_there(get: Get, odd: Odd) -> None:
    assert get(f"/request_event/{odd('embargoed').events[0].id}").status == 404


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/list/all", "/list"),
        ("/list/recent", "/list"),
        ("/list/all?page=2", "/list"),
        ("/details/request/some_request", "/request/some_request/details"),
        ("/feed/request/some_request", "/request/some_request/feed"),
        ("/cy/list", "/list?locale=cy"),
    ],
)
def test_lasting_redirects(get: Get, path: str, to: str) -> None:
    assert (get(path).status, get(path).path) == (301, to)


def test_a_language_is_a_cookie_in_the_end(get: Get) -> None:
    answer = get("/list?locale=cy")
    assert (answer.status, answer.path) == (302, "/list")
    assert answer.headers["set-cookie"].startswith("locale=cy;")
    assert get("/body/bcc?locale=cy").status == 200


@pytest.mark.parametrize(
    "path", ["/list.json", "/list/successful.json", "/request/{slug}/details.json", "/request/{slug}.xml"]
)
def test_formats_that_a_page_lacks_are_406_and_empty(get: Get, request_of_note: StandinRequest, path: str) -> None:
    answer = get(path.format(slug=request_of_note.slug))
    assert (answer.status, answer.body) == (406, b"")


def test_what_is_not_there_says_so(get: Get) -> None:
    for path in ("/request/nowhere", "/no/such/page", "/body/nobody/successful", "/request/nowhere/details"):
        answer = get(path)
        assert answer.status == 404
        assert classify(status=404, headers=answer.headers, body=answer.body).kind == "not_found"
    assert (get("/request/nowhere.json").status, get("/request/nowhere.json").body) == (404, b"")


def test_version_counts_what_is_there(get: Get, world: World) -> None:
    version = json.loads(get("/version.json").body)
    assert version["visible_request_count"] == sum(request.listed for request in world.requests)
    assert version["visible_public_body_count"] == len(world.authorities)
    assert version["private_request_count"] == 1


RULES = {
    "/request/some_request": (True, True, False),
    "/request/some_request.json": (True, True, False),
    "/request/some_request?unfold=1": (True, True, False),
    "/request/some_request/response/1/attach/2/a.pdf": (True, True, False),
    "/request/some_request/response/1": (False, False, False),
    "/request/some_request/feed": (False, True, False),
    "/request/some_request/similar": (False, True, False),
    "/request/some_request/download": (False, False, False),
    "/request/some_request?update_status=1": (False, False, False),
    "/feed/list/recent": (False, False, False),
    "/search/a/all": (False, False, False),
    "/list?page=2": (True, True, False),
    "/body/all-authorities.csv": (True, True, False),
    "/body/torringmere_district_council": (False, False, False),
    "/request/signing_in_sheets_at_county_hall": (False, False, False),
}


@pytest.mark.parametrize(("place", "variant"), list(enumerate(["develop", "release", "deny-all"])))
def test_robots_allow_and_deny_what_the_real_file_does(place: int, variant: str) -> None:
    with running(requests=2, robots=variant) as base:
        answer = get_from(base)("/robots.txt")
    assert answer.headers["content-type"] == "text/plain"
    robots = Protego.parse(answer.text)
    assert {path: robots.can_fetch(path, "robot") for path in RULES} == {
        path: rule[place] for path, rule in RULES.items()
    }


def test_the_slug_that_robots_deny_is_in_the_world(odd: Odd) -> None:
    assert f"/request/{odd('slug_denied_by_robots').slug}" in RULES
    assert odd("tor_authority").authority.url_name.startswith("tor")
