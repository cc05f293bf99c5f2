"""What was asked of the site and what it answered: fetches, validators, refusals, and the list of files."""

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scraper.archive.rows import sound, upsert
from scraper.items import FetchItem

HEADERS = frozenset(
    {
        "age",
        "cache-control",
        "cf-mitigated",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-length",
        "content-type",
        "date",
        "etag",
        "last-modified",
        "location",
        "retry-after",
        "server",
        "x-robots-tag",
    }
)
"""Headers that say something of the page; cookies and the like are not kept."""
_SIGNED = re.compile(r"^(https?://[^/?#]+/attachments/)[^?#]*/(wait|done)(?:[?#].*)?$", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One answer with the SHA-256 under which its body is kept, if it is."""

    fetch: FetchItem
    sha256: str | None
    size: int | None
    """Bytes of the body; ``None`` when it came with an earlier answer or is not kept."""


def record_fetches(connection: sqlite3.Connection, run_id: int, kept: Iterable[Kept]) -> None:
    """Enter answers, in order, with their files and validators; a URL that now answers is no longer refused."""
    for one in kept:
        _record(connection, run_id, one)


def record_refusal(connection: sqlite3.Connection, *, url: str, reason: str, detail: str | None, seen_at: str) -> None:
    """Enter that ``url`` was kept from us; the first time stays, the last time moves."""
    row = {"url": url, "reason": reason, "detail": detail, "first_seen_at": seen_at, "last_seen_at": seen_at}
    upsert(connection, "refusals", [row], key=["url", "reason"], keep=["first_seen_at"])


def clear_refusals(connection: sqlite3.Connection, urls: Sequence[str]) -> None:
    """Strike out refusals of pages that have come after all; ``fetches`` remembers them."""
    connection.executemany("DELETE FROM refusals WHERE url = ?", [(sound(url),) for url in urls])


def held(connection: sqlite3.Connection, url: str) -> str | None:
    """SHA-256 of the body held under the validators of ``url``."""
    found = connection.execute("SELECT sha256 FROM validators WHERE url = ?", [sound(url)]).fetchone()
    return found[0] if found else None


def _record(connection: sqlite3.Connection, run_id: int, kept: Kept) -> None:
    fetch = kept.fetch
    headers = {name.lower(): value for name, value in fetch.headers.items() if name.lower() in HEADERS}
    if kept.sha256 and kept.size is not None:
        file: dict[str, str | int | float | None] = {
            "sha256": kept.sha256,
            "size": kept.size,
            "first_seen_at": fetch.fetched_at,
        }
        upsert(connection, "files", [file], key=["sha256"], keep=["size", "first_seen_at"])
    connection.execute(
        "INSERT INTO fetches (run_id, url, fetched_at, status, page_kind, headers, sha256)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            run_id,
            sound(_unsigned(fetch.url)),
            fetch.fetched_at,
            fetch.status,
            fetch.page_kind,
            sound(json.dumps(headers, sort_keys=True)),
            kept.sha256,
        ],
    )
    if fetch.status == 200:
        _keep_validators(connection, kept, headers)


def _unsigned(url: str) -> str:
    """The address without the signed words of a page to wait at, which hold the file's own (alaveteli.md 6.4)."""
    return _SIGNED.sub(r"\1\2", url)


def _keep_validators(connection: sqlite3.Connection, kept: Kept, headers: dict[str, str]) -> None:
    etag, modified = headers.get("etag"), headers.get("last-modified")
    if kept.sha256 and (etag or modified):
        row = {"url": kept.fetch.url, "etag": etag, "last_modified": modified, "sha256": kept.sha256}
        upsert(connection, "validators", [row], key=["url"])
    else:
        connection.execute("DELETE FROM validators WHERE url = ?", [sound(kept.fetch.url)])
