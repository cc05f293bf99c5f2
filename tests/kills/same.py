"""Whether an archive and a published database are whole, how much is in them, and whether two say the same."""

import shutil
import sqlite3
import tempfile
from ast import literal_eval
from collections import Counter
from contextlib import closing
from pathlib import Path

from scraper.archive.compare import LEDGER, TIMES, contents, differences
from scraper.archive.database import open_archive
from scraper.publishing.schema.model import quoted

_HISTORY = frozenset({"runs", "about"})
_COUNTS = "value_counts"
"""The first column of its rows is the table that is counted."""


def broken(folder: Path) -> list[str]:
    """What is wrong with the databases in ``folder``; looked at in a copy, as opening one mends it after a kill."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        for path in _copied(folder, Path(name)):
            with closing(sqlite3.connect(path)) as connection:
                checks = connection.execute("PRAGMA integrity_check").fetchall()
                lost = connection.execute("PRAGMA foreign_key_check").fetchall()
            found += [] if checks == [("ok",)] and not lost else [f"{path.name} is broken: {checks[:3]} {lost[:3]}"]
    return found


def size(folder: Path) -> int:
    """How many rows an archive holds, but for those that tell what was done; 0 where there is none."""
    with tempfile.TemporaryDirectory() as name:
        paths = [path for path in _copied(folder, Path(name)) if path.name == "archive.db"]
        return sum(_rows(path) for path in paths)


def _rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for name in _tables(connection) if name not in LEDGER]
        counted = (connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() for name in tables)  # noqa: S608 - from the schema
        return sum(int(number) for (number,) in counted)


def _copied(folder: Path, place: Path) -> list[Path]:
    copies = []
    for path in (folder / "archive" / "archive.db", folder / "site" / "public.db"):
        if path.exists() and path.stat().st_size:
            for one in path.parent.glob(f"{path.name}*"):
                shutil.copy(one, place)
            copies.append(place / path.name)
    return copies


def unlike(left: Path, right: Path) -> list[str]:
    """How the archives and the public databases of two folders differ, when and how often aside."""
    with open_archive(left / "archive") as ours, open_archive(right / "archive") as theirs:
        found = [f"archive: {line}" for line in differences(contents(ours), contents(theirs))]
    return [line[:400] for line in found + unlike_published(left, right)]


def unlike_published(left: Path, right: Path) -> list[str]:
    """How the public databases of two folders differ."""
    found = []
    mine, other = (_public(folder / "site" / "public.db") for folder in (left, right))
    for table in sorted(mine.keys() | other.keys()):
        ours, theirs = mine.get(table, Counter()), other.get(table, Counter())
        if ours != theirs:
            extra = (ours - theirs) + (theirs - ours)
            found.append(f"public: {table} differs in {extra.total()} rows: {sorted(extra)[:1]}")
    return found


def _public(path: Path) -> dict[str, Counter[str]]:
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path)) as connection:
        told = {name: _told(connection, name) for name in _tables(connection) if name not in _HISTORY}
    for row in [row for row in told.get(_COUNTS, ()) if literal_eval(row)[0] in _HISTORY]:
        del told[_COUNTS][row]
    return told


def _tables(connection: sqlite3.Connection) -> list[str]:
    tables = connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
    return [name for (name,) in tables if not name.startswith("sqlite_")]


def _told(connection: sqlite3.Connection, table: str) -> Counter[str]:
    columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", [table])]
    listed = ", ".join(quoted(name) for name in columns if name not in TIMES)
    return Counter(repr(row) for row in connection.execute(f"SELECT {listed} FROM {quoted(table)}"))  # noqa: S608 - from the schema
