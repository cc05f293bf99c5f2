"""Names that are kept as fingerprints alone: slugs of forgotten requests, and names of forgotten files.

A slug holds the words of a title, and the name of a file may name a person. Without either, one that was forgotten
would come back under the next list that shows it, or under the next number that the site gives it.
"""

import hashlib
import sqlite3
from collections.abc import Collection, Iterable

_KNOWN = "SELECT 1 FROM forgotten_slugs WHERE fingerprint = ?"
_SLUG = "INSERT OR REPLACE INTO forgotten_slugs (fingerprint, request_id) VALUES (?, ?)"
_NAMES = "SELECT subject, message_id, fingerprint FROM forgotten_names WHERE message_id = ?"
_NAME = """
INSERT OR REPLACE INTO forgotten_names (subject, message_id, fingerprint) VALUES (?, ?, ?)
"""


def of(*words: str) -> str:
    """The fingerprint of these words together."""
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def enter_slugs(connection: sqlite3.Connection, slugs: Iterable[str], request_id: int) -> None:
    """Enter the slugs of a forgotten request; a request that lost its slug to another has none."""
    named = [slug for slug in slugs if not slug.startswith("#")]
    connection.executemany(_SLUG, [(of(slug), request_id) for slug in named])


def is_forgotten(connection: sqlite3.Connection, slug: str) -> bool:
    """Whether a forgotten request had this slug."""
    return connection.execute(_KNOWN, [of(slug)]).fetchone() is not None


def give_up_slug(connection: sqlite3.Connection, slug: str) -> None:
    """Enter that a slug is that of another request by now, which is held."""
    connection.execute("DELETE FROM forgotten_slugs WHERE fingerprint = ?", [of(slug)])


def enter_name(connection: sqlite3.Connection, subject: str, message_id: str, name: str) -> None:
    """Enter the name of a forgotten file."""
    connection.execute(_NAME, [subject, message_id, of(message_id, name)])


def numbered_anew(
    connection: sqlite3.Connection, message_id: str, listed: Collection[tuple[str, str | None]]
) -> dict[str, str]:
    """Forgotten files of a message that the site numbered anew: the old id of each, by its new one.

    ``listed`` are the ids and names of the files that the message has. Only one that is not held is taken for another,
    and only for one that is listed no more (``missing.renumbered``).
    """
    known = connection.execute(_NAMES, [message_id]).fetchall() if listed else []
    ids = {identity for identity, _ in listed}
    waiting = {subject: fingerprint for subject, _, fingerprint in known if subject not in ids}
    found: dict[str, str] = {}
    for identity, name in listed if waiting else ():
        held = connection.execute("SELECT 1 FROM attachments WHERE id = ?", [identity]).fetchone()
        same = [one for one, fingerprint in waiting.items() if name and fingerprint == of(message_id, name)]
        if same and not held:
            found[identity] = same[0]
            del waiting[same[0]]
    return found
