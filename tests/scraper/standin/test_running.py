"""The stand-in starts quickly, answers and ends."""

import resource

from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page
from scraper.standin import running
from scraper.standin.world import World
from tests.patience import at_some_pace

from .conftest import get_from


def test_a_small_world_is_served_and_parsers_explain_all_of_it() -> None:
    world = World(requests=12)
    with running(requests=12) as base:
        get = get_from(base)
        for request in world.requests:
            if request.readable:
                assert parse_request_page(get(f"/request/{request.slug}").body).unexplained == ()
                record = parse_request_json(get(f"/request/{request.slug}.json").body)
                assert (record.unexplained, record.id) == ((), request.id)


def test_it_starts_with_little_work() -> None:
    """Three hundred requests cost little beside what every start of it costs."""

    def attempt(_: int) -> None:
        small, large = (min(_work(requests) for _ in range(2)) for requests in (2, 300))
        assert large < 8 * small

    at_some_pace(attempt)


def _work(requests: int) -> float:
    """Seconds of the processor from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with running(requests=requests):
        pass
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
