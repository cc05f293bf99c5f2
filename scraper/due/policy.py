"""When a request is looked at next, and why: from its state, its deadline, how long it was quiet and what looks found.

A look costs requests, and its worth is the days for which the archive would else show what is no longer so. Where a
request changes with rate λ, looks that are τ apart leave it stale for λτ/2 of the time and cost 1/τ; the sum is least
at τ = √(2·PRICE/λ), where ``PRICE`` is how many stale days one look is worth. So what changes a hundred times as often
is looked at ten times as often. λ is guessed from the state and from how long nothing has happened, then corrected by
what earlier looks of the same request found.

New messages and annotations are not guessed at: the lists of each day show them (alaveteli.md 4.4). The guess is for
what no list shows: descriptions, edits, removals. States that the clock makes are known to the day. Nothing is left for
longer than ``LONGEST_DELAY``, nor its page and files for longer than ``LONGEST_WHOLE``.
"""

import functools
import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args

from parsers.clock import ANSWER_WITHIN, due_day
from scraper.removals.evidence import HOURS_APART

Why = Literal[
    "deadline", "waiting", "late", "label", "asked", "recent", "settled", "whole", "files", "scan", "second_look",
    "removed", "listed", "failed", "first",
]  # fmt: skip
WHYS: tuple[Why, ...] = get_args(Why)
EXPLAINED: dict[Why, str] = {
    "deadline": "the time for an answer ends, which changes its state without an event",
    "waiting": "an answer is awaited",
    "late": "an answer is awaited, and its time is over",
    "label": "a reply came, which somebody is to describe",
    "asked": "a review, a clarification or the site's staff is awaited",
    "recent": "it is closed, and something happened in the last three months",
    "settled": "it is closed, and has long been quiet",
    "whole": "its page and files are due to be looked at whole",
    "files": "a file of it could not be had",
    "scan": "the site has hidden a file of it while it looks through it",
    "second_look": "it was not shown once, which needs a second look",
    "removed": "it is not shown at the source, which may change",
    "listed": "a list showed an event that is not held here",
    "failed": "the last look failed",
    "first": "no look at it is on record",
}

LONGEST_DELAY = timedelta(days=90)
"""The promise: however quiet, a request is due to be looked at again within this time."""
LONGEST_WHOLE = timedelta(days=360)
"""The promise for text and files, which change without an event: page and every file are due again within this time."""
_DAY = timedelta(days=1)
SHORTEST = timedelta(hours=20)
"""From one night to the next, whose run may begin hours earlier or come to a request sooner."""
REST_AFTER = timedelta(hours=12)
"""A whole look that a run had no room to end goes on in the next, however early in the night that begins."""
PRICE = 0.25
"""Days of one request being stale that one look is worth."""

LIGHT_COST, PAGE_COST = 1, 2
"""Requests for a look at the JSON alone, and for JSON and page; each file is one more."""

_QUICK = {"waiting": 0.02, "late": 0.03, "label": 1.0, "asked": 0.1, "closed": 0.03}
"""Changes a day that no list shows, for a request with an event today, times two: what a quiet request's fall from."""
_FLOOR = 0.02 / 365
"""Changes a day of what has been quiet for years: about one request in a hundred vanishes a year, some are edited."""
_SILENT = 0.001 / 365
"""Changes a day of text and files alone: a request in a thousand in a year is redacted or has a file replaced."""
_LONG_QUIET = 90.0
_UNKNOWN_OPEN = "asked"
_PHASES = {
    "waiting_response": "waiting",
    "waiting_response_overdue": "late",
    "waiting_response_very_overdue": "late",
    "waiting_classification": "label",
    "waiting_clarification": "asked",
    "internal_review": "asked",
    "gone_postal": "asked",
    "error_message": "asked",
    "requires_admin": "asked",
    "attention_requested": "asked",
    "not_held": "closed",
    "rejected": "closed",
    "partially_successful": "closed",
    "successful": "closed",
    "user_withdrawn": "closed",
    "vexatious": "closed",
    "not_foi": "closed",
}
"""By the state that the site works out (alaveteli.md 2.6); one that is not here is taken for open."""
_BY_CLOCK = frozenset({"waiting", "late"})
_CLOCK_HOUR = time(6, tzinfo=UTC)
"""The site writes what is overdue at five in the morning (alaveteli.md 4.4), which in winter is 05:00 UTC."""
_LIKELY_LATE = 0.5
_LIKELY_FILE = 0.3
_SCAN_TRIES = 5
"""After a month a file that is hidden still is hidden for good, as far as anybody knows."""
_LIKELY_AGAIN = 0.05
"""What failed comes behind what did not: pages that fail every night must not be the first of each."""
_WHOLE_AFTER = 30.0
_LONGEST_RETRY = 30

Removal = Literal["suspected", "confirmed"]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is known of a request at a look. All times have an offset."""

    at: datetime
    """The time of the look."""
    status: str
    """The state that the site works out, such as ``waiting_response_overdue``."""
    due_on: date | None = None
    quiet_since: datetime | None = None
    """When something last happened to it; ``None`` counts as at the look."""
    looks: int = 1
    changes: int = 0
    """How many of the looks found something changed."""
    unchanged: int = 0
    """How many of the last looks, in a row, found nothing."""
    whole_at: datetime | None = None
    """When its page and files were last looked at whole."""
    whole_begun: bool = False
    """Whether a whole look was begun of which files are still to be asked for."""
    files_wanted: bool = False
    """Whether a file could not be had for a reason that may pass."""
    file_scanned: bool = False
    """Whether a file is hidden while the site looks through it."""
    removal: Removal | None = None


@dataclass(frozen=True, kw_only=True)
class Check:
    """When to look again, why then, and how likely it is that something will have changed (0 to 1)."""

    at: datetime
    why: Why
    weight: float


def next_check(known: Situation) -> Check:
    """The earliest of what asks for a look: a promise, the clock, files that are missing, or the expected change.

    Never sooner than the look itself, and never later than ``LONGEST_DELAY`` after it.
    """
    if known.removal is not None:
        return _of_removed(known)
    return min(_asked_for(known), key=lambda check: check.at)


def retry(at: datetime, tries: int) -> Check:
    """When to ask again for what could not be fetched: the next night, then after two, four, ... up to thirty."""
    nights = min(2 ** min(tries, 10), _LONGEST_RETRY)
    return Check(at=at + SHORTEST + (nights - 1) * _DAY, why="failed", weight=_LIKELY_AGAIN)


def phase(status: str) -> str:
    """``waiting``, ``late``, ``label``, ``asked`` or ``closed``."""
    return _PHASES.get(status, _UNKNOWN_OPEN)


def rate(known: Situation) -> float:
    """Changes a day that no list shows, as expected: above 0, and higher the more of the looks found a change."""
    quiet = _days(known.at, known.quiet_since)
    usual = _QUICK[phase(known.status)] / (quiet + 2) / (1 + quiet / _LONG_QUIET) + _FLOOR
    habit = min(2.0, max(0.5, 4 * (known.changes + 1) / (known.looks + 4)))
    return usual * habit / (1 + known.unchanged / 10)


def _asked_for(known: Situation) -> list[Check]:
    expected = rate(known)
    days = min(max(math.sqrt(2 * PRICE / expected), SHORTEST / _DAY), LONGEST_DELAY.days)
    wanted = [
        Check(at=known.at + timedelta(days=days), why=_why(known), weight=_likely(expected, days)),
        _whole(known, expected),
    ]
    if known.whole_begun:
        wanted.append(Check(at=known.at + REST_AFTER, why="whole", weight=1.0))
    if known.files_wanted:
        again = retry(known.at, known.unchanged)
        wanted.append(Check(at=again.at, why="files", weight=_LIKELY_FILE))
    if known.file_scanned and known.unchanged < _SCAN_TRIES:
        wanted.append(Check(at=retry(known.at, known.unchanged).at, why="scan", weight=_LIKELY_FILE))
    clock = _next_deadline(known)
    if clock is not None and clock <= wanted[0].at:
        wanted.append(Check(at=clock, why="deadline", weight=_LIKELY_LATE))
    return wanted


def _why(known: Situation) -> Why:
    found = phase(known.status)
    whys: dict[str, Why] = {"waiting": "waiting", "late": "late", "label": "label", "asked": "asked"}
    return whys.get(found) or ("recent" if _days(known.at, known.quiet_since) < _LONG_QUIET else "settled")


def _of_removed(known: Situation) -> Check:
    """A removal of which one look is not enough gets another soon; one that is sure, as late as is promised."""
    if known.removal == "suspected":
        return Check(at=known.at + timedelta(hours=HOURS_APART), why="second_look", weight=1.0)
    return Check(at=known.at + LONGEST_DELAY, why="removed", weight=_likely(_FLOOR, LONGEST_DELAY.days))


def _whole(known: Situation, expected: float) -> Check:
    due = max(known.at + SHORTEST, _whole_from(known.at, known.whole_at, known.quiet_since))
    due = min(due, known.at + LONGEST_DELAY)
    seldom = 1 - _likely(_SILENT, _days(due, known.whole_at))
    return Check(at=due, why="whole", weight=1 - seldom * (1 - _likely(expected, _days(due, known.at))))


def _whole_from(at: datetime, whole_at: datetime | None, quiet_since: datetime | None) -> datetime:
    """Texts and files are corrected mostly while they are young: whole looks begin a month apart and grow rarer."""
    if whole_at is None:
        return at
    quiet = _days(whole_at, quiet_since)
    return whole_at + timedelta(days=min(_WHOLE_AFTER + 2 * quiet, LONGEST_WHOLE.days))


def _next_deadline(known: Situation) -> datetime | None:
    """The morning after the due day, or after the later days at which the site calls a request long overdue.

    Those are 40 working days, and 60 for schools (alaveteli.md 2.6); which of them holds is not known here.
    """
    if known.due_on is None or phase(known.status) not in _BY_CLOCK:
        return None
    for day in _clock_days(known.due_on):
        morning = datetime.combine(day + timedelta(days=1), _CLOCK_HOUR)
        if morning > known.at:
            return morning
    return None


@functools.lru_cache(maxsize=4096)
def _clock_days(due_on: date) -> tuple[date, ...]:
    if not date(2000, 1, 1) <= due_on <= date(2200, 1, 1):
        return ()  # no day that the site can have reckoned
    further = (due_day(due_on, regime="FOIA", within=ANSWER_WITHIN * times) for times in (1, 2))
    return (due_on, *further)


def _likely(expected: float, days: float) -> float:
    return -math.expm1(-expected * days)


def _days(later: datetime, earlier: datetime | None) -> float:
    if earlier is None:
        return 0.0
    return max(0.0, (later - earlier).total_seconds() / 86_400)
