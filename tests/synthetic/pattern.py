"""A thread of the stand-in as an archive holds it once it was read, taken apart so that it can be copied.

What may differ in a copy: every number of the site, every time, the authority, the requester, the title, the days that
letters print, their reference numbers, and further paragraphs.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from scraper.archive.database import Archive
from tests.synthetic.days import Written, number_of, written

KINDS = ("incoming", "outgoing", "attachment", "comment")
AUTHORITY, REQUESTER, SURNAME, TITLE, SLUG, FIRST_FREE = 1, 2, 3, 4, 5, 6
"""Gaps; 0 is the filler."""
_ID = re.compile(r"(incoming|outgoing|attachment|comment)-(\d+)(.*)")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TITLE_LENGTH, _SURNAME_LENGTH = 12, 4
VARIED = frozenset({"pdf", "docx", "txt", "html"})
"""Types of letters of which each copy gets its own; other files are the same in all copies."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Name:
    """An id such as ``attachment-8.3.2``: its kind, its place among the thread's of that kind, and what follows."""

    kind: int
    place: int
    rest: str

    def of(self, bases: list[int]) -> str:
        """The id in a copy whose numbers of each kind begin there."""
        return f"{KINDS[self.kind]}-{bases[self.kind] + self.place}{self.rest}"


@dataclass(kw_only=True)
class Document:
    """A file's text; ``pages`` are whole rows."""

    row: Row
    pages: list[Row]
    probe: Row | None
    findings: list[Row]
    varied: bool
    """Whether each copy has one of its own."""


@dataclass(kw_only=True)
class Pattern:
    """One thread, as rows with the columns of the archive."""

    request: Row
    authority: Row
    requester: str | None
    told: Row
    """The request's JSON."""
    messages: list[Row]
    comments: list[Row]
    resends: list[Row]
    tags: list[Row]
    events: list[Row]
    attachments: list[Row]
    readings: list[Row]
    facts: dict[str, tuple[list[Row], list[Row]]]
    """References and citations by the source of their reading."""
    documents: dict[str, Document]
    check: Row
    gaps: dict[str, int] = field(default_factory=dict)
    days: list[Written] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    """Long numbers in references, which are others in each copy."""

    def __post_init__(self) -> None:
        self._make_gaps()

    @property
    def id(self) -> int:
        """The request's number in the stand-in."""
        return int(self.request["id"])

    @property
    def start(self) -> int:
        """The day of the request, by number."""
        return number_of(str(self.request["created_at"])[:10])

    @cached_property
    def places(self) -> list[dict[int, int]]:
        """For each kind of number its place among the thread's."""
        texts = [str(row["id"]) for rows in (self.messages, self.comments, self.attachments) for row in rows]
        found: list[set[int]] = [set() for _ in KINDS]
        for text in [*texts, *(str(row["message_id"]) for row in self.resends)]:
            if match := _ID.fullmatch(text):
                found[KINDS.index(match[1])].add(int(match[2]))
        for event in self.events:
            for kind, column in enumerate(("incoming_message_id", "outgoing_message_id", None, "comment_id")):
                if column and event[column] is not None:
                    found[kind].add(event[column])
        return [{number: place for place, number in enumerate(sorted(numbers))} for numbers in found]

    def name(self, identity: str) -> Name:
        """An id of the thread, for copies."""
        match = _ID.fullmatch(identity)
        if match is None:
            raise ValueError(f"no id of a thread: {identity!r}")
        kind = KINDS.index(match[1])
        return Name(kind, self.places[kind][int(match[2])], match[3])

    def texts(self) -> Iterable[str]:
        """All its words."""
        for message in self.messages:
            yield from filter(None, (message["text"], message["full_text"]))
        for document in self.documents.values():
            if document.varied:
                yield from (page["text"] for page in document.pages)

    def _make_gaps(self) -> None:
        request = self.request
        gaps = {self.authority["name"]: AUTHORITY, request["slug"]: SLUG}
        if len(request["title"]) >= _TITLE_LENGTH:
            gaps[request["title"]] = TITLE
        if self.requester:
            gaps[self.requester] = REQUESTER
            surname = self.requester.split()[-1]
            if len(surname) >= _SURNAME_LENGTH:
                gaps[surname] = SURNAME
        self._find_days(gaps)
        self._find_numbers()
        for place, number in enumerate(self.numbers):
            gaps[number] = FIRST_FREE + len(self.days) + place
        self.gaps = gaps

    def _find_days(self, gaps: dict[str, int]) -> None:
        for text in self.texts():
            for printed, day in written(text):
                if printed not in gaps:
                    gaps[printed] = FIRST_FREE + len(self.days)
                    self.days.append(day)

    def _find_numbers(self) -> None:
        for references, _ in self.facts.values():
            for number in (one for row in references for one in _LONG_NUMBER.findall(row["quote"])):
                if number not in self.numbers and not _YEAR.fullmatch(number):
                    self.numbers.append(number)

    @property
    def width(self) -> int:
        """How many gaps there are, the filler's included."""
        return FIRST_FREE + len(self.days) + len(self.numbers)


def patterns(archive: Archive) -> list[Pattern]:
    """Every request of the archive that was not withdrawn."""
    connection = archive.connection
    authorities = {row["id"]: row for row in _rows(connection, "SELECT * FROM authorities")}
    documents = _documents(connection)
    gone = {subject for (subject,) in connection.execute("SELECT subject FROM withdrawals")}
    return [
        _pattern(archive, row, authorities[row["authority_id"]], documents)
        for row in _rows(connection, "SELECT * FROM requests ORDER BY created_at, id")
        if f"request/{row['id']}" not in gone
    ]


def _pattern(archive: Archive, request: Row, authority: Row, documents: Mapping[str, Document]) -> Pattern:
    connection = archive.connection
    told = json.loads(archive.files.get(request["json_sha256"]))
    user = told.get("user") or {}
    files = _of(connection, "attachments WHERE message_id IN (SELECT id FROM messages WHERE request_id = ?)", request)
    readings = _of(connection, "readings WHERE request_id = ? ORDER BY source", request)
    return Pattern(
        request=request,
        authority=authority,
        requester=user.get("name") if user.get("url_name") else None,
        told=told,
        messages=_of(connection, "messages WHERE request_id = ? ORDER BY position", request),
        comments=_of(connection, "comments WHERE request_id = ? ORDER BY position", request),
        resends=_of(connection, "resends WHERE request_id = ? ORDER BY message_id, position", request),
        tags=_of(connection, "request_tags WHERE request_id = ?", request),
        events=_of(connection, "events WHERE request_id = ? ORDER BY id", request),
        attachments=files,
        readings=readings,
        facts={row["source"]: _facts(connection, row["source"]) for row in readings},
        documents={file["sha256"]: documents[file["sha256"]] for file in files if file["sha256"] in documents},
        check=_of(connection, "checks WHERE request_id = ?", request)[0],
    )


def _facts(connection: sqlite3.Connection, source: str) -> tuple[list[Row], list[Row]]:
    references = _rows(connection, "SELECT * FROM letter_references WHERE source = ? ORDER BY number", source)
    return references, _rows(connection, "SELECT * FROM citations WHERE source = ? ORDER BY number", source)


def _documents(connection: sqlite3.Connection) -> dict[str, Document]:
    probes = {row["sha256"]: row for row in _rows(connection, "SELECT * FROM probes")}
    with_parts = {sha256 for (sha256,) in connection.execute("SELECT parent FROM document_parts")}
    found = {}
    for row in _rows(connection, "SELECT * FROM documents"):
        sha256 = row["sha256"]
        varied = row["document_type"] in VARIED and row["status"] == "read" and not row["detail"]
        findings = _rows(connection, "SELECT * FROM findings WHERE sha256 = ? ORDER BY number", sha256)
        held_back = any(finding["severity"] == "holds_back" for finding in findings)
        found[sha256] = Document(
            row=row,
            pages=_rows(connection, "SELECT * FROM pages WHERE sha256 = ? ORDER BY number", sha256),
            probe=probes.get(sha256),
            findings=findings,
            varied=varied and sha256 not in with_parts and not held_back,
        )
    return found


def _of(connection: sqlite3.Connection, source: str, request: Row) -> list[Row]:
    return _rows(connection, f"SELECT * FROM {source}", request["id"])  # noqa: S608 - text of this module


def _rows(connection: sqlite3.Connection, statement: str, *given: object) -> list[Row]:
    cursor = connection.execute(statement, given)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
