"""Lists page as the real ones do: 25 rows, twenty pages, windows by the UTC day, estimates that differ."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest

from parsers.records import ListingPage
from parsers.wdtk.authority import parse_authority_json, parse_authority_page
from parsers.wdtk.authority_csv import parse_authorities_csv
from parsers.wdtk.listing import parse_authority_list, parse_listing
from scraper.standin import running
from scraper.standin.calendar import utc_day
from scraper.standin.listings import entries
from scraper.standin.world import World

from .conftest import Get, get_from


def listing(get: Get, path: str) -> ListingPage:
    answer = get(path)
    assert answer.status == 200, path
    return parse_listing(answer.body)


def every_slug(get: Get, path: str) -> list[str]:
    """Follow the list to its end."""
    slugs: list[str] = []
    address: str | None = path
    while address:
        page = listing(get, address)
        slugs.extend(row.slug for row in page.rows)
        address = page.next_page if page.rows else None
    return slugs


def test_following_the_list_finds_every_listed_request_once(get: Get, world: World) -> None:
    found = every_slug(get, "/list")
    assert sorted(found) == sorted(request.slug for request in world.requests if request.listed)
    page = listing(get, "/list")
    assert len(page.rows) == 25
    assert [row.event_at for row in page.rows] == sorted(
        (row.event_at for row in page.rows if row.event_at), reverse=True
    )


def test_the_number_found_is_an_estimate_that_is_exact_at_the_end(get: Get, world: World) -> None:
    total = sum(request.listed for request in world.requests)
    last = -(-total // 25)
    about = [listing(get, f"/list?page={page}").about for page in range(1, last + 1)]
    assert about[-1] == total
    assert all(number is not None and total <= number <= total * 1.1 + 10 for number in about)
    assert len(set(about)) > 1


@pytest.mark.parametrize("page", ["0", "-1", "abc"])
def test_an_odd_page_number_is_the_first_page(get: Get, page: str) -> None:
    assert listing(get, f"/list?page={page}").rows == listing(get, "/list").rows


def test_page_20_is_empty_and_page_21_is_not_there(get: Get) -> None:
    assert listing(get, "/list?page=20").rows == ()
    assert "No requests of this sort yet." in get("/list?page=20").text
    assert get("/list?page=21").status == 404
    assert get("/body/bcc?page=21").status == 404


def test_views_by_status_leave_out_some_states(get: Get, world: World) -> None:
    views = {view: set(every_slug(get, f"/list/{view}")) for view in ("successful", "unsuccessful", "awaiting")}
    states = {request.slug: request for request in world.requests}
    assert all(states[slug].described_state in {"successful", "partially_successful"} for slug in views["successful"])
    assert all(states[slug].described_state in {"rejected", "not_held"} for slug in views["unsuccessful"])
    missing = {request.slug for request in world.requests if request.listed} - set().union(*views.values())
    assert {states[slug].described_state for slug in missing} >= {
        "vexatious",
        "not_foi",
        "user_withdrawn",
        "attention_requested",
    }
    assert any(states[slug].awaiting_description for slug in missing)


def window(world: World, first: date, last: date) -> set[str]:
    return {e.request.slug for e in entries(world.requests) if first <= utc_day(e.event.created_at) <= last}


@pytest.mark.parametrize("form", ["%d/%m/%Y", "%Y-%m-%d"])
def test_windows_go_by_the_utc_day_of_an_event(get: Get, world: World, form: str) -> None:
    for first, last in (
        (date(2023, 5, 1), date(2023, 6, 30)),
        (date(2019, 1, 1), date(2019, 12, 31)),
        (date(2024, 2, 29), date(2024, 2, 29)),
    ):
        query = (
            f"/list?request_date_after={quote(first.strftime(form))}&request_date_before={quote(last.strftime(form))}"
        )
        assert set(every_slug(get, query)) == window(world, first, last)


def test_one_day_windows_together_are_one_long_window(get: Get, world: World) -> None:
    first = date(2025, 3, 1)
    days = [first + timedelta(days=number) for number in range(14)]
    found = set().union(
        *(every_slug(get, f"/list?request_date_after={d:%d/%m/%Y}&request_date_before={d:%d/%m/%Y}") for d in days)
    )
    assert found == window(world, days[0], days[-1])
    assert found


@pytest.mark.parametrize(
    "dates",
    [
        "request_date_after=31/12/2024&request_date_before=01/01/2024",
        "request_date_after=20240101",
        "request_date_after=junk",
        "request_date_after=31/02/2024",
    ],
)
def test_dates_that_match_nothing(get: Get, dates: str) -> None:
    assert listing(get, f"/list?{dates}").rows == ()


def test_days_without_zeros_and_empty_dates(get: Get) -> None:
    padded = listing(get, "/list?request_date_after=01/02/2023&request_date_before=05/03/2023")
    assert padded.rows == listing(get, "/list?request_date_after=1/2/2023&request_date_before=5/3/2023").rows
    assert listing(get, "/list?request_date_after=&request_date_before=").rows == listing(get, "/list").rows


def test_queries_by_body_variety_and_word(get: Get, world: World) -> None:
    bodies = every_slug(get, "/list?query=requested_from:bcc")
    assert sorted(bodies) == sorted(r.slug for r in world.by_authority["bcc"] if r.listed)
    assert all("#incoming" in row.url for row in listing(get, "/list?query=variety:response").rows)
    either = set(every_slug(get, "/list?query=(variety:sent%20OR%20variety:comment)"))
    assert either >= set(every_slug(get, "/list?query=variety:comment"))
    assert {row.title for row in listing(get, "/list?query=gritting+routes").rows} == {"Gritting routes"}
    assert listing(get, "/list?query=zyzzyva").rows == ()


def test_next_links_keep_the_query(get: Get) -> None:
    page = listing(get, "/list?query=variety:response&request_date_after=01/01/2020")
    assert page.next_page is not None
    assert "variety%3Aresponse" in page.next_page
    assert "request_date_after" in page.next_page


def test_fewer_pages_make_windows_split() -> None:
    with running(requests=120, max_pages=2) as base:
        get = get_from(base)
        first = listing(get, "/list")
        assert (first.about or 0) >= 100
        assert first.last_page_offered == 2
        assert get("/list?page=2").status == 200
        assert get("/list?page=3").status == 404


def test_a_body_has_its_page_json_and_lists(get: Get, world: World) -> None:
    body = world.bodies["bcc"]
    record = parse_authority_json(get("/body/bcc.json").body)
    assert (record.name, record.id, record.tags) == (body.name, body.id, body.tags)
    assert record.requests_count == len(world.by_authority["bcc"])
    assert parse_authority_page(get("/body/bcc").body).name == body.name
    assert every_slug(get, "/body/bcc") == every_slug(get, "/body/bcc/all")
    views = [every_slug(get, f"/body/bcc/{view}") for view in ("successful", "unsuccessful", "awaiting")]
    assert set().union(*views) <= {request.slug for request in world.by_authority["bcc"]}


def test_a_body_answers_under_old_and_careless_names(get: Get) -> None:
    assert (get("/body/board_of_lights").status, get("/body/board_of_lights").path) == (302, "/body/dhc")
    assert (get("/body/BCC").status, get("/body/BCC").path) == (301, "/body/bcc")
    assert get("/body/nobody").status == 404
    assert get("/body/nobody.json").status == 404


def test_the_csv_names_every_body(get: Get, world: World) -> None:
    answer = get("/body/all-authorities.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    bodies = parse_authorities_csv(answer.body)
    assert [body.url_name for body in bodies] == [body.url_name for body in world.authorities]
    assert [body.tags for body in bodies] == [body.tags for body in world.authorities]


def test_a_site_without_the_csv_answers_204() -> None:
    with running(requests=3, no_authorities_csv=True) as base:
        answer = get_from(base)("/body/all-authorities.csv")
    assert (answer.status, answer.body) == (204, b"")


def test_the_list_of_bodies(get: Get, world: World) -> None:
    page = parse_authority_list(get("/body/list/all").body)
    assert dict(page.authorities) == {body.url_name: body.name for body in world.authorities}
    assert {name for _, name in parse_authority_list(get("/body/list/q").body).authorities} == {
        "Quenbury City Council",
        "Quenbury Metropolitan University",
    }
    assert len(parse_authority_list(get("/body/list/police").body).authorities) == 4
    assert get("/body/list/all?page=99").status == 200
    assert get("/body/list/all?page=x").status == 404
