"""Where captures wait until all files have been opened: what comes first must not decide what is kept.

One SQLite file without a name, so that nothing of it outlives the process, whatever kills it. Only one body is in
memory at a time.
"""

import json
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from scraper.archive.errors import storage_errors
from scraper.exchange.captures import Address, Capture, Tally

OLDER = "older captures of an address of which a newer one came"
NO_ORIGINAL = "repeats of an answer that is not in what was given"

_TABLE = """
CREATE TABLE captures (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, kind TEXT NOT NULL, url TEXT NOT NULL, key TEXT NOT NULL,
  at TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, dated INTEGER NOT NULL, body BLOB, sha TEXT,
  digest TEXT, original_url TEXT, original_at TEXT, settled INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX by_key ON captures(kind, key, at);
CREATE INDEX by_digest ON captures(digest);
CREATE INDEX by_url ON captures(url, at);
"""
_NEWEST = "ORDER BY at DESC, (status = 200) DESC, sha DESC, url DESC, id"
_REPEATS = """
SELECT id, digest, original_url, coalesce(original_at, ''), at, source FROM captures
WHERE body IS NULL AND id > ? ORDER BY id LIMIT ?
"""
_KEYS = """
SELECT key FROM (SELECT DISTINCT key FROM captures WHERE kind = ? AND key {beyond} ? ORDER BY key LIMIT 10000)
"""
_AT_ONCE = 10_000
"""Rows of repeats and keys that are in memory at a time."""
_COLUMNS = "id, source, kind, url, key, at, status, headers, dated"


@dataclass(frozen=True, kw_only=True)
class Shelved:
    """One capture on the shelf; its body is read when asked for."""

    id: int
    source: int
    address: Address
    at: str
    status: int
    headers: dict[str, str]
    dated: bool
    """Whether it says itself when it was taken."""


class Shelf:
    """Captures of all files of one import; use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.tallies: list[Tally] = []
        self._place = folder
        with storage_errors(folder):
            descriptor, name = tempfile.mkstemp(dir=folder, prefix=".import-", suffix=".tmp")
            os.close(descriptor)
            self._connection = sqlite3.connect(name, isolation_level=None)
            try:
                # Without a journal SQLite never asks for the file by its name again.
                self._connection.execute("PRAGMA journal_mode = OFF")
                self._connection.execute("PRAGMA synchronous = OFF")
                self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                self._connection.execute("PRAGMA cache_size = -8192")
                self._connection.executescript(_TABLE)
            finally:
                Path(name).unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def begin(self, name: str) -> Tally:
        """The tally of the next file; captures that are put from now on are of it."""
        self.tallies.append(Tally(name=name))
        return self.tallies[-1]

    def put(self, capture: Capture, *, digest: str | None = None) -> None:
        """Shelve a capture; ``digest`` is what its file calls the SHA-1 or SHA-256 of the body."""
        # A hash of Python's own would differ from run to run; this only orders captures of one second.
        self._insert(capture, zlib.compress(capture.body, 1), str(zlib.crc32(capture.body)), digest, (None, None))

    def put_repeat(self, capture: Capture, *, digest: str | None, original: tuple[str, str | None]) -> None:
        """Shelve what a file gives as a repeat of another answer: the body comes from that one.

        ``original`` is its address, and when it was taken where that is told.
        """
        self._insert(capture, None, "", digest, original)

    def join_repeats(self) -> None:
        """Give each repeat the body of its original, once all files have been opened; leave those without one."""
        for identity, digest, url, since, at, source in self._repeats():
            original = self._of_digest(digest, at) or self._of_address(digest, url, since, at)
            if original is None:
                self._connection.execute("DELETE FROM captures WHERE id = ?", [identity])
                self.tallies[source].leave(NO_ORIGINAL)
                continue
            self._connection.execute(
                "UPDATE captures SET (status, headers, body, sha) ="
                " (SELECT status, headers, body, sha FROM captures WHERE id = ?) WHERE id = ?",
                [original, identity],
            )
            # A JSON names itself: asked for by its number, the original is under its slug already.
            self._connection.execute(
                "UPDATE captures SET (url, key) = (SELECT url, key FROM captures WHERE id = ?)"
                " WHERE id = ? AND kind = 'request_json'"
                " AND kind = (SELECT kind FROM captures WHERE id = ?)",
                [original, identity, original],
            )

    def _repeats(self) -> Iterator[tuple[int, str | None, str, str, str, int]]:
        """Some at a time, as each is settled before the next is asked for, and a file may hold millions."""
        last = 0
        while rows := self._connection.execute(_REPEATS, [last, _AT_ONCE]).fetchall():
            yield from rows
            last = rows[-1][0]

    def keys(self, *kinds: str) -> Iterator[str]:
        """The keys of captures of these kinds, in order, some at a time."""
        last, beyond = "", ">="
        while rows := self._connection.execute(
            f"{' UNION '.join(_KEYS.format(beyond=beyond) for _ in kinds)} ORDER BY key LIMIT {_AT_ONCE}",
            [value for kind in kinds for value in (kind, last)],
        ).fetchall():
            yield from (key for (key,) in rows)
            last, beyond = rows[-1][0], ">"

    def newest(self, kind: str, key: str) -> list[Shelved]:
        """Captures of one thing, the newest first, whatever order they came in."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM captures WHERE kind = ? AND key = ? {_NEWEST}",  # noqa: S608 - names of this module
            [kind, key],
        )
        return [_shelved(*row) for row in rows.fetchall()]

    def in_time(self, kind: str) -> Iterator[Shelved]:
        """Captures of one kind, the oldest first."""
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM captures WHERE kind = ? ORDER BY at, url, sha", [kind])  # noqa: S608
        return (_shelved(*row) for row in rows.fetchall())

    def body(self, one: Shelved) -> bytes:
        """Its body."""
        (body,) = self._connection.execute("SELECT body FROM captures WHERE id = ?", [one.id]).fetchone()
        return zlib.decompress(body)

    def take(self, one: Shelved, what: str) -> None:
        """Count a capture as taken, once."""
        if self._settle(one):
            self.tallies[one.source].taken[what] += 1

    def leave(self, one: Shelved, reason: str) -> None:
        """Count a capture as left, once."""
        if self._settle(one):
            self.tallies[one.source].leave(reason)

    def leave_the_rest(self) -> None:
        """Count what nothing has decided about: captures older than the ones that were used."""
        rest = self._connection.execute("SELECT source, count(*) FROM captures WHERE settled = 0 GROUP BY source")
        for source, count in rest.fetchall():
            self.tallies[source].leave(OLDER, count)

    def _settle(self, one: Shelved) -> bool:
        done = self._connection.execute("UPDATE captures SET settled = 1 WHERE id = ? AND settled = 0", [one.id])
        return done.rowcount > 0

    def _insert(
        self,
        capture: Capture,
        body: bytes | None,
        sha: str,
        digest: str | None,
        original: tuple[str | None, str | None],
    ) -> None:
        address = capture.address
        row = [
            len(self.tallies) - 1, address.kind, address.url, address.key, capture.at, capture.status,
            json.dumps(capture.headers), capture.dated, body, sha, digest, *original,
        ]  # fmt: skip
        with storage_errors(self._place):
            self._connection.execute(
                "INSERT INTO captures (source, kind, url, key, at, status, headers, dated, body, sha, digest,"
                " original_url, original_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def _of_digest(self, digest: str | None, at: str) -> int | None:
        return self._one("digest = ? AND at <= ?", [digest, at])

    def _of_address(self, digest: str | None, url: str, taken: str, at: str) -> int | None:
        """By address and, where it is told, time; never one that is known to be something else."""
        algorithm = (digest or "").partition(":")[0] + ":"
        return self._one(
            "url = ? AND at <= ? AND ? IN ('', at) AND (? = ':' OR instr(coalesce(digest, ''), ?) <> 1)",
            [url, at, taken, algorithm, algorithm],
        )

    def _one(self, condition: str, values: list[str | None]) -> int | None:
        found = self._connection.execute(
            f"SELECT id FROM captures WHERE body IS NOT NULL AND {condition} {_NEWEST} LIMIT 1",  # noqa: S608 - conditions of this module
            values,
        ).fetchone()
        return int(found[0]) if found else None


def _shelved(*row: Any) -> Shelved:
    """From the columns of ``_COLUMNS``."""
    identity, source, kind, url, key, at, status, headers, dated = row
    address = Address(kind=kind, url=url, key=key)
    return Shelved(
        id=identity, source=source, address=address, at=at, status=status, headers=json.loads(headers),
        dated=bool(dated),
    )  # fmt: skip
