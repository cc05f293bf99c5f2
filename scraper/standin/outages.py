"""Hours and days on which the site is not to be had: broken, closed for maintenance, behind a challenge, slow."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from scraper.standin.answers import HTML, Answer
from scraper.standin.dice import Dice
from scraper.standin.faults import CHALLENGE

OutageKind = Literal["maintenance", "challenge", "unavailable", "bad_gateway", "slow"]
LASTING: dict[OutageKind, timedelta] = {
    "bad_gateway": timedelta(hours=6),
    "unavailable": timedelta(hours=20),
    "maintenance": timedelta(hours=5),
    "challenge": timedelta(hours=26),
    "slow": timedelta(days=2),
}
_SPARED = timedelta(days=2)
_APART = timedelta(days=7)
SLOW = 0.01
"""Seconds that an answer takes on a slow day. A year has to pass in minutes, and this is slow beside none."""
_MAINTENANCE = """<!DOCTYPE html>
<html lang="en"><head><title>Down for maintenance</title><meta charset="utf-8"></head>
<body><h1>We will be back soon</h1><p>The site is down for maintenance.</p></body></html>
"""


@dataclass(frozen=True, kw_only=True)
class Outage:
    """A span of time and what is wrong in it."""

    kind: OutageKind
    begins: datetime
    ends: datetime


def plan_outages(seed: int, first: datetime, last: datetime) -> tuple[Outage, ...]:
    """One of each kind, or fewer in a short time; each begins in the small hours, when crawlers come.

    The first days and the last two are spared: an archive has to begin, and a last look is to find the site there.
    """
    dice = Dice(seed, "outages")
    first, last = first + _SPARED, last - _SPARED
    kinds = dice.shuffled(get_args(OutageKind)[: max(0, (last - first) // _APART)])
    found = []
    for place, kind in enumerate(kinds):
        begins = first + (last - first) / len(kinds) * (place + 0.6 * dice.fraction())
        begins = begins.replace(hour=1, minute=dice.between(0, 59), second=0, microsecond=0)
        found.append(Outage(kind=kind, begins=begins, ends=begins + LASTING[kind]))
    return tuple(found)


def answer_in(outage: Outage) -> Answer | None:
    """What every address answers meanwhile; ``None`` after a while where the site is only slow."""
    html = {"Content-Type": HTML}
    match outage.kind:
        case "bad_gateway":
            return Answer(502, html, b"<html><body><h1>502 Bad Gateway</h1></body></html>")
        case "unavailable":
            return Answer(503, html, b"<html><body><h1>503 Service Unavailable</h1></body></html>")
        case "maintenance":
            return Answer(200, html, _MAINTENANCE.encode())
        case "challenge":
            return Answer(403, {**html, "cf-mitigated": "challenge", "Server": "cloudflare"}, CHALLENGE.encode())
        case "slow":
            time.sleep(SLOW)
            return None
