"""Captures in a WARC file, whoever wrote it: WARC/1.0 and 1.1, plain, gzip by record or as a whole, cut off or not.

The file is read once from its beginning, one record at a time; records of no use are passed over without being held.
"""

import gzip
import itertools
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOBase
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from scraper.exchange.addresses import Addresses
from scraper.exchange.captures import LATER, TOO_BIG, Address, Capture, Tally, is_later, moment, of_no_use
from scraper.exchange.http_body import CUT, NOT_HTTP, Answer, TooBigError, UnusableError, read_answer
from scraper.exchange.saved import json_key
from scraper.exchange.shelf import Shelf

NO_TIME = "records without a time"
NO_LENGTH = "records that do not say how long they are"
NO_ANSWER = "records that tell of the crawl and are no answers"
IN_SEGMENTS = "records in several segments"
DAMAGED = "the rest of the file, which is damaged or cut off"

_LONGEST_LINE = 65_536
_LONGEST_HEAD = 1_048_576
_GIVES_UP = (ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, EOFError, gzip.BadGzipFile, zlib.error)
"""What the reader of records raises where a file is no WARC from there on; EOFError and ValueError of gzip too."""


class _Bounded(DecompressingBufferedReader):  # type: ignore[misc]  # warcio has no types
    """Lines and heads that never end would be held in memory without a bound."""

    head = 0

    def readline(self, length: int | None = None) -> bytes:
        """At most 64 KiB of a line, and a megabyte of lines between two records."""
        line: bytes = super().readline(min(length or _LONGEST_LINE, _LONGEST_LINE))
        self.head += len(line)
        if self.head > _LONGEST_HEAD:
            raise ValueError("the head of a record does not end")
        return line


class _Silent(TextIOBase):
    def write(self, _text: str) -> int:
        return 0


def shelve_warc(file: IO[bytes], shelf: Shelf, addresses: Addresses, tally: Tally, *, limit: int) -> None:
    """Put every capture of the site in ``file`` on the shelf; the tally says what was left and why.

    ``limit`` is the most bytes of one body. Never raises for what the file holds: what cannot be read ends the
    reading, and the tally says so.
    """
    reader = _Reader(shelf, addresses, tally, limit)
    try:
        for record in _records(file):
            reader.take(record)
    except _GIVES_UP:
        tally.leave(DAMAGED)


def _records(file: IO[bytes]) -> Iterator[Any]:
    read = 0
    try:
        for record in _iterate(file):
            read += 1
            yield record
    except ArchiveLoadFailed as error:
        if "non-chunked gzip" not in str(error):
            raise
        file.seek(0)
        with gzip.GzipFile(fileobj=file) as whole:  # one gzip around several records: not the rule, but it is met
            yield from itertools.islice(_iterate(whole), read, None)


def _iterate(file: IO[bytes] | gzip.GzipFile) -> Iterator[Any]:
    records = ArchiveIterator(file, no_record_parse=True)
    bounded = records.reader = _Bounded(records.fh)
    records.known_format = "warc"
    while True:
        with _quiet():
            record = next(records, None)
        if record is None:
            return
        bounded.head = 0
        yield record
        bounded.head = 0


@contextmanager
def _quiet() -> Iterator[None]:
    """The reader of records prints its warnings; what they mean for a file is told in its tally."""
    kept, sys.stderr = sys.stderr, _Silent()
    try:
        yield
    finally:
        sys.stderr = kept


class _Reader:
    def __init__(self, shelf: Shelf, addresses: Addresses, tally: Tally, limit: int) -> None:
        self._shelf = shelf
        self._addresses = addresses
        self._tally = tally
        self._limit = limit

    def take(self, record: Any) -> None:
        """Shelve one record, or count why not."""
        kind = record.rec_type
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        if kind not in {"response", "resource", "revisit"} or url.startswith("urn:"):
            self._tally.leave(NO_ANSWER)
            return
        address = self._addresses.read(url)
        if isinstance(address, str):
            self._tally.leave(address)
            return
        try:
            self._shelve(record, address)
        except TooBigError:
            self._tally.leave(TOO_BIG)
        except UnusableError as error:
            self._tally.leave(str(error))

    def _shelve(self, record: Any, address: Address) -> None:
        header = record.rec_headers.get_header
        at = moment(header("WARC-Date"))
        if at is None or is_later(at):
            raise UnusableError(NO_TIME if at is None else LATER)
        if header("WARC-Segment-Number") or record.rec_type == "continuation":
            raise UnusableError(IN_SEGMENTS)
        if header("WARC-Truncated"):
            raise UnusableError(CUT)
        answer = self._answer(record)
        if (why := of_no_use(address.kind, answer.status)) and record.rec_type != "revisit":
            raise UnusableError(why)
        slug = json_key(answer.body) if address.kind == "request_json" else None
        if slug is not None:  # it may have been asked for by number, or under a name of before
            address = self._addresses.request_json(slug)
        capture = Capture(address=address, at=at, status=answer.status, headers=answer.headers, body=answer.body)
        digest = (header("WARC-Payload-Digest") or "").lower() or None
        if record.rec_type == "revisit":
            original = self._addresses.read(header("WARC-Refers-To-Target-URI") or "")
            url = address.url if isinstance(original, str) else original.url
            told = moment(header("WARC-Refers-To-Date"))
            self._shelf.put_repeat(capture, digest=digest, original=(url, told))
        else:
            self._shelf.put(capture, digest=digest)

    def _answer(self, record: Any) -> Answer:
        room = self._limit + _LONGEST_LINE
        if record.length is None:  # then it would reach into the records behind it
            raise UnusableError(NO_LENGTH)
        if record.length > room:
            raise TooBigError
        with _quiet():
            raw: bytes = record.raw_stream.read(room)
        if record.rec_type == "revisit":
            with suppress(UnusableError):  # a repeat need not say more than of what
                return read_answer(raw + b"\r\n\r\n", limit=self._limit)
            return Answer(status=200, headers={}, body=b"")
        if len(raw) < record.length:
            raise UnusableError(CUT)
        if record.rec_type == "response":
            return read_answer(raw, limit=self._limit)
        if len(raw) > self._limit:
            raise TooBigError
        media = record.rec_headers.get_header("Content-Type") or ""
        if media.startswith("application/http"):
            raise UnusableError(NOT_HTTP)
        return Answer(status=200, headers={"content-type": media}, body=raw)
