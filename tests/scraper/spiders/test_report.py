"""A crawl that did not do all of its job says so; one that did is silent."""

import pytest

from scraper.spiders.report import problems, summary
from scraper.spiders.running import Outcome


def outcome(**counts: int) -> Outcome:
    stats = {f"wdtk/{name.replace('__', '/')}": count for name, count in counts.items()}
    return Outcome(spider="requests", reason="finished", problems=(), stats=stats)


def test_a_crawl_that_got_everything_has_no_problem() -> None:
    assert list(problems([outcome(requests_stored=3, files__fetched=5, files__hidden=1, refused__robots=1)])) == []


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({"files__failed": 1}, "1 file could not be had"),
        ({"files__failed": 2, "files__waiting": 1}, "3 files could not be had"),
        ({"refused__failed": 1}, "1 page could not be fetched or read"),
        ({"items_failed": 2}, "2 pages could not be stored"),
    ],
)
def test_what_could_not_be_had_is_a_problem(counts: dict[str, int], says: str) -> None:
    told = list(problems([outcome(requests_stored=3, **counts)]))
    assert len(told) == 1
    assert says in told[0]


def test_a_crawl_that_found_nothing_says_so() -> None:
    assert "Nothing was found" in next(iter(problems([outcome()])))


def test_the_summary_counts_over_all_spiders() -> None:
    lines = list(summary([outcome(requests_stored=2, unchanged=1), outcome(requests_stored=1, files__fetched=4)]))
    assert lines == ["Requests: 3 fetched (2 new or changed, 1 unchanged).", "Files: 4 fetched."]
