"""What a file holds beside what it shows, in a closed vocabulary; never the hidden content itself, nor a name of it."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal, get_args

from parsers.documents.records import DocumentType, ReadStatus

FindingKind = Literal[
    "hidden_sheet", "very_hidden_sheet", "hidden_rows", "filtered_rows", "hidden_columns", "hidden_cells",
    "pivot_cache", "external_data", "embedded_file", "hidden_slide", "hidden_shape", "covered_text", "invisible_text",
    "text_outside_page", "unapplied_redaction", "white_text", "tiny_text", "hidden_text", "tracked_changes", "comments",
    "speaker_notes", "annotations", "attached_file", "macros", "document_properties", "picture_location",
    "picture_author", "picture_remarks", "picture_thumbnail", "picture_remainder", "cropped_picture",
    "earlier_versions", "mail_route", "blind_copies",
]  # fmt: skip
Severity = Literal["holds_back", "note"]
ProbeStatus = Literal["probed", ReadStatus]
KINDS: tuple[FindingKind, ...] = get_args(FindingKind)
NOTES = frozenset({
    "hidden_text", "tracked_changes", "comments", "speaker_notes", "annotations", "attached_file", "macros",
    "document_properties", "picture_location", "picture_author", "picture_remarks", "picture_thumbnail",
    "picture_remainder", "cropped_picture", "earlier_versions", "mail_route", "blind_copies",
})  # fmt: skip
"""What no reader here takes for text of the document, and no figure of it rests on; all else holds it back."""
TABLES = frozenset({"xlsx", "xls", "xlsb", "ods", "csv", "pptx"})
"""Here a file inside, often the whole table behind a chart, is as telling as a hidden sheet; in a letter it is an
enclosure that is not read. The same holds for what is taken from other files: in a letter that is a picture."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that the file does not show."""

    kind: FindingKind
    severity: Severity
    place: str
    """Such as ``sheet 2, columns C to F`` or ``page 3``: by number, as a hidden sheet's name is hidden too."""
    count: int
    """Of rows, cells, characters, changes and so on."""


@dataclass(frozen=True, kw_only=True)
class Probe:
    """What came of probing one document; findings count only where it was ``probed``."""

    status: ProbeStatus
    findings: tuple[Finding, ...] = ()
    detail: str | None = None
    """Why it could not be probed."""


class Findings:
    """Gathers findings, one for each kind and place."""

    def __init__(self, document_type: DocumentType) -> None:
        self._notes = NOTES if document_type in TABLES else NOTES | {"embedded_file", "external_data"}
        self._counts: Counter[tuple[FindingKind, str]] = Counter()

    def add(self, kind: FindingKind, place: str = "document", *, count: int = 1) -> None:
        """So many more of this kind in this place; none adds nothing."""
        if count > 0:
            self._counts[kind, place] += count

    def all(self) -> tuple[Finding, ...]:
        """Every finding, in the order of the vocabulary."""
        order = sorted(self._counts.items(), key=lambda one: KINDS.index(one[0][0]))
        return tuple(
            Finding(kind=kind, severity="note" if kind in self._notes else "holds_back", place=place, count=count)
            for (kind, place), count in order
        )
