"""What the rules look at, and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

AlarmKind = Literal[
    "found_nothing",
    "unknown_things",
    "fill_fell",
    "backlog_grows",
    "budget_exhausted",
    "challenge",
    "clock_wrong",
    "runs_fail",
    "no_run",
    "access_ends",
    "access_ended",
    "disk_fills",
    "bulk_removals",
    "removals_wait",
    "unreadable_rose",
    "publish_behind",
]


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """Something that a person must look at."""

    kind: AlarmKind
    what: str
    """A sentence: what is wrong."""
    since: str | None
    """When it began (UTC), as far as the archive tells."""
    do: str
    """A sentence: what to do about it."""

    @property
    def sentence(self) -> str:
        """What, since when, and what to do, in one line."""
        since = f" Since {moment(self.since):%Y-%m-%d %H:%M} UTC." if self.since else ""
        return f"{self.what}{since} {self.do}"


@dataclass(frozen=True, kw_only=True)
class Session:
    """One round of keeping the archive up: an update with the crawls inside it, or a crawl by itself."""

    run_id: int
    started_at: str
    ended_at: str | None = None
    reasons: frozenset[str] = frozenset()
    """Finish reasons of the round and of each run inside it."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Counts of its runs, added up."""
    found: int = 0
    """List rows, requests and authorities that it met."""
    measures: Mapping[str, int] = field(default_factory=dict)
    """What the archive came to at its end; empty where nobody measured."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The last runs of one command, newest first: when each began and why it ended."""

    command: str
    runs: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many wait, and the oldest since when."""

    count: int = 0
    since: str | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that the rules know. Everything but ``now`` may be missing: a young archive has no history."""

    now: datetime
    sessions: tuple[Session, ...] = ()
    """Oldest first."""
    holds: bool = False
    """Whether the archive has any request, whichever way it came."""
    stages: tuple[Stage, ...] = ()
    read_batches: tuple[tuple[str, Mapping[str, int]], ...] = ()
    """When each run of the reader began, and how many documents came to which status; oldest first."""
    published_at: str | None = None
    """When the last publish that came to its end began."""
    erased_at: str | None = None
    """When content was last erased here."""
    suspected: Waiting = Waiting()
    """Requests that were not found and want a second look, which the same run makes."""
    lacking: Waiting = Waiting()
    """Parts of requests that their pages lack and that want a second look, which a later update makes."""
    doubted: Waiting = Waiting()
    """Requests that were removed so many at once that the site is doubted rather."""
    doubted_parts: Waiting = Waiting()
    """Messages, files and annotations that the pages of so many requests lack that how they are read is doubted."""
    unerased: Waiting = Waiting()
    """Removals that are sure and whose content is still here."""
    access_until: date | None = None
    """Last day of the permission; ``None`` where none is needed."""
    disk_free: int | None = None
    """Bytes."""
    archive_bytes: int | None = None


def moment(text: str) -> datetime:
    """A time of the archive's own as a datetime in UTC."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
