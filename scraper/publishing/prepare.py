"""What is published of one request, made from the archive alone: the same whichever others are published."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from parsers.wdtk.urls import SiteUrls
from scraper.archive.database import Archive
from scraper.archive.errors import ArchiveError
from scraper.publishing.masker import ThreadMasker
from scraper.publishing.outcomes import outcome_of
from scraper.publishing.policy import Policy
from scraper.publishing.readings import ReadingRows
from scraper.publishing.rows import Row, ThreadRows
from scraper.publishing.threads import Thread, Threads, requester_names

_TEXTS = (
    ("requests", "title"),
    ("requests", "url"),
    ("messages", "text"),
    ("pages", "text"),
    ("pages", "title"),
    ("attachments", "name"),
    ("attachments", "url"),
)
"""Where the words of letters are published."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """The rows of one request, or why it has none."""

    request_id: int
    tables: dict[str, list[Row]] = field(default_factory=dict)
    """Rows by table; empty where the request is left out."""
    reason: str | None = None
    """Why it is left out, as ``about`` counts it."""
    why: str = ""
    """The same for the log."""


class Preparer:
    """Prepares the requests of an archive, one by one."""

    def __init__(self, archive: Archive, policy: Policy, urls: SiteUrls, *, on: date) -> None:
        """``on`` is the day of publishing, for what waits its days."""
        self._archive, self._policy, self._urls = archive, policy, urls
        self.threads = Threads(archive, policy, on=on)
        self._readings = ReadingRows(archive.connection)

    def __iter__(self) -> Iterator[Prepared]:
        return map(self.of, self.threads.published)

    def of(self, request_id: int) -> Prepared:
        """What is published of a request that may be."""
        thread = self.threads.thread(request_id)
        try:
            requester = requester_names(self._archive, thread.request)
        except (ArchiveError, ValueError) as error:
            return _left_out(thread, "requests_with_a_damaged_file", str(error))
        masker = ThreadMasker(thread, self._policy, requester)
        readings = self._readings.of(thread, masker)
        outcome = outcome_of(thread, readings.published)
        tables = ThreadRows(thread, masker, readings, outcome, self._urls).tables()
        if masker.leaves(row[column] for table, column in _TEXTS for row in tables[table]):
            return _left_out(thread, "requests_with_a_name_left", "the requester's name is left in its text")
        return Prepared(
            request_id=request_id,
            tables=tables,
        )


def _left_out(thread: Thread, reason: str, why: str) -> Prepared:
    return Prepared(request_id=thread.request["id"], reason=reason, why=why)
