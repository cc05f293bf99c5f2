"""What a file that is brought in holds: answers of the site, each with its address and the moment it was taken."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from scraper.archive.times import now, written

FileKind = Literal["warc", "mhtml", "html", "json", "zip", "csv", "unknown"]
CaptureKind = Literal[
    "request_json", "request", "request_unfolded", "file", "authorities_csv", "authority_json", "robots", "beside"
]
"""``file`` is known by its address, ``beside`` only by its name and the request that it lay beside."""

MEGABYTE = 1 << 20
LATER = "its time lies in the future: correct the clock of the file"
TOO_BIG = "larger than the limit in wdtk.toml (max_megabytes)"
REDIRECTS = "redirects, which lead elsewhere and say nothing"
NOT_FOUND = "pages that were not found, which may have been renamed"
ERRORS = "errors of the site"

LONG_AGO = "1990-01-01T00:00:00Z"
_FIRST_YEAR, _LAST_YEAR = 1990, 9999
"""Outside them a time is a mistake, and so far out a zone may lead beyond what can be written."""
_LAST_SECOND = 253402300799.0
_USED: dict[str, frozenset[int]] = {
    "request": frozenset({200, 403}),
    "file": frozenset({200, 303, 403, 404}),
}


@dataclass(frozen=True, kw_only=True)
class Address:
    """What an address of the site names, in the form in which the archive keeps it."""

    kind: CaptureKind
    url: str
    key: str
    """What two captures of one thing share: the slug, the place of a file below its message, or the name."""


@dataclass(frozen=True, kw_only=True)
class Capture:
    """One answer as it was saved."""

    address: Address
    at: str
    """When it was taken, in UTC to the second, such as ``2026-01-31T09:30:00Z``."""
    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes = field(repr=False)
    dated: bool = True
    """Whether it says itself when it was taken. Else ``at`` is the latest time that it tells of, before which it cannot
    have been taken: that of a file is the time of a copy as often as not."""


@dataclass(kw_only=True)
class Tally:
    """What came of one file that was given: how many answers were taken, and why the others were not."""

    name: str
    kind: FileKind = "unknown"
    sha256: str = ""
    taken: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    """Sentences: what was taken and cannot be used in full before something else comes."""

    def leave(self, reason: str, by: int = 1) -> None:
        """Count what was left, by the reason in words."""
        self.left[reason] += by


def moment(text: str | None) -> str | None:
    """A time with an offset, however exact, in UTC to the second; ``None`` for anything else."""
    try:
        return utc(datetime.fromisoformat((text or "").strip()))
    except ValueError:
        return None


def utc(found: datetime) -> str | None:
    """A moment with an offset in the same form; ``None`` without one, and before any page of the web was saved."""
    if found.tzinfo is None or not _FIRST_YEAR <= found.year < _LAST_YEAR:
        return None
    return written(found)


def moment_of(seconds: float) -> str:
    """Seconds since 1970, as the file system gives them, in the same form."""
    return written(datetime.fromtimestamp(max(0.0, min(seconds, _LAST_SECOND)), UTC))


def earliest(told: Iterable[str | None], by: str) -> str:
    """The time for what does not say when it was taken: the latest that it tells of, and not after ``by``."""
    return min(by, max((found for one in told if (found := moment(one))), default=LONG_AGO))


def of_no_use(kind: CaptureKind, status: int) -> str | None:
    """Why an answer of this status says nothing of what its address names; ``None`` where it does."""
    if status in _USED.get(kind, {200}):
        return None
    if 300 <= status < 400:
        return REDIRECTS
    return NOT_FOUND if status == 404 else ERRORS


def is_later(at: str) -> bool:
    """Whether a capture says that it was taken after this moment, as only a wrong clock or a forger says."""
    return at > now()
