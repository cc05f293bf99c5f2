"""A small public database of invented correspondence, built from the schema, for the tests of the site."""

import csv
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scraper.publishing.returns import filled as returns
from scraper.publishing.schema import tables_home, tables_search
from scraper.publishing.schema.whole import (
    TABLES,
    full_text_statements,
    index_statements,
    table_statements,
    view_statements,
)
from scraper.publishing.totals import answers, families, names, questions, summaries, uses, value_counts
from scraper.publishing.totals.appeals import appeal_rows
from scraper.publishing.totals.figures import freshness

PROVISIONS = Path(__file__).parents[2] / "parsers" / "law" / "data" / "provisions.csv"
SITE = "https://source.invalid"
BUILT_AT = "2026-03-01T06:30:00Z"
RELIED = {"relied_on", "relied_on_ncnd"}

Values = dict[str, Any]


def law() -> list[Values]:
    """The rows of the law table, with the ids that the publisher gives them."""
    with PROVISIONS.open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines))
    versions = Counter((row["regime"], row["provision"]) for row in found)
    return [
        {
            "id": f"{row['regime']} {row['provision']}"
            + (f" @{row['in_force_from']}" if versions[row["regime"], row["provision"]] > 1 else ""),
            "section": row["provision"].split("(")[0],
            **row,
        }
        for row in found
    ]


LAW = law()
SECTORS = {"Council": "local_government", "Department": "central_government", "Constabulary": "police_and_justice"}
PROVISION_IDS = {f"{row['regime']} {row['provision']}": row["id"] for row in LAW}
"""The newest version of each provision."""


CLASSES = {
    "disclosed_full": "granted_in_full", "disclosed_part": "partially_withheld", "not_held": "not_held",
    "review_overturned": "granted_in_full", None: "not_known",
}  # fmt: skip
LABELS = {"successful": "granted_in_full", "rejected": "fully_withheld", "not_held": "not_held"}


def _stand(request: Values) -> Values:
    """Where a request stands, as the publisher would say by its other columns."""
    late, answered = request.get("late"), request.get("answered_on")
    timing = {None: "not_known", 0: "in_time", 1: "late" if answered else "overdue"}[late]
    outcome = CLASSES.get(request.get("outcome"), "fully_withheld")
    label = LABELS.get(request["described_state"])
    agrees = None if label is None or outcome == "not_known" else int(label == outcome)
    return {"timing": timing, "outcome_class": outcome, "label_class": label, "label_agrees": agrees}


def _clock(request: Values) -> Values:
    """The clock of a request that nothing stopped or extended."""
    due = request.get("due_on") or request["asked_on"]
    return {
        "request_id": request["id"], "regime": request["regime"], "school": 0, "received_on": request["asked_on"],
        "started_on": request["asked_on"], "first_due_on": due, "due_on": due, "due_at_latest": due,
        "answered_on": request.get("answered_on"), "working_days": request.get("working_days_taken"),
        "timing": request["timing"], "timing_reason": "By the day due.",
    }  # fmt: skip


@dataclass(kw_only=True)
class Sample:
    """Rows by table; the helpers below keep keys, counts and offsets in step."""

    tables: dict[str, list[Values]] = field(default_factory=dict)
    counted: set[tuple[int, str, str]] = field(default_factory=set)

    def add(self, table: str, **values: Any) -> None:
        self.tables.setdefault(table, []).append(values)

    def find(self, table: str, **wanted: Any) -> Values:
        return next(row for row in self.tables[table] if wanted.items() <= row.items())

    def authority(self, number: int, name: str, *, nation: str, regimes: str, known: int | None) -> None:
        slug = name.lower().replace(" ", "_")
        url = f"{SITE}/body/{slug}"
        sector = next((said for word, said in SECTORS.items() if word in name), "unknown")
        self.add("authorities", id=number, url_name=slug, name=name, nation=nation, regimes=regimes, url=url,
                 sector=sector, request_count=0)  # fmt: skip
        self.add("coverage", authority_id=number, authority=name, known=known, found=0, listed=0, fetched=0, missing=0,
                 refused_by_robots=0, hidden=0, not_found=0, kept_back=0, requests_read=0, attachments=0, read=0,
                 unreadable=0, held_back=0, refused=0, waiting=0)  # fmt: skip

    def request(self, number: int, authority: int, title: str, *, asked: str, **more: Any) -> None:
        slug = more.pop("slug", f"request_{number}")
        values = {
            "id": number, "slug": slug, "title": title, "url": f"{SITE}/request/{slug}", "authority_id": authority,
            "law_used": "foi", "regime": "FOIA", "described_state": "rejected", "display_status": "Refused",
            "asked_on": asked, "year": int(asked[:4]), "outcome_source": "none", "letters_read": 0,
            "letters_out_of_date": 0, "replies": "open", "last_checked_at": "2026-02-27T04:00:00Z",
        }  # fmt: skip
        self.add("requests", **values | more)
        self.find("authorities", id=authority)["request_count"] += 1
        coverage = self.find("coverage", authority_id=authority)
        coverage["fetched"] += 1
        coverage["found"] += 1
        self.add("events", id=number * 10, request_id=number, event_type="sent", created_at=f"{asked}T09:00:00+00:00")

    def message(self, key: str, request: int, text: str | None, *, sent: str | None, **more: Any) -> None:
        incoming = key.startswith("incoming")
        values = {
            "id": key, "request_id": request, "direction": "incoming" if incoming else "outgoing",
            "position": 1 + sum(row["request_id"] == request for row in self.tables.get("messages", [])),
            "sender": "requester", "kind": None if incoming else "initial_request", "sent_at": sent,
            "prominence": "normal", "text": text, "url": f"{SITE}/request/request_{request}#{key}",
        }  # fmt: skip
        if incoming:
            authority = self.find("requests", id=request)["authority_id"]
            values["sender"] = self.find("authorities", id=authority)["name"]
        self.add("messages", **values | more)

    def attachment(self, key: str, message: str, pages: Iterable[str] = (), **more: Any) -> None:
        pages, request = list(pages), self.find("messages", id=message)["request_id"]
        values = {
            "id": key, "message_id": message, "request_id": request, "name": f"{key}.pdf", "state": "file",
            "position": 1 + sum(row["message_id"] == message for row in self.tables.get("attachments", [])),
            "document_type": "pdf", "size": 43_210, "read_status": "read", "page_count": len(pages),
            "url": f"{SITE}/request/{request}/attach/{key}.pdf",
        }  # fmt: skip
        self.add("attachments", **values | more)
        authority = self.find("requests", id=request)["authority_id"]
        coverage = self.find("coverage", authority_id=authority)
        coverage["attachments"] += 1
        coverage["read" if pages else "unreadable"] += 1
        for number, text in enumerate(pages, 1):
            self.add("pages", id=f"{key}/{number}", attachment_id=key, request_id=request, number=number, text=text,
                     source="text_layer")  # fmt: skip

    def reading(self, source: str, *, kind: str, outcome: str, **more: Any) -> None:
        request, message, attachment = self.owner(source)
        self.add("readings", source=source, request_id=request, message_id=message, attachment_id=attachment, kind=kind,
                 outcome=outcome, parser_version="1", **more)  # fmt: skip
        self.find("requests", id=request)["letters_read"] += 1

    def owner(self, source: str) -> tuple[int, str, str | None]:
        if source in {row["id"] for row in self.tables["messages"]}:
            return self.find("messages", id=source)["request_id"], source, None
        row = self.find("attachments", id=source)
        return row["request_id"], row["message_id"], source

    def cite(self, source: str, words: str, ground: str, role: str, *, page: int = 1, **more: Any) -> str:
        """One mention of ``ground`` where ``words`` first stand; ``counts_as`` rolls it up."""
        request, message, attachment = self.owner(source)
        table, key = ("pages", f"{source}/{page}") if attachment else ("messages", source)
        text = self.find(table, id=key)["text"]
        regime, provision = ground.split(" ", 1)
        counts_as = more.pop("counts_as", ground)
        counted_regime, counted_provision = counts_as.split(" ", 1)
        counted = role in RELIED and (request, counted_regime, counted_provision) not in self.counted
        if counted:
            self.counted.add((request, counted_regime, counted_provision))
        number = 1 + sum(row["source"] == source for row in self.tables.get("citations", []))
        start = text.index(words)
        values = {
            "id": f"{source}/citation/{number}", "source": source, "request_id": request, "message_id": message,
            "attachment_id": attachment, "regime": regime, "provision": provision, "section": provision.split("(")[0],
            "counted_regime": counted_regime, "counted_provision": counted_provision,
            "provision_id": PROVISION_IDS[counts_as], "role": role, "relied_on": int(role in RELIED),
            "counted": int(counted), "quote": words, "page": page,
            "start": start, "end": start + len(words), "confidence": 0.9, "printed": words, "regime_rule": "named",
            "role_rule": "verb",
        }  # fmt: skip
        self.add("citations", **values | more)
        return str(values["id"])

    def signal(self, source: str, name: str, words: str, value: str | None = None) -> None:
        number = 1 + sum(row["source"] == source for row in self.tables.get("signals", []))
        self.add("signals", id=f"{source}/signal/{number}", source=source, name=name, value=value, quote=words, page=1,
                 start=0, end=len(words))  # fmt: skip

    def _tell_how_fresh(self, connection: sqlite3.Connection) -> None:
        (built_at,) = connection.execute("SELECT max(value) FROM about WHERE key = 'built_at'").fetchone()
        days = [row["last_checked_at"] for row in self.tables["requests"]]
        told: dict[str, Any] = {"rows_in_requests": len(days)}
        told |= {"first_checked_at": min(days), "last_checked_at": max(days)} if days else {}
        told |= freshness(connection, built_at=built_at)
        connection.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)", [(key, str(told[key])) for key in told])

    def write(self, path: Path) -> Path:
        """The database as ``wdtk publish`` lays it out: tables, rows, indexes, views, full-text search."""
        for row in self.tables["coverage"]:
            read = [one for one in self.tables["requests"] if one["letters_read"]]
            row["requests_read"] = sum(one["authority_id"] == row["authority_id"] for one in read)
        self.tables["requests"] = [{**_stand(row), **row} for row in self.tables["requests"]]
        clocks = self.tables.setdefault("clocks", [])
        extended = {row["request_id"] for row in clocks}
        clocks += [_clock(row) for row in self.tables["requests"] if row["id"] not in extended]
        connection = sqlite3.connect(path)
        for statement in table_statements():
            connection.execute(statement)
        for table, values in {"provisions": LAW, "appeal_rates": appeal_rows(), **self.tables}.items():
            for row in values:
                columns = ", ".join(f'"{name}"' for name in row)
                holes = ", ".join("?" * len(row))
                insert = f'INSERT INTO "{table}" ({columns}) VALUES ({holes})'  # noqa: S608 - names of our own
                connection.execute(insert, list(row.values()))
        for one in (summaries, answers, questions, returns, uses, families, names):
            one.fill(connection)
        for one in (tables_home, tables_search, value_counts):
            one.fill(connection)
        self._tell_how_fresh(connection)
        _tell_how_many(connection)
        indexes = (*index_statements(of_requests=True), *index_statements(of_requests=False))
        for statement in (*indexes, *view_statements(), *full_text_statements()):
            connection.execute(statement)
        connection.commit()
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()
        return path


def _tell_how_many(connection: sqlite3.Connection) -> None:
    """The rows of each table, where the sample does not say other numbers of its own."""
    for table in TABLES:
        (rows,) = connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()  # noqa: S608 - names of our own
        connection.execute("INSERT OR IGNORE INTO about VALUES (?, ?)", (f"rows_in_{table.name}", str(rows)))
