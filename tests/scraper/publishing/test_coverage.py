"""What is told of requests that are not here: each has one fate, and what is refused is not passed off as absent."""

from collections.abc import Callable
from typing import Any

import pytest

from scraper.archive import lists
from scraper.archive.database import Archive
from scraper.items import ListState
from scraper.watch import measures
from tests.scraper.publishing.archives import Seeds, refused

BASE = "https://www.whatdotheyknow.com"
AT = "2025-06-30T09:00:00Z"
Query = Callable[..., list[tuple[Any, ...]]]
FATES = (
    "SELECT found, listed, fetched, missing, refused_by_robots, hidden, not_found, kept_back FROM coverage"
    " ORDER BY authority_id"
)


@pytest.fixture
def met(seeds: Seeds, archive: Archive) -> Seeds:
    """One request of each fate, all of authority 1, and one of an authority that is not known."""
    seeds.insert("runs", id=1, command="crawl", started_at=AT, arguments="{}")
    seeds.authority()
    seeds.authority(2)
    refused(seeds)
    seeds.request(8, noindex=1)
    for number, state in ((9, "hidden"), (10, "not_found"), (11, "forgotten")):
        seeds.request(number)
        withdrawal(seeds, number, state)
    for slug in ("request_7", "new", "torture", "taken_down", "gone", "renamed", "renamed_twice"):
        listed(seeds, slug)
    archive.connection.execute("UPDATE listed SET request_id = 7 WHERE slug LIKE 'renamed%' OR slug = 'request_7'")
    refusal(seeds, "/request/torture.json", "robots")
    refusal(seeds, "/request/taken_down", "hidden")
    refusal(seeds, "/request/taken_down.json", "failed")
    refusal(seeds, "/request/gone.json", "not_found")
    listed(seeds, "elsewhere", authority="a_body_of_tomorrow")
    return seeds


def withdrawal(seeds: Seeds, number: int, state: str) -> None:
    times = {"first_seen_at": AT, "last_seen_at": AT}
    seeds.insert("withdrawals", subject=f"request/{number}", request_id=number, state=state, **times)


def listed(seeds: Seeds, slug: str, authority: str = "body_1", **fields: object) -> None:
    times = {"first_listed_at": AT, "last_listed_at": AT}
    seeds.insert("listed", slug=slug, authority=authority, run_id=1, **times, **fields)


def refusal(seeds: Seeds, path: str, reason: str) -> None:
    seeds.insert("refusals", url=BASE + path, reason=reason, first_seen_at=AT, last_seen_at=AT)


@pytest.mark.usefixtures("met")
def test_each_request_that_was_met_has_one_fate_and_they_add_up(published: Callable[..., Query]) -> None:
    ask = published()
    assert ask(FATES) == [
        (9, 5, 1, 1, 1, 2, 2, 2),
        (0, 0, 0, 0, 0, 0, 0, 0),
    ]
    assert ask("SELECT value FROM about WHERE key = 'requests_of_unknown_authorities'") == [("1",)]


@pytest.mark.usefixtures("met")
def test_what_waits_is_what_is_missing_and_never_what_was_refused(
    archive: Archive, published: Callable[..., Query]
) -> None:
    ((missing,),) = published()("SELECT sum(missing) FROM coverage")
    of_authorities_not_known = 1
    waits = measures.backlog(archive.connection, now=AT, late=AT)["listed_missing"]
    assert waits == missing + of_authorities_not_known == 2


def test_what_was_erased_is_counted_with_its_authority(
    met: Seeds, archive: Archive, published: Callable[..., Query]
) -> None:
    for number, state in ((12, "hidden"), (13, "forgotten"), (14, "not_found")):
        withdrawal(met, number, state)
    told = "UPDATE withdrawals SET erased_at = first_seen_at, of_authority = 1, was_listed = request_id = 12"
    archive.connection.execute(f"{told} WHERE request_id IN (12, 13)")
    archive.connection.execute("UPDATE withdrawals SET erased_at = first_seen_at WHERE request_id = 14")
    assert published()(FATES)[0] == (11, 6, 1, 1, 1, 3, 2, 3)


def test_no_address_of_a_request_that_is_not_here_is_told(met: Seeds, published: Callable[..., Query]) -> None:
    refusal(met, "/request/request_8.json", "failed")
    refusal(met, "/request/new/details?x=1", "failed")
    refusal(met, "/details/request/new", "failed")
    refusal(met, "/attachments/SIGNED/wait?referer=/request/new/x", "failed")
    refusal(met, "/body/torbay_council?page=2", "robots")
    shown = published()("SELECT url FROM refusals WHERE url IS NOT NULL")
    assert shown == [(f"{BASE}/body/torbay_council?page=2",)]


def state(url: str, result: str | None, **given: object) -> ListState:
    told = {"parent": None, "authority": None, "after": "2025-01-01", "before": "2025-01-31", "narrowed": {}, **given}
    return ListState(url=url, pages=1, rows=1, about=None, result=result, **told)  # type: ignore[arg-type]


@pytest.mark.usefixtures("met")
def test_the_days_covered_are_told(archive: Archive, published: Callable[..., Query]) -> None:
    states = [state("/list?a", "whole"), state("/body/body_1", "whole", authority="body_1", after=None, before=None)]
    lists.record(archive.connection, 1, states, [], seen_at=AT)
    ask = published()
    assert ask("SELECT count(*) FROM coverage JOIN authorities ON authorities.id = authority_id"
               " WHERE authority = name") == [(2,)]  # fmt: skip
    assert ask("SELECT covered_from, covered_until FROM coverage ORDER BY authority_id") == [
        ("2001-01-01", "2025-06-29"),
        ("2025-01-01", "2025-01-31"),
    ]
