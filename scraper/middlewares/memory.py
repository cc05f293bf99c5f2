"""What the archive remembers that a crawl needs to know: validators, bodies, ids, and where a killed run stopped."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import ClassVar
from weakref import WeakKeyDictionary

from scrapy import signals
from scrapy.crawler import Crawler

from scraper.archive import lists
from scraper.archive.database import Archive, open_archive
from scraper.archive.queries import TO_FETCH, KnownRequest, Validator, known_request, known_requests, validator
from scraper.clocks import site_time
from scraper.middlewares.uptime import uptime

UNFINISHED = (
    "killed",
    "shutdown",
    "interrupted",
    "budget",
    "hours",
    "unreachable",
    "certificate",
    "robots_unreachable",
    "robots_unreadable",
    "asked_to_wait",
    "challenge",
    "archive_failed",
)
"""Finish reasons after which the same crawl goes on where it stopped instead of beginning anew."""

_HOLD = "hold"
"""Key in the table ``about``."""
_CONTROL = """
SELECT url FROM (
  SELECT id, url, page_kind = 'request_json' AS best FROM fetches
  WHERE status IN (200, 304) AND page_kind IN ('request_json', 'listing', 'authority')
    AND run_id NOT IN (SELECT id FROM runs WHERE command = 'import')
    AND NOT EXISTS (SELECT 1 FROM refusals WHERE refusals.url = fetches.url)
  ORDER BY id DESC LIMIT 1000
) ORDER BY best DESC, id DESC LIMIT 1
"""
_RUNS = 2_000
"""How many runs back are looked at for what they asked; a day has fewer."""


class Memory:
    """Reads the archive of one crawl; one for each crawler."""

    _of: ClassVar["WeakKeyDictionary[Crawler, Memory]"] = WeakKeyDictionary()

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.ahead: float | None = None
        """Seconds by which our clock is ahead of the site's; ``None`` as long as the site has not told."""

    @property
    def archive(self) -> Archive:
        """The archive itself, for questions that belong to one spider."""
        return self._archive

    @staticmethod
    def of(crawler: Crawler) -> "Memory":
        """The memory of a crawler, opened when first asked for and closed with the spider."""
        memory = Memory._of.get(crawler)
        if memory is None:
            memory = Memory(open_archive(Path(crawler.settings["WDTK_ARCHIVE"]), create=True))
            Memory._of[crawler] = memory
            crawler.signals.connect(memory.close, signal=signals.spider_closed, weak=False)
        return memory

    def close(self) -> None:
        """Let others have the archive."""
        self._archive.close()

    def validator(self, url: str) -> Validator | None:
        """What is held for ``url`` with its body still there."""
        return validator(self._archive, url)

    def body(self, sha256: str) -> bytes:
        """The stored bytes; ArchiveError where they are missing or damaged."""
        return self._archive.files.get(sha256)

    def request(self, reference: int | str) -> KnownRequest | None:
        """The request with this id or slug, as it was when last seen."""
        return known_request(self._archive, reference)

    def requests(self) -> Iterator[KnownRequest]:
        """Every request that the archive holds, withdrawn ones included, those checked longest ago first."""
        return known_requests(self._archive)

    def ages_of_asked(self, now: datetime, *, most: int) -> list[float]:
        """How many seconds ago each of the last ``most`` requests was sent, as nearly as is known, newest first.

        An answer has its own time; what a run asked beyond the answers it entered counts at the run's end. No request
        is younger than one that was entered after it: so times that a wrong clock put into the future grow old too.
        Where the site has told the time, and told it in its answers of then, none is older than by the site's clock.
        """
        execute = self._archive.connection.execute
        found = defaultdict[int, list[float]](list)
        asked = execute(
            "SELECT run_id, fetched_at, json_extract(headers, '$.date'), json_extract(headers, '$.age') FROM fetches"
            " WHERE run_id NOT IN (SELECT id FROM runs WHERE command = 'import')"
            " ORDER BY id DESC LIMIT ?",  # what was imported was asked by others, and at any time
            [most],
        )
        for run_id, time, date, age in asked:
            found[run_id].append(self._younger(_age(time, now), now, site_time(date, age)))
        runs = execute(
            "SELECT id, started_at, coalesce(ended_at, started_at), coalesce(json_extract(counts, '$.asked'), 0)"
            " - (SELECT count(*) FROM fetches WHERE run_id = runs.id) FROM runs ORDER BY id DESC LIMIT ?",
            [_RUNS],
        )
        ages, least = list[float](), 0.0
        for run_id, began, ended, beyond in runs:
            last = min([_age(ended, now), *found[run_id][:1]])
            ages += [max(least, last)] * min(max(0, beyond), most)
            for age in found[run_id]:
                least = max(least, age)
                ages.append(least)
            least = max(least, _age(began, now))
        return sorted(ages)[:most]

    def _younger(self, age: float, now: datetime, told: datetime | None) -> float:
        """An age by our clock, or by the site's where that says less, or ours was in the future."""
        if self.ahead is None or told is None:
            return age
        by_site = (now - told).total_seconds() - self.ahead
        return by_site if age < 0 else min(age, by_site)

    def control(self) -> str | None:
        """Address of a page that came of late, by which to see whether the site is well; ``None`` where none did.

        Of a request, if there is one: where no request can be had, lists may be.
        """
        found = self._archive.connection.execute(_CONTROL).fetchone()
        return None if found is None else str(found[0])

    def hold(self, seconds: float) -> None:
        """Keep that the site asks to be left alone for ``seconds`` from now."""
        boot, up = uptime() or (None, None)
        told = json.dumps({"from": datetime.now(UTC).isoformat(), "seconds": seconds, "boot": boot, "up": up})
        with self._archive.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO about (key, value) VALUES (?, ?)", [_HOLD, told])

    def held_for(self) -> float:
        """Seconds for which the site still asks to be left alone; 0 where it does not.

        Until the machine is started anew they are counted by what nobody sets. After that they are by its clock: one
        that was put back makes it no longer than it was; it then begins again.
        """
        found = self._archive.connection.execute("SELECT value FROM about WHERE key = ?", [_HOLD]).fetchone()
        if found is None:
            return 0.0
        told = json.loads(found[0])
        seconds, passed = float(told["seconds"]), _age(told["from"], datetime.now(UTC))
        boot, up = uptime() or (None, 0.0)
        if boot is not None and told.get("boot") == boot:
            passed = up - float(told["up"])
        if passed < 0:
            self.hold(seconds)
        return max(0.0, seconds - max(0.0, passed))

    def begun(self, command: str, arguments: Mapping[str, object]) -> str | None:
        """When the crawl that is now taken up again was first begun; ``None`` where the last one came to its end.

        Looks back over the runs of the same arguments, from the newest to the last that finished.
        """
        _, stopped = self._runs(command, arguments)
        return stopped[-1][1] if stopped else None

    def take_up(self, command: str, arguments: Mapping[str, object]) -> lists.TakenUp:
        """The lists that the crawl taken up again has still to read; they become those of the run that asks."""
        newest, stopped = self._runs(command, arguments)
        return lists.take_up(self._archive, newest, [identity for identity, _ in stopped])

    def shown_before(self, command: str, arguments: Mapping[str, object]) -> Iterator[str]:
        """Slugs of what lists showed to the crawl taken up again, before it was stopped."""
        _, stopped = self._runs(command, arguments)
        return lists.shown_by(self._archive, [identity for identity, _ in stopped]) if stopped else iter(())

    def busiest_authorities(self) -> list[str]:
        """Names of all authorities that are known, those first of which the site says it has most requests."""
        found = self._archive.connection.execute(
            "SELECT url_name FROM authorities WHERE url_name NOT LIKE '#%' ORDER BY requests_count DESC, id"
        )
        return [name for (name,) in found]

    def _runs(self, command: str, arguments: Mapping[str, object]) -> tuple[int, list[tuple[int, str]]]:
        """The run that asks, and id and beginning of those that it takes up, the newest first."""
        rows = self._archive.connection.execute(
            "SELECT id, started_at, finish_reason FROM runs WHERE command = ? AND arguments = ? ORDER BY id DESC",
            [command, json.dumps(arguments, sort_keys=True, default=str, ensure_ascii=False)],
        ).fetchall()
        newest = rows[0][0] if rows else 0
        before = takewhile(lambda row: row[2] is None or row[2] in UNFINISHED, rows[1:])
        return newest, [(identity, started_at) for identity, started_at, _ in before]

    def settled(self, slug: str, *, since: str) -> bool:
        """Whether a request and all its files have been looked at since ``since``."""
        found = self._archive.connection.execute(
            "SELECT id FROM requests WHERE slug = ? AND last_checked_at >= ?", [slug, since]
        ).fetchone()
        return found is not None and not self._waits_for_files(found[0], since)

    def _waits_for_files(self, request_id: int, since: str) -> bool:
        marks = ", ".join("?" for _ in TO_FETCH)
        found = self._archive.connection.execute(
            "SELECT 1 FROM attachments JOIN messages ON messages.id = message_id"  # noqa: S608 - question marks only
            " WHERE request_id = ? AND state = 'file' AND url IS NOT NULL"
            f" AND (fetch_status IN ({marks}) OR last_checked_at IS NULL OR last_checked_at < ?) LIMIT 1",
            [request_id, *TO_FETCH, since],
        ).fetchone()
        return found is not None


def _age(time: str, now: datetime) -> float:
    return (now - datetime.fromisoformat(time)).total_seconds()
