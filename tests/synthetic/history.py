"""What an archive tells of itself: runs, lists, what was refused and withdrawn, and what changed since."""

import json
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from scraper.archive.times import written
from tests.synthetic.days import ISO
from tests.synthetic.ledger import BEGUN, CRAWL, DAYS, LISTING, READ, SITE
from tests.synthetic.lengths import dice
from tests.synthetic.pattern import Pattern
from tests.synthetic.site import LAST_DAY, Body
from tests.synthetic.vocabulary import Vocabulary, spelled

NIGHTS = 120
"""Updates since the crawl."""
GONE, REFUSED = 0.011, 0.0005
"""Shares of requests that were held and are hidden or deleted now, and that robots.txt refuses."""
CHANGED = 0.03
"""Share of requests of which an update found something new."""
_KINDS = ("new_event", "new_message", "new_state", "file_new", "retitled", "text_censored")
Row = tuple[Any, ...]
Rows = dict[str, list[Row]]


def history(seed: int, requests: int, bodies: list[Body], first: int, vocabulary: Vocabulary) -> Iterator[Rows]:
    """Rows of the history, some at a time; ``first`` is the number of the first request."""
    random = dice("history", seed)
    yield {"runs": list(_runs(requests)), "enumerations": list(_lists(requests))}
    yield from _gone(random, requests, bodies, first)
    yield from _refused(random, requests, bodies, vocabulary)
    yield from _changed(random, requests, first)


def _night(number: int) -> str:
    return written(BEGUN + timedelta(days=DAYS + 2 + number))


def _runs(requests: int) -> Iterator[Row]:
    crawl = (written(BEGUN), written(BEGUN + timedelta(days=DAYS)), "finished")
    read = (written(BEGUN + timedelta(days=DAYS)), written(BEGUN + timedelta(days=DAYS + 1)), "finished")
    told = json.dumps({"site": SITE, "all": True})
    yield (LISTING, "crawl", *crawl, told, "{}")
    yield (CRAWL, "crawl", *crawl, told, json.dumps({"requests_stored": requests}))
    yield (READ, "read", *read, "{}", json.dumps({"letters read": 4 * requests}))
    for number in range(NIGHTS):
        yield (READ + 1 + number, "update", _night(number), _night(number), "finished", "{}", "{}")


def _lists(requests: int) -> Iterator[Row]:
    """One list of all days, parted into months."""
    began, ended = written(BEGUN), written(BEGUN + timedelta(days=1))
    url = f"{SITE}/list?request_date_after="
    last = LAST_DAY.isoformat()
    yield (1, CRAWL, None, url, None, "2008-01-01", last, "{}", began, ended, 20, 500, requests, "parted")
    months = [f"{year}-{month:02d}" for year in range(2008, 2027) for month in range(1, 13)]
    days = [day for day in ISO if day[:7] in set(months) and day <= last]
    for number, month in enumerate(months, start=2):
        own = [day for day in days if day.startswith(month)]
        if own:
            told = (20, 500, 500, "whole")
            yield (number, CRAWL, 1, f"{url}{own[0]}", None, own[0], own[-1], "{}", began, ended, *told)


def _gone(random: Random, requests: int, bodies: list[Body], first: int) -> Iterator[Rows]:
    """Tombstones of requests of which nothing is left but that they were held."""
    rows: Rows = {"withdrawals": [], "changes": []}
    for number in range(round(GONE * requests)):
        identity = first + requests + number
        night = int(random.random() * NIGHTS)
        at, body = _night(night), bodies[int(random.random() ** 3 * len(bodies))]
        hidden = random.random() < 0.8
        state, evidence = ("hidden", "removal_page") if hidden else ("not_found", "slug_and_number")
        told = (state, at, at, evidence, 1 if hidden else 2, at, at, body.id, 1)
        rows["withdrawals"].append((f"request/{identity}", identity, *told))
        rows["changes"].append((at, READ + 1 + night, identity, f"request/{identity}", state, None, None))
    yield rows


def _refused(random: Random, requests: int, bodies: list[Body], vocabulary: Vocabulary) -> Iterator[Rows]:
    """Requests that lists show and robots.txt refuses."""
    rows: Rows = {"refusals": [], "listed": []}
    at = written(BEGUN)
    for number in range(round(REFUSED * requests)):
        slug = f"signing_in_{vocabulary.fresh(random)[:20]}_{spelled(number)}_{number}"
        body = bodies[int(random.random() ** 3 * len(bodies))]
        url = f"{SITE}/request/{slug}.json"
        why = f"robots.txt of {SITE} refuses {url}, so it was not asked for."
        rows["refusals"].append((url, "robots", why, at, at))
        rows["listed"].append((slug, body.url_name, None, at, CRAWL, at, at))
    yield rows


def _changed(random: Random, requests: int, first: int) -> Iterator[Rows]:
    for start in range(0, requests, 100_000):
        rows: Rows = {"changes": []}
        for number in range(start, min(requests, start + 100_000)):
            if random.random() < CHANGED:
                identity, night = first + number, int(random.random() * NIGHTS)
                kind = _KINDS[int(random.random() ** 2 * len(_KINDS))]
                subject = f"request/{identity}"
                rows["changes"].append((_night(night), READ + 1 + night, identity, subject, kind, None, None))
        yield rows


def authorities(bodies: list[Body], patterns: list[Pattern], asked: dict[int, int]) -> Iterator[Rows]:
    """Rows of the authorities, each like one of the stand-in's; ``asked`` is how many requests each got."""
    like = {pattern.authority["id"]: pattern for pattern in patterns}
    at = written(BEGUN)
    for start in range(0, len(bodies), 5_000):
        rows: Rows = {"authorities": [], "authority_tags": []}
        for body in bodies[start : start + 5_000]:
            pattern = like[body.base]
            row = pattern.authority
            home = f"https://www.{body.url_name}.example"
            told = (body.id, body.url_name, body.name, body.short_name, home, None, None, row["notes"])
            times = (row["created_at"], row["updated_at"], asked.get(body.id, 0), "[]", at)
            rows["authorities"].append((*told, *times))
            tags = pattern.told["public_body"]["tags"]
            rows["authority_tags"] += [(body.id, name, value or "") for name, value in tags]
        yield rows
