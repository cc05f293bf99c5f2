"""Building the public database from the archive, into a file of its own."""

import logging
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from parsers.wdtk.urls import SiteUrls
from scraper.archive.database import Archive
from scraper.publishing import answers, questions, returns, schema, summaries, tables_home, tables_search, uses
from scraper.publishing.about import (
    about_rows,
    authority_rows,
    change_rows,
    copied_rows,
    promise_facts,
    refusal_rows,
    site_of,
    tag_rows,
)
from scraper.publishing.appeals import appeal_rows
from scraper.publishing.coverage import Coverage
from scraper.publishing.families import family_rows
from scraper.publishing.figures import figures
from scraper.publishing.law import provision_rows
from scraper.publishing.model import quoted
from scraper.publishing.policy import Policy
from scraper.publishing.prepare import Prepared, Preparer
from scraper.publishing.rows import Row

_CACHE_KIB = 131072
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
    """Requests by reason, and stale readings."""
    published: set[int] = field(default_factory=set)
    """Ids of the requests published."""
    unnamed: set[int] = field(default_factory=set)
    """Ids of those whose slug is not published, since it may name a person."""
    failed: set[int] = field(default_factory=set)
    """Ids of those that should be and could not, for a reason in ``left_out``."""
    versions: set[str] = field(default_factory=set)
    """Of the reader of letters."""


def build(archive: Archive, path: Path, policy: Policy, *, built_at: str, progress: Teller) -> Built:
    """Fill the empty file at ``path`` with everything that ``policy`` lets through.

    The same archive and policy give the same rows on the same day; ``built_at`` alone differs.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        _prepare(connection)
        builder = _Builder(archive, connection, policy, on=date.fromisoformat(built_at[:10]))
        with _transaction(connection):
            builder.fill(built_at, progress)
        for statement in [
            *schema.index_statements(),
            *schema.view_statements(),
            *schema.full_text_statements(),
        ]:
            connection.execute(statement)
        connection.execute("ANALYZE")
    return builder.built


class _Builder:
    def __init__(self, archive: Archive, connection: sqlite3.Connection, policy: Policy, *, on: date) -> None:
        self._archive, self._connection, self._policy = archive, connection, policy
        self._urls = SiteUrls(policy.site or site_of(archive.connection))
        self._preparer = Preparer(archive, policy, self._urls, on=on)
        self._threads = self._preparer.threads
        self._coverage = Coverage()
        self.built = Built()

    def fill(self, built_at: str, progress: Teller) -> None:
        """Insert the rows of every table."""
        self._insert("provisions", provision_rows())
        progress.begin("Requests", len(self._threads.published))
        for prepared in self._preparer:
            self._publish(prepared)
            progress.step()
        progress.end()
        authorities, private = self._threads.authorities, self._archive.connection
        self._insert("authorities", authority_rows(private, authorities, self._coverage, self._urls))
        self._insert("authority_tags", tag_rows(authorities))
        self._coverage.add_rest(private, self.built.published)
        self._insert("coverage", self._coverage.rows(self._archive))
        known = {"published": self.built.published, "unnamed": self.built.unnamed}
        self._insert("refusals", refusal_rows(private, **known, urls=self._urls))
        self._insert("changes", change_rows(private, self.built.published))
        for table, rows in copied_rows(private).items():
            self._insert(table, rows)
        for family, members in family_rows(self._connection):
            self._insert("families", [family])
            self._insert("family_members", members)
        self._insert("appeal_rates", appeal_rows())
        self.built.tables += summaries.fill(self._connection) + answers.fill(self._connection)
        self.built.tables += questions.fill(self._connection) + returns.fill(self._connection)
        self.built.tables += uses.fill(self._connection) + tables_home.fill(self._connection)
        self.built.tables += tables_search.fill(self._connection)
        self._insert("about", about_rows(self._about(built_at)))

    def _publish(self, prepared: Prepared) -> None:
        if prepared.reason:
            log.warning("Request %s is not published: %s", prepared.request_id, prepared.why)
            self.built.left_out[prepared.reason] += 1
            self.built.failed.add(prepared.request_id)
            return
        for table, rows in prepared.tables.items():
            self._insert(table, rows)
        (request,) = prepared.tables["requests"]
        if request["slug"].startswith("#"):
            self.built.unnamed.add(request["id"])
        self._coverage.add(prepared.authority_id, letters_read=request["letters_read"], fates=prepared.fates)
        self.built.published.add(prepared.request_id)
        self.built.left_out["readings_out_of_date"] += prepared.stale
        self.built.versions |= {reading["parser_version"] for reading in prepared.tables["readings"]}

    def _insert(self, table: str, rows: Iterable[Row]) -> None:
        values = list(_values(schema.table(table).name, rows))
        self._connection.executemany(_INSERTS[table], values)
        self.built.tables[table] += len(values)

    def _about(self, built_at: str) -> dict[str, Any]:
        checked = self._archive.connection.execute("SELECT max(last_checked_at) FROM requests").fetchone()[0]
        left_out = self.built.left_out
        return {
            "schema_version": schema.SCHEMA_VERSION,
            "built_at": built_at,
            "last_checked_at": checked or "",
            "source": self._urls.base,
            "parser_version": ", ".join(sorted(self.built.versions)),
            **{
                f"rows_in_{table.name}": self.built.tables[table.name]
                for table in schema.TABLES
                if table.name != "about"
            },
            **figures(self._connection),
            **answers.label_facts(self._connection),
            **promise_facts(self._archive.connection, at=built_at),
            "requests_kept_out_of_search_engines": len(self._threads.backpage),
            "requests_of_unknown_authorities": self._coverage.unattributed,
            "requests_taken_down": len(self._threads.withdrawn),
            "requests_with_a_damaged_file": left_out["requests_with_a_damaged_file"],
            "requests_with_a_name_left": left_out["requests_with_a_name_left"],
            "readings_out_of_date": left_out["readings_out_of_date"],
            "requester_names": "left in the text" if self._policy.requester_names else "masked",
            "officers_and_contacts": "masked" if self._policy.mask_contacts else "left in the text",
        }


_COLUMNS = {table.name: tuple(column.name for column in table.columns) for table in schema.TABLES}
_INSERTS = {
    name: f"INSERT INTO {quoted(name)} ({', '.join(map(quoted, columns))}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - names of the schema
    for name, columns in _COLUMNS.items()
}


def _values(table: str, rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    columns = _COLUMNS[table]
    for row in rows:
        if row.keys() != set(columns):
            raise AssertionError(f"a row of {table} has other columns than the schema: {row.keys() ^ set(columns)}")
        yield tuple(row[column] for column in columns)


def _prepare(connection: sqlite3.Connection) -> None:
    # Nobody else sees the file before it is whole: no journal, and one fsync at the end.
    connection.execute(f"PRAGMA page_size = {schema.PAGE_SIZE}")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")
    for statement in schema.table_statements():
        connection.execute(statement)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")
