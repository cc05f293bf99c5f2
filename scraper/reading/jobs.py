"""What a child is asked and what it answers, as JSON: nothing that comes from a child is ever unpickled."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeVar

from parsers.documents.records import DocumentType
from parsers.letters.records import LetterContext
from scraper.reading.strict import load

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Hello:
    """The first thing a child says, once its limits are on."""

    ready: bool
    sealed: Literal["filter", "namespace", "open"] = "open"
    missing: str | None = None
    """The sentence on a limit that this system does not hold; the child then reads nothing."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One piece of work. A document's bytes follow it in a message of their own, empty for a letter."""

    kind: Literal["document", "letter", "background"]
    document_type: DocumentType = "unknown"
    pages: tuple[str, ...] = ()
    context: LetterContext = field(default_factory=LetterContext)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How a child is after a job; what it found follows in a message of its own."""

    resident_bytes: int
    out_of_memory: bool = False


def encode(record: object) -> bytes:
    """A record as the body of a message. ASCII, so that a stray surrogate does no harm."""
    return json.dumps(asdict(record), separators=(",", ":")).encode("ascii")  # type: ignore[call-overload]  # records only


def decode(kind: type[T], body: bytes) -> T:
    """The record in a message's body; ``ValueError`` where there is none."""
    try:
        value: Any = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return load(kind, value)
