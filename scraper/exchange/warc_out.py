"""The archive's raw records as a WARC/1.1 file, which pywb, wget, warcio and the like read.

One response for each address of which the archive holds the answer in full: the newest. Nothing is in it of what was
withdrawn or forgotten, nor of an address that last answered with a refusal. Headers are those that the archive keeps;
what was asked with is not kept, so there are no request records. The same archive gives the same bytes.
"""

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from io import BytesIO
from typing import IO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from parsers.errors import ParseError
from parsers.wdtk.urls import request_reference
from scraper.archive.database import Archive
from scraper.archive.errors import ArchiveError
from scraper.exchange.addresses import place_key

WRITTEN = "written"
WITHDRAWN = "left out, as withdrawn, refused, renamed or without rows"
DAMAGED = "left out, as their bytes are missing or damaged"

_FORMAT = "WARC File Format 1.1"
_SPACE = uuid.UUID("3f1c8a52-6b0e-5d5f-9f0a-2f6f7d1f4c11")
"""Record ids are made from what the record says, so that two exports of one archive are equal."""
_ON_THE_WAY = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_REFUSED = (303, 403, 404, 410)
# A badge below letters is attached a hundred thousand times: the plus keeps SQLite from going by the file.
HEADERS = "SELECT headers FROM fetches WHERE url = ? AND +sha256 = ? ORDER BY status, fetched_at DESC, id DESC"
LISTED = """
SELECT attachments.url FROM attachments JOIN messages ON messages.id = message_id
WHERE +sha256 = ? AND state = 'file' AND fetch_status = 'fetched' AND message_id = ? AND NOT EXISTS
  (SELECT 1 FROM withdrawals WHERE subject IN (attachments.id, message_id, 'request/' || messages.request_id))
"""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One answer to write."""

    url: str
    at: str
    headers: dict[str, str]
    sha256: str


def write_warc(archive: Archive, file: IO[bytes]) -> Counter[str]:
    """Write the records to ``file``, in the order of their addresses, each in a gzip member of its own; count them.

    One body is in memory at a time.
    """
    counts: Counter[str] = Counter()
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    _write_info(writer, archive)
    for url in _addresses(archive):
        record = _record(archive, url)
        if record is None:
            counts[WITHDRAWN] += 1
            continue
        try:
            body = archive.files.get(record.sha256)
        except ArchiveError:
            counts[DAMAGED] += 1
            continue
        _write(writer, record, body)
        counts[WRITTEN] += 1
    return counts


def _addresses(archive: Archive) -> Iterator[str]:
    rows = archive.connection.execute(
        "SELECT DISTINCT url FROM fetches WHERE sha256 IS NOT NULL AND status IN (200, 304) ORDER BY url"
    )
    return (url for (url,) in rows)


def _record(archive: Archive, url: str) -> Record | None:
    """The newest answer in full; ``None`` where nothing of the address may leave the archive."""
    execute = archive.connection.execute
    (last,) = execute("SELECT status FROM fetches WHERE url = ? ORDER BY fetched_at DESC, id DESC", [url]).fetchone()
    newest = execute(
        "SELECT fetched_at, sha256 FROM fetches WHERE url = ? AND sha256 IS NOT NULL AND status IN (200, 304)"
        " ORDER BY fetched_at DESC, id DESC",
        [url],
    ).fetchone()
    if last in _REFUSED or newest is None or not _may_leave(archive, url, newest[1]):
        return None
    # A 304 has not the headers of the answer that it stands for.
    whole = execute(HEADERS, [url, newest[1]]).fetchone()
    return Record(url=url, at=newest[0], sha256=newest[1], headers=json.loads(whole[0]))


def _may_leave(archive: Archive, url: str, sha256: str) -> bool:
    """Files that a message lists as they are, pages of requests that are not withdrawn, and pages of no request."""
    place = place_key(url)
    if place is not None:
        return _is_listed(archive, place, sha256)
    if "/request/" not in url:
        return True
    try:
        slug = request_reference(url).slug
    except ParseError:
        return False
    found = archive.connection.execute(
        "SELECT 1 FROM requests WHERE slug = ? AND"
        " NOT EXISTS (SELECT 1 FROM withdrawals WHERE subject = 'request/' || requests.id)",
        [slug],
    )
    return found.fetchone() is not None


def _is_listed(archive: Archive, place: str, sha256: str) -> bool:
    rows = archive.connection.execute(LISTED, [sha256, f"incoming-{place.partition('/')[0]}"])
    return any(place_key(url or "") == place for (url,) in rows.fetchall())


def _write_info(writer: WARCWriter, archive: Archive) -> None:
    (at,) = archive.connection.execute("SELECT max(fetched_at) FROM fetches").fetchone()
    at = at or "1970-01-01T00:00:00Z"
    program = f"wdtk-archive/{version('wdtk-archive')}"
    told = {"software": program, "format": _FORMAT, "conformsTo": "http://iipc.github.io/warc-specifications/"}
    block = "".join(f"{name}: {value}\r\n" for name, value in told.items()).encode()
    headers = {"WARC-Record-ID": _identity("warcinfo", at, program), "WARC-Date": at}
    _put(writer, "", "warcinfo", block, headers, "application/warc-fields")


def _write(writer: WARCWriter, record: Record, body: bytes) -> None:
    # White space of any kind as one space: a header that somebody else's file brought may hold a line break.
    kept = [
        (_spelt(name), " ".join(value.split())) for name, value in record.headers.items() if name not in _ON_THE_WAY
    ]
    http = StatusAndHeaders(
        f"200 {HTTPStatus.OK.phrase}", [*kept, ("Content-Length", str(len(body)))], protocol="HTTP/1.1"
    )
    headers = {"WARC-Record-ID": _identity(record.url, record.at, record.sha256), "WARC-Date": record.at}
    made = writer.create_warc_record(
        record.url, "response", payload=BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=headers
    )
    writer.write_record(made)


def _put(writer: WARCWriter, url: str, kind: str, block: bytes, headers: dict[str, str], media: str) -> None:
    made = writer.create_warc_record(
        url, kind, payload=BytesIO(block), length=len(block), warc_content_type=media, warc_headers_dict=headers
    )
    writer.write_record(made)


def _identity(*parts: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(_SPACE, ' '.join(parts))}>"


def _spelt(name: str) -> str:
    """As servers write names; the archive keeps them in lower case."""
    return "ETag" if name == "etag" else "-".join(part.capitalize() for part in name.split("-"))
