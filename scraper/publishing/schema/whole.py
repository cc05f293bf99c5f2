"""The schema of the public database: an interface, with a version.

``TABLES`` and ``VIEWS`` are the one description. From it come the SQL that builds ``public.db``, the column
descriptions of ``data/site/metadata.yml`` and the data dictionary in ``data/README.md``.
"""

from scraper.publishing.returns import official, scottish
from scraper.publishing.schema import (
    tables_about,
    tables_answers,
    tables_clock,
    tables_counts,
    tables_families,
    tables_home,
    tables_letters,
    tables_names,
    tables_questions,
    tables_requests,
    tables_search,
    tables_summaries,
    tables_threads,
    tables_uses,
    views,
    views_clock,
    views_grounds,
)
from scraper.publishing.schema.model import Table, View, create_indexes, create_table, create_view

SCHEMA_VERSION = "2"
"""Raised when a table or column is renamed, removed or changes its meaning; additions leave it."""

TABLES_OF_A_REQUEST = (
    "requests",
    "messages",
    "events",
    "attachments",
    "findings",
    "pages",
    "readings",
    "signals",
    "letter_references",
    "citations",
    "clocks",
    "clock_steps",
    "reviews",
    "family_texts",
)
"""Tables whose rows are of one request each, and made of it alone."""

PAGE_SIZE = 8192
"""Bytes in a page of the file; messages of a few kilobytes spill less often than in pages of 4,096."""

TABLES: tuple[Table, ...] = (
    tables_requests.REQUESTS,
    tables_threads.AUTHORITIES,
    tables_threads.AUTHORITY_TAGS,
    tables_threads.EVENTS,
    tables_threads.MESSAGES,
    tables_threads.ATTACHMENTS,
    tables_threads.FINDINGS,
    tables_threads.PAGES,
    tables_letters.READINGS,
    tables_letters.CITATIONS,
    tables_letters.LETTER_REFERENCES,
    tables_letters.SIGNALS,
    tables_letters.PROVISIONS,
    *tables_summaries.TABLES,
    *tables_names.TABLES,
    *tables_questions.TABLES,
    official.OFFICIAL_RETURN,
    scottish.SCOTTISH_RETURN,
    *tables_answers.TABLES,
    *tables_uses.USES,
    tables_clock.CLOCKS,
    tables_clock.CLOCK_STEPS,
    tables_clock.REVIEWS,
    tables_families.FAMILIES,
    tables_families.FAMILY_MEMBERS,
    tables_families.FAMILY_GROUNDS,
    tables_families.FAMILY_USERS,
    tables_families.FAMILY_TEXTS,
    tables_search.SEARCH_MARKS,
    tables_home.OUTCOME_YEARS,
    tables_counts.VALUE_COUNTS,
    tables_about.COVERAGE,
    tables_about.WITHDRAWALS,
    tables_about.CHANGES,
    tables_about.REFUSALS,
    tables_about.RUNS,
    tables_about.ABOUT,
)

VIEWS: tuple[View, ...] = (
    views.EXEMPTION_USE,
    views.EXEMPTIONS_BY_AUTHORITY_YEAR,
    views.SECTIONS_BY_AUTHORITY_YEAR,
    views.EXEMPTIONS_BY_SECTOR_YEAR,
    views.REFUSAL_GROUNDS,
    *views_grounds.VIEWS,
    views_clock.RESPONSE_TIMES,
    views_clock.SINGLE_REVIEWS,
    *tables_search.SEARCHED.values(),
)

FULL_TEXT: dict[str, tuple[str, ...]] = {"messages": ("text",), "pages": ("text",), "requests": ("title",)}
"""Tables with full-text search, and the columns searched."""


def table_statements() -> list[str]:
    """CREATE TABLE for every table."""
    return [create_table(table) for table in TABLES]


def index_statements(*, of_requests: bool) -> list[str]:
    """CREATE INDEX for every index of the tables of single requests, or of all others: run when their rows are in."""
    tables = [table for table in TABLES if (table.name in TABLES_OF_A_REQUEST) == of_requests]
    return [statement for table in tables for statement in create_indexes(table)]


def view_statements() -> list[str]:
    """CREATE VIEW for every view."""
    return [create_view(view) for view in VIEWS]


def full_text_statements() -> list[str]:
    """The full-text indexes with their words: run after the views are there."""
    return tables_search.full_text_statements()


def table(name: str) -> Table:
    """The table of that name; KeyError where there is none."""
    return {table.name: table for table in TABLES}[name]
