"""What may cross from the archive to the public database, and why not."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath
from typing import Literal

from parsers.documents.foreign import FOREIGN
from scraper.config import PublicationPolicy

SPREADSHEETS = frozenset({"xlsx", "xls", "xlsb", "ods", "csv"})
"""They carry hidden sheets, columns and caches that nobody meant to send, so they also wait their days."""
CONTAINERS = frozenset({"zip", "tar", "gz", "tnef", "mbox"})
"""They may hold a spreadsheet."""
_BY_NAME = {
    **dict.fromkeys((".xlsx", ".xls", ".xlsb", ".xlsm", ".ods", ".csv", ".tsv", ".numbers"), "spreadsheet"),
    **dict.fromkeys((".zip", ".7z", ".rar", ".gz", ".tar", ".dat", ".mbox"), "container"),
}


HeldBack = Literal["spreadsheet", "container", "hidden_content", "not_probed"]


@dataclass(frozen=True, kw_only=True)
class FileKnown:
    """What the archive knows of a file when it is decided whether its text is published."""

    document_type: str | None = None
    """None where its bytes have not been looked at."""
    name: str | None = None
    read_status: str | None = None
    probe_status: str | None = None
    """None where it was not probed for hidden content, or by an older program."""
    has_findings: bool = False
    """Whether the probe found something that holds it back."""
    first_seen_on: date | None = None

    @property
    def is_unpacked(self) -> bool:
        """Whether it was opened, so that each file in it is judged by itself, or found not to open."""
        return self.document_type in CONTAINERS and self.read_status is not None

    @property
    def looks_like(self) -> str | None:
        """``spreadsheet`` or ``container``, by its bytes, and by its name where they say nothing."""
        if self.document_type in SPREADSHEETS:
            return "spreadsheet"
        if self.document_type in CONTAINERS:
            return "container"
        if self.document_type in {None, "unknown", "txt", *FOREIGN}:
            return _BY_NAME.get(PurePath(self.name or "").suffix.lower())
        return None


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The publication policy; the defaults are those of ``wdtk.toml``."""

    requester_names: bool = False
    """Leave the requester's name in the text; it never gets a column."""
    mask_contacts: bool = True
    """Mask officers' names, e-mail addresses and telephone numbers."""
    backpage: bool = False
    """Publish requests that the site keeps out of its lists and of search engines."""
    spreadsheets_after_days: int = 90
    """Publish a spreadsheet in which nothing is hidden this many days after it was first seen."""
    site: str | None = None
    """Address of the source, for links; None takes the site that the archive was fetched from."""

    @classmethod
    def from_config(cls, publication: PublicationPolicy) -> "Policy":
        """The policy that ``wdtk.toml`` asks for."""
        return cls(
            requester_names=publication.requester_names,
            mask_contacts=publication.mask_contacts,
            backpage=publication.backpage,
            spreadsheets_after_days=publication.spreadsheets_after_days,
        )

    def publishes(self, *, prominence: str, noindex: bool) -> bool:
        """Whether a request that is shown so at the source is published; a word not known is not."""
        return (prominence == "normal" and not noindex) or (prominence in {"normal", "backpage"} and self.backpage)

    def held_back(self, file: FileKnown, *, on: date) -> HeldBack | None:
        """Why the text of a file is not published on this day, or None where it is, or where it has none.

        ``hidden_content``: a probe found something in it that it does not show. The whole of the document is held
        back, not the page alone: who hid badly in one place may have done so in another where no probe sees it.
        ``not_probed``: nobody has looked, or the look failed. ``spreadsheet``: its days are not over.
        ``container``: it may hold any file, and what it holds is not known.
        """
        if file.looks_like == "container" and not file.is_unpacked:
            return "container"
        if file.has_findings:
            return "hidden_content"
        if file.read_status == "read" and file.probe_status != "probed":
            return "not_probed"
        unread = file.read_status is not None and file.read_status != "read"
        if file.looks_like == "spreadsheet" and not unread and not self._has_waited(file, on):
            return "spreadsheet"
        return None

    def _has_waited(self, file: FileKnown, on: date) -> bool:
        """Whether the days of a spreadsheet are over; for one that nobody has read they never are."""
        if file.read_status is None or file.first_seen_on is None:
            return False
        return on - file.first_seen_on >= timedelta(days=self.spreadsheets_after_days)
