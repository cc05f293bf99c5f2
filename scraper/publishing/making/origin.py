"""From what a database was made: the archive and its state, and the program and policy that made it.

A database made by another program, or under another policy, says nothing about what this one would make, so it is
built anew as a whole. The program is known by its own source, so that no change of it can be forgotten.
"""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scraper.publishing.policy import Policy
from scraper.publishing.schema import whole
from scraper.source import program

_KEYS = ("archive_id", "archive_change", "made_by", "token", "whole_at")
_PART = 1 << 20
_TOKENS = 8
"""How many of the last databases an archive knows as its own."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What a public database was made from."""

    archive_id: str
    change: int
    """The newest change of the archive that is in it (``touched.sql``)."""
    made_by: str
    """A hash of the program, the policy and the site."""
    token: str
    """A word that the archive keeps: one that was put back from a copy does not know those of what came after."""
    whole_at: str
    """When it, or the one that it is a renewed copy of, was built as a whole."""

    def facts(self) -> dict[str, str | int]:
        """As ``about`` tells it."""
        return dict(zip(_KEYS, (self.archive_id, self.change, self.made_by, self.token, self.whole_at), strict=True))


def origin_of(archive: sqlite3.Connection, policy: Policy, *, site: str, at: str) -> Origin:
    """What a database would be made from now, as a whole."""
    (identity,) = archive.execute("SELECT value FROM about WHERE key = 'archive_id'").fetchone()
    (change,) = archive.execute("SELECT number FROM touches").fetchone()
    made_by = _hash(program(), repr(policy), site)
    token = _hash(identity, str(change), made_by, at)[:16]
    return Origin(archive_id=identity, change=change, made_by=made_by, token=token, whole_at=at)


def renewable(archive: sqlite3.Connection, last: Origin, now: Origin, *, most_days: int) -> bool:
    """Whether a copy of the database from ``last``, renewed, is what would be built from ``now``."""
    same = (last.archive_id, last.made_by) == (now.archive_id, now.made_by) and last.change <= now.change
    return same and last.token in _known(archive) and _days(last.whole_at, now.whole_at) in range(most_days)


def is_as_made(archive: sqlite3.Connection, last: Origin, digest: str) -> bool:
    """Whether a file with that digest is the database from ``last`` as it was put into its place."""
    return _known(archive).get(last.token) == digest


def remember(archive: sqlite3.Connection, origin: Origin, digest: str) -> None:
    """Note in the archive that a database of it, a file with that digest, is in its place."""
    told = json.dumps(dict([*_known(archive).items(), (origin.token, digest)][-_TOKENS:]))
    archive.execute("INSERT OR REPLACE INTO about (key, value) VALUES ('published', ?)", [told])


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copied(source: Path, target: Path) -> str:
    """Write the bytes of ``source`` over those of ``target``; gives their SHA-256."""
    digest = hashlib.sha256()
    with source.open("rb") as read, target.open("r+b") as written:
        written.truncate()
        while part := read.read(_PART):
            digest.update(part)
            written.write(part)
    return digest.hexdigest()


def last_published(public: Path) -> Origin | None:
    """What the database at ``public`` was made from; None where there is none, or none that tells."""
    if not public.is_file():
        return None
    with closing(sqlite3.connect(f"{public.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            told = dict(connection.execute("SELECT key, value FROM about").fetchall())
            (tables,) = connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError:
            return None
    if not told.keys() >= set(_KEYS) or str(tables) != whole.SCHEMA_VERSION or not told["archive_change"].isdecimal():
        return None
    return Origin(
        archive_id=told["archive_id"],
        change=int(told["archive_change"]),
        made_by=told["made_by"],
        token=told["token"],
        whole_at=told["whole_at"],
    )


def _hash(*told: str) -> str:
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _known(archive: sqlite3.Connection) -> dict[str, str]:
    """The digests of the last databases by their tokens."""
    kept = archive.execute("SELECT value FROM about WHERE key = 'published'").fetchone()
    told = json.loads(kept[0]) if kept else {}
    return told if isinstance(told, dict) else {}


def _days(earlier: str, later: str) -> int:
    try:
        return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])).days
    except ValueError:
        return -1
