"""What a worker is asked and what it answers: JSON and bytes, checked on both sides; Dask carries them unopened.

A batch of orders is one task of Dask, since a task costs it as much as some letters cost a reader.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from parsers.documents.records import DocumentType, ReadStatus
from parsers.letters.records import LetterContext
from scraper.reading.frames import LENGTH, frame
from scraper.reading.jobs import decode, encode

Kind = Literal["document", "probe", "letter"]


@dataclass(frozen=True, kw_only=True)
class Order:
    """One piece of work; the file's bytes follow it where they are ``sent``."""

    kind: Kind
    sha256: str = ""
    """Of the file; empty for a letter."""
    name: str | None = None
    """What the file is called, which helps to tell what it is."""
    document_type: DocumentType = "unknown"
    """Of a file to be probed."""
    sent: bool = False
    pages: tuple[str, ...] = ()
    """Of a letter."""
    context: LetterContext = field(default_factory=LetterContext)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What became of an order; what was found follows."""

    state: Literal["done", "lost", "missing", "barred"]
    """``lost``: it cost a child of the worker; ``missing``: the file is not where the worker looks; ``barred``: it
    cannot be had from there, or is damaged."""
    status: ReadStatus = "crashed"
    """Of what is lost."""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What a worker says of a batch, before the answers."""

    seconds: float = 0.0
    """How long it took."""
    worker: str = ""
    """Its address."""
    unfit: str | None = None
    """Why it can do nothing; no answers follow then."""


def pack(bodies: Sequence[bytes]) -> bytes:
    """Messages as one."""
    return b"".join(map(frame, bodies))


def unpack(packed: bytes) -> Iterator[bytes]:
    """The messages in one; ``ValueError`` where it is torn."""
    start, end = 0, len(packed)
    while start < end:
        if end - start < LENGTH.size:
            raise ValueError("a torn message")
        (length,) = LENGTH.unpack_from(packed, start)
        start += LENGTH.size
        if length > end - start:
            raise ValueError("a torn message")
        yield packed[start : start + length]
        start += length


def packed_orders(orders: Sequence[tuple[Order, bytes]]) -> bytes:
    """Orders with the bytes that go with them."""
    return pack([part for order, data in orders for part in (encode(order), data)])


def unpacked_orders(packed: bytes) -> list[tuple[Order, bytes]]:
    """The orders of ``packed_orders``."""
    parts = list(unpack(packed))
    return [(decode(Order, head), data) for head, data in zip(parts[::2], parts[1::2], strict=True)]


def packed_answers(batch: Batch, answers: Sequence[tuple[Told, bytes]]) -> bytes:
    """What a worker found."""
    return pack([encode(batch), *(part for told, body in answers for part in (encode(told), body))])


def unpacked_answers(packed: bytes) -> tuple[Batch, list[tuple[Told, bytes]]]:
    """The answers of ``packed_answers``; ``ValueError`` where they are none."""
    head, *parts = unpack(packed)
    answers = [(decode(Told, told), body) for told, body in zip(parts[::2], parts[1::2], strict=True)]
    return decode(Batch, head), answers
