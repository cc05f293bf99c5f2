"""What must hold of a public database before it may replace the last one.

Each check asks the finished file in its own words, not those of the code that filled it, and gives the first few
things that are wrong.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from parsers.documents.probes.probe import PROBE_VERSION
from parsers.privacy.contacts import contacts
from scraper.counts import count_of
from scraper.publishing.making.build import Built
from scraper.publishing.policy import Policy
from scraper.publishing.schema import whole
from scraper.publishing.schema.model import quoted

_SHOWN = 3
_PLACED = """
SELECT f.id FROM {table} AS f JOIN readings AS r ON r.source = f.source
JOIN messages AS m ON m.id = r.message_id
LEFT JOIN pages AS p ON p.attachment_id = r.attachment_id AND p.number = f.page
WHERE substr(iif(r.attachment_id IS NULL, m.text, p.text), f.start + 1, f."end" - f.start) IS NOT f.quote
"""
_AMONG_RENEWED = "IN (SELECT value FROM json_each(:renewed))"
_OF_RENEWED = {
    "requests": f"id {_AMONG_RENEWED}",
    "signals": f"source IN (SELECT source FROM readings WHERE request_id {_AMONG_RENEWED})",  # noqa: S608 - SQL of this module
    "families": "1",
}
"""Which rows of a table are looked at in a renewed copy, where that is not told by ``request_id``."""
_UNMASKED = (
    ("requests", "title"),
    ("messages", "text"),
    ("messages", "hidden_reason"),
    ("attachments", "name"),
    ("attachments", "read_detail"),
    ("pages", "text"),
    ("pages", "title"),
    ("letter_references", "value"),
    ("signals", "value"),
    ("citations", "printed"),
    ("families", "title"),
)
_SHOWN_FILES = """
SELECT a.id, a.sha256 FROM attachments AS a WHERE EXISTS (SELECT 1 FROM pages AS p WHERE p.attachment_id = a.id) AND """
_CLEAR = """
SELECT 1 FROM probes AS p WHERE sha256 = ? AND status = 'probed' AND probe_version = ?
  AND NOT EXISTS (SELECT 1 FROM findings AS f WHERE f.sha256 = p.sha256 AND f.severity = 'holds_back')
"""
_NAMED = """
SELECT 1 FROM requests WHERE slug = ?1
UNION ALL SELECT 1 FROM requests WHERE id = cast(?1 AS INTEGER) AND cast(id AS TEXT) = ?1"""
_NONSENSE = "qzxjkvwqqzx"
_LONG_WORD = re.compile(r"(?<!\S)[A-Za-z]{5,20}(?=[\s.,;:?!]|\Z)")
"""Letters that the index has as a word, as it has none of those in "Section40" or "préfecture" by themselves."""
_COUNTS = {
    "requests": "SELECT count(*) FROM requests WHERE id IN wanted",
    "messages": "SELECT count(*) FROM messages WHERE request_id IN wanted",
    "events": "SELECT count(*) FROM events WHERE request_id IN wanted",
    "attachments": "SELECT count(*) FROM attachments WHERE message_id IN"
    " (SELECT id FROM messages WHERE request_id IN wanted)",
    "authorities": "SELECT count(*) FROM authorities",
    "authority_tags": "SELECT count(*) FROM authority_tags",
    "withdrawals": "SELECT count(*) FROM withdrawals",
    "refusals": "SELECT count(*) FROM refusals",
}
_LISTED = "SELECT count(*) FROM attachments WHERE parent_id IS NULL"
_WANTED = """
WITH wanted(id) AS (
  SELECT id FROM requests
  WHERE (prominence = 'normal' AND noindex = 0 OR :backpage AND prominence IN ('normal', 'backpage'))
    AND 'request/' || id NOT IN (SELECT subject FROM withdrawals)
    AND id NOT IN (SELECT value FROM json_each(:left_out))
)
"""
_SUMS = {
    "files": "attachments <> read + unreadable + held_back + refused + waiting OR requests_read > fetched",
    "requests": "found <> fetched + missing + refused_by_robots + hidden + not_found + kept_back"
    " OR listed > found OR missing > listed"
    " OR fetched <> (SELECT count(*) FROM requests WHERE requests.authority_id = coverage.authority_id)",
}
_UNHELD = """
FROM listed WHERE slug NOT IN (SELECT slug FROM requests)
  AND (request_id IS NULL OR request_id NOT IN (SELECT id FROM requests))
"""
_MET = f"""
SELECT (SELECT count(*) FROM requests) + (SELECT count(DISTINCT coalesce(request_id, slug)) {_UNHELD}) + (
  SELECT count(*) FROM withdrawals WHERE erased_at IS NOT NULL AND of_authority IN (SELECT id FROM authorities)
    AND subject LIKE 'request/%' AND request_id NOT IN (SELECT id FROM requests)
    AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.request_id = withdrawals.request_id))
"""  # noqa: S608 - as above
_MISSING = f"""
SELECT count(*) {_UNHELD} AND request_id IS NULL AND NOT EXISTS (
  SELECT 1 FROM refusals WHERE reason IN ('robots', 'hidden', 'not_found')
    AND url IN (:base || slug, :base || slug || '.json', :base || slug || '?unfold=1'))
"""  # noqa: S608 - as above


@dataclass(frozen=True, kw_only=True)
class Finished:
    """What the checks look at."""

    public: sqlite3.Connection
    archive: sqlite3.Connection
    policy: Policy
    built: Built
    renewed: Sequence[int] | None = None
    """The requests of which it has other rows than the database that it is a copy of; None where it is no copy."""

    def among(self, name: str = "request_id", *, table: str = "") -> str:
        """The condition for rows that no other database had, with ``given`` for what it leaves open."""
        if self.renewed is None:
            return "1"
        return _OF_RENEWED.get(table, f"{name} {_AMONG_RENEWED}")

    @property
    def given(self) -> dict[str, str]:
        """For statements with ``among``."""
        return {} if self.renewed is None else {"renewed": json.dumps([*self.renewed])}


Check = Callable[[Finished], Iterator[str]]


def integrity(finished: Finished) -> Iterator[str]:
    """The file itself is sound. Of a renewed copy its first database was, and reading it all would take longest."""
    for (line,) in finished.public.execute(f"PRAGMA integrity_check({_SHOWN})") if finished.renewed is None else ():
        if line != "ok":
            yield str(line)


def foreign_keys(finished: Finished) -> Iterator[str]:
    """Every row that points somewhere points to a row."""
    for table, rowid, parent, _ in finished.public.execute("PRAGMA foreign_key_check"):
        yield f"row {rowid} of {table} points to no row of {parent}"


def row_counts(finished: Finished) -> Iterator[str]:
    """There are as many rows as the archive has under the policy."""
    given = {"backpage": finished.policy.backpage, "left_out": json.dumps(sorted(finished.built.failed))}
    for table, statement in _COUNTS.items():
        expected = finished.archive.execute(_WANTED + statement, given).fetchone()[0]
        found = _listed(finished.public) if table == "attachments" else _count(finished.public, table)
        if found != expected:
            yield f"{table} has {count_of(found, 'row')}, and the archive {expected:,} to publish"


def quotes(finished: Finished) -> Iterator[str]:
    """Every citation, reference and signal stands where it says, in the text as published."""
    for table in ("citations", "letter_references", "signals"):
        statement = f"{_PLACED.format(table=table)} AND {finished.among('r.request_id')}"
        for (identity,) in finished.public.execute(statement, finished.given):
            yield f"the quote of {identity} is not where it says"


def search(finished: Finished) -> Iterator[str]:
    """Full-text search finds a word that is there, and nothing for one that is not."""
    for table, columns in whole.FULL_TEXT.items():
        for column in columns:
            word = _some_word(finished.public, table, column)
            if word and not _found(finished.public, table, word):
                yield f"searching {table} for {word} finds nothing, though the word is there"
        if _found(finished.public, table, _NONSENSE):
            yield f"searching {table} for {_NONSENSE} finds something"


def masking(finished: Finished) -> Iterator[str]:
    """No e-mail address and no telephone number is left in what is published."""
    for table, column in _UNMASKED if finished.policy.mask_contacts else ():
        statement = f"SELECT id, {quoted(column)} FROM {quoted(table)} WHERE {quoted(column)} IS NOT NULL"  # noqa: S608 - names of this module
        among = finished.among(table=table)
        for identity, text in finished.public.execute(f"{statement} AND {among}", finished.given):
            if contacts(text):
                yield f"{column} of {table} {identity} holds an e-mail address or a telephone number"


def probed(finished: Finished) -> Iterator[str]:
    """Nothing is shown of a file that was not probed, or in which a probe found something hidden."""
    for identity, sha256 in finished.public.execute(_SHOWN_FILES + finished.among("a.request_id"), finished.given):
        if finished.archive.execute(_CLEAR, [sha256, PROBE_VERSION]).fetchone() is None:
            yield f"the text of {identity} is shown, and no probe has cleared it"


def coverage(finished: Finished) -> Iterator[str]:
    """The fates of each authority's files and requests add up, and nothing that was found is left out."""
    for told, wrong in _SUMS.items():
        for (identity,) in finished.public.execute(f"SELECT authority_id FROM coverage WHERE {wrong}"):  # noqa: S608 - names of this module
            yield f"the {told} of authority {identity} do not add up"
    (found,) = finished.public.execute("SELECT coalesce(sum(found), 0) FROM coverage").fetchone()
    (aside,) = finished.public.execute(
        "SELECT coalesce(sum(value), 0) FROM about WHERE key = 'requests_of_unknown_authorities'"
    ).fetchone()
    (expected,) = finished.archive.execute(_MET).fetchone()
    if found + aside != expected:
        yield f"coverage tells of {count_of(found + aside, 'request')}, and the archive has met {expected:,}"


def refused_not_missing(finished: Finished) -> Iterator[str]:
    """No request that robots.txt or the site refuses is counted as one that is merely missing."""
    (source,) = finished.public.execute("SELECT coalesce(max(value), '') FROM about WHERE key = 'source'").fetchone()
    (missing,) = finished.public.execute("SELECT coalesce(sum(missing), 0) FROM coverage").fetchone()
    (most,) = finished.archive.execute(_MISSING, {"base": f"{source}/request/"}).fetchone()
    if missing > most:
        said = count_of(missing, "request is", "requests are")
        yield f"{said} said to be missing, and all but {most:,} of them are refused"


def addresses(finished: Finished) -> Iterator[str]:
    """No refusal shows the address of a request that is not published."""
    shown = finished.public.execute("SELECT id, url FROM refusals WHERE url LIKE '%/request/%'")
    for identity, url in shown:
        named = re.split(r"[/.?#]", url.partition("/request/")[2], maxsplit=1)[0]
        if finished.public.execute(_NAMED, [named]).fetchone() is None:
            yield f"refusal {identity} shows the address of a request that is not here"


CHECKS: tuple[Check, ...] = (
    integrity,
    foreign_keys,
    row_counts,
    quotes,
    search,
    masking,
    probed,
    coverage,
    refused_not_missing,
    addresses,
)


def first_failure(finished: Finished, checks: tuple[Check, ...] = CHECKS) -> str | None:
    """The name of the first check that fails, with a few of the things that are wrong; None when all hold."""
    for check in checks:
        wrong = list(islice(check(finished), _SHOWN))
        if wrong:
            return f"{check.__name__.replace('_', ' ')}: {'; '.join(wrong)}"
    return None


def _listed(connection: sqlite3.Connection) -> int:
    """How many files there are without those inside others."""
    return int(connection.execute(_LISTED).fetchone()[0])


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()[0])  # noqa: S608 - names of the schema


def _some_word(connection: sqlite3.Connection, table: str, column: str) -> str | None:
    statement = f"SELECT {quoted(column)} FROM {quoted(table)} WHERE {quoted(column)} IS NOT NULL LIMIT 100"  # noqa: S608 - names of the schema
    found = (_LONG_WORD.search(text) for (text,) in connection.execute(statement))
    return next((match[0] for match in found if match), None)


def _found(connection: sqlite3.Connection, table: str, word: str) -> bool:
    index = quoted(f"{table}_fts")
    statement = f"SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT 1"  # noqa: S608 - names of the schema
    return connection.execute(statement, [f'"{word}"']).fetchone() is not None
