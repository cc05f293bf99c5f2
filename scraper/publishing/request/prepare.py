"""What is published of one request, made from the archive alone: the same whichever others are published."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from parsers.wdtk.urls import SiteUrls
from scraper.archive.database import Archive
from scraper.archive.errors import ArchiveError
from scraper.publishing.became.outcomes import outcome_of
from scraper.publishing.families.likened import likened_rows
from scraper.publishing.policy import Policy
from scraper.publishing.request.masker import ThreadMasker
from scraper.publishing.request.readings import ReadingRows
from scraper.publishing.request.rows import ThreadRows
from scraper.publishing.request.threads import Thread, Threads, requester_names
from scraper.publishing.schema.columns import Values, values

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
class Task:
    """What requests are prepared for."""

    policy: Policy
    site: str
    """The address of the source, for links."""
    on: date
    """The day of publishing, for what waits its days."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """The rows of one request, or why it has none."""

    request_id: int
    tables: dict[str, list[Values]] = field(default_factory=dict)
    """Rows by table, as ``COLUMNS`` has them; empty where the request is left out."""
    reason: str | None = None
    """Why it is left out, as ``about`` counts it."""
    why: str = ""
    """The same for the log."""


class Crew(Protocol):
    """Others that prepare requests; ``scraper.publishing.making.hands.Hands`` is one."""

    def each(self, requests: Iterable[int]) -> Iterator[Prepared]:
        """What is published of each, in order."""

    def close(self) -> None:
        """End them; once more does no harm."""


class Preparer:
    """Prepares the requests of an archive, one by one."""

    def __init__(self, archive: Archive, task: Task, *, crew: Crew | None = None) -> None:
        """The work is done here where there is no ``crew`` that sees what this sees."""
        self._archive, self._task, self._crew = archive, task, crew
        self._urls = SiteUrls(task.site)
        self.threads = Threads(archive, task.policy, on=task.on)
        self._readings = ReadingRows(archive.connection)

    def each(self, requests: Iterable[int]) -> Iterator[Prepared]:
        """What is published of each, in order."""
        return self._crew.each(requests) if self._crew else map(self.of, requests)

    def of(self, request_id: int) -> Prepared:
        """What is published of a request that may be."""
        thread = self.threads.thread(request_id)
        try:
            requester = requester_names(self._archive, thread.request)
        except (ArchiveError, ValueError) as error:
            return _left_out(thread, "requests_with_a_damaged_file", str(error))
        masker = ThreadMasker(thread, self._task.policy, requester)
        readings = self._readings.of(thread, masker)
        outcome = outcome_of(thread, readings.published)
        tables = ThreadRows(thread, masker, readings, outcome, self._urls).tables()
        if masker.leaves(row[column] for table, column in _TEXTS for row in tables[table]):
            return _left_out(thread, "requests_with_a_name_left", "the requester's name is left in its text")
        tables["family_texts"] = likened_rows(tables, thread.authority.names)
        return Prepared(request_id=request_id, tables={name: list(values(name, rows)) for name, rows in tables.items()})


def _left_out(thread: Thread, reason: str, why: str) -> Prepared:
    return Prepared(request_id=thread.request["id"], reason=reason, why=why)
