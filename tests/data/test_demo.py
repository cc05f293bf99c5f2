"""The site over the demo: a whole archive, crawled, read and published, instead of rows that a test made up."""

from pathlib import Path

import pytest
from lxml.html import HtmlElement

from tests.data.canned import LOOSE, NAMES
from tests.data.conftest import Site, words

pytestmark = pytest.mark.long

MOST_BYTES = 200_000


@pytest.fixture(scope="session")
def public(demo: Path) -> Path:
    return demo / "public.db"


@pytest.fixture(scope="module")
def requests(site: Site) -> list[int]:
    return [row["id"] for row in site.get("/public/requests.json?_shape=array&_size=max&_col=id").json()]


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_an_answer(site: Site, name: str) -> None:
    assert len(site.rows(name, **LOOSE)) > 1
    assert len(site.get(f"/public/{name}").content) < MOST_BYTES


def test_every_thread_can_be_read_with_every_mark_in_its_place(site: Site, requests: list[int]) -> None:
    assert len(requests) > 100
    for request in requests:
        answer = site.get(f"/request/{request}")
        assert answer.status_code == 200
        assert len(answer.content) < MOST_BYTES
        assert "<script" not in answer.text
        citations = site.get(f"/public/citations.json?_shape=array&request_id={request}&_size=max").json()
        anchors = {"citation-" + one["id"].replace("/citation/", "-") for one in citations}
        missing = {anchor for anchor in anchors if f'id="{anchor}"' not in answer.text}
        assert missing == set(), request


def test_the_demo_says_that_it_is_invented(site: Site) -> None:
    assert "A demonstration." in words(site.page("/").cssselect(".message-info")[0])


def ground(row: HtmlElement) -> tuple[str, str]:
    """The law and the provision whose page a row of the home page leads to."""
    _, kind, regime, number = row.cssselect("th a")[0].get("href").split("/")
    assert kind == "provision"
    return regime, number


def test_each_figure_of_the_home_page_is_the_number_of_requests_behind_it(site: Site) -> None:
    for row in site.page("/").cssselect(".grounds tbody tr"):
        requests, _, _ = words(row.cssselect("td.number")[0]).partition(" of ")
        regime, number = ground(row)
        exactly = {"exactly": "yes"} if regime in {"EIR", "EISR"} else {}
        replies = site.rows("relying-on", provision=f"{regime} {number}", **exactly)
        assert len({one["request_id"] for one in replies}) == int(requests.replace(",", "")), words(row)
        assert f"{words(row.cssselect('td.number')[0])} requests" in words(site.page(f"/provision/{regime}/{number}"))


def test_the_years_of_a_ground_add_up_to_the_home_page(site: Site) -> None:
    by_year = site.rows("most-relied-on")
    for row in site.page("/").cssselect(".grounds tbody tr"):
        name = " ".join(ground(row))
        total = sum(one["requests"] for one in by_year if one["provision"] == name)
        assert words(row.cssselect("td.number")[0]).startswith(f"{total:,} of "), name


def test_words_of_a_letter_are_found_by_search(site: Site) -> None:
    hit = site.page("/search?q=commercial+interests").cssselect(".results h2 a")[0]
    assert "commercial interests" in words(site.page(hit.get("href"))).lower()


def test_a_letter_in_a_mail_in_an_archive_stands_under_it_and_can_be_cited(site: Site) -> None:
    found = site.get("/public/attachments.json?_shape=array&_size=max&parent_id__notblank=1").json()
    (mail,) = (one for one in found if one["name"] == "Sent/Decision.eml")
    (letter,) = (one for one in found if one["parent_id"] == mail["id"])
    page = site.page(f"/request/{letter['request_id']}")
    files = [item.get("id") for item in page.cssselect(".attachments > li")]
    place = files.index(mail["parent_id"])
    assert files[place : place + 3] == [mail["parent_id"], mail["id"], letter["id"]]
    assert "In Sent/Decision.eml" in words(page.cssselect(f"[id='{letter['id']}'] .note")[0])
    citations = site.get(f"/public/citations.json?_shape=array&attachment_id={letter['id']}").json()
    assert citations
    assert all(one["counted"] == 0 for one in citations)
    answer = site.get(f"/citation/{citations[0]['id']}")
    assert answer.status_code in {200, 302}
    assert site.get(f"/request/{letter['request_id']}/{letter['id']}/1").status_code == 200
