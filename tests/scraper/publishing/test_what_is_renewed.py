"""A renewal takes up what has changed and nothing else, and leaves nothing of what has gone."""

import sqlite3
from contextlib import closing
from pathlib import Path

from scraper.archive.database import Archive
from scraper.publishing.publish import publish
from tests.scraper.publishing.archives import Seeds, Told, refused

FIRST, NEXT = "2026-03-02T04:00:00Z", "2026-03-03T04:00:00Z"
_WORD = "zyzzogeton"


def test_only_what_has_changed_is_taken_up(seeds: Seeds, archive: Archive, public: Path) -> None:
    seeds.authority()
    refused(seeds)
    for number in range(20, 40):
        seeds.request(number)
        seeds.message(f"outgoing-{number}", number, text="Dear all, what did it cost?")
    told = Told()
    publish(archive, public, built_at=FIRST, progress=told)
    publish(archive, public, built_at=NEXT, progress=told)
    archive.connection.execute("UPDATE messages SET text = 'Dear all, how much was it?' WHERE id = 'outgoing-31'")
    publish(archive, public, built_at=NEXT, progress=told)
    assert told.requests == [21, 0, 1]


def test_nothing_of_what_is_gone_is_left_in_the_file(seeds: Seeds, archive: Archive, public: Path) -> None:
    seeds.authority()
    refused(seeds)
    for number in range(20, 60):
        seeds.request(number)
        seeds.message(f"outgoing-{number}", number, text=f"Dear all, what of the {_WORD if number == 31 else 'moth'}?")
    publish(archive, public, built_at=FIRST)
    assert _WORD.encode() in public.read_bytes()
    archive.connection.execute("UPDATE messages SET text = 'Dear all, [redacted]' WHERE id = 'outgoing-31'")
    told = Told()
    publish(archive, public, built_at=NEXT, progress=told)
    assert told.requests == [1]
    assert _WORD.encode() not in public.read_bytes()
    assert _WORD[:6].encode() not in public.read_bytes()


def test_words_that_leave_a_page_and_then_a_message_are_left_in_neither_index(
    seeds: Seeds, archive: Archive, public: Path
) -> None:
    seeds.authority()
    refused(seeds)
    text = f"Dear all, what of the {_WORD}?"
    for number in range(20, 60):
        seeds.request(number)
        seeds.message(f"outgoing-{number}", number, text=text if number == 31 else "Dear all, what of the moth?")
    sha256 = seeds.document([text], document_type="pdf")
    seeds.attachment(3, "outgoing-31", sha256)
    publish(archive, public, built_at=FIRST)
    with closing(sqlite3.connect(public)) as connection:
        assert connection.execute("SELECT text FROM pages").fetchall() == [(text,)]
    archive.connection.execute("UPDATE pages SET text = 'redacted' WHERE sha256 = ?", [sha256])
    publish(archive, public, built_at=NEXT)
    assert _WORD.encode() in public.read_bytes()
    archive.connection.execute("UPDATE messages SET text = 'Dear all, [redacted]' WHERE id = 'outgoing-31'")
    told = Told()
    publish(archive, public, built_at=NEXT, progress=told)
    assert told.requests == [1]
    assert _WORD[:6].encode() not in public.read_bytes()


def test_a_file_whose_days_are_over_comes_without_any_change(seeds: Seeds, archive: Archive, public: Path) -> None:
    seeds.authority()
    refused(seeds)
    sha256 = seeds.document(["1\t2\t3"], document_type="xlsx")
    seeds.attachment(3, "incoming-72", sha256)
    publish(archive, public, built_at="2025-09-26T00:00:00Z")
    told = Told()
    publish(archive, public, built_at="2025-10-01T00:00:00Z", progress=told)
    assert told.requests == [1]
    with closing(sqlite3.connect(public)) as connection:
        assert connection.execute("SELECT held_back FROM attachments").fetchall() == [(None,)]
