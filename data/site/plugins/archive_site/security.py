"""Headers that hold a page to what it says it is: no script, no frame, no other host, no trace left elsewhere."""

from collections.abc import Awaitable, Callable, MutableMapping
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

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = with_headers(message.get("headers") or [], scope)
            await send(message)

        if scope["method"] in READING:
            await app(scope, receive, send_with_headers)
        else:
            await _refuse(send_with_headers)

    return guard


def with_headers(given: list[Any], scope: Message) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with ours in place of any of the same name."""
    headers = {bytes(name).lower(): bytes(value) for name, value in given if bytes(name).lower() != b"set-cookie"}
    headers |= HEADERS
    if scope["path"].endswith((".css", ".svg")) and scope.get("query_string", b"").startswith(b"v="):
        headers[b"cache-control"] = A_YEAR
    cookies = [(b"set-cookie", bytes(value)) for name, value in given if bytes(name).lower() == b"set-cookie"]
    return [*headers.items(), *cookies]


async def _refuse(send: Send) -> None:
    body = b"This site can only be read: use GET.\n"
    start = {"type": "http.response.start", "status": 405}
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"allow", b"GET, HEAD, OPTIONS")]
    await send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})
