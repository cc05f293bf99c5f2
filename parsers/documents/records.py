"""What a stored file turns out to be, and its text by page."""

from dataclasses import dataclass
from typing import Literal

DocumentType = Literal[
    "pdf", "docx", "doc", "docm", "odt", "rtf", "xlsx", "xls", "xlsb", "ods", "csv", "pptx", "html", "txt",
    "eml", "mbox", "msg", "tnef", "zip", "tar", "gz", "png", "jpg", "tiff", "gif",
    "7z", "rar", "bz2", "xz", "cab", "bmp", "webp", "heic", "jp2", "svg", "metafile", "audio", "video", "ics", "vcf",
    "ppt", "odp", "odg", "visio", "publisher", "xps", "epub", "iwork", "access", "officexml", "postscript",
    "signature", "pgp", "program", "unknown",
]  # fmt: skip
"""Those of the third and fourth line are known and not read (``foreign.py``)."""
TextSource = Literal["text_layer", "message", "plain", "html", "ocr", "ocr_doubtful"]
"""``ocr_doubtful``: recognised too badly to be anybody's words. The text is kept, but not read and not shown."""
OcrCause = Literal["picture", "nonsense"]
"""A page that is a picture with little or no text, or one whose text layer holds codes without meaning."""
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
    """Of OCR, 0 to 1, the mean over its letters; ``None`` for text that was already text."""
    words: tuple[int, ...] = ()
    """How sure OCR was of each word of the text, in percent, in the order of ``text.split()``."""
    wants_ocr: OcrCause | None = None
    """Why its words can only be had from its picture, while they have not been."""

    @property
    def is_doubtful(self) -> bool:
        """Whether its text may not pass as its words."""
        return self.source == "ocr_doubtful"

    title: str | None = None
    """The name of a sheet or the title of a slide; ``None`` for pages of other documents."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One file inside another: an attachment of a mail, an entry of an archive. Its bytes travel beside it."""

    name: str | None
    """As it is called there, with the folders it lies in; never a place to write to."""
    size: int
    """Of its bytes; 0 where they could not be had."""
    problem: ReadStatus | None = None
    """Why its bytes could not be had; ``None`` where they were."""
    detail: str | None = None
    """One sentence on that."""


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
    parts: tuple[Part, ...] = ()
    """The files inside it, in order."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A document with the bytes of the files inside it."""

    document: DocumentText
    files: tuple[bytes, ...] = ()
    """Of each of its parts, in order; empty for one whose bytes could not be had."""
