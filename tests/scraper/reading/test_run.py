"""`wdtk read` on archives: every file a row, every letter a reading, each once."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import pytest

from parsers.documents.records import DocumentType
from parsers.letters.records import LetterContext, Reading
from scraper.archive.compare import contents
from scraper.archive.database import Archive, open_archive
from scraper.reading import letters
from scraper.reading.context import contexts
from scraper.reading.lost import LostError
from scraper.reading.pool import ReaderPool
from scraper.reading.run import read_archive
from tests.parsers.documents import samples
from tests.parsers.documents.layouts import WRITERS, Laid
from tests.scraper.reading.archives import FILES, fill

pytestmark = pytest.mark.long

FIRST: Counter[str] = Counter({
    "documents read": 4, "documents encrypted": 1, "documents damaged": 1, "documents no_text": 2,
    "probes probed": 6, "letters read": 5,
})  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    fill(tmp_path)
    with open_archive(tmp_path) as opened:
        yield opened


def rows(archive: Archive, statement: str, *values: object) -> list[Any]:
    return archive.connection.execute(statement, values).fetchall()


def test_every_file_becomes_a_document_and_every_letter_a_reading(archive: Archive) -> None:
    assert read_archive(archive, workers=2) == FIRST
    assert sorted(rows(archive, "SELECT document_type, status, page_count, tool FROM documents")) == [
        ("csv", "read", 1, "csv"),
        ("html", "read", 1, "beautifulsoup4"),
        ("pdf", "damaged", 0, "pdfplumber"),
        ("pdf", "encrypted", 0, "pypdfium2"),
        ("pdf", "no_text", 1, "pypdfium2"),
        ("pdf", "read", 2, "pypdfium2"),
        ("pptx", "no_text", 0, "lxml"),
        ("txt", "read", 1, "text"),
    ]
    assert rows(archive, "SELECT count(*) FROM documents WHERE status <> 'read' AND detail IS NULL") == [(0,)]
    assert rows(archive, "SELECT source, message_id, attachment_id FROM readings ORDER BY source") == [
        ("attachment-100", "incoming-13", "attachment-100"),
        ("attachment-101", "incoming-13", "attachment-101"),
        ("attachment-102", "incoming-13", "attachment-102"),
        ("incoming-12", "incoming-12", None),
        ("incoming-13", "incoming-13", None),
    ]


def test_a_citation_stands_where_its_row_says(archive: Archive) -> None:
    read_archive(archive, workers=1)
    found = rows(archive, 'SELECT source, regime, provision, role, quote, page, start, "end" FROM citations')
    assert {row[:3] for row in found} >= {
        ("attachment-100", "FOIA", "40(2)"),
        ("attachment-101", "EIR", "12(4)(b)"),
        ("attachment-102", "FOIA", "40(2)"),
        ("incoming-12", "FOIA", "43(2)"),
    }
    texts = dict(rows(archive, "SELECT id, coalesce(full_text, text) FROM messages"))
    pages = rows(archive, "SELECT a.id, p.number, p.text FROM attachments a JOIN pages p ON p.sha256 = a.sha256")
    words = {(source, 1): text for source, text in texts.items()} | {(one, page): text for one, page, text in pages}
    for source, _, _, _, quote, page, start, end in found:
        assert words[source, page][start:end] == quote


def test_what_a_requester_says_is_never_relied_on(archive: Archive) -> None:
    read_archive(archive, workers=1)
    assert rows(archive, "SELECT count(*) FROM readings WHERE source LIKE 'outgoing%'") == [(0,)]
    quoted = rows(archive, "SELECT role FROM citations WHERE source = 'incoming-12' AND provision = '40'")
    assert not {role for (role,) in quoted} & {"relied_on", "relied_on_ncnd"}


def test_a_second_run_finds_nothing_to_do(archive: Archive) -> None:
    read_archive(archive, workers=1)
    before = contents(archive)
    assert read_archive(archive, workers=1) == Counter({"letters unchanged": 5})
    changes = archive.connection.total_changes
    assert read_archive(archive, workers=1) == Counter()
    assert archive.connection.total_changes == changes
    assert contents(archive) == before


def test_again_reads_everything_again_to_the_same_rows(archive: Archive) -> None:
    read_archive(archive, workers=1)
    before = contents(archive)
    assert read_archive(archive, workers=2, again=True) == FIRST
    assert contents(archive) == before


def test_a_letter_in_a_word_document_is_read(tmp_path: Path) -> None:
    letter = Laid(body=("Dear requester,", "The prices are exempt under section 43(2) of the Act."))
    fill(tmp_path, files=[(f"reply.{kind}", write(letter)) for kind, write in WRITERS.items()])
    with open_archive(tmp_path) as archive:
        assert read_archive(archive, workers=1)["documents read"] == len(WRITERS)
        found = rows(archive, "SELECT provision, role FROM citations WHERE source LIKE 'attachment%'")
    assert found == [("43(2)", "relied_on")] * len(WRITERS)


def test_only_what_changed_is_read_again(archive: Archive) -> None:
    read_archive(archive, workers=1)
    with archive.transaction() as connection:
        connection.execute("UPDATE messages SET full_text = 'We hold nothing.' WHERE id = 'incoming-12'")
        connection.execute("UPDATE attachments SET state = 'hidden' WHERE id = 'attachment-100'")
    assert read_archive(archive, workers=1) == Counter({"letters read": 1, "letters unchanged": 3})
    assert rows(archive, "SELECT count(*) FROM citations WHERE source IN ('incoming-12', 'attachment-100')") == [(0,)]


def test_what_is_known_of_a_request_is_told_to_the_reader_of_letters(archive: Archive) -> None:
    assert contexts(archive.connection, {1})[1] == LetterContext(
        authority="Mallowshire Council",
        nation="scotland",
        law_used="foi",
        direction="incoming",
        request_date="2025-02-03",
    )


def test_a_new_context_makes_a_reading_stale(archive: Archive) -> None:
    read_archive(archive, workers=1)
    with archive.transaction() as connection:
        connection.execute("DELETE FROM authority_tags")
    assert read_archive(archive, workers=1) == Counter({"letters read": 5})


def test_a_new_version_of_a_reader_reads_what_older_ones_read(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_archive(archive, workers=1)
    monkeypatch.setattr("scraper.reading.letters.PARSER_VERSION", "next")
    assert read_archive(archive, workers=1) == Counter({"letters read": 5})
    monkeypatch.setattr("scraper.reading.run.READER_VERSION", "next")
    monkeypatch.setattr("scraper.reading.store.READER_VERSION", "next")
    counts = read_archive(archive, workers=1)
    assert {key: n for key, n in counts.items() if key.startswith("documents")} == {
        key: n for key, n in FIRST.items() if key.startswith("documents")
    }
    assert (counts["letters read"], counts["letters unchanged"]) == (3, 2)


def test_a_file_that_many_messages_attach_is_read_once_and_its_letter_in_each_context(tmp_path: Path) -> None:
    fill(tmp_path, requests=4)
    with open_archive(tmp_path) as archive:
        counts = read_archive(archive, workers=2)
        assert counts == Counter({**FIRST, "letters read": 4 * FIRST["letters read"]})
        assert rows(archive, "SELECT count(*), count(DISTINCT request_id) FROM readings") == [(20, 4)]


def test_a_long_file_is_read_as_a_letter_at_its_beginning_and_says_so(tmp_path: Path) -> None:
    fill(tmp_path, files=[("bundle.pdf", samples.many_pages(letters.MOST_PAGES + 5))])
    with open_archive(tmp_path) as archive:
        read_archive(archive, workers=1)
        assert rows(archive, "SELECT page_count FROM documents") == [(45,)]
        ((notes,),) = rows(archive, "SELECT notes FROM readings WHERE source = 'attachment-100'")
    assert "Read as a letter: the first 40 of 45 pages." in notes


def test_a_letter_that_costs_its_process_is_a_row_that_says_so(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(_pool: ReaderPool, _pages: Sequence[str], *, context: LetterContext) -> Reading:  # noqa: ARG001 - its shape
        raise LostError("too_slow", "It took more than 60 seconds and was stopped.")

    monkeypatch.setattr(ReaderPool, "read_letter", lose)
    assert read_archive(archive, workers=1)["letters lost"] == 5
    found = rows(archive, "SELECT DISTINCT kind, outcome, notes FROM readings")
    assert found == [("other", "other", '["Not read (too_slow): It took more than 60 seconds and was stopped."]')]


def test_a_message_that_a_crawl_changes_meanwhile_is_left_for_the_next_run(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ReaderPool.read_letter

    def change_then_read(pool: ReaderPool, pages: Sequence[str], *, context: LetterContext) -> Reading:
        with sqlite3.connect(archive.path) as other:
            other.execute("UPDATE messages SET full_text = 'Meanwhile.' WHERE id = 'incoming-12'")
        other.close()
        return whole(pool, pages, context=context)

    with monkeypatch.context() as patched:
        patched.setattr(ReaderPool, "read_letter", change_then_read)
        assert read_archive(archive, workers=1)["letters changed meanwhile"] == 1
    assert rows(archive, "SELECT count(*) FROM readings WHERE source = 'incoming-12'") == [(0,)]
    assert read_archive(archive, workers=1)["letters read"] == 1


def test_a_stored_file_that_is_missing_is_counted_and_the_others_are_read(archive: Archive) -> None:
    ((sha256,),) = rows(archive, "SELECT sha256 FROM attachments WHERE name = 'letter.pdf'")
    archive.files.path(sha256).unlink()
    counts = read_archive(archive, workers=1)
    assert (counts["files missing"], counts["documents read"]) == (1, 3)
    assert rows(archive, "SELECT count(*) FROM documents WHERE sha256 = ?", sha256) == [(0,)]


def test_every_kind_of_letter_is_a_known_kind_of_document() -> None:
    assert set(letters.LETTER_TYPES) <= set(get_args(DocumentType))
    assert len(FILES) == len({name for name, _ in FILES})
