"""Building the public database from the archive, into a file of its own."""

import logging
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, Protocol

from parsers.wdtk.urls import SiteUrls
from scraper.archive.database import Archive
from scraper.publishing.families.grouping import family_rows
from scraper.publishing.ids import Ids
from scraper.publishing.making.origin import Origin
from scraper.publishing.request.law import provision_rows
from scraper.publishing.request.prepare import Crew, Prepared, Preparer, Task
from scraper.publishing.returns import filled as returns
from scraper.publishing.schema import tables_home, tables_search, whole
from scraper.publishing.schema.columns import INSERTS, Row, values
from scraper.publishing.schema.model import quoted
from scraper.publishing.totals import answers, families, names, questions, summaries, uses, value_counts
from scraper.publishing.totals.about import (
    about_rows,
    authority_rows,
    change_rows,
    copied_rows,
    promise_facts,
    refusal_rows,
    tag_rows,
)
from scraper.publishing.totals.appeals import appeal_rows
from scraper.publishing.totals.coverage import Coverage
from scraper.publishing.totals.figures import figures

_CACHE_KIB = 65536
_FINISHING_KIB = 8192
"""When the requests are in, of either database; each sorting, and several go on at once, may take as much again."""
_AT_ONCE = 32
"""Requests whose rows are put in together."""
_LEFT_OUT = {
    "readings_out_of_date": "SELECT coalesce(sum(letters_out_of_date), 0) FROM requests",
    "files_held_back": "SELECT coalesce(sum(held_back), 0) FROM coverage",
}
log = logging.getLogger(__name__)


class Teller(Protocol):
    """What is told how far the work has come; ``scraper.reading.progress.Progress`` is one."""

    def begin(self, label: str, total: int) -> None:
        """A new piece of work of ``total`` steps."""

    def step(self) -> None:
        """One more is done."""

    def end(self) -> None:
        """The piece of work is over."""


@dataclass(kw_only=True)
class Built:
    """What was put into the database, and what was left out."""

    tables: Counter[str] = field(default_factory=Counter)
    """Rows by table."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Requests by reason, and readings out of date."""
    failed: set[int] = field(default_factory=set)
    """Ids of requests that should be published and could not, for a reason in ``left_out``."""


@dataclass(frozen=True, kw_only=True)
class Making:
    """What a database is made of."""

    archive: Archive
    origin: Origin
    task: Task
    built_at: str
    crew: Crew | None = None
    """Other processes that prepare requests, where there are any."""


def build(path: Path, making: Making, *, progress: Teller) -> Built:
    """Fill the empty file at ``path`` with everything that the policy lets through.

    The same archive and policy give the same rows on the same day; when it was built alone differs.
    """
    with opened(path) as connection:
        _make_tables(connection)
        filler = Filler(connection, making)
        connection.execute("BEGIN")
        filler.insert("provisions", provision_rows())
        _fill_requests(filler, progress)
        connection.execute("COMMIT")
        if making.crew:
            making.crew.close()  # what follows takes memory of its own
        _spare_memory(connection)
        for statement in whole.index_statements(of_requests=True):
            connection.execute(statement)
        connection.execute("BEGIN")
        tables_search.fill(connection)
        filler.finish()
        connection.execute("COMMIT")
        for statement in [
            *whole.index_statements(of_requests=False),
            *whole.view_statements(),
            *whole.full_text_statements(),
        ]:
            connection.execute(statement)
        connection.execute("ANALYZE")
    return filler.built


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A database that nobody else sees before it is whole: no journal, and one fsync at the end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {whole.PAGE_SIZE}")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        yield connection


def _spare_memory(connection: sqlite3.Connection) -> None:
    """From now on it keeps little of its database in memory, and nothing of what it kept before."""
    connection.execute(f"PRAGMA cache_size = -{_FINISHING_KIB}")
    connection.execute("PRAGMA shrink_memory")


def _make_tables(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA user_version = {whole.SCHEMA_VERSION}")
    for statement in whole.table_statements():
        connection.execute(statement)


def _fill_requests(filler: "Filler", progress: Teller) -> None:
    progress.begin("Requests", len(filler.preparer.threads.published))
    prepared = filler.preparer.each(filler.preparer.threads.published)
    while batch := list(islice(prepared, _AT_ONCE)):
        of_requests = [one.tables for one in batch if filler.publishes(one)]
        for table in whole.TABLES_OF_A_REQUEST:
            rows = chain.from_iterable(tables.get(table, ()) for tables in of_requests)
            filler.connection.executemany(INSERTS[table], rows)
        for _ in batch:
            progress.step()
    progress.end()


class Filler:
    """Fills the tables of a public database: the requests, and then what is told of all of them."""

    def __init__(self, connection: sqlite3.Connection, making: Making) -> None:
        self.connection, self._making, self._archive = connection, making, making.archive
        self._urls = SiteUrls(making.task.site)
        self.preparer = Preparer(making.archive, making.task, crew=making.crew)
        self._coverage = Coverage()
        self.built = Built()

    def publishes(self, prepared: Prepared) -> bool:
        """Whether the request has rows; where it has none, that and why is noted."""
        if prepared.reason:
            log.warning("Request %s is not published: %s", prepared.request_id, prepared.why)
            self.built.left_out[prepared.reason] += 1
            self.built.failed.add(prepared.request_id)
        return not prepared.reason

    def finish(self) -> None:
        """Insert what is told of all requests, when their own rows are in; these tables must be empty."""
        _spare_memory(self.connection)
        private = self._archive.connection
        (before,) = private.execute("PRAGMA cache_size").fetchone()
        _spare_memory(private)
        try:
            self._finish()
        finally:
            private.execute(f"PRAGMA cache_size = {before:d}")

    def _finish(self) -> None:
        public, private, authorities = self.connection, self._archive.connection, self.preparer.threads.authorities
        self._coverage.add_published(public)
        self.insert("authorities", authority_rows(private, authorities, self._coverage, self._urls))
        self.insert("authority_tags", tag_rows(authorities))
        published = Ids(identity for (identity,) in public.execute("SELECT id FROM requests"))
        self._coverage.add_rest(private, published)
        self.insert("coverage", self._coverage.rows(self._archive))
        self.insert("refusals", refusal_rows(private, public, urls=self._urls))
        self.insert("changes", change_rows(private, published))
        for table, rows in copied_rows(private).items():
            self.insert(table, rows)
        for family, members in family_rows(public):
            self.insert("families", [family])
            self.insert("family_members", members)
        self.insert("appeal_rates", appeal_rows())
        for fill in (summaries, answers, questions, returns, uses, families, names, tables_home, value_counts):
            fill.fill(public)
        self._count()
        self.insert("about", about_rows(self._about()))

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Insert rows into a table that has no others like them."""
        self.connection.executemany(INSERTS[table], values(table, rows))

    def _count(self) -> None:
        for table in whole.TABLES:
            statement = f"SELECT count(*) FROM {quoted(table.name)}"  # noqa: S608 - names of the schema
            self.built.tables[table.name] = self.connection.execute(statement).fetchone()[0]
        for reason, statement in _LEFT_OUT.items():
            self.built.left_out[reason] = self.connection.execute(statement).fetchone()[0]

    def _about(self) -> dict[str, Any]:
        private, threads, left_out = self._archive.connection, self.preparer.threads, self.built.left_out
        checked = private.execute("SELECT max(last_checked_at) FROM requests").fetchone()[0]
        versions = self.connection.execute("SELECT DISTINCT parser_version FROM readings ORDER BY 1")
        return {
            "schema_version": whole.SCHEMA_VERSION,
            "built_at": self._making.built_at,
            **self._making.origin.facts(),
            "last_checked_at": checked or "",
            "source": self._urls.base,
            "parser_version": ", ".join(version for (version,) in versions),
            **{
                f"rows_in_{table.name}": self.built.tables[table.name]
                for table in whole.TABLES
                if table.name != "about"
            },
            **figures(self.connection, built_at=self._making.built_at),
            **answers.label_facts(self.connection),
            **promise_facts(private, at=self._making.built_at),
            "requests_kept_out_of_search_engines": threads.backpage,
            "requests_of_unknown_authorities": self._coverage.unattributed,
            "requests_taken_down": len(threads.withdrawn),
            "requests_with_a_damaged_file": left_out["requests_with_a_damaged_file"],
            "requests_with_a_name_left": left_out["requests_with_a_name_left"],
            "readings_out_of_date": left_out["readings_out_of_date"],
            "requester_names": "left in the text" if self._making.task.policy.requester_names else "masked",
            "officers_and_contacts": "masked" if self._making.task.policy.mask_contacts else "left in the text",
        }
