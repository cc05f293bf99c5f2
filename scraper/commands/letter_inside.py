"""The letters in one file: its own words, and those of the files inside it where it is a mail or an archive."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from parsers.documents.read import OPENERS
from parsers.documents.records import DocumentText, DocumentType, Opened, Page
from parsers.documents.text import decode
from parsers.letters.records import LetterContext
from scraper.archive.parts import MOST_DEPTH, MOST_FILES
from scraper.commands.letter_records import Given, NotReadError, complain
from scraper.reading.letters import LETTER_TYPES
from scraper.reading.pool import ReaderPool

_NO_LETTER = frozenset({"no_text", "unsupported"})
"""A picture below a signature, a certificate: nothing that anybody misses among letters."""

_USUAL = frozenset({"document_properties", "mail_route"})
"""What nearly every file holds beside its words."""


@dataclass(frozen=True, kw_only=True)
class _File:
    """A file that was given, or one inside such a file."""

    id: str
    where: str
    name: str
    data: bytes
    above: tuple[bytes, ...] = ()
    """Hashes of the files that it lies in."""


def file_letters(pool: ReaderPool, name: str, data: bytes) -> Iterator[Given | NotReadError]:
    """The letters of a file: one for its own words, then one for each letter inside it, whose id is its path."""
    stem = "stdin" if name == "standard input" else Path(name).stem
    left = Counter({"files": MOST_FILES})
    yield from _letters(pool, _File(id=stem, where=name, name=name, data=data), left)


def _letters(pool: ReaderPool, file: _File, left: Counter[str]) -> Iterator[Given | NotReadError]:
    kind = pool.sniff(file.data, name=file.name)
    if file.above and kind not in LETTER_TYPES and kind not in OPENERS:
        complain(f"{file.where}: not read as a letter ({kind}).")
        return
    opened = _opened(pool, file, kind)
    document = opened.document
    if document.status != "read":
        if file.above and document.status in _NO_LETTER:
            complain(f"{file.where}: {document.detail or document.status}")
        else:
            yield NotReadError(f"{file.where}: {document.detail or document.status}")
    else:
        if document.detail:
            complain(f"{file.where}: {document.detail}")
        _tell_findings(pool, file, kind)
        if document.pages:
            yield _given(file, document)
    yield from _inside(pool, file, opened, left)


def _opened(pool: ReaderPool, file: _File, kind: DocumentType) -> Opened:
    """The document; text is read here, as it came, so that places in it are places in the file."""
    if file.above or kind not in {"txt", "csv"}:
        return pool.open(file.data, document_type=kind)
    text, note = decode(file.data)
    pages = (Page(number=1, text=text, source="plain"),)
    return Opened(document=DocumentText(status="read", document_type=kind, pages=pages, detail=note))


def _tell_findings(pool: ReaderPool, file: _File, kind: DocumentType) -> None:
    """Say what unusual things the file holds beside what it shows, or that this could not be told."""
    probe = pool.probe(file.data, document_type=kind)
    if probe.status != "probed":
        complain(f"{file.where}: whether it holds more than it shows could not be told: {probe.detail}")
    elif kinds := dict.fromkeys(one.kind.replace("_", " ") for one in probe.findings if one.kind not in _USUAL):
        complain(f"{file.where}: it holds more than it shows: {', '.join(kinds)}.")


def _given(file: _File, document: DocumentText) -> Given:
    kept = [replace(page, text="", words=()) if page.is_doubtful else page for page in document.pages]
    words = tuple(page.words for page in kept)
    return Given(
        id=file.id,
        where=file.where,
        title=file.where,
        pages=tuple(page.text for page in kept),
        sure=words if any(words) else (),
        context=LetterContext(),
    )


def _inside(pool: ReaderPool, file: _File, opened: Opened, left: Counter[str]) -> Iterator[Given | NotReadError]:
    above = (*file.above, hashlib.sha256(file.data).digest())
    names: Counter[str] = Counter()
    for number, (part, data) in enumerate(zip(opened.document.parts, opened.files, strict=True), start=1):
        name = part.name or f"{number}"
        names[name] += 1
        own = name if names[name] == 1 else f"{name}#{names[name]}"
        inner = _File(id=f"{file.id}/{own}", where=f"{file.where}/{own}", name=name, data=data, above=above)
        if part.problem is not None:
            yield NotReadError(f"{inner.where}: {part.detail}")
        elif why := _refused(inner, left):
            yield NotReadError(f"{inner.where}: {why}")
        else:
            left["files"] -= 1
            yield from _letters(pool, inner, left)


def _refused(file: _File, left: Counter[str]) -> str | None:
    if left["files"] <= 0:
        return f"Of one file no more than {MOST_FILES:,} inside it are opened."
    if len(file.above) > MOST_DEPTH:
        return f"It lies more than {MOST_DEPTH} files deep, and is not opened."
    if hashlib.sha256(file.data).digest() in file.above:
        return "It is one of the files that it lies in."
    return None
