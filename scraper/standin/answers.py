"""Answers of the site: status, headers and body, with the headers the real one sends (alaveteli.md 4.5)."""

import hashlib
import json
from dataclasses import dataclass, field, replace

HTML = "text/html; charset=utf-8"
COMMON = {
    "X-Frame-Options": "sameorigin",
    "X-Content-Type-Options": "nosniff",
    "X-XSS-Protection": "1",
    "X-Permitted-Cross-Domain-Policies": "none",
}
COOKIE = {"Set-Cookie": "locale=en; path=/; SameSite=Lax; secure"}
LOCALE = {"Content-Language": "en", "Vary": "Cookie"}
HOUR, DAY = "max-age=3600, public", "max-age=86400, public"
REVALIDATE = "max-age=0, private, must-revalidate"


@dataclass(frozen=True)
class Answer:
    """One answer; ``validated`` answers carry a weak ETag and may be 304."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    validated: bool = False

    def with_headers(self, **headers: str) -> "Answer":
        """The same with more headers; underscores stand for hyphens."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **more})

    def finished(self, if_none_match: str | None) -> "Answer":
        """The answer as it goes out: with its ETag, or 304 where the client holds it already."""
        if not self.validated:
            return self
        etag = f'W/"{hashlib.sha256(self.body).hexdigest()[:32]}"'
        headers = {**self.headers, "ETag": etag}
        if if_none_match and etag in {tag.strip() for tag in if_none_match.split(",")}:
            kept = {name: value for name, value in headers.items() if not name.startswith("Content-")}
            return Answer(304, kept)
        return replace(self, headers=headers)


def page(body: str, *, status: int = 200, cache: str = HOUR, cookie: bool = True) -> Answer:
    """An HTML page."""
    headers = {**LOCALE, **COMMON, "Content-Type": HTML, "Cache-Control": cache, **(COOKIE if cookie else {})}
    return Answer(status, headers, body.encode(), validated=status == 200)


def document(value: object, *, cache: str = HOUR) -> Answer:
    """A JSON document."""
    headers = {**LOCALE, **COMMON, **COOKIE, "Content-Type": "application/json; charset=utf-8", "Cache-Control": cache}
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(200, headers, body, validated=True)


def redirect(location: str, *, status: int = 301) -> Answer:
    """To another address."""
    return Answer(status, {**COMMON, "Location": location, "Content-Type": HTML, "Cache-Control": "no-cache"})


def not_acceptable() -> Answer:
    """406 with an empty body, for formats that a page does not have (1.1)."""
    headers = {
        "Content-Language": "en",
        **COMMON,
        **COOKIE,
        "Content-Type": "application/json",
        "Cache-Control": "no-cache",
    }
    return Answer(406, headers)


def empty_json(status: int) -> Answer:
    """A refusal of a JSON document: no body."""
    headers = {**LOCALE, **COMMON, **COOKIE, "Content-Type": "application/json", "Cache-Control": HOUR}
    return Answer(status, headers)


STATIC_404 = """<!doctype html>
<html lang="en">
  <head>
    <title>The page you were looking for doesn't exist (404 Not found)</title>
    <meta charset="utf-8">
    <meta name="robots" content="noindex, nofollow">
  </head>
  <body>
    <main>
      <article>
        <p><strong>There is no such page.</strong> It may have moved.</p>
      </article>
    </main>
  </body>
</html>
"""


def router_404() -> Answer:
    """The router's own 404: a static page without the site's layout (1.1)."""
    return Answer(404, {**COMMON, "Content-Type": HTML}, STATIC_404.encode())
