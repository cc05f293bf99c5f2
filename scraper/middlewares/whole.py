"""Whether an answer came whole: transfer compression undone under a limit, and pages read to their last tag.

A length that lies and a compressed body that breaks off leave no trace in the connection. Scrapy's own middleware
takes what it got for the whole, and its limit for an odd kind of refusal.
"""

import zlib
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response

CUT = "cut"
"""Flag of a response that is not whole: RetryMiddleware asks for it again."""

_ENCODINGS = "gzip, deflate"
_GZIP = frozenset({"gzip", "x-gzip"})
_LAST_TAG = b"</html>"
_TAIL = 2_048
_ANY_FORMAT = 32 + zlib.MAX_WBITS


class _BrokenError(ValueError):
    """The compressed bytes are not those of a whole body."""


class WholeMiddleware:
    """Gives plain bodies, and marks those that are not whole."""

    def __init__(self, crawler: Crawler) -> None:
        self._most = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Say which compression is understood."""
        request.headers.setdefault("Accept-Encoding", _ENCODINGS)

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer without its compression. Raises DownloadCancelledError where it is larger than the limit."""
        encodings = _encodings(response)
        if encodings and response.body:
            most = request.meta.get("download_maxsize", self._most)
            try:
                body = _unpacked(response.body, encodings, most)
            except _BrokenError:
                return _cut(response)
            response = response.replace(body=body)
            del response.headers[b"Content-Encoding"]
        return _cut(response) if response.status == 200 and not _ends(response) else response


def _encodings(response: Response) -> list[str]:
    values = b",".join(response.headers.getlist(b"Content-Encoding")).decode("latin-1").lower()
    return [name for name in (part.strip() for part in values.split(",")) if name not in {"", "identity"}]


def _cut(response: Response) -> Response:
    return response.replace(flags=[*response.flags, CUT])


def _unpacked(body: bytes, encodings: list[str], most: int) -> bytes:
    for encoding in reversed(encodings):
        if encoding in _GZIP:
            body = _inflated(body, _ANY_FORMAT, most)
        elif encoding == "deflate":
            # Zlib's format by the standard, and bare by what many servers send.
            body = _inflated(body, zlib.MAX_WBITS if body[:1] == b"\x78" else -zlib.MAX_WBITS, most)
        else:
            raise _BrokenError(encoding)
    return body


def _inflated(body: bytes, bits: int, most: int) -> bytes:
    """All members of a compressed body, one after the other; never more than ``most`` bytes are made of them."""
    parts, size, rest = list[bytes](), 0, body
    while rest:
        unpacker = zlib.decompressobj(bits)
        try:
            part = unpacker.decompress(rest, most - size + 1)
        except zlib.error as error:
            if parts:
                break  # whatever follows a whole body is not part of it
            raise _BrokenError(str(error)) from error
        size += len(part)
        if size > most:
            raise DownloadCancelledError(f"the answer is larger than {most} bytes when it is unpacked")
        if not unpacker.eof:
            raise _BrokenError("it breaks off")
        parts.append(part)
        rest = unpacker.unused_data
    return b"".join(parts)


def _ends(response: Response) -> bool:
    """Whether a page of the site has its last tag; what somebody attached may be a page that never had one."""
    kind = (response.headers.get(b"Content-Type") or b"").lower()
    path = urlsplit(response.url).path
    if not kind.startswith(b"text/html") or "/attach/" in path or path == "/robots.txt":
        return True
    return _LAST_TAG in response.body[-_TAIL:].lower()
