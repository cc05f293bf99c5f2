"""Gathering the files inside a file within bounds: how many, how many bytes, and what each is called.

A part that is beyond the bounds, locked or damaged stays in the list with the reason, and without bytes.
"""

import re
from collections.abc import Sequence

from parsers.documents.caps import Caps
from parsers.documents.records import DocumentText, DocumentType, Opened, Page, Part, ReadStatus
from parsers.documents.result import capped, failure

MEGABYTE = 1 << 20
MOST_PARTS = 400
"""Of one file; the rest is only counted."""
MOST_BYTES = 64 * MEGABYTE
"""Of all parts of one file together."""
LONGEST_NAME = 200
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DRIVE = re.compile(r"^[A-Za-z]:(?=/|$)")


def part_name(name: str | None) -> str | None:
    """What a part is called, as words: no control characters, no way out of its folder, no more than fits a line."""
    if name is None:
        return None
    plain = _DRIVE.sub("", _CONTROLS.sub("", name[: 10 * LONGEST_NAME]).replace("\\", "/"))
    steps = [step.strip() for step in plain.split("/")]
    path = "/".join(step for step in steps if step not in {"", ".", ".."})
    return _shortened(path) or None


def _shortened(path: str) -> str:
    if len(path) <= LONGEST_NAME:
        return path
    stem, dot, ending = path.rpartition(".")
    kept = f"{dot}{ending}" if stem and len(ending) <= 8 else ""
    return path[: LONGEST_NAME - len(kept)] + kept


class Parts:
    """The parts of one file as they are found."""

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self._files: list[bytes] = []
        self._beyond = 0
        self.left = MOST_BYTES
        """How many bytes the next part may have."""

    def add(self, name: str | None, data: bytes) -> None:
        """A part with its bytes."""
        if len(data) > self.left:
            self.fail(name, "too_big", f"With it the parts would be more than {MOST_BYTES // MEGABYTE} MB.")
            return
        if self._has_room():
            self._parts.append(Part(name=part_name(name), size=len(data)))
            self._files.append(data)
            self.left -= len(data)

    def fail(self, name: str | None, status: ReadStatus, detail: str) -> None:
        """A part whose bytes could not be had."""
        if self._has_room():
            self._parts.append(Part(name=part_name(name), size=0, problem=status, detail=detail))
            self._files.append(b"")

    def _has_room(self) -> bool:
        full = len(self._parts) >= MOST_PARTS
        self._beyond += full
        return not full

    def has_room_for(self, size: int) -> bool:
        """Whether a part of so many bytes would still be taken."""
        return size <= self.left and len(self._parts) < MOST_PARTS

    def opened(
        self, document_type: DocumentType, text: str, *, caps: Caps, tool: str, notes: Sequence[str] = ()
    ) -> Opened:
        """The record of the file: its own words as one page where it has any, and its parts."""
        pages, cuts = capped([Page(number=1, text=text, source="message")] if text.strip() else [], caps)
        said = [*notes, *cuts]
        if self._beyond:
            said.append(f"{self._beyond:,} more parts were left out: {MOST_PARTS:,} of one file are taken.")
        if not pages and not any(part.problem is None for part in self._parts):
            return Opened(document=self._nothing(document_type, tool, said), files=tuple(self._files))
        document = DocumentText(
            status="read",
            document_type=document_type,
            pages=tuple(pages),
            detail=" ".join(said) or None,
            tool=tool,
            parts=tuple(self._parts),
        )
        return Opened(document=document, files=tuple(self._files))

    def _nothing(self, document_type: DocumentType, tool: str, said: Sequence[str]) -> DocumentText:
        """The record of a file that gave neither words nor files, with the reason of the first part, if any."""
        first = next(iter(self._parts), None)
        status = first.problem if first and first.problem else "no_text"
        why = "None of its parts could be opened." if first else "It holds nothing."
        return DocumentText(
            status=status,
            document_type=document_type,
            pages=(),
            detail=" ".join([why, *said]),
            tool=tool,
            parts=tuple(self._parts),
        )


def unopened(document_type: DocumentType, status: ReadStatus, detail: str, *, tool: str) -> Opened:
    """The record of a file that could not be opened at all."""
    return Opened(document=failure(document_type, status, detail, tool=tool))
