"""What a stored file turns out to be, and its text by page."""

from dataclasses import dataclass
from typing import Literal

DocumentType = Literal[
    "pdf", "docx", "doc", "docm", "odt", "rtf", "xlsx", "xls", "xlsb", "ods", "csv", "pptx", "html", "txt",
    "eml", "msg", "tnef", "zip", "png", "jpg", "tiff", "gif", "unknown",
]  # fmt: skip
TextSource = Literal["text_layer", "message", "plain", "html", "ocr"]
ReadStatus = Literal[
    "read", "no_text", "encrypted", "damaged", "too_big", "too_slow", "bomb", "crashed", "unsupported"
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Page:
    """The text of one page of a document."""

    number: int
    """1-based."""
    text: str
    source: TextSource
    confidence: float | None = None
    """Of OCR; ``None`` for text that was already text."""


@dataclass(frozen=True, kw_only=True)
class DocumentText:
    """What became of one document."""

    status: ReadStatus
    document_type: DocumentType
    pages: tuple[Page, ...]
    detail: str | None = None
    """One sentence on why it was not read, or only in part."""
    tool: str = ""
    """What read it, such as ``pypdfium2``."""
