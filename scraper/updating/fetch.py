"""The spiders of an update, one after the other in one process, and what came of each."""

import time
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from scraper.access import allowed_delay, check_access, check_archive, site_base
from scraper.archive.database import Archive, open_archive
from scraper.archive.times import now, written
from scraper.config import load_config
from scraper.counts import count_of
from scraper.middlewares.budget import BudgetMiddleware
from scraper.middlewares.span import OVER
from scraper.spiders.authorities import AuthoritiesSpider
from scraper.spiders.base import CLOCKS_APART
from scraper.spiders.due import DueSpider, doubts
from scraper.spiders.report import notes, problems
from scraper.spiders.requests import RequestsSpider
from scraper.spiders.running import ENDED_WELL, Crawl, Outcome, run
from scraper.updating.days import scope

AUTHORITIES_EVERY = timedelta(days=7)
"""The list of authorities is one large file, which the site makes anew each night."""
PASSING = frozenset({"unreachable", "asked_to_wait", "robots_unreachable", "budget", "hours"})
"""Ends of a crawl that the next one mends; ``wdtk status`` tells when they go on for days."""
_SITE_IS_WELL = frozenset({*ENDED_WELL, "failed", "start_error"})
"""Ends of one spider after which the next is tried."""
_AUTHORITIES = "SELECT max(fetched_at) FROM fetches WHERE url = ? AND status IN (200, 304)"

Told = dict[str, str | bool | int]
"""``stage``, ``line``, ``well`` (no person is needed), ``note`` (what a person may want to know, or empty), ``asked``
(requests made), ``more`` (whether it goes on in the next part)."""


def fetched(plan: Mapping[str, Any]) -> Iterator[Told]:
    """Run the spiders that ``plan`` asks for (site, archive, config); one line for each.

    Where the update is made in parts, the plan says how many ``seconds`` this one has, which stages are ``done``, and
    how many requests were ``asked`` in the parts before.
    """
    until = time.monotonic() + plan["seconds"]
    folder = Path(plan["archive"])
    settings = {**_settings(plan, folder), "WDTK_UNTIL": until}
    BudgetMiddleware.before = plan["asked"]
    with open_archive(folder, create=True) as archive:
        check_archive(archive, str(settings["WDTK_SITE"]))
        crawls = _crawls(archive, str(settings["WDTK_SITE"]), plan["done"])
    outcomes = run(list(crawls.values()), settings, go_on=_SITE_IS_WELL)
    for stage, outcome in zip(crawls, outcomes, strict=False):
        yield _told(stage, outcome)
    if outcomes and outcomes[-1].count(OVER):
        return
    for stage in list(crawls)[len(outcomes) :]:
        why = f"not begun, as the site was not to be asked further ({outcomes[-1].reason if outcomes else 'failed'})."
        yield {"stage": stage, "line": why, "well": True, "note": "", "asked": 0, "more": False}


def _settings(plan: Mapping[str, Any], folder: Path) -> dict[str, object]:
    config = Path(plan["config"]) if plan["config"] else None
    loaded = load_config(config)
    base = site_base(plan["site"] or loaded.site)
    check_access(loaded, base)
    return {
        "WDTK_SITE": base,
        "WDTK_ARCHIVE": str(folder),
        "WDTK_CONFIG": plan["config"],
        "WDTK_PROGRESS": True,
        "DOWNLOAD_DELAY": allowed_delay(loaded, base, None),
    }


def _crawls(archive: Archive, base: str, done: Collection[str]) -> dict[str, Crawl]:
    """What is in doubt before all else, as lists may take the whole budget for days; lists before what is due, so that
    what they show is fetched in the same run.
    """
    crawls = {}
    if doubts(archive.connection, now()):
        crawls["in doubt"] = Crawl(spider=DueSpider, arguments={"removals": "first"})
    if _authorities_due(archive, base):
        crawls["authorities"] = Crawl(spider=AuthoritiesSpider, arguments={})
    listed = scope(archive.connection)
    if listed is not None:
        arguments = {"since": listed.since.isoformat(), "authority": ",".join(listed.authorities), "lists": "only"}
        crawls["lists"] = Crawl(spider=RequestsSpider, arguments=arguments)
    crawls["due"] = Crawl(spider=DueSpider, arguments={})
    crawls["second looks"] = Crawl(spider=DueSpider, arguments={"removals": "only"})
    return {stage: crawl for stage, crawl in crawls.items() if stage not in done}


def _authorities_due(archive: Archive, base: str) -> bool:
    (last,) = archive.connection.execute(_AUTHORITIES, [f"{base}/body/all-authorities.csv"]).fetchone()
    before = written(datetime.fromisoformat(now()) - AUTHORITIES_EVERY)
    return last is None or last <= before


def _told(stage: str, outcome: Outcome) -> Told:
    well = outcome.reason in ENDED_WELL | PASSING and not outcome.count(CLOCKS_APART)
    ended = outcome.reason in ENDED_WELL or outcome.count(OVER)
    found = notes([outcome], frozenset({outcome.spider})) if ended else problems([outcome])
    told: Told = {"stage": stage, "line": _line(stage, outcome), "well": well, "note": "\n".join(found)}
    return told | {"asked": outcome.count("asked"), "more": bool(outcome.count(OVER))}


def _line(stage: str, outcome: Outcome) -> str:
    count = outcome.count
    asked = f"{count_of(count('asked'), 'request')} made"
    ended = "" if outcome.reason in ENDED_WELL else f" Ended early: {outcome.reason}."
    ended = " Goes on when what was removed is erased." if outcome.count(OVER) else ended
    if stage == "authorities":
        return f"{count('authorities'):,} listed; {asked}.{ended}"
    if stage == "lists":
        listed, pages = count_of(count("listed"), "request"), count_of(count("lists"), "page")
        return f"{listed} on {pages}; {asked}.{ended}"
    stored = count("requests_stored")
    changed = stored - count("unchanged")
    return (
        f"{count('looked'):,} looked at and as before, {stored:,} fetched ({changed:,} new or changed), "
        f"{sum(outcome.counts('refused/').values()):,} refused or not found; {asked}.{ended}"
    )
