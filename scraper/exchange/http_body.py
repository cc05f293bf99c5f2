"""An answer as it went over the wire, read into status, headers and body, however it was packed for the way."""

import re
import zlib
from dataclasses import dataclass

LONGEST_HEAD = 65_536
_MOST_EARLY, _MOST_MEMBERS = 10, 1_000
CUT = "cut off before their end"
PACKED = "packed for the way in a form that is not read here"
NOT_HTTP = "records that hold no answer of a web server"
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")
"""What a header may be called (RFC 9110 section 5.6.2)."""
_OWN_SIZE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class UnusableError(ValueError):
    """An answer that is left; the message is the reason in words."""


class TooBigError(UnusableError):
    """A body that is, or unpacks to, more than the limit."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Status, headers with names in lower case, and the body as a reader of the page has it."""

    status: int
    headers: dict[str, str]
    body: bytes


def read_answer(raw: bytes, *, limit: int) -> Answer:
    """The answer in the block of a WARC record; UnusableError where there is none, or not all of it.

    Chunks are joined and gzip and deflate undone, never beyond ``limit`` bytes. A file whose headers claim chunks or
    packing that its writer has already undone is taken as it lies: several crawlers write such files.
    """
    status, headers, body = _parts(raw)
    chunked = headers.get("transfer-encoding", "").lower().rpartition(",")[2].strip() == "chunked"
    plain = _joined(body) if chunked else body
    if plain is None:
        plain = body
    length = headers.get("content-length", "")
    # A crawler that unpacked the body and kept the old headers may also have a shorter one, never a packed one.
    as_sent = not chunked and (not headers.get("content-encoding") or _is_packed(body))
    if as_sent and length.isascii() and length.isdigit() and len(length) < 16 and int(length) > len(body):
        raise UnusableError(CUT)
    return Answer(status=status, headers=_without_packing(headers), body=_unpacked(plain, headers, limit))


def _parts(raw: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the last answer: before it may come others that say to wait for it (100, 103)."""
    for _ in range(_MOST_EARLY):
        head, separator, raw = _split(raw)
        status, headers = _head(head)
        if not separator:
            raise UnusableError(CUT)
        if not 100 <= status < 200:
            break
    return status, headers, raw


def _split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """At the first empty line, however its writer ends lines: a body may have lines of the other kind."""
    start = raw[: LONGEST_HEAD + 4]
    head, found, _ = min((start.partition(line) for line in (b"\r\n\r\n", b"\n\n")), key=lambda parts: len(parts[0]))
    return head, found, raw[len(head) + len(found) :]


def _head(head: bytes) -> tuple[int, dict[str, str]]:
    first, *rest = head.decode("latin-1").replace("\r\n", "\n").split("\n")
    version, _, told = first.partition(" ")
    code = told[:3]
    if not version.startswith("HTTP/") or not (code.isascii() and code.isdigit()):
        raise UnusableError(NOT_HTTP)
    headers: dict[str, str] = {}
    for line in rest[:500]:
        name, colon, value = line.partition(":")
        key = name.strip().lower()
        if colon and _NAME.fullmatch(key):
            headers[key] = f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
    return int(code), headers


def _joined(body: bytes) -> bytes | None:
    """The chunks as one; ``None`` where it is not made of chunks."""
    pieces: list[bytes] = []
    place = 0
    while True:
        end = body.find(b"\r\n", place, place + 100)
        size = _size(body[place:end]) if end >= 0 else None
        if size is None:
            if place == 0:
                return None
            raise UnusableError(CUT)
        if size == 0:
            return b"".join(pieces)
        piece = body[end + 2 : end + 2 + size]
        if len(piece) < size:
            raise UnusableError(CUT)
        pieces.append(piece)
        place = end + 2 + size + 2


def _size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    try:
        return int(digits, 16) if 0 < len(digits) < 9 and digits[:1] not in b"+-" else None
    except ValueError:
        return None


def _unpacked(body: bytes, headers: dict[str, str], limit: int) -> bytes:
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in {"gzip", "x-gzip"} and _is_packed(body):
        return _gunzipped(body, limit)
    if encoding == "deflate":
        try:
            return _inflated(body, zlib.MAX_WBITS, limit)[0]
        except zlib.error:
            return _deflated(body, limit)
    if encoding in {"br", "zstd", "compress"} and not _is_text(body):
        raise UnusableError(PACKED)
    if len(body) > limit:
        raise TooBigError
    return body


def _deflated(body: bytes, limit: int) -> bytes:
    try:
        return _inflated(body, -zlib.MAX_WBITS, limit)[0]
    except zlib.error:
        return body  # unpacked already


def _gunzipped(body: bytes, limit: int) -> bytes:
    """One gzip member after the other, of which the body is made; what is none behind them is padding."""
    pieces: list[bytes] = []
    while _is_packed(body):
        try:
            piece, body = _inflated(body, 16 + zlib.MAX_WBITS, limit - sum(map(len, pieces)))
        except zlib.error as error:
            raise UnusableError(CUT) from error
        pieces.append(piece)
        if len(pieces) > _MOST_MEMBERS:
            raise UnusableError(PACKED)
    return b"".join(pieces)


def _inflated(body: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    """What it unpacks to, never more than ``limit`` bytes, and what lies behind it."""
    reader = zlib.decompressobj(window)
    plain = reader.decompress(body, limit + 1)
    if len(plain) > limit:
        raise TooBigError
    if not reader.eof:
        raise UnusableError(CUT)
    return plain, reader.unused_data


def _without_packing(headers: dict[str, str]) -> dict[str, str]:
    """Headers of the body as it is kept: what told of its way is no longer true."""
    return {name: value for name, value in headers.items() if name not in _OWN_SIZE}


def _is_packed(body: bytes) -> bool:
    return body[:2] == b"\x1f\x8b"


def _is_text(body: bytes) -> bool:
    try:
        body[:4096].decode("utf-8", "strict" if len(body) <= 4096 else "ignore")
    except UnicodeDecodeError:
        return False
    return b"\0" not in body[:4096] and body.lstrip()[:1] in {b"<", b"{", b"["}
