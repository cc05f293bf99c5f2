"""Questions that spiders and pipelines ask of the archive."""

from collections.abc import Iterator
from dataclasses import dataclass

from scraper.archive.database import Archive

TO_FETCH = ("not_fetched", "waiting", "failed")
"""Statuses of files that the next crawl asks for."""

_AT_A_TIME = 1_000
_KNOWN = """
SELECT last_checked_at, id FROM requests
WHERE (last_checked_at, id) > (?, ?) AND (last_checked_at, id) <= (?, ?) ORDER BY last_checked_at, id LIMIT ?
"""


@dataclass(frozen=True, kw_only=True)
class Validator:
    """What to send with a conditional request, and the body that a 304 stands for."""

    etag: str | None
    last_modified: str | None
    sha256: str


@dataclass(frozen=True, kw_only=True)
class KnownRequest:
    """A request that the archive holds."""

    id: int
    slug: str | None
    """``None`` when another request has taken its slug: ask for it by id."""
    authority_url_name: str | None
    """``None`` when another authority has taken its name."""
    updated_at: str
    last_checked_at: str
    withdrawn: str | None
    """State of its withdrawal, if it is withdrawn."""


def validator(archive: Archive, url: str) -> Validator | None:
    """Validators of ``url``, if the body they stand for is held: without it a 304 would leave us with nothing."""
    found = archive.connection.execute(
        "SELECT etag, last_modified, sha256 FROM validators WHERE url = ?", [url]
    ).fetchone()
    if found is None or not archive.files.has(found[2]):
        return None
    return Validator(etag=found[0], last_modified=found[1], sha256=found[2])


def known_requests(archive: Archive) -> Iterator[KnownRequest]:
    """Every request that the archive holds, withdrawn ones included, those checked longest ago first.

    Each is looked up when its turn comes, and those that are checked meanwhile do not come again: a page of ids at a
    time is held, whatever the archive holds.
    """
    execute = archive.connection.execute
    end = execute("SELECT last_checked_at, id FROM requests ORDER BY 1 DESC, 2 DESC LIMIT 1").fetchone()
    place = ("", 0)
    while end is not None:
        found = execute(_KNOWN, [*place, *end, _AT_A_TIME]).fetchall()
        for _, identity in found:
            request = known_request(archive, identity)
            if request is not None:
                yield request
        if len(found) < _AT_A_TIME:
            return
        place = found[-1]


def known_request(archive: Archive, reference: int | str) -> KnownRequest | None:
    """The request with this id (``int``) or slug (``str``)."""
    if isinstance(reference, int) and not 0 <= reference < 2**63:
        return None  # no row has such an id, and SQLite does not take the number
    column = "requests.id" if isinstance(reference, int) else "slug"
    row = archive.connection.execute(
        "SELECT requests.id, slug, url_name, requests.updated_at, requests.last_checked_at, state"  # noqa: S608 - columns of this module
        " FROM requests JOIN authorities ON authorities.id = authority_id"
        f" LEFT JOIN withdrawals ON subject = 'request/' || requests.id WHERE {column} = ?",
        [reference],
    ).fetchone()
    if row is None:
        return None
    identity, slug, url_name, updated_at, checked_at, state = row
    return KnownRequest(
        id=identity,
        slug=_name(slug),
        authority_url_name=_name(url_name),
        updated_at=updated_at,
        last_checked_at=checked_at,
        withdrawn=state,
    )


def _name(value: str) -> str | None:
    return None if value.startswith("#") else value
