"""One request with all that belongs to it, read from the public database."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from archive_site.links import Links, anchor_of
from archive_site.requests.head import Head
from archive_site.requests.head import load as head_of
from archive_site.store import Row, row, rows
from archive_site.texts.blocks import ALONE_CHARACTERS, Block
from archive_site.texts.marks import Mark
from archive_site.wording import labels

REQUEST = """
SELECT r.*, a.name AS authority, a.url AS authority_url, v.subject AS withdrawn, a.url_name AS authority_url_name
FROM requests AS r JOIN authorities AS a ON a.id = r.authority_id
LEFT JOIN withdrawals AS v ON v.subject = 'request/' || r.id
WHERE r.id = :request"""
MESSAGES = """
SELECT id, position, direction, sender, kind, sent_at, prominence, hidden_reason, url,
  substr(text, 1, :most) AS text, length(text) AS length
FROM messages WHERE request_id = :request ORDER BY position"""
ATTACHMENTS = "SELECT * FROM attachments WHERE request_id = :request ORDER BY message_id, position"
PAGES = """
SELECT id, attachment_id, number, substr(text, 1, :most) AS text, length(text) AS length, source, confidence, title
FROM pages WHERE request_id = :request ORDER BY attachment_id, number"""
FINDINGS = "SELECT attachment_id, kind FROM findings WHERE request_id = :request ORDER BY +kind"
CITATIONS = """
SELECT id, source, attachment_id, page, regime, provision, role, role_rule, relied_on, quote, start, "end"
FROM citations WHERE request_id = :request ORDER BY source, page, start"""
READINGS = "SELECT source, kind, letter_date, outcome FROM readings WHERE request_id = :request"
SIGNALS = """
SELECT s.source, s.name, s.value FROM signals AS s JOIN readings AS r ON r.source = s.source
WHERE r.request_id = :request ORDER BY s.id"""
REFERENCES = "SELECT DISTINCT value FROM letter_references WHERE request_id = :request ORDER BY value"
HEADING = "heading_in_a_refusal"
"""The rule that takes a heading above a refusal for a reliance: it counts, and says little to a reader."""
EVENTS = """
SELECT created_at, event_type, described_state, calculated_state, display_status, message_id
FROM events WHERE request_id = :request ORDER BY created_at, id"""
WITHDRAWALS = """
SELECT subject, state, first_seen_at FROM withdrawals WHERE request_id = :request ORDER BY first_seen_at"""
CHANGES = """
SELECT seen_at, kind, subject, count(*) AS times, min(before) AS before, max(after) AS after FROM changes
WHERE request_id = :request AND kind NOT IN ('new_event', 'new_state')
GROUP BY seen_at, kind, CASE WHEN kind IN ('new_message', 'new_comment', 'file_new') THEN NULL ELSE subject END
UNION ALL
SELECT seen_at, kind, subject, 1, before, after FROM changes WHERE request_id = :request AND kind = 'new_state'
ORDER BY seen_at DESC, kind LIMIT 50"""
BY_SLUG = "SELECT id FROM requests WHERE slug = :slug"
WITHDRAWN = "SELECT state, first_seen_at FROM withdrawals WHERE subject = :subject"


@dataclass(frozen=True, kw_only=True)
class Document:
    """One attachment, how it was read, and its pages."""

    row: Row
    reading: Row | None
    signals: tuple[Row, ...]
    pages: tuple[Block, ...]
    hidden: tuple[str, ...] = ()
    """Kinds of what the file holds and does not show."""
    depth: int = 0
    """How many files it lies in; none where the site lists it."""
    holder: str | None = None
    """The name of the file that it lies in."""
    inside: int = 0
    """How many files lie in it."""

    @property
    def how_read(self) -> str:
        """How its text was got, where it was: from the file itself, or by recognising pictures of pages."""
        sources = {page.source for page in self.pages if page.length}
        sure = [page.confidence for page in self.pages if page.source == "ocr" and page.confidence is not None]
        if "ocr" not in sources:
            return "text of the file itself" if sources else ""
        partly = "" if sources == {"ocr"} else "in part "
        told = f"text {partly}recognised in pictures"
        return f"{told}, {100 * sum(sure) / len(sure):.0f}% sure" if sure else told


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One message with its attachments."""

    row: Row
    reading: Row | None
    signals: tuple[Row, ...]
    block: Block | None
    """None where the message is hidden or empty."""
    documents: tuple[Document, ...]
    """In order, each followed by those inside it."""

    @property
    def files(self) -> int:
        """How many files the site lists."""
        return sum(document.depth == 0 for document in self.documents)


@dataclass(frozen=True, kw_only=True)
class Thread:
    """A request as it is read from top to bottom."""

    request: Row
    head: Head
    letters: tuple[Letter, ...]
    citations: tuple[Row, ...]
    references: tuple[str, ...]
    events: tuple[Row, ...]
    withdrawals: tuple[Row, ...]
    changes: tuple[Row, ...]
    """What was found changed since the request was first seen, the newest first."""


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """Rows of one request by what they hang on."""

    documents: dict[str, list[Row]]
    """By message, and by the file that they lie in."""
    pages: dict[str, list[Row]]
    findings: dict[str, list[Row]]
    marks: dict[tuple[str, int], list[Mark]]
    readings: dict[str, Row]
    signals: dict[str, list[Row]]


async def load(datasette: Any, request_id: int) -> Thread | None:
    """The thread of a request, or None where there is no such request."""
    request = await row(datasette, REQUEST, request=request_id)
    if request is None:
        return None

    async def all_of(sql: str, **more: int) -> list[Row]:
        return await rows(datasette, sql, request=request_id, **more)

    citations = await all_of(CITATIONS)
    parts = _Parts(
        documents=_by_holder(await all_of(ATTACHMENTS)),
        pages=_by(await all_of(PAGES, most=ALONE_CHARACTERS), "attachment_id"),
        findings=_by(await all_of(FINDINGS), "attachment_id"),
        marks=marks_of(citations, Links(datasette=datasette)),
        readings={reading["source"]: reading for reading in await all_of(READINGS)},
        signals=_by(await all_of(SIGNALS), "source"),
    )
    messages = await all_of(MESSAGES, most=ALONE_CHARACTERS)
    return Thread(
        request=request,
        head=await head_of(datasette, request, messages),
        letters=tuple(_letter(message, parts) for message in messages),
        citations=tuple(citations),
        references=tuple(reference["value"] for reference in await all_of(REFERENCES)),
        events=tuple(await all_of(EVENTS)),
        withdrawals=tuple(await all_of(WITHDRAWALS)),
        changes=tuple(await all_of(CHANGES)),
    )


def marks_of(citations: Sequence[Row], links: Links) -> dict[tuple[str, int], list[Mark]]:
    """The marks of each message (under page 0) and of each page of each document."""
    found: dict[tuple[str, int], list[Mark]] = defaultdict(list)
    for citation in citations:
        place = (citation["source"], citation["page"] if citation["attachment_id"] else 0)
        found[place].append(_mark(citation, links))
    return found


def _mark(citation: Row, links: Links) -> Mark:
    return Mark(
        id=citation["id"],
        anchor=anchor_of(citation["id"]),
        start=citation["start"],
        end=citation["end"],
        quote=citation["quote"],
        relied_on=bool(citation["relied_on"]),
        name=labels.provision(citation["regime"], citation["provision"]),
        role=labels.words(citation["role"], labels.ROLES),
        link=links.row("citations", citation["id"]),
    )


def _by(found: Sequence[Row], key: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for one in found:
        grouped[one[key]].append(one)
    return grouped


def _letter(message: Row, parts: _Parts) -> Letter:
    block = _block(message, number=0, marks=parts.marks.get((message["id"], 0), [])) if message["text"] else None
    return Letter(
        row=message,
        reading=parts.readings.get(message["id"]),
        signals=tuple(parts.signals.get(message["id"], ())),
        block=block,
        documents=tuple(_documents(message["id"], parts)),
    )


def _by_holder(attachments: Sequence[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for one in attachments:
        grouped[one["parent_id"] or one["message_id"]].append(one)
    return grouped


def _documents(key: str, parts: _Parts, above: Document | None = None) -> Iterator[Document]:
    """The files of a message, or those inside another file, each followed by those inside it."""
    for attachment in parts.documents.get(key, ()):
        document = _document(attachment, parts, above)
        yield document
        yield from _documents(attachment["id"], parts, document)


def _document(attachment: Row, parts: _Parts, above: Document | None) -> Document:
    key = attachment["id"]
    return Document(
        row=attachment,
        reading=parts.readings.get(key),
        signals=tuple(parts.signals.get(key, ())),
        pages=tuple(
            _block(page, number=page["number"], marks=parts.marks.get((key, page["number"]), []))
            for page in parts.pages.get(key, ())
        ),
        hidden=tuple(finding["kind"] for finding in parts.findings.get(key, ())),
        depth=above.depth + 1 if above else 0,
        holder=(above.row["name"] or "a file without a name") if above else None,
        inside=len(parts.documents.get(key, ())),
    )


def _block(one: Row, *, number: int, marks: Sequence[Mark]) -> Block:
    return Block(
        id=one["id"],
        number=number,
        text=one["text"],
        length=one["length"],
        marks=tuple(marks),
        source=one.get("source", "message"),
        confidence=one.get("confidence"),
        title=one.get("title"),
    )


@dataclass(frozen=True, kw_only=True)
class Use:
    """One provision as this thread mentions it."""

    name: str
    regime: str
    provision: str
    role: str
    times: int
    first: str
    """The id of the first such citation that is no heading; of the first where all are."""
    quote: str
    """Its words."""


def uses(citations: Sequence[Row], *, relied_on: bool) -> list[Use]:
    """The provisions relied on, or those only mentioned, each once with its first citation."""
    kind = [one for one in citations if bool(one["relied_on"]) is relied_on]
    relied = {(one["regime"], one["provision"]) for one in citations if one["relied_on"]} if not relied_on else set()
    kind = [one for one in kind if (one["regime"], one["provision"]) not in relied]

    def key(one: Row) -> tuple[str, str]:
        return one["regime"], one["provision"]

    grouped = [list(group) for _, group in groupby(sorted(kind, key=key), key=key)]
    return [
        Use(
            name=labels.provision(*key(group[0])),
            regime=group[0]["regime"],
            provision=group[0]["provision"],
            role=labels.words(group[0]["role"], labels.ROLES),
            times=len(group),
            first=said["id"],
            quote=" ".join(said["quote"].split()),
        )
        for group in sorted(grouped, key=lambda group: (-len(group), key(group[0])))
        for said in [next((one for one in group if one["role_rule"] != HEADING), group[0])]
    ]
