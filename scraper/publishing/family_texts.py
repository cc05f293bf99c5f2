"""The published texts that may be of a family, each with its place: read through once, and fetched again by place."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, Literal

from parsers.families import PARAGRAPHS, REQUESTS, Mention, Rule, Runs, paragraph_runs, reasons, request_runs

Kind = Literal["round_robin", "template"]
_INITIAL = """
SELECT m.id, m.request_id, r.authority_id, coalesce(r.asked_on, substr(m.sent_at, 1, 10)), m.text, r.batch_id
FROM messages AS m JOIN requests AS r ON r.id = m.request_id
WHERE m.kind = 'initial_request' AND m.text <> '' ORDER BY m.request_id, m.rowid
"""
_CITATIONS = """
SELECT source, page, id, start, relied_on, role, message_id, attachment_id FROM citations
ORDER BY request_id, rowid
"""
_SENT = """
SELECT m.request_id, r.authority_id, substr(m.sent_at, 1, 10), m.text
FROM messages AS m JOIN requests AS r ON r.id = m.request_id WHERE m.id = ?
"""
_TITLE_LENGTH = 140


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text: a row of ``family_members`` before it has a family."""

    id: str
    request_id: int
    authority_id: int
    message_id: str
    attachment_id: str | None
    page: int
    start: int
    end: int
    day: str | None
    citation_id: str | None = None
    batch_id: int | None = None

    def told(self) -> str:
        """As one string, from which ``of`` makes it again."""
        return json.dumps(list(vars(self).values()))

    @classmethod
    def of(cls, told: str) -> "Text":
        """What ``told`` wrote down."""
        return cls(**dict(zip(cls.__dataclass_fields__, json.loads(told), strict=True)))


@dataclass(frozen=True, kw_only=True)
class Source:
    """Texts of one kind in a public database."""

    connection: sqlite3.Connection
    kind: Kind

    @property
    def rule(self) -> Rule:
        """When two of them are alike."""
        return REQUESTS if self.kind == "round_robin" else PARAGRAPHS

    def __iter__(self) -> Iterator[tuple[Text, Runs]]:
        """Every text with its runs, by the numbers of requests and then in the order of letters."""
        return self._requests() if self.kind == "round_robin" else self._paragraphs()

    def words(self, text: Text) -> str:
        """The words of a text."""
        if text.attachment_id:
            statement, key = "SELECT text FROM pages WHERE id = ?", f"{text.attachment_id}/{text.page}"
        else:
            statement, key = "SELECT text FROM messages WHERE id = ?", text.message_id
        whole: str = self.connection.execute(statement, [key]).fetchone()[0]
        return whole[text.start : text.end]

    def runs(self, text: Text) -> Runs:
        """Its runs."""
        return self._runs(text, self.words(text))

    def title(self, text: Text) -> str:
        """What a family is called after this member: its request's title, or how the paragraph begins."""
        if self.kind == "round_robin":
            found = self.connection.execute("SELECT title FROM requests WHERE id = ?", [text.request_id]).fetchone()
            return str(found[0])
        words = " ".join(self.words(text).split())
        cut = words[:_TITLE_LENGTH].rpartition(" ")[0] or words[:_TITLE_LENGTH]
        return words if len(words) <= _TITLE_LENGTH else f"{cut} …"

    def family_id(self, text: Text) -> str:
        """The id of a family that begins with this member."""
        if self.kind == "round_robin":
            return f"round-robin-{text.request_id}"
        return f"template-{text.id.replace('/paragraph', '').replace('/', '-')}"

    def _runs(self, text: Text, words: str) -> Runs:
        names = self._names.get(text.authority_id, ())
        return request_runs(words, names) if self.kind == "round_robin" else paragraph_runs(words, names)

    @cached_property
    def _names(self) -> dict[int, tuple[str, ...]]:
        rows = self.connection.execute("SELECT id, name, short_name FROM authorities")
        return {identity: tuple(filter(None, names)) for identity, *names in rows}

    def _requests(self) -> Iterator[tuple[Text, Runs]]:
        for _, messages in groupby(self.connection.execute(_INITIAL), key=lambda row: row[1]):
            identity, request, authority, day, words, batch = next(messages)
            text = Text(
                id=identity,
                request_id=request,
                authority_id=authority,
                message_id=identity,
                attachment_id=None,
                page=1,
                start=0,
                end=len(words),
                day=day,
                batch_id=batch,
            )
            yield text, self._runs(text, words)

    def _paragraphs(self) -> Iterator[tuple[Text, Runs]]:
        for _, group in groupby(self.connection.execute(_CITATIONS), key=lambda row: row[:2]):
            rows = list(group)
            if any(row[4] for row in rows):
                yield from self._reasons(rows)

    def _reasons(self, rows: list[tuple[Any, ...]]) -> Iterator[tuple[Text, Runs]]:
        page, message, attachment = rows[0][1], rows[0][6], rows[0][7]
        request, authority, day, words = self.connection.execute(_SENT, [message]).fetchone()
        block = message
        if attachment:
            block = f"{attachment}/{page}"
            (words,) = self.connection.execute("SELECT text FROM pages WHERE id = ?", [block]).fetchone()
        mentions = [
            Mention(id=id_, start=start, relied_on=bool(relied), statute=role == "statute_quotation")
            for _, _, id_, start, relied, role, _, _ in rows
        ]
        for one in reasons(words, mentions):
            text = Text(
                id=f"{block}/paragraph/{one.number}",
                request_id=request,
                authority_id=authority,
                message_id=message,
                attachment_id=attachment,
                page=page,
                start=one.start,
                end=one.end,
                day=day,
                citation_id=one.mention,
            )
            yield text, self._runs(text, words[one.start : one.end])
