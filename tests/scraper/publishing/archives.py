"""Archives with invented requests, row by row, for tests that publish them."""

import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parsers.documents.probes.probe import PROBE_VERSION
from scraper.archive.database import Archive

CHECKED = "2025-06-30T09:00:00Z"
REQUESTER = "Zed Featherstone"
AUTHORITY = "Wychwold District Council"
REFUSAL = (
    "Dear Mr Featherstone\n\n"
    "Our ref: FOI-2025-0117\n\n"
    "We are withholding the names under section 40(2) of the Act. Section 43(2) was considered but does not apply.\n"
    "Ring Jane Doe on 01234 567890 or write to jane.doe@wychwold.example.\n\n"
    "Yours sincerely\n\nJane Doe\nInformation Officer\n"
)


@dataclass(kw_only=True)
class Seeds:
    """Puts rows into an archive; everything has a default, and ``fields`` of the archive's tables override it."""

    archive: Archive
    _events: int = field(default=0)

    def insert(self, table: str, **row: Any) -> None:
        """One row, as given."""
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of this module
        self.archive.connection.execute(statement, list(row.values()))

    def file(self, data: bytes) -> str:
        """A stored body."""
        sha256 = self.archive.files.put(data)
        self.archive.connection.execute(
            "INSERT OR IGNORE INTO files (sha256, size, first_seen_at) VALUES (?, ?, ?)", [sha256, len(data), CHECKED]
        )
        return sha256

    def authority(self, number: int = 1, tags: tuple[str, ...] = (), **fields: Any) -> int:
        """An authority with plain tags."""
        name = AUTHORITY if number == 1 else f"Borough of Number {number}"
        row = {"url_name": f"body_{number}", "name": name, "requests_count": 9, "last_checked_at": CHECKED}
        self.insert("authorities", id=number, **{**row, **fields})
        for tag in tags:
            self.insert("authority_tags", authority_id=number, name=tag, value="")
        return number

    def request(self, number: int = 7, authority: int = 1, requester: str | None = REQUESTER, **fields: Any) -> int:
        """A request whose stored JSON names its requester."""
        told = {"user": {"name": requester, "url_name": "zed_featherstone_2"}} if requester else {"user_name": None}
        row = {
            "slug": f"request_{number}",
            "title": f"Costs of the car park, part {number}",
            "authority_id": authority,
            "law_used": "foi",
            "described_state": "rejected",
            "display_status": "Refused",
            "calculated_status": "rejected",
            "awaiting_description": 0,
            "prominence": "normal",
            "noindex": 0,
            "created_at": "2025-03-03T10:00:00+00:00",
            "updated_at": "2025-03-03T10:00:00+00:00",
            "replies": "open",
            "not_subject": 0,
            "requester_kind": "user",
            "json_sha256": self.file(json.dumps(told).encode()),
            "page_sha256": self.file(b"<html>a page</html>"),
            "last_checked_at": CHECKED,
        }
        self.insert("requests", id=number, **{**row, **fields})
        return number

    def message(self, identity: str, request: int = 7, position: int = 1, text: str | None = "", **fields: Any) -> str:
        """A message; its direction is that of its id."""
        direction = identity.partition("-")[0]
        row = {
            "direction": direction,
            "prominence": "normal",
            "author": AUTHORITY if direction == "incoming" else None,
            "sent_at": f"2025-03-{position:02}T10:00:00+00:00",
            "text": text,
        }
        self.insert("messages", id=identity, request_id=request, position=position, **{**row, **fields})
        return identity

    def event(self, event_type: str, message: str | None = None, request: int = 7, **fields: Any) -> int:
        """An event, with the message that it is about."""
        self._events += 1
        direction, _, number = (message or "").partition("-")
        column = {f"{direction}_message_id": int(number)} if message else {}
        row = {"created_at": "2025-03-03T10:00:00+00:00", **column}
        self.insert("events", id=1000 + self._events, request_id=request, event_type=event_type, **{**row, **fields})
        return 1000 + self._events

    def document(
        self, pages: list[str], document_type: str = "pdf", status: str = "read", probe: str | None = "probed"
    ) -> str:
        """A stored file that was read, and probed unless ``probe`` is None."""
        sha256 = self.file(f"{document_type} {pages}".encode())
        known = self.archive.connection.execute("SELECT 1 FROM documents WHERE sha256 = ?", [sha256]).fetchone()
        if known is None:
            row = {"document_type": document_type, "status": status, "tool": "test", "page_count": len(pages)}
            self.insert("documents", sha256=sha256, **row, reader_version="1", read_at=CHECKED)
            for number, text in enumerate(pages, start=1):
                self.insert("pages", sha256=sha256, number=number, text=text, source="text_layer")
            if probe is not None:
                row = {
                    "document_type": document_type,
                    "status": probe,
                    "probe_version": PROBE_VERSION,
                    "probed_at": CHECKED,
                }
                self.insert("probes", sha256=sha256, **row)
        return sha256

    def part(self, parent: str, number: int, sha256: str | None, name: str | None = None, **fields: Any) -> None:
        """A file inside a document; one whose bytes could not be had where there is no SHA-256."""
        size = {"size": 9 if sha256 else 0}
        self.insert("document_parts", parent=parent, number=number, name=name, sha256=sha256, **{**size, **fields})

    def finding(self, sha256: str, kind: str, severity: str = "holds_back") -> None:
        """Something that the file holds and does not show."""
        (number,) = self.archive.connection.execute("SELECT count(*) FROM findings").fetchone()
        row = {"kind": kind, "severity": severity, "place": "sheet 2, columns C, D", "count": 3}
        self.insert("findings", sha256=sha256, number=number + 1, **row)

    def attachment(self, number: int, message: str, sha256: str | None = None, **fields: Any) -> str:
        """A file of a message: fetched where a SHA-256 is given."""
        name = fields.get("name", f"Reply {number}.pdf")
        row = {
            "position": number,
            "name": name,
            "url": f"/request/request_7/response/{message.partition('-')[2]}/attach/3/{str(name).replace(' ', '%20')}",
            "state": "file",
            "fetch_status": "fetched" if sha256 else "not_fetched",
        }
        identity = f"attachment-{number}"
        self.insert("attachments", id=identity, message_id=message, sha256=sha256, **{**row, **fields})
        return identity

    def reading(self, source: str, message: str, pages: list[str], request: int = 7, **fields: Any) -> None:
        """A reading; ``letter_date``, ``citations``, ``references`` and ``signals`` name words of ``pages``."""
        citations, references = fields.pop("citations", ()), fields.pop("references", ())
        signals = [
            {"name": name, "value": value, **place(pages, quote)} for name, value, quote in fields.pop("signals", ())
        ]
        dated = fields.pop("dated", None)
        row = {
            "attachment_id": source if source != message else None,
            "kind": "refusal_notice",
            "outcome": "withheld",
            "letter_date_evidence": json.dumps(place(pages, dated)) if dated else None,
            "signals": json.dumps(signals),
            "notes": "[]",
            "parser_version": "4",
            "input_key": "key",
            "read_at": CHECKED,
        }
        self.insert("readings", source=source, request_id=request, message_id=message, **{**row, **fields})
        for number, (regime, provision, role, quote) in enumerate(citations, start=1):
            rules = {"regime_rule": "named", "role_rule": "verb", "candidates": "[]", "printed": quote}
            told = {"regime": regime, "provision": provision, "role": role, "confidence": 0.9, **place(pages, quote)}
            self.insert("citations", source=source, number=number, **told, **rules)
        for number, (value, quote) in enumerate(references, start=1):
            found = {"value": value, "confidence": 0.8, **place(pages, quote)}
            self.insert("letter_references", source=source, number=number, **found)


def place(pages: list[str], quote: str) -> dict[str, Any]:
    """Where a quote stands first."""
    for number, text in enumerate(pages, start=1):
        if quote in text:
            start = text.index(quote)
            return {"quote": quote, "start": start, "end": start + len(quote), "page": number}
    raise LookupError(f"{quote!r} is on no page")


def refused(seeds: Seeds, number: int = 7, **fields: Any) -> None:
    """A request of 3 March 2025, refused on 3 April in the words of ``REFUSAL``."""
    asked, told = f"outgoing-{number}1", f"incoming-{number}2"
    seeds.request(number, **fields)
    seeds.message(asked, number, 1, f"Dear {AUTHORITY},\n\nWhat did it cost?\n\nYours faithfully,\n\n{REQUESTER}")
    seeds.message(told, number, 2, REFUSAL, author=f"Jane Doe, {AUTHORITY}", sent_at="2025-04-03T10:00:00+01:00")
    seeds.event("sent", asked, number)
    seeds.event("response", told, number, created_at="2025-04-03T10:00:05+01:00")
    seeds.reading(
        told,
        told,
        [REFUSAL],
        number,
        citations=[
            ("FOIA", "40(2)", "relied_on", "section 40(2)"),
            ("FOIA", "43(2)", "considered_not_applied", "Section 43(2)"),
        ],
        references=[("FOI-2025-0117", "FOI-2025-0117")],
        signals=[("regulator_named", None, "the Act")],
    )


def everything(public: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a database, by table."""
    connection = sqlite3.connect(public)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}  # noqa: S608 - its own tables
    connection.close()
    return found


def letter(seeds: Seeds, number: int, day: str, kind: str, outcome: str = "other", **fields: Any) -> None:
    """An incoming message that was read so, with its entry in the history."""
    text = f"Letter {number}: under section 43(2) and section 10(3), by 1 May 2025, regulation 7(1), section 40(2)."
    seeds.message(f"incoming-{number}", position=number, text=text, sent_at=f"{day}T10:00:00+00:00")
    seeds.event("response", f"incoming-{number}", created_at=f"{day}T10:00:05+00:00")
    seeds.reading(f"incoming-{number}", f"incoming-{number}", [text], kind=kind, outcome=outcome, **fields)


class Told:
    """How many requests each publishing took up, and what is done at one of them."""

    def __init__(self) -> None:
        self.requests: list[int] = []
        self.steps = 0

    def begin(self, label: str, total: int) -> None:
        assert label == "Requests"
        self.requests.append(total)

    def step(self) -> None:
        self.steps += 1

    def end(self) -> None:
        """Nothing."""
