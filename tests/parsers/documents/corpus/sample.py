"""What a sample of the corpus is."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from parsers.documents.records import DocumentType

Kind = Literal["plain", "empty", "encrypted", "damaged", "hidden", "hostile"]
"""``empty``: whole, and without a word. ``hidden``: with something that its pages do not show, where they show it at
all. ``hostile``: made to use up time, memory or trust."""
KINDS: tuple[Kind, ...] = get_args(Kind)
LETTER = (
    "Brackenfold Borough Council",
    "Our reference: FOI-2291",
    "5 March 2024",
    "Dear requester,",
    "You asked what the new footbridge has cost. We hold the invoices and enclose them.",
    "The names of two engineers are withheld under section 40(2) of the Freedom of Information Act 2000.",
    "Yours sincerely, Records Team",
)
"""The words of most samples. All words of the corpus are invented."""
DAY = (2024, 3, 5, 10, 0, 0)
TIMES = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SECRET = "Quillfeather"  # noqa: S105 - a word
"""Stands in what samples hide, and nowhere else."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One file: its make, and what it is called where bytes alone do not tell its type."""

    document_type: DocumentType
    kind: Kind
    make: Callable[[], bytes]
    label: str = ""
    """Tells samples of one type and kind apart."""
    name: str | None = None
    limited: bool = False
    """Whether only the limits of a child stop it, so that it is given to no reader outside one."""

    @property
    def folder(self) -> str:
        """Of its case, below ``cases``."""
        return "-".join(filter(None, (self.document_type, self.kind, self.label.replace(" ", "-"))))


def half(data: bytes, part: float = 0.5) -> bytes:
    """The file as it is when sending it broke off."""
    data = steady(data)
    return data[: int(len(data) * part)]


class Make(Protocol):
    """Samples of one type."""

    def __call__(self, kind: Kind, make: Callable[[], bytes], label: str = "", *, name: str | None = None) -> Sample:
        """One of them."""
        ...


def maker(document_type: DocumentType) -> Make:
    """For a table of samples."""

    def sample(kind: Kind, make: Callable[[], bytes], label: str = "", *, name: str | None = None) -> Sample:
        return Sample(document_type=document_type, kind=kind, make=make, label=label, name=name)

    return sample


def steady(data: bytes) -> bytes:
    """A zip without the time at which it was packed, and its parts without that at which they were written."""
    if not data.startswith(b"PK\x03\x04"):
        return data
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            if any(entry.flag_bits & 1 for entry in old.infolist()) or len(old.infolist()) > 1_000:
                return data
            for entry in old.infolist():
                body = TIMES.sub(b"2024-03-05T10:00:00Z", old.read(entry))
                told = zipfile.ZipInfo(entry.filename, date_time=DAY)
                told.compress_type = entry.compress_type
                new.writestr(told, body)
    except (zipfile.BadZipFile, zlib.error, OSError):
        return data
    return out.getvalue()
