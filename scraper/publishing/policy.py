"""What may cross from the archive to the public database, and why not."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath

from scraper.config import PublicationPolicy

SPREADSHEETS = frozenset({"xlsx", "xls", "xlsb", "ods", "csv"})
"""They carry hidden sheets, columns and caches that nobody meant to send."""
CONTAINERS = frozenset({"zip", "tnef"})
"""They may hold a spreadsheet."""
_BY_NAME = {
    **dict.fromkeys((".xlsx", ".xls", ".xlsb", ".xlsm", ".ods", ".csv", ".tsv", ".numbers"), "spreadsheet"),
    **dict.fromkeys((".zip", ".7z", ".rar", ".gz", ".tar", ".dat"), "container"),
}


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The publication policy; the defaults are those of ``wdtk.toml``."""

    requester_names: bool = False
    """Leave the requester's name in the text; it never gets a column."""
    mask_contacts: bool = True
    """Mask officers' names, e-mail addresses and telephone numbers."""
    backpage: bool = False
    """Publish requests that the site keeps out of its lists and of search engines."""
    site: str | None = None
    """Address of the source, for links; None takes the site that the archive was fetched from."""

    @classmethod
    def from_config(cls, publication: PublicationPolicy) -> "Policy":
        """The policy that ``wdtk.toml`` asks for.

        Its days for spreadsheets are not used: a spreadsheet also waits for a probe of what it hides, and there is
        none yet, so all are held back.
        """
        return cls(
            requester_names=publication.requester_names,
            mask_contacts=publication.mask_contacts,
            backpage=publication.backpage,
        )

    def publishes(self, *, prominence: str, noindex: bool) -> bool:
        """Whether a request that is shown so at the source is published; a word not known is not."""
        return (prominence == "normal" and not noindex) or (prominence in {"normal", "backpage"} and self.backpage)

    def held_back(self, *, document_type: str | None, names: Collection[str]) -> str | None:
        """Why the text of a file is not published: ``spreadsheet``, ``container``, or None where it is.

        ``names`` are the file's names; they decide where its bytes have not been looked at or say nothing.
        """
        if document_type in SPREADSHEETS:
            return "spreadsheet"
        if document_type in CONTAINERS:
            return "container"
        if document_type in {None, "unknown", "txt"}:
            return next(filter(None, (_BY_NAME.get(PurePath(name).suffix.lower()) for name in names)), None)
        return None
