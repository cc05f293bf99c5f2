"""The published texts that may be of a family: each with its place, from which its words are fetched again."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Literal

from parsers.families import PARAGRAPHS, REQUESTS, Rule, Runs, paragraph_runs, request_runs

Kind = Literal["round_robin", "template"]
RULES: dict[Kind, Rule] = {"round_robin": REQUESTS, "template": PARAGRAPHS}
"""When two texts of a kind are alike."""
_TITLE_LENGTH = 140


@dataclass(frozen=True, kw_only=True, slots=True)
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
        return json.dumps([getattr(self, name) for name in _COLUMNS])

    @classmethod
    def of(cls, told: str) -> "Text":
        """What ``told`` wrote down."""
        return cls(**dict(zip(_COLUMNS, json.loads(told), strict=True)))

    def columns(self) -> dict[str, Any]:
        """Its columns in ``family_members``."""
        return {name: getattr(self, name) for name in _COLUMNS}


_COLUMNS = tuple(field.name for field in fields(Text))


def runs_of(kind: Kind, words: str, names: Iterable[str]) -> Runs:
    """The runs of a text sent to, or by, an authority that has these names."""
    return request_runs(words, names) if kind == "round_robin" else paragraph_runs(words, names)


@dataclass(frozen=True, kw_only=True)
class Source:
    """The words of texts of one kind, from a public database."""

    connection: sqlite3.Connection
    kind: Kind

    @property
    def rule(self) -> Rule:
        """When two of them are alike."""
        return RULES[self.kind]

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
        return runs_of(self.kind, self.words(text), self._names.get(text.authority_id, ()))

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

    @cached_property
    def _names(self) -> dict[int, tuple[str, ...]]:
        rows = self.connection.execute("SELECT id, name, short_name FROM authorities")
        return {identity: tuple(filter(None, names)) for identity, *names in rows}
