"""Readings of the archive as published: every quote placed in the published text, or the reading left out."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from parsers.letters.records import Evidence
from scraper.publishing.request.attached import Attachment
from scraper.publishing.request.masker import Source, ThreadMasker
from scraper.publishing.request.threads import Message, Thread

_READINGS = """
SELECT source, message_id, attachment_id, kind, letter_date, letter_date_evidence, request_date, request_date_evidence,
  outcome, outcome_evidence, signals, notes, parser_version
FROM readings WHERE request_id = ?
"""
_REFERENCES = """
SELECT f.source, f.quote, f.page, f.start, f."end", f.value, f.confidence
FROM readings AS r CROSS JOIN letter_references AS f ON f.source = r.source
WHERE r.request_id = ? ORDER BY f.source, f.number
"""
_CITATIONS = """
SELECT f.source, f.quote, f.page, f.start, f."end", f.regime, f.provision, f.printed, f.role, f.confidence,
  f.regime_rule, f.role_rule
FROM readings AS r CROSS JOIN citations AS f ON f.source = r.source
WHERE r.request_id = ? ORDER BY f.source, f.number
"""
_TOLD = 5
"""Columns before those that a fact tells: whose it is, and its place."""
_NOT_READ = "Not read"
"""How the note begins of a letter over which the reader was lost."""

Told = tuple[tuple[int, int, int, str], dict[str, Any]]
"""Page, start, end and quote of a fact in the letter as it was read, and what it tells."""


class StaleError(Exception):
    """A reading's words are not where it says: its text has changed since it was read."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something read in a letter, with its place in the published text; ``told`` are its other columns."""

    place: Evidence
    told: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class PublishedReading:
    """One reading of a text that is published."""

    source: str
    message: Message
    attachment: Attachment | None
    kind: str
    letter_date: str | None
    letter_date_quote: str | None
    request_date: str | None
    outcome: str
    outcome_quote: str | None
    parser_version: str
    signals: tuple[Fact, ...]
    references: tuple[Fact, ...]
    citations: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class Readings:
    """The readings of one request, in the order of its letters."""

    published: tuple[PublishedReading, ...]
    stale: int
    """How many were left out since their text has changed: to be read again."""


class ReadingRows:
    """Reads the readings of an archive."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, thread: Thread, masker: ThreadMasker) -> Readings:
        """The readings of the request's published texts; those of hidden and held back texts are left out."""
        request = thread.request["id"]
        rows = {row[0]: row for row in self._connection.execute(_READINGS, [request])}
        references, citations = self._facts(_REFERENCES, request), self._facts(_CITATIONS, request)
        published, stale = [], 0
        for source, message, attachment in _sources(thread):
            row = rows.get(source)
            if row is None or _was_lost(row):
                continue
            places = _Places(message, attachment, masker)
            facts = (references.get(source, ()), citations.get(source, ()))
            try:
                published.append(_reading(row, message, attachment, places, facts))
            except StaleError:
                stale += 1
        return Readings(published=tuple(published), stale=stale)

    def _facts(self, statement: str, request: int) -> dict[str, list[Told]]:
        """The rows of a request's readings, by source."""
        cursor = self._connection.execute(statement, [request])
        names = [column[0] for column in cursor.description][_TOLD:]
        found: dict[str, list[Told]] = {}
        for source, quote, page, start, end, *told in cursor:
            rest = dict(zip(names, told, strict=True))
            found.setdefault(source, []).append(((page, start, end, quote), rest))
        return found


def _reading(
    row: tuple[Any, ...],
    message: Message,
    attachment: Attachment | None,
    places: "_Places",
    facts: tuple[Sequence[Told], Sequence[Told]],
) -> PublishedReading:
    source, _, _, kind, letter_date, dated, request_date, _, outcome, decided, signals, _, version = row
    references, citations = (
        tuple(Fact(place=places.place(*place), told=told) for place, told in each) for each in facts
    )
    return PublishedReading(
        source=source,
        message=message,
        attachment=attachment,
        kind=kind,
        letter_date=letter_date,
        letter_date_quote=places.quote(dated),
        request_date=request_date,
        outcome=outcome,
        outcome_quote=places.quote(decided),
        parser_version=version,
        signals=tuple(places.fact(signal) for signal in json.loads(signals)),
        references=references,
        citations=citations,
    )


class _Places:
    """From places in the texts of one letter as it was read to places in its published texts."""

    def __init__(self, message: Message, attachment: Attachment | None, masker: ThreadMasker) -> None:
        self._masker = masker
        self._texts: dict[int, tuple[Source, str]] = {}
        if attachment is not None:
            self._texts = {number: ((attachment.id, number), text) for number, text, _, _ in attachment.pages}
        elif message.text is not None:
            self._texts = {1: (message.id, message.text)}

    def fact(self, told: dict[str, Any]) -> Fact:
        """What was told with its quote and place, as published; StaleError where the words are not there."""
        place = [told.pop(key) for key in ("page", "start", "end", "quote")]
        return Fact(place=self.place(*place), told=told)

    def quote(self, evidence: str | None) -> str | None:
        """The published words of a piece of evidence as the archive keeps it."""
        if not evidence:
            return None
        told = json.loads(evidence)
        return self.place(told["page"], told["start"], told["end"], told["quote"]).quote

    def place(self, page: int, start: int, end: int, quote: str) -> Evidence:
        """A place as published; StaleError where the ``quote`` is not what stands there."""
        source, original = self._texts.get(page, ("", ""))
        masked = self._masker.published(source)
        if masked is None or original[start:end] != quote.replace("\0", "\ufffd"):
            raise StaleError
        begin, stop = masked.place(start, end)
        return Evidence(quote=masked.text[begin:stop], start=begin, end=stop, page=page)


def _sources(thread: Thread) -> Iterator[tuple[str, Message, Attachment | None]]:
    """Every text of the request that may have been read: each message, then its files."""
    files: dict[str, list[Attachment]] = {}
    for attachment in thread.attachments:
        if attachment.pages:
            files.setdefault(attachment.message_id, []).append(attachment)
    for message in thread.messages:
        if message.text is not None:
            yield message.id, message, None
        for attachment in files.get(message.id, ()):
            yield attachment.id, message, attachment


def _was_lost(row: tuple[Any, ...]) -> bool:
    notes = json.loads(row[11])
    return bool(notes) and str(notes[-1]).startswith(_NOT_READ)
