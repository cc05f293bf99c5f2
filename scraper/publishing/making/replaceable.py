"""What publishing may take the place of: a database that it made, and nothing that belongs to anybody else."""

import sqlite3
from contextlib import closing
from pathlib import Path

from scraper.errors import WdtkError

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
_VERSION = "SELECT value FROM about WHERE key = 'schema_version'"


def check_replaceable(public: Path) -> None:
    """WdtkError where ``public`` is a file of something else: an archive, another program's database, a text.

    A file named ``*.db`` that is too damaged to be opened may be replaced, so that a scheduled job mends it.
    """
    if not public.is_file() or not public.stat().st_size:
        return
    with closing(sqlite3.connect(f"{public.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            ours = _is_ours(connection)
        except sqlite3.DatabaseError:
            ours = public.suffix == ".db"
    if not ours:
        raise WdtkError(
            f"{public} was not made by `wdtk publish`, so it is left as it is. Name another file with --public, or "
            "move this one away."
        )


def _is_ours(connection: sqlite3.Connection) -> bool:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    tables = {name for (name,) in connection.execute(_TABLES)}
    if application or (tables and "about" not in tables):
        return False
    return not tables or connection.execute(_VERSION).fetchone() is not None
