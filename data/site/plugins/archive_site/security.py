"""Headers that hold a page to what it says it is: no script, no frame, no other host, no trace left elsewhere."""

from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

POLICY = "; ".join(
    (
        "default-src 'none'",  # the site's pages hold no script, so that none can be slipped in by a letter
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"x-robots-tag": b"noindex, nofollow",
    b"permissions-policy": b"camera=(), geolocation=(), interest-cohort=(), microphone=()",
    b"cross-origin-opener-policy": b"same-origin",
}
READING = frozenset({"GET", "HEAD", "OPTIONS"})
A_YEAR = b"public, max-age=31536000, immutable"


def guarded(app: App) -> App:
    """``app`` with the headers on every answer, refusing every method that does more than read."""

    async def guard(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        unchanged = False

        async def send_with_headers(message: Message) -> None:
            nonlocal unchanged
            if message["type"] == "http.response.start":
                message["headers"] = with_headers(message.get("headers") or [], scope)
                unchanged = message["status"] == 200 and is_known(dict(message["headers"]), dict(scope["headers"]))
                await send(_not_modified(message) if unchanged else message)
            elif not unchanged:
                await send(message)
            elif not message.get("more_body"):
                await send({**message, "body": b""})

        if scope["method"] in READING:
            await app(scope, receive, send_with_headers)
        else:
            await _refuse(send_with_headers)

    return guard


def with_headers(given: list[Any], scope: Message) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with ours in place of any of the same name."""
    headers = {bytes(name).lower(): bytes(value) for name, value in given if bytes(name).lower() != b"set-cookie"}
    headers |= HEADERS
    # Feeds, JSON and records for citing name the host that was asked: none may be kept for another host.
    headers[b"vary"] = b", ".join(filter(None, [headers.get(b"vary"), b"Host"]))
    if scope["path"].endswith((".css", ".svg")) and scope.get("query_string", b"").startswith(b"v="):
        headers[b"cache-control"] = A_YEAR
    cookies = [(b"set-cookie", bytes(value)) for name, value in given if bytes(name).lower() == b"set-cookie"]
    return [*headers.items(), *cookies]


def is_known(answer: dict[bytes, bytes], asked: dict[bytes, bytes]) -> bool:
    """Whether whoever asks has the answer already, by its tag or, where no tag is named, by its time (RFC 9110, 13)."""
    if named := asked.get(b"if-none-match"):
        own = _tag(answer.get(b"etag", b""))
        return bool(own) and (named.strip() == b"*" or own in map(_tag, named.split(b",")))
    since, changed = _time(asked.get(b"if-modified-since")), _time(answer.get(b"last-modified"))
    return since is not None and changed is not None and changed <= since


def _tag(tag: bytes) -> bytes:
    return tag.strip().removeprefix(b"W/")


def _time(value: bytes | None) -> datetime | None:
    try:
        found = parsedate_to_datetime((value or b"").decode("latin-1"))
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC)


def _not_modified(start: Message) -> Message:
    kept = [(name, value) for name, value in start["headers"] if not name.startswith(b"content-") or b"policy" in name]
    return {**start, "status": 304, "headers": kept}


async def _refuse(send: Send) -> None:
    body = b"This site can only be read: use GET.\n"
    start = {"type": "http.response.start", "status": 405}
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"allow", b"GET, HEAD, OPTIONS")]
    await send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})
