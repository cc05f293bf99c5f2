"""The stand-in starts quickly, answers and ends."""

import time

import pytest

from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page
from scraper.standin import running
from scraper.standin.world import World

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


@pytest.mark.parametrize(("requests", "seconds"), [(12, 1.5), (300, 4.0)])
def test_it_starts_fast(requests: int, seconds: float) -> None:
    times = []
    for _ in range(3):
        started = time.monotonic()
        with running(requests=requests):
            times.append(time.monotonic() - started)
    assert min(times) < seconds
