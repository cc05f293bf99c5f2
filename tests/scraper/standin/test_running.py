"""The stand-in starts, answers and ends."""

import json
from urllib.request import urlopen

from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page
from scraper.standin import running
from scraper.standin.world import World


def test_a_small_world_is_served_and_parsers_explain_all_of_it() -> None:
    world = World(requests=12)
    with running(requests=12) as base:
        for request in world.requests:
            if not request.readable:
                continue
            with urlopen(f"{base}/request/{request.slug}") as page:
                assert parse_request_page(page.read()).unexplained == ()
            with urlopen(f"{base}/request/{request.slug}.json") as document:
                body = document.read()
            assert parse_request_json(body).unexplained == ()
            assert json.loads(body)["id"] == request.id
