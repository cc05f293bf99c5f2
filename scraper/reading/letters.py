"""Which texts of the archive are letters to be read, and which of them are new or stale.

Incoming messages and their attached letters only: a requester's own words rely on nothing, and where an
authority quotes them the reader of letters tells them apart by itself.
"""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from parsers.letters.reading import PARSER_VERSION
from parsers.letters.records import LetterContext
from scraper.archive import parts
from scraper.reading.context import contexts
from scraper.reading.since import Span, requests

LETTER_TYPES = (
    "pdf",
    "html",
    "txt",
    "docx",
    "docm",
    "doc",
    "odt",
    "rtf",
    "eml",
    "msg",
    "tnef",
    "png",
    "jpg",
    "tiff",
    "gif",
)
"""Documents that can be a letter; what a spreadsheet or a slide cites, nobody relies on."""
MOST_PAGES = 40
"""A letter ends well before; what follows in a longer file is what was asked for."""

OF_THESE = "m.request_id IN (SELECT value FROM json_each(?))"
"""A condition on messages: theirs alone are looked at, found by the index ``messages_request``."""
MESSAGES = f"""
SELECT m.id, m.request_id, m.id, NULL, coalesce(m.full_text, m.text)
FROM messages m
WHERE {OF_THESE} AND m.direction = 'incoming' AND coalesce(m.full_text, m.text) <> ''
ORDER BY m.request_id, m.id
"""  # noqa: S608 - constants of this module
ATTACHMENTS = f"""
SELECT a.id, m.request_id, m.id, a.sha256, d.reader_version || ' ' || d.tool
FROM messages m JOIN attachments a ON a.message_id = m.id JOIN documents d ON d.sha256 = a.sha256
WHERE {OF_THESE} AND a.state = 'file' AND m.direction = 'incoming' AND d.status = 'read'
  AND d.page_count > 0 AND d.document_type IN ({", ".join(f"'{kind}'" for kind in LETTER_TYPES)})
ORDER BY m.request_id, a.id
"""  # noqa: S608 - constants of this module
HOLDERS = f"""
SELECT a.id, m.request_id, m.id, a.sha256
FROM messages m JOIN attachments a ON a.message_id = m.id
WHERE {OF_THESE} AND a.state = 'file' AND m.direction = 'incoming'
  AND EXISTS (SELECT 1 FROM document_parts p WHERE p.parent = a.sha256)
ORDER BY m.request_id, a.id
"""  # noqa: S608 - constants of this module
PARTS = f"""
SELECT sha256, reader_version FROM documents
WHERE sha256 IN (SELECT value FROM json_each(?)) AND status = 'read' AND page_count > 0
  AND document_type IN ({", ".join(f"'{kind}'" for kind in LETTER_TYPES)})
"""  # noqa: S608 - constants of this module
KNOWN = """
SELECT source, input_key, attachment_id IS NOT NULL AND source <> attachment_id FROM readings
WHERE request_id IN (SELECT value FROM json_each(?))
"""
COUNT = """
SELECT (SELECT count(*) FROM messages WHERE id >= 'incoming-' AND id < 'incoming.')
  + (SELECT count(*) FROM documents WHERE status = 'read')
"""
"""From an index and a small table: to look at the words of each message would take minutes."""
COUNT_CHANGED = """
SELECT count(*) + coalesce(sum((SELECT count(*) FROM attachments AS a WHERE a.message_id = m.id)), 0)
FROM temp.changed AS c CROSS JOIN messages AS m ON m.request_id = c.request_id WHERE m.direction = 'incoming'
"""
PAGES = """
SELECT CASE source WHEN 'ocr_doubtful' THEN '' ELSE text END, CASE source WHEN 'ocr' THEN words END
FROM pages WHERE sha256 = ? ORDER BY number LIMIT ?
"""
PAGE_COUNT = "SELECT page_count FROM documents WHERE sha256 = ?"
STILL_MESSAGE = "SELECT 1 FROM messages WHERE id = ? AND request_id = ? AND coalesce(full_text, text) = ?"
STILL_ATTACHMENT = "SELECT 1 FROM attachments WHERE id = ? AND message_id = ? AND sha256 = ? AND state = 'file'"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A text to be read as a letter, with where it is from."""

    source: str
    """``messages.id`` or ``attachments.id``, or that of a file inside an attached one (``archive.parts.part_id``)."""
    request_id: int
    message_id: str
    attachment_id: str | None
    """``None`` for a message's own words."""
    attached_sha256: str | None
    """Of the attachment."""
    sha256: str | None
    """Of the document: the attachment's, or that of the file inside it."""
    text: str
    """Of a message; of an attachment, the version of the reader that made its pages, and with which tools."""
    context: LetterContext

    @property
    def input_key(self) -> str:
        """Changes with anything that a reading depends on: the words, the context, the reader of letters."""
        parts = [self.sha256, self.text, _fields(self.context), PARSER_VERSION, MOST_PAGES]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8")).hexdigest()


@lru_cache(maxsize=1024)
def _fields(context: LetterContext) -> dict[str, Any]:
    return asdict(context)


@dataclass(frozen=True, kw_only=True)
class Found:
    """The letters of some requests."""

    letters: tuple[tuple[Letter, bool], ...]
    """Each with whether its reading is there and not stale: messages, attachments, then files inside attachments."""
    strays: tuple[str, ...]
    """Sources of readings of files inside attachments that are there no more."""


def candidates(connection: sqlite3.Connection) -> Iterator[tuple[Letter, bool]]:
    """Every letter of the archive and whether its reading is there and not stale, request by request.

    Rows are fetched some at a time, so the caller may write in between.
    """
    everything = Span(since=None, until=0, by="")
    for some in requests(connection, everything):
        yield from of(connection, some).letters


def of(connection: sqlite3.Connection, some: Sequence[int]) -> Found:
    """The letters of these requests; the database is asked little however many letters there are."""
    asked = [json.dumps(some)]
    rows = [_Row(*row) for statement in (MESSAGES, ATTACHMENTS) for row in connection.execute(statement, asked)]
    rows += _inside(connection, connection.execute(HOLDERS, asked).fetchall())
    readings = connection.execute(KNOWN, asked).fetchall()
    known = {source: key for source, key, _ in readings}
    context = contexts(connection, {row.request_id for row in rows})
    letters = [_letter(row, context[row.request_id]) for row in rows]
    sources = {letter.source for letter in letters}
    return Found(
        letters=tuple((letter, known.get(letter.source) == letter.input_key) for letter in letters),
        strays=tuple(source for source, _, is_part in readings if is_part and source not in sources),
    )


class _Row(NamedTuple):
    source: str
    request_id: int
    message_id: str
    sha256: str | None
    text: str
    attachment_id: str | None = None
    attached_sha256: str | None = None


def _letter(row: _Row, context: LetterContext) -> Letter:
    attached = row.attached_sha256 or row.sha256
    return Letter(
        source=row.source,
        request_id=row.request_id,
        message_id=row.message_id,
        attachment_id=row.attachment_id or (row.source if attached else None),
        attached_sha256=attached,
        sha256=row.sha256,
        text=row.text,
        context=context,
    )


def _inside(connection: sqlite3.Connection, holders: Sequence[tuple[Any, ...]]) -> list[_Row]:
    """The letters inside attached files: those of their parts that were read, with the version of their reader."""
    trees = parts.trees(connection, {attached for *_, attached in holders})
    nodes = {root: [node for node in tree.nodes if node.problem is None] for root, tree in trees.items()}
    wanted = {node.sha256 for some in nodes.values() for node in some if node.sha256 is not None}
    versions = dict(connection.execute(PARTS, [json.dumps(sorted(wanted))]))
    return [
        _Row(
            source=parts.part_id(attachment_id, node.path),
            request_id=request_id,
            message_id=message_id,
            sha256=node.sha256,
            text=versions[node.sha256],
            attachment_id=attachment_id,
            attached_sha256=attached,
        )
        for attachment_id, request_id, message_id, attached in holders
        for node in nodes[attached]
        if node.sha256 in versions
    ]


def drop(connection: sqlite3.Connection, sources: Collection[str]) -> None:
    """Forget these readings."""
    connection.executemany("DELETE FROM readings WHERE source = ?", [(source,) for source in sources])


def count(connection: sqlite3.Connection, looked_at: Span) -> int:
    """About how many letters there are to look at, for a progress bar."""
    (number,) = connection.execute(COUNT if looked_at.since is None else COUNT_CHANGED).fetchone()
    return int(number)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is to be read of a letter."""

    pages: tuple[str, ...]
    sure: tuple[tuple[int, ...], ...] = ()
    """By page how sure each word is, in percent; empty for a page whose words are no guess."""
    note: str | None = None
    """Where they are not all of the letter."""


def words(connection: sqlite3.Connection, letter: Letter) -> Words:
    """The words to read, by page; a page that was recognised too badly has none."""
    if letter.sha256 is None:
        return Words(pages=(letter.text,))
    found = connection.execute(PAGES, [letter.sha256, MOST_PAGES]).fetchall()
    (total,) = connection.execute(PAGE_COUNT, [letter.sha256]).fetchone()
    return Words(
        pages=tuple(text for text, _ in found),
        sure=tuple(tuple(json.loads(sure)) if sure else () for _, sure in found),
        note=f"Read as a letter: the first {MOST_PAGES} of {total} pages." if total > MOST_PAGES else None,
    )


def is_unchanged(connection: sqlite3.Connection, letter: Letter) -> bool:
    """Whether a crawl has left the letter as it was when its words were taken; asked inside the transaction."""
    if letter.sha256 is None:
        row = connection.execute(STILL_MESSAGE, [letter.message_id, letter.request_id, letter.text])
    else:
        row = connection.execute(STILL_ATTACHMENT, [letter.attachment_id, letter.message_id, letter.attached_sha256])
    return row.fetchone() is not None
