"""Questions that spiders and pipelines ask of the archive."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scraper.archive.database import Archive

TO_FETCH = ("not_fetched", "waiting", "failed")
"""Statuses of files that the next crawl asks for."""
_WANTED = (
    "FROM messages JOIN attachments ON messages.id = message_id"
    " WHERE state = 'file' AND url IS NOT NULL AND fetch_status IN (SELECT value FROM json_each(:statuses))"
    " AND NOT EXISTS (SELECT 1 FROM withdrawals WHERE subject = 'request/' || messages.request_id)"
)


@dataclass(frozen=True, kw_only=True)
class WantedFile:
    """One attachment that is listed and not held."""

    id: str
    request_id: int
    message_id: str
    url: str
    """The path as the page gives it."""
    name: str | None
    fetch_status: str


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


def needs_fetching(
    archive: Archive, *, request_ids: Sequence[int] | None = None, statuses: Sequence[str] = TO_FETCH
) -> Iterator[WantedFile]:
    """Files still to fetch, by request and in the order of its page; of all requests that are not withdrawn, or these.

    Each request is looked up when its turn comes, so a crawl of days holds no old view of the archive.
    """
    found = archive.connection.execute(
        f"SELECT DISTINCT request_id {_WANTED} ORDER BY request_id",
        {"statuses": json.dumps(list(statuses))},
    ).fetchall()
    chosen = None if request_ids is None else set(request_ids)
    for (request_id,) in found:
        if chosen is None or request_id in chosen:
            yield from _wanted_of(archive, request_id, statuses)


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

    Each is looked up when its turn comes.
    """
    ids = archive.connection.execute("SELECT id FROM requests ORDER BY last_checked_at, id").fetchall()
    found = (known_request(archive, identity) for (identity,) in ids)
    return (request for request in found if request)


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


def _wanted_of(archive: Archive, request_id: int, statuses: Sequence[str]) -> list[WantedFile]:
    names = ("id", "request_id", "message_id", "url", "name", "fetch_status")
    rows = archive.connection.execute(
        f"SELECT attachments.id, request_id, message_id, url, name, fetch_status {_WANTED} AND request_id = :request"
        " ORDER BY messages.position, attachments.position, attachments.id",
        {"statuses": json.dumps(list(statuses)), "request": request_id},
    )
    return [WantedFile(**dict(zip(names, row, strict=True))) for row in rows]


def _name(value: str) -> str | None:
    return None if value.startswith("#") else value
