"""Pages of other requests that name a request: "Requests like this" shows titles and first words (alaveteli.md 3.7).

What such a page was made of stays in its rows; its body is given up when a request that it lists is erased, and comes
again, as the site then has it, with the next look.
"""

import re
import sqlite3
from collections.abc import Iterable

from scraper.archive.times import now
from scraper.removals.release import release

_LINK = re.compile(rb"/request/([a-z0-9_]{1,200})")
_ROW = "INSERT OR IGNORE INTO mentions (slug, sha256) VALUES (?, ?)"
_BLANK = "INSERT INTO files (sha256, size, first_seen_at) VALUES (?, 0, ?) ON CONFLICT DO NOTHING"


def note(connection: sqlite3.Connection, url: str, body: bytes, sha256: str) -> None:
    """Enter which other requests a page of a request leads to."""
    own = url.partition("/request/")[2].partition("?")[0].partition("/")[0].removesuffix(".json")
    slugs = {slug.decode() for slug in _LINK.findall(body)} - {own}
    connection.executemany(_ROW, [(slug, sha256) for slug in sorted(slugs) if not slug.isdigit()])


def blank(connection: sqlite3.Connection, page: str) -> None:
    """Give the empty body ``page`` a row, to stand for a page that may not be kept."""
    connection.execute(_BLANK, [page, now()])


def give_up(connection: sqlite3.Connection, slugs: Iterable[str], page: str) -> None:
    """Give up the pages that list these requests; the empty body ``page`` stands for them."""
    bodies: set[str] = set()
    for slug in slugs:
        bodies |= {one for (one,) in connection.execute("SELECT sha256 FROM mentions WHERE slug = ?", [slug])}
        connection.execute("DELETE FROM mentions WHERE slug = ?", [slug])
    if bodies:
        blank(connection, page)
    for sha256 in bodies:
        connection.execute("UPDATE requests SET page_sha256 = ? WHERE page_sha256 = ?", [page, sha256])
        connection.execute("UPDATE fetches SET sha256 = NULL WHERE sha256 = ?", [sha256])
        connection.execute("DELETE FROM validators WHERE sha256 = ?", [sha256])
    release(connection, bodies | {page})
