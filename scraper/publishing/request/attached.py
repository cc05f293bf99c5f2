"""The files of one request, with those inside them, and how much of each may be shown."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from parsers.documents.probes.probe import PROBE_VERSION
from scraper.archive import parts
from scraper.publishing.policy import FileKnown, Policy
from scraper.reading.ocr import INSTALL


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """One file; of one that is hidden or erased nothing but its state."""

    id: str
    message_id: str
    parent_id: str | None
    """The file that it lies in; None for one that the site lists."""
    attached: "Attachment | None"
    """The listed file that it lies in, however deep; None for that one itself."""
    position: int
    name: str | None
    url: str | None
    state: str
    fetch_status: str
    fetch_detail: str | None
    sha256: str | None
    size: int | None
    document_type: str | None
    document_status: str | None
    document_detail: str | None
    held_back: str | None
    hidden: tuple[str, ...]
    """Kinds of what the file holds and does not show, where that holds it back."""
    pages: tuple[tuple[int, str, str, float | None], ...]
    """Number, text, source, confidence; empty where the text may not be shown."""
    titles: dict[int, str]
    """Names of its sheets or slides, by the number of the page."""


_TAKEN_DOWN = frozenset({"hidden", "erased"})
"""What the site may answer in place of a file that its page still lists."""
_GONE = "missing"
_ATTACHMENTS = """
SELECT a.id, a.message_id, a.position, a.name, a.url, a.state, a.fetch_status, a.fetch_detail, a.sha256, f.size,
  f.first_seen_at, d.document_type, d.status, d.detail, p.status,
  EXISTS (SELECT 1 FROM findings AS h WHERE h.sha256 = a.sha256),
  EXISTS (SELECT 1 FROM document_parts AS o WHERE o.parent = a.sha256)
FROM messages AS m JOIN attachments AS a ON a.message_id = m.id
LEFT JOIN files AS f ON f.sha256 = a.sha256
LEFT JOIN documents AS d ON d.sha256 = a.sha256
LEFT JOIN probes AS p ON p.sha256 = a.sha256 AND p.document_type = d.document_type AND p.probe_version = ?
WHERE m.request_id = ? ORDER BY m.position, a.position, a.id
"""
_PART = """
SELECT f.first_seen_at, d.document_type, d.status, d.detail, p.status
FROM files AS f LEFT JOIN documents AS d ON d.sha256 = f.sha256
LEFT JOIN probes AS p ON p.sha256 = f.sha256 AND p.document_type = d.document_type AND p.probe_version = ?
WHERE f.sha256 = ?
"""
_PAGES = """
SELECT number, CASE source WHEN 'ocr_doubtful' THEN '' ELSE text END, source, confidence, title
FROM pages WHERE sha256 = ? ORDER BY number
"""
_HIDDEN = "SELECT DISTINCT kind FROM findings WHERE sha256 = ? AND severity = 'holds_back' ORDER BY kind"


class Files:
    """The files of an archive, request by request."""

    def __init__(
        self, connection: sqlite3.Connection, policy: Policy, withdrawn: Mapping[str, str], *, on: date
    ) -> None:
        """``withdrawn`` is the state of what was taken down, by subject; ``on`` the day of publishing."""
        self._connection, self._policy, self._withdrawn, self._on = connection, policy, withdrawn, on

    def of(self, request_id: int, shown: Collection[str]) -> Iterator[Attachment]:
        """The files of a request in order, each followed by those inside it; ``shown`` are its visible messages."""
        for row in self._connection.execute(_ATTACHMENTS, [PROBE_VERSION, request_id]).fetchall():
            attached = self._attachment(row, shown)
            yield from self._with_parts(attached) if row[-1] else [attached]

    def _attachment(self, row: tuple[Any, ...], shown: Collection[str]) -> Attachment:
        identity, message_id, position, name, url, state, status, detail, sha256, size, *known = row
        seen, kind, read, why, probe, has_findings, _ = known
        if state == "file" and status in _TAKEN_DOWN:
            state = status
        if state == "file" and (message_id not in shown or identity in self._withdrawn):
            state = "erased" if self._withdrawn.get(identity) == "erased" else "hidden"
        if state != "file":
            name = url = detail = sha256 = size = kind = read = why = None
            status = state
        return self._judged(
            Attachment(
                id=identity,
                message_id=message_id,
                parent_id=None,
                attached=None,
                position=position,
                name=name,
                url=url,
                state=state,
                fetch_status=status,
                fetch_detail=detail,
                sha256=sha256,
                size=size,
                document_type=kind,
                document_status=read,
                document_detail=why,
                held_back=None,
                hidden=(),
                pages=(),
                titles={},
            ),
            probe=probe,
            seen=seen,
            has_findings=bool(has_findings),
        )

    def _judged(self, file: Attachment, *, probe: str | None, seen: str | None, has_findings: bool) -> Attachment:
        """The file with its text, or with why that is held back."""
        hidden = self._hidden(file.sha256) if has_findings else ()
        known = FileKnown(
            document_type=file.document_type,
            name=file.name,
            read_status=file.document_status,
            probe_status=probe,
            has_findings=bool(hidden),
            first_seen_on=date.fromisoformat(seen[:10]) if seen else None,
        )
        held_back = self._policy.held_back(known, on=self._on) if file.state == "file" else None
        visible = file.state == "file" and file.fetch_status != _GONE and file.document_status and held_back is None
        if visible and file.sha256:
            pages = self._connection.execute(_PAGES, [file.sha256]).fetchall()
            return replace(
                file,
                pages=tuple((number, sound(text) or "", *rest) for number, text, *rest, _ in pages),
                titles={number: title for number, *_, title in pages if title is not None},
            )
        if held_back is None:
            return file
        return replace(file, held_back=held_back, hidden=hidden if held_back == "hidden_content" else ())

    def _with_parts(self, attached: Attachment) -> list[Attachment]:
        """The file and those inside it, each judged by itself; none of a file that is not shown."""
        if attached.sha256 is None or attached.fetch_status == _GONE or attached.held_back is not None:
            return [attached]
        found = parts.tree(self._connection, attached.sha256)
        said = " ".join(filter(None, (attached.document_detail, found.sentence)))
        attached = replace(attached, document_detail=said or None)
        return [attached, *(self._part(node, attached) for node in found.nodes)]

    def _part(self, node: parts.PartNode, attached: Attachment) -> Attachment:
        seen, kind, read, why, probe = (
            self._connection.execute(_PART, [PROBE_VERSION, node.sha256]).fetchone() or [None] * 5
        )
        if node.problem is not None:
            kind, read, why = None, node.problem, node.detail
        file = replace(
            attached,
            id=parts.part_id(attached.id, node.path),
            parent_id=parts.part_id(attached.id, node.path[:-1]),
            attached=attached,
            position=node.path[-1],
            name=node.name,
            sha256=node.sha256,
            size=node.size if node.sha256 else None,
            document_type=kind,
            document_status=read,
            document_detail=why,
            fetch_detail=None,
            held_back=None,
            hidden=(),
            pages=(),
            titles={},
        )
        return file if node.problem else self._judged(file, probe=probe, seen=seen, has_findings=True)

    def _hidden(self, sha256: str | None) -> tuple[str, ...]:
        return tuple(kind for (kind,) in self._connection.execute(_HIDDEN, [sha256])) if sha256 else ()


def for_readers(detail: str | None) -> str | None:
    """A sentence on how a file was read, without what it asks of whoever runs this program."""
    return detail.replace(f": {INSTALL}", "") if detail else None


def sound(text: str | None) -> str | None:
    """``text`` without NUL, at which SQLite's own functions would stop; every other letter keeps its place."""
    return text.replace("\0", "\ufffd") if text else text
