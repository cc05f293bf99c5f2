"""Erasing what was confirmed as removed: rows, stored bytes, what was read of them, and what the ledger tells of them.

The order is such that a kill at any moment leaves a thing erased or still to be erased, and the next run goes on: the
rows of a subject go in one transaction, which enters the bodies that nothing needs any more (``release``); then the
files go; then the write-ahead log is emptied, and what is left between the rows is overwritten, once for all subjects
of the round, as that goes through the whole database. Only then does the tombstone say ``erased_at``.

The caller holds the job's lock (``scraper.archive.lock``), so that nobody else writes.
"""

import logging
import sqlite3
from collections import Counter
from dataclasses import dataclass, field

from scraper.archive import fingerprints, runs
from scraper.archive.database import Archive
from scraper.archive.errors import storage_errors
from scraper.archive.times import now
from scraper.counts import count_of
from scraper.errors import WdtkError
from scraper.removals import forgotten, mentions, suspects, traces
from scraper.removals.evidence import SCANNED, many_at_once
from scraper.removals.missing import Kind, kind_of
from scraper.removals.release import release, release_rows, unlink_released, unlink_strays
from scraper.removals.scan import Scanned, scan
from scraper.removals.withdrawals import FORGOTTEN

HELD, HELD_PARTS = "removals_held_as_outage", "parts_held_as_outage"
"""Counts of the requests that are doubted because many went at once, or many lost parts: a person should look."""
_MARK = "changes_erased"
"""Row of ``about``: up to which row of ``changes`` the ledger was cleaned."""
_SWEPT = "strays_swept"
"""Row of ``about``: the last run that was killed and after which files without rows were looked for."""
_DUE = """
SELECT subject, request_id, state FROM withdrawals WHERE confirmed_at IS NOT NULL AND erased_at IS NULL ORDER BY subject
"""
_SUSPECTS = """
SELECT run_id, count(DISTINCT request_id)
FROM withdrawals INDEXED BY withdrawals_unended CROSS JOIN changes USING (subject, request_id)
WHERE subject = 'request/' || request_id AND kind IN ('hidden', 'not_found') AND erased_at IS NULL
  AND state IN ('hidden', 'not_found') AND evidence <> 'many_at_once' AND seen_at >= first_seen_at
GROUP BY run_id
"""
_LOOKED_AT = """
SELECT count(DISTINCT url) FROM fetches WHERE run_id = ? AND page_kind = 'request_json' AND status IN (200, 304)
"""
_DOUBT = """
UPDATE withdrawals SET evidence = 'many_at_once', confirmed_at = NULL
WHERE erased_at IS NULL AND subject = 'request/' || request_id AND state IN ('hidden', 'not_found') AND subject IN
  (SELECT subject FROM changes WHERE run_id = ? AND kind IN ('hidden', 'not_found'))
"""
_FILES = "SELECT sha256 FROM attachments WHERE (id = :subject OR message_id = :subject) AND sha256 IS NOT NULL"
_SLUGS = """
SELECT slug FROM requests WHERE id = :request UNION SELECT slug FROM listed WHERE request_id = :request ORDER BY 1
"""
_COUNTED = """
UPDATE withdrawals SET of_authority = requests.authority_id, was_listed =
  EXISTS (SELECT 1 FROM listed WHERE request_id = requests.id OR listed.slug = requests.slug)
FROM requests WHERE requests.id = :request AND subject = 'request/' || requests.id
"""
_CHANGED = "SELECT id, request_id FROM changes WHERE id > ? AND id <= ? ORDER BY id LIMIT ?"
_AT_ONCE = 10_000
"""Rows of ``changes`` in memory at a time: where nothing was erased for years, there are millions."""
_LOST = "SELECT 1 FROM changes WHERE id > ? AND kind NOT LIKE 'new%' AND kind NOT IN ('file_new', 'moved') LIMIT 1"
"""Whether anything changed by which words or bytes may have gone."""
log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Erased:
    """What a round erased."""

    subjects: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def erase_confirmed(archive: Archive) -> Counter[str]:
    """Erase everything whose removal is confirmed, and go on with what an earlier round did not end.

    Gives what was done: ``requests_erased``, ``messages_erased``, ``comments_erased``, ``files_erased`` (of the
    site's), ``bodies_erased`` (of the archive's), and what is doubted: ``removals_held_as_outage`` and
    ``parts_held_as_outage``. Enters a run of the command ``erase`` where there was anything to do. Raises WdtkError
    where the disk fails or anything is left between rows; what was not ended is taken up next time.
    """
    held = Counter({HELD: _doubt_many(archive), HELD_PARTS: suspects.settle(archive)})
    if not (held.total() or is_due(archive)):
        return Counter()
    with runs.run(archive, "erase", {}) as run:
        run.counts.update(held)
        run.counts.update(_round(archive))
        return +run.counts


def is_due(archive: Archive) -> bool:
    """Whether anything is to be erased, or cleaned up after."""
    execute = archive.connection.execute
    return (
        execute(f"{_DUE} LIMIT 1").fetchone() is not None
        or execute("SELECT 1 FROM erasures LIMIT 1").fetchone() is not None
        or execute(_LOST, [_mark(archive.connection, _MARK)]).fetchone() is not None
        or _last_killed(archive.connection) > _mark(archive.connection, _SWEPT)
    )


def _round(archive: Archive) -> Counter[str]:
    done = Erased()
    for subject, request_id, state in archive.connection.execute(_DUE).fetchall():
        page = archive.files.put(b"")
        with archive.transaction() as connection:
            mentions.blank(connection, page)
            if state == FORGOTTEN and subject == f"request/{request_id}":
                fingerprints.enter_slugs(connection, names_of(connection, request_id), request_id)
            erase_subject(connection, subject, request_id, page, state)
            release(connection, {page})  # where nothing needed it
        done.subjects.append(subject)
        done.counts[_NAMES[subject.partition("/")[0].partition("-")[0]]] += 1
    _clean_changed(archive)
    done.counts["bodies_erased"] += unlink_released(archive)
    done.counts["strays_erased"] += _sweep(archive)
    _prove(archive)
    with archive.transaction() as connection:
        marks = [(now(), subject) for subject in done.subjects]
        connection.executemany("UPDATE withdrawals SET erased_at = ? WHERE subject = ?", marks)
    return done.counts


_NAMES = {"request": "requests_erased", "attachment": "files_erased", "comment": "comments_erased"} | {
    "incoming": "messages_erased", "outgoing": "messages_erased"
}  # fmt: skip
_ROWS: dict[Kind, str] = {"message": "messages", "file": "attachments", "comment": "comments"}


def erase_subject(connection: sqlite3.Connection, subject: str, request_id: int, page: str, state: str) -> None:
    """Erase the rows of a subject, whether or not any are left; its bodies are given up.

    ``page`` is the empty body, which stands for pages that name an erased request, and for the request's own page
    where that still shows a part that is forgotten. A part that its page lists no more loses its row as well.
    """
    if subject == f"request/{request_id}":
        _erase_request(connection, request_id, page)
        return
    slug = connection.execute("SELECT slug FROM requests WHERE id = ?", [request_id]).fetchone()
    files = connection.execute(_FILES, {"subject": subject}).fetchall()
    kind = kind_of(subject)
    if kind == "message":
        _erase_message(connection, subject)
    connection.execute(
        "UPDATE attachments SET sha256 = NULL, fetch_detail = iif(instr(fetch_detail, ?1), ?1, NULL)"
        " WHERE id = ?2 AND sha256 IS NOT NULL",
        [SCANNED, subject],
    )
    if state == "absent":
        connection.execute(f"DELETE FROM {_ROWS[kind]} WHERE id = ?", [subject])  # noqa: S608 - names above
    if state == FORGOTTEN:
        forgotten.cover(connection, subject, request_id, page)
    if slug is not None:
        release(connection, traces.keep_files(connection, request_id, slug[0]))
    release_rows(connection, [sha256 for (sha256,) in files])


def _erase_request(connection: sqlite3.Connection, request_id: int, page: str) -> None:
    found = connection.execute("SELECT json_sha256, page_sha256 FROM requests WHERE id = ?", [request_id])
    bodies = found.fetchone() or ()
    files = connection.execute(
        "SELECT sha256 FROM attachments WHERE sha256 IS NOT NULL"
        " AND message_id IN (SELECT id FROM messages WHERE request_id = ?)",
        [request_id],
    )
    given_up = {*bodies, *(sha256 for (sha256,) in files)}
    names = names_of(connection, request_id)
    connection.execute(_COUNTED, {"request": request_id})
    connection.execute("DELETE FROM requests WHERE id = ?", [request_id])
    given_up |= traces.cover(connection, request_id, names)
    mentions.give_up(connection, names, page)
    connection.execute("UPDATE changes SET before = NULL, after = NULL WHERE request_id = ?", [request_id])
    parts = connection.execute(
        "SELECT subject FROM withdrawals WHERE request_id = ? AND confirmed_at IS NULL", [request_id]
    )
    suspects.confirm(connection, [subject for (subject,) in parts.fetchall()])  # they went with it
    release_rows(connection, given_up)


def names_of(connection: sqlite3.Connection, request_id: int) -> list[str]:
    """Every slug under which a request is held or was listed."""
    given = {"request": request_id}
    return [slug for (slug,) in connection.execute(_SLUGS, given)]


def _erase_message(connection: sqlite3.Connection, message_id: str) -> None:
    connection.execute(
        "UPDATE messages SET text = NULL, full_text = NULL, note = NULL WHERE id = ?"
        " AND (text IS NOT NULL OR full_text IS NOT NULL OR note IS NOT NULL)",
        [message_id],
    )
    connection.execute("DELETE FROM readings WHERE message_id = ?", [message_id])
    connection.execute("DELETE FROM attachments WHERE message_id = ?", [message_id])


def _doubt_many(archive: Archive) -> int:
    """Hold back the removals of runs in which so many went that the site is to be doubted; gives how many."""
    held = 0
    for run_id, removed in archive.connection.execute(_SUSPECTS).fetchall():
        looked_at = removed + archive.connection.execute(_LOOKED_AT, [run_id]).fetchone()[0]
        if many_at_once(removed, looked_at):
            with archive.transaction() as connection:
                held += connection.execute(_DOUBT, [run_id]).rowcount
            log.warning(
                "%d of %d requests looked at in run %d were gone at once. That may be an outage, so nothing of them "
                "is erased until it has lasted for days; they are not published. Look at the site.",
                removed, looked_at, run_id,
            )  # fmt: skip
    return held


def _clean_changed(archive: Archive) -> None:
    """Give up answers of files that requests which changed no longer list, one request at a time."""
    newest = archive.connection.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0]
    place = _mark(archive.connection, _MARK)
    while rows := archive.connection.execute(_CHANGED, [place, newest, _AT_ONCE]).fetchall():
        for request_id in dict.fromkeys(request_id for _, request_id in rows):
            slug = archive.connection.execute("SELECT slug FROM requests WHERE id = ?", [request_id]).fetchone()
            if slug is not None and not slug[0].startswith("#"):
                with archive.transaction() as connection:
                    release(connection, traces.keep_files(connection, request_id, slug[0]))
        place = rows[-1][0]
        _set_mark(archive, _MARK, place)


def _sweep(archive: Archive) -> int:
    killed = _last_killed(archive.connection)
    if killed <= _mark(archive.connection, _SWEPT):
        return 0
    number = unlink_strays(archive)
    _set_mark(archive, _SWEPT, killed)
    return number


def _prove(archive: Archive) -> None:
    """Empty the log and overwrite what is left between rows. WdtkError where anything is left all the same.

    With nothing left between the rows, words that still stand in the file stand in a row that is still there, such as
    that of a letter which is quoted in another request.
    """
    found = overwrite_leftovers(archive)
    if found.left:
        what = ", ".join(count_of(number, name) for name, number in sorted(found.left.items()))
        raise WdtkError(
            f"{archive.path} still holds words that belong to no row ({what}), so nothing is marked as erased. "
            "Run `wdtk verify`, and run this again when nobody else has the archive open."
        )


def overwrite_leftovers(archive: Archive) -> Scanned:
    """Empty the log and write noughts over what rows that moved or went have left between the rows."""
    checkpoint(archive)
    with storage_errors(archive.path), archive.transaction():  # keeps all writers out
        found = scan(archive.path, scrub=True)
    archive.connection.execute("PRAGMA shrink_memory")  # pages held in memory still have what was overwritten
    return found


def checkpoint(archive: Archive) -> None:
    """Move the write-ahead log into the database and empty it. WdtkError where somebody reads for too long."""
    with storage_errors(archive.path):
        busy, *_ = archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise WdtkError(
            f"Another process has {archive.path} open, so what was erased may still stand in its log. Nothing is "
            "marked as erased yet: run the same command again when the other process has ended."
        )


def _last_killed(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT coalesce(max(id), 0) FROM runs WHERE finish_reason = 'killed'").fetchone()
    return int(row[0])


def _mark(connection: sqlite3.Connection, key: str) -> int:
    row = connection.execute("SELECT value FROM about WHERE key = ?", [key]).fetchone()
    return int(row[0]) if row else 0


def _set_mark(archive: Archive, key: str, value: int) -> None:
    if value > _mark(archive.connection, key):
        with archive.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO about (key, value) VALUES (?, ?)", [key, str(value)])
