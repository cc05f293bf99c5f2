"""The steps from an empty file to today's tables, in order, each applied once and recorded by its name.

Add a step at the end of ``STEPS``; never change one that an archive may already have.
"""

import sqlite3
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_SET = "archive"


def _first(db: "Database") -> None:
    _run_script(db, "schema.sql")


def _recognised_words(db: "Database") -> None:
    """How sure each recognised word of a page is, in percent, as a JSON list; and how many pages still want it."""
    db.execute("ALTER TABLE pages ADD COLUMN words TEXT")
    db.execute("ALTER TABLE documents ADD COLUMN pages_unrecognised INTEGER NOT NULL DEFAULT 0")


def _probes(db: "Database") -> None:
    """What documents hold beside what they show, and the names of sheets and slides."""
    _run_script(db, "probes.sql")


def _document_parts(db: "Database") -> None:
    """What lies inside mails and archives."""
    _run_script(db, "parts.sql")


def _lists(db: "Database") -> None:
    """Which lists were gone through, and which requests they showed."""
    _run_script(db, "lists.sql")


def _checks(db: "Database") -> None:
    """When each request is to be looked at next."""
    _run_script(db, "checks.sql")


def _changes(db: "Database") -> None:
    """What was found changed between two looks, and how sure a removal is."""
    _run_script(db, "changes.sql")


def _imports(db: "Database") -> None:
    """What was brought in from files."""
    _run_script(db, "imports.sql")


def _erasures(db: "Database") -> None:
    """Bytes on their way out, and files that are never stored again."""
    _run_script(db, "erasures.sql")


def _measures(db: "Database") -> None:
    """What the archive came to at the end of each run."""
    _run_script(db, "measures.sql")


def _mentions(db: "Database") -> None:
    """Which stored pages list other requests beside their own."""
    _run_script(db, "mentions.sql")


def _lookups(db: "Database") -> None:
    """Indexes for what is asked again and again."""
    _run_script(db, "lookups.sql")


def _tombstones(db: "Database") -> None:
    """What is still told of what was erased, and how what was forgotten is known again."""
    _run_script(db, "tombstones.sql")


def _touched(db: "Database") -> None:
    """Which requests have changed since a database was published."""
    _run_script(db, "touched.sql")


def _looked(db: "Database") -> None:
    """Which of them were only looked at."""
    _run_script(db, "looked.sql")


STEPS: dict[str, Callable[["Database"], None]] = {
    "0001_first": _first,
    "0002_recognised_words": _recognised_words,
    "0003_probes": _probes,
    "0004_document_parts": _document_parts,
    "0005_lists": _lists,
    "0006_checks": _checks,
    "0007_changes": _changes,
    "0008_imports": _imports,
    "0009_erasures": _erasures,
    "0010_measures": _measures,
    "0011_mentions": _mentions,
    "0012_lookups": _lookups,
    "0013_tombstones": _tombstones,
    "0014_touched": _touched,
    "0015_looked": _looked,
}


def applied(connection: sqlite3.Connection) -> list[str]:
    """Names of the steps that this database has had, in order."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
    if known is None:
        return []
    found = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", [_SET])
    return [name for (name,) in found]


def apply(connection: sqlite3.Connection) -> None:
    """Apply the steps that are missing; each is one transaction, so a kill leaves whole steps only."""
    # Imported here because it takes longer than most commands need to open an archive.
    from sqlite_utils import Database, Migrations  # noqa: PLC0415

    migrations = Migrations(_SET)
    for name, step in STEPS.items():
        migrations(name=name)(_signed(step))
    migrations.apply(Database(connection, execute_plugins=False))


def program_version() -> str:
    """The version of this program, or ``unknown`` where it runs without being installed."""
    try:
        return version("wdtk-archive")
    except PackageNotFoundError:
        return "unknown"


def _signed(step: Callable[["Database"], None]) -> Callable[["Database"], None]:
    def run(db: "Database") -> None:
        step(db)
        db.execute("INSERT OR REPLACE INTO about (key, value) VALUES ('written_by', ?)", [program_version()])

    return run


def _run_script(db: "Database", name: str) -> None:
    script = files("scraper.archive").joinpath(name).read_text(encoding="utf-8")
    for statement in _statements(script):
        db.execute(statement)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: ``executescript`` would commit the migration's transaction."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
    if gathered.strip():
        raise ValueError(f"unfinished statement: {gathered.strip()[:80]}")
