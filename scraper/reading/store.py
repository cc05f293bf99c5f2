"""Rows of documents, pages and readings. Each function is to be called inside a transaction."""

import json
import sqlite3
from dataclasses import asdict

from parsers.documents.read import READER_VERSION
from parsers.documents.records import DocumentText, Page
from parsers.letters.records import Citation, DateFact, Evidence, Reading, Reference
from scraper.archive.times import now
from scraper.reading.letters import Letter

DOCUMENT = """
INSERT INTO documents (sha256, document_type, status, detail, tool, page_count, pages_unrecognised, reader_version,
  read_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
PAGE = "INSERT INTO pages (sha256, number, text, source, confidence, words, title) VALUES (?, ?, ?, ?, ?, ?, ?)"
READING = """
INSERT INTO readings (source, request_id, message_id, attachment_id, kind, letter_date, letter_date_evidence,
  request_date, request_date_evidence, outcome, outcome_evidence, signals, notes, parser_version, input_key, read_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
REFERENCE = """
INSERT INTO letter_references (source, number, value, quote, page, start, "end", confidence)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
CITATION = """
INSERT INTO citations (source, number, regime, provision, printed, role, quote, page, start, "end", confidence,
  regime_rule, role_rule, candidates)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def store_document(connection: sqlite3.Connection, sha256: str, document: DocumentText) -> None:
    """Replace what is known of the file with this SHA-256."""
    connection.execute("DELETE FROM documents WHERE sha256 = ?", [sha256])
    row = [sha256, document.document_type, document.status, document.detail, document.tool, len(document.pages)]
    unrecognised = sum(page.wants_ocr is not None for page in document.pages)
    connection.execute(DOCUMENT, [*row, unrecognised, READER_VERSION, now()])
    connection.executemany(PAGE, [_page_row(sha256, page) for page in document.pages])


def store_reading(connection: sqlite3.Connection, letter: Letter, reading: Reading) -> None:
    """Replace what was read from this letter."""
    connection.execute("DELETE FROM readings WHERE source = ?", [letter.source])
    connection.execute(READING, _reading_row(letter, reading))
    connection.executemany(
        REFERENCE, [(letter.source, n, *_reference_row(one)) for n, one in enumerate(reading.references, start=1)]
    )
    connection.executemany(
        CITATION, [(letter.source, n, *_citation_row(one)) for n, one in enumerate(reading.citations, start=1)]
    )


def _page_row(sha256: str, page: Page) -> tuple[str | int | float | None, ...]:
    words = json.dumps(page.words, separators=(",", ":")) if page.words else None
    return sha256, page.number, page.text, page.source, page.confidence, words, page.title


def _reading_row(letter: Letter, reading: Reading) -> list[str | int | None]:
    signals = [{"name": one.name, "value": one.value, **asdict(one.evidence)} for one in reading.signals]
    return [
        letter.source,
        letter.request_id,
        letter.message_id,
        letter.attachment_id,
        reading.kind,
        *_date(reading.letter_date),
        *_date(reading.request_date),
        reading.outcome,
        _evidence(reading.outcome_evidence),
        _json(signals),
        _json(reading.notes),
        reading.parser_version,
        letter.input_key,
        now(),
    ]


def _date(fact: DateFact | None) -> tuple[str | None, str | None]:
    return (fact.value, _evidence(fact.evidence)) if fact else (None, None)


def _evidence(evidence: Evidence | None) -> str | None:
    return _json(asdict(evidence)) if evidence else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _place(evidence: Evidence) -> tuple[str, int, int, int]:
    return evidence.quote, evidence.page, evidence.start, evidence.end


def _reference_row(reference: Reference) -> tuple[str | int | float, ...]:
    return (reference.value, *_place(reference.evidence), reference.confidence)


def _citation_row(citation: Citation) -> tuple[str | int | float, ...]:
    return (
        citation.regime,
        citation.provision,
        citation.printed,
        citation.role,
        *_place(citation.evidence),
        citation.confidence,
        citation.regime_rule,
        citation.role_rule,
        _json(citation.candidates),
    )
